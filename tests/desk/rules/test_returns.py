"""Whose turn a 退单 is, how long is left to decide it, and against whom it counts (practice P7)."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.codes import Role, Verdict
from desk.rules import deadlines
from desk.rules.limits import Limits
from desk.rules.office_hours import add_office_hours, office_hours_between
from desk.rules.returns import Fate, Turn, decision_left, fate_of, may_decide, turn_of, turn_words
from tests.desk.rules.days import YEAR_2026, at

LIMITS = Limits()
ASKED = at("2026-11-23 09:00")
DUE = at("2026-11-23 11:00")


@pytest.mark.parametrize(
    ("now", "is_referred", "turn"),
    [
        ("2026-11-23 09:00", False, Turn.DISPATCHER),
        ("2026-11-23 11:00", False, Turn.DISPATCHER),
        ("2026-11-23 11:00", True, Turn.TRIAGE),
        ("2026-11-23 11:01", False, Turn.SUPERVISOR),
        ("2026-11-23 11:01", True, Turn.SUPERVISOR),
    ],
)
def test_the_limit_ends_everybodys_turn_but_the_supervisors(now: str, is_referred: bool, turn: Turn) -> None:
    assert turn_of(DUE, ASKED if is_referred else None, at(now)) is turn


def test_without_a_limit_no_turn_ends() -> None:
    assert turn_of(None, None, at("2026-12-31 09:00")) is Turn.DISPATCHER


def test_the_supervisor_decides_in_every_turn_the_others_in_their_own() -> None:
    able = {turn: {role for role in Role if may_decide(turn, {role})} for turn in Turn}
    assert able == {
        Turn.DISPATCHER: {Role.DISPATCHER, Role.SUPERVISOR},
        Turn.TRIAGE: {Role.TRIAGE_MEMBER, Role.SUPERVISOR},
        Turn.SUPERVISOR: {Role.SUPERVISOR},
    }
    assert [turn_words(turn) for turn in Turn] == ["", "待研判裁定", "待班长裁定"]


@pytest.mark.parametrize(
    ("asked", "hours", "due"),
    [
        ("2026-11-23 09:00", 2.0, "2026-11-23 11:00"),
        ("2026-11-23 11:00", 2.0, "2026-11-23 15:30"),
        ("2026-11-27 17:30", 2.0, "2026-11-30 10:00"),
        ("2026-09-30 17:00", 2.0, "2026-10-08 09:30"),
        ("2026-09-30 17:00", 8.0, "2026-10-08 18:00"),
    ],
)
def test_two_working_hours_pass_over_noon_night_weekend_and_holiday(
    asked: str, hours: float, due: str
) -> None:
    limits = Limits.from_settings({"return.decide_hours": hours})
    assert deadlines.return_decision_due(at(asked), limits, YEAR_2026).at == at(due)
    assert office_hours_between(at(asked), at(due), LIMITS, YEAR_2026) == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2026-11-27 17:30", "剩2:00"),
        ("2026-11-27 17:59", "剩1:31"),
        ("2026-11-28 12:00", "剩1:30"),
        ("2026-11-30 09:59", "剩0:01"),
        ("2026-11-30 10:00", "剩0:00"),
        ("2026-11-30 10:40", "!超期40分"),
        ("2026-12-02 10:40", "!超期2天"),
    ],
)
def test_what_is_left_is_office_time_and_stands_still_overnight(now: str, words: str) -> None:
    due = deadlines.return_decision_due(at("2026-11-27 17:30"), LIMITS, YEAR_2026).at
    assert decision_left(due, at(now), LIMITS, YEAR_2026) == words


def test_no_second_is_lost_that_is_still_there() -> None:
    assert decision_left(DUE, DUE - timedelta(seconds=1), LIMITS, YEAR_2026) == "剩0:01"


@given(minutes=st.integers(0, 600_000 // 60), hours=st.floats(0.25, 40))
def test_what_is_added_lies_between(minutes: int, hours: float) -> None:
    start = ASKED + timedelta(minutes=minutes)
    end = add_office_hours(start, hours, LIMITS, YEAR_2026)
    between = office_hours_between(start, end, LIMITS, YEAR_2026)
    assert abs(between - timedelta(hours=hours)) < timedelta(milliseconds=1)
    assert office_hours_between(end, start, LIMITS, YEAR_2026) == timedelta()


@pytest.mark.parametrize(
    ("verdict", "end_reason", "fate"),
    [
        (Verdict.PENDING, None, Fate.PENDING),
        (Verdict.GRANTED, "returned", Fate.GRANTED),
        (Verdict.REFUSED, None, Fate.REFUSED),
        (Verdict.LAPSED, None, Fate.LAPSED),
        (Verdict.LAPSED, "done", Fate.LAPSED),
        (Verdict.LAPSED, "reassigned", Fate.TAKEN_BACK),
        (Verdict.LAPSED, "recalled", Fate.TAKEN_BACK),
    ],
)
def test_who_takes_an_order_away_while_its_return_waits_has_owned_up(
    verdict: Verdict, end_reason: str | None, fate: Fate
) -> None:
    assert fate_of(verdict, end_reason) is fate
