"""办公时间: adding and taking away hours in which the office is open (design part 6)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from desk.rules.calendar import CHINA, LONGEST_SEARCH, WorkCalendar, local
from desk.rules.limits import Limits


def _periods(day: date, limits: Limits) -> Iterator[tuple[datetime, datetime]]:
    for opens, closes in limits.office_hours:
        yield datetime.combine(day, opens, CHINA), datetime.combine(day, closes, CHINA)


def add_office_hours(start: datetime, hours: float, limits: Limits, calendar: WorkCalendar) -> datetime:
    """The local moment at which `hours` of office time have passed since `start` (aware).

    A start outside office hours counts from the next opening. Raises ValueError for a naive start.
    """
    now, left = local(start), timedelta(hours=hours)
    day = now.date()
    for _ in range(LONGEST_SEARCH):
        for opens, closes in _periods(day, limits) if calendar.is_working_day(day) else ():
            begins = max(now, opens)
            if begins < closes and left <= closes - begins:
                return begins + left
            left -= max(closes - begins, timedelta())
        day += timedelta(days=1)
    raise ValueError("no working day in this calendar")


def subtract_office_hours(end: datetime, hours: float, limits: Limits, calendar: WorkCalendar) -> datetime:
    """The local moment from which `hours` of office time remain until `end` (aware).

    Where that falls on an opening (14:30) the close before it (12:00) is named: half a day before 18:00 is noon.
    Raises ValueError for a naive end.
    """
    now, left = local(end), timedelta(hours=hours)
    day = now.date()
    for _ in range(LONGEST_SEARCH):
        periods = list(_periods(day, limits)) if calendar.is_working_day(day) else []
        for opens, closes in reversed(periods):
            ends = min(now, closes)
            if opens < ends and left < ends - opens:
                return ends - left
            left -= max(ends - opens, timedelta())
        day -= timedelta(days=1)
    raise ValueError("no working day in this calendar")


def office_hours_between(start: datetime, end: datetime, limits: Limits, calendar: WorkCalendar) -> timedelta:
    """How much office time lies between two aware moments, zero when `end` is not later.

    Raises ValueError for naive ones.
    """
    begins, ends = local(start), local(end)
    passed, day = timedelta(), begins.date()
    while day <= ends.date():
        for opens, closes in _periods(day, limits) if calendar.is_working_day(day) else ():
            passed += max(min(closes, ends) - max(opens, begins), timedelta())
        day += timedelta(days=1)
    return passed
