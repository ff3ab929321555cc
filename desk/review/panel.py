"""社会评议, the thin version: into the panel, its verdict, and the explanation to the caller (practice P29)."""

from db.codes import AnswerOutcome, CallDirection, CallSummary, ContactWay, Deed, OrderKind, Urgency
from db.queries import answers, events
from desk import calls, lists
from desk.calls import CallNote
from desk.context import Desk
from desk.deed import OrderDeed, deed_on
from desk.errors import NotNow
from desk.history import data_of
from desk.pressure import order_supervision
from desk.review.common import lapse_write_off, needed, start_round
from desk.rows import OrderRow


def send_to_panel(desk: Desk, order_no: str, reason: str) -> OrderRow:
    """提交社会评议: handled by duty and law, explained, and still not accepted. It stays D in the pool meanwhile.

    `reason` says how it was handled and that the caller was told. Raises BadInput without it, NotNow for 举报, 应急
    and orders that the unit answered over time (P29).
    """
    words = needed(reason, "提交理由")
    with deed_on(desk, Deed.SEND_TO_PANEL, order_no) as deed:
        _check_fit(deed)
        lapse_write_off(deed)
        deed.quote(reason=words)
    return lists.after(desk, deed.order_id)


def _check_fit(deed: OrderDeed) -> None:
    order = deed.order
    if order["kind"] == OrderKind.TIP_OFF:
        raise NotNow("举报件不提交社会评议：请按 z 重办或由班长处理")
    rows = events.of_order(deed.writer, order["uid"])
    was_emergency = any(row["kind"] in (Deed.REGISTER_EMERGENCY, Deed.CALL_OUT) for row in rows)
    if was_emergency or order["urgency"] == Urgency.CRITICAL:
        raise NotNow("应急件不提交社会评议：请按 z 重办")
    if any({"unit", "citizen"} & set(data_of(row).get("late", ())) for row in rows):
        raise NotNow("本件超期办理，不提交社会评议：请按 z 重办")


def panel_reasonable(desk: Desk, order_no: str, verdict: str) -> OrderRow:
    """评议诉求合理: another round for the unit, under 督办 (press conference, question 4). Raises BadInput without words."""
    words = needed(verdict, "评议意见")
    with deed_on(desk, Deed.PANEL_REASONABLE, order_no) as deed:
        start_round(deed, words)
        deed.note(**order_supervision(deed, words))
        deed.quote(verdict=words)
    return lists.after(desk, deed.order_id)


def panel_unreasonable(desk: Desk, order_no: str, verdict: str) -> OrderRow:
    """评议诉求不合理: back to 不满意待定; with the explanation logged it may be written off. Raises BadInput without words."""
    words = needed(verdict, "评议意见")
    with deed_on(desk, Deed.PANEL_UNREASONABLE, order_no) as deed:
        deed.quote(verdict=words)
    return lists.after(desk, deed.order_id)


def log_explanation(desk: Desk, order_no: str, said: str) -> OrderRow:
    """解释说明: the caller was told by phone why it stays so; an outbound call with what was said (P29).

    Raises BadInput without words, NotNow without a number.
    """
    words = needed(said, "解释内容")
    with deed_on(desk, Deed.LOG_EXPLANATION, order_no) as deed:
        call_id = _call(deed, words)
        answers.add(
            deed.writer,
            order_id=deed.order_id,
            round=deed.order["round"],
            answered_at=deed.at_ms,
            answered_by=desk.actor.id,
            way=str(ContactWay.PHONE),
            number=deed.order["contact_phone"],
            outcome=str(AnswerOutcome.ANSWERED),
            said=words,
            call_id=call_id,
        )
        deed.quote(said=words)
    return lists.after(desk, deed.order_id)


def _call(deed: OrderDeed, words: str) -> int:
    number = deed.order["contact_phone"]
    if not number:
        raise NotNow("本工单没有联系电话，不能电话解释：请由承办单位上门或书面说明后再登记")
    call = CallNote(
        number=number,
        line="12345",
        direction=CallDirection.OUTBOUND,
        summary=CallSummary.CALLBACK,
        note=words,
    )
    return calls.keep(deed.desk, deed.writer, call, deed.at, (deed.order_id,))
