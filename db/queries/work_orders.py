"""One work order: its row, its number, its next number."""

from collections.abc import Mapping, Sequence
from typing import Any

from db.doors import Reader, Row, Writer

_STATIONS_FIRST, _OF_A_STATION = 10_000, 1_000

_STATE = (
    "SELECT o.*, u.short_name AS steward_name, u.path AS steward_path, c.path AS centre_path,"
    " c.short_name AS centre_name, a.name AS area_name, s.name AS section_name"
    " FROM work_orders o LEFT JOIN units u ON u.id = o.steward_id LEFT JOIN units c ON c.id = o.centre_id"
    " LEFT JOIN areas a ON a.code = o.area_code LEFT JOIN sections s ON s.id = o.section_id"
)


def by_number(reader: Reader, order_no: str) -> Row | None:
    """Return one order with the names it points to, by its order number."""
    return reader.one(f"{_STATE} WHERE o.order_no = :order_no", order_no=order_no)


def by_uid(reader: Reader, uid: str) -> Row | None:
    """Return one order with the names it points to, by its uid."""
    return reader.one(f"{_STATE} WHERE o.uid = :uid", uid=uid)


def by_key(reader: Reader, order_id: int) -> Row | None:
    """Return one order with the names it points to, by its key in this store."""
    return reader.one(f"{_STATE} WHERE o.id = :id", id=order_id)


def provisional(reader: Reader, centre_id: int, most: int) -> Sequence[Row]:
    """Return number and due times of the centre's open orders that are 暂定, the oldest first."""
    return reader.all(
        "SELECT order_no, unit_due_at, citizen_due_at FROM work_orders WHERE is_open = 1"
        " AND is_due_provisional = 1 AND centre_id = :centre_id ORDER BY id LIMIT :most",
        centre_id=centre_id,
        most=most,
    )


def id_of_outside(reader: Reader, channel: str, outside_no: str) -> int | None:
    """Return the key of the order that came in with this outside number, or None."""
    key = reader.value(
        "SELECT id FROM work_orders WHERE channel = :channel AND outside_no = :outside_no",
        channel=channel,
        outside_no=outside_no,
    )
    return None if key is None else int(key)


def add(writer: Writer, values: Mapping[str, Any]) -> int:
    """Insert an order and return its key."""
    return writer.insert("work_orders", values)


def change(writer: Writer, order_id: int, values: Mapping[str, Any]) -> None:
    """Set columns of one order."""
    writer.update("work_orders", order_id, values)


def next_number(writer: Writer, site: str, day: int) -> int:
    """Take the next order number of a site and local day (yyyymmdd).

    A station counts from a number of its own: the 查询码, which names no site, is then nobody else's that day.
    """
    return int(
        writer.value(
            "INSERT INTO counters (site, day, last) VALUES (:site, :day, 1 + coalesce("
            "(SELECT :first + :span * number FROM stations WHERE site = :site), 0))"
            " ON CONFLICT (site, day) DO UPDATE SET last = counters.last + 1 RETURNING last",
            site=site,
            day=day,
            first=_STATIONS_FIRST,
            span=_OF_A_STATION,
        )
    )
