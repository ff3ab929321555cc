"""应急值守: shifts, who stands which, where nobody does, and a plan that shares nights and holidays out (domain 16).

Days are local dates in China; a shift that ends at or before the hour it begins goes on into the next day, and belongs
to the day on which it begins.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from desk.rules.calendar import CHINA, WorkCalendar, local

DAY = timedelta(days=1)
TWO_SHIFTS: Mapping[str, str] = {"白班": "08:00-18:00", "夜班": "18:00-08:00"}
"""The day of a city that has not set `emergency.shifts`."""
MOST_SHIFTS = 3
"""A day has no more shifts than a screen of 80 columns has room for."""
_HOURS = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)-([01]?\d|2[0-4]):([0-5]\d)")
_DAY_MINUTES = 24 * 60
_EVENING = time(20)


@dataclass(frozen=True, slots=True)
class Shift:
    """One shift of a day: its name, and when it begins and ends, in minutes after midnight of the day it belongs to."""

    name: str
    begins: int
    ends: int

    @property
    def is_night(self) -> bool:
        """Whether somebody has to be there after eight in the evening."""
        return self.ends > _EVENING.hour * 60

    @property
    def hours(self) -> str:
        """When it is: `18:00-08:00`."""
        return f"{_clock(self.begins)}-{_clock(self.ends)}"


@dataclass(frozen=True, slots=True)
class Duty:
    """One shift of one day."""

    day: date
    shift: Shift

    @property
    def begins(self) -> datetime:
        """The aware moment at which it begins."""
        return _midnight(self.day) + timedelta(minutes=self.shift.begins)

    @property
    def ends(self) -> datetime:
        """The aware moment at which it is over; the next shift has begun by then."""
        return _midnight(self.day) + timedelta(minutes=self.shift.ends)


@dataclass(frozen=True, slots=True)
class Stood:
    """What somebody stands, or has stood: whose turn it is depends on it."""

    member: int
    duty: Duty


def flaw_of(hours_by_name: Mapping[str, str]) -> str:
    """Return what is wrong with the shifts of a day as the setting `emergency.shifts` has them, or nothing.

    They must follow one another and go round the clock: a quarter of an hour without anybody is one too many.
    """
    if not 1 <= len(hours_by_name) <= MOST_SHIFTS:
        return f"一天分 1 到 {MOST_SHIFTS} 个班次"
    for name, hours in hours_by_name.items():
        if not name.strip() or not _HOURS.fullmatch(str(hours).strip()):
            return f"班次“{name}”的时间要写成 08:00-18:00"
    shifts = shifts_of(hours_by_name)
    ends = [*(each.begins for each in shifts[1:]), shifts[0].begins + _DAY_MINUTES]
    for shift, end in zip(shifts, ends, strict=True):
        if shift.ends != end:
            return f"各班次要首尾相接、一天不断档：{shift.name}到 {_clock(shift.ends)}，下一班从 {_clock(end)} 起"
    return ""


def shifts_of(hours_by_name: Mapping[str, str]) -> tuple[Shift, ...]:
    """Return the shifts of a day, the earliest first; `flaw_of` has found nothing wrong with them."""
    found = []
    for name, hours in hours_by_name.items():
        matched = _HOURS.fullmatch(str(hours).strip())
        assert matched is not None, "flaw_of has looked"
        first, first_minute, last, last_minute = map(int, matched.groups())
        begins, ends = first * 60 + first_minute, last * 60 + last_minute
        found.append(Shift(name, begins, ends if ends > begins else ends + _DAY_MINUTES))
    return tuple(sorted(found, key=lambda shift: shift.begins))


def at(shifts: Sequence[Shift], moment: datetime) -> Duty:
    """Return which shift of which day runs at an aware moment."""
    today = local(moment).date()
    duties = [Duty(day, shift) for day in (today - DAY, today) for shift in shifts]
    return next(duty for duty in reversed(duties) if duty.begins <= moment)


def after(shifts: Sequence[Shift], duty: Duty) -> Duty:
    """Return the shift that follows another."""
    place = shifts.index(duty.shift) + 1
    return Duty(duty.day, shifts[place]) if place < len(shifts) else Duty(duty.day + DAY, shifts[0])


def duties(shifts: Sequence[Shift], first: date, last: date) -> Iterator[Duty]:
    """Yield every shift of the days from `first` to `last`, both included."""
    for number in range((last - first).days + 1):
        for shift in shifts:
            yield Duty(first + number * DAY, shift)


def gaps(wanted: Iterable[Duty], stood: Collection[Stood]) -> list[Duty]:
    """Return the shifts that nobody of a unit stands, in time's order."""
    taken = {each.duty for each in stood}
    return [duty for duty in wanted if duty not in taken]


def plan(
    members: Sequence[int], wanted: Sequence[Duty], stood: Sequence[Stood], calendar: WorkCalendar
) -> list[Stood]:
    """Return who could stand the shifts that nobody stands yet, in time's order; what is settled is not touched.

    Whoever stood fewest days off comes first on a day off, whoever stood fewest nights on a night, then whoever stood
    least, then who has rested longest, then in the order of `members`. Who is new begins where the least burdened of the
    others is: nobody makes up for nights at which he was not there. Nobody stands two shifts that touch: a shift for
    which only such people are left stays empty, and is seen as a gap.
    """
    settled, made = list(stood), []
    tally = _Tally(calendar)
    for each in stood:
        tally.count(each)
    tally.level(members)
    for duty in gaps(wanted, stood):
        rested = [member for member in members if _is_free(member, duty, settled)]
        if rested:
            turn = Stood(min(rested, key=lambda member: tally.turn(member, duty)), duty)
            tally.count(turn)
            settled.append(turn)
            made.append(turn)
    return made


def _is_free(member: int, duty: Duty, settled: Iterable[Stood]) -> bool:
    """Whether somebody stands no shift that touches this one."""
    return all(
        each.duty.ends < duty.begins or duty.ends < each.duty.begins
        for each in settled
        if each.member == member
    )


class _Tally:
    """How much each has stood: days off, nights, all, and until when."""

    def __init__(self, calendar: WorkCalendar) -> None:
        self._calendar = calendar
        self._off: Counter[int] = Counter()
        self._nights: Counter[int] = Counter()
        self._all: Counter[int] = Counter()
        self._last: dict[int, date] = {}

    def count(self, stood: Stood) -> None:
        member, duty = stood.member, stood.duty
        self._off[member] += not self._calendar.is_working_day(duty.day)
        self._nights[member] += duty.shift.is_night
        self._all[member] += 1
        self._last[member] = max(self._last.get(member, date.min), duty.day)

    def level(self, members: Sequence[int]) -> None:
        """Let who has not stood yet begin where the least burdened of the others is."""
        known = [member for member in members if self._all[member]]
        for tally in (self._off, self._nights, self._all):
            least = min((tally[member] for member in known), default=0)
            tally.update({member: least for member in members if member not in known})

    def turn(self, member: int, duty: Duty) -> tuple[int, int, int, date]:
        """The least of these comes first."""
        is_off = not self._calendar.is_working_day(duty.day)
        return (
            self._off[member] if is_off else 0,
            self._nights[member] if duty.shift.is_night else 0,
            self._all[member],
            self._last.get(member, date.min),
        )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), CHINA)


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"
