"""Ctrl+P: any order by number, 查询码, phone or words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Input

from screens import columns
from screens.dialogs.base import Dialog
from screens.dialogs.card import Card
from screens.widgets.field import Field
from screens.widgets.row_list import RowList

if TYPE_CHECKING:
    from desk.rows import OrderRow


class Finder(Dialog[None]):
    """Finds while one types; Enter opens the card, Esc there comes back to what was found."""

    FLOW = "desk.finder"
    OPENS_PAGES = False
    HINTS = (("Enter", "看详情"), ("Up/Down", "移动"), ("Esc", "关闭"))
    BINDINGS = [
        Binding("up", "row('move', -1)", priority=True),
        Binding("down", "row('move', 1)", priority=True),
        Binding("pageup", "row('page', -1)", priority=True),
        Binding("pagedown", "row('page', 1)", priority=True),
    ]
    DEFAULT_CSS = """
    Finder > #box { width: 100%; max-width: 116; height: 100%; }
    Finder #query { margin: 0 0 1 0; }
    """

    def __init__(self) -> None:
        super().__init__("查找工单")

    def questions(self) -> ComposeResult:
        yield Field("查找", placeholder="工单号、查询码、电话或内容中的字", max_length=200, id="query")
        yield RowList["OrderRow"](
            [
                columns.number(),
                columns.status(),
                columns.title(),
                columns.steward(),
                columns.grade(),
                columns.due(self.desk_app.now),
            ],
            key=lambda row: row.order_no,
            hint="没有找到：可试试更短的字，或查询码、完整电话",
            id="found",
        )

    def on_input_changed(self, event: Input.Changed) -> None:
        text = event.value.strip()
        if text:
            self.read(lambda flow, desk: (text, flow.find(desk, text)), self._show)
        else:
            self.query_one("#found", RowList).reset()

    def _show(self, answer: tuple[str, Sequence[OrderRow]]) -> None:
        text, found = answer
        if text != self.query_one("#query", Field).text:
            return
        rows = self.query_one("#found", RowList)
        rows.reset()
        rows.set_page(found, len(found))

    def entered(self, field: Field) -> None:  # noqa: ARG002
        self._open()

    def on_row_list_opened(self) -> None:
        self._open()

    def _open(self) -> None:
        row = self.query_one("#found", RowList).cursor_row
        if row is not None:
            self.app.push_screen(Card(row.order_no))

    def action_row(self, move: str, by: int) -> None:
        rows = self.query_one("#found", RowList)
        (rows.action_move if move == "move" else rows.action_page)(by)
