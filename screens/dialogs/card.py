"""Ctrl+D: one order in full, with its history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult

from desk.codes import Deed
from screens.dialogs.base import Dialog
from screens.dialogs.cases import AsksForCases
from screens.dialogs.steps import Stewards
from screens.numbers import ShowsNumbers
from screens.widgets.detail import Detail, Section
from screens.widgets.key_hints import KeyHints

if TYPE_CHECKING:
    from desk.rows import CardRow

KEYS = (
    ("l", "六步", frozenset({Deed.WRITE_STEP})),
    ("m", "变更管家", frozenset({Deed.CHANGE_STEWARD})),
    ("k", "案例", frozenset({Deed.PROPOSE_CASE, Deed.PUBLISH_CASE})),
)
"""The card's own keys, shown to those who may do one of the deeds."""


class Card(ShowsNumbers[None], AsksForCases[None], Stewards[None], Dialog[None]):
    """Everything about one order that this person may see, and every step taken in it."""

    FLOW = "desk.card"
    OPENS_PAGES = False
    HINTS = (("Up/Down", "滚动"), ("Home/End", "首尾"), ("F8", "看号码"), ("Esc", "关闭"))
    BINDINGS = [("k", "case"), ("l", "step"), ("m", "steward")]
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

    def action_step(self) -> None:
        """六步记录: one more dated line of 工单管家's six steps."""
        self.ask_step(self._order_no)

    def action_steward(self) -> None:
        """变更管家: the lead passes to a unit that helps already."""
        self.ask_steward(self._order_no)

    def deed_done(self) -> None:
        self.reload()

    def reload(self) -> None:
        """Read the card again (somebody may be working on the order)."""
        self.read(lambda flow, desk: flow.card(desk, self._order_no), self._show)

    def _show(self, card: CardRow) -> None:
        sections = [Section(f"【{section.heading}】", (*section.lines, "")) for section in card.sections]
        history = Section("【办理经过】", card.history)
        self.query_one(Detail).show([*sections, history], keep_place=True)
        able = [(key, words) for key, words, deeds in KEYS if deeds & card.allowed]
        self.query_one(KeyHints).hints = (*self.HINTS[:-1], *able, self.HINTS[-1])
