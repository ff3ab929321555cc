"""The base of all dialogs: opaque, in the middle, left with Esc."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen

from screens.errands import Errands
from screens.widgets.folded import Folded
from screens.widgets.key_hints import Hint, KeyHints, MessageLine

Answer = TypeVar("Answer")


class Dialog(Errands[Answer | None], ModalScreen[Answer | None]):
    """A question over a screen. It is dismissed with its answer, or None after Esc.

    Opaque on purpose: Windows Terminal mis-measures double-width characters under a translucent one.
    """

    HINTS: ClassVar[Sequence[Hint]] = (("Enter", "确定"), ("Esc", "取消"))
    BINDINGS = [("escape", "cancel")]
    DEFAULT_CSS = """
    Dialog {
        align: center middle; background: $surface;
        & > #box { width: 76; max-width: 100%; height: auto; max-height: 100%; padding: 0 1; background: $surface; }
        & #title { text-style: bold; height: auto; max-height: 6; width: 1fr; color: $foreground; margin: 0 0 1 0; }
        &:ansi, &:ansi > #box { background: ansi_default; color: ansi_default; }
    }
    """

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self._is_ready = False

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield Folded(self._title, id="title")
            yield from self.questions()
            yield MessageLine()
            yield KeyHints(self.HINTS, last=None)

    def questions(self) -> ComposeResult:
        """The widgets under the title."""
        yield from ()

    def on_mount(self) -> None:
        self.call_after_refresh(self._paint)

    def _paint(self) -> None:
        self._is_ready = True
        self.refresh()

    def _compositor_refresh(self) -> None:
        # Stock Textual paints a new screen four times while its widgets arrive: 25 KB too much on a slow line.
        if self._is_ready:
            super()._compositor_refresh()

    def action_cancel(self) -> None:
        self.dismiss(None)
