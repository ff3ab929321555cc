"""Times as people and other systems write them: `2026-11-23 14:30`, `2026年1月8日下午3点半`, `20260108 1430`."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta, timezone

from desk.errors import BadInput
from desk.rules.calendar import CHINA, local

_DATE = (
    r"(?P<year>\d{4})(?:[-/.年] ?(?P<month>\d{1,2}) ?[-/.月] ?(?P<day>\d{1,2})[日号]?"
    r"|(?P<plain_month>\d{2})(?P<plain_day>\d{2}))"
)
_PART = "凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|AM|PM"
_CLOCK = (
    r"(?P<hour>\d{1,2})(?:[:时点] ?(?:(?P<minute>\d{1,2})|(?P<half>半))?分?"
    r"(?::?(?P<second>\d{1,2})(?:[.,]\d+)?秒?)?)|(?P<plain_hour>\d{2})(?P<plain_minute>\d{2})(?P<plain_second>\d{2})?"
)
_WRITTEN = re.compile(
    rf"{_DATE}(?:[T ,]*(?P<part>{_PART})? ?(?:{_CLOCK}) ?(?P<after>AM|PM)?)? *(?P<zone>Z|[+-]\d{{2}}:?\d{{2}})?",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r" ?\(?(?:星期|周|礼拜)[一二三四五六日天]\)?")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_SERIAL_DAY_0 = datetime(1899, 12, 30, tzinfo=CHINA)
EARLIEST_YEAR, LATEST_YEAR = 1980, 2199
"""Outside these a year is a slip of the pen; the calendar's arithmetic stays far from the ends of time."""

_FIRST_YEAR = 1900
"""Days of law and of birth are older than anything that the desk times: 户口登记条例 is of 1958."""

EXAMPLE = "2026-11-23 14:30"
_AFTERNOON = frozenset(("下午", "傍晚", "晚上", "pm"))
_NOON, _NIGHT_ENDS = 12, 6


def moment_written(text: str, field: str) -> datetime:
    """Return the moment that `text` says, aware; without a zone it is China's time, without an hour midnight.

    Raises BadInput, naming `field`: not a time, a date that does not exist, a year far out.
    """
    return _moment(text, field, time())


def day_written(text: str, field: str) -> date:
    """Return the day that `text` says, as `moment_written` does; a day may lie as far back as 1900."""
    return local(_moment(text, field, time(), _FIRST_YEAR)).date()


def deadline_written(text: str, field: str, closes: time) -> datetime:
    """Return the moment that `text` says, as `moment_written`; a day without an hour ends when business `closes`."""
    return _moment(text, field, closes)


def _moment(text: str, field: str, without_hour: time, earliest: int = EARLIEST_YEAR) -> datetime:
    plain = _WEEKDAY.sub("", unicodedata.normalize("NFKC", text)).strip()
    if _SERIAL.fullmatch(plain):
        return _of_serial(plain, field, earliest)
    found = _WRITTEN.fullmatch(plain)
    if found is None:
        raise BadInput(f"{field}“{plain[:40]}”看不懂，请写成 {EXAMPLE}", field)
    _check_year(int(found["year"]), plain, field, earliest)
    try:
        day = datetime(
            int(found["year"]),
            int(found["month"] or found["plain_month"]),
            int(found["day"] or found["plain_day"]),
            tzinfo=_zone(found["zone"]),
        )
        return day + _clock(found, without_hour)
    except ValueError:
        raise BadInput(f"{field}“{plain}”不是存在的日期或时间，请核对", field) from None


def _check_year(year: int, plain: str, field: str, earliest: int) -> None:
    if not earliest <= year <= LATEST_YEAR:
        raise BadInput(f"{field}“{plain}”的年份不在 {earliest} 至 {LATEST_YEAR} 之间", field)


def _of_serial(plain: str, field: str, earliest: int) -> datetime:
    """The day number of a spreadsheet whose cell lost its format: 46346.5 is noon of 2026-11-20."""
    at = _SERIAL_DAY_0 + timedelta(seconds=round(float(plain) * 86_400))
    _check_year(local(at).year, plain, field, earliest)
    return at


def _clock(found: re.Match[str], without_hour: time) -> timedelta:
    """The time since midnight. Raises ValueError for one that no clock shows."""
    if found["hour"] is None and found["plain_hour"] is None:
        return timedelta(hours=without_hour.hour, minutes=without_hour.minute)
    hour = int(found["hour"] or found["plain_hour"])
    minute = 30 if found["half"] else int(found["minute"] or found["plain_minute"] or 0)
    second = int(found["second"] or found["plain_second"] or 0)
    hour = _hour_of_day(hour, (found["part"] or found["after"] or "").lower())
    if (hour, minute, second) != (24, 0, 0):
        time(hour, minute, second)
    return timedelta(hours=hour, minutes=minute, seconds=second)


def _hour_of_day(hour: int, part: str) -> int:
    if part == "pm" and hour == _NOON:
        return hour
    if part in ("am", "凌晨") and hour == _NOON:
        return 0
    if part in _AFTERNOON and hour <= _NOON:
        return hour + _NOON if hour < _NOON or part == "晚上" else hour
    if part == "中午" and hour < _NIGHT_ENDS:
        return hour + _NOON
    if part == "夜里" and _NIGHT_ENDS <= hour <= _NOON:
        return hour + _NOON
    return hour


def _zone(text: str | None) -> timezone:
    if text is None:
        return CHINA
    if text in "Zz":
        return timezone(timedelta())
    hours, minutes = int(text[1:3]), int(text[-2:])
    return timezone((-1 if text[0] == "-" else 1) * timedelta(hours=hours, minutes=minutes))
