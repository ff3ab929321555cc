"""催办 and 督办: pressure on the unit, before and after the limit (press conference, question 4)."""

from typing import Any

from db.codes import Deed, RequestKind, Verdict
from db.queries import messages, requests
from db.times import to_ms
from desk import clocks, lists, told
from desk.context import Desk
from desk.deed import OrderDeed, deed_on
from desk.errors import BadInput, NotNow
from desk.review.common import needed
from desk.rows import OrderRow
from desk.rules import deadlines

SUPERVISION_DAYS, LONGEST_DAYS = 2, 60
"""Working days to answer a 督办, unless the setting `supervise.days` or the one who orders it says otherwise."""


def remind(desk: Desk, order_no: str, note: str) -> OrderRow:
    """催办: press the unit that holds the order; what was said stays on the card. Raises BadInput without words."""
    words = needed(note, "催办内容")
    with deed_on(desk, Deed.REMIND, order_no) as deed:
        told.to_unit(desk, deed.writer, deed.order, "remind", deed.at, words=words)
        deed.quote(note=words)
    return lists.after(desk, deed.order_id)


def supervise(desk: Desk, order_no: str, requirement: str, days: int | None = None) -> OrderRow:
    """督办: the unit answers this demand within `days` working days.

    Raises BadInput without a demand or for days outside 1–60, NotNow while another 督办 is unanswered or before
    dispatch.
    """
    words = needed(requirement, "督办要求")
    with deed_on(desk, Deed.SUPERVISE, order_no) as deed:
        if _pending(deed) is not None:
            raise NotNow(f"工单 {order_no} 已有未回复的督办，请先等单位回复")
        deed.note(**order_supervision(deed, words, days))
        deed.quote(requirement=words)
    return lists.after(desk, deed.order_id)


def order_supervision(deed: OrderDeed, requirement: str, days: int | None = None) -> dict[str, Any]:
    """Put a 督办 beside the order, unless one still waits for its answer; return the event data of its limit."""
    if _pending(deed) is not None:
        return {}
    chosen = int(deed.desk.settings.get("supervise.days", SUPERVISION_DAYS)) if days is None else days
    if not 1 <= chosen <= LONGEST_DAYS:
        raise BadInput(f"督办时限须在 1 至 {LONGEST_DAYS} 个工作日之间", "督办时限")
    due = deadlines.supervision_due(deed.at, chosen, deed.desk.settings.limits, deed.desk.calendar)
    requests.add(
        deed.writer,
        order_id=deed.order_id,
        kind=str(RequestKind.SUPERVISION),
        round=deed.value("round"),
        asked_at=deed.at_ms,
        asked_by=deed.desk.actor.id,
        asking_unit_id=deed.desk.actor.unit_id,
        reason=requirement,
        target_unit_id=deed.order["steward_id"],
        due_at=to_ms(due.at),
    )
    _tell_unit(deed, f"工单 {deed.order['order_no']} 督办，限 {due.explanation}：{requirement}")
    return {"supervision_due": clocks.due_data(due)}


def _tell_unit(deed: OrderDeed, body: str) -> None:
    steward_id = deed.order["steward_id"]
    messages.to_unit(deed.writer, deed.order_id, steward_id, str(deed.kind), body, deed.at_ms)


def answer_supervision(desk: Desk, order_no: str, answer: str) -> OrderRow:
    """督办回复: the unit says what it did. Raises BadInput without words, NotNow when nothing waits for an answer."""
    words = needed(answer, "督办回复")
    with deed_on(desk, Deed.ANSWER_SUPERVISION, order_no) as deed:
        asked = _pending(deed)
        if asked is None:
            raise NotNow(f"工单 {order_no} 没有待回复的督办")
        requests.decide(deed.writer, asked["id"], Verdict.GRANTED, deed.at_ms, desk.actor.id, words)
        is_late = asked["due_at"] is not None and asked["due_at"] < deed.at_ms
        deed.note(is_late=is_late or None)
        deed.quote(answer=words)
    return lists.after(desk, deed.order_id)


def _pending(deed: OrderDeed) -> Any:
    return requests.pending(deed.writer, deed.order_id, RequestKind.SUPERVISION)
