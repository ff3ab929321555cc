"""What the page of 社会评议 shows: the session above, four lists, the row under the cursor in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.widgets import Static

from desk.panel_rows import PanelBoard, PanelLineRow, SessionRow
from screens.cells import plain
from screens.dialogs.board import BoardPage
from screens.dialogs.kept import AsksKept
from screens.review.panel_lists import EMPTY, TABS, board_words, columns_of, rows_of, sections_of
from screens.widgets import Column, Detail, Tabs

_CARD = ("Enter", "卡片")
HINTS_OF = {
    "agenda": (
        ("d", "抽取"),
        ("o", "开始"),
        ("c", "结束"),
        ("w", "纪要"),
        ("l", "函"),
        ("f", "材料"),
        ("k", "定稿"),
        ("x", "移出"),
        ("p", "改期"),
        _CARD,
    ),
    "waiting": (
        ("y", "告知"),
        ("b", "补充意见"),
        ("f", "材料"),
        ("k", "定稿"),
        ("a", "都列入"),
        ("g", "列入"),
        ("p", "安排"),
        _CARD,
    ),
    "seats": (("d", "抽取"), ("i", "发PIN"), ("h", "回避"), ("r", "补抽"), ("o", "开始"), ("c", "结束")),
    "sessions": (("Enter", "看这一期"), ("w", "纪要"), ("p", "安排")),
}
FIRST, LAST = (("[ ]", "换栏"),), (("Esc", "关闭"),)


class PanelBoardPage(AsksKept[None], BoardPage[PanelLineRow]):
    """The part of the page that only shows; everybody at the centre may look."""

    FLOW = "desk.social_review"
    TABS, EMPTY, HINTS_OF, FIRST, LAST, LINE = TABS, EMPTY, HINTS_OF, FIRST, LAST, PanelLineRow
    HINTS = (*FIRST, *HINTS_OF["agenda"], *LAST)

    def __init__(self) -> None:
        super().__init__("社会评议")
        self.board: PanelBoard | None = None
        self._session_id: int | None = None

    def columns(self, tab: str) -> Sequence[Column[Any]]:
        return columns_of(tab)

    def show_session(self, session_id: int | None, tab: str) -> None:
        """Go to one list of one session; None is the one to come."""
        self._session_id = session_id
        if self.tab == tab:
            self.reload()
        else:
            self.query_one(Tabs).switch(tab)

    def reload(self) -> None:
        session_id = self._session_id
        self.read(lambda flow, desk: flow.board(desk, session_id), self._show)

    def _show(self, board: PanelBoard) -> None:
        self.board = board
        self.query_one("#board", Static).update(plain(board_words(board)))
        counts = {tab.key: len(rows_of(board, tab.key)) for tab in TABS}
        self.query_one(Tabs).set_counts(counts, frozenset())
        found = rows_of(board, self.tab)
        self.rows.set_page(found, len(found))
        self.show_words()

    def show_words(self) -> None:
        if self.board is not None:
            self.query_one(Detail).show(tuple(sections_of(self.rows.cursor_row, self.board)))

    def on_row_list_opened(self) -> None:
        """Enter: of a session its agenda, of an order its card."""
        row = self.rows.cursor_row
        if isinstance(row, SessionRow):
            self.show_session(row.id, "agenda")
        else:
            super().on_row_list_opened()
