"""Periods of figures: months and days of China as pairs of moments."""

import re
from datetime import date, datetime, timedelta

from desk.errors import BadInput
from desk.rules.calendar import CHINA, local

_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
LONGEST_DAYS = 3660
"""Days of the longest period that is counted."""


def month_span(month: str, now: datetime) -> tuple[datetime, datetime]:
    """Return the first moment of a month (`2026-11`, that of `now` when empty) and of the next one. Raises BadInput."""
    text = month.strip() or f"{local(now):%Y-%m}"
    found = _MONTH.fullmatch(text)
    if found is None:
        raise BadInput("月份请写成 2026-11 这样", "月份")
    first = datetime(int(found[1]), int(found[2]), 1, tzinfo=CHINA)
    return first, (first + timedelta(days=32)).replace(day=1)


def months_before(back: int, now: datetime) -> str:
    """Return the month that lies `back` months before that of `now`, as `2026-11`."""
    months = local(now).year * 12 + local(now).month - 1 - back
    return f"{months // 12}-{months % 12 + 1:02d}"


def days_span(first: date, last: date) -> tuple[datetime, datetime]:
    """Return the first moment of `first` and the one after `last`. Raises BadInput when they are the wrong way round."""
    if not first <= last <= first + timedelta(days=LONGEST_DAYS):
        raise BadInput("统计的结束日期早于开始日期或超过十年，请核对", "结束日期")
    return (
        datetime.combine(first, datetime.min.time(), CHINA),
        datetime.combine(last + timedelta(days=1), datetime.min.time(), CHINA),
    )
