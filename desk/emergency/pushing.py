"""What a step starts beside itself: queued in its transaction, started by somebody else (短信网关、寻呼)."""

from collections.abc import Iterator

from db.codes import CallOutcome, MessageState
from db.doors import Reader, Row
from db.queries import messages, rescue, units, work_orders
from db.times import from_ms, maybe_from_ms
from desk import sight
from desk.context import Desk
from desk.deed import OrderDeed
from desk.rules import pushing as rules
from desk.rules.calendar import local
from desk.rules.messages import LONGEST
from desk.rules.text import address


def queue(deed: OrderDeed, incident: str) -> None:
    """Queue the command of the step that `deed` is, if the city has one for it, to whom was called out.

    Of a 危机来电 or a secret order nothing leaves the desk (practice P25, P32).
    """
    desk, writer = deed.desk, deed.writer
    if not rules.is_step(deed.kind):
        return
    step = rules.step_of(template := rules.template_of(deed.kind))
    order = work_orders.by_number(writer, deed.order["order_no"])
    if not rules.command_for(step, desk.settings.get(rules.COMMANDS) or {}) or not _may_leave(desk, order):
        return
    unit_id = deed.changes.get("steward_id", deed.order["steward_id"])
    unit = None if unit_id is None else units.unit(writer, unit_id)
    words = (
        f"应急{step}",
        incident,
        str(deed.order["order_no"]),
        unit["short_name"] if unit else "",
        address(order["area_name"], order["place"]) if order else "",
        f"{local(deed.at):%H:%M}",
    )
    body = " ".join(" ".join(filter(None, words)).split())[:LONGEST]
    messages.about_step(
        writer, deed.order_id, unit_id, _number(writer, deed.order_id, unit_id), template, body, deed.at_ms
    )


def _may_leave(desk: Desk, order: Row | None) -> bool:
    if order is None or sight.is_secret(order) or sight.is_crisis(order):
        return False
    said = f"{order['title']}{order['content']}"
    return not any(word in said for word in desk.settings.words("crisis.words"))


def _number(reader: Reader, order_id: int, unit_id: int | None) -> str:
    """The number under which somebody of the unit was reached last; '' where nobody was."""
    reached = [
        row["phone"]
        for row in rescue.attempts(reader, order_id)
        if row["unit_id"] == unit_id is not None and row["outcome"] == CallOutcome.REACHED and row["phone"]
    ]
    return str(reached[-1]) if reached else ""


def lines(reader: Reader, order_id: int) -> Iterator[str]:
    """Yield what was started for the steps of an emergency, the newest first, and how that went."""
    for row in reversed(messages.steps_of(reader, order_id)):
        yield f"{local(from_ms(row['made_at'])):%H:%M} {rules.step_of(row['template'])} {_how(row)}"


def failures(reader: Reader, order_id: int) -> Iterator[str]:
    """Yield what somebody has to see to: a command that failed for good."""
    for row in messages.steps_of(reader, order_id):
        if row["state"] == MessageState.FAILED:
            yield f"!{rules.step_of(row['template'])}没有推送出去：{row['failure']}，请电话告知"


def _how(row: Row) -> str:
    state, again = MessageState(row["state"]), maybe_from_ms(row["next_try_at"])
    if state is MessageState.SENT:
        return "已推送"
    if state is MessageState.FAILED:
        return f"推送失败：{row['failure']}"
    if again is not None and row["failure"]:
        return f"{row['failure']}，{local(again):%H:%M:%S} 再试"
    return "正在推送" if state is MessageState.SENDING else "待推送"
