"""What the page of 社会评议 shows: the session above, four lists, the row under the cursor in words."""

from __future__ import annotations

from typing import Any

from textual.app import ComposeResult
from textual.widgets import Static

from desk.panel_rows import PanelBoard, PanelLineRow, SessionRow
from screens.cells import plain
from screens.dialogs import Card
from screens.dialogs.base import Dialog
from screens.dialogs.kept import AsksKept
from screens.review.panel_lists import EMPTY, TABS, board_words, columns_of, rows_of, sections_of
from screens.widgets import Detail, RowList, Tabs
from screens.widgets.key_hints import KeyHints

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


class PanelBoardPage(AsksKept[None], Dialog[None]):
    """The part of the page that only shows; everybody at the centre may look."""

    FLOW = "desk.social_review"
    OPENS_PAGES = False
    HINTS = (*FIRST, *HINTS_OF["agenda"], *LAST)
    BINDINGS = [
        ("left_square_bracket", "tab(-1)"),
        ("right_square_bracket", "tab(1)"),
    ]
    DEFAULT_CSS = """
    PanelBoardPage {
        & > #box { width: 100%; max-width: 132; height: 100%; }
        & #title { margin: 0; }
        & #board { height: auto; max-height: 3; width: 1fr; }
        & #lines { height: 2fr; }
        & #words { height: 1fr; min-height: 6; }
    }
    """

    def __init__(self) -> None:
        super().__init__("社会评议")
        self.board: PanelBoard | None = None
        self._session_id: int | None = None
        self._seen_change = -1

    def questions(self) -> ComposeResult:
        yield Static("", id="board")
        yield Tabs(TABS)
        yield RowList[Any](columns_of("agenda"), key=lambda row: row.key, hint=EMPTY["agenda"], id="lines")
        yield Detail(id="words")

    def on_mount(self) -> None:
        super().on_mount()
        self.reload()
        self.rows.focus()

    @property
    def rows(self) -> RowList[Any]:
        """The list of the tab."""
        return self.query_one("#lines", RowList)

    @property
    def tab(self) -> str:
        """The key of the tab shown."""
        return self.query_one(Tabs).active

    def line_on(self, *tabs: str) -> PanelLineRow | None:
        """The order under the cursor on one of these tabs, or None after saying why this key does nothing."""
        row = self.rows.cursor_row
        if self.tab not in tabs:
            names = "、".join(tab.word for tab in TABS if tab.key in tabs)
            self.refuse(f"请在“{names}”一栏办：[ ] 换栏")
        elif isinstance(row, PanelLineRow):
            return row
        else:
            self.refuse("这一栏没有工单")
        return None

    def order_no(self) -> str | None:
        row = self.rows.cursor_row
        return row.order_no if isinstance(row, PanelLineRow) else None

    def refresh_if_stale(self, change: int) -> None:
        if self._seen_change != change:
            self._seen_change = change
            self.reload()

    def deed_done(self) -> None:
        self.reload()

    def show_session(self, session_id: int | None, tab: str) -> None:
        """Go to one list of one session; None is the one to come."""
        self._session_id = session_id
        if self.tab == tab:
            self.reload()
        else:
            self.query_one(Tabs).switch(tab)

    def reload(self) -> None:
        """Read the board again."""
        session_id = self._session_id
        self.read(lambda flow, desk: flow.board(desk, session_id), self._show)

    def _show(self, board: PanelBoard) -> None:
        self.board = board
        self.query_one("#board", Static).update(plain(board_words(board)))
        counts = {tab.key: len(rows_of(board, tab.key)) for tab in TABS}
        self.query_one(Tabs).set_counts(counts, frozenset())
        found = rows_of(board, self.tab)
        self.rows.set_page(found, len(found))
        self._show_words()

    def on_tabs_switched(self) -> None:
        self.rows.hint = EMPTY[self.tab]
        self.rows.set_columns(columns_of(self.tab))
        self.rows.reset()
        self.query_one(Detail).clear()
        self.query_one(KeyHints).hints = (*FIRST, *HINTS_OF[self.tab], *LAST)
        self.reload()

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        if event.by_hand:
            self.hush("refused")
        self._show_words()

    def on_row_list_window_wanted(self) -> None:
        self.reload()

    def _show_words(self) -> None:
        if self.board is not None:
            self.query_one(Detail).show(tuple(sections_of(self.rows.cursor_row, self.board)))

    def on_row_list_opened(self) -> None:
        """Enter: of a session its agenda, of an order its card."""
        row = self.rows.cursor_row
        if isinstance(row, SessionRow):
            self.show_session(row.id, "agenda")
        elif (order_no := self.order_no()) is not None:
            self.app.push_screen(Card(order_no))

    def action_tab(self, by: int) -> None:
        self.query_one(Tabs).step(by)
