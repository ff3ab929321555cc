"""Times as people and other systems write them."""

from datetime import UTC, datetime, timedelta

import pytest

from desk.errors import BadInput
from desk.rules.calendar import CHINA
from desk.rules.written_times import moment_written


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
        ("2026-11-23 24:00", "不是存在的日期或时间"),
        ("2026-11-23T10:00+99:00", "不是存在的日期或时间"),
        ("0001-01-01", "年份不在 1980 至 2199 之间"),
        ("9999-12-31", "年份不在 1980 至 2199 之间"),
        ("昨天", "看不懂"),
        ("", "看不懂"),
        ("20261123", "看不懂"),
        ("2026-11-23 14:30 左右", "看不懂"),
    ],
)
def test_what_is_no_time_is_named_with_its_field(text: str, words: str) -> None:
    with pytest.raises(BadInput, match=words) as caught:
        moment_written(text, "时间")
    assert caught.value.field == "时间"


def test_without_a_zone_it_is_the_time_of_china() -> None:
    assert moment_written("2026-11-23 08:00", "时间").utcoffset() == timedelta(hours=8)
