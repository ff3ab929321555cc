"""A case is proposed from an order, checked and confirmed by a person, published by a second one, and retired with a reason.

What the first person hands in is in nobody's list but theirs who may publish: two pairs of eyes stand between a
caller's words and the library (practice P25, P32 c).
"""

from typing import Any

from db.codes import Deed, Verdict
from db.doors import Reader
from db.queries import cases, replies, work_orders
from desk.abilities import why_not
from desk.case_rows import CaseFull, CaseOfOrder, CaseText
from desk.cases.known import known_of, why_no_case
from desk.cases.reading import full, number_of, read_right
from desk.context import Desk
from desk.deed import OrderDeed, deed_on
from desk.errors import BadInput, NotNow, Refused
from desk.rules.anonymising import anonymised, left_over
from desk.rules.text import cleaned, required

TITLE, LONG, SHORT = 60, 2000, 500


def of_order(desk: Desk, order_no: str) -> CaseOfOrder:
    """Return the case that an order has, or the words proposed for one, without names. Writes nothing.

    Raises Refused for an unknown number, NotNow saying why this person can make none of it.
    """
    with desk.reading() as reader:
        order = work_orders.by_number(reader, order_no)
        if order is None:
            raise Refused(f"没有编号为 {order_no} 的工单，请核对编号")
        if why := why_no_case(desk, reader, order):
            raise NotNow(why)
        existing = cases.living(reader, order["id"])
        if existing is not None:
            read_right(desk)
            return CaseOfOrder(order_no, int(existing["id"]), None)
        if why := why_not(desk, reader, Deed.PROPOSE_CASE, order):
            raise NotNow(why)
        return CaseOfOrder(order_no, None, _proposal(reader, order))


def _proposal(reader: Reader, order: Any) -> CaseText:
    known = known_of(reader, order)
    title, matter, handling = (
        anonymised(words, known) for words in (order["title"], order["content"], _handling(reader, order))
    )
    return CaseText(title[:TITLE], matter[:LONG], handling[:LONG])


def _handling(reader: Reader, order: Any) -> str:
    """What the unit did and said, as its 审核人 passed it last."""
    reply = replies.latest(reader, order["id"], order["round"])
    if reply is None or reply["verdict"] not in (Verdict.GRANTED, Verdict.PENDING):
        return ""
    return "\n".join(words for words in (reply["internal_result"], reply["public_reply"]) if words)


def propose(desk: Desk, order_no: str, title: str, matter: str, handling: str, lesson: str = "") -> CaseFull:
    """提出案例: the words as a person has checked them, to be published by a second one.

    Raises BadInput for missing words or what still points to somebody, NotNow for an order that may be no case.
    """
    with deed_on(desk, Deed.PROPOSE_CASE, order_no) as deed:
        _refuse_unfit(deed)
        if cases.living(deed.writer, deed.order_id) is not None:
            raise NotNow(f"工单 {order_no} 已有案例，不必重复提出")
        text = _checked(deed, CaseText(title, matter, handling, lesson))
        order = deed.order
        case_id = cases.add(
            deed.writer,
            {
                "order_id": deed.order_id,
                "unit_id": order["steward_id"],
                "section_id": order["section_id"],
                "category_code": order["category_code"],
                "duty_item_id": order["duty_item_id"],
                "kind": order["kind"],
                **_words(text),
                "made_at": deed.at_ms,
                "made_by": desk.actor.id,
            },
        )
        _tell(deed, case_id, text)
    return full(desk, case_id)


def publish(desk: Desk, case_id: int, title: str, matter: str, handling: str, lesson: str = "") -> CaseFull:
    """发布案例: another person than the proposer has read and perhaps mended it; now everybody finds it.

    Raises BadInput as `propose`, NotAllowed for the proposer, NotNow when it is published or retired already.
    """
    with deed_on(desk, Deed.PUBLISH_CASE, _order_of(desk, case_id)) as deed:
        _refuse_unfit(deed)
        case = _living(deed, case_id)
        if case["published_at"] is not None:
            raise NotNow(f"案例 {number_of(case_id)} 已经发布")
        text = _checked(deed, CaseText(title, matter, handling, lesson))
        cases.publish(
            deed.writer,
            case_id,
            {**_words(text), "published_at": deed.at_ms, "published_by": desk.actor.id},
        )
        _tell(deed, case_id, text)
    return full(desk, case_id)


def retire(desk: Desk, case_id: int, reason: str) -> None:
    """撤下案例: out of the library, with a reason; what it was and who took it away stays in the order's history.

    Raises BadInput without a reason, NotNow when it is retired already.
    """
    words = required(reason, "撤下理由", SHORT)
    with deed_on(desk, Deed.RETIRE_CASE, _order_of(desk, case_id)) as deed:
        case = _living(deed, case_id)
        cases.retire(deed.writer, case_id, deed.at_ms, desk.actor.id, words)
        deed.note(case=case["uid"])
        deed.quote(reason=words)


def _order_of(desk: Desk, case_id: int) -> str:
    with desk.reading() as reader:
        case = cases.one(reader, case_id)
    if case is None:
        raise Refused(f"没有编号为 {number_of(case_id)} 的案例，请核对编号")
    return str(case["order_no"])


def _living(deed: OrderDeed, case_id: int) -> Any:
    case = cases.one(deed.writer, case_id)
    if case is None or case["retired_at"] is not None:
        raise NotNow(f"案例 {number_of(case_id)} 已经撤下")
    return case


def _refuse_unfit(deed: OrderDeed) -> None:
    if why := why_no_case(deed.desk, deed.writer, deed.order):
        raise NotNow(why)


def _checked(deed: OrderDeed, given: CaseText) -> CaseText:
    """The words cleaned; refused while a number, a plate or somebody known still stands in them."""
    text = CaseText(
        required(given.title, "标题", TITLE, one_line=True),
        required(given.matter, "诉求", LONG),
        required(given.handling, "办理情况", LONG),
        cleaned(given.lesson, LONG, "经验"),
    )
    known = known_of(deed.writer, deed.order)
    fields = (
        ("标题", text.title),
        ("诉求", text.matter),
        ("办理情况", text.handling),
        ("经验", text.lesson),
    )
    for label, words in fields:
        if left := left_over(words, known):
            shown = "、".join(each[:20] for each in left[:3]).replace("\n", " ")
            raise BadInput(f"{label}里还有“{shown}”：能认出人的姓名、号码须改掉再存", label)
    return text


def _words(text: CaseText) -> dict[str, str]:
    return {"title": text.title, "matter": text.matter, "handling": text.handling, "lesson": text.lesson}


def _tell(deed: OrderDeed, case_id: int, text: CaseText) -> None:
    case = cases.one(deed.writer, case_id)
    assert case is not None, "it was written in this transaction"
    deed.note(case=case["uid"])
    deed.quote(**_words(text))
