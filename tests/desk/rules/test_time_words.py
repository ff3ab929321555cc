from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.deadlines import Due, accepted_day, is_due_soon, is_overdue, read_out, time_left
from tests.desk.rules.days import at

NOW = at("2026-11-23 10:00")


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(days=2, hours=3, minutes=59), "余2天3时"),
        (timedelta(days=2, minutes=10), "余2天"),
        (timedelta(hours=5, minutes=12), "余5时12分"),
        (timedelta(hours=19, minutes=27), "余19时"),
        (timedelta(hours=5), "余5时"),
        (timedelta(hours=4), "临期4时"),
        (timedelta(hours=3, minutes=20), "临期3时"),
        (timedelta(minutes=59), "临期59分"),
        (timedelta(), "临期1分"),
        (-timedelta(seconds=1), "!超期1分"),
        (-timedelta(minutes=40), "!超期40分"),
        (-timedelta(hours=23, minutes=59), "!超期23时"),
        (-timedelta(days=1, hours=5), "!超期1天"),
    ],
)
def test_time_left_in_words(left, words):
    assert time_left(NOW + left, NOW) == words


def test_the_threshold_of_due_soon_is_a_setting():
    assert time_left(NOW + timedelta(hours=5), NOW, 6) == "临期5时"
    assert time_left(NOW + timedelta(minutes=30), NOW, 0.25) == "余30分"


@given(st.timedeltas(timedelta(days=-400), timedelta(days=400)))
def test_words_and_questions_agree(left):
    due = NOW + left
    words = time_left(due, NOW)
    assert words.startswith("!超期") == is_overdue(due, NOW)
    assert words.startswith("临期") == is_due_soon(due, NOW)


@pytest.mark.parametrize(
    ("due", "wall_clock", "words"),
    [("2026-10-13 18:00", False, "10月13日（周二）"), ("2026-10-02 22:05", True, "10月2日（周五）22:05")],
)
def test_what_is_read_out(due, wall_clock, words):
    assert read_out(Due(at(due), False, "", "", wall_clock)) == words


def test_the_day_of_acceptance_is_the_first():
    assert accepted_day(at("2026-11-23 23:59"), at("2026-11-24 00:01")) == "受理第2天"
    assert accepted_day(NOW, NOW) == "受理第1天"
    assert accepted_day(NOW, NOW + timedelta(days=5)) == "受理第6天"


def test_naive_moments_are_refused():
    with pytest.raises(ValueError, match="time zone"):
        time_left(datetime(2026, 1, 1), NOW)
