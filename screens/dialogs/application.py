"""办件 of a 专席 in full, and the figures of all of them."""

from __future__ import annotations

from textual.app import ComposeResult

from desk.special_rows import ApplicationPaper
from screens.dialogs.base import Dialog
from screens.dialogs.monthly import MonthlyFigures
from screens.widgets.detail import Detail, Section


def sections_of(paper: ApplicationPaper) -> list[Section]:
    """An application as a pane shows it."""
    return [Section(f"【{part.heading}】", (*part.lines, "")) for part in paper.sections]


class ApplicationPage(Dialog[None]):
    """One application, as much of it as this person may read."""

    OPENS_PAGES = False
    HINTS = (("Up/Down", "滚动"), ("Home/End", "首尾"), ("Esc", "关闭"))
    DEFAULT_CSS = "ApplicationPage > #box { width: 100%; max-width: 116; height: 100%; }"

    def __init__(self, paper: ApplicationPaper) -> None:
        super().__init__(f"办件 {paper.row.number}")
        self._paper = paper

    def questions(self) -> ComposeResult:
        yield Detail(id="application")

    def on_mount(self) -> None:
        self.query_one(Detail).show(sections_of(self._paper))
        self.query_one(Detail).focus()


class SeatFiguresPage(MonthlyFigures):
    """专席统计: what was taken, what became of it, visits done and 爽约 (press conference)."""

    FLOW = "desk.special_seats"

    def __init__(self) -> None:
        super().__init__("专席统计（办件按登记日期，上门按预约日期）")
