"""What a deed counts for, what the counted things come to, and the total by weights."""

from typing import Any

import pytest

from db.codes import AssessmentMark, Deed, NotAssessed, Status
from db.times import to_ms
from desk.rules import assessment, assessment_figures
from desk.rules.assessment import Done
from tests.world import START

M = AssessmentMark
AT = to_ms(START)
UNIT, CENTRE = 7, 1
ORDER: dict[str, Any] = {
    "steward_id": UNIT,
    "centre_id": CENTRE,
    "stage_due_at": None,
    "unit_due_at": None,
    "citizen_due_at": None,
    "answered_at": None,
    "suspended_at": None,
    "round": 1,
}


def _counted(
    deed: Deed, before: Status, new: dict[str, Any] | None = None, /, data: Any = None, **old: Any
) -> set[Any]:
    row = {**ORDER, **old}
    return set(assessment.counted(Done(deed, before, row, {**row, **(new or {})}, data or {}, AT)))


@pytest.mark.parametrize(
    ("due", "data", "expected"),
    [
        (AT, {}, {(M.SIGNED_IN_TIME, UNIT)}),
        (AT - 1, {}, {(M.SIGNED_LATE, UNIT)}),
        (None, {}, {(M.SIGNED_IN_TIME, UNIT)}),
        (AT - 1, {"awaits_return": True}, set()),
    ],
)
def test_a_signature_counts_by_its_limit_unless_a_return_waits(due: Any, data: Any, expected: Any) -> None:
    assert _counted(Deed.AUTO_SIGN, Status.TO_SIGN, data=data, stage_due_at=due) == expected


def test_an_answer_counts_when_the_audit_passes_it_by_the_unit_s_limit_and_by_the_citizen_s() -> None:
    found = _counted(
        Deed.PASS_CLOSE_REVIEW,
        Status.CLOSE_REVIEW,
        answered_at=AT - 5,
        unit_due_at=AT - 5,
        citizen_due_at=AT - 6,
        stage_due_at=AT - 1,
    )
    assert found == {
        (M.ANSWERED_IN_TIME, UNIT),
        (M.CITIZEN_LATE, CENTRE),
        (M.AUDITED_LATE, CENTRE),
        (M.TO_CALL_BACK, CENTRE),
    }


def test_an_answer_without_a_limit_is_neither_in_time_nor_late() -> None:
    found = _counted(Deed.PASS_WITHOUT_CALLBACK, Status.CLOSE_REVIEW, answered_at=AT - 5)
    assert found == {(M.AUDITED_IN_TIME, CENTRE), (M.EXCUSED, CENTRE)}


def test_a_limit_that_ran_out_stays_counted_when_the_order_leaves_the_unit() -> None:
    new = {"steward_id": 9}
    found = _counted(Deed.REASSIGN, Status.IN_PROGRESS, new, unit_due_at=AT - 1)
    assert found == {(M.LEFT_LATE, UNIT), (M.RECEIVED, 9)}
    assert _counted(Deed.REASSIGN, Status.IN_PROGRESS, new, unit_due_at=AT) == {(M.RECEIVED, 9)}
    assert (M.LEFT_LATE, UNIT) not in _counted(
        Deed.REASSIGN, Status.IN_PROGRESS, new, unit_due_at=AT - 1, suspended_at=AT - 9
    )


def test_a_round_more_is_one_rework() -> None:
    assert _counted(Deed.REWORK, Status.DISSATISFIED, {"round": 2}) == {(M.REWORKED, UNIT)}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (("satisfied", "satisfied", "satisfied"), M.SATISFIED),
        (("basically_satisfied", "not_rated", "not_rated"), M.SATISFIED),
        (("very_satisfied", "dissatisfied", "satisfied"), M.DISSATISFIED),
        (("not_rated", "satisfied", "very_dissatisfied"), M.DISSATISFIED),
        (("not_rated", "satisfied", "satisfied"), M.NOT_RATED),
    ],
)
def test_one_of_three_answers_dissatisfied_is_dissatisfied(said: tuple[str, ...], expected: Any) -> None:
    data = dict(zip(("result", "attitude", "timeliness"), said, strict=True)) | {"is_solved": False}
    found = _counted(Deed.CLOSE_UNSOLVED, Status.TO_CALL_BACK, data=data)
    assert found == {(M.UNSOLVED, UNIT), (expected, UNIT), (M.CALLED_IN_TIME, CENTRE)}


def test_what_nobody_answered_is_apart_from_the_rates() -> None:
    found = _counted(Deed.CLOSE_UNREACHED, Status.TO_CALL_BACK)
    assert found == {(M.UNREACHED, UNIT), (M.CALLED_IN_TIME, CENTRE)}


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({}, None),
        ({"excluded_from_assessment": 1}, NotAssessed.UNREASONABLE),
        ({"status": "void", "excluded_from_assessment": 1}, NotAssessed.VOID),
        ({"status": "withdrawn"}, NotAssessed.WITHDRAWN),
        ({"outcome": "false_alarm"}, NotAssessed.FALSE_ALARM),
        ({"is_crisis": 1, "excluded_from_assessment": 1}, NotAssessed.CRISIS),
    ],
)
def test_why_an_order_is_left_out(row: dict[str, Any], why: NotAssessed | None) -> None:
    plain = {"status": "closed", "outcome": None, "is_crisis": 0, "excluded_from_assessment": 0}
    assert assessment.not_assessed({**plain, **row}) is why


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [(0, 0, "-"), (0, 9, "0%"), (9, 9, "100%"), (2, 3, "66.7%"), (9999, 10000, "99.9%"), (1, 10000, "0.1%")],
)
def test_a_share_is_never_rounded_to_all_or_nothing(part: int, whole: int, text: str) -> None:
    assert assessment_figures.percent(part, whole) == text


def test_the_total_leaves_aside_what_has_no_value() -> None:
    weights = {"signed": 10.0, "answered": 30.0, "handling": 10.0}
    assert assessment_figures.total({}, weights) is None
    assert assessment_figures.total({"signed_in_time": 1}, weights) == 100
    numbers = {"signed_in_time": 1, "answered_late": 1, "handling": 2, "handling_points": 8}
    assert assessment_figures.total(numbers, weights) == pytest.approx(100 * (10 + 0 + 8) / 50)


@pytest.mark.parametrize(
    "value", [None, {}, [], {"signed": "x"}, {"signed": True}, {"signed": -1}, {"signed": 0}, {"else": 3}]
)
def test_weights_that_cannot_work_are_refused(value: Any) -> None:
    assert assessment_figures.flaw_of_weights(value)


def test_the_weights_of_the_house_work() -> None:
    assert not assessment_figures.flaw_of_weights(dict(assessment_figures.WEIGHTS))


def test_every_figure_says_how_it_is_counted_and_has_a_name_of_its_own() -> None:
    for own in (assessment_figures.OF_UNITS, assessment_figures.OF_CENTRES):
        assert len({each.name for each in own}) == len(own)
        assert all(each.formula and (each.bad or each.score) for each in own)
