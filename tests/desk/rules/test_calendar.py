import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import pytest

from desk.rules.calendar import (
    FixedCalendar,
    StateCouncilCalendar,
    local,
    next_working_day,
    whole_ms,
    working_days_between,
)
from tests.desk.rules.days import YEAR_2026, is_announced

OFFICIAL = StateCouncilCalendar()


def test_the_package_agrees_with_the_notice_of_2026_on_every_day():
    for n in range(365):
        day = date(2026, 1, 1) + timedelta(days=n)
        assert OFFICIAL.is_working_day(day) == YEAR_2026.is_working_day(day), day
        assert OFFICIAL.name_of(day) == YEAR_2026.name_of(day), day
        assert not OFFICIAL.is_provisional(day)


@pytest.mark.parametrize(
    ("day", "works", "name"),
    [
        (date(2026, 10, 1), False, "国庆"),
        (date(2026, 10, 3), False, "国庆"),
        (date(2026, 10, 10), True, "周六补班"),
        (date(2026, 9, 20), True, "周日补班"),
        (date(2026, 10, 11), False, "周末"),
        (date(2026, 10, 12), True, "工作日"),
    ],
)
def test_days_have_their_names(day, works, name):
    assert OFFICIAL.is_working_day(day) is works
    assert OFFICIAL.name_of(day) == name


@pytest.mark.parametrize("last", range(5, 11))
def test_a_year_not_announced_has_its_statutory_holidays_and_their_substitutes(last):
    # 除夕 02-05 (Friday) to 初三 02-08, and 补假 for the Saturday and the Sunday among them.
    day = date(2027, 2, last)
    assert not OFFICIAL.is_working_day(day)
    assert OFFICIAL.name_of(day) == "春节"
    assert OFFICIAL.is_provisional(day) is not is_announced(2027)


def test_a_row_of_the_store_beats_both():
    day_off, makeup = date(2026, 11, 24), date(2030, 6, 8)
    calendar = StateCouncilCalendar({day_off: False, makeup: True})
    assert not calendar.is_working_day(day_off)
    assert calendar.name_of(day_off) == "本市放假"
    assert calendar.is_working_day(makeup)
    assert calendar.name_of(makeup) == "周六补班"
    assert not calendar.is_provisional(makeup)
    assert calendar.is_provisional(makeup + timedelta(days=3))


def test_a_year_whose_schedule_the_store_holds_is_no_longer_provisional():
    day = date(2040, 6, 1)
    assert StateCouncilCalendar().is_provisional(day)
    assert not StateCouncilCalendar(announced=(2040,)).is_provisional(day)


def test_the_version_names_the_package_and_changes_with_the_rows():
    plain, one = OFFICIAL.version, StateCouncilCalendar({date(2026, 3, 2): False}).version
    other = StateCouncilCalendar({date(2026, 3, 2): True}).version
    assert plain.startswith("chinesecalendar 1.")
    assert len({plain, one, other}) == 3
    assert StateCouncilCalendar({date(2026, 3, 2): True}).version == other


def test_without_any_working_day_the_search_ends():
    never = StateCouncilCalendar({date(2026, 1, 1) + timedelta(days=n): False for n in range(4000)})
    with pytest.raises(ValueError, match="no working day"):
        next_working_day(date(2026, 1, 1), never)


def test_working_days_between_leave_out_the_first_and_count_the_last():
    assert working_days_between(date(2026, 9, 30), date(2026, 10, 13), YEAR_2026) == 5
    assert working_days_between(date(2026, 10, 13), date(2026, 9, 30), YEAR_2026) == 0
    assert next_working_day(date(2026, 10, 12), YEAR_2026, step=-1) == date(2026, 10, 10)


def test_moments_need_a_zone_and_are_kept_in_whole_milliseconds():
    with pytest.raises(ValueError, match="time zone"):
        local(datetime(2026, 1, 1))
    assert whole_ms(datetime(2026, 1, 1, microsecond=999_999, tzinfo=UTC)).microsecond == 999_000


def test_the_fixed_calendar_knows_weekends():
    assert FixedCalendar().name_of(date(2026, 11, 22)) == "周末"
    assert FixedCalendar().name_of(date(2026, 11, 23)) == "工作日"


def test_importing_the_rules_of_time_loads_no_calendar_package():
    script = "import sys, desk.rules.deadlines; print({'holidays', 'chinese_calendar'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
