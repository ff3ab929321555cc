"""应急: the green channel's row beside the order, and its steps against the clock."""

from collections.abc import Sequence
from typing import Any

from db.doors import Reader, Row, Writer
from db.ids import new_uid
from db.queries.pages import COLUMNS, JOINS

STEPS = (
    "called_out_at",
    "acknowledged_at",
    "departed_at",
    "arrived_at",
    "contained_at",
    "finished_at",
)
"""The columns of the steps, in the order in which they come (practice P24)."""

UNCONTROLLED = (
    "NOT EXISTS (SELECT 1 FROM emergencies e WHERE e.order_id = o.id"
    " AND (e.contained_at IS NOT NULL OR e.ended_at IS NOT NULL))"
)
"""A condition over `o`: no emergency that was one has come to an end; the thirty minutes of this one still count."""

_RUNNING = "e.contained_at IS NULL AND e.ended_at IS NULL"
_UNFINISHED = "e.finished_at IS NULL AND e.ended_at IS NULL"
_ROW = (
    f"{COLUMNS}, o.dispatched_at, o.signed_at, e.id AS emergency_id, e.type, e.started_at, e.due_at, {', '.join(f'e.{step}' for step in STEPS)},"
    " e.contained_said_by, e.reported_at, e.ended_at, e.end_reason, e.care_on, e.care_by"
    f" FROM emergencies e JOIN work_orders o ON o.id = e.order_id{JOINS}"
)


def open_emergency(writer: Writer, order_id: int, type: str, started_at_ms: int, due_at_ms: int) -> int:  # noqa: A002
    """Start an emergency's clock beside its order and return the row's key; both times in ms UTC."""
    return writer.insert(
        "emergencies",
        {
            "uid": new_uid(),
            "order_id": order_id,
            "type": type,
            "started_at": started_at_ms,
            "due_at": due_at_ms,
        },
    )


def of_order(reader: Reader, order_id: int) -> Row | None:
    """Return the emergency of one order with the order's list columns, or None."""
    return reader.one(f"{_ROW} WHERE e.order_id = :order_id", order_id=order_id)


def cares(reader: Reader, centre_id: int, since: str, until: str) -> Sequence[Row]:
    """Return the 危机来电 of a centre after whose caller somebody asks again between two days (`YYYY-MM-DD`): order_no, care_on, care_by."""
    return reader.all(
        "SELECT o.order_no, e.care_on, e.care_by FROM emergencies e JOIN work_orders o ON o.id = e.order_id"
        " WHERE e.care_on BETWEEN :since AND :until AND coalesce(o.centre_id, 0) = :centre_id"
        " AND NOT EXISTS (SELECT 1 FROM call_attempts a WHERE a.order_id = o.id AND a.unit_id IS NULL"
        "  AND a.outcome = 'reached' AND a.at > e.finished_at)"
        " ORDER BY e.care_on, e.id",
        since=since,
        until=until,
        centre_id=centre_id,
    )


def of_type(reader: Reader, centre_id: int, kind: str) -> Sequence[Row]:
    """Return the orders (`order_id`) of a type of emergency at a centre that has not ended, oldest first.

    `EXISTS` lets the few emergencies be read first, and not every order.
    """
    return reader.all(
        "SELECT e.order_id FROM emergencies e WHERE e.type = :kind AND e.ended_at IS NULL AND EXISTS ("
        " SELECT 1 FROM work_orders o WHERE o.id = e.order_id AND o.centre_id = :centre_id"
        " AND o.status NOT IN ('void', 'withdrawn', 'merged')) ORDER BY e.id",
        kind=kind,
        centre_id=centre_id,
    )


def change(writer: Writer, emergency_id: int, **values: Any) -> None:
    """Set columns of one emergency: a step's time (ms UTC), who said so, why it ended."""
    writer.update("emergencies", emergency_id, values)


def running(reader: Reader, where: str, *, limit: int, **parameters: Any) -> Sequence[Row]:
    """Return the emergencies not under control whose order (`o`) meets `where`, the soonest due first."""
    return reader.all(
        f"{_ROW} WHERE {_RUNNING} AND {where} ORDER BY e.due_at, e.order_id LIMIT :limit",
        limit=limit,
        **parameters,
    )


def controlled(
    reader: Reader, where: str, alive: str, *, since_ms: int, limit: int, **parameters: Any
) -> Sequence[Row]:
    """Return those under control but not finished whose order is `alive`, then what ended since `since_ms` (ms UTC).

    `where` and `alive` are conditions over `o`.
    """
    return reader.all(
        f"{_ROW} WHERE {where} AND (({_UNFINISHED} AND e.contained_at IS NOT NULL AND {alive})"
        " OR coalesce(e.ended_at, e.finished_at) >= :since)"
        f" ORDER BY CASE WHEN {_UNFINISHED} THEN 0 ELSE 1 END, coalesce(e.ended_at, e.finished_at) DESC, e.due_at"
        " LIMIT :limit",
        since=since_ms,
        limit=limit,
        **parameters,
    )


def spans(reader: Reader, where: str, *, since_ms: int, **parameters: Any) -> Sequence[Row]:
    """Return start, limit and control (ms UTC) of every emergency since `since_ms` that stayed one to the end."""
    return reader.all(
        "SELECT e.started_at, e.due_at, e.contained_at FROM emergencies e JOIN work_orders o ON o.id = e.order_id"
        f" WHERE e.started_at >= :since AND e.ended_at IS NULL AND {where}",
        since=since_ms,
        **parameters,
    )
