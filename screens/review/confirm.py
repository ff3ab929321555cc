"""Asked once more before what has no way back: Enter does it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widgets import Static

from screens.cells import plain
from screens.columns import short_number
from screens.dialogs.base import Dialog
from screens.findings import finding_lines
from screens.widgets.key_hints import Hint, KeyHints

if TYPE_CHECKING:
    from desk.review_rows import ReviewDetail, ReviewRow
    from screens.review.acts import Act

SHOWN = 10


class Certain(Dialog[bool]):
    """What is about to be done, in a few lines. Enter: True; Esc: None. The key that asked does nothing here."""

    OPENS_PAGES = False
    BINDINGS = [("enter", "yes")]
    DEFAULT_CSS = "Certain .line { height: auto; max-height: 4; width: 1fr; }"

    def __init__(self, title: str, lines: Sequence[str], yes: str) -> None:
        super().__init__(title)
        self._lines = tuple(lines)
        self._keys: tuple[Hint, ...] = (("Enter", yes), ("Esc", "返回"))

    def questions(self) -> ComposeResult:
        for line in self._lines:
            yield Static(plain(line), classes="line")

    def on_mount(self) -> None:
        self.query_one(KeyHints).hints = self._keys

    def action_yes(self) -> None:
        self.dismiss(True)


class CertainOfResult(Certain):
    """As above, of an order whose caller has spoken before: n passes it without asking him again (dismissed with False)."""

    BINDINGS = [("n", "nothing_new")]

    def __init__(self, title: str, lines: Sequence[str], yes: str) -> None:
        super().__init__(title, lines, yes)
        self._keys = (("Enter", f"{yes}，再回访"), ("n", "没有新结果，不再回访"), ("Esc", "返回"))

    def action_nothing_new(self) -> None:
        self.dismiss(False)


def certain_of_one(act: Act, found: ReviewDetail) -> Certain:
    """Pass one order: its title, and the first line of what it is passed on."""
    order = found.order
    lines = [f"{order.title}  {order.steward}", f"答复：{found.gist or '（本轮没有答复）'}"]
    if found.checked is not None and found.checked.findings:
        lines += finding_lines(found.checked.findings)[:SHOWN]
    if found.checked is not None:
        lines.append(f"告知：{found.checked.told[0]}" if found.checked.told else "!没有告知诉求人的记录")
    title = f"{act.hint} {order.order_no}？"
    if found.surveyed:
        return CertainOfResult(title, [*lines, found.surveyed], act.hint)
    return Certain(title, lines, act.hint)


def certain_of_many(act: Act, rows: Sequence[ReviewRow]) -> Certain:
    """Do it to every marked order: which they are."""
    lines = [f"{short_number(row.key)} {row.order.title}" for row in rows[:SHOWN]]
    more = [f"..共 {len(rows)} 件"] if len(rows) > SHOWN else []
    return Certain(f"{act.hint} {len(rows)} 件？", [*lines, *more], f"{act.hint} {len(rows)} 件")
