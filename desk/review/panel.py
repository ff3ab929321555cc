"""社会评议 on the order's side: the check of the unit's request, 告知 and 补充意见 of the caller, the explanation (practice P29)."""

from typing import Any

from db.codes import AnswerOutcome, CallDirection, CallSummary, ContactWay, Deed, RequestKind, Verdict
from db.doors import Reader, Row
from db.queries import answers, requests, social_review, work_orders
from desk import calls, lists
from desk.abilities import why_not
from desk.calls import CallNote
from desk.codes import code_for
from desk.context import Desk
from desk.deed import OrderDeed, deed_on
from desk.errors import BadInput, NotNow, Refused
from desk.panel_checks import checks_of, refuse_unfit
from desk.panel_rows import PanelRequest
from desk.review.common import lapse_asked, needed, optional
from desk.rows import OrderRow

PAGE = 2000
_BY_HAND = {"lawful": "依职责依法办理", "explained": "已向诉求人解释"}
"""What only a person can judge, by key: each is answered yes before a request is granted."""


def panel_request(desk: Desk, order_no: str) -> PanelRequest:
    """Return what the unit asks and what the auditor has to look at. Raises Refused, NotNow without a request."""
    with desk.reading() as reader:
        order = work_orders.by_number(reader, order_no)
        if order is None:
            raise Refused(f"没有编号为 {order_no} 的工单，请核对编号")
        if why := why_not(desk, reader, Deed.SEND_TO_PANEL, order):
            raise NotNow(why)
        asked = _asked(reader, order)
        return PanelRequest(
            order_no=order["order_no"],
            unit=asked["asking_unit_name"] or "",
            asker=asked["asker_name"] or "",
            handled=asked["reason"],
            explained=asked["evidence"] or "",
            checks=checks_of(reader, order),
        )


def send_to_panel(desk: Desk, order_no: str, note: str, *, lawful: bool, explained: bool) -> OrderRow:
    """同意社会评议 on the unit's request, after the check; it stays D in the pool meanwhile (P29).

    `lawful` and `explained` are the auditor's own judgement. Raises BadInput without his words, NotNow without a request,
    when he says no to one of them, and for what the store speaks against.
    """
    words = needed(note, "核查情况")
    with deed_on(desk, Deed.SEND_TO_PANEL, order_no) as deed:
        asked = _asked(deed.writer, deed.order)
        _check_fit(deed, {"lawful": lawful, "explained": explained})
        requests.decide(deed.writer, asked["id"], Verdict.GRANTED, deed.at_ms, desk.actor.id, words)
        lapse_asked(deed)
        if social_review.file_of(deed.writer, deed.order_id, deed.order["round"]) is None:
            social_review.add_file(deed.writer, deed.order_id, deed.order["round"])
        deed.note(request=asked["uid"], lawful=lawful, explained=explained)
        deed.quote(reason=words)
    return lists.after(desk, deed.order_id)


def _asked(reader: Reader, order: Row) -> Any:
    asked = requests.pending(reader, order["id"], RequestKind.PANEL)
    if asked is None or asked["round"] != order["round"]:
        raise NotNow(f"工单 {order['order_no']} 没有社会评议申请：由承办单位在 F4 按 o 申请")
    return asked


def _check_fit(deed: OrderDeed, by_hand: dict[str, bool]) -> None:
    refuse_unfit(deed.writer, deed.order)
    if lacking := next((label for key, label in _BY_HAND.items() if not by_hand[key]), ""):
        raise NotNow(f"核查结果“{lacking}”为否，不能提交社会评议：请改选不同意，或按 z 重办")


def refuse_panel(desk: Desk, order_no: str, reason: str) -> OrderRow:
    """不同意评议: the order stays 不满意待定, and the unit reads why. Raises BadInput without a reason, NotNow without a request."""
    words = needed(reason, "不同意的理由")
    with deed_on(desk, Deed.REFUSE_PANEL, order_no) as deed:
        asked = _asked(deed.writer, deed.order)
        requests.decide(deed.writer, asked["id"], Verdict.REFUSED, deed.at_ms, desk.actor.id, words)
        deed.note(request=asked["uid"])
        deed.quote(reason=words)
    return lists.after(desk, deed.order_id)


def tell_of_panel(
    desk: Desk, order_no: str, said: str, page: str = "", way: ContactWay | str = ContactWay.PHONE
) -> OrderRow:
    """告知社会评议: the caller hears that outsiders will look at it, and may add a page (补充意见) in his own words.

    By telephone the outbound call is kept. Raises BadInput without what was said, NotNow without a number or once told.
    """
    words, own = needed(said, "告知情况"), optional(page, "补充意见")
    how = code_for(ContactWay, str(way))
    if how is None:
        raise BadInput("请选怎样告知的：电话、上门、短信、书面或网上", "方式")
    with deed_on(desk, Deed.TELL_OF_PANEL, order_no) as deed:
        file = _file(deed)
        if file["told_at"] is not None:
            raise NotNow("已经告知过诉求人；他要补充意见请按 b")
        call_id = _call(deed, words) if how is ContactWay.PHONE else None
        told = {"told_at": deed.at_ms, "told_by": desk.actor.id, "call_id": call_id, "own_words": own}
        social_review.change_file(deed.writer, file["id"], told)
        deed.note(way=str(how), has_page=bool(own))
        deed.quote(said=words, page=own)
    return lists.after(desk, deed.order_id)


def add_panel_page(desk: Desk, order_no: str, words: str) -> OrderRow:
    """补充意见 of the caller, after he was told; what stands there already stays above it.

    Raises BadInput without words or for more than a page, NotNow before he was told, and once the file is released.
    """
    own = needed(words, "补充意见")
    with deed_on(desk, Deed.ADD_PANEL_PAGE, order_no) as deed:
        file = _file(deed)
        if file["told_at"] is None:
            raise NotNow("还没有告知诉求人：先按 y 登记告知")
        if file["released_at"] is not None:
            raise NotNow("评议材料已定稿，不能再补充：确需补充请先重新整理材料")
        page = "\n".join(filter(None, (file["own_words"], own)))
        if len(page) > PAGE:
            raise BadInput(f"补充意见最多 {PAGE} 字，现有 {len(page)} 字：请删减后再存", "补充意见")
        # What was mended before is not the whole any more: the auditor looks again.
        social_review.change_file(deed.writer, file["id"], {"own_words": page, "edited_at": None})
        deed.note(file=file["uid"])
        deed.quote(page=own)
    return lists.after(desk, deed.order_id)


def _file(deed: OrderDeed) -> Row:
    file = social_review.file_of(deed.writer, deed.order_id, deed.order["round"])
    if file is not None:
        return file
    # An order that came into 待评议 before there were files.
    social_review.add_file(deed.writer, deed.order_id, deed.order["round"])
    file = social_review.file_of(deed.writer, deed.order_id, deed.order["round"])
    assert file is not None, "it was written in this transaction"
    return file


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
        raise NotNow("本工单没有联系电话，不能电话告知：请由承办单位上门或书面说明后再登记")
    call = CallNote(
        number=number,
        line="12345",
        direction=CallDirection.OUTBOUND,
        summary=CallSummary.CALLBACK,
        note=words[:1000],
    )
    return calls.keep(deed.desk, deed.writer, call, deed.at, (deed.order_id,))
