"""What the clocks look like: ASCII and hanzi, never wider than their column, never telling less than before."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.emergency_rows import FiguresRow, StepRow
from desk.rules.emergency import STEPS, Figures
from screens.cells import width_of
from screens.emergency.cells import BAR_CELLS, CLOCK_CELLS, bar, figures_line, left_words, steps_lines

LIMIT = timedelta(minutes=30)


@pytest.mark.parametrize(
    ("minutes", "shown"),
    [
        (0, "[##########] 剩30分"),
        (0.1, "[##########] 剩29分"),
        (12, "[######----] 剩18分"),
        (24.9, "[##--------] 剩5分"),
        (25.5, "[##--------] 剩4:30"),
        (29.99, "[#---------] 剩0:00"),
        (31, "[----------] !超1分"),
        (150, "[----------] !超120分"),
    ],
)
def test_bar_and_time_left(minutes: float, shown: str) -> None:
    run = timedelta(minutes=minutes)
    assert f"{bar(run, LIMIT)} {left_words(run, LIMIT)}" == shown


@given(st.floats(0, 900), st.integers(1, 120))
def test_the_bar_has_its_length_and_is_empty_only_when_time_is_up(minutes: float, limit: int) -> None:
    run, whole = timedelta(minutes=minutes), timedelta(minutes=limit)
    shown = bar(run, whole)
    assert len(shown) == BAR_CELLS + 2
    assert ("#" in shown) == (run < whole)
    assert width_of(f"{shown} {left_words(run, whole)}") <= CLOCK_CELLS


def test_a_later_bar_is_never_longer() -> None:
    lengths = [bar(timedelta(seconds=n), LIMIT).count("#") for n in range(2000)]
    assert lengths == sorted(lengths, reverse=True)


def test_both_figures_stand_in_one_line() -> None:
    row = FiguresRow(Figures(3, 3, 2, 18.4), Figures(41, 40, 38, 21.0))
    assert figures_line(row) == " 今日3起 平均18分 时限内67%(2/3)   本月41起 平均21分 时限内95%(38/40)"
    assert figures_line(FiguresRow(Figures(), Figures())) == " 今日0起   本月0起"
    assert width_of(figures_line(row)) < 80


def test_no_line_of_steps_is_wide_enough_to_break_inside_a_time() -> None:
    at = datetime(2026, 11, 23, 6, 32, tzinfo=UTC)
    steps = tuple(StepRow(step, at, timedelta(minutes=1000)) for step in STEPS)
    lines = list(steps_lines(steps))
    assert len(lines) == 2
    assert lines[0].startswith("派出 14:32 +1000分  接令 ")
    assert all(width_of(line) < 70 for line in lines)
