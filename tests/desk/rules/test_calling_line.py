"""谁来接令: one after another, who refused last, and round again when nobody took it (practice P24)."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.codes import CallOutcome
from desk.rules.calling_line import PATIENCE, Attempt, Callee, is_overdue, next_in_line
from tests.world import START

A, B, C = (Callee(1, "燃气公司", "甲", "1"), Callee(1, "燃气公司", "乙", "2"), Callee(2, "消防"))
LINE = (A, B, C)


def attempts(*said: tuple[Callee, CallOutcome]) -> list[Attempt]:
    return [
        Attempt(who.unit_id, who.person, who.phone, how, START + timedelta(minutes=at))
        for at, (who, how) in enumerate(said)
    ]


NO, REFUSED, YES = CallOutcome.NO_ANSWER, CallOutcome.REFUSED, CallOutcome.REACHED


@pytest.mark.parametrize(
    ("tried", "then"),
    [
        ((), A),
        (((A, NO),), B),
        (((A, YES),), B),
        (((A, NO), (B, REFUSED)), C),
        (((A, NO), (B, NO), (C, NO)), A),
        (((B, NO), (A, NO), (C, NO)), B),
        (((A, REFUSED), (B, NO), (C, NO)), B),
        (((A, NO), (B, NO), (C, NO), (A, NO)), B),
        (((A, REFUSED), (B, REFUSED), (C, REFUSED)), A),
    ],
)
def test_whom_to_ring_now(tried: tuple[tuple[Callee, CallOutcome], ...], then: Callee) -> None:
    assert next_in_line(LINE, attempts(*tried)) == then


def test_an_empty_line_has_nobody_and_a_stranger_s_attempt_changes_nothing() -> None:
    assert next_in_line((), ()) is None
    assert next_in_line(LINE, attempts((Callee(9, "别家"), NO))) == A


def test_another_number_of_the_same_person_and_anybody_of_a_unit_without_people_count() -> None:
    other_number = Attempt(1, "甲", "9", NO, START)
    assert next_in_line(LINE, (other_number,)) == B
    somebody = Attempt(2, "值班员", "8", NO, START)
    assert next_in_line((C, A), (somebody,)) == A


@given(st.lists(st.tuples(st.sampled_from(LINE), st.sampled_from((NO, YES)))))
def test_nobody_is_passed_over_for_good(tried: list[tuple[Callee, CallOutcome]]) -> None:
    for _ in LINE:
        callee = next_in_line(LINE, attempts(*tried))
        assert callee is not None
        tried.append((callee, NO))
    assert set(LINE) <= {callee for callee, _ in tried}


def test_three_minutes_are_had_to_the_full() -> None:
    assert not is_overdue(START, START + PATIENCE - timedelta(seconds=1))
    assert is_overdue(START, START + PATIENCE)
