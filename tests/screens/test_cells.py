from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from screens import cells
from screens.columns import left_cell, short_number
from screens.widgets import header

NOW = datetime(2026, 11, 23, 6, 32, tzinfo=UTC)


@given(st.text(), st.integers(0, 60), st.sampled_from(["left", "right"]))
def test_a_fitted_text_is_exactly_as_wide_as_asked_and_harmless(text: str, width: int, align) -> None:
    fitted = cells.fit(text, width, align)
    assert cell_len(fitted) == width
    fitted.encode("utf-8")
    assert not any(ord(character) < 0x20 or 0x7F <= ord(character) < 0xA0 for character in fitted)


@given(st.text(), st.integers(2, 40))
def test_folded_lines_lose_nothing_and_are_never_too_wide(text: str, width: int) -> None:
    lines = cells.wrap(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join(lines) == cells.safe(text, keep_lines=True).replace("\n", "")


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("家里有学生，跟他说过", 10, ["家里有学", "生，跟他说", "过"]),
        ("他说“不行”。又来了", 10, ["他说“不", "行”。又来", "了"]),
        ("，，，，，，", 4, ["，，", "，，", "，，"]),
        ("甲，", 2, ["甲", "，"]),
    ],
)
def test_no_line_begins_with_a_stop_that_belongs_to_the_word_before(
    text: str, width: int, lines: list[str]
) -> None:
    assert cells.wrap(text, width) == lines


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("周五 18:00（除去周末）", 8, ["周五 ", "18:00（", "除去周", "末）"]),
        ("裁定时限11-23 11:42已过", 16, ["裁定时限11-23 ", "11:42已过"]),
        ("见CY01-20261123-0038", 18, ["见", "CY01-20261123-0038"]),
        ("甲" + "1" * 25, 24, ["甲" + "1" * 22, "111"]),
    ],
)
def test_a_date_an_hour_and_a_number_are_not_cut_in_two(text: str, width: int, lines: list[str]) -> None:
    assert cells.wrap(text, width) == lines


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("夜间施工噪音", 12, "夜间施工噪音"),
        ("夜间施工噪音", 11, "夜间施工 .."),
        ("夜间施工噪音", 9, "夜间施 .."),
        ("噪音", 6, "噪音  "),
        ("𠮷野家𡋾", 8, "𠮷野家𡋾"),
        ("[/b][red]", 9, "[/b][red]"),
        ("abc", 2, "ab"),
        ("", 3, "   "),
    ],
)
def test_cut_text_ends_in_two_dots(text: str, width: int, shown: str) -> None:
    assert cells.fit(text, width) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mb", "a^[[31mb"),
        ("a\x00b\x7fc", "a^@b\\x7fc"),
        ("a\x9bb", "a\\x9bb"),
        ("a\u202eb", "a\\u202eb"),
        ("a\ud800b", "a\\ud800b"),
        ("a\r\nb\tc", "a  b c"),
        ("零\u200b宽", "零宽"),
    ],
)
def test_what_could_steer_the_terminal_is_made_visible(text: str, shown: str) -> None:
    assert cells.safe(text) == shown


def test_pasted_lines_become_one_and_lose_no_word() -> None:
    assert cells.one_line("横水镇\r\n 老城社区\n\n12号\x00") == "横水镇 老城社区 12号"


def test_a_form_takes_rare_characters_but_no_control_characters() -> None:
    assert cells.typed("𠮷👍\x00\x1b\ud800第\n二行") == "𠮷👍第\n二行"


@pytest.mark.parametrize(
    ("left", "words", "style"),
    [
        (timedelta(days=2, hours=3), "余2天3时", None),
        (timedelta(hours=3), "临期3时", cells.NEAR),
        (-timedelta(days=1), "!超期1天", cells.OVERDUE),
    ],
)
def test_time_left_is_said_in_words_and_in_colour(left: timedelta, words: str, style: str | None) -> None:
    cell = left_cell(NOW + left, NOW)
    assert cell == (words if style is None else (words, style))


def test_d_and_c_level_stand_out_and_good_grades_do_not() -> None:
    assert cells.grade_cell("D") == ("!D级", cells.D_LEVEL)
    assert cells.grade_cell("C") == ("C级", cells.C_LEVEL)
    assert cells.grade_cell("A") == ""
    assert cells.grade_cell(None) == ""


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1102, "剩18分"), (300, "剩5分"), (272, "剩4:32"), (0, "剩0:00"), (-20, "!超1分"), (-61, "!超1分")],
)
def test_an_emergency_shows_minutes_until_five_are_left(seconds: int, words: str) -> None:
    assert cells.minutes_left(NOW + timedelta(seconds=seconds), NOW) == words


def test_times_are_shown_as_the_clock_in_ganzhou_shows_them() -> None:
    assert cells.day_time(NOW) == "11-23 14:32"
    assert cells.full_time(NOW) == "2026-11-23 14:32"
    assert cells.weekday(NOW) == "周一"
    assert cells.weekday(datetime(2026, 11, 23, 16, 1, tzinfo=UTC)) == "周二"
    assert cells.day_time(None) == ""


def test_numbers_are_shortened_and_masked() -> None:
    assert short_number("CY01-20261123-0042") == "1123-0042"
    assert short_number("odd") == "odd"
    assert cells.masked("13800001111") == "138****1111"
    assert cells.masked("12345") == "*****"


@pytest.mark.parametrize(
    ("unit", "place"),
    [("崇义县热线中心", "崇义"), ("县城管局", "县城管局"), ("县文广旅局下属大队", "县文广旅局"), ("", "")],
)
def test_a_narrow_header_names_the_county_of_a_centre_and_a_unit_by_its_own_name(
    unit: str, place: str
) -> None:
    assert header._place(unit) == place
