"""The checker's findings on a screen: one numbered line each, and the same number at the words in the text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from screens.widgets.detail import Marked, Pair, Section

if TYPE_CHECKING:
    from desk.rules.reply_checks import Finding, Point


def finding_lines(findings: Sequence[Finding]) -> tuple[str, ...]:
    """`!1 承诺过头：“…”，只写做得到的`; a hint that there is nothing is a line too."""
    lines = tuple(f"!{number} {each.words}" for number, each in enumerate(findings, 1))
    return lines or ("没有查到要改的；有没有回答、属不属实，请人再看",)


def marked(reply: str, findings: Sequence[Finding]) -> Marked:
    """The reply with `!1[…]` at the words of the first finding, and so on; words of two findings bear both numbers."""
    spans = [
        (start, end, number)
        for number, each in enumerate(findings, 1)
        for start, end in each.places
        if (start, end) != (0, len(reply))
    ]
    return Marked(reply, tuple(_joined(sorted(spans))))


def _joined(spans: Iterable[tuple[int, int, int]]) -> list[tuple[int, int, str]]:
    joined: list[tuple[int, int, list[int]]] = []
    for start, end, number in spans:
        if joined and start < joined[-1][1]:
            first, last, numbers = joined[-1]
            joined[-1] = (first, max(last, end), [*numbers, number])
        else:
            joined.append((start, end, [number]))
    return [(start, end, "!" + ",".join(map(str, sorted(set(numbers))))) for start, end, numbers in joined]


def point_sections(points: Sequence[Point], reply: str) -> list[Section]:
    """【逐点对照】: each counted point of the claim beside the sentences that answer it."""
    if not points:
        return []
    return [
        Section(
            "【逐点对照】", [Pair(f"第{each.number}点 {each.text}", _answer(each, reply)) for each in points]
        )
    ]


def _answer(point: Point, reply: str) -> str:
    said = "".join(reply[start:end].strip() for start, end in point.answered_at)
    return f"答{point.number}：{said}" if said else f"!第{point.number}点没有回答"
