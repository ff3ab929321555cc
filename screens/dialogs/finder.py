"""Ctrl+P: any order by number, 查询码, phone or words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widgets import Input

from screens import columns
from screens.dialogs.card import Card
from screens.dialogs.pages import FoundList
from screens.widgets.field import Field
from screens.widgets.row_list import RowList

if TYPE_CHECKING:
    from desk.rows import OrderRow


class Finder(FoundList[None]):
    """Finds while one types; Enter opens the card, Esc there comes back to what was found."""

    FLOW = "desk.finder"
    HINTS = (("Enter", "看详情"), ("Up/Down", "移动"), ("Esc", "关闭"))

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
            self.rows.reset()

    def _show(self, answer: tuple[str, Sequence[OrderRow]]) -> None:
        text, found = answer
        if text != self.words:
            return
        rows = self.rows
        rows.reset()
        rows.set_page(found, len(found))

    def open_row(self) -> None:
        row = self.rows.cursor_row
        if row is not None:
            self.app.push_screen(Card(row.order_no))
