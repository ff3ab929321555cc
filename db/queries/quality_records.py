"""质检: the records that checks are drawn from, and what a draw looked at. Times in ms UTC."""

from collections.abc import Sequence
from typing import Any

from db.doors import Reader, Row, Writer
from db.ids import new_uid

_RECORD = "c.answered_at IS NOT NULL AND s.unit_id = :centre_id"
"""SQL over `c` and its staff `s`: a call that somebody of the centre itself held."""
_FIRST_ORDER = "(SELECT min(l.order_id) FROM call_orders l WHERE l.call_id = c.id)"


def last_draw(reader: Reader, centre_id: int) -> Row | None:
    """Return the newest draw of a centre, or None."""
    return reader.one(
        "SELECT up_to_id, drawn_at FROM quality_draws WHERE centre_id = :centre_id ORDER BY drawn_at DESC, id DESC LIMIT 1",
        centre_id=centre_id,
    )


def first_call(reader: Reader, since: int) -> int:
    """Return the key of the first call that rang since then; of the next one that will be kept when none did."""
    return int(
        reader.value(
            "SELECT coalesce((SELECT min(id) FROM calls WHERE rang_at >= :since), (SELECT max(id) + 1 FROM calls), 1)",
            since=since,
        )
    )


def calls_after(reader: Reader, centre_id: int, call_id: int) -> Sequence[Row]:
    """Return the records among the calls after this key: id, uid, staff_id, at, summary, order_id, is_drawn."""
    return reader.all(
        "SELECT c.id, c.uid, c.staff_id, c.rang_at AS at, c.summary,"
        f" {_FIRST_ORDER} AS order_id,"
        " EXISTS (SELECT 1 FROM quality_checks q WHERE q.record_uid = c.uid) AS is_drawn"
        f" FROM calls c JOIN staff s ON s.id = c.staff_id WHERE c.id > :call_id AND {_RECORD} ORDER BY c.id",
        centre_id=centre_id,
        call_id=call_id,
    )


def crisis_calls(reader: Reader, centre_id: int, since: int) -> Sequence[Row]:
    """Return the calls about a 危机来电 accepted since then that no check holds; as `calls_after`."""
    return reader.all(
        "SELECT c.id, c.uid, c.staff_id, c.rang_at AS at, min(o.id) AS order_id FROM work_orders o"
        " JOIN call_orders l ON l.order_id = o.id JOIN calls c ON c.id = l.call_id JOIN staff s ON s.id = c.staff_id"
        f" WHERE o.accepted_at >= :since AND o.is_crisis = 1 AND {_RECORD}"
        " AND NOT EXISTS (SELECT 1 FROM quality_checks q WHERE q.record_uid = c.uid)"
        " GROUP BY c.id, c.uid, c.staff_id, c.rang_at ORDER BY c.id",
        centre_id=centre_id,
        since=since,
    )


def crises_without_call(reader: Reader, centre_id: int, since: int) -> Sequence[Row]:
    """Return the 危机来电 accepted since then that no call is linked to and no check holds; `staff_id` took it."""
    return reader.all(
        "SELECT o.id AS order_id, o.uid, o.accepted_at AS at,"
        " (SELECT t.id FROM events e JOIN staff t ON t.uid = e.actor_uid WHERE e.order_uid = o.uid ORDER BY e.seq LIMIT 1)"
        " AS staff_id FROM work_orders o WHERE o.accepted_at >= :since AND o.is_crisis = 1 AND o.centre_id = :centre_id"
        " AND NOT EXISTS (SELECT 1 FROM call_orders l JOIN calls c ON c.id = l.call_id"
        "  WHERE l.order_id = o.id AND c.answered_at IS NOT NULL)"
        " AND NOT EXISTS (SELECT 1 FROM quality_checks q WHERE q.record_uid = o.uid) ORDER BY o.id",
        centre_id=centre_id,
        since=since,
    )


def with_accused(reader: Reader, centre_id: int, since: int) -> Sequence[Row]:
    """Return the orders accepted since then that accuse somebody (or the centre itself), unless a check holds them."""
    return reader.all(
        "SELECT o.id AS order_id, o.uid, o.accepted_at AS at, o.accused_name, o.accused_unit_id, o.contact_phone"
        " FROM work_orders o WHERE o.accepted_at >= :since AND o.centre_id = :centre_id"
        " AND (o.accused_name <> '' OR o.accused_unit_id = :centre_id) AND o.status <> 'void'"
        " AND NOT EXISTS (SELECT 1 FROM quality_checks q WHERE q.record_uid = o.uid) ORDER BY o.id",
        centre_id=centre_id,
        since=since,
    )


def call_before(
    reader: Reader, centre_id: int, number: str, since: int, until: int, staff_id: int | None = None
) -> Row | None:
    """Return the last record of a number in a time, of one 工号 if it is given: id, staff_id."""
    return reader.one(
        f"SELECT c.id, c.staff_id FROM calls c JOIN staff s ON s.id = c.staff_id WHERE c.number = :number AND {_RECORD}"
        " AND c.rang_at >= :since AND c.rang_at < :until AND (:staff_id IS NULL OR c.staff_id = :staff_id)"
        " ORDER BY c.rang_at DESC, c.id DESC LIMIT 1",
        number=number,
        centre_id=centre_id,
        since=since,
        until=until,
        staff_id=staff_id,
    )


def people(reader: Reader, centre_id: int) -> Sequence[Row]:
    """Return everybody of a centre: id, staff_no, name."""
    return reader.all(
        "SELECT id, staff_no, name FROM staff WHERE unit_id = :centre_id ORDER BY staff_no",
        centre_id=centre_id,
    )


def record_of_order(reader: Reader, centre_id: int, order_id: int) -> Row | None:
    """Return the first call of an order that somebody of the centre held: id, uid, staff_id, at; None for none."""
    return reader.one(
        "SELECT c.id, c.uid, c.staff_id, c.rang_at AS at FROM call_orders l JOIN calls c ON c.id = l.call_id"
        f" JOIN staff s ON s.id = c.staff_id WHERE l.order_id = :order_id AND {_RECORD} ORDER BY c.rang_at, c.id LIMIT 1",
        centre_id=centre_id,
        order_id=order_id,
    )


def record_called(reader: Reader, centre_id: int, recording_no: str) -> Row | None:
    """Return the record with this recording number (or id of the telephone system): id, uid, staff_id, at, order_id."""
    return reader.one(
        f"SELECT c.id, c.uid, c.staff_id, c.rang_at AS at, {_FIRST_ORDER} AS order_id FROM calls c"
        f" JOIN staff s ON s.id = c.staff_id WHERE {_RECORD} AND (c.outside_id = :no OR c.recording_no = :no)"
        " ORDER BY c.id DESC LIMIT 1",
        centre_id=centre_id,
        no=recording_no,
    )


def registered_by(reader: Reader, order_uid: str) -> int | None:
    """Return the key of whoever brought an order into the world, or None."""
    found = reader.value(
        "SELECT s.id FROM events e JOIN staff s ON s.uid = e.actor_uid WHERE e.order_uid = :uid ORDER BY e.seq LIMIT 1",
        uid=order_uid,
    )
    return None if found is None else int(found)


def first_hash(reader: Reader) -> str:
    """Return the hash of the store's first event: fixed before there was any record, and nobody can change it."""
    return str(reader.value("SELECT hash FROM events WHERE seq = 1") or "")


def add_draw(writer: Writer, **values: Any) -> None:
    """Keep what a draw looked at."""
    writer.insert("quality_draws", {"uid": new_uid(), **values})


def records_by_agent(reader: Reader, centre_id: int, since: int, until: int) -> Sequence[Row]:
    """Return how many records each 工号 made in a time: id, staff_no, name, person_uid, records."""
    return reader.all(
        "SELECT s.id, s.staff_no, s.name, s.person_uid, count(*) AS records FROM calls c JOIN staff s ON s.id = c.staff_id"
        f" WHERE c.rang_at >= :since AND c.rang_at < :until AND {_RECORD}"
        " GROUP BY s.id, s.staff_no, s.name, s.person_uid ORDER BY s.staff_no",
        centre_id=centre_id,
        since=since,
        until=until,
    )
