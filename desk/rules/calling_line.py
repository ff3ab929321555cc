"""谁来接令: whom to ring for an emergency, one after another, until somebody takes it (practice P24)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from db.codes import CallOutcome

PATIENCE = timedelta(minutes=3)
"""How long one waits for 接令 before the next one is rung, unless `emergency.acknowledge_minutes` says otherwise."""


@dataclass(frozen=True, slots=True)
class Callee:
    """Somebody who can be rung: a unit's person, or the unit itself (`person` ''), and why just this one."""

    unit_id: int
    unit: str
    person: str = ""
    phone: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt of the past, at an aware moment: which unit, who was asked for, which number was rung."""

    unit_id: int
    person: str
    phone: str
    outcome: CallOutcome
    at: datetime

    def was_for(self, callee: Callee) -> bool:
        """Whether it tried somebody of the line: by number or name; of a unit without people, whoever was rung there."""
        if self.unit_id != callee.unit_id:
            return False
        if not callee.person and not callee.phone:
            return True
        return (bool(callee.phone) and callee.phone == self.phone) or (
            bool(callee.person) and callee.person == self.person
        )


def last_of(callee: Callee, attempts: Sequence[Attempt]) -> Attempt | None:
    """Return the newest attempt to reach somebody of the line, or None."""
    return max((each for each in attempts if each.was_for(callee)), key=lambda each: each.at, default=None)


def next_in_line(line: Sequence[Callee], attempts: Sequence[Attempt]) -> Callee | None:
    """Return whom to ring now: the first who was not tried yet; once all were, the one tried longest ago.

    Who has refused is not rung again as long as there is anybody else. None for an empty line.
    """
    tried = [(callee, last_of(callee, attempts)) for callee in line]
    fresh = [callee for callee, last in tried if last is None]
    if fresh:
        return fresh[0]
    known = [(callee, last) for callee, last in tried if last is not None]
    willing = [pair for pair in known if pair[1].outcome is not CallOutcome.REFUSED] or known
    return min(willing, key=lambda pair: pair[1].at)[0] if willing else None


def is_overdue(called_out_at: datetime, now: datetime, patience: timedelta = PATIENCE) -> bool:
    """Whether somebody who was called out and has not taken the order has had his time; both aware."""
    return now - called_out_at >= patience
