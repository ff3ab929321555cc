"""Abbreviations, and the places in a phrase that are still to be filled."""

from dataclasses import dataclass

import pytest

from desk.rules.phrases import abbreviation_before, begins_any, gap, meant, plain_abbreviation


@dataclass(frozen=True)
class Short:
    """A phrase, as far as the rule asks."""

    abbreviation: str
    line: str = ""
    is_own: bool = False


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        *(("来电人反映wyf", "wyf"), ("wyf", "wyf"), ("WyF", "WyF"), ("，ｗｙｆ", "ｗｙｆ"), ("wyf ", ""), ("", "")),
        *(("费用", ""), ("a" * 13, ""), ("G105K2", "G105K2"), ("收a1", "a1"), ("😀ls", "ls"), ("[/b]ls", "ls")),
    ],
)  # fmt: skip
def test_the_abbreviation_is_what_was_typed_last(text: str, typed: str) -> None:
    assert abbreviation_before(text) == typed


def test_an_abbreviation_is_kept_narrow_and_small() -> None:
    assert plain_abbreviation(" ＷyF ") == "wyf"


def test_ones_own_goes_before_the_hotlines_and_a_line_before_any() -> None:
    house, own, of_line = Short("ls"), Short("ls", is_own=True), Short("ls", "12333")
    assert meant("ls", [house, own, of_line]) is own
    assert meant("LS", [house, of_line]) is of_line
    assert meant("l", [house]) is None
    assert meant("", [Short("")]) is None


def test_a_number_of_the_text_begins_no_abbreviation() -> None:
    assert begins_any("Y", [Short("yx")])
    assert not begins_any("5", [Short("yx")])
    assert not begins_any("", [Short("yx")])


@pytest.mark.parametrize(
    ("text", "start", "found"),
    [
        ("在___修，共____盏", 0, (1, 4)),
        ("在___修，共____盏", 2, (7, 11)),
        ("__", 0, None),
        ("", 5, None),
        ("___", -3, (0, 3)),
    ],
)
def test_a_gap_is_three_lines_or_more(text: str, start: int, found: tuple[int, int] | None) -> None:
    assert gap(text, start) == found
