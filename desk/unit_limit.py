"""单位时限 of an order under a deed: as it stands, moved, and going on after a 挂起 (practice P6, P8)."""

from collections.abc import Iterable
from datetime import datetime

from db.codes import AssignmentPart, Deed, Urgency
from db.doors import Row, Writer
from db.queries import assignments, callers, messages, pressing, work_orders
from db.times import maybe_from_ms, to_ms
from desk import clocks
from desk.context import Desk
from desk.deed import OrderDeed, deed_within
from desk.errors import NotNow
from desk.rules import deadlines, lifecycle
from desk.rules.deadlines import Due
from desk.words import short_moment

_BACK = {"citizen_called": "诉求人来电", "citizen_wrote": "诉求人来件补充"}
"""How a citizen was heard of again, by the code in the event."""


def steward_part(deed: OrderDeed) -> Row:
    """Return the part of the unit that handles; raises NotNow before dispatch."""
    part = assignments.current_steward(deed.writer, deed.order_id)
    if part is None:
        raise NotNow(f"工单 {deed.order['order_no']} 目前没有承办单位，请联系派单员")
    return part


def unit_due(deed: OrderDeed) -> Due | None:
    """Return 单位时限 as it stands, with the explanation that its dispatch gave."""
    return _due(deed, "unit_due_at", str(steward_part(deed)["due_explanation"]))


def citizen_due(deed: OrderDeed) -> Due | None:
    """Return 诉求人时限 as it stands."""
    return _due(deed, "citizen_due_at", "")


def _due(deed: OrderDeed, column: str, explanation: str) -> Due | None:
    moment = maybe_from_ms(deed.value(column))
    if moment is None:
        return None
    return Due(
        at=moment,
        provisional=bool(deed.order["is_due_provisional"]),
        explanation=explanation,
        calendar_version=deed.desk.calendar.version,
        wall_clock=deed.order["urgency"] != Urgency.NORMAL,
    )


def move_unit_due(deed: OrderDeed, due: Due) -> None:
    """Set 单位时限 on the order, on the unit's part and inside the unit; part of the deed's one event.

    What a rule put for the old limit falls: the new one is pressed anew.
    """
    deed.set(unit_due_at=to_ms(due.at), is_due_provisional=due.provisional)
    deed.note(unit_due=clocks.due_data(due))
    pressing.let_fall(deed.writer, deed.order_id, deed.at_ms, "时限已变，另行计算", by_rule_only=True)
    part = steward_part(deed)
    assignments.change(deed.writer, part["id"], due_at=to_ms(due.at), due_explanation=due.explanation)
    for inner in assignments.current(deed.writer, deed.order_id, AssignmentPart.INNER):
        inside = inner_due(deed, due)
        assignments.change(
            deed.writer, inner["id"], due_at=to_ms(inside.at), due_explanation=inside.explanation
        )


def inner_due(deed: OrderDeed, outer: Due) -> Due:
    """The limit inside the unit: the outer one less its margin (P6)."""
    desk = deed.desk
    return deadlines.inner_due(deed.order["kind"], outer, deed.at, desk.settings.limits, desk.calendar)


def go_on(deed: OrderDeed) -> bool:
    """End the 挂起, if there is one: 单位时限 ends later by what it stood still. Part of the deed's one event (P8)."""
    paused = maybe_from_ms(deed.order["suspended_at"])
    if paused is None:
        return False
    deed.set(suspended_at=None)
    unit = unit_due(deed)
    if unit is not None:
        desk = deed.desk
        move_unit_due(
            deed, deadlines.suspended_due(unit, paused, deed.at, desk.settings.limits, desk.calendar)
        )
    return True


def caller_is_back(deed: OrderDeed, way: str = "citizen_called") -> None:
    """The citizen was heard of: a 挂起 ends with this very deed, and the unit is told why (P8). `way` is a key of `_BACK`."""
    if not go_on(deed):
        return
    why = f"{_BACK[way]}，挂起自动结束"
    deed.note(resumed=way)
    deed.quote(resumed=why)
    due = maybe_from_ms(deed.value("unit_due_at"))
    limit = f"，单位时限 {short_moment(due)}" if due is not None else ""
    body = f"工单 {deed.order['order_no']} {why}，恢复计时{limit}，请联系诉求人继续办理"
    messages.to_unit(deed.writer, deed.order_id, deed.order["steward_id"], "resumed", body, deed.at_ms)


def number_is_back(desk: Desk, writer: Writer, number: str, at: datetime, but: Iterable[int] = ()) -> None:
    """The citizen has called about something else: every 挂起 on an order of the number ends, each an event RESUME (P8).

    `at` is the moment of the causing deed, `but` are orders that it is about. 举报 and 保密 orders stay as they are:
    the hour would tell their unit whose other order this is (P32).
    """
    if number:
        found = callers.suspended_of_number(writer, number, desk.actor.centre_path)
        orders_are_back(desk, writer, set(found) - set(but), at)


def orders_are_back(desk: Desk, writer: Writer, order_ids: Iterable[int], at: datetime) -> None:
    """End the 挂起 of these orders, where there is one: an event RESUME each, whoever took the call (P8)."""
    for key in sorted(order_ids):
        order = work_orders.by_key(writer, key)
        if order is None or order["suspended_at"] is None:
            continue
        if order["status"] in lifecycle.statuses_for(Deed.RESUME):
            with deed_within(desk, writer, at, Deed.RESUME, order) as deed:
                caller_is_back(deed)
