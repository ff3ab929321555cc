"""What stands in the way of a deed that the tables allow, and the line that says so before a form is opened."""

from collections.abc import Iterator
from typing import Any

from db.codes import Deed, Grade, RequestKind, Status
from db.doors import Reader, Row
from db.queries import pool, requests, social_review, work_orders
from desk.abilities import why_not
from desk.assessment.scoring import why_no_score
from desk.codes import word
from desk.context import Desk
from desk.errors import NotNow, Refused
from desk.pressure import levels_for, why_no_second
from desk.pressure_judged import why_not_judged
from desk.review.evidence import standings
from desk.review.repeated import ESCALATE_AT, why_not_reworked
from desk.review.sheet import attempt_days, why_not_unreached
from desk.rules.press_stages import is_lower
from desk.rules.separation import line_for
from desk.stewardship.steps import why_not_closed


def check(desk: Desk, order_no: str, kind: Deed, called: str = "") -> None:
    """Raise NotNow with the exact line when `kind` would be refused now; `called` is its word on the screen's key.

    Raises Refused for an unknown number. What only the form's words decide is left to the deed.
    """
    with desk.reading() as reader:
        order = work_orders.by_number(reader, order_no)
        if order is None:
            raise Refused(f"没有编号为 {order_no} 的工单，请核对编号")
        why = why_not(desk, reader, kind, order) or obstacles(desk, reader, order).get(kind, "")
    if why:
        raise NotNow(why.replace(word(kind), called, 1) if called else why)


def obstacles(desk: Desk, reader: Reader, order: Row) -> dict[Deed, str]:
    """Return the deeds that would be refused as the order stands, though the tables allow them, each with its line."""
    return {
        **dict(_of_the_steps(desk, reader, order)),
        **dict(_of_supervision(desk, reader, order)),
        **dict(_of_the_pool(desk, reader, order)),
        **dict(_of_the_calls(desk, reader, order)),
        **dict(_of_the_score(reader, order)),
        **dict(_of_rework(desk, reader, order)),
        **dict(_of_the_panel(reader, order)),
    }


def _of_the_score(reader: Reader, order: Row) -> Iterator[tuple[Deed, str]]:
    if why := why_no_score(reader, order):
        yield Deed.SCORE_HANDLING, why


def _of_rework(desk: Desk, reader: Reader, order: Row) -> Iterator[tuple[Deed, str]]:
    escalate_at = int(desk.settings.get("rework.escalate_at", ESCALATE_AT))
    if order["status"] == Status.DISSATISFIED and (why := why_not_reworked(reader, order, escalate_at)):
        yield Deed.REWORK, why


def _of_supervision(desk: Desk, reader: Reader, order: Row) -> Iterator[tuple[Deed, str]]:
    number = order["order_no"]
    waiting = requests.pending(reader, order["id"], RequestKind.SUPERVISION)
    if waiting is None:
        yield Deed.ANSWER_SUPERVISION, f"工单 {number} 没有待回复的督办"
    elif not is_lower(waiting["level"], levels_for(desk)[-1]):
        yield Deed.SUPERVISE, why_no_second(number, waiting["level"])
    for kind in (Deed.ACCEPT_ANSWER, Deed.PRESS_AGAIN):
        if why := why_not_judged(desk, reader, order):
            yield kind, why


def _of_the_panel(reader: Reader, order: Row) -> Iterator[tuple[Deed, str]]:
    if order["status"] == Status.DISSATISFIED:
        if requests.pending(reader, order["id"], RequestKind.PANEL) is None:
            line = f"工单 {order['order_no']} 没有社会评议申请：由承办单位在 F4 按 o 申请"
            yield from ((kind, line) for kind in (Deed.SEND_TO_PANEL, Deed.REFUSE_PANEL))
    elif order["status"] == Status.TO_PANEL:
        file = social_review.file_of(reader, order["id"], order["round"])
        if file is not None and file["told_at"] is not None:
            yield Deed.TELL_OF_PANEL, "已经告知过诉求人；他要补充意见请在评议会页按 b"
        else:
            yield Deed.ADD_PANEL_PAGE, "还没有告知诉求人：先按 y 登记告知"


def _of_the_calls(desk: Desk, reader: Reader, order: Row) -> Iterator[tuple[Deed, str]]:
    if order["status"] == Status.TO_CALL_BACK and (
        too_few := why_not_unreached(desk, attempt_days(reader, order))
    ):
        yield Deed.CLOSE_UNREACHED, too_few


def _of_the_steps(desk: Desk, reader: Reader, order: Row) -> Iterator[tuple[Deed, str]]:
    """兜底维稳 and 长效机制 stand between an order that needs them and its end (practice P23)."""
    if order["status"] != Status.CLOSE_REVIEW and order["pool_grade"] is None:
        return
    if line := why_not_closed(desk, reader, order):
        yield from ((kind, line) for kind in (Deed.PASS_CLOSE_REVIEW, Deed.PASS_WITHOUT_CALLBACK))
        if order["pool_grade"] is not None:
            yield from ((kind, line) for kind in (Deed.ASK_WRITE_OFF, Deed.APPROVE_WRITE_OFF))


def _of_the_pool(desk: Desk, reader: Reader, order: Row) -> Iterator[tuple[Deed, str]]:
    number, grade = order["order_no"], order["pool_grade"]
    if grade is None:
        yield from ((kind, f"工单 {number} 不在监测池，不需要销号") for kind in _WRITE_OFF)
        yield Deed.SET_PLAN, f"工单 {number} 不在监测池，不需要处置计划"
        return
    yield Deed.ARCHIVE, f"工单 {number} 仍以{grade}级在监测池，须先销号再归档"
    asked = requests.pending(reader, order["id"], RequestKind.WRITE_OFF)
    if asked is None:
        yield from ((kind, f"工单 {number} 没有待审批的销号申请，请先按 x 申请") for kind in _DECISIONS)
        yield from _of_the_evidence(reader, order)
    else:
        yield from _of_the_request(desk, number, asked)


def _of_the_evidence(reader: Reader, order: Row) -> Iterator[tuple[Deed, str]]:
    stay = pool.inside(reader, order["id"])
    if stay is not None and not standings(reader, {order["id"]: stay}):
        yield Deed.ASK_WRITE_OFF, f"工单 {order['order_no']} 还没有销号依据：{_FIRST[stay['grade']]}"


def _of_the_request(desk: Desk, number: str, asked: Any) -> Iterator[tuple[Deed, str]]:
    yield Deed.ASK_WRITE_OFF, f"工单 {number} 已有待审批的销号申请，请由第二人审批"
    if asked["asker_person"] == desk.actor.person_uid:
        yield from ((kind, line_for(kind)) for kind in _DECISIONS)


_FIRST = {
    Grade.C: "C级须已解决并经回访",
    Grade.D: "D级须重办并回访满意，或评议不合理且已解释说明",
}
_DECISIONS = (Deed.APPROVE_WRITE_OFF, Deed.REFUSE_WRITE_OFF)
_WRITE_OFF = (Deed.ASK_WRITE_OFF, *_DECISIONS)
