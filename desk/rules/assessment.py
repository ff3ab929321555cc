"""考核: what a deed counts for, whom, and what the counted things come to (press conference, question 4; practice P30).

A thing counts in the month of China in which it happened. A unit is assessed by 单位时限, the centre by 诉求人时限 (P3);
an answer counts when 办结审核 passes it (P2), each round by itself.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db.codes import AssessmentMark, Deed, Grade, NotAssessed, Outcome, Satisfaction, Status
from desk.rules.calendar import local
from desk.rules.callbacks import DISSATISFIED
from desk.rules.lifecycle import AT_THE_UNIT

D = Deed
M = AssessmentMark
Counted = Iterator[tuple[AssessmentMark, int]]

GIVES = frozenset({D.SEND, D.CALL_OUT, D.REASSIGN, D.REDIRECT_RETURN, D.RULE_FINALLY, D.FOLLOW_MAIN})
"""What gives an order to a unit as its 工单管家. 变更管家 does not: nothing starts anew (P23)."""
TAKES_AWAY = frozenset(
    {D.GRANT_RETURN, D.REASSIGN, D.REDIRECT_RETURN, D.RULE_FINALLY, D.CALL_OUT, D.ENTER_PROCEDURE}
)
"""What ends a unit's clock without an answer: a limit that has run out by then stays counted (P3, P9)."""
WRONG_FIRST = frozenset({D.GRANT_RETURN, D.REASSIGN, D.REDIRECT_RETURN, D.RULE_FINALLY})
"""What shows that the dispatch before it was wrong (P7)."""
_SIGNS = frozenset({D.SIGN, D.ACKNOWLEDGE, D.AUTO_SIGN})
_SENDS = frozenset({D.SEND, D.SEND_TO_CENTRE, D.CALL_OUT})
_PASSES = frozenset({D.PASS_CLOSE_REVIEW, D.PASS_WITHOUT_CALLBACK})
_REACHES = frozenset({D.CLOSE_SATISFIED, D.CLOSE_UNSOLVED, D.RECORD_DISSATISFACTION})
_AT_THE_QUEUE = frozenset({Status.TO_DISPATCH, Status.IN_TRIAGE})
_PLAIN = {D.REFUSE_RETURN: M.RETURN_UNFOUNDED, D.SEND_BACK_CLOSE_REVIEW: M.SENT_BACK}


@dataclass(frozen=True, slots=True)
class Done:
    """A deed that was done: the order's columns before and after it, the event's data, and when (ms UTC)."""

    deed: Deed
    before: Status
    old: Mapping[str, Any]
    new: Mapping[str, Any]
    data: Mapping[str, Any]
    at_ms: int

    def is_past(self, column: str) -> bool:
        """Whether the due time in `column` had run out when the deed was done."""
        due = self.old[column]
        return due is not None and due < self.at_ms


def month_of(at: datetime) -> int:
    """Return the month of China that `at` (aware) lies in, as 202611."""
    day = local(at)
    return day.year * 100 + day.month


_ENDS = {
    Status.VOID: NotAssessed.VOID,
    Status.WITHDRAWN: NotAssessed.WITHDRAWN,
    Status.TRANSFERRED_OUT: NotAssessed.TRANSFERRED_OUT,
}


def not_assessed(order: Any) -> NotAssessed | None:
    """Return why an order (a row) is left out of the 考核, None when it is not; the query `NOT_ASSESSED` says the same."""
    if order["status"] in _ENDS:
        return _ENDS[Status(order["status"])]
    if order["outcome"] == Outcome.FALSE_ALARM:
        return NotAssessed.FALSE_ALARM
    if order["is_crisis"]:
        return NotAssessed.CRISIS
    return NotAssessed.UNREASONABLE if order["excluded_from_assessment"] else None


def counted(done: Done) -> Counted:
    """Yield what a deed counts for, each with the key of the unit or the centre that it is about."""
    if done.old["steward_id"] is not None:
        for mark in (*_of_the_unit(done), *_of_the_callback(done)):
            yield mark, done.old["steward_id"]
    if done.deed in GIVES and done.new["steward_id"] is not None:
        yield M.RECEIVED, done.new["steward_id"]
    if done.old["centre_id"] is not None:
        for mark in _of_the_centre(done):
            yield mark, done.old["centre_id"]


def _of_the_unit(done: Done) -> Iterator[AssessmentMark]:
    deed, old = done.deed, done.old
    if deed in _PLAIN:
        yield _PLAIN[deed]
    # A unit whose 退单 still waits for the centre has not slept (P7).
    if deed in _SIGNS and not done.data.get("awaits_return"):
        yield M.SIGNED_LATE if done.is_past("stage_due_at") else M.SIGNED_IN_TIME
    if deed in _PASSES and None not in (old["answered_at"], old["unit_due_at"]):
        is_late = old["answered_at"] > old["unit_due_at"]
        yield M.ANSWERED_LATE if is_late else M.ANSWERED_IN_TIME
    if deed in TAKES_AWAY and _ran_out(done):
        yield M.LEFT_LATE
    if done.new["round"] > old["round"]:
        yield M.REWORKED
    if deed in (D.RECORD_DISSATISFACTION, D.SET_GRADE) and done.data.get("grade") == Grade.D:
        yield M.GRADED_D


def _ran_out(done: Done) -> bool:
    is_held = done.before in AT_THE_UNIT and done.old["answered_at"] is None
    return is_held and done.old["suspended_at"] is None and done.is_past("unit_due_at")


def _of_the_callback(done: Done) -> Iterator[AssessmentMark]:
    if done.deed is D.CLOSE_UNREACHED:
        yield M.UNREACHED
    if done.deed in _REACHES and "is_solved" in done.data:
        yield M.SOLVED if done.data["is_solved"] else M.UNSOLVED
        yield satisfaction_of(done.data)


def satisfaction_of(answers: Mapping[str, Any]) -> AssessmentMark:
    """Return what a caller's three answers count as: 不满意 with any of them, else what he said of the result."""
    given = {answers.get(name) for name in ("result", "attitude", "timeliness")}
    if given & DISSATISFIED:
        return M.DISSATISFIED
    return M.NOT_RATED if answers.get("result") in (None, Satisfaction.NOT_RATED) else M.SATISFIED


def _of_the_centre(done: Done) -> Iterator[AssessmentMark]:
    deed, old, is_late = done.deed, done.old, done.is_past("stage_due_at")
    if deed in _SENDS and done.before in _AT_THE_QUEUE:
        yield M.SENT_LATE if is_late else M.SENT_IN_TIME
    if deed in _PASSES or deed is D.SEND_BACK_CLOSE_REVIEW:
        yield M.AUDITED_LATE if is_late else M.AUDITED_IN_TIME
    if deed in _PASSES:
        yield M.TO_CALL_BACK if deed is D.PASS_CLOSE_REVIEW else M.EXCUSED
        if None not in (old["answered_at"], old["citizen_due_at"]):
            is_over = old["answered_at"] > old["citizen_due_at"]
            yield M.CITIZEN_LATE if is_over else M.CITIZEN_IN_TIME
    if deed in _REACHES or deed is D.CLOSE_UNREACHED:
        yield M.CALLED_LATE if is_late else M.CALLED_IN_TIME
