"""The list of ^T: everybody a call can go to, by a part of a number, a name or a desk."""

from __future__ import annotations

from textual.binding import Binding

from desk.codes import TransferWay, word
from desk.rows import PickRow
from screens.dialogs.pick import Pick

THROUGH, THREE_WAY, QUESTION = "through", "three_way", "question"
SILENT = "silent:supervisor"
"""The key of the line that calls 班长 without a sound (practice P25)."""


class TransferPick(Pick):
    """Enter puts the call through, ^T speaks three-way, ^R leaves the question; `how` says which it was."""

    HINTS = (
        ("Enter", "转接"),
        ("^T", "三方通话"),
        ("^R", "留问题，请对方回电"),
        ("Up/Down", "移动"),
        ("Esc", "取消"),
    )
    BINDINGS = [
        Binding("ctrl+t", "give('three_way')", priority=True),
        Binding("ctrl+r", "give('question')", priority=True),
    ]
    DEFAULT_CSS = "TransferPick > #box { width: 78; }"

    def __init__(self, flow: str, line: str, *, is_crisis: bool) -> None:
        title = "危机来电：先静默呼叫班长，110 用三方通话" if is_crisis else "转接：接通前不要挂断"
        super().__init__(
            title,
            flow,
            lambda module, desk, text: module.transfer_picks(desk, text, line=line, is_crisis=is_crisis),
            shows_key=True,
            asks="号码、单位、姓名或座席的一部分",
        )
        self.how = THROUGH

    def shown_key(self, item: PickRow) -> str:
        way, is_inside, _ = item.key.partition(":")
        return word(TransferWay(way)) if is_inside else item.key

    def action_give(self, how: str) -> None:
        """Ctrl+T: both lines stay open, the call stays here. Ctrl+R: the question stays there, the caller is rung back."""
        self.how = how
        self._give()
