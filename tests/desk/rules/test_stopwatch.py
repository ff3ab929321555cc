"""秒表: nobody can set it, and it survives a restart."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.stopwatch import Stopwatch, Stopwatches, alarms_between

STARTED = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
MINUTES = (10, 20, 25, 30)


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


@pytest.mark.parametrize("jump", [-3600, -1, 0, 1, 3600])
def test_a_system_clock_set_back_or_forward_while_it_runs_changes_nothing(jump: int) -> None:
    watches = Stopwatches()
    assert watches.elapsed("a", STARTED, STARTED + minutes(2), 100.0) == minutes(2)
    set_clock = STARTED + minutes(5) + timedelta(seconds=jump)
    assert watches.elapsed("a", STARTED, set_clock, 280.0) == minutes(5)


def test_after_a_restart_it_goes_on_from_the_stored_time() -> None:
    before, after = Stopwatches(), Stopwatches()
    before.elapsed("a", STARTED, STARTED, 5000.0)
    assert after.elapsed("a", STARTED, STARTED + minutes(12), 3.0) == minutes(12)
    assert after.elapsed("a", STARTED, STARTED + minutes(13), 63.0) == minutes(13)


def test_a_start_in_the_future_counts_as_now() -> None:
    assert Stopwatch.begun(STARTED + minutes(3), STARTED, 0.0).elapsed(60.0) == minutes(1)


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Stopwatch.begun(STARTED.replace(tzinfo=None), STARTED, 0.0)


def test_each_emergency_has_its_own_and_those_that_are_over_are_forgotten() -> None:
    watches = Stopwatches()
    watches.elapsed("a", STARTED, STARTED + minutes(1), 0.0)
    watches.elapsed("b", STARTED, STARTED + minutes(9), 0.0)
    watches.keep_only({"b"})
    assert watches.elapsed("b", STARTED, STARTED, 60.0) == minutes(10)
    assert watches.elapsed("a", STARTED, STARTED + minutes(4), 60.0) == minutes(4)


@given(st.lists(st.floats(0, 4000), min_size=2, max_size=30).map(sorted))
def test_it_never_goes_back(seconds: list[float]) -> None:
    watches = Stopwatches()
    seen = [watches.elapsed("a", STARTED, STARTED - minutes(n), at) for n, at in enumerate(seconds)]
    assert seen == sorted(seen)


@given(st.lists(st.floats(1, 120), min_size=1, max_size=60))
def test_each_alarm_rings_once_however_the_looks_fall(gaps: list[float]) -> None:
    rung: list[int] = []
    before, now = timedelta(), timedelta()
    for gap in gaps:
        now += timedelta(seconds=gap)
        rung += alarms_between(before, now, MINUTES)
        before = now
    assert rung == [minute for minute in MINUTES if minutes(minute) <= now]


def test_after_a_restart_only_the_alarm_of_the_last_minute_rings() -> None:
    assert alarms_between(None, minutes(20.5), MINUTES) == (20,)
    assert alarms_between(None, minutes(27), MINUTES) == ()
    assert alarms_between(None, minutes(0.2), (0, 10)) == (0,)
