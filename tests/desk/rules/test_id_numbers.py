"""公民身份号码 by GB 11643."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.errors import BadInput
from desk.rules.id_numbers import born_on, check_digit, checked_id_number, masked_id

TODAY = date(2026, 11, 23)


def test_the_example_of_the_standard_is_right() -> None:
    assert check_digit("11010519491231002") == "X"
    assert checked_id_number("11010519491231002x", "身份证号", TODAY) == "11010519491231002X"
    assert born_on("11010519491231002X") == date(1949, 12, 31)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("1101051949123100", "18 位"),
        ("11010519491331002X", "出生日期"),
        ("110105202712310022", "出生日期"),
        ("110105194912310021", "校验位"),
    ],
)
def test_a_slip_is_named_without_repeating_the_number(typed: str, why: str) -> None:
    with pytest.raises(BadInput, match=why) as raised:
        checked_id_number(typed, "身份证号", TODAY)
    assert typed not in str(raised.value)


@given(st.dates(date(1930, 1, 1), TODAY), st.integers(0, 999), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_never_passes(day: date, count: int, place: int, by: int) -> None:
    first = f"360725{day:%Y%m%d}{count:03d}"
    whole = first + check_digit(first)
    assert checked_id_number(whole, "身份证号", TODAY) == whole
    wrong = str((int(whole[place]) + by) % 10)
    with pytest.raises(BadInput):
        checked_id_number(whole[:place] + wrong + whole[place + 1 :], "身份证号", TODAY)


def test_what_is_shown_of_it_is_too_little_to_use() -> None:
    assert masked_id("11010519491231002X") == "110*************2X"
