"""值班表 as the screens and the command line get it: a day, its units, who stands which shift, where nobody does."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from desk.rules.roster import Duty, Shift


@dataclass(frozen=True, slots=True)
class MemberOfTeam:
    """One person of a unit's 应急队伍; `key` is the person's key in this store."""

    key: int
    name: str
    phone: str
    role: str


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Somebody on a shift; `key` is the key of that turn, `member` of the person."""

    key: int
    member: int
    name: str
    phone: str
    role: str
    note: str = ""
    """What this person leaves to the next shift."""


@dataclass(frozen=True, slots=True)
class UnitDay:
    """One unit's day: who stands each shift, by the shift's name."""

    unit_id: int
    code: str
    unit: str
    stands: Mapping[str, tuple[OnDuty, ...]]

    @property
    def has_gap(self) -> bool:
        """Whether some shift of the day has nobody."""
        return not all(self.stands.values())


@dataclass(frozen=True, slots=True)
class RosterDay:
    """A day of the roster: what the day is (国庆, 工作日), its shifts, every member unit, how many gaps lie ahead."""

    day: date
    name: str
    is_off: bool
    shifts: tuple[Shift, ...]
    units: tuple[UnitDay, ...]
    gaps_ahead: int
    days_ahead: int


@dataclass(frozen=True, slots=True)
class GapRow:
    """A shift that nobody of a unit stands; `day_name` says what the day is."""

    unit_id: int
    unit: str
    duty: Duty
    day_name: str


@dataclass(frozen=True, slots=True)
class Planned:
    """What a plan wrote, and the shifts for which it found nobody who has rested."""

    count: int
    gaps: tuple[GapRow, ...] = field(default=())
