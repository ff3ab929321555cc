"""Choosing one of many by typing a part of its code or name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Input

from desk.rows import PickRow
from screens.dialogs.base import Dialog
from screens.widgets.columns import Column
from screens.widgets.field import Field
from screens.widgets.key_hints import Hint
from screens.widgets.row_list import RowList

if TYPE_CHECKING:
    from desk.context import Desk

MOST_SHOWN = 50


class Pick(Dialog[PickRow]):
    """A list that narrows while one types; Up and Down choose, Enter gives the `PickRow`.

    `find(flow, desk, text)` runs in a worker and gives at most 50 rows; `text` is empty at first. `hint_flex` is how many
    shares of the room to spare the rows' hints get, beside 2 of their names.
    """

    HINTS: ClassVar[Sequence[Hint]] = (("Enter", "选定"), ("Up/Down", "移动"), ("Esc", "取消"))
    BINDINGS = [
        Binding("up", "row('move', -1)", priority=True),
        Binding("down", "row('move', 1)", priority=True),
        Binding("pageup", "row('page', -1)", priority=True),
        Binding("pagedown", "row('page', 1)", priority=True),
    ]
    DEFAULT_CSS = """
    Pick > #box { height: 100%; max-height: 20; }
    Pick #query { margin: 0 0 1 0; }
    """

    def __init__(
        self,
        title: str,
        flow: str,
        find: Callable[[Any, Desk, str], Sequence[PickRow]],
        *,
        text: str = "",
        shows_key: bool = False,
        hint_flex: int = 1,
        hint: str = "没有符合的，换个字试试",
        asks: str = "输入编号或名称的一部分",
    ) -> None:
        super().__init__(title)
        self.FLOW = flow  # type: ignore[misc]
        self._find = find
        self._text = text
        self._asked: str = text
        self._shown: str | None = None
        self._is_wanted = False
        self._hint = hint
        self._asks = asks
        self._shows_key = shows_key
        self._hint_flex = hint_flex

    def questions(self) -> ComposeResult:
        yield Field("查找", self._text, placeholder=self._asks, id="query")
        yield RowList[PickRow](
            [
                *([Column("编号", 12, self.shown_key)] if self._shows_key else []),
                Column("名称", 20, lambda item: item.name, flex=2),
                Column("说明", 12, lambda item: item.hint, flex=self._hint_flex),
            ],
            key=lambda item: item.key,
            hint=self._hint,
            id="items",
        )

    def shown_key(self, item: PickRow) -> str:
        """What stands in the first column, where the list shows keys."""
        return item.key

    def on_mount(self) -> None:
        self._search(self._text)

    def on_input_changed(self, event: Input.Changed) -> None:
        self._search(event.value.strip())

    def _search(self, text: str) -> None:
        self._asked, self._is_wanted = text, False
        self.read(lambda flow, desk: self._find(flow, desk, text), lambda items: self._show(text, items))

    def _show(self, text: str, items: Sequence[PickRow]) -> None:
        self._shown = text
        rows = self.query_one("#items", RowList)
        rows.reset()
        rows.set_page(items[:MOST_SHOWN], min(len(items), MOST_SHOWN))
        if self._is_wanted and text == self._asked:
            self._give()

    def entered(self, field: Field) -> None:  # noqa: ARG002
        self._give()

    def on_row_list_opened(self) -> None:
        self._give()

    def _give(self) -> None:
        if self._shown != self._asked:
            # Enter was faster than the search: what is shown still answers an older question.
            self._is_wanted = True
            return
        row = self.query_one("#items", RowList).cursor_row
        if row is not None:
            self.dismiss(row)

    def action_row(self, move: str, by: int) -> None:
        rows = self.query_one("#items", RowList)
        (rows.action_move if move == "move" else rows.action_page)(by)
