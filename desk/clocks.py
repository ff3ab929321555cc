"""The due times of an order as columns: what each step of its life sets (practice P2–P4, P8).

Every function returns the columns to set and the data for the event; the rules themselves stand in
`desk/rules/deadlines.py`.
"""

from datetime import datetime
from typing import Any

from db.codes import OrderKind, Urgency
from db.times import to_ms
from desk.context import Desk
from desk.rules import deadlines
from desk.rules.deadlines import Due

Columns = dict[str, Any]


def on_acceptance(
    desk: Desk, kind: OrderKind, urgency: Urgency, at: datetime, accepted_at: datetime | None = None
) -> tuple[Columns, Columns]:
    """Set the dispatch limit and 诉求人时限, which run from acceptance (P3).

    Of an order that a station accepted before (`accepted_at`) the dispatch limit runs from its arrival `at` (P18); until then,
    on the station's own store, it does not run at all.
    """
    limits = desk.settings.limits
    stage = None if desk.station else deadlines.dispatch_due(urgency, at, limits, desk.calendar)
    citizen = deadlines.citizen_due(kind, urgency, accepted_at or at, limits, desk.calendar)
    return _columns(stage=stage, citizen=citizen), _data(stage=stage, citizen=citizen)


def on_dispatch(desk: Desk, kind: OrderKind, urgency: Urgency, at: datetime) -> tuple[Columns, Columns]:
    """Set 单位时限 and the limit to sign, which run from this dispatch (P3)."""
    limits = desk.settings.limits
    stage = deadlines.sign_due(urgency, at, limits, desk.calendar)
    unit = deadlines.unit_due(kind, urgency, at, limits, desk.calendar)
    return _columns(stage=stage, unit=unit), _data(stage=stage, unit=unit)


def on_signature(desk: Desk, urgency: Urgency, dispatched_at: datetime) -> tuple[Columns, Columns]:
    """Signed: the limit to sign ends; an urgent order now owes its first contact (P4)."""
    contact = deadlines.contact_due(urgency, dispatched_at, desk.settings.limits, desk.calendar)
    return _columns(stage=contact), _data(contact=contact)


def on_answer(desk: Desk, at: datetime) -> tuple[Columns, Columns]:
    """Answered: the centre's own limit for 办结审核 runs (P2)."""
    stage = deadlines.close_review_due(at, desk.settings.limits, desk.calendar)
    return _columns(stage=stage), _data(stage=stage)


def on_review_passed(desk: Desk, at: datetime) -> tuple[Columns, Columns]:
    """办结审核 passed: the callback is owed."""
    stage = deadlines.callback_due(at, desk.settings.limits, desk.calendar)
    return _columns(stage=stage), _data(stage=stage)


def on_rework(desk: Desk, kind: OrderKind, urgency: Urgency, at: datetime) -> tuple[Columns, Columns]:
    """A second round: a second limit for unit and citizen; the first breach stays in the events (P3)."""
    limits = desk.settings.limits
    unit = deadlines.unit_due(kind, urgency, at, limits, desk.calendar)
    return _columns(unit=unit, citizen=unit, stage=None), _data(unit=unit, citizen=unit)


def due_data(due: Due | None) -> Columns | None:
    """Return a due time as event data: `due_at` (ms UTC), calendar version, provisional, in words."""
    if due is None:
        return None
    return {
        "due_at": to_ms(due.at),
        "provisional": due.provisional,
        "calendar": due.calendar_version,
        "explanation": due.explanation,
    }


def _columns(**dues: Due | None) -> Columns:
    columns: Columns = {
        f"{name}_due_at": None if due is None else to_ms(due.at) for name, due in dues.items()
    }
    if "citizen" in dues or "unit" in dues:
        columns["is_due_provisional"] = any(due is not None and due.provisional for due in dues.values())
    return columns


def _data(**dues: Due | None) -> Columns:
    return {f"{name}_due": due_data(due) for name, due in dues.items()}
