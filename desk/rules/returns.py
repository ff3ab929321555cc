"""退单: whose turn it is to decide, how often an order may be returned, and what became of each return (practice P7)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from db.codes import Role, Verdict
from desk.rules.calendar import WorkCalendar, local
from desk.rules.limits import Limits
from desk.rules.office_hours import office_hours_between
from desk.rules.time_words import time_left

MOST_RETURNS = 2
"""How often an order may be returned before 快速裁决, unless the setting `return.max_times` says otherwise."""


class Turn(StrEnum):
    """Who decides a 退单 now: the dispatchers, the 研判组 that one of them asked, and past the limit 班长."""

    DISPATCHER = "dispatcher"
    TRIAGE = "triage"
    SUPERVISOR = "supervisor"


_DECIDERS = {
    Turn.DISPATCHER: frozenset({Role.DISPATCHER, Role.SUPERVISOR}),
    Turn.TRIAGE: frozenset({Role.TRIAGE_MEMBER, Role.SUPERVISOR}),
    Turn.SUPERVISOR: frozenset({Role.SUPERVISOR}),
}
_WORDS = {Turn.DISPATCHER: "", Turn.TRIAGE: "待研判裁定", Turn.SUPERVISOR: "待班长裁定"}


def turn_of(due_at: datetime | None, referred_at: datetime | None, now: datetime) -> Turn:
    """Return whose turn it is; all moments aware. The limit is the same for a 退单 that went to 研判."""
    if due_at is not None and now > due_at:
        return Turn.SUPERVISOR
    return Turn.TRIAGE if referred_at is not None else Turn.DISPATCHER


def may_decide(turn: Turn, roles: Iterable[Role]) -> bool:
    """Whether somebody with these roles may decide a 退单 in this turn; who the person is, is asked elsewhere."""
    return not _DECIDERS[turn].isdisjoint(roles)


def turn_words(turn: Turn) -> str:
    """Return what marks the row: `待班长裁定`, `待研判裁定`, nothing while it is any dispatcher's."""
    return _WORDS[turn]


def decision_left(due_at: datetime, now: datetime, limits: Limits, calendar: WorkCalendar) -> str:
    """`剩1:12` in office time, which is what the limit runs in, then `!超期40分`; both moments aware."""
    if local(now) > local(due_at):
        return time_left(due_at, now)
    minutes = -(-office_hours_between(now, due_at, limits, calendar) // timedelta(minutes=1))
    return f"剩{minutes // 60}:{minutes % 60:02d}"


class Fate(StrEnum):
    """What became of a 退单, and against whom it counts."""

    PENDING = "pending"
    GRANTED = "granted"
    TAKEN_BACK = "taken_back"
    """The centre recalled or reassigned the order while it waited: it owned up to its dispatch."""
    REFUSED = "refused"
    LAPSED = "lapsed"
    """The unit went on with the order after all."""


AGAINST_THE_CENTRE = frozenset({Fate.GRANTED, Fate.TAKEN_BACK})
SETTLED = AGAINST_THE_CENTRE | {Fate.REFUSED}
"""A return that was asked and answered: two of them are all that an order has."""


def fate_of(verdict: str, end_reason: str | None) -> Fate:
    """Return what became of a return by its verdict and by how the part that was given back ended."""
    if verdict == Verdict.LAPSED:
        return Fate.TAKEN_BACK if end_reason in {"recalled", "reassigned"} else Fate.LAPSED
    return Fate(verdict)
