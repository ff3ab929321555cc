"""Days and hours as callers say them, on a Thursday morning in November."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules import lunar
from desk.rules.calendar import CHINA
from desk.rules.spoken_days import number
from desk.rules.spoken_times import moment_said

NOW = datetime(2026, 11, 26, 10, 15, tzinfo=CHINA)
"""A Thursday, 农历十月十八."""


@pytest.mark.parametrize(
    ("words", "at"),
    [
        *(("前晚", "11-24 19:00"), ("前天", "11-24 00:00"), ("大前天上午", "11-23 08:00"), ("昨日", "11-25 00:00")),
        *(("昨天夜里两点", "11-26 02:00"), ("昨天凌晨两点", "11-25 02:00"), ("昨晚12点", "11-26 00:00")),
        *(("昨晚十一点半", "11-25 23:30"), ("夜里两点", "11-26 02:00"), ("今早7:40", "11-26 07:40")),
        *(("今晚八点", "11-26 20:00"), ("晚上八点", "11-25 20:00"), ("中午1点", "11-25 13:00"), ("早上", "11-26 07:00")),
        *(("上礼拜三下午", "11-18 14:00"), ("上星期天", "11-22 00:00"), ("上上周五", "11-13 00:00")),
        *(("周三下午三点", "11-25 15:00"), ("星期五", "11-20 00:00"), ("这周一", "11-23 00:00"), ("周末", "11-21 00:00")),
        *(("三天前", "11-23 00:00"), ("半个月前", "11-11 00:00"), ("两个多星期以前", "11-12 00:00")),
        *(("半小时前", "11-26 09:45"), ("一个半小时前", "11-26 08:45"), ("个把钟头前", "11-26 09:15"), ("刚才", "11-26 10:15")),
        *(("十分钟前", "11-26 10:05"), ("三刻钟前", "11-26 09:30")),
        *(("11月3日", "11-03 00:00"), ("11月3号晚上九点", "11-03 21:00"), ("三月五号", "03-05 00:00"), ("3号", "11-03 00:00")),
        *(("30号", "10-30 00:00"), ("上个月3号", "10-03 00:00"), ("2026年11月3日14:30", "11-03 14:30"), ("11.3", "11-03 00:00")),
        *(("前晚，就是11月23日", "11-23 19:00"), ("国庆", "10-01 00:00"), ("五一那天", "05-01 00:00")),
        *(("腊月廿三", "02-10 00:00"), ("正月初三", "02-19 00:00"), ("中秋晚上", "09-25 19:00"), ("端午", "06-19 00:00")),
        *(("农历九月初九", "10-18 00:00"), ("初三", "11-11 00:00"), ("廿三", "11-01 00:00"), ("大年三十", "02-16 00:00")),
        *(("上个圩日", "11-25 00:00"), ("上上个圩日", "11-22 00:00"), ("上个圩日上午十点", "11-25 10:00")),
    ],
)  # fmt: skip
def test_a_moment_is_proposed(words: str, at: str) -> None:
    said = moment_said(words, NOW, (1, 4, 7))
    assert said is not None
    assert f"{said.at:%m-%d %H:%M}" == at
    assert said.at.year == 2026


@pytest.mark.parametrize(
    ("words", "day"),
    [("去年腊月廿三", date(2025, 1, 22)), ("去年5月1日", date(2025, 5, 1)), ("12月25日", date(2025, 12, 25))],
)
def test_another_year_is_meant(words: str, day: date) -> None:
    said = moment_said(words, NOW)
    assert said is not None
    # 去年腊月 is the last month of the lunar year before this one.
    assert said.at.date() in (day, date(2026, 2, 10))


def test_last_years_last_month_is_that_of_the_lunar_year_before() -> None:
    said = moment_said("去年腊月廿三", NOW)
    assert said is not None
    assert said.at.date() == date(2026, 2, 10)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "不详",
        "记不清",
        "上个圩日",
        "上个圩日夜里两点",
        "去年夏天晚上八点",
        "一直",
        "3号楼",
        "13月45日",
        "二十五点",
        "2月30日",
        "经常",
        "十月四十",
        "\0",
        "99999999",
    ],
)
def test_what_says_no_time_proposes_none(words: str) -> None:
    assert moment_said(words, NOW) is None


def test_it_is_said_back_with_weekday_and_lunar_day() -> None:
    evening, hour = moment_said("前晚", NOW), moment_said("昨天夜里两点", NOW)
    assert evening is not None
    assert evening.words == "2026-11-24 周二 晚上 农历十月十六"
    assert hour is not None
    assert hour.words == "2026-11-26 周四 02:00 农历十月十八"


@pytest.mark.parametrize(
    ("words", "value"), [("廿三", 23), ("初十", 10), ("卅", 30), ("十二", 12), ("两", 2), ("七", 7)]
)
def test_numbers_of_the_villages(words: str, value: int) -> None:
    assert number(words) == value


def test_new_years_eve_is_the_last_day_of_a_short_month() -> None:
    assert lunar.solar(2025, 12, 30) == date(2026, 2, 16)
    assert lunar.solar(2026, 13, 1) is None
    assert lunar.solar(9999, 1, 1) is None


def test_a_market_day_needs_its_digits() -> None:
    assert lunar.market_day(NOW.date(), frozenset(), 1) is None
    assert lunar.market_day(date(2026, 11, 25), frozenset({1, 4, 7}), 0) == date(2026, 11, 25)


@pytest.mark.parametrize("day", [NOW + timedelta(days=each) for each in range(0, 400, 7)])
def test_days_and_back_agree(day: datetime) -> None:
    year, month, number_of_day = lunar.lunar(day.date())
    if month > 0:
        assert lunar.solar(year, month, number_of_day) == day.date()


_PIECES = [
    *("上", "个", "前", "昨", "晚", "夜里", "月", "日", "号", "初", "廿", "三", "十", "腊", "圩日", "礼拜", "天", "点", "半", "999", "0"),
    *("年", "2026", "-", "13", ":", "99", "小时", "闰", "²", "①", "[/b]", "\x1b", "９", "周", "末"),
]  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=12).map("".join) | st.text(max_size=150))
def test_no_words_break_it_and_none_leave_the_calendar(words: str) -> None:
    said = moment_said(words, NOW.astimezone(UTC), (2, 5, 8))
    if said is not None:
        assert said.at.tzinfo is not None
        assert 1900 <= said.at.year <= 9999
