"""应急值守: the shifts of a day, who is there at any moment, and a plan that shares nights and holidays out."""

from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules import roster as rules
from desk.rules.calendar import CHINA, StateCouncilCalendar
from desk.rules.roster import DAY, Duty, Stood

CALENDAR = StateCouncilCalendar()
TWO = rules.shifts_of(rules.TWO_SHIFTS)
DAY_SHIFT, NIGHT = TWO
FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)
OCTOBER = list(rules.duties(TWO, FIRST, LAST))


@pytest.mark.parametrize(
    ("hours_by_name", "said"),
    [
        ({"白班": "08:00-18:00", "夜班": "18:00-08:00"}, ""),
        ({"全天": "08:00-08:00"}, ""),
        ({"早班": "00:00-8:00", "中班": "8:00-16:00", "晚班": "16:00-24:00"}, ""),
        ({"夜班": "18:00-08:00", "白班": "08:00-18:00"}, ""),
        ({"白班": "08:00-17:30", "夜班": "18:00-08:00"}, "白班到 17:30，下一班从 18:00 起"),
        ({"白班": "08:00-18:00"}, "白班到 18:00，下一班从 08:00 起"),
        ({"白班": "8点到18点"}, "要写成 08:00-18:00"),
        ({}, "1 到 3 个班次"),
        ({str(n): f"{n}:00-{n + 1}:00" for n in range(4)}, "1 到 3 个班次"),
    ],
)
def test_the_shifts_of_a_day_go_round_the_clock(hours_by_name: dict[str, str], said: str) -> None:
    flaw = rules.flaw_of(hours_by_name)
    assert said in flaw
    assert bool(flaw) == bool(said)


@pytest.mark.parametrize(
    ("hour", "minute", "day", "name"),
    [
        (7, 59, FIRST - DAY, "夜班"),
        (8, 0, FIRST, "白班"),
        (17, 59, FIRST, "白班"),
        (18, 0, FIRST, "夜班"),
        (0, 0, FIRST - DAY, "夜班"),
    ],
)
def test_a_night_belongs_to_the_day_on_which_it_begins(hour: int, minute: int, day: date, name: str) -> None:
    found = rules.at(TWO, datetime(2026, 10, 1, hour, minute, tzinfo=CHINA))
    assert (found.day, found.shift.name) == (day, name)


def test_one_shift_follows_another_over_midnight_and_over_the_month() -> None:
    duty = Duty(LAST, NIGHT)
    assert rules.after(TWO, duty) == Duty(LAST + DAY, DAY_SHIFT)
    assert rules.after(TWO, Duty(LAST, DAY_SHIFT)) == duty
    assert duty.ends == Duty(LAST + DAY, DAY_SHIFT).begins


def test_october_with_its_holidays_has_no_gap_for_three_people_and_is_shared_fairly() -> None:
    turns = rules.plan([1, 2, 3], OCTOBER, [], CALENDAR)
    assert rules.gaps(OCTOBER, turns) == []
    off = Counter(turn.member for turn in turns if not CALENDAR.is_working_day(turn.duty.day))
    nights = Counter(turn.member for turn in turns if turn.duty.shift.is_night)
    national = Counter(turn.member for turn in turns if turn.duty.day <= date(2026, 10, 7))
    for tally in (off, nights, national, Counter(turn.member for turn in turns)):
        assert max(tally.values()) - min(tally.values()) <= 2, tally
        assert set(tally) == {1, 2, 3}


def test_one_person_cannot_stand_day_and_night_and_the_gap_says_where() -> None:
    turns = rules.plan([1], OCTOBER, [], CALENDAR)
    assert {duty.shift.name for duty in rules.gaps(OCTOBER, turns)} == {"夜班"}
    assert len(turns) == 31


def test_what_is_settled_is_not_touched_and_counts() -> None:
    settled = [Stood(1, Duty(FIRST, NIGHT)), Stood(1, Duty(FIRST + DAY, NIGHT))]
    turns = rules.plan([1, 2], [Duty(FIRST, NIGHT), Duty(FIRST + 2 * DAY, NIGHT)], settled, CALENDAR)
    assert turns == [Stood(2, Duty(FIRST + 2 * DAY, NIGHT))]


def test_who_is_new_does_not_make_up_for_nights_before_his_time() -> None:
    before = [Stood(member, Duty(FIRST - n * DAY, NIGHT)) for n, member in ((2, 1), (4, 2), (6, 1), (8, 2))]
    turns = rules.plan([1, 2, 3], list(rules.duties((NIGHT,), FIRST, FIRST + 5 * DAY)), before, CALENDAR)
    assert Counter(turn.member for turn in turns) == {1: 2, 2: 2, 3: 2}


@given(
    members=st.integers(2, 6),
    start=st.dates(date(2026, 1, 1), date(2026, 12, 1)),
    days=st.integers(1, 20),
    settled=st.lists(st.tuples(st.integers(1, 6), st.integers(0, 39)), max_size=12),
)
def test_nobody_ever_stands_two_shifts_that_touch_unless_somebody_settled_so(
    members: int, start: date, days: int, settled: list[tuple[int, int]]
) -> None:
    wanted = list(rules.duties(TWO, start, start + days * DAY))
    stood = [Stood(member, wanted[place]) for member, place in settled if place < len(wanted)]
    turns = rules.plan(list(range(1, members + 1)), wanted, stood, CALENDAR)
    for turn in turns:
        for other in (*turns, *stood):
            if other is not turn and other.member == turn.member:
                apart = abs(other.duty.begins - turn.duty.begins)
                assert apart >= timedelta(hours=24)
    assert not {turn.duty for turn in turns} & {each.duty for each in stood}
