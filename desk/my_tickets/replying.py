"""起草答复, 单位审核, 协办: the unit's reply and the second pair of eyes in its own house (practice P1)."""

from collections.abc import Sequence

from db.codes import AssignmentPart, Deed, RequestKind, Verdict
from db.doors import Row
from db.queries import assignments, emergencies, replies
from desk import lists, part_returns, send_backs
from desk.context import Desk
from desk.deed import OrderDeed, deed_on
from desk.errors import BadInput, NotAllowed, NotNow
from desk.my_tickets import common
from desk.reply_review import refuse_others_data
from desk.rows import OrderRow
from desk.rules.text import cleaned, required


def submit_reply(desk: Desk, order_no: str, internal_result: str, public_reply: str) -> OrderRow:
    """提交答复 to the unit's 审核人: what was done, and apart from it what the citizen is told.

    A 退单 that still waits falls. Raises NotNow while the order is suspended or its danger not under control, BadInput
    for an empty or too long text, one that was sent back and is the same still, or one with somebody else's number,
    NotAllowed for a reply that another drafted, unless the order was handed on.
    """
    with deed_on(desk, Deed.SUBMIT_REPLY, order_no) as deed:
        common.refuse_while_suspended(deed)
        refuse_while_danger_lasts(deed)
        if line := send_backs.why_not_drafter(desk, deed.writer, deed.order):
            raise NotAllowed(line)
        result = required(internal_result, "办理情况", common.LONG)
        public = required(public_reply, "公开答复", common.LONG)
        _refuse_unmended(deed, result, public)
        refuse_others_data(deed, public)
        common.lapse(deed, RequestKind.RETURN)
        replies.add(
            deed.writer,
            order_id=deed.order_id,
            round=deed.order["round"],
            drafted_at=deed.at_ms,
            drafted_by=desk.actor.id,
            internal_result=result,
            public_reply=public,
        )
        deed.quote(internal_result=result, public_reply=public)
    return lists.after(desk, deed.order_id)


def refuse_while_danger_lasts(deed: OrderDeed) -> None:
    """The thirty minutes end at 险情已控制, never with a draft (practice P24)."""
    running = emergencies.of_order(deed.writer, deed.order_id)
    if running is not None and running["contained_at"] is None and running["ended_at"] is None:
        raise NotNow("险情尚未控制，不能起草答复：请先按 F5 登记险情已控制和处置完毕")


def _refuse_unmended(deed: OrderDeed, result: str, public: str) -> None:
    sent_back = replies.latest(deed.writer, deed.order_id, deed.order["round"])
    if sent_back is None or sent_back["verdict"] != Verdict.REFUSED:
        return
    if (sent_back["internal_result"], sent_back["public_reply"]) == (result, public):
        raise BadInput("与审核退回的答复一字未改，请按退回意见修改后再交", "公开答复")


def pass_reply(desk: Desk, order_no: str, note: str = "") -> OrderRow:
    """单位审核通过, by an 审核人 who did not draft it: now the citizen is to be answered."""
    with deed_on(desk, Deed.PASS_REPLY, order_no) as deed:
        words = cleaned(note, common.SHORT, "审核意见")
        _check(deed, Verdict.GRANTED, words)
    return lists.after(desk, deed.order_id)


def send_back_reply(desk: Desk, order_no: str, note: str, reasons: Sequence[str]) -> OrderRow:
    """单位审核退回, for `reasons` of the list and with what is to be mended. Raises BadInput without either."""
    why = send_backs.chosen(reasons)
    with deed_on(desk, Deed.SEND_BACK_REPLY, order_no) as deed:
        words = required(note, "退回意见")
        send_backs.note(deed, why)
        _check(deed, Verdict.REFUSED, words)
    return lists.after(desk, deed.order_id)


def _check(deed: OrderDeed, verdict: Verdict, words: str) -> None:
    reply = replies.latest(deed.writer, deed.order_id, deed.order["round"])
    if reply is None or reply["verdict"] != Verdict.PENDING:
        raise NotNow(f"工单 {deed.order['order_no']} 没有待审核的答复，请经办人先提交")
    replies.check(deed.writer, reply["id"], verdict, deed.at_ms, deed.desk.actor.id, words)
    deed.note(reply=reply["uid"], verdict=str(verdict))
    deed.quote(note=words)


def co_sign(desk: Desk, order_no: str) -> OrderRow:
    """协办签收: the helping unit takes its part. Raises NotNow when it has signed already."""
    with deed_on(desk, Deed.CO_SIGN, order_no) as deed:
        part = co_part(deed)
        if part["signed_at"] is not None:
            raise NotNow("本单位已签收这件协办工单，请直接办理并答复")
        assignments.change(deed.writer, part["id"], signed_at=deed.at_ms, signed_by=desk.actor.id)
        deed.note(assignment=part["uid"])
    return lists.after(desk, deed.order_id)


def co_reply(desk: Desk, order_no: str, answer: str) -> OrderRow:
    """协办答复 to the steward, once; it signs for the unit where nobody did. Raises BadInput, NotNow."""
    with deed_on(desk, Deed.CO_REPLY, order_no) as deed:
        words = required(answer, "协办答复", common.LONG)
        part = co_part(deed)
        signed = {} if part["signed_at"] else {"signed_at": deed.at_ms, "signed_by": desk.actor.id}
        assignments.change(deed.writer, part["id"], answered_at=deed.at_ms, answer=words, **signed)
        is_late = part["due_at"] is not None and deed.at_ms > part["due_at"]
        part_returns.lapse_ended(deed)
        deed.note(assignment=part["uid"], co_late=is_late or None)
        deed.quote(answer=words)
    return lists.after(desk, deed.order_id)


def co_part(deed: OrderDeed) -> Row:
    """Return the part of this person's unit that helps and has not answered; raises NotNow without one."""
    path = deed.desk.actor.unit_path
    parts = assignments.current(deed.writer, deed.order_id, AssignmentPart.CO_HANDLING)
    own = [part for part in parts if str(part["unit_path"]).startswith(path)]
    for part in own:
        if part["answered_at"] is None:
            return part
    raise NotNow("本单位已答复这件协办工单" if own else "本单位不是这件工单的协办单位")
