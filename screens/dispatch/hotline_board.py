"""What the page of the 热线日 shows: the board, four lists, the line under the cursor in full."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from textual.widgets import Static

from desk.hotline_rows import Board, DayLine
from screens.cells import plain
from screens.dialogs.board import BoardPage
from screens.dispatch.hotline_lists import EMPTY, TABS, board_words, columns_of, line_sections
from screens.widgets import Column, Detail
from screens.widgets.folded import Folded

if TYPE_CHECKING:
    from desk.context import Desk

_CARD = ("Enter", "卡片")
HINTS_OF = {
    "agenda": (
        ("g", "按规则列"),
        ("a", "加一件"),
        ("x", "移出"),
        ("s", "决定"),
        ("p", "安排"),
        ("e", "已召开"),
        _CARD,
    ),
    "decisions": (("k", "落实情况"), _CARD),
    "long_term": (("k", "进展和下次"), _CARD),
    "days": (("p", "安排"), ("e", "已召开")),
}
ALWAYS = (("[ ]", "换栏"), ("Esc", "关闭"))
Shown = tuple[Board, tuple[Any, ...]]


class HotlineBoard(BoardPage[DayLine]):
    """The part of the page that only shows; everybody at the centre may look."""

    FLOW = "desk.hotline_day"
    TABS, EMPTY, HINTS_OF, LAST, LINE = TABS, EMPTY, HINTS_OF, ALWAYS, DayLine
    HINTS = (*HINTS_OF["agenda"], *ALWAYS)

    def __init__(self) -> None:
        super().__init__("热线日")
        self.board: Board | None = None

    def columns(self, tab: str) -> Sequence[Column[Any]]:
        return columns_of(tab, self.desk_app.now)

    def reload(self) -> None:
        tab = self.tab

        def ask(flow: Any, desk: Desk) -> Shown:
            return flow.board(desk), flow.days(desk) if tab == "days" else flow.lines(desk, tab)

        self.read(ask, lambda shown: self._show(tab, shown))

    def _show(self, tab: str, shown: Shown) -> None:
        self.board, rows = shown
        words, style = board_words(self.board)
        self.query_one("#title", Folded).say(self.board.name)
        self.query_one("#board", Static).update(plain(words, style))
        if tab == self.tab:
            self.rows.set_page(rows, len(rows))
            self.show_words()

    def show_words(self) -> None:
        row = self.rows.cursor_row
        self.query_one(Detail).show(line_sections(row) if isinstance(row, DayLine) else ())
