"""Counting working days, and saying in Chinese how they were counted (design part 6)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from desk.rules.calendar import WEEKDAYS, WEEKEND, WorkCalendar, local, next_working_day

NOT_ANNOUNCED = "暂定（放假安排未公布）"


@dataclass(frozen=True, slots=True)
class Count:
    """`days` working days after `start` (day 0): the first, the last, and what lay between."""

    start: date
    days: int
    first: date
    last: date
    holidays: tuple[tuple[date, str], ...]
    makeup: tuple[tuple[date, str], ...]
    has_weekend: bool
    provisional: bool


def counted(start: date, days: int, calendar: WorkCalendar) -> Count:
    """Count `days` working days; `start` itself never counts (Civil Code art. 201). ValueError below 1."""
    if days < 1:
        raise ValueError("a limit has at least one working day")
    first = last = next_working_day(start, calendar)
    for _ in range(days - 1):
        last = next_working_day(last, calendar)
    passed = [start + timedelta(days=n) for n in range(1, (last - start).days + 1)]
    off = [(day, calendar.name_of(day)) for day in passed if not calendar.is_working_day(day)]
    makeup = [(d, calendar.name_of(d)) for d in passed if d.weekday() >= 5 and calendar.is_working_day(d)]
    return Count(
        start=start,
        days=days,
        first=first,
        last=last,
        holidays=tuple(each for each in off if each[1] != WEEKEND),
        makeup=tuple(makeup),
        has_weekend=any(name == WEEKEND for _, name in off),
        provisional=any(calendar.is_provisional(day) for day in passed),
    )


def day_words(day: date, beside: date) -> str:
    """`10-08 周四`; with the year when it is not the year of `beside`."""
    return f"{_month_day(day, beside)} 周{WEEKDAYS[day.weekday()]}"


def moment_words(moment: datetime, beside: date) -> str:
    """`10-02 周五 22:00` on the clocks of China."""
    at = local(moment)
    return f"{day_words(at.date(), beside)} {at:%H:%M}"


def span_words(minutes: int) -> str:
    """`30 分钟`, `4 小时`, `1 小时 30 分钟`."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} 小时"] if hours else []
    return " ".join(parts + ([f"{rest} 分钟"] if rest or not hours else []))


def count_words(count: Count, closes: time) -> str:
    """`5 个工作日：10-08 周四 … 10-13 周二 18:00（除去 10-01 至 10-07 国庆，10-10 周六补班计入）`."""
    last = f"{day_words(count.last, count.start)} {closes:%H:%M}"
    if count.first != count.last:
        last = f"{day_words(count.first, count.start)} … {last}"
    mark = f"；{NOT_ANNOUNCED}" if count.provisional else ""
    return f"{count.days} 个工作日：{last}{_exceptions(count)}{mark}"


def _month_day(day: date, beside: date) -> str:
    return f"{day:%m-%d}" if day.year == beside.year else f"{day:%Y-%m-%d}"


def _exceptions(count: Count) -> str:
    parts = []
    if count.holidays:
        parts.append("除去 " + "、".join(_runs(count)))
    elif count.has_weekend:
        parts.append("除去周末")
    parts += [f"{_month_day(day, count.start)} {name}计入" for day, name in count.makeup]
    return f"（{'，'.join(parts)}）" if parts else ""


def _runs(count: Count) -> list[str]:
    """Days off of one name on end, as `10-01 至 10-07 国庆`."""
    runs: list[list[tuple[date, str]]] = []
    for day, name in count.holidays:
        is_next = runs and runs[-1][-1] == (day - timedelta(days=1), name)
        runs[-1].append((day, name)) if is_next else runs.append([(day, name)])
    return [_run_words(run, count.start) for run in runs]


def _run_words(run: list[tuple[date, str]], beside: date) -> str:
    (first, name), (last, _) = run[0], run[-1]
    days = (
        _month_day(first, beside)
        if first == last
        else f"{_month_day(first, beside)} 至 {_month_day(last, beside)}"
    )
    return f"{days} {name}"
