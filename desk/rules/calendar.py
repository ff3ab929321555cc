"""工作日历: which days count, by the State Council's yearly notice (design part 6).

`CHINA` is a fixed +8 h offset: China has kept one time without daylight saving since 1991, and a fixed offset
needs no time-zone files (Windows has none). The two calendar packages are imported on first use, because
`holidays` alone takes longer to import than the first frame may wait.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cached_property, lru_cache
from typing import Any, Protocol

CHINA = timezone(timedelta(hours=8), "CST")
WEEKDAYS = "一二三四五六日"
WORKING, WEEKEND, LOCAL_HOLIDAY = "工作日", "周末", "本市放假"
# A calendar without any working day is a mistake of its settings, not a reason to search for ever.
LONGEST_SEARCH = 3660

ANNOUNCED_NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午",
    "National Day": "国庆",
    "Mid-autumn Festival": "中秋",
    "Anti-Fascist 70th Day": "抗战胜利纪念日",
}
EXPECTED_NAMES = {"农历除夕": "春节", "清明节": "清明", "端午节": "端午", "中秋节": "中秋", "国庆节": "国庆"}


class WorkCalendar(Protocol):
    """What the rules of time ask of a calendar; all dates are local dates in China."""

    @property
    def version(self) -> str:
        """Names the data behind the answers; kept in the event that sets a due time."""

    def is_working_day(self, day: date) -> bool:
        """Whether `day` counts as a working day, 调休 included."""

    def is_provisional(self, day: date) -> bool:
        """Whether no schedule was announced for `day` yet (暂定)."""

    def name_of(self, day: date) -> str:
        """What the day is called: 国庆, 周六补班, 周末, 工作日 …"""


@dataclass(frozen=True, slots=True)
class _Year:
    """One year: the named days off and the weekend days that work (补班)."""

    off: Mapping[date, str]
    makeup: frozenset[date]
    announced: bool

    def is_working_day(self, day: date) -> bool:
        return day in self.makeup or (day.weekday() < 5 and day not in self.off)


def _days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range(date(year, 12, 31).timetuple().tm_yday)]


def _announced(year: int) -> _Year:
    """The year as the State Council announced it; NotImplementedError when it has not."""
    import chinese_calendar

    off: dict[date, str] = {}
    makeup: set[date] = set()
    for day in _days_of(year):
        is_off, name = chinese_calendar.get_holiday_detail(day)
        if is_off and name:
            off[day] = ANNOUNCED_NAMES.get(name, "放假")
        elif not is_off and day.weekday() >= 5:
            makeup.add(day)
    return _Year(off, frozenset(makeup), announced=True)


def _expected_name(name: str) -> str:
    if name.startswith("休息日"):
        return "调休"
    plain = re.split("[;（]", name, maxsplit=1)[0].strip()
    return EXPECTED_NAMES.get(plain, plain)


def _expected(year: int) -> _Year:
    """Weekends, the statutory holidays (国务院令第795号) and their 补假, for a year not announced."""
    import holidays

    table = holidays.country_holidays("CN", years=year, observed=True, language="zh_CN")
    off = {day: _expected_name(name) for day, name in table.items()}
    makeup = frozenset(getattr(table, "weekend_workdays", ()))
    return _Year(off, frozenset(day for day in makeup if day.year == year), announced=False)


@lru_cache(maxsize=64)
def _year(year: int) -> _Year:
    try:
        return _announced(year)
    except NotImplementedError:
        return _expected(year)


def _makeup_name(day: date) -> str:
    return f"周{WEEKDAYS[day.weekday()]}补班"


@dataclass(frozen=True)
class StateCouncilCalendar:
    """The calendar of the desk: the announced years, else the statutory holidays, 暂定.

    `overrides` are rows of the store (day → does it work) and beat both; `announced` names years whose
    schedule the store holds in full although the package does not know them yet: those are not provisional.
    """

    overrides: Mapping[date, bool] = field(default_factory=dict)
    announced: Collection[int] = ()

    @cached_property
    def version(self) -> str:
        """Package version and, when the store overrides anything, a digest of its rows."""
        from hashlib import sha256

        import chinese_calendar

        version = f"chinesecalendar {chinese_calendar.__version__}"
        if not self.overrides and not self.announced:
            return version
        rows = f"{sorted(self.overrides.items())}{sorted(self.announced)}"
        return f"{version}+{sha256(rows.encode()).hexdigest()[:8]}"

    def is_working_day(self, day: date) -> bool:
        """Whether `day` works: a row of the store first, then the year's table."""
        override = self.overrides.get(day)
        return _year(day.year).is_working_day(day) if override is None else override

    def is_provisional(self, day: date) -> bool:
        """True while neither the package, the store nor a row for this very day has the schedule."""
        if day in self.overrides or day.year in self.announced:
            return False
        return not _year(day.year).announced

    def name_of(self, day: date) -> str:
        """国庆, 周六补班, 周末, 本市放假 (a row of the store) or 工作日."""
        if self.is_working_day(day):
            return WORKING if day.weekday() < 5 else _makeup_name(day)
        named = _year(day.year).off.get(day)
        return named or (WEEKEND if day.weekday() >= 5 else LOCAL_HOLIDAY)


def calendar_from(settings: Mapping[str, Any]) -> StateCouncilCalendar:
    """The calendar with the city's own rows: `calendar.off` and `calendar.work` name days (2027-02-05) that do not or
    do work, `calendar.announced` the years whose schedule they hold in full.

    Raises ValueError that names the setting.
    """
    off, work = _days("calendar.off", settings), _days("calendar.work", settings)
    twice = off & work
    if twice:
        raise ValueError(f"calendar.off: {min(twice)} is in calendar.work, too")
    announced = settings.get("calendar.announced", ())
    if not isinstance(announced, list | tuple) or not all(str(year).isdecimal() for year in announced):
        raise ValueError(f"calendar.announced: {announced!r} is not a list of years")
    overrides = dict.fromkeys(off, False) | dict.fromkeys(work, True)
    return StateCouncilCalendar(overrides, frozenset(int(year) for year in announced))


def _days(key: str, settings: Mapping[str, Any]) -> frozenset[date]:
    written = settings.get(key, ())
    try:
        if not isinstance(written, list | tuple):
            raise ValueError
        return frozenset(_written_day(str(day)) for day in written)
    except ValueError:
        raise ValueError(f"{key}: {written!r} is not a list of days like 2027-02-05") from None


def _written_day(text: str) -> date:
    # Python reads 20270205, too: people who mean a number would not notice.
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        raise ValueError(text)
    return date.fromisoformat(text)


@dataclass(frozen=True)
class FixedCalendar:
    """Weekends off, plus `off` (day → name) and the weekend days of `makeup`: known data, no package."""

    off: Mapping[date, str] = field(default_factory=dict)
    makeup: Collection[date] = ()
    provisional_from: date | None = None
    version: str = "fixed"

    def is_working_day(self, day: date) -> bool:
        """Whether `day` works by the given days alone."""
        return day in self.makeup or (day.weekday() < 5 and day not in self.off)

    def is_provisional(self, day: date) -> bool:
        """True from `provisional_from` on."""
        return self.provisional_from is not None and day >= self.provisional_from

    def name_of(self, day: date) -> str:
        """The given name, 周六补班, 周末 or 工作日."""
        if self.is_working_day(day):
            return WORKING if day.weekday() < 5 else _makeup_name(day)
        return self.off.get(day, WEEKEND)


def local(moment: datetime) -> datetime:
    """`moment` on the clocks of China. Raises ValueError for a naive datetime."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(CHINA)


def whole_ms(moment: datetime) -> datetime:
    """`moment` in UTC, cut to whole milliseconds, as the store keeps it (design part 3)."""
    at = local(moment).astimezone(UTC)
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def next_working_day(day: date, calendar: WorkCalendar, *, step: int = 1) -> date:
    """The first working day after `day` (before it with `step=-1`). ValueError if there is none in ten years."""
    for _ in range(LONGEST_SEARCH):
        day += timedelta(days=step)
        if calendar.is_working_day(day):
            return day
    raise ValueError("no working day in this calendar")


def working_days_between(first: date, last: date, calendar: WorkCalendar) -> int:
    """How many working days lie after `first` up to and including `last`; 0 if `last` is not later."""
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sum(calendar.is_working_day(day) for day in days)
