"""服务站 with a store of their own, and how far each side has the other's chain."""

from collections.abc import Sequence
from typing import Any

from db.doors import Reader, Row, Writer

_COLUMNS = (
    "site, number, unit_code, public_key, centre_site, centre_name, centre_phone, centre_key, paired_at, store_uid,"
    " seq, hash, at, news_seq, heard_at"
)


def own(reader: Reader) -> Row | None:
    """Return the station whose store this is; None at a centre."""
    return reader.one(f"SELECT {_COLUMNS} FROM stations WHERE site = (SELECT site FROM store WHERE id = 1)")


def one(reader: Reader, site: str) -> Row | None:
    """Return a station by its site code."""
    return reader.one(f"SELECT {_COLUMNS} FROM stations WHERE site = :site", site=site)


def every(reader: Reader) -> Sequence[Row]:
    """Return every station, in the order in which they were made."""
    return reader.all(f"SELECT {_COLUMNS} FROM stations ORDER BY number")


def add(writer: Writer, **values: Any) -> None:
    """Write down a station."""
    writer.insert("stations", values)


def heard(writer: Writer, site: str, heard_at: int, /, **far: Any) -> None:
    """Note that a file of the other side was read (ms UTC), and how far that brought us: `seq`, `hash`, `news_seq` …"""
    settings = "".join(f", {name} = :to_{name}" for name in far)
    writer.run(
        f"UPDATE stations SET heard_at = :heard_at{settings} WHERE site = :site",
        heard_at=heard_at,
        site=site,
        **{f"to_{name}": value for name, value in far.items()},
    )


def events_after(reader: Reader, seq: int) -> Sequence[Row]:
    """Return this store's whole chain after `seq`, with every column that its hashes cover."""
    return reader.all("SELECT * FROM events WHERE seq > :seq ORDER BY seq", seq=seq)


def words_after(reader: Reader, seq: int) -> Sequence[Row]:
    """Return the words of those events: event_uid, field, digest, salt, body."""
    return reader.all(
        "SELECT t.event_uid, t.field, t.digest, t.salt, t.body FROM event_texts t"
        " JOIN events e ON e.uid = t.event_uid WHERE e.seq > :seq ORDER BY e.seq, t.field",
        seq=seq,
    )


def hash_at(reader: Reader, seq: int) -> str | None:
    """Return the hash of one event of this store's chain, or None."""
    found = reader.value("SELECT hash FROM events WHERE seq = :seq", seq=seq)
    return None if found is None else str(found)


def last_written(reader: Reader, site: str) -> int:
    """Return the seq of the last WRITE_HANDOVER for a site; 0 for none."""
    found = reader.value(
        "SELECT seq FROM events WHERE kind = 'write_handover' AND data LIKE :to ORDER BY seq DESC LIMIT 1",
        to=f'%"to":"{site}"%',
    )
    return int(found or 0)


def touches_orders(reader: Reader, seq: int) -> bool:
    """Whether an event after `seq` is about an order."""
    return bool(
        reader.value("SELECT 1 FROM events WHERE seq > :seq AND order_uid IS NOT NULL LIMIT 1", seq=seq)
    )
