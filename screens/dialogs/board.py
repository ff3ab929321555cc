"""A page of sessions (热线日, 评议会): what stands on top, tabs, one list, and the row under the cursor in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.widgets import Static

from screens.dialogs.base import Dialog
from screens.dialogs.card import Card
from screens.widgets import Column, Detail, RowList, Tab, Tabs
from screens.widgets.key_hints import Hint, KeyHints

Line = TypeVar("Line")


class BoardPage(Dialog[None], Generic[Line]):
    """What such pages share. One says which tabs and keys it has, how it reads (`reload`) and what it tells of a row."""

    OPENS_PAGES = False
    TABS: ClassVar[Sequence[Tab]] = ()
    EMPTY: ClassVar[Mapping[str, str]] = {}
    """What an empty list says, by tab."""
    HINTS_OF: ClassVar[Mapping[str, Sequence[Hint]]] = {}
    FIRST: ClassVar[Sequence[Hint]] = ()
    LAST: ClassVar[Sequence[Hint]] = ()
    LINE: ClassVar[type[Any]]
    """Which rows are an order with a card: they have an `order_no`."""
    BINDINGS = [
        ("left_square_bracket", "tab(-1)"),
        ("right_square_bracket", "tab(1)"),
    ]
    DEFAULT_CSS = """
    BoardPage {
        & > #box { width: 100%; max-width: 132; height: 100%; }
        & #title { margin: 0; }
        & #board { height: auto; max-height: 3; width: 1fr; }
        & #lines { height: 2fr; }
        & #words { height: 1fr; min-height: 6; }
    }
    """

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self._seen_change = -1

    def columns(self, tab: str) -> Sequence[Column[Any]]:
        """The columns of a tab's list."""
        raise NotImplementedError

    def reload(self) -> None:
        """Read the board and the list of the tab again."""
        raise NotImplementedError

    def show_words(self) -> None:
        """Tell what there is of the row under the cursor."""
        raise NotImplementedError

    def questions(self) -> ComposeResult:
        first = self.TABS[0].key
        yield Static("", id="board")
        yield Tabs(self.TABS)
        yield RowList[Any](self.columns(first), key=lambda row: row.key, hint=self.EMPTY[first], id="lines")
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

    def line_on(self, *tabs: str) -> Line | None:
        """The order under the cursor on one of these tabs, or None after saying why this key does nothing."""
        row = self.rows.cursor_row
        if self.tab not in tabs:
            names = "、".join(tab.word for tab in self.TABS if tab.key in tabs)
            self.refuse(f"请在“{names}”一栏办：[ ] 换栏")
            return None
        if not isinstance(row, self.LINE):
            self.refuse("这一栏没有工单")
            return None
        line: Line = row
        return line

    def order_no(self) -> str | None:
        row = self.rows.cursor_row
        return str(row.order_no) if isinstance(row, self.LINE) else None

    def refresh_if_stale(self, change: int) -> None:
        if self._seen_change != change:
            self._seen_change = change
            self.reload()

    def deed_done(self) -> None:
        self.reload()

    def on_tabs_switched(self) -> None:
        self.rows.hint = self.EMPTY[self.tab]
        self.rows.set_columns(self.columns(self.tab))
        self.rows.reset()
        self.query_one(Detail).clear()
        self.query_one(KeyHints).hints = (*self.FIRST, *self.HINTS_OF[self.tab], *self.LAST)
        self.reload()

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        if event.by_hand:
            self.hush("refused")
        self.show_words()

    def on_row_list_window_wanted(self) -> None:
        self.reload()

    def on_row_list_opened(self) -> None:
        """Enter: of an order its card."""
        order_no = self.order_no()
        if order_no is not None:
            self.app.push_screen(Card(order_no))

    def action_tab(self, by: int) -> None:
        self.query_one(Tabs).step(by)
