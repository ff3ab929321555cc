"""回访: each attempt and what was answered; and what the unit said before. Times in ms UTC."""

from collections.abc import Mapping, Sequence
from typing import Any

from db.doors import Reader, Row, Writer
from db.ids import new_uid

_CALLBACK = (
    "SELECT b.id, b.order_id, b.round, b.called_at, b.is_reached, b.result, b.attitude, b.timeliness,"
    " b.was_contacted, b.is_solved, b.cause, b.note, s.name AS staff_name, s.staff_no FROM callbacks b"
    " LEFT JOIN staff s ON s.id = b.called_by"
)


def add(writer: Writer, values: Mapping[str, Any]) -> int:
    """Insert one attempt and return its key; needs order_id, round, called_at (ms UTC), called_by, is_reached."""
    return writer.insert("callbacks", {"uid": new_uid(), **values})


def of_order(reader: Reader, order_id: int) -> Sequence[Row]:
    """Return every attempt to call back about an order, oldest first, with who called."""
    return reader.all(f"{_CALLBACK} WHERE b.order_id = :order_id ORDER BY b.id", order_id=order_id)


def missed(reader: Reader, order_id: int, round_: int) -> Sequence[Row]:
    """Return the attempts of one round that reached nobody, oldest first."""
    return reader.all(
        f"{_CALLBACK} WHERE b.order_id = :order_id AND b.round = :round AND b.is_reached = 0 ORDER BY b.id",
        order_id=order_id,
        round=round_,
    )


def reached_after(reader: Reader, order_id: int, after: int) -> Sequence[Row]:
    """Return the callbacks that reached the caller later than `after` (ms UTC), oldest first."""
    return reader.all(
        f"{_CALLBACK} WHERE b.order_id = :order_id AND b.is_reached = 1 AND b.called_at > :after ORDER BY b.id",
        order_id=order_id,
        after=after,
    )


def last_reached_before(reader: Reader, order_id: int, round_: int) -> Row | None:
    """Return the newest callback of the rounds before `round_` that reached the caller, or None."""
    return reader.one(
        f"{_CALLBACK} WHERE b.order_id = :order_id AND b.is_reached = 1 AND b.round < :round"
        " ORDER BY b.id DESC LIMIT 1",
        order_id=order_id,
        round=round_,
    )


def missed_counts(reader: Reader, order_ids: Sequence[int]) -> dict[int, int]:
    """Return how many attempts of the present round reached nobody, by order; orders without any are left out."""
    if not order_ids:
        return {}
    marks = ", ".join(str(int(key)) for key in order_ids)
    rows = reader.all(
        "SELECT b.order_id, count(*) AS n FROM callbacks b JOIN work_orders o ON o.id = b.order_id"
        f" AND o.round = b.round WHERE b.is_reached = 0 AND b.order_id IN ({marks}) GROUP BY b.order_id"
    )
    return {row["order_id"]: row["n"] for row in rows}


def reached_of_orders(reader: Reader, order_ids: Sequence[int]) -> Sequence[Row]:
    """Return the callbacks of each of these orders' present round that reached the caller, oldest first."""
    if not order_ids:
        return ()
    marks = ", ".join(str(int(key)) for key in order_ids)
    return reader.all(
        f"{_CALLBACK} JOIN work_orders o ON o.id = b.order_id AND o.round = b.round"
        f" WHERE b.is_reached = 1 AND b.order_id IN ({marks}) ORDER BY b.id"
    )
