"""Words that fold like those of a pane: a telephone number, a date or an order's number stays in one piece."""

from __future__ import annotations

from rich.text import Text
from textual.geometry import Size
from textual.widget import Widget

from screens.cells import wrap


class Folded(Widget):
    """Plain text as high as it needs to be. Stock widgets break Chinese text wherever the line ends, numbers too."""

    DEFAULT_CSS = "Folded { height: auto; width: 1fr; }"

    def __init__(self, words: str, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.words = words

    def say(self, words: str) -> None:
        """Show other words."""
        self.words = words
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many rows as the words take at this width."""
        return len(wrap(self.words, width))

    def render(self) -> Text:
        return Text("\n".join(wrap(self.words, self.size.width)), end="", no_wrap=True)
