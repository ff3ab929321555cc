"""三十分钟: the order of the steps, the reports, the figures."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.codes import Deed
from desk.rules.emergency import (
    FIRST_UNITS,
    STEPS,
    WAITS_FOR,
    Figures,
    figures,
    first_units,
    next_step,
    out_of_turn,
    report_due,
)

DUE = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
HALF_HOUR = timedelta(minutes=30)


def test_the_steps_follow_one_another() -> None:
    done: set[Deed] = set()
    for step, following in pairwise((*STEPS, None)):
        assert next_step(done) is step
        assert out_of_turn(step, done) == ""
        done.add(step)
        assert next_step(done) is following
    assert [WAITS_FOR[step] for step in (*STEPS, None)][-1] == "已完毕"


@pytest.mark.parametrize("step", STEPS)
def test_no_step_is_stamped_twice(step: Deed) -> None:
    assert "已登记过" in out_of_turn(step, set(STEPS))


@pytest.mark.parametrize(
    ("step", "done"), [(later, STEPS[:n]) for n, _ in enumerate(STEPS) for later in STEPS[n + 1 :]]
)
def test_no_step_is_skipped_without_a_reason(step: Deed, done: tuple[Deed, ...]) -> None:
    assert "还没有登记" in out_of_turn(step, set(done))


def test_a_reason_lets_control_come_without_going_there_and_nothing_else() -> None:
    taken = {Deed.CALL_OUT, Deed.ACKNOWLEDGE}
    assert "远程" in out_of_turn(Deed.CONTAIN, taken)
    assert out_of_turn(Deed.CONTAIN, taken, "远程关阀") == ""
    assert out_of_turn(Deed.CONTAIN, taken | {Deed.DEPART}, "远程关阀") == ""
    assert "接令" in out_of_turn(Deed.CONTAIN, {Deed.CALL_OUT}, "远程关阀")
    assert "出动" in out_of_turn(Deed.ARRIVE, taken, "远程关阀")
    controlled = taken | {Deed.CONTAIN}
    assert out_of_turn(Deed.FINISH, controlled) == ""
    assert next_step(controlled) is Deed.FINISH


@given(st.lists(st.sampled_from(STEPS), max_size=20))
def test_whatever_is_tried_the_steps_done_are_a_beginning_of_the_list(tried: list[Deed]) -> None:
    done: set[Deed] = set()
    for step in tried:
        if not out_of_turn(step, done):
            done.add(step)
    assert done == set(STEPS[: len(done)])


def test_reports_are_owed_at_the_limit_and_every_thirty_minutes_after() -> None:
    assert report_due(DUE, None, HALF_HOUR) == DUE
    assert report_due(DUE, DUE - timedelta(minutes=5), HALF_HOUR) == DUE
    late = DUE + timedelta(minutes=4)
    assert report_due(DUE, late, HALF_HOUR) == late + HALF_HOUR


def test_every_type_has_somebody_to_ring() -> None:
    assert first_units("燃气泄漏", {}) == FIRST_UNITS["燃气泄漏"]
    assert first_units("外星人", {}) == ("应急局",)
    assert first_units("燃气泄漏", {"燃气泄漏": ["城管局"]}) == ("城管局",)


def test_both_figures() -> None:
    limit = HALF_HOUR
    rows = [
        (timedelta(minutes=10), limit, limit),
        (timedelta(minutes=30), limit, limit),
        (timedelta(minutes=50), limit, limit),
        (None, limit, timedelta(minutes=29)),
        (None, limit, timedelta(minutes=31)),
    ]
    assert figures(rows) == Figures(count=5, judged=4, within=2, average_minutes=30.0)
    assert figures(rows).share == 0.5
    assert figures([]) == Figures()
    assert figures([]).share is None
