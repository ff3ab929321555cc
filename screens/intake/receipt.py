"""回执 on the screen: what the citizen at the counter takes home (practice P18)."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult

from screens.dialogs.base import Dialog
from screens.widgets.detail import Detail, Section


class Receipt(Dialog[None]):
    """The receipt of an order just made at the counter; paper comes from `desk receipt`."""

    OPENS_PAGES = False
    HINTS = (("Up/Down", "滚动"), ("Enter", "关闭，登下一件"))
    BINDINGS = [("enter", "cancel")]
    DEFAULT_CSS = "Receipt > #box { height: 20; width: 78; }"

    def __init__(self, order_no: str, lines: Sequence[str]) -> None:
        super().__init__(f"回执；打印：desk receipt {order_no} --save 文件")
        self._lines = tuple(lines)

    def questions(self) -> ComposeResult:
        yield Detail(id="receipt")

    def on_mount(self) -> None:
        super().on_mount()
        paper = self.query_one(Detail)
        paper.show([Section("", self._lines)])
        paper.focus()
