"""Ctrl+D: one order in full, with its history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult

from screens.dialogs.base import Dialog
from screens.dialogs.cases import AsksForCases
from screens.numbers import ShowsNumbers
from screens.widgets.detail import Detail, Section

if TYPE_CHECKING:
    from desk.rows import CardRow


class Card(ShowsNumbers[None], AsksForCases[None], Dialog[None]):
    """Everything about one order that this person may see, and every step taken in it."""

    FLOW = "desk.card"
    OPENS_PAGES = False
    HINTS = (("Up/Down", "滚动"), ("Home/End", "首尾"), ("F8", "看号码"), ("k", "案例"), ("Esc", "关闭"))
    BINDINGS = [("k", "case")]
    DEFAULT_CSS = "Card > #box { width: 100%; max-width: 116; height: 100%; }"

    def __init__(self, order_no: str) -> None:
        super().__init__(f"工单 {order_no}")
        self._order_no = order_no

    def questions(self) -> ComposeResult:
        yield Detail(hint="正在读取..", id="card")

    def on_mount(self) -> None:
        self.reload()

    def order_no(self) -> str | None:
        return self._order_no

    def action_case(self) -> None:
        """典型案例: the one that was made of this order, or the form to propose one."""
        self.open_case_of(self._order_no)

    def deed_done(self) -> None:
        self.reload()

    def reload(self) -> None:
        """Read the card again (somebody may be working on the order)."""
        self.read(lambda flow, desk: flow.card(desk, self._order_no), self._show)

    def _show(self, card: CardRow) -> None:
        sections = [Section(f"【{section.heading}】", (*section.lines, "")) for section in card.sections]
        history = Section("【办理经过】", card.history)
        self.query_one(Detail).show([*sections, history], keep_place=True)
