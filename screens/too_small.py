"""What is shown while the terminal is too small to work in."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widgets import Static

from screens.terminal import LEAST_COLUMNS, LEAST_ROWS


class TooSmall(ModalScreen[None]):
    """Covers everything and eats the keys; what was typed stays and comes back with the size."""

    DEFAULT_CSS = """
    TooSmall { align: center middle; background: $background; }
    TooSmall:ansi { background: ansi_default; }
    TooSmall > Static { width: 1fr; height: auto; text-align: center; }
    """

    def compose(self) -> ComposeResult:
        yield Static(
            f"窗口太小，请放大到 80x24\n（至少 {LEAST_COLUMNS}x{LEAST_ROWS}）\n填写的内容都在", markup=False
        )
