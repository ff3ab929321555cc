"""事发时间 as people say it: 前晚, 昨天夜里两点, 上礼拜三下午, 半个钟头前; the words are kept, a moment is proposed (P16)."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from desk.rules.calendar import CHINA, WEEKDAYS, local
from desk.rules.lunar import lunar
from desk.rules.spoken_days import day_said, number

LONGEST = 100
_PARTS: tuple[tuple[str, int], ...] = (
    *(("凌晨", 0), ("清早", 6), ("清晨", 6), ("早晨", 6), ("一早", 6), ("大早", 6), ("早上", 7), ("上午", 8), ("上昼", 8)),
    *(("中午", 12), ("当昼", 12), ("下午", 14), ("下昼", 14), ("傍晚", 18), ("半夜", 23), ("深夜", 23), ("夜里", 22)),
    *(("夜间", 22), ("夜晚", 20), ("晚上", 19), ("晚间", 19), ("今早", 7), ("今晨", 6), ("晚", 19), ("夜", 22), ("早", 7)),
)  # fmt: skip
"""Parts of the day and the hour at which each begins."""

_AFTERNOON = ("下午", "下昼", "傍晚", "晚", "夜")
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2}|[一二两三四五六七八九十]{1,3})"
    r"(?::(?P<minute>\d{2})|[点时](?:钟|(?P<half>半)|(?P<quarter>[一三])刻|(?P<spoken>\d{1,2}|[一二三四五十]{1,3}[五十]?)分?)?)"
    r"(?![间候])"
)
_AGO = re.compile(
    r"(?P<count>\d{1,3}|半|[一二两三四五六七八九十个]{1,3})(?:来|多|把)?个?(?P<half>半)?(?P<unit>小时|钟头|分钟|刻钟)(?:之前|以前|前)"
)
_JUST_NOW = re.compile("刚才|刚刚|方才|现在|目前|正在|此刻")
_OTHER_DAY = re.compile("[年月号圩墟周]|星期|礼拜|[天日]前")
"""Words that speak of a day: where none was understood, an hour alone must not make it today."""

_MINUTES = {"小时": 60, "钟头": 60, "刻钟": 15, "分钟": 1}


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of the time: `at` (aware, China's time), and whether an hour was named or only a part of the day."""

    at: datetime
    part: str
    has_hour: bool

    @property
    def words(self) -> str:
        """`2026-11-24 周二 晚上 农历十月十六`, or with the hour that was named."""
        _year, month, day = lunar(self.at.date())
        leap = "闰" if month < 0 else ""
        hour = f"{self.at:%H:%M}" if self.has_hour else self.part
        solar = f"{self.at:%Y-%m-%d} 周{WEEKDAYS[self.at.weekday()]} {hour}".rstrip()
        return f"{solar} 农历{leap}{_month_word(abs(month))}月{_day_word(day)}"


def moment_said(words: str, now: datetime, market_digits: Iterable[int] = ()) -> Said | None:
    """Return the moment that `words` propose, None when they say none that the desk understands.

    `now` is aware. Without a day it is today, or yesterday for an hour that is still to come. The small hours of a night
    belong to the next date: 昨天夜里两点 is today, 昨天凌晨两点 yesterday. Only the first 100 characters are read.
    """
    plain = "".join(unicodedata.normalize("NFKC", words[:LONGEST]).split())
    here = local(now).replace(second=0, microsecond=0)
    ago = _AGO.search(plain)
    if ago:
        return Said(here - _span(ago), "", has_hour=True)
    day = day_said(plain, here.date(), market_digits)
    if day is None and _OTHER_DAY.search(plain):
        return None
    part = next(((word, hour) for word, hour in _PARTS if word in plain), ("", 0))
    hour = _hour(plain, part[0])
    if hour is None and day is None and not part[0]:
        return Said(here, "", has_hour=True) if _JUST_NOW.search(plain) else None
    return _moment(day, part, hour, here)


def _moment(day: date | None, part: tuple[str, int], hour: tuple[int, int] | None, here: datetime) -> Said:
    word, begins = part
    hours, minutes = hour or (begins, 0)
    at = datetime.combine(day or here.date(), time(tzinfo=CHINA)) + timedelta(hours=hours, minutes=minutes)
    if hours >= 24 and at > here:
        # The small hours of a night that has not come yet are those of the night before.
        at -= timedelta(days=1)
    if day is None and at > here:
        at -= timedelta(days=1)
    return Said(at, _part_word(word), has_hour=hour is not None)


def _hour(plain: str, part: str) -> tuple[int, int] | None:
    """Hours after the midnight at which the day begins (26 is two o'clock of the night), and minutes."""
    found = _CLOCK.search(plain)
    if found is None:
        return None
    hour, minute = number(found["hour"]), _minute(found)
    if hour > 24 or minute > 59:
        return None
    is_night = "晚" in part or "夜" in part
    if is_night and (hour <= 5 or hour == 12):
        return (24 if hour == 12 else 24 + hour), minute
    if hour < 12 and any(word in part for word in _AFTERNOON):
        return hour + 12, minute
    return (13 if part in ("中午", "当昼") and hour == 1 else hour), minute


def _minute(found: re.Match[str]) -> int:
    if found["half"]:
        return 30
    if found["quarter"]:
        return 15 * number(found["quarter"])
    return number(found["minute"] or found["spoken"] or "0")


def _span(ago: re.Match[str]) -> timedelta:
    unit = _MINUTES[ago["unit"]]
    count = 0.5 if ago["count"] == "半" else float(number(ago["count"].replace("个", "")) or 1)
    return timedelta(minutes=unit * (count + (0.5 if ago["half"] else 0)))


def _part_word(word: str) -> str:
    return {"晚": "晚上", "夜": "夜里", "早": "早上", "今早": "早上", "今晨": "早晨"}.get(word, word)


def _month_word(month: int) -> str:
    return "正二三四五六七八九十冬腊"[month - 1]


def _day_word(day: int) -> str:
    ones = "十一二三四五六七八九"[day % 10]
    if day <= 10:
        return f"初{ones}"
    return {20: "二十", 30: "三十"}.get(day) or f"{'十廿'[day // 10 - 1]}{ones}"
