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


def last_missed(reader: Reader, order_ids: Sequence[int]) -> dict[int, int]:
    """Return when (ms UTC) somebody last called in vain in the present round, by order."""
    if not order_ids:
        return {}
    marks = ", ".join(str(int(key)) for key in order_ids)
    rows = reader.all(
        "SELECT b.order_id, max(b.called_at) AS at FROM callbacks b JOIN work_orders o ON o.id = b.order_id"
        f" AND o.round = b.round WHERE b.is_reached = 0 AND b.order_id IN ({marks}) GROUP BY b.order_id"
    )
    return {row["order_id"]: row["at"] for row in rows}


def wishes(reader: Reader, order_ids: Sequence[int]) -> dict[int, Row]:
    """Return how each caller wished to be called: answer_time, language, special_needs, on_behalf."""
    if not order_ids:
        return {}
    marks = ", ".join(str(int(key)) for key in order_ids)
    rows = reader.all(
        f"SELECT id, answer_time, language, special_needs, on_behalf FROM work_orders WHERE id IN ({marks})"
    )
    return {row["id"]: row for row in rows}


def coverage(reader: Reader, centre_id: int, first: int, after: int) -> Row:
    """Return of what passed 办结审核 in a span (ms UTC) with a callback owed: passed, heard, unreached, withdrawn.

    One line for each passing: an order that is reworked is called again. `unreached` ended by the rule of attempts.
    """
    row = reader.one(
        "SELECT count(*) AS passed, sum(CASE WHEN x.heard THEN 1 ELSE 0 END) AS heard,"
        " sum(CASE WHEN NOT x.heard AND x.unreached THEN 1 ELSE 0 END) AS unreached,"
        " sum(CASE WHEN NOT x.heard AND x.status = 'withdrawn' THEN 1 ELSE 0 END) AS withdrawn FROM"
        " (SELECT o.status, EXISTS (SELECT 1 FROM callbacks b WHERE b.order_id = o.id AND b.round = e.round"
        " AND b.is_reached = 1 AND b.called_at >= e.at) AS heard, EXISTS (SELECT 1 FROM events n WHERE n.order_uid = o.uid"
        " AND n.kind = 'close_unreached' AND n.round = e.round) AS unreached"
        " FROM events e JOIN work_orders o ON o.uid = e.order_uid WHERE e.kind = 'pass_close_review'"
        " AND e.at >= :first AND e.at < :after AND o.centre_id = :centre_id) x",
        centre_id=centre_id,
        first=first,
        after=after,
    )
    assert row is not None, "an aggregate always has its row"
    return row


def reached_of_orders(reader: Reader, order_ids: Sequence[int]) -> Sequence[Row]:
    """Return the callbacks of each of these orders' present round that reached the caller, oldest first."""
    if not order_ids:
        return ()
    marks = ", ".join(str(int(key)) for key in order_ids)
    return reader.all(
        f"{_CALLBACK} JOIN work_orders o ON o.id = b.order_id AND o.round = b.round"
        f" WHERE b.is_reached = 1 AND b.order_id IN ({marks}) ORDER BY b.id"
    )
