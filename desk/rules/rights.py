"""Who may do what: one declared table, role × deed × scope (design part 4).

A scope says which orders: those of one's centre, of one's unit and what stands below it, of one's own hand, or
none at all (a deed of the house). A role that nobody on the shift holds falls to the supervisor (practice P27),
so the supervisor may do everything that the centre's roles may.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from db.codes import Deed, Role

D = Deed
R = Role


class Scope(StrEnum):
    """Which orders a right reaches."""

    CENTRE = "centre"
    UNIT = "unit"
    CO_UNIT = "co_unit"
    PART = "part"
    """Orders in which the unit has, or had, a part that it did not give back."""
    OWN = "own"
    HOUSE = "house"


_AGENT = (
    D.REGISTER,
    D.REGISTER_DIRECT_ANSWER,
    D.REGISTER_EMERGENCY,
    D.DECLINE,
    D.INSIST,
    D.TRANSFER_OUT,
    D.SUPPLEMENT,
    D.URGE,
    D.WITHDRAW,
    D.COMPLETE,
)
_DISPATCHER = (
    D.SEND,
    D.SEND_TO_CENTRE,
    D.ASK_COMPLETION,
    D.COMPLETE,
    D.PUT_INTO_TRIAGE,
    D.RECALL,
    D.REASSIGN,
    D.ADD_UNIT,
    D.CHANGE_STEWARD,
    D.CORRECT,
    D.FORGET_LESSON,
    D.SPLIT,
    D.SPLIT_OFF,
    D.MERGE,
    D.TAKE_IN,
    D.UNMERGE,
    D.LET_GO,
    D.FOLLOW_MAIN,
    D.GRADE_BY_WORST,
    D.RELATE,
    D.SET_MARKS,
    D.GRANT_RETURN,
    D.REFUSE_RETURN,
    D.GRANT_PART_RETURN,
    D.REFUSE_PART_RETURN,
    D.HAND_UP,
    D.ACCEPT_DECLINED,
    D.CONFIRM_DECLINED,
    D.TELL_DECLINED,
    D.PUT_ON_AGENDA,
    D.TAKE_OFF_AGENDA,
    D.REDIRECT_RETURN,
    D.REFER_RETURN,
    D.GRANT_EXTENSION,
    D.REFUSE_EXTENSION,
    D.GRANT_SUSPENSION,
    D.REFUSE_SUSPENSION,
    D.RESUME,
    D.AUTO_SIGN,
    D.PRESS_BY_RULE,
    D.EXPIRE_PROCEDURE,
    D.REMIND,
    D.NOTE,
    D.ADD_ATTACHMENT,
    D.PROPOSE_CASE,
    D.OPEN_SECRET,
    D.REVEAL_PHONE,
)
_DUTY_OFFICER = (
    D.REGISTER,
    D.REGISTER_EMERGENCY,
    D.CALL_OUT,
    D.TRY_CALL_OUT,
    D.HAND_TO_RESCUE,
    D.HEAR_RESCUE,
    D.RING_BACK,
    D.ACKNOWLEDGE,
    D.DEPART,
    D.ARRIVE,
    D.CONTAIN,
    D.FINISH,
    D.REPORT_ON,
    D.ADD_UNIT,
    D.NOTE,
    D.ADD_ATTACHMENT,
    D.LOG_ANSWER,
    D.LOG_CONTACT_ATTEMPT,
    D.REVEAL_PHONE,
)
_AUDITOR = (
    D.REGISTER_NEW_MATTER,
    D.PUT_ON_AGENDA,
    D.FOLLOW_UP,
    D.PASS_CLOSE_REVIEW,
    D.PASS_WITHOUT_CALLBACK,
    D.SEND_BACK_CLOSE_REVIEW,
    D.SET_GRADE,
    D.REWORK,
    D.REOPEN,
    D.SEND_TO_PANEL,
    D.REFUSE_PANEL,
    D.TELL_OF_PANEL,
    D.ADD_PANEL_PAGE,
    D.PUT_ON_PANEL,
    D.TAKE_OFF_PANEL,
    D.EDIT_PANEL_FILE,
    D.RELEASE_PANEL_FILE,
    D.PANEL_REASONABLE,
    D.PANEL_UNREASONABLE,
    D.LOG_EXPLANATION,
    D.ASK_WRITE_OFF,
    D.SET_PLAN,
    D.APPROVE_WRITE_OFF,
    D.REFUSE_WRITE_OFF,
    D.REMIND,
    D.SUPERVISE,
    D.ACCEPT_ANSWER,
    D.PRESS_AGAIN,
    D.ARCHIVE,
    D.NOTE,
    D.ADD_ATTACHMENT,
    D.WRITE_STEP,
    D.PROPOSE_CASE,
    D.PUBLISH_CASE,
    D.RETIRE_CASE,
    D.LOG_ANSWER,
    D.LOG_CONTACT_ATTEMPT,
    D.SCORE_HANDLING,
    D.GRANT_APPEAL,
    D.REFUSE_APPEAL,
    D.OPEN_SECRET,
    D.REVEAL_PHONE,
)
_CALLBACK = (
    D.REGISTER_NEW_MATTER,
    D.LOG_CALLBACK_ATTEMPT,
    D.CLOSE_SATISFIED,
    D.CLOSE_UNSOLVED,
    D.CLOSE_UNREACHED,
    D.RECORD_DISSATISFACTION,
    D.LOG_EXPLANATION,
    D.TELL_OF_PANEL,
    D.ADD_PANEL_PAGE,
    D.REVEAL_PHONE,
)
_LEADER = (
    D.RULE_ESCALATION,
    D.REFER_TO_DAY,
    D.PUT_ON_AGENDA,
    D.TAKE_OFF_AGENDA,
    D.DECIDE_BY_DAY,
    D.FOLLOW_UP,
    D.APPROVE_WRITE_OFF,
    D.REFUSE_WRITE_OFF,
    D.SUPERVISE,
    D.REMIND,
    D.ACCEPT_ANSWER,
    D.PRESS_AGAIN,
    D.GRANT_EXTENSION,
    D.REFUSE_EXTENSION,
)
_TRIAGE_MEMBER = (
    D.RULE_TRIAGE,
    D.SEND,
    D.GRANT_RETURN,
    D.REFUSE_RETURN,
    D.REDIRECT_RETURN,
    D.RULE_FINALLY,
    D.PUT_ON_AGENDA,
    D.NOTE,
    D.ADD_ATTACHMENT,
)
_SUPERVISOR = (
    D.PASS_DECLINED,
    D.VOID,
    D.DOWNGRADE,
    D.FALSE_ALARM,
    D.RULE_TRIAGE,
    D.RULE_FINALLY,
    D.DUE_CHANGED,
    D.IMPORT_ORDER,
    D.CHANGE_OUTSIDE,
)
_ON_THE_LINE = (D.REPORT_ENTRY, D.ASK_OWNER)
_KEEPER = (D.PROPOSE_ENTRY, D.SETTLE_NOTE)
_PUBLISHER = (*_KEEPER, D.PUBLISH_ENTRY, D.REFUSE_ENTRY, D.RETIRE_ENTRY, D.IMPORT_KNOWLEDGE)
_INSURANCE = (D.VERIFY_IDENTITY, D.LOOK_INSURANCE)
_PROMISES = (D.PROMISE_ANSWER, D.ANSWER_PROMISE, D.KEEP_PROMISE, D.LOG_PROMISE_ATTEMPT)
_OF_FILES = (D.EXPORTED, D.IMPORT_DUTY, D.MAP_CHANNEL)
_OF_THE_STICK = (D.WRITE_HANDOVER, D.READ_HANDOVER)
_OF_THE_DAY = (D.PLAN_DAY, D.HOLD_DAY)
_OF_THE_PANEL = (
    *(D.PLAN_PANEL, D.DRAW_PANEL, D.RECUSE_PANELIST, D.REPLACE_PANELIST, D.GIVE_PANEL_PINS),
    *(D.OPEN_PANEL, D.CLOSE_PANEL, D.PANELIST_CHANGED),
)
"""社会评议: who brings a session about; none of them sees a ballot with a name (practice P29)."""
_ON_THE_PANEL = (D.SIGN_SECRECY, D.CAST_BALLOT)
_LIAISON = (
    D.SIGN,
    D.HAND_ON,
    D.ASK_CO_HANDLING,
    D.ASK_RETURN,
    D.ASK_EXTENSION,
    D.ASK_SUSPENSION,
    D.ASK_ESCALATION,
    D.ASK_PANEL,
    D.RESUME,
    D.NOTE,
    D.ADD_ATTACHMENT,
    D.WRITE_STEP,
    D.SET_PLAN,
    D.ANSWER_SUPERVISION,
    D.ANSWER_REMINDER,
)
_HANDLER = (
    D.SIGN,
    D.ACKNOWLEDGE,
    D.DEPART,
    D.ARRIVE,
    D.CONTAIN,
    D.FINISH,
    D.ASK_CO_HANDLING,
    D.ASK_RETURN,
    D.ASK_EXTENSION,
    D.ASK_SUSPENSION,
    D.ASK_ESCALATION,
    D.ASK_PANEL,
    D.RESUME,
    D.SUBMIT_REPLY,
    D.LOG_ANSWER,
    D.LOG_CONTACT_ATTEMPT,
    D.ASK_WRITE_OFF,
    D.SET_PLAN,
    D.ANSWER_SUPERVISION,
    D.ANSWER_REMINDER,
    D.NOTE,
    D.ADD_ATTACHMENT,
    D.WRITE_STEP,
    D.REVEAL_PHONE,
)
_UNIT_REVIEWER = (
    D.PASS_REPLY,
    D.SEND_BACK_REPLY,
    D.ASK_EXTENSION,
    D.ASK_ESCALATION,
    D.ASK_PANEL,
    D.NOTE,
    D.ADD_ATTACHMENT,
    D.WRITE_STEP,
    D.ANSWER_SUPERVISION,
    D.ANSWER_REMINDER,
)
_PROCEDURE = (D.ENTER_PROCEDURE, D.EXTEND_PROCEDURE, D.END_PROCEDURE)
_CO_UNIT = (D.CO_SIGN, D.CO_REPLY, D.ASK_PART_RETURN, D.NOTE, D.ADD_ATTACHMENT)
_ANYBODY = (D.LOG_IN, D.LOG_IN_FAILED, D.LOG_OUT, D.CHANGE_PIN, D.READ_NOTICE)


_OF_THE_SEAT = (
    D.FILE_APPLICATION,
    D.AMEND_APPLICATION,
    D.WITHDRAW_APPLICATION,
    D.TELL_APPLICANT,
    D.MOVE_VISIT,
    D.OPEN_APPLICATION,
)
"""专席: what is done on the line."""
_BEHIND_THE_SEAT = (
    D.PASS_APPLICATION,
    D.SEND_BACK_APPLICATION,
    D.REFUSE_APPLICATION,
    D.LOG_VISIT,
    D.MISS_VISIT,
    D.MOVE_VISIT,
    D.OPEN_APPLICATION,
)
"""专席: what its deciding unit does (后台审批)."""


def _in_the_assessment() -> Iterable[tuple[Role, Scope, Iterable[Deed]]]:
    """What a unit does after an order was closed: it scores its helpers, and speaks against a score (practice P30)."""
    for role in (R.LIAISON, R.UNIT_REVIEWER):
        yield role, Scope.PART, (D.SCORE_COOPERATION, D.APPEAL_SCORE)
    yield R.HANDLER, Scope.PART, (D.SCORE_COOPERATION,)


def _grants() -> Iterable[tuple[Role, Scope, Iterable[Deed]]]:
    yield R.AGENT, Scope.CENTRE, _AGENT
    yield R.AGENT, Scope.OWN, (D.CORRECT, D.NOTE, D.ADD_ATTACHMENT, D.REVEAL_PHONE)
    yield R.AGENT, Scope.HOUSE, (D.FILE_CALL, *_INSURANCE, *_PROMISES)
    yield from (
        (role, Scope.HOUSE, (D.PHRASE_CHANGED,)) for role in (R.AGENT, R.DUTY_OFFICER, R.STATION_CLERK)
    )
    yield from (
        (role, Scope.HOUSE, (D.PHRASE_CHANGED, D.HOUSE_PHRASE_CHANGED)) for role in (R.SUPERVISOR, R.ADMIN)
    )
    yield from ((role, Scope.HOUSE, _OF_THE_SEAT) for role in (R.AGENT, R.SUPERVISOR))
    yield from ((role, Scope.HOUSE, _BEHIND_THE_SEAT) for role in (R.LIAISON, R.HANDLER, R.UNIT_REVIEWER))
    yield R.DISPATCHER, Scope.CENTRE, _DISPATCHER
    yield R.TRIAGE_MEMBER, Scope.CENTRE, _TRIAGE_MEMBER
    yield R.DUTY_OFFICER, Scope.CENTRE, _DUTY_OFFICER
    yield R.DUTY_OFFICER, Scope.HOUSE, (D.FILE_CALL,)
    yield R.AUDITOR, Scope.CENTRE, (*_AUDITOR, *_PROCEDURE, D.REFUSE_PROCEDURE, D.EXPIRE_PROCEDURE)
    yield R.CALLBACK_AGENT, Scope.CENTRE, _CALLBACK
    yield R.CALLBACK_AGENT, Scope.HOUSE, (D.FILE_CALL,)
    yield R.LEADER, Scope.CENTRE, _LEADER
    yield from ((role, Scope.HOUSE, _OF_THE_DAY) for role in (R.LEADER, R.SUPERVISOR))
    yield from ((role, Scope.HOUSE, _OF_THE_PANEL) for role in (R.AUDITOR, R.SUPERVISOR))
    yield R.PANELIST, Scope.HOUSE, _ON_THE_PANEL
    yield R.STATION_CLERK, Scope.CENTRE, (D.REGISTER,)
    yield R.STATION_CLERK, Scope.OWN, (D.SUPPLEMENT, D.URGE, D.WITHDRAW, D.COMPLETE, D.REVEAL_PHONE)
    yield R.STATION_CLERK, Scope.OWN, (D.ADD_ATTACHMENT,)
    yield R.STATION_CLERK, Scope.OWN, (D.HAND_OVER, D.TAKE_NEWS, D.ADD_AFTERWARDS)
    yield from (
        (role, Scope.HOUSE, _OF_THE_STICK) for role in (R.STATION_CLERK, R.DISPATCHER, R.SUPERVISOR, R.ADMIN)
    )
    yield from ((role, Scope.CENTRE, (D.TAKE_OVER,)) for role in (R.DISPATCHER, R.SUPERVISOR, R.ADMIN))
    yield R.ADMIN, Scope.HOUSE, (D.PAIR_STATION,)
    yield R.LIAISON, Scope.UNIT, (*_LIAISON, *_PROCEDURE)
    yield R.HANDLER, Scope.UNIT, (*_HANDLER, *_PROCEDURE)
    yield R.UNIT_REVIEWER, Scope.UNIT, _UNIT_REVIEWER
    yield from ((role, Scope.UNIT, (D.EXPORTED,)) for role in (R.LIAISON, R.HANDLER, R.UNIT_REVIEWER))
    yield from ((role, Scope.HOUSE, (D.TEAM_CHANGED,)) for role in (R.LIAISON, R.UNIT_REVIEWER))
    yield from ((role, Scope.HOUSE, (D.ROSTER_CHANGED,)) for role in _KEEP_THE_ROSTER)
    yield from ((role, Scope.HOUSE, _OF_THE_SHIFT) for role in _ANSWERS)
    yield from ((role, Scope.HOUSE, _REPORTERS) for role in (R.DUTY_OFFICER, R.SUPERVISOR))
    yield from ((role, Scope.HOUSE, _SIGNERS) for role in (R.SUPERVISOR, R.LEADER))
    yield from ((role, Scope.HOUSE, _CHECKER) for role in (R.AUDITOR, R.SUPERVISOR))
    yield from ((role, Scope.HOUSE, _CHECKED) for role in _ANSWERS)
    yield from ((role, Scope.HOUSE, deeds) for deeds, roles in _OF_CIRCULARS for role in roles)
    yield from ((role, Scope.HOUSE, _KEEPER) for role in (R.LIAISON, R.HANDLER, R.UNIT_REVIEWER))
    yield from ((role, Scope.HOUSE, _PUBLISHER) for role in (R.SUPERVISOR, R.ADMIN))
    yield from ((role, Scope.HOUSE, _ON_THE_LINE) for role in _ANSWERS)
    yield from ((role, Scope.CO_UNIT, _CO_UNIT) for role in (R.LIAISON, R.HANDLER, R.UNIT_REVIEWER))
    yield from ((R.SUPERVISOR, Scope.CENTRE, deeds) for deeds in _OF_THE_CENTRE)
    yield R.SUPERVISOR, Scope.CENTRE, (*_PROCEDURE, D.REFUSE_PROCEDURE)
    yield from ((role, Scope.HOUSE, (D.RETRY_MESSAGE,)) for role in (R.AGENT, R.SUPERVISOR))
    yield R.SUPERVISOR, Scope.HOUSE, (D.MARK_CALLER, D.UNMARK_CALLER, D.PUBLISH_NOTICE)
    yield from (
        (role, Scope.HOUSE, (D.PROPOSE_NOTICE, D.END_NOTICE))
        for role in (R.AGENT, R.DISPATCHER, R.DUTY_OFFICER, R.LIAISON, R.UNIT_REVIEWER, R.SUPERVISOR)
    )
    yield R.SUPERVISOR, Scope.HOUSE, (D.FILE_CALL, D.TEAM_CHANGED, *_INSURANCE, *_PROMISES, *_OF_FILES)
    yield (
        R.ADMIN,
        Scope.HOUSE,
        (D.SET_SETTING, D.STAFF_CHANGED, D.TEAM_CHANGED, D.PANELIST_CHANGED, *_OF_FILES),
    )
    yield R.ADMIN, Scope.CENTRE, (D.IMPORT_ORDER, D.CHANGE_OUTSIDE, D.ERASED)
    yield from ((role, Scope.HOUSE, (*_ANYBODY, D.PRINT_ORDER)) for role in Role)


_ANSWERS = (R.AGENT, R.DISPATCHER, R.DUTY_OFFICER, R.AUDITOR, R.CALLBACK_AGENT, R.SUPERVISOR)
"""Who reads answers out, or checks them."""

_CHECKER = (D.DRAW_QUALITY, D.ADD_QUALITY, D.NAME_AGENT, D.JUDGE_QUALITY, D.DECIDE_QUALITY)
_CHECKED = (D.ANSWER_QUALITY, D.HEAR_RECORDING)
"""质检: of a record that is one's own, unless one is a checker (practice P31)."""
_KEEP_THE_ROSTER = (R.LIAISON, R.UNIT_REVIEWER, R.DUTY_OFFICER, R.SUPERVISOR, R.ADMIN)
_REPORTERS = (D.DRAFT_REPORT, D.DROP_REPORT, D.SEND_REPORT, D.READ_REPORT)
_OF_CIRCULARS = (
    ((D.DRAFT_CIRCULAR, D.DROP_CIRCULAR, D.SEND_CIRCULAR), (R.AUDITOR, R.SUPERVISOR)),
    ((D.APPROVE_CIRCULAR,), (R.SUPERVISOR, R.LEADER)),
    ((D.READ_CIRCULAR,), (R.LIAISON, R.UNIT_REVIEWER)),
)
"""通报: who writes and sends one, who signs it, who in a unit reads it (practice P30)."""
_SIGNERS = (D.APPROVE_REPORT, D.INSTRUCT_REPORT)
_OF_THE_SHIFT = (D.HAND_OVER_SHIFT, D.TAKE_SHIFT)

_OF_THE_CENTRE = (_AGENT, _DISPATCHER, _DUTY_OFFICER, _AUDITOR, _CALLBACK, _LEADER, _SUPERVISOR)


def _table() -> Mapping[tuple[Role, Deed], frozenset[Scope]]:
    table: dict[tuple[Role, Deed], frozenset[Scope]] = {}
    for role, scope, deeds in (*_grants(), *_in_the_assessment()):
        for deed in deeds:
            table[role, deed] = table.get((role, deed), frozenset()) | {scope}
    return table


RIGHTS: Mapping[tuple[Role, Deed], frozenset[Scope]] = _table()
"""Which orders a role's deed reaches; a pair that is missing is not allowed."""


def scopes(roles: Iterable[Role], deed: Deed) -> frozenset[Scope]:
    """Return the scopes in which a person with these roles may do `deed`."""
    return frozenset(scope for role in roles for scope in RIGHTS.get((role, deed), ()))


def roles_for(deed: Deed) -> tuple[Role, ...]:
    """Return the roles that may do `deed` somewhere, in the order of the table's roles."""
    return tuple(role for role in Role if (role, deed) in RIGHTS)


AT_THE_CENTRE_ROLES = frozenset(
    {
        R.AGENT,
        R.DISPATCHER,
        R.TRIAGE_MEMBER,
        R.DUTY_OFFICER,
        R.AUDITOR,
        R.CALLBACK_AGENT,
        R.LEADER,
        R.SUPERVISOR,
        R.ADMIN,
    }
)
"""Roles that see the whole of their centre's orders."""

UNIT_ROLES = frozenset({R.LIAISON, R.HANDLER, R.UNIT_REVIEWER})
"""Roles inside a unit: they see what their unit holds or helps with."""

READS_SECRETS = frozenset({R.DISPATCHER, R.AUDITOR, R.SUPERVISOR, R.TRIAGE_MEMBER})
"""Roles that may open the original text of a 举报 or 保密 order, with a reason (practice P32)."""
