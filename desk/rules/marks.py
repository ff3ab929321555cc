"""标记: 领导批示件, 上级督办件, 媒体件, 人大政协件, 信访转办件, as a column holds them and as lists and cards say them (P21)."""

from collections.abc import Iterable

from db.codes import OrderMark

SHORT = {
    OrderMark.LEADER: "批示",
    OrderMark.UPSTREAM: "督办",
    OrderMark.MEDIA: "媒体",
    OrderMark.DELEGATES: "提案",
    OrderMark.PETITION: "信访",
}
"""The word that stands before a title on a list."""


def marks_of(column: str) -> tuple[OrderMark, ...]:
    """Return the marks that a column names, in their own order; what it does not know is left out."""
    named = {part.strip() for part in column.split(",")}
    return tuple(mark for mark in OrderMark if mark in named)


def column_of(marks: Iterable[OrderMark]) -> str:
    """Return marks as the column holds them, each once, in their own order."""
    wanted = frozenset(marks)
    return ",".join(mark for mark in OrderMark if mark in wanted)


def short_words(marks: Iterable[OrderMark]) -> str:
    """Return the short words of marks in one breath: `批示 督办`; '' for none."""
    return " ".join(SHORT[mark] for mark in marks)
