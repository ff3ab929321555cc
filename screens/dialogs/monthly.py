"""Figures of a month; `[` and `]` turn to other months."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult

from screens.dialogs.base import Dialog
from screens.widgets.detail import Detail, Section
from screens.widgets.key_hints import Hint

if TYPE_CHECKING:
    from desk.rows import CardSection


class MonthlyFigures(Dialog[None]):
    """A page of figures; a subclass names the `FLOW`, whose `sections(desk, months_back)` counts."""

    OPENS_PAGES = False
    HINTS: ClassVar[Sequence[Hint]] = (("[ ]", "上月、下月"), ("Up/Down", "滚动"), ("Esc", "关闭"))
    BINDINGS = [("left_square_bracket", "month(-1)"), ("right_square_bracket", "month(1)")]
    DEFAULT_CSS = "MonthlyFigures > #box { width: 100%; max-width: 116; height: 100%; }"

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self._months_back = 0

    def questions(self) -> ComposeResult:
        yield Detail(hint="正在统计..", id="figures")

    def on_mount(self) -> None:
        self.reload()

    def reload(self) -> None:
        """Count again."""
        back = self._months_back
        self.read(lambda flow, desk: flow.sections(desk, back), self._show)

    def _show(self, sections: tuple[CardSection, ...]) -> None:
        shown = [Section(f"【{part.heading}】", (*part.lines, "")) for part in sections]
        self.query_one(Detail).show(shown, keep_place=True)

    def action_month(self, by: int) -> None:
        if self._months_back - by < 0:
            self.refuse("已是本月")
            return
        self._months_back -= by
        self.reload()
