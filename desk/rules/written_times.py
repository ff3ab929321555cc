"""Times as people and other systems write them: `2026-11-23 14:30`, `2026/1/8`, `2026年1月8日 14时30分`."""

import re
import unicodedata
from datetime import datetime, timedelta, timezone

from desk.errors import BadInput
from desk.rules.calendar import CHINA

_WRITTEN = re.compile(
    r"(?P<year>\d{4})[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?"
    r"(?:[T ]*(?P<hour>\d{1,2})[:时点](?P<minute>\d{1,2})?分?(?::?(?P<second>\d{1,2})(?:[.,]\d+)?秒?)?)?"
    r" *(?P<zone>Z|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
EARLIEST_YEAR, LATEST_YEAR = 1980, 2199
"""Outside these a year is a slip of the pen; the calendar's arithmetic stays far from the ends of time."""

EXAMPLE = "2026-11-23 14:30"


def moment_written(text: str, field: str) -> datetime:
    """Return the moment that `text` says, aware; without a zone it is China's time, without an hour midnight.

    Raises BadInput, naming `field`: not a time, a date that does not exist, a year far out.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    found = _WRITTEN.fullmatch(plain)
    if found is None:
        raise BadInput(f"{field}“{plain[:40]}”看不懂，请写成 {EXAMPLE}", field)
    if not EARLIEST_YEAR <= int(found["year"]) <= LATEST_YEAR:
        raise BadInput(f"{field}“{plain}”的年份不在 {EARLIEST_YEAR} 至 {LATEST_YEAR} 之间", field)
    names = ("year", "month", "day", "hour", "minute", "second")
    try:
        return datetime(*(int(found[name] or 0) for name in names), tzinfo=_zone(found["zone"]))  # type: ignore[misc,arg-type]
    except ValueError:
        raise BadInput(f"{field}“{plain}”不是存在的日期或时间，请核对", field) from None


def _zone(text: str | None) -> timezone:
    if text is None:
        return CHINA
    if text in "Zz":
        return timezone(timedelta())
    hours, minutes = int(text[1:3]), int(text[-2:])
    return timezone((-1 if text[0] == "-" else 1) * timedelta(hours=hours, minutes=minutes))
