"""Stages of pressure: when each is reached, across weekends, 调休 and 国庆; what a setting must look like."""

from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.codes import PressureLevel, RequestKind
from desk.rules import press_stages
from desk.rules.limits import Limits
from desk.rules.press_stages import DEFAULTS, LEVELS, flaw_of, reached, reached_at, stages_from
from tests.desk.rules.days import YEAR_2026, at

LIMITS = Limits()
STAGES = stages_from(DEFAULTS)
BY_CODE = {stage.code: stage for stage in STAGES}


def moments(due: str, *, by_hours: bool = False) -> list[str]:
    """When each stage is reached for a limit, on China's clocks."""
    found = (reached_at(stage, at(due), LIMITS, YEAR_2026, by_hours=by_hours) for stage in STAGES)
    return [f"{each.astimezone(at(due).tzinfo):%m-%d %H:%M}" for each in found]


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        # Wednesday 14 October: a Saturday and a Sunday lie before the fifth working day.
        (
            "2026-10-14 18:00",
            ["10-14 12:00", "10-14 18:00", "10-15 18:00", "10-19 18:00", "10-21 18:00"],
        ),
        # The day before 国庆: the next working days are 10-08, 10-09 and Saturday 10-10, which works.
        (
            "2026-09-30 18:00",
            ["09-30 12:00", "09-30 18:00", "10-08 18:00", "10-10 18:00", "10-13 18:00"],
        ),
        # A makeup Sunday counts, too, and 中秋 does not.
        (
            "2026-09-18 18:00",
            ["09-18 12:00", "09-18 18:00", "09-20 18:00", "09-22 18:00", "09-24 18:00"],
        ),
        # A limit that an extension put on a morning: half a day before lies on the last working day before it.
        ("2026-10-08 10:00", ["09-30 16:00", "10-08 10:00", "10-09 18:00", "10-12 18:00", "10-14 18:00"]),
    ],
)
def test_stages_count_working_days(due: str, expected: list[str]) -> None:
    assert moments(due) == expected


def test_stages_of_urgent_orders_count_hours_through_the_holidays() -> None:
    assert moments("2026-10-01 22:00", by_hours=True) == [
        "10-01 20:00",
        "10-01 22:00",
        "10-02 00:00",
        "10-02 04:00",
        "10-02 10:00",
    ]


def stage_at(due: str, now: str, sent: str = "2026-09-01 09:00", *, by_hours: bool = False) -> str | None:
    found = reached(STAGES, at(due), at(sent), at(now), LIMITS, YEAR_2026, by_hours=by_hours)
    return found.code if found else None


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-09-30 11:59", None),
        ("2026-09-30 12:00", "before"),
        ("2026-09-30 18:00", "at"),
        ("2026-10-07 23:59", "at"),
        ("2026-10-08 17:59", "at"),
        ("2026-10-08 18:00", "after_1"),
        ("2026-10-10 18:00", "after_3"),
        ("2026-12-31 09:00", "after_5"),
    ],
)
def test_only_the_last_stage_that_is_reached_counts(now: str, expected: str | None) -> None:
    assert stage_at("2026-09-30 18:00", now) == expected


def test_a_stage_that_lies_before_the_unit_had_the_order_is_none() -> None:
    assert stage_at("2026-09-30 09:30", "2026-09-30 09:10", "2026-09-30 09:00", by_hours=True) is None
    assert stage_at("2026-09-30 09:30", "2026-09-30 09:30", "2026-09-30 09:00", by_hours=True) == "at"


_NOWS = st.datetimes(datetime(2026, 9, 10), datetime(2026, 11, 20))


@given(now=_NOWS, minutes=st.integers(-40 * 24 * 60, 10 * 24 * 60), by_hours=st.booleans())
def test_a_search_by_the_latest_limit_misses_no_order(now: datetime, minutes: int, *, by_hours: bool) -> None:
    """Whatever has reached a stage has a limit no later than the bound; past the limit the bound is exact."""
    moment = now.replace(tzinfo=at("2026-09-10 00:00").tzinfo)
    due = moment + timedelta(minutes=minutes)
    for stage in STAGES:
        bound = press_stages.latest_due(stage, moment, LIMITS, YEAR_2026, by_hours=by_hours)
        is_reached = reached_at(stage, due, LIMITS, YEAR_2026, by_hours=by_hours) <= moment
        if is_reached or stage.days >= 0:
            assert (due <= bound) is is_reached, (stage.code, due, bound)


@given(due=st.datetimes(datetime(2026, 9, 10), datetime(2026, 12, 1)), by_hours=st.booleans())
def test_stages_come_one_after_the_other(due: datetime, *, by_hours: bool) -> None:
    moment = due.replace(tzinfo=at("2026-09-10 00:00").tzinfo)
    found = [reached_at(stage, moment, LIMITS, YEAR_2026, by_hours=by_hours) for stage in STAGES]
    assert found == sorted(found)


def test_the_words_say_how_long_and_until_when() -> None:
    due = at("2026-09-30 18:00")
    assert BY_CODE["before"].said(due, by_hours=False).startswith("距单位时限（09-30 18:00）不足 半个工作日")
    assert BY_CODE["after_3"].said(due, by_hours=False).startswith("已超期 3 个工作日（时限 09-30 18:00）")
    assert BY_CODE["after_3"].said(due, by_hours=True).startswith("已超期 6 小时（时限 09-30 18:00）")


def test_levels_rise_by_one_up_to_the_highest() -> None:
    assert [press_stages.level_above(level) for level in LEVELS] == [*LEVELS[1:], LEVELS[-1]]
    assert press_stages.higher(None, PressureLevel.LEADER) is PressureLevel.LEADER
    assert press_stages.higher("head", PressureLevel.LEADER) is PressureLevel.HEAD
    assert press_stages.is_lower(None, "handler")
    assert not press_stages.is_lower("leader", "leader")


def changed(place: int = 0, **values: Any) -> list[dict[str, Any]]:
    found = [dict(each) for each in deepcopy(DEFAULTS)]
    found[place] |= values
    return found


@pytest.mark.parametrize(
    ("value", "flaw"),
    [
        ("before", "须为列表"),
        ([*DEFAULTS] * 3, "最多 12 档"),
        (["before"], "第 1 档须写成"),
        ([{"stage": "at"}], "第 1 档须有且只有"),
        (changed(stage="太早"), "stage 须为小写英文"),
        (changed(stage=""), "stage 须为小写英文"),
        (changed(1, stage="before"), "名称 before 重复"),
        (changed(words=" "), "words 不能为空"),
        (changed(words="快" * 201), "最长 200 字"),
        (changed(kind="return"), "kind 须为"),
        (changed(level="mayor"), "level 须为 handler"),
        (changed(days="-1"), "days、hours 须为数"),
        (changed(days=True), "days、hours 须为数"),
        (changed(days=-61), "days、hours 须为数"),
        (changed(hours=2), "同在时限前"),
        (changed(2, days=1.5), "须为整数个工作日"),
        (changed(answer_days=0), "answer_days 须为"),
        (changed(answer_days=0.5), "answer_days 须为"),
        (changed(answer_hours=0), "answer_hours 须大于 0"),
        (changed(2, days=9, hours=9), "由早到晚"),
    ],
)
def test_a_setting_that_would_not_work_is_refused(value: Any, flaw: str) -> None:
    assert flaw in flaw_of(value)


def test_the_stages_of_a_new_desk_and_none_at_all_are_right() -> None:
    assert flaw_of([dict(each) for each in DEFAULTS]) == ""
    assert flaw_of([]) == ""
    assert [(stage.code, stage.kind, stage.level) for stage in STAGES] == [
        ("before", RequestKind.REMINDER, PressureLevel.HANDLER),
        ("at", RequestKind.REMINDER, PressureLevel.HANDLER),
        ("after_1", RequestKind.SUPERVISION, PressureLevel.UNIT_HEAD),
        ("after_3", RequestKind.SUPERVISION, PressureLevel.LEADER),
        ("after_5", RequestKind.SUPERVISION, PressureLevel.HEAD),
    ]
