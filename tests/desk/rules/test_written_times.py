"""Times as people and other systems write them."""

from datetime import UTC, datetime, time, timedelta

import pytest

from desk.errors import BadInput
from desk.rules.calendar import CHINA
from desk.rules.written_times import deadline_written, moment_written


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2026-11-23 14:30", datetime(2026, 11, 23, 14, 30, tzinfo=CHINA)),
        ("2026-11-23T14:30:05", datetime(2026, 11, 23, 14, 30, 5, tzinfo=CHINA)),
        ("2026-11-23T14:30:05.250Z", datetime(2026, 11, 23, 14, 30, 5, tzinfo=UTC)),
        ("2026-11-23T14:30+0900", datetime(2026, 11, 23, 5, 30, tzinfo=UTC)),
        ("2026-11-23T14:30-03:30", datetime(2026, 11, 23, 18, 0, tzinfo=UTC)),
        ("2026/1/8", datetime(2026, 1, 8, tzinfo=CHINA)),
        ("2026.1.8 9:05", datetime(2026, 1, 8, 9, 5, tzinfo=CHINA)),
        ("2026年1月8日 9时5分", datetime(2026, 1, 8, 9, 5, tzinfo=CHINA)),
        ("2026年1月8日9时", datetime(2026, 1, 8, 9, tzinfo=CHINA)),
        ("２０２６－１１－２３　１４：３０", datetime(2026, 11, 23, 14, 30, tzinfo=CHINA)),
        (" 2024-02-29 ", datetime(2024, 2, 29, tzinfo=CHINA)),
        ("20261123", datetime(2026, 11, 23, tzinfo=CHINA)),
        ("20261123 1430", datetime(2026, 11, 23, 14, 30, tzinfo=CHINA)),
        ("20261123143005", datetime(2026, 11, 23, 14, 30, 5, tzinfo=CHINA)),
        ("2026年11月23日下午3点半", datetime(2026, 11, 23, 15, 30, tzinfo=CHINA)),
        ("2026年11月23日（星期一）上午8:30", datetime(2026, 11, 23, 8, 30, tzinfo=CHINA)),
        ("2026年11月23号 中午12点", datetime(2026, 11, 23, 12, tzinfo=CHINA)),
        ("2026-11-23 中午1点", datetime(2026, 11, 23, 13, tzinfo=CHINA)),
        ("2026-11-23 晚上12点", datetime(2026, 11, 24, tzinfo=CHINA)),
        ("2026-11-23 夜里11点", datetime(2026, 11, 23, 23, tzinfo=CHINA)),
        ("2026-11-23 夜里1点", datetime(2026, 11, 23, 1, tzinfo=CHINA)),
        ("2026/11/23 8:05 PM", datetime(2026, 11, 23, 20, 5, tzinfo=CHINA)),
        ("2026/11/23 12:05 am", datetime(2026, 11, 23, 0, 5, tzinfo=CHINA)),
        ("2026-11-23 24:00", datetime(2026, 11, 24, tzinfo=CHINA)),
        ("46349.6041666667", datetime(2026, 11, 23, 14, 30, tzinfo=CHINA)),
    ],
)
def test_a_written_time_is_one_moment(text: str, wanted: datetime) -> None:
    moment = moment_written(text, "时间")
    assert moment == wanted
    assert moment.utcoffset() is not None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026-02-29", "不是存在的日期或时间"),
        ("2026-11-31 10:00", "不是存在的日期或时间"),
        ("2026-11-23 24:01", "不是存在的日期或时间"),
        ("20261323", "不是存在的日期或时间"),
        ("12345", "年份不在 1980 至 2199 之间"),
        ("2026-11-23T10:00+99:00", "不是存在的日期或时间"),
        ("0001-01-01", "年份不在 1980 至 2199 之间"),
        ("9999-12-31", "年份不在 1980 至 2199 之间"),
        ("昨天", "看不懂"),
        ("", "看不懂"),
        ("2026112", "看不懂"),
        ("2026-11-23 143", "看不懂"),
        ("2026-11-23 14:30 左右", "看不懂"),
    ],
)
def test_what_is_no_time_is_named_with_its_field(text: str, words: str) -> None:
    with pytest.raises(BadInput, match=words) as caught:
        moment_written(text, "时间")
    assert caught.value.field == "时间"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2026年11月30日", datetime(2026, 11, 30, 18, tzinfo=CHINA)),
        ("2026-11-30 0:00", datetime(2026, 11, 30, tzinfo=CHINA)),
        ("2026-11-30 24:00", datetime(2026, 12, 1, tzinfo=CHINA)),
    ],
)
def test_a_limit_that_names_no_hour_ends_when_business_ends(text: str, wanted: datetime) -> None:
    assert deadline_written(text, "时限", time(18)) == wanted


def test_without_a_zone_it_is_the_time_of_china() -> None:
    assert moment_written("2026-11-23 08:00", "时间").utcoffset() == timedelta(hours=8)
