"""身份证号码 by GB 11643-1999: its own example, every single slip of the tongue, and what is no number at all."""

from datetime import date

import pytest

from desk.errors import BadInput
from desk.rules.id_number import born_on, check_digit, id_number, masked_id

TODAY = date(2026, 11, 23)
EXAMPLE = "11010519491231002X"
"""The example of the standard itself."""


def test_the_example_of_the_standard_is_right() -> None:
    assert check_digit(EXAMPLE) == "X"
    assert id_number(EXAMPLE, TODAY) == EXAMPLE


@pytest.mark.parametrize(
    "written", ["11010519491231002x", " 110105 19491231 002X ", "１１０１０５-19491231-002Ｘ"]
)
def test_it_may_be_written_as_people_write_it(written: str) -> None:
    assert id_number(written, TODAY) == EXAMPLE


def test_one_wrong_digit_is_always_found() -> None:
    for place in range(17):
        for digit in "0123456789":
            wrong = EXAMPLE[:place] + digit + EXAMPLE[place + 1 :]
            if wrong != EXAMPLE:
                with pytest.raises(BadInput):
                    id_number(wrong, TODAY)


def test_two_neighbours_that_changed_places_are_found() -> None:
    for place in range(16):
        wrong = EXAMPLE[:place] + EXAMPLE[place + 1] + EXAMPLE[place] + EXAMPLE[place + 2 :]
        if wrong != EXAMPLE:
            with pytest.raises(BadInput):
                id_number(wrong, TODAY)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ("", "请填写"),
        ("110105491231002", "现有 15 位"),
        ("A10105194912310020", "须为数字"),
        ("990105194912310024", "省份"),
        ("110105194913310024", "出生日期"),
        ("110105202612310021", "出生日期"),
        ("110105194912310021", "校验位"),
    ],
)
def test_what_is_no_number_is_refused_without_repeating_it(wrong: str, why: str) -> None:
    with pytest.raises(BadInput, match=why) as refused:
        id_number(wrong, TODAY)
    assert not wrong or wrong not in refused.value.message


def test_the_field_is_named_as_the_form_names_it() -> None:
    with pytest.raises(BadInput, match="请填写代办人身份证号"):
        id_number("", TODAY, "代办人身份证号")


def test_it_says_when_one_was_born() -> None:
    assert born_on(EXAMPLE) == date(1949, 12, 31)


def test_what_is_shown_of_it_is_too_little_to_use() -> None:
    assert masked_id(EXAMPLE) == "110*************2X"
    assert masked_id("12345") == "*****"
