"""应急类型: which one a caller speaks of, and what a city's own lists may hold."""

import pytest

from desk.rules import incidents

TYPES = ("燃气泄漏", "道路救援", "人员被困", "其他险情")
WORDS = {"燃气泄漏": ["煤气", "漏气"], "道路救援": ["车祸"], "人员被困": ["被困"]}


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("家里煤气味很大", "燃气泄漏"),
        ("燃气泄漏了", "燃气泄漏"),
        ("出车祸了", "道路救援"),
        ("出了车祸，有人被困", ""),
        ("煤气漏气，人被困", "燃气泄漏"),
        ("路灯不亮", ""),
        ("", ""),
    ],
)
def test_the_type_that_is_spoken_of_most_is_proposed_and_a_draw_is_left_to_people(
    said: str, kind: str
) -> None:
    assert incidents.likely(said, TYPES, WORDS) == kind


def test_a_type_that_a_city_has_not_filled_in_has_empty_lists_and_a_first_unit() -> None:
    found = incidents.incident("外星来客", {})
    assert (found.questions, found.advice, found.hand_over) == ((), (), ())
    assert found.first_units == ("应急局",)


@pytest.mark.parametrize(
    ("key", "value", "why"),
    [
        (incidents.TYPES, [], "至少要有一个应急类型"),
        (incidents.HAND_OVER, {"燃气泄漏": ["911"]}, "燃气泄漏 移交只能是 110、119、120、122，不能是“911”"),
        (incidents.QUESTIONS, {"燃气泄漏": "在哪里"}, "燃气泄漏 须为一组文字"),
        (incidents.QUESTIONS, {"燃气泄漏": ["问" * 61]}, "燃气泄漏 最多 12 句，每句 60 字以内"),
        (incidents.ADVICE, {"燃气泄漏": ["走"] * 13}, "燃气泄漏 最多 12 句，每句 60 字以内"),
        (incidents.HAND_OVER, {"燃气泄漏": ["119", "120"]}, ""),
    ],
)
def test_a_list_that_cannot_work_is_refused(key: str, value: object, why: str) -> None:
    assert incidents.flaw_of(key, value) == why
