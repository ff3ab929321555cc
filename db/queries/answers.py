"""答复诉求人: what was said to the citizen, and the attempts that reached nobody (`outcome` NULL). Times in ms UTC."""

from collections.abc import Sequence
from typing import Any

from db.doors import Reader, Row, Writer
from db.ids import new_uid

_ANSWER = (
    "SELECT a.id, a.uid, a.order_id, a.round, a.answered_at, a.answered_by, a.way, a.number, a.outcome, a.said,"
    " a.call_id, s.name AS staff_name, s.staff_no, u.short_name AS unit_name FROM answers a"
    " LEFT JOIN staff s ON s.id = a.answered_by LEFT JOIN units u ON u.id = s.unit_id"
)


def add(writer: Writer, **values: Any) -> int:
    """Insert an answer or an attempt and return its key; needs order_id, round, answered_at, answered_by."""
    return writer.insert("answers", {"uid": new_uid(), **values})


def of_order(reader: Reader, order_id: int) -> Sequence[Row]:
    """Return every answer and attempt of an order, oldest first, with who made it."""
    return reader.all(f"{_ANSWER} WHERE a.order_id = :order_id ORDER BY a.id", order_id=order_id)


def attempt_times(reader: Reader, order_id: int, round_: int) -> list[int]:
    """Return when somebody tried in vain to reach the citizen in one round, oldest first."""
    rows = reader.all(
        "SELECT answered_at FROM answers WHERE order_id = :order_id AND round = :round AND outcome IS NULL"
        " ORDER BY answered_at",
        order_id=order_id,
        round=round_,
    )
    return [int(row["answered_at"]) for row in rows]


def latest(reader: Reader, order_id: int, round_: int) -> Row | None:
    """Return the answer of one round, or None while there are only attempts."""
    return reader.one(
        f"{_ANSWER} WHERE a.order_id = :order_id AND a.round = :round AND a.outcome IS NOT NULL"
        " ORDER BY a.id DESC LIMIT 1",
        order_id=order_id,
        round=round_,
    )
