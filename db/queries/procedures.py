"""法定程序 of an order: the one that runs and those before it. Times in ms UTC."""

from collections.abc import Mapping, Sequence
from typing import Any

from db.doors import Reader, Row, Writer
from db.ids import new_uid

_PROCEDURE = (
    "SELECT p.id, p.uid, p.order_id, p.round, p.kind, p.organ, p.number, p.due_at, p.told, p.told_way, p.told_at,"
    " p.entered_at, p.ended_at, p.ending, p.ending_words, s.name AS enterer_name, e.name AS ender_name"
    " FROM procedures p LEFT JOIN staff s ON s.id = p.entered_by LEFT JOIN staff e ON e.id = p.ended_by"
)


def add(writer: Writer, values: Mapping[str, Any]) -> str:
    """Insert a procedure and return its uid."""
    uid = new_uid()
    writer.insert("procedures", {"uid": uid, **values})
    return uid


def change(writer: Writer, procedure_id: int, **columns: Any) -> None:
    """Set columns of one procedure."""
    writer.update("procedures", procedure_id, columns)


def running(reader: Reader, order_id: int) -> Row | None:
    """Return the procedure that an order waits for, or None."""
    return reader.one(f"{_PROCEDURE} WHERE p.order_id = :id AND p.ended_at IS NULL", id=order_id)


def of_order(reader: Reader, order_id: int) -> Sequence[Row]:
    """Return every procedure of an order, oldest first."""
    return reader.all(f"{_PROCEDURE} WHERE p.order_id = :id ORDER BY p.id", id=order_id)


def running_of_orders(reader: Reader, order_ids: Sequence[int]) -> dict[int, Row]:
    """Return the running procedure of each of these orders that has one, by order."""
    if not order_ids:
        return {}
    marks = ", ".join(str(int(key)) for key in order_ids)
    rows = reader.all(f"{_PROCEDURE} WHERE p.ended_at IS NULL AND p.order_id IN ({marks})")
    return {row["order_id"]: row for row in rows}


def expired(reader: Reader, centre_id: int, now: int, limit: int) -> Sequence[str]:
    """Return the numbers of a centre's orders whose statutory term was over at `now` (ms UTC), at most `limit`."""
    rows = reader.all(
        "SELECT o.order_no FROM procedures p JOIN work_orders o ON o.id = p.order_id"
        " WHERE p.ended_at IS NULL AND p.due_at <= :now AND o.centre_id = :centre_id AND o.is_open = 1"
        " AND o.status = 'in_procedure' ORDER BY p.due_at, p.id LIMIT :limit",
        now=now,
        centre_id=centre_id,
        limit=limit,
    )
    return tuple(row["order_no"] for row in rows)
