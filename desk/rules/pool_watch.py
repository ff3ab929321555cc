"""What keeps a watched order moving: which deeds are a step, and how long without one lights it up (issue 6, part 4)."""

from datetime import date

from db.codes import Deed
from desk.rules.calendar import WorkCalendar, working_days_between

IDLE_DAYS = 5
"""Working days without a step, unless the setting `pool.idle_days` says otherwise."""

STEPS = frozenset(
    {
        *(Deed.SEND, Deed.SIGN, Deed.HAND_ON, Deed.REASSIGN, Deed.ADD_UNIT, Deed.CHANGE_STEWARD),
        *(Deed.NOTE, Deed.WRITE_STEP, Deed.ADD_ATTACHMENT, Deed.LOG_CONTACT_ATTEMPT, Deed.CO_REPLY),
        *(Deed.SUBMIT_REPLY, Deed.PASS_REPLY, Deed.SEND_BACK_REPLY, Deed.LOG_ANSWER),
        *(
            Deed.GRANT_EXTENSION,
            Deed.GRANT_SUSPENSION,
            Deed.RULE_ESCALATION,
            Deed.DECIDE_BY_DAY,
            Deed.FOLLOW_UP,
        ),
        *(Deed.ENTER_PROCEDURE, Deed.EXTEND_PROCEDURE, Deed.END_PROCEDURE, Deed.EXPIRE_PROCEDURE),
        *(Deed.PASS_CLOSE_REVIEW, Deed.PASS_WITHOUT_CALLBACK, Deed.SEND_BACK_CLOSE_REVIEW),
        *(Deed.LOG_CALLBACK_ATTEMPT, Deed.CLOSE_SATISFIED, Deed.CLOSE_UNSOLVED, Deed.RECORD_DISSATISFACTION),
        *(Deed.SET_PLAN, Deed.REWORK, Deed.REOPEN, Deed.SEND_TO_PANEL, Deed.LOG_EXPLANATION),
        *(Deed.PANEL_REASONABLE, Deed.PANEL_UNREASONABLE, Deed.ASK_WRITE_OFF, Deed.REFUSE_WRITE_OFF),
        *(Deed.ANSWER_SUPERVISION, Deed.ANSWER_REMINDER),
    }
)
"""Deeds by which somebody did something for the order. Looking, pressing, urging and what time does alone are none."""


def idle_days(last_step: date, today: date, calendar: WorkCalendar) -> int:
    """Return the working days since the local date of the last step."""
    return working_days_between(last_step, today, calendar)
