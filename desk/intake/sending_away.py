"""不予受理 and 转出: the caller is sent to somebody else; one who will not have it goes to the dispatcher (P9, P13)."""

from dataclasses import replace

from db.codes import CallSummary, Deed, Outcome, RequestKind
from db.queries import events, requests
from db.times import to_ms
from desk import lists
from desk.calls import InHand, in_hand, kept
from desk.context import Desk
from desk.declined import confirmed, draw_sample, insisting
from desk.deed import OrderDeed, deed_on
from desk.errors import BadInput, NotNow
from desk.history import data_of
from desk.intake import sentences
from desk.intake.form import checked
from desk.intake.lookups import outside_numbers
from desk.intake.making import Way, born_of, registered
from desk.intake_rows import OrderForm, Registered
from desk.rows import OrderRow
from desk.rules import deadlines, declining
from desk.rules.declining import decline_reason
from desk.rules.text import cleaned


def decline(
    desk: Desk, form: OrderForm, reason: str, call: InHand = None, *, explanation: str = ""
) -> Registered:
    """不予受理: by a reason of the list (code of `decline_reasons`), with where the caller can go instead (P9)."""
    known = decline_reason(reason)
    if known is None:
        raise BadInput("请选择不予受理的理由", "理由")
    given = checked(desk, form, needs_all=False)
    words = cleaned(explanation, 500, "说明")
    data, texts = {"reason": known.code}, {"explanation": words}
    how = Way(Deed.DECLINE, CallSummary.DECLINED, Outcome.DECLINED, data, texts)
    call = in_hand(desk, call)
    with desk.writing() as writer:
        born, call_id = born_of(desk, writer, given, call, how)
        draw_sample(desk, writer, born.id, born.uid, born.at)
    done = registered(born, call_id, sentences.declined(desk, known))
    return replace(done, is_declined=True)


def transfer_out(desk: Desk, form: OrderForm, to: str, call: InHand = None) -> Registered:
    """转出: the caller was put through to an outside number of the directory (110, 119, 120 …); practice P13."""
    directory = outside_numbers(desk)
    if to not in directory:
        raise BadInput(f"外线号码不在名录：{'、'.join(directory)}", "外线")
    given = checked(desk, form, needs_all=False)
    how = Way(Deed.TRANSFER_OUT, CallSummary.TRANSFER, Outcome.TRANSFERRED_OUT, {"to": to})
    call = in_hand(desk, call)
    with desk.writing() as writer:
        born, call_id = born_of(desk, writer, given, call, how)
    return registered(born, call_id, sentences.transferred(to, directory[to]))


def insist(desk: Desk, order_no: str, words: str = "", call: InHand = None) -> OrderRow:
    """坚持受理: the caller will not have 不予受理; the dispatcher decides within `declined.decide_hours` (practice P9).

    The call is kept with it. Raises NotNow for an order that was not declined, one that is being decided, and one that
    was decided already.
    """
    said = cleaned(words, 500, "诉求人意见")
    call = in_hand(desk, call)
    with deed_on(desk, Deed.INSIST, order_no) as deed:
        _refuse_second(deed)
        hours = float(desk.settings.get("declined.decide_hours", declining.DECIDE_HOURS))
        due = deadlines.insisting_due(deed.at, hours, desk.settings.limits, desk.calendar)
        requests.add(
            deed.writer,
            order_id=deed.order_id,
            kind=str(RequestKind.INSIST),
            round=deed.order["round"],
            asked_at=deed.at_ms,
            asked_by=desk.actor.id,
            reason_code=_reason_of(deed),
            reason=said or "诉求人坚持受理",
            due_at=to_ms(due.at),
        )
        deed.quote(words=said)
        kept(desk, deed.writer, call, CallSummary.DECLINED, deed.at, deed.order_id)
    return lists.after(desk, deed.order_id)


def _refuse_second(deed: OrderDeed) -> None:
    order_no = deed.order["order_no"]
    if insisting(deed.writer, deed.order_id) is not None:
        raise NotNow(f"工单 {order_no} 已交派单员裁定，请告诉诉求人等候回电")
    if confirmed(deed.writer, deed.order_id) is not None:
        raise NotNow(f"工单 {order_no} 派单员已裁定维持不予受理；有新情况请按 ^S 新登记")


def _reason_of(deed: OrderDeed) -> str:
    """The code of the reason by which the order was declined last."""
    declined = [row for row in events.of_order(deed.writer, deed.order["uid"]) if row["kind"] == Deed.DECLINE]
    return str(data_of(declined[-1]).get("reason", "")) if declined else ""
