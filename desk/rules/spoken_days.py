"""Days as people say them: 前天, 上礼拜三, 腊月廿三, 上个圩日, 三月五号; a date is proposed, the words are kept (practice P16)."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date, timedelta

from desk.rules import lunar

Find = Callable[[re.Match[str], date], date | None]

_HANZI_DIGITS = {digit: at for at, digit in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_N = r"(?:\d{1,3}|[一二两三四五六七八九十廿卅]{1,3})"
_LUNAR_MONTH = r"(?P<month>正|冬|腊|十[一二]?|[一二三四五六七八九])月"
_LUNAR_DAY = r"(?P<day>初[一二三四五六七八九十]|[一二三]十[一二三四五六七八九]?|十[一二三四五六七八九]?|廿[一二三四五六七八九]?|卅)"
_YEAR = r"(?P<year>大前年|前年|去年|旧年|上年|今年|\d{4}年)?的?"
_YEARS_BACK = {"大前年": 3, "前年": 2, "去年": 1, "旧年": 1, "上年": 1, "今年": 0}
_MONTHS = {"正": 1, "冬": 11, "腊": 12}
_FEASTS = {
    **{"大年初一": (1, 1), "年初一": (1, 1), "春节": (1, 1), "元宵": (1, 15), "端午": (5, 5), "七月半": (7, 15)},
    **{"中元": (7, 15), "中秋": (8, 15), "八月半": (8, 15), "重阳": (9, 9), "小年": (12, 24), "除夕": (12, 30)},
    **{"大年三十": (12, 30), "年三十": (12, 30), "三十夜晚": (12, 30)},
}  # fmt: skip
_SOLAR_FEASTS = {"元旦": (1, 1), "五一": (5, 1), "国庆": (10, 1), "十一放假": (10, 1)}
_DAYS_BACK = {
    **{"大大前": 4, "大前": 3, "前": 2, "昨": 1, "今": 0, "明": -1, "后": -2, "当": 0},
}
_WEEKDAYS = {word: at for at, word in enumerate("一二三四五六日")} | {"天": 6, "末": 5}


def number(words: str) -> int:
    """Return what a number of up to three digits or hanzi says (`廿三` 23, `初五` 5, `两` 2); 0 for none."""
    if words.isdecimal() and words.isascii():
        return int(words[:3])
    plain = words.removeprefix("初").replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = plain.rpartition("十")
    value = _HANZI_DIGITS.get(ones, 0) if len(ones) <= 1 else 0
    return (_HANZI_DIGITS.get(tens, 0) or 1) * 10 + value if ten else value


def day_said(words: str, today: date, market_digits: Iterable[int] = ()) -> date | None:
    """Return the day that `words` (narrow, without blanks) name, None when they name none.

    A written date goes before any other words, so that one can be put behind them to correct them. Without a year, the
    last such day that is over or is today. `market_digits` are the last digits of the lunar days that are 圩日.
    """
    digits = frozenset(market_digits)
    for pattern, find in (*_RULES, (_MARKET, lambda match, now: _market(match, now, digits))):
        for match in pattern.finditer(words):
            with suppress(ValueError, OverflowError):
                found = find(match, today)
                if found is not None:
                    return found
    return None


def _written(match: re.Match[str], _: date) -> date:
    return date(int(match["year"]), int(match["month"]), int(match["day"]))


def _month_and_day(match: re.Match[str], today: date) -> date | None:
    year, month, day = _year(match, today), number(match["month"]), number(match["day"])
    return _last(today, year, lambda each: date(each, month, day))


def _day_of_month(match: re.Match[str], today: date) -> date | None:
    """`3号`, `上个月3号`: of this month, unless that is still to come."""
    day = number(match["day"])
    back = len(match["back"] or "")
    for month in _months_before(today, back):
        with suppress(ValueError):
            found = month.replace(day=day)
            if back or found <= today:
                return found
    return None


def _months_before(today: date, back: int) -> Iterator[date]:
    for months in range(back, back + 3):
        years, month = divmod(today.year * 12 + today.month - 1 - months, 12)
        yield date(years, month + 1, 1)


def _lunar(match: re.Match[str], today: date) -> date | None:
    said = match["month"]
    month, day = _MONTHS.get(said) or number(said), number(match["day"])
    return _last_lunar(today, _lunar_year(match, today), month, day)


def _lunar_day(match: re.Match[str], today: date) -> date | None:
    """`初三`, `上个月廿三`: of this lunar month, unless that is still to come."""
    day, back = number(match["day"]), len(match["back"] or "")
    at = today
    for months in range(back + 2):
        year, month, _ = lunar.lunar(at)
        found = lunar.solar(year, abs(month), day)
        if months >= back and found is not None and found <= today:
            return found
        at -= timedelta(days=lunar.lunar(at)[2])
    return None


def _feast(match: re.Match[str], today: date) -> date | None:
    return _last_lunar(today, _lunar_year(match, today), *_FEASTS[match["feast"]])


def _solar_feast(match: re.Match[str], today: date) -> date | None:
    month, day = _SOLAR_FEASTS[match["feast"]]
    return _last(today, _year(match, today), lambda year: date(year, month, day))


def _days_back(match: re.Match[str], today: date) -> date:
    return today - timedelta(days=_DAYS_BACK[match["day"]])


def _ago(match: re.Match[str], today: date) -> date:
    """`三天前`, `半个月前`, `两个多星期以前`."""
    unit = match["unit"]
    days = 1 if unit in ("天", "日") else 7 if unit in ("周", "星期", "礼拜") else 30
    count = 0.5 if match["count"] == "半" else number(match["count"])
    return today - timedelta(days=round(days * count))


def _weekday(match: re.Match[str], today: date) -> date:
    said = match["back"] or ""
    weeks = said.count("上")
    monday = today - timedelta(days=today.weekday() + 7 * weeks)
    found = monday + timedelta(days=_WEEKDAYS[match["day"]])
    return found if found <= today or said else found - timedelta(days=7)


def _market(match: re.Match[str], today: date, digits: frozenset[int]) -> date | None:
    said = match["back"] or ""
    back = said.count("上") or (1 if "前" in said else 0)
    return lunar.market_day(today, digits, back)


def _year(match: re.Match[str], today: date) -> int | None:
    """The year that is said; None for none."""
    said = match["year"]
    if not said:
        return None
    return int(said[:4]) if said[0].isdecimal() else today.year - _YEARS_BACK[said]


def _lunar_year(match: re.Match[str], today: date) -> int | None:
    """As `_year`, in lunar years: 去年腊月 is said of the year before the last 春节."""
    said = match["year"]
    if not said:
        return None
    return int(said[:4]) if said[0].isdecimal() else lunar.lunar(today)[0] - _YEARS_BACK[said]


def _last(today: date, year: int | None, find: Callable[[int], date]) -> date | None:
    """The day of the year said, or of the last year in which it is over; a year without it (02-29) is passed over."""
    for each in [year] if year else range(today.year, today.year - 5, -1):
        with suppress(ValueError):
            found = find(each)
            if year or found <= today:
                return found
    return None


def _last_lunar(today: date, year: int | None, month: int, day: int) -> date | None:
    this_year = lunar.lunar(today)[0]
    for each in [year] if year else range(this_year, this_year - 3, -1):
        found = lunar.solar(each, month, day)
        if found is not None and (year or found <= today):
            return found
    return None


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_MARKET = re.compile("(?P<back>上上|上|前|这|今天)?一?个?(?:圩日|圩天|墟日|逢圩|赶圩|当圩)")
_RULES: tuple[tuple[re.Pattern[str], Find], ...] = (
    (re.compile(r"(?P<year>\d{4})[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})"), _written),
    (re.compile(rf"{_YEAR}(?P<month>{_N})月(?P<day>{_N})[日号]"), _month_and_day),
    (re.compile(rf"(?:农历|阴历|旧历)?{_YEAR}{_LUNAR_MONTH}{_LUNAR_DAY}(?![日号])"), _lunar),
    (re.compile(rf"{_YEAR}(?P<month>\d{{1,2}})[月.](?P<day>\d{{1,2}})(?!\d)"), _month_and_day),
    (re.compile(rf"{_YEAR}(?P<feast>{_any(_FEASTS)})"), _feast),
    (re.compile(rf"{_YEAR}(?P<feast>{_any(_SOLAR_FEASTS)})"), _solar_feast),
    (re.compile(rf"(?P<count>半|{_N})个?多?(?P<unit>天|日|周|星期|礼拜|月)(?:之前|以前|前)"), _ago),
    (re.compile(f"(?P<back>上上|上|这|本)?个?(?:周|星期|礼拜)(?P<day>[{''.join(_WEEKDAYS)}])"), _weekday),
    (re.compile(rf"(?<![月\d])(?:(?P<back>上+)个?月)?(?P<day>{_N})[日号](?!楼|院|店|线|桥|门)"), _day_of_month),
    (re.compile(r"(?:(?P<back>上+)个?月)?(?P<day>初[一二三四五六七八九十]|廿[一二三四五六七八九]?)"), _lunar_day),
    (re.compile(rf"(?P<day>{_any(_DAYS_BACK)})(?:天|日|晚|夜|早|晨|朝)"), _days_back),
)  # fmt: skip
