"""农历: days of the lunar calendar, as people of the villages count them; the package is imported on first use."""

from datetime import date, timedelta

EARLIEST, LATEST = 1981, 2199
"""Years in which a day is looked for."""


def solar(year: int, month: int, day: int) -> date | None:
    """Return the date of a day of the lunar year `year` (month 12 is 腊月); None when that year has no such day.

    A day 30 of a month of 29 days is its last day: 腊月三十 is 除夕 in every year.
    """
    from lunar_python import Lunar

    if not (EARLIEST <= year <= LATEST and 1 <= month <= 12 and 1 <= day <= 30):
        return None
    try:
        found = Lunar.fromYmd(year, month, day).getSolar()
    except Exception:
        return solar(year, month, 29) if day == 30 else None
    return date(found.getYear(), found.getMonth(), found.getDay())


def lunar(day: date) -> tuple[int, int, int]:
    """Return year, month and day of the lunar calendar; the month of a leap month is negative (闰六月 is -6)."""
    from lunar_python import Solar

    found = Solar.fromYmd(day.year, day.month, day.day).getLunar()
    return int(found.getYear()), int(found.getMonth()), int(found.getDay())


def market_day(today: date, digits: frozenset[int], back: int) -> date | None:
    """Return the `back`-th 圩日 before `today` (0: the last one, today included); days end in one of `digits`.

    None when no digit is known.
    """
    day, left = today if back == 0 else today - timedelta(days=1), max(back, 1)
    for _ in range(60):
        if lunar(day)[2] % 10 in digits:
            left -= 1
            if left == 0:
                return day
        day -= timedelta(days=1)
    return None
