"""相似案例 beside the proposals: one line, and the key that opens the library for the order in hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.widgets import Static

from desk.case_rows import AlikeCase
from screens.cells import plain
from screens.errands import Errands

KEY = "f"


def line(found: Sequence[AlikeCase]) -> str:
    """`相似案例 2：夜间施工扰民（县城管局 像43%）  k 看`; '' when nothing is alike."""
    if not found:
        return ""
    first = found[0]
    unit = f"{first.unit} " if first.unit else ""
    return f"相似案例 {len(found)}：{first.title}（{unit}像{round(first.share * 100)}%）  {KEY} 看"


class CasesLine(Static):
    """The line as a widget of its own: hidden while there is nothing to tell."""

    DEFAULT_CSS = "CasesLine { height: 1; width: 1fr; color: $label; }"

    def show(self, found: Sequence[AlikeCase]) -> None:
        """Tell what is alike, or nothing."""
        self.update(plain(line(found)))
        self.display = bool(found)


def open_cases(page: Errands[Any], order_no: str | None) -> None:
    """Open the library at what is like this order; without an order the whole of it."""
    from screens.dialogs.cases import CaseList

    page.app.push_screen(CaseList(order_no or ""))
