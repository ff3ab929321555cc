"""ABCD: the city's rules propose, a person confirms or changes with a reason (press conference, question 4)."""

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import seed
from db.codes import DissatisfactionCause, Grade, Satisfaction
from desk.rules import grading
from desk.rules.callbacks import Survey
from desk.rules.grading import flaw_of, proposed, rules_from, why_not_chosen

S = Satisfaction
surveys = st.builds(
    Survey,
    st.sampled_from(S),
    st.sampled_from(S),
    st.sampled_from(S),
    was_contacted=st.booleans(),
    is_solved=st.booleans(),
    is_long_term=st.booleans(),
    cause=st.just(DissatisfactionCause.RESULT),
)


@pytest.mark.parametrize(
    ("survey", "grade"),
    [
        (Survey(S.VERY_SATISFIED), Grade.A),
        (Survey(S.SATISFIED), Grade.A),
        (Survey(S.BASICALLY_SATISFIED), Grade.B),
        (Survey(S.NOT_RATED), Grade.B),
        (Survey(S.SATISFIED, is_solved=False), Grade.B),
        (Survey(S.SATISFIED, is_solved=False, is_long_term=True), Grade.C),
        (Survey(S.DISSATISFIED), Grade.D),
        (Survey(S.SATISFIED, attitude=S.VERY_DISSATISFIED), Grade.D),
        (Survey(S.DISSATISFIED, is_solved=False, is_long_term=True), Grade.D),
        (None, Grade.B),
    ],
)
def test_the_answers_propose_a_grade(survey: Survey | None, grade: Grade) -> None:
    assert proposed(survey).grade is grade


@given(surveys)
def test_nobody_who_is_dissatisfied_is_graded_better_than_d(survey: Survey) -> None:
    assert (proposed(survey).grade is Grade.D) == survey.is_dissatisfied


def test_the_settings_of_the_seed_are_the_rules_of_the_house() -> None:
    with (Path(seed.__file__).parent / "settings.csv").open(encoding="utf-8", newline="") as file:
        row = next(row for row in csv.DictReader(file) if row["key"] == grading.RULES)
    assert rules_from(json.loads(row["value"])) == grading.DEFAULT
    assert flaw_of(json.loads(row["value"])) == ""


def test_a_city_may_ask_more_for_an_a() -> None:
    strict = [
        {"grade": "D", "text": "不认可", "when": {"dissatisfied": True}},
        {"grade": "C", "text": "需长期", "when": {"solved": False, "long_term": True}},
        {"grade": "A", "text": "非常满意", "when": {"solved": True, "results": ["very_satisfied"]}},
        {"grade": "B", "text": "其余"},
    ]
    assert flaw_of(strict) == ""
    assert proposed(Survey(S.SATISFIED), rules_from(strict)).grade is Grade.B


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("A", "列表"),
        ([{"grade": "E", "text": "x"}], "A、B、C、D"),
        ([{"grade": "A", "text": " "}], "text"),
        ([{"grade": "A", "text": "x", "when": {"angry": True}}], "when"),
        ([{"grade": "A", "text": "x", "when": {"solved": "yes"}}], "true"),
        ([{"grade": "A", "text": "x", "when": {"results": ["fine"]}}], "results"),
        ([{"grade": "A", "text": "x"}], "第一条"),
        ([{"grade": "D", "text": "x", "when": {"dissatisfied": True}}], "最后一条"),
        (
            [{"grade": "D", "text": "x", "when": {"dissatisfied": True}}, {"grade": "B", "text": "y"}],
            "须为C级",
        ),
    ],
)
def test_rules_that_break_the_conference_are_refused(value: object, words: str) -> None:
    assert words in flaw_of(value)


@pytest.mark.parametrize(
    ("grade", "by_rule", "reason", "words"),
    [
        (Grade.A, Grade.A, "", ""),
        (Grade.B, Grade.A, "", "改评理由|须写明理由"),
        (Grade.B, Grade.A, "只解决了一半", ""),
        (Grade.C, Grade.B, "要等明年改造", ""),
        (Grade.D, Grade.A, "他其实不满意", "没有不满意"),
        (Grade.A, Grade.D, "说得过去", "销号"),
        (Grade.B, Grade.C, "说得过去", "销号"),
    ],
)
def test_another_grade_needs_a_reason_and_never_talks_d_or_c_away(
    grade: Grade, by_rule: Grade, reason: str, words: str
) -> None:
    why = why_not_chosen(grade, by_rule, reason)
    assert any(word in why for word in words.split("|")) if words else why == ""
