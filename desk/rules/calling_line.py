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

    @property
    def who(self) -> tuple[int, str]:
        """By what an attempt is matched with somebody of the line: the number, else the name, else the unit alone."""
        return self.unit_id, self.phone or self.person


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt of the past, at an aware moment; by what it is matched is as in `Callee.who`."""

    who: tuple[int, str]
    outcome: CallOutcome
    at: datetime


def next_in_line(line: Sequence[Callee], attempts: Sequence[Attempt]) -> Callee | None:
    """Return whom to ring now: the first who was not tried yet; once all were, the one tried longest ago.

    Who has refused is not rung again as long as there is anybody else. None for an empty line.
    """
    last = {each.who: each for each in sorted(attempts, key=lambda each: each.at)}
    fresh = [callee for callee in line if callee.who not in last]
    if fresh:
        return fresh[0]
    willing = [callee for callee in line if last[callee.who].outcome is not CallOutcome.REFUSED]
    return min(willing or line, key=lambda callee: last[callee.who].at, default=None)


def is_overdue(called_out_at: datetime, now: datetime, patience: timedelta = PATIENCE) -> bool:
    """Whether somebody who was called out and has not taken the order has had his time; both aware."""
    return now - called_out_at >= patience
