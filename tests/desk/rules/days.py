"""The holidays of 2026 as the State Council announced them, typed in by hand: the rules are tried against these."""

from datetime import date, datetime, timedelta

from desk.rules.calendar import CHINA, FixedCalendar


def span(first: date, last: date, name: str) -> dict[date, str]:
    return {first + timedelta(days=n): name for n in range((last - first).days + 1)}


YEAR_2026 = FixedCalendar(
    off=span(date(2026, 1, 1), date(2026, 1, 3), "元旦")
    | span(date(2026, 2, 15), date(2026, 2, 23), "春节")
    | span(date(2026, 4, 4), date(2026, 4, 6), "清明")
    | span(date(2026, 5, 1), date(2026, 5, 5), "劳动节")
    | span(date(2026, 6, 19), date(2026, 6, 21), "端午")
    | span(date(2026, 9, 25), date(2026, 9, 27), "中秋")
    | span(date(2026, 10, 1), date(2026, 10, 7), "国庆")
    | span(date(2027, 2, 5), date(2027, 2, 10), "春节"),
    makeup=frozenset(
        date(2026, month, day) for month, day in ((1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10))
    ),
    provisional_from=date(2027, 1, 1),
    version="2026 by hand",
)


def at(text: str) -> datetime:
    """A moment on the clocks of China."""
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def is_announced(year: int) -> bool:
    """Whether the installed package already knows the year: a newer one than ours may."""
    import chinese_calendar

    try:
        chinese_calendar.is_workday(date(year, 6, 1))
    except NotImplementedError:
        return False
    return True
