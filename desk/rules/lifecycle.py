"""The life of a work order: one declared table, (status, deed) → status (practice P1, design part 5).

A deed that the table does not allow is refused. Requests (退单, 延期, 挂起, 销号) stand beside the status: asking
and deciding them leaves it as it is, unless the decision itself moves the order.
"""

from collections.abc import Iterable, Mapping

from db.codes import Deed, Status

D = Deed
S = Status

BIRTHS: Mapping[Deed, Status] = {
    D.REGISTER: S.TO_DISPATCH,
    D.REGISTER_EMERGENCY: S.TO_DISPATCH,
    D.REGISTER_NEW_MATTER: S.TO_DISPATCH,
    D.IMPORT_ORDER: S.TO_DISPATCH,
    D.SPLIT_OFF: S.TO_DISPATCH,
    D.TAKE_OVER: S.TO_DISPATCH,
    D.REGISTER_DIRECT_ANSWER: S.CLOSED,
    D.DECLINE: S.DECLINED,
    D.TRANSFER_OUT: S.TRANSFERRED_OUT,
}
"""The status that a new order begins with."""

AT_THE_CENTRE = (S.TO_DISPATCH, S.TO_COMPLETE, S.IN_TRIAGE)
AT_THE_UNIT = (S.TO_SIGN, S.IN_PROGRESS, S.UNIT_REVIEW, S.TO_ANSWER)
AFTER_THE_UNIT = (S.CLOSE_REVIEW, S.TO_CALL_BACK, S.DISSATISFIED, S.TO_PANEL)
RUNNING = (*AT_THE_CENTRE, *AT_THE_UNIT, S.IN_PROCEDURE, *AFTER_THE_UNIT)
WATCHED = (*AT_THE_UNIT, S.IN_PROCEDURE, *AFTER_THE_UNIT, S.CLOSED)
"""Where an order may stand while the pool watches it."""
FINISHED = (S.DISSATISFIED, S.CLOSED, S.ARCHIVED)
"""Where a 典型案例 may be made of an order; of a 不满意待定 one only after the panel."""
ENDS = (S.CLOSED, S.ARCHIVED, S.DECLINED, S.TRANSFERRED_OUT, S.WITHDRAWN, S.VOID, S.MERGED)

_MOVES: tuple[tuple[Deed, tuple[Status, ...], Status], ...] = (
    # 受理
    (D.COMPLETE, (S.TO_COMPLETE,), S.TO_DISPATCH),
    (D.DECLINE, AT_THE_CENTRE, S.DECLINED),
    (D.ACCEPT_DECLINED, (S.DECLINED,), S.TO_DISPATCH),
    (D.TRANSFER_OUT, AT_THE_CENTRE, S.TRANSFERRED_OUT),
    (D.WITHDRAW, (*RUNNING, S.MERGED), S.WITHDRAWN),
    (D.VOID, AT_THE_CENTRE, S.VOID),
    (D.MERGE, AT_THE_CENTRE, S.MERGED),
    (D.UNMERGE, (S.MERGED, S.TO_ANSWER), S.TO_DISPATCH),
    (D.FOLLOW_MAIN, (S.MERGED,), S.TO_ANSWER),
    # 派单
    (D.SEND, (S.TO_DISPATCH, S.IN_TRIAGE), S.TO_SIGN),
    (D.CALL_OUT, (S.TO_DISPATCH, S.TO_SIGN), S.TO_SIGN),
    (D.SEND_TO_CENTRE, (S.TO_DISPATCH,), S.TO_DISPATCH),
    (D.ASK_COMPLETION, (S.TO_DISPATCH,), S.TO_COMPLETE),
    (D.PUT_INTO_TRIAGE, (S.TO_DISPATCH,), S.IN_TRIAGE),
    (D.RULE_TRIAGE, (S.IN_TRIAGE,), S.TO_DISPATCH),
    (D.HAND_UP, (S.TO_DISPATCH,), S.TO_DISPATCH),
    (D.RECALL, (S.TO_SIGN,), S.TO_DISPATCH),
    (D.REASSIGN, (S.TO_SIGN, S.IN_PROGRESS, S.UNIT_REVIEW), S.TO_SIGN),
    (D.GRANT_RETURN, (S.TO_SIGN, S.IN_PROGRESS), S.TO_DISPATCH),
    (D.REFUSE_RETURN, (S.TO_SIGN, S.IN_PROGRESS), S.IN_PROGRESS),
    (D.REDIRECT_RETURN, (S.TO_SIGN, S.IN_PROGRESS), S.TO_SIGN),
    (D.RULE_FINALLY, (S.TO_DISPATCH, S.IN_TRIAGE, S.TO_SIGN, S.IN_PROGRESS, S.UNIT_REVIEW), S.TO_SIGN),
    # 服务站: on its own store an order ends when the centre has it
    (D.HAND_OVER, AT_THE_CENTRE, S.TRANSFERRED_OUT),
    # 承办单位
    (D.SIGN, (S.TO_SIGN,), S.IN_PROGRESS),
    (D.AUTO_SIGN, (S.TO_SIGN,), S.IN_PROGRESS),
    (D.ACKNOWLEDGE, (S.TO_SIGN,), S.IN_PROGRESS),
    (D.SUBMIT_REPLY, (S.IN_PROGRESS,), S.UNIT_REVIEW),
    (D.PASS_REPLY, (S.UNIT_REVIEW,), S.TO_ANSWER),
    (D.SEND_BACK_REPLY, (S.UNIT_REVIEW,), S.IN_PROGRESS),
    (D.LOG_ANSWER, (S.TO_ANSWER,), S.CLOSE_REVIEW),
    # 法定程序: the order waits in the pool and comes back (P9)
    (D.ENTER_PROCEDURE, (S.IN_PROGRESS,), S.IN_PROCEDURE),
    (D.END_PROCEDURE, (S.IN_PROCEDURE,), S.IN_PROGRESS),
    (D.EXPIRE_PROCEDURE, (S.IN_PROCEDURE,), S.IN_PROGRESS),
    (D.REFUSE_PROCEDURE, (S.IN_PROCEDURE,), S.IN_PROGRESS),
    # 应急
    (D.FINISH, (S.IN_PROGRESS,), S.TO_ANSWER),
    (D.FALSE_ALARM, AT_THE_CENTRE + AT_THE_UNIT, S.CLOSED),
    # 审核评议
    (D.PASS_CLOSE_REVIEW, (S.CLOSE_REVIEW,), S.TO_CALL_BACK),
    (D.PASS_WITHOUT_CALLBACK, (S.CLOSE_REVIEW,), S.CLOSED),
    (D.SEND_BACK_CLOSE_REVIEW, (S.CLOSE_REVIEW,), S.IN_PROGRESS),
    (D.CLOSE_SATISFIED, (S.TO_CALL_BACK,), S.CLOSED),
    (D.CLOSE_UNSOLVED, (S.TO_CALL_BACK,), S.CLOSED),
    (D.CLOSE_UNREACHED, (S.TO_CALL_BACK,), S.CLOSED),
    (D.RECORD_DISSATISFACTION, (S.TO_CALL_BACK,), S.DISSATISFIED),
    (D.REWORK, (S.DISSATISFIED,), S.IN_PROGRESS),
    (D.REOPEN, (S.CLOSED, S.ARCHIVED), S.IN_PROGRESS),
    (D.SEND_TO_PANEL, (S.DISSATISFIED,), S.TO_PANEL),
    (D.PANEL_REASONABLE, (S.TO_PANEL,), S.IN_PROGRESS),
    (D.PANEL_UNREASONABLE, (S.TO_PANEL,), S.DISSATISFIED),
    (D.ARCHIVE, (S.CLOSED,), S.ARCHIVED),
)

_STAYS: tuple[tuple[Deed, tuple[Status, ...]], ...] = (
    (D.SUPPLEMENT, (*RUNNING, S.MERGED)),
    (D.HAND_OVER, (S.WITHDRAWN,)),
    (D.TAKE_NEWS, (S.TRANSFERRED_OUT, S.WITHDRAWN)),
    (D.ADD_AFTERWARDS, (S.TRANSFERRED_OUT,)),
    (D.URGE, (*RUNNING, S.MERGED)),
    (D.NOTE, (*RUNNING, S.MERGED)),
    (D.ADD_ATTACHMENT, (*RUNNING, S.MERGED)),
    (D.INSIST, (S.DECLINED,)),
    (D.CONFIRM_DECLINED, (S.DECLINED,)),
    (D.TELL_DECLINED, (S.DECLINED,)),
    (D.PASS_DECLINED, (S.DECLINED,)),
    (D.SPLIT, AT_THE_CENTRE),
    (D.TAKE_IN, AT_THE_CENTRE + AT_THE_UNIT),
    (D.LET_GO, RUNNING),
    (D.RELATE, RUNNING),
    (D.SET_MARKS, RUNNING),
    (D.GRADE_BY_WORST, tuple(S)),
    (D.CORRECT, AT_THE_CENTRE + AT_THE_UNIT),
    (D.FORGET_LESSON, (*AT_THE_UNIT, S.IN_PROCEDURE, *AFTER_THE_UNIT, *ENDS)),
    (D.ADD_UNIT, AT_THE_UNIT),
    (D.CHANGE_STEWARD, (S.IN_PROGRESS, S.TO_ANSWER, S.DISSATISFIED)),
    (D.HAND_ON, (S.IN_PROGRESS, S.UNIT_REVIEW, S.TO_ANSWER)),
    (D.WRITE_STEP, (S.IN_PROGRESS, S.UNIT_REVIEW, S.TO_ANSWER, S.IN_PROCEDURE, *AFTER_THE_UNIT, S.CLOSED)),
    (D.EXTEND_PROCEDURE, (S.IN_PROCEDURE,)),
    (D.ASK_CO_HANDLING, (S.IN_PROGRESS, S.UNIT_REVIEW, S.TO_ANSWER)),
    (D.CO_SIGN, AT_THE_UNIT),
    (D.CO_REPLY, AT_THE_UNIT),
    (D.ASK_PART_RETURN, AT_THE_UNIT),
    (D.GRANT_PART_RETURN, AT_THE_UNIT),
    (D.REFUSE_PART_RETURN, AT_THE_UNIT),
    (D.LOG_CONTACT_ATTEMPT, (S.IN_PROGRESS, S.TO_ANSWER)),
    (D.ASK_RETURN, (S.TO_SIGN, S.IN_PROGRESS)),
    (D.REFER_RETURN, (S.TO_SIGN, S.IN_PROGRESS)),
    (D.ASK_EXTENSION, (S.IN_PROGRESS, S.UNIT_REVIEW, S.TO_ANSWER)),
    (D.GRANT_EXTENSION, (S.IN_PROGRESS, S.UNIT_REVIEW, S.TO_ANSWER)),
    (D.REFUSE_EXTENSION, (S.IN_PROGRESS, S.UNIT_REVIEW, S.TO_ANSWER)),
    (D.ASK_SUSPENSION, (S.IN_PROGRESS, S.TO_ANSWER)),
    (D.GRANT_SUSPENSION, (S.IN_PROGRESS, S.TO_ANSWER)),
    (D.REFUSE_SUSPENSION, (S.IN_PROGRESS, S.TO_ANSWER)),
    (D.RESUME, (S.IN_PROGRESS, S.TO_ANSWER)),
    (D.ASK_ESCALATION, (S.IN_PROGRESS, S.UNIT_REVIEW, S.TO_ANSWER)),
    (D.RULE_ESCALATION, (*AT_THE_UNIT, *AFTER_THE_UNIT)),
    (D.REFER_TO_DAY, (*AT_THE_UNIT, *AFTER_THE_UNIT)),
    (D.PUT_ON_AGENDA, (*RUNNING, S.CLOSED)),
    (D.TAKE_OFF_AGENDA, tuple(S)),
    (D.DECIDE_BY_DAY, (*RUNNING, S.CLOSED)),
    (D.FOLLOW_UP, tuple(S)),
    (D.DEPART, (S.IN_PROGRESS,)),
    (D.ARRIVE, (S.IN_PROGRESS,)),
    (D.CONTAIN, (S.IN_PROGRESS,)),
    (D.TRY_CALL_OUT, (*AT_THE_CENTRE, S.TO_SIGN)),
    (D.HAND_TO_RESCUE, AT_THE_CENTRE + AT_THE_UNIT),
    (D.HEAR_RESCUE, AT_THE_CENTRE + AT_THE_UNIT),
    (D.RING_BACK, AT_THE_CENTRE + AT_THE_UNIT),
    (D.REPORT_ON, AT_THE_CENTRE + AT_THE_UNIT),
    (D.DOWNGRADE, AT_THE_CENTRE + AT_THE_UNIT),
    (D.LOG_CALLBACK_ATTEMPT, (S.TO_CALL_BACK,)),
    (D.LOG_EXPLANATION, (S.DISSATISFIED,)),
    (D.ASK_PANEL, (S.DISSATISFIED,)),
    (D.REFUSE_PANEL, (S.DISSATISFIED,)),
    (D.TELL_OF_PANEL, (S.TO_PANEL,)),
    (D.ADD_PANEL_PAGE, (S.TO_PANEL,)),
    (D.PUT_ON_PANEL, (S.TO_PANEL,)),
    (D.TAKE_OFF_PANEL, tuple(S)),
    (D.EDIT_PANEL_FILE, (S.TO_PANEL,)),
    (D.RELEASE_PANEL_FILE, (S.TO_PANEL,)),
    (D.SET_GRADE, (S.IN_PROCEDURE, *AFTER_THE_UNIT, S.CLOSED)),
    (D.SET_PLAN, WATCHED),
    (D.ASK_WRITE_OFF, WATCHED),
    (D.REFUSE_WRITE_OFF, WATCHED),
    (D.REMIND, AT_THE_UNIT),
    (D.ANSWER_REMINDER, AT_THE_UNIT),
    (D.SUPERVISE, (*AT_THE_UNIT, S.IN_PROCEDURE, *AFTER_THE_UNIT)),
    (D.ANSWER_SUPERVISION, (*AT_THE_UNIT, S.IN_PROCEDURE, *AFTER_THE_UNIT)),
    (D.PRESS_BY_RULE, AT_THE_UNIT),
    (D.ACCEPT_ANSWER, WATCHED),
    (D.PRESS_AGAIN, (*AT_THE_UNIT, S.IN_PROCEDURE, *AFTER_THE_UNIT)),
    (D.PROPOSE_CASE, FINISHED),
    (D.PUBLISH_CASE, FINISHED),
    (D.RETIRE_CASE, tuple(S)),
    (D.SCORE_HANDLING, (S.CLOSED, S.ARCHIVED)),
    (D.SCORE_COOPERATION, (S.CLOSED, S.ARCHIVED)),
    (D.APPEAL_SCORE, tuple(S)),
    (D.GRANT_APPEAL, tuple(S)),
    (D.REFUSE_APPEAL, tuple(S)),
    (D.DUE_CHANGED, RUNNING),
    (D.CHANGE_OUTSIDE, tuple(S)),
    (D.OPEN_SECRET, tuple(S)),
    (D.REVEAL_PHONE, tuple(S)),
    (D.PRINT_ORDER, tuple(S)),
    (D.ERASED, ENDS),
)


def _write_off() -> Iterable[tuple[tuple[Status, Deed], Status]]:
    """销号: an order not accepted closes with it; a C entry keeps the status it has (design part 5)."""
    for status in WATCHED:
        yield (status, D.APPROVE_WRITE_OFF), S.CLOSED if status is S.DISSATISFIED else status


def _table() -> Mapping[tuple[Status, Deed], Status]:
    moves = {(status, deed): after for deed, before, after in _MOVES for status in before}
    stays = {(status, deed): status for deed, before in _STAYS for status in before}
    return {**moves, **stays, **dict(_write_off())}


LIFECYCLE: Mapping[tuple[Status, Deed], Status] = _table()
"""What may happen to an order in each status, and where that leads."""

ON_AN_ORDER = frozenset(deed for _, deed in LIFECYCLE) | frozenset(BIRTHS)
"""The deeds that are about one order; the others are the house's own."""


def next_status(status: Status, deed: Deed) -> Status | None:
    """Return the status after `deed`, or None when the table does not allow it."""
    return LIFECYCLE.get((status, deed))


def deeds_from(status: Status) -> frozenset[Deed]:
    """Return the deeds that the table allows in `status`."""
    return frozenset(deed for before, deed in LIFECYCLE if before is status)


def statuses_for(deed: Deed) -> tuple[Status, ...]:
    """Return the statuses in which `deed` is allowed, in the order of a life."""
    return tuple(status for status in Status if (status, deed) in LIFECYCLE)


def is_running(status: Status) -> bool:
    """Whether somebody still has to do something for the order."""
    return status in RUNNING
