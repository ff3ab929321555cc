"""What a caller may still do to an old order (practice P12), and what the centre may do before it is sent (P9, P10)."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from db.codes import CallSummary, Deed, OrderKind, Outcome, Status, Urgency
from db.queries import assignments, house, work_orders
from desk import lists, merged, sight, supplements, unit_limit
from desk.calls import InHand, called_from, in_hand, kept
from desk.context import Desk
from desk.declined import draw_sample
from desk.deed import OrderDeed, deed_on
from desk.errors import BadInput, NotNow
from desk.rows import OrderRow
from desk.rules.declining import decline_reason
from desk.rules.lifecycle import ENDS
from desk.rules.text import cleaned, normalised_phone, required
from desk.unit_limit import number_is_back

SEALED = "密件已加封，本站不能再补充、催单或撤诉：请另登一件密件，或请本人直接拨 12345"
AT_THE_CENTRE = "工单已由热线中心办理：在本站只能补充；催单、撤诉请本人拨 12345"
NEW_MATTER = "工单已结束，有新情况请按 ^S 新登记"


@contextmanager
def _while_it_runs(desk: Desk, kind: Deed, order_no: str) -> Iterator[OrderDeed]:
    """`deed_on`, but the refusal of an order that is over also says what to do for its caller."""
    try:
        with deed_on(desk, kind, order_no) as deed:
            if desk.station is not None and sight.is_secret(deed.order):
                raise NotNow(SEALED)
            yield deed
    except NotNow as late:
        status = _status_of(desk, order_no)
        if status not in ENDS:
            raise
        if desk.station is not None and status is Status.TRANSFERRED_OUT:
            raise NotNow(AT_THE_CENTRE) from late
        raise NotNow(f"{late}；{NEW_MATTER}") from late


def _status_of(desk: Desk, order_no: str) -> Status | None:
    with desk.reading() as reader:
        order = work_orders.by_number(reader, order_no)
        return Status(order["status"]) if order else None


def supplement(desk: Desk, order_no: str, words: str, call: InHand = None) -> OrderRow:
    """补充材料: append what the caller adds, and tell the unit that holds the order; reopens nothing (practice P12).

    At a station whose centre has the order by now it goes there with the next file, and answers 退回补充 (practice P18).

    Raises BadInput for empty or unkeepable words, NotNow for an order that is over.
    """
    call = in_hand(desk, call)
    is_gone = desk.station is not None and _status_of(desk, order_no) is Status.TRANSFERRED_OUT
    kind = Deed.ADD_AFTERWARDS if is_gone else Deed.SUPPLEMENT
    with _while_it_runs(desk, kind, order_no) as deed:
        supplements.append(deed, words, "补充")
        unit_limit.caller_is_back(deed)
        supplements.tell_unit(deed, "supplement", f"工单 {order_no} 有诉求人补充，请查看")
        _keep_call(deed, call, CallSummary.SUPPLEMENT)
    return lists.after(desk, deed.order_id)


def urge(desk: Desk, order_no: str, call: InHand = None, *, words: str = "") -> OrderRow:
    """群众催单: count that the caller asks again; the third lights up at 班长 (practice P12)."""
    call = in_hand(desk, call)
    with _while_it_runs(desk, Deed.URGE, order_no) as deed:
        count = deed.order["urge_count"] + 1
        deed.set(urge_count=count)
        deed.note(urge_count=count)
        deed.quote(words=cleaned(words, 1000, "催单内容"))
        unit_limit.caller_is_back(deed)
        supplements.tell_unit(deed, "urge", f"工单 {order_no} 群众第 {count} 次催单，请尽快办理并联系诉求人")
        _keep_call(deed, call, CallSummary.URGE)
    return lists.after(desk, deed.order_id)


def withdraw(desk: Desk, order_no: str, words: str, call: InHand = None) -> OrderRow:
    """撤诉: the caller's own words end the order; an outcome apart from 满意 (practice P12).

    Refused for an emergency and for an order that the pool watches. A 举报 goes on: the wish is added to it, and the
    row that comes back is still running.
    """
    if _kind_of(desk, order_no) is OrderKind.TIP_OFF:
        return _withdraw_tip_off(desk, order_no, words, call)
    call = in_hand(desk, call)
    with _while_it_runs(desk, Deed.WITHDRAW, order_no) as deed:
        _refuse_withdrawal(deed)
        deed.quote(words=required(words, "撤诉原话", 1000))
        _end(deed, Outcome.WITHDRAWN)
        merged.free_all(deed)
        assignments.end_running(deed.writer, deed.order_id, deed.at_ms, "done")
        supplements.tell_unit(deed, "withdraw", f"工单 {order_no} 诉求人已撤诉，无需继续办理")
        _keep_call(deed, call, CallSummary.WITHDRAW)
    return lists.after(desk, deed.order_id)


def _kind_of(desk: Desk, order_no: str) -> OrderKind | None:
    with desk.reading() as reader:
        order = work_orders.by_number(reader, order_no)
        return OrderKind(order["kind"]) if order else None


def _withdraw_tip_off(desk: Desk, order_no: str, words: str, call: InHand) -> OrderRow:
    call = in_hand(desk, call)
    with _while_it_runs(desk, Deed.SUPPLEMENT, order_no) as deed:
        supplements.append(deed, words, "举报人撤诉意愿（继续办理）")
        deed.note(wish="withdraw")
        unit_limit.caller_is_back(deed)
        _keep_call(deed, call, CallSummary.WITHDRAW)
    return lists.after(desk, deed.order_id)


def _refuse_withdrawal(deed: OrderDeed) -> None:
    if deed.order["urgency"] == Urgency.CRITICAL:
        raise NotNow("应急工单不能撤诉：险情须处置完毕，误报由班长认定")
    if deed.order["pool_grade"] is not None:
        raise NotNow("工单在监测池中，不能撤诉：请由审核员按销号办理")


def complete(
    desk: Desk,
    order_no: str,
    words: str,
    call: InHand = None,
    *,
    area_code: str | None = None,
    place: str = "",
    contact_phone: str = "",
) -> OrderRow:
    """补充完毕: what the dispatcher missed is there; the order goes back to 待派单 (practice P21).

    Raises BadInput for empty words, NotNow unless the order is 待补充.
    """
    call = in_hand(desk, call)
    with deed_on(desk, Deed.COMPLETE, order_no) as deed:
        supplements.append(deed, words, "补充")
        if area_code and house.area(deed.writer, area_code) is None:
            raise BadInput("事发地点的区划已不在册，请重新选择", "事发地点")
        changes: dict[str, Any] = {
            "area_code": area_code,
            "place": cleaned(place, 200, "事发地点", one_line=True),
            "contact_phone": normalised_phone(contact_phone),
        }
        deed.set(**{name: value for name, value in changes.items() if value})
        _keep_call(deed, call, CallSummary.SUPPLEMENT)
    return lists.after(desk, deed.order_id)


def decline_order(desk: Desk, order_no: str, reason: str, explanation: str = "") -> OrderRow:
    """不予受理 of an order already registered, by a reason of the list (practice P9)."""
    known = decline_reason(reason)
    if known is None:
        raise BadInput("请选择不予受理的理由", "理由")
    with deed_on(desk, Deed.DECLINE, order_no) as deed:
        deed.note(reason=known.code)
        deed.quote(explanation=cleaned(explanation, 500, "说明"))
        _end(deed, Outcome.DECLINED)
        draw_sample(desk, deed.writer, deed.order_id, deed.order["uid"], deed.at)
        merged.free_all(deed)
    return lists.after(desk, deed.order_id)


def void(desk: Desk, order_no: str, reason: str) -> OrderRow:
    """作废: a wrong record only, by 班长, with a reason; never for the citizen's will, which is 撤诉."""
    with deed_on(desk, Deed.VOID, order_no) as deed:
        deed.quote(reason=required(reason, "作废理由", 500))
        _end(deed, Outcome.VOID)
        merged.free_all(deed)
    return lists.after(desk, deed.order_id)


def _end(deed: OrderDeed, outcome: Outcome) -> None:
    deed.set(outcome=str(outcome), closed_at=deed.at_ms)


def _keep_call(deed: OrderDeed, call: InHand, summary: CallSummary) -> None:
    kept(deed.desk, deed.writer, call, summary, deed.at, deed.order_id)
    if not sight.is_secret(deed.order):
        number_is_back(deed.desk, deed.writer, called_from(call), deed.at, (deed.order_id,))
