"""标记 as a column and as words (practice P21)."""

from hypothesis import given
from hypothesis import strategies as st

from db.codes import OrderMark
from desk.rules.marks import SHORT, column_of, marks_of, short_words


@given(st.lists(st.sampled_from(OrderMark)))
def test_a_column_gives_back_each_mark_once_in_order(marks: list[OrderMark]) -> None:
    assert marks_of(column_of(marks)) == tuple(mark for mark in OrderMark if mark in marks)


@given(st.text())
def test_what_a_column_does_not_know_is_left_out(column: str) -> None:
    assert set(marks_of(column)) <= set(OrderMark)


def test_every_mark_has_a_short_word_of_its_own() -> None:
    assert len({SHORT[mark] for mark in OrderMark}) == len(OrderMark)
    assert short_words(OrderMark) == "批示 督办 媒体 提案 信访"
