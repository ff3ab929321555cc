"""回访: who is called, when, and what the answers mean for the next step (practice P28; press conference, question 4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from db.codes import Deed, DissatisfactionCause, Grade, NotCalledRule, OrderKind, Satisfaction
from desk.rules.calendar import local

HOURS = (("09:00", "12:00"), ("14:30", "20:00"))
ATTEMPTS, ATTEMPT_DAYS = 3, 2
DISSATISFIED = frozenset({Satisfaction.DISSATISFIED, Satisfaction.VERY_DISSATISFIED})
CONTENT = frozenset({Satisfaction.VERY_SATISFIED, Satisfaction.SATISFIED})
TO_ANYBODY_ELSE = "12345 回访"


@dataclass(frozen=True, slots=True)
class Survey:
    """What somebody who was reached said."""

    result: Satisfaction
    attitude: Satisfaction = Satisfaction.NOT_RATED
    timeliness: Satisfaction = Satisfaction.NOT_RATED
    was_contacted: bool = True
    is_solved: bool = True
    is_long_term: bool = False
    cause: DissatisfactionCause | None = None

    def __post_init__(self) -> None:
        """Take the codes as words too, as imports and commands give them. ValueError for a word that is none."""
        for name in ("result", "attitude", "timeliness"):
            object.__setattr__(self, name, Satisfaction(getattr(self, name)))
        if self.cause is not None:
            object.__setattr__(self, "cause", DissatisfactionCause(self.cause))

    @property
    def is_dissatisfied(self) -> bool:
        """不满意 with the result, the attitude or the timeliness: each makes the order D."""
        return bool({self.result, self.attitude, self.timeliness} & DISSATISFIED)


def deed_for(survey: Survey) -> Deed:
    """Return the deed that these answers lead to."""
    if survey.is_dissatisfied:
        return Deed.RECORD_DISSATISFACTION
    return Deed.CLOSE_SATISFIED if survey.is_solved else Deed.CLOSE_UNSOLVED


def not_called_by(order: Any) -> NotCalledRule | None:
    """Return the rule that excuses an order (a row) from the callback, or None: every other order is called.

    An order that the caller did not accept is always called again.
    """
    if order["is_crisis"]:
        return NotCalledRule.CRISIS
    if not order["contact_phone"]:
        anonymous = NotCalledRule.ANONYMOUS_WITHOUT_NUMBER
        return anonymous if order["is_anonymous"] else NotCalledRule.NO_NUMBER
    if order["pool_grade"] == Grade.D:
        return None
    if order["kind"] == OrderKind.PRAISE:
        return NotCalledRule.PRAISE
    return None if order["needs_answer"] else NotCalledRule.NOT_WANTED


def is_unreachable(
    attempt_days: Sequence[date], needed: int = ATTEMPTS, needed_days: int = ATTEMPT_DAYS
) -> bool:
    """Whether enough attempts (the local date of each) on enough different days reached nobody."""
    return len(attempt_days) >= needed and len(set(attempt_days)) >= needed_days


def is_in_hours(at: datetime, hours: Sequence[Sequence[str]] = HOURS) -> bool:
    """Whether `at` (aware) lies in the hours of calling back, given as pairs of `HH:MM` on the clocks of China."""
    moment = local(at).time()
    return any(time.fromisoformat(opens) <= moment < time.fromisoformat(ends) for opens, ends in hours)


def hours_words(hours: Sequence[Sequence[str]] = HOURS) -> str:
    """`09:00–12:00、14:30–20:00`."""
    return "、".join(f"{opens}–{ends}" for opens, ends in hours)
