"""What the page of the 热线日 shows: the board, four lists, the line under the cursor in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.widgets import Static

from desk.hotline_rows import Board, DayLine
from screens.cells import plain
from screens.dialogs import Card
from screens.dialogs.base import Dialog
from screens.dispatch.hotline_lists import EMPTY, TABS, board_words, columns_of, line_sections
from screens.widgets import Detail, RowList, Tabs
from screens.widgets.folded import Folded
from screens.widgets.key_hints import KeyHints

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


class HotlineBoard(Dialog[None]):
    """The part of the page that only shows; everybody at the centre may look."""

    FLOW = "desk.hotline_day"
    OPENS_PAGES = False
    HINTS = (*HINTS_OF["agenda"], *ALWAYS)
    BINDINGS = [
        ("left_square_bracket", "tab(-1)"),
        ("right_square_bracket", "tab(1)"),
    ]
    DEFAULT_CSS = """
    HotlineBoard {
        & > #box { width: 100%; max-width: 132; height: 100%; }
        & #title { margin: 0; }
        & #board { height: auto; max-height: 3; width: 1fr; }
        & #lines { height: 2fr; }
        & #words { height: 1fr; min-height: 4; }
    }
    """

    def __init__(self) -> None:
        super().__init__("热线日")
        self.board: Board | None = None
        self._seen_change = -1

    def questions(self) -> ComposeResult:
        yield Static("", id="board")
        yield Tabs(TABS)
        yield RowList[Any](
            columns_of("agenda", self.desk_app.now), key=lambda row: row.key, hint=EMPTY["agenda"], id="lines"
        )
        yield Detail(id="words")

    def on_mount(self) -> None:
        super().on_mount()
        self.reload()
        self.rows.focus()

    # -- what is shown

    @property
    def rows(self) -> RowList[Any]:
        """The list of the tab."""
        return self.query_one("#lines", RowList)

    @property
    def tab(self) -> str:
        """The key of the tab shown."""
        return self.query_one(Tabs).active

    def line_on(self, *tabs: str) -> DayLine | None:
        """The order under the cursor on one of these tabs, or None after saying why this key does nothing."""
        row = self.rows.cursor_row
        if self.tab not in tabs:
            names = "、".join(tab.word for tab in TABS if tab.key in tabs)
            self.refuse(f"请在{names}一栏办：[ ] 换栏")
        elif isinstance(row, DayLine):
            return row
        else:
            self.refuse("这一栏没有工单")
        return None

    def order_no(self) -> str | None:
        row = self.rows.cursor_row
        return row.order_no if isinstance(row, DayLine) else None

    def refresh_if_stale(self, change: int) -> None:
        if self._seen_change != change:
            self._seen_change = change
            self.reload()

    def deed_done(self) -> None:
        self.reload()

    def reload(self) -> None:
        """Read the board and the list of the tab again."""
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
            self._show_words()

    def on_tabs_switched(self) -> None:
        self.rows.hint = EMPTY[self.tab]
        self.rows.set_columns(columns_of(self.tab, self.desk_app.now))
        self.rows.reset()
        self.query_one(Detail).clear()
        self.query_one(KeyHints).hints = (*HINTS_OF[self.tab], *ALWAYS)
        self.reload()

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        if event.by_hand:
            self.hush("refused")
        self._show_words()

    def on_row_list_window_wanted(self) -> None:
        self.reload()

    def _show_words(self) -> None:
        row = self.rows.cursor_row
        self.query_one(Detail).show(line_sections(row) if isinstance(row, DayLine) else ())

    def on_row_list_opened(self) -> None:
        order_no = self.order_no()
        if order_no is not None:
            self.app.push_screen(Card(order_no))

    def action_tab(self, by: int) -> None:
        self.query_one(Tabs).step(by)
