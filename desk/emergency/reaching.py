"""呼叫未果 and 回拨诉求人: every attempt to reach somebody is a call, and stands on the emergency's page (practice P24)."""

from db.codes import CallOutcome, Deed
from db.queries import units
from desk import lists
from desk.context import Desk
from desk.emergency.steps import NAME_LIMIT, NOTE_LIMIT, emergency_deed, keep_attempt
from desk.errors import BadInput
from desk.rows import OrderRow
from desk.rules.text import cleaned


def try_call_out(
    desk: Desk,
    order_no: str,
    unit_id: int,
    outcome: CallOutcome,
    person: str = "",
    note: str = "",
    number: str = "",
) -> OrderRow:
    """呼叫未果: nobody answered, or who did will not go; the order stays as it is and the next in line is rung.

    A refusal needs a `note` that says why. Raises BadInput for that, and for an outcome that was no failure.
    """
    how = CallOutcome(outcome)
    who, words = cleaned(person, NAME_LIMIT, "接听人", one_line=True), cleaned(note, NOTE_LIMIT, "说明")
    if how is CallOutcome.REACHED:
        raise BadInput("已接通并应允的，请登记派出", "结果")
    if how is CallOutcome.REFUSED and not words:
        raise BadInput("拒绝出动的，请在说明里写清谁拒绝、什么理由", "说明")
    with emergency_deed(desk, Deed.TRY_CALL_OUT, order_no) as this:
        deed = this.deed
        unit = units.unit(deed.writer, unit_id)
        if unit is None or unit["is_centre"]:
            raise BadInput("没有这个单位，请重新选择", "单位")
        keep_attempt(deed, unit_id, who, number, how, words)
        deed.note(unit_uid=unit["uid"], outcome=str(how))
        deed.quote(person=who, note=words)
    return lists.after(desk, deed.order_id)


def ring_back(desk: Desk, order_no: str, note: str, *, was_reached: bool = True) -> OrderRow:
    """回拨诉求人: tell him that help is on its way, and at the end how it ended; the call goes to his own number.

    Raises BadInput without `note` (what he was told, what he said) for one who was reached.
    """
    words = cleaned(note, NOTE_LIMIT, "说了什么")
    if was_reached and not words:
        raise BadInput("请填写告诉诉求人什么、他怎么说", "说了什么")
    with emergency_deed(desk, Deed.RING_BACK, order_no) as this:
        deed = this.deed
        if not deed.order["contact_phone"]:
            raise BadInput(f"工单 {order_no} 没有联系电话，不能回拨；有了号码请先补充", "联系电话")
        how = CallOutcome.REACHED if was_reached else CallOutcome.NO_ANSWER
        keep_attempt(deed, None, "诉求人", deed.order["contact_phone"], how, words)
        deed.note(outcome=str(how))
        deed.quote(note=words)
    return lists.after(desk, deed.order_id)
