"""回访: the caller is asked, and what he says decides grade and end of the order (practice P28, P32 d)."""

from dataclasses import dataclass
from typing import Any

from db.codes import CallDirection, CallSummary, Deed, DissatisfactionCause, Grade, Outcome, Satisfaction
from db.queries import callbacks as kept
from desk import calls, lists
from desk.calls import CallNote
from desk.codes import word
from desk.context import Desk
from desk.deed import OrderDeed, deed_on
from desk.errors import BadInput, NotNow
from desk.pool import REVIEW_DAYS, enter_pool, give_grade
from desk.review.common import close, grade_unheard, needed, optional
from desk.review.repeated import escalate_repeated
from desk.review.sheet import attempt_days, check_not_auditor, sheet, why_not_unreached
from desk.review_rows import CallbackSheet
from desk.rows import OrderRow
from desk.rules import callbacks as rules
from desk.rules import grading
from desk.rules.callbacks import Survey
from desk.sight import is_secret


def open_callback(desk: Desk, order_no: str) -> CallbackSheet:
    """Show the number to the one who calls back: one event for each opening (P33).

    Raises NotNow when no callback is owed, NotAllowed for the one who audited the order.
    """
    with deed_on(desk, Deed.REVEAL_PHONE, order_no) as deed:
        check_not_auditor(deed)
        deed.note(purpose="callback")
        return sheet(deed)


def log_callback_attempt(desk: Desk, order_no: str, note: str = "") -> OrderRow:
    """回访未通: one attempt that did not reach the caller, with its outbound call. Raises NotNow without a number."""
    words = optional(note)
    with deed_on(desk, Deed.LOG_CALLBACK_ATTEMPT, order_no) as deed:
        _keep(deed, None, words)
        deed.note(attempt=len(attempt_days(deed.writer, deed.order)))
    return lists.after(desk, deed.order_id)


def close_unreached(desk: Desk, order_no: str, note: str = "") -> OrderRow:
    """无法回访办结: only after enough attempts on enough days (settings callback.attempts, callback.attempt_days)."""
    words = optional(note)
    with deed_on(desk, Deed.CLOSE_UNREACHED, order_no) as deed:
        days = attempt_days(deed.writer, deed.order)
        if too_few := why_not_unreached(desk, days):
            raise NotNow(too_few)
        deed.note(attempts=len(days))
        deed.quote(note=words)
        grade_unheard(deed, "无法回访")
        close(deed, Outcome.UNREACHED)
    return lists.after(desk, deed.order_id)


def finish_callback(
    desk: Desk, order_no: str, survey: Survey, note: str = "", grade: Grade | None = None, reason: str = ""
) -> OrderRow:
    """Write down a callback that reached the caller: the answers choose the deed (`rules.callbacks.deed_for`).

    The grade is the one that the city's rules propose (`grade.rules`); another needs a `reason`. Raises BadInput for
    answers without the words they need, and for a grade that may not be chosen.
    """
    kind = rules.deed_for(survey)
    if kind is Deed.RECORD_DISSATISFACTION and survey.cause is None:
        raise BadInput("不满意的须选原因：结果、态度、时效或政策", "不满意原因")
    words = needed(note, "诉求人意见") if kind is not Deed.CLOSE_SATISFIED else optional(note)
    graded = _graded(desk, survey, grade, optional(reason, "改评理由"))
    with deed_on(desk, kind, order_no) as deed:
        _keep(deed, survey, words)
        _give(deed, graded, _why(deed, survey, words))
        _ENDS[kind](deed, survey)
    return lists.after(desk, deed.order_id)


@dataclass(frozen=True, slots=True)
class _Graded:
    """The grade that is given, the one by rule, and why they differ."""

    grade: Grade
    by_rule: Grade
    reason: str


def _graded(desk: Desk, survey: Survey, grade: Grade | None, reason: str) -> _Graded:
    by_rule = grading.proposed(survey, grading.rules_from(desk.settings.get(grading.RULES))).grade
    given = by_rule if grade is None else Grade(grade)
    if flaw := grading.why_not_chosen(given, by_rule, reason):
        raise BadInput(flaw, "改评理由")
    return _Graded(given, by_rule, reason)


def _give(deed: OrderDeed, graded: _Graded, why: str) -> None:
    """Write the grade into history and event; C and D enter the pool."""
    deed.quote(grade_reason=graded.reason)
    if graded.grade is not graded.by_rule:
        deed.note(grade_by_rule=str(graded.by_rule))
        why = f"{why}，改评" if is_secret(deed.order) else f"{why}，改评：{graded.reason}"
    (enter_pool if graded.grade in REVIEW_DAYS else give_grade)(deed, graded.grade, why)


def _why(deed: OrderDeed, survey: Survey, note: str) -> str:
    """What stands beside the grade. The unit reads it; what the caller of a secret order said stays at the centre (P32)."""
    said = "" if is_secret(deed.order) else f"：{note}"
    if survey.is_dissatisfied:
        assert survey.cause is not None, "checked before the deed"
        return f"回访不满意（{word(survey.cause)}）{said}"
    if survey.is_solved:
        return f"回访{word(survey.result)}"
    return f"未解决，需长期{said}" if survey.is_long_term else "未解决，诉求人接受解释"


def close_satisfied(
    desk: Desk,
    order_no: str,
    result: Satisfaction = Satisfaction.SATISFIED,
    attitude: Satisfaction = Satisfaction.SATISFIED,
    timeliness: Satisfaction = Satisfaction.SATISFIED,
    was_contacted: bool = True,
    is_solved: bool = True,
    note: str = "",
) -> OrderRow:
    """回访满意: grade A when solved and satisfied, else B; closed. An order of the pool stays in it until 销号.

    Raises BadInput when the answers say something else than solved and accepted.
    """
    survey = Survey(result, attitude, timeliness, was_contacted, is_solved)
    _check_kind(survey, Deed.CLOSE_SATISFIED)
    return finish_callback(desk, order_no, survey, note)


def close_unsolved(
    desk: Desk,
    order_no: str,
    result: Satisfaction = Satisfaction.BASICALLY_SATISFIED,
    attitude: Satisfaction = Satisfaction.SATISFIED,
    timeliness: Satisfaction = Satisfaction.SATISFIED,
    was_contacted: bool = True,
    is_long_term: bool = False,
    note: str = "",
) -> OrderRow:
    """未解决但接受解释 → B and closed; what needs long (`is_long_term`) → C, closed, and into the pool (P28)."""
    survey = Survey(result, attitude, timeliness, was_contacted, is_solved=False, is_long_term=is_long_term)
    _check_kind(survey, Deed.CLOSE_UNSOLVED)
    return finish_callback(desk, order_no, survey, note)


def record_dissatisfaction(
    desk: Desk,
    order_no: str,
    result: Satisfaction = Satisfaction.DISSATISFIED,
    attitude: Satisfaction = Satisfaction.NOT_RATED,
    timeliness: Satisfaction = Satisfaction.NOT_RATED,
    cause: DissatisfactionCause | None = None,
    was_contacted: bool = True,
    is_solved: bool = False,
    note: str = "",
) -> OrderRow:
    """回访不满意: grade D with why, and into the pool (press conference, question 4). Raises BadInput without a cause."""
    survey = Survey(result, attitude, timeliness, was_contacted, is_solved, cause=cause)
    _check_kind(survey, Deed.RECORD_DISSATISFACTION)
    return finish_callback(desk, order_no, survey, note)


def _check_kind(survey: Survey, kind: Deed) -> None:
    found = rules.deed_for(survey)
    if found is not kind:
        raise BadInput(f"所填满意度和解决情况应登记为“{word(found)}”，不是“{word(kind)}”", "满意度")


def _keep(deed: OrderDeed, survey: Survey | None, note: str) -> None:
    """Write the attempt and its outbound call; the words stay in the erasable part of the event."""
    number = deed.order["contact_phone"]
    if not number:
        raise NotNow("本工单没有联系电话，不能电话回访：请按 s 由审核员按免回访规则办结")
    call = CallNote(
        number=number,
        line="12345",
        direction=CallDirection.OUTBOUND,
        summary=CallSummary.CALLBACK,
        note=note,
        was_answered=survey is not None,
    )
    call_id = calls.keep(deed.desk, deed.writer, call, deed.at, (deed.order_id,))
    answers = {} if survey is None else _answers(survey)
    kept.add(
        deed.writer,
        {
            "order_id": deed.order_id,
            "round": deed.order["round"],
            "called_at": deed.at_ms,
            "called_by": deed.desk.actor.id,
            "is_reached": survey is not None,
            "note": note,
            "call_id": call_id,
            **answers,
        },
    )
    hours = deed.desk.settings.get("callback.hours", rules.HOURS)
    deed.note(**answers, out_of_hours=None if rules.is_in_hours(deed.at, hours) else True)
    deed.quote(note=note)


def _answers(survey: Survey) -> dict[str, Any]:
    return {
        "result": str(survey.result),
        "attitude": str(survey.attitude),
        "timeliness": str(survey.timeliness),
        "was_contacted": survey.was_contacted,
        "is_solved": survey.is_solved,
        "cause": str(survey.cause) if survey.cause else None,
    }


def _end_satisfied(deed: OrderDeed, _survey: Survey) -> None:
    close(deed, Outcome.SATISFIED)


def _end_unsolved(deed: OrderDeed, survey: Survey) -> None:
    close(deed, Outcome.UNSOLVED if survey.is_long_term else Outcome.ACCEPTED_EXPLANATION)


def _end_dissatisfied(deed: OrderDeed, _survey: Survey) -> None:
    deed.set(stage_due_at=None)
    escalate_repeated(deed)


_ENDS = {
    Deed.CLOSE_SATISFIED: _end_satisfied,
    Deed.CLOSE_UNSOLVED: _end_unsolved,
    Deed.RECORD_DISSATISFACTION: _end_dissatisfied,
}
