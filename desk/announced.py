"""A year's holidays are announced: every open order whose due time was 暂定 gets its own (design part 6)."""

from contextlib import suppress
from typing import Any

from db.codes import Deed, RequestKind, Verdict
from db.doors import Row
from db.queries import assignments, requests, work_orders
from db.times import from_ms, maybe_from_ms, to_ms
from desk import clocks
from desk.context import Desk
from desk.deed import OrderDeed, deed_on
from desk.errors import NotNow
from desk.rules import deadlines, rights
from desk.rules.calendar import local
from desk.rules.deadlines import Due
from desk.rules.rights import Scope

MOST = 200
"""How many orders one sweep changes; the next one goes on."""


def sweep_announced(desk: Desk) -> int:
    """Write one `due_changed` event for each open 暂定 order of the centre whose days are known now; return how many.

    The later of the old and the new date stands; a date that a granted 延期 promised to the citizen stands anyway.
    """
    if Scope.CENTRE not in rights.scopes(desk.actor.roles, Deed.DUE_CHANGED):
        return 0
    with desk.reading() as reader:
        waiting = work_orders.provisional(reader, desk.actor.centre_id, MOST)
    count = 0
    for order in waiting:
        if _is_known(desk, order):
            with suppress(NotNow):
                _change(desk, order["order_no"])
                count += 1
    return count


def _is_known(desk: Desk, order: Row) -> bool:
    dues = (maybe_from_ms(order[column]) for column in ("unit_due_at", "citizen_due_at"))
    return not any(due is not None and desk.calendar.is_provisional(local(due).date()) for due in dues)


def _change(desk: Desk, order_no: str) -> None:
    with deed_on(desk, Deed.DUE_CHANGED, order_no) as deed:
        part = assignments.current_steward(deed.writer, deed.order_id)
        deed.set(is_due_provisional=False)
        if _was_moved_by_request(deed):
            deed.note(kept=True)
            return
        if part is not None and deed.order["unit_due_at"] is not None:
            _move(deed, "unit", _due(deed, deadlines.unit_due, part["sent_at"]), part)
        if deed.order["citizen_due_at"] is not None:
            _move(deed, "citizen", _citizen_due(deed, part), part)


def _was_moved_by_request(deed: OrderDeed) -> bool:
    return any(
        row["kind"] in (RequestKind.EXTENSION, RequestKind.SUSPENSION) and row["verdict"] == Verdict.GRANTED
        for row in requests.of_order(deed.writer, deed.order_id)
    )


def _citizen_due(deed: OrderDeed, part: Row | None) -> Due | None:
    if deed.order["round"] > 1 and part is not None:
        return _due(deed, deadlines.unit_due, part["sent_at"])
    return _due(deed, deadlines.citizen_due, deed.order["accepted_at"])


def _due(deed: OrderDeed, rule: Any, starts_at: int) -> Due | None:
    desk, order = deed.desk, deed.order
    due: Due | None = rule(
        order["kind"], order["urgency"], from_ms(starts_at), desk.settings.limits, desk.calendar
    )
    return due


def _move(deed: OrderDeed, name: str, new: Due | None, part: Row | None) -> None:
    column = f"{name}_due_at"
    if new is None:
        return
    old = Due(from_ms(deed.order[column]), True, "", "", wall_clock=False)
    due = deadlines.recalculated(old, new)
    deed.set(**{column: to_ms(due.at)})
    deed.note(**{f"{name}_due": clocks.due_data(due), f"old_{column}": deed.order[column]})
    if name == "unit" and part is not None:
        assignments.change(deed.writer, part["id"], due_at=to_ms(due.at), due_explanation=due.explanation)
