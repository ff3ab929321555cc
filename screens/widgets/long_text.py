"""Many-line field for what a caller says."""

from __future__ import annotations

from textual.events import Paste
from textual.widgets import TextArea
from textual.widgets.text_area import Selection

from screens.cells import typed
from screens.widgets.keys import left_to_the_desk


class LongText(TextArea, inherit_bindings=False):
    """A borderless, softly wrapped text area; Tab leaves it, Enter is a new line."""

    BINDINGS = left_to_the_desk(TextArea.BINDINGS)
    DEFAULT_CSS = """
    LongText {
        border: none; padding: 0 1 0 0; height: 5; width: 1fr; background: $field;
        &:focus { border: none; background: $field-focus; }
        & .text-area--cursor-line { background: transparent; }
        &:ansi { background: ansi_default; }
    }
    """

    def __init__(
        self,
        label: str = "",
        text: str = "",
        *,
        max_length: int = 0,
        placeholder: str = "",
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(
            typed(text),
            soft_wrap=True,
            tab_behavior="focus",
            show_line_numbers=False,
            highlight_cursor_line=False,
            placeholder=placeholder,
            id=id,
            classes=classes,
        )
        self.label = label
        self.max_length = max_length
        self.cursor_blink = False
        # Whoever finds his words again goes on writing behind them.
        self.move_cursor(self.document.end)

    @property
    def value(self) -> str:
        """The text without the blanks around it."""
        return self.text.strip()

    @value.setter
    def value(self, text: str) -> None:
        self.load_text(typed(text))
        self.move_cursor(self.document.end)

    @property
    def too_long(self) -> str:
        """One line that says so when there is more text than allowed, else nothing."""
        over = len(self.value) - self.max_length if self.max_length else 0
        return f"{self.label or '本栏'}最多 {self.max_length} 字，多了 {over} 字" if over > 0 else ""

    def index_of(self, location: tuple[int, int]) -> int:
        """How many characters stand before a place in the text."""
        row, column = location
        return sum(len(self.document.get_line(line)) + 1 for line in range(row)) + column

    def location_of(self, index: int) -> tuple[int, int]:
        """The place in the text that has `index` characters before it."""
        before = self.text[:index]
        return before.count("\n"), len(before) - (before.rfind("\n") + 1)

    def select_span(self, start: int, end: int) -> None:
        """Mark the characters from `start` to before `end`, so that what is typed takes their place."""
        self.selection = Selection(self.location_of(start), self.location_of(end))
        self.scroll_cursor_visible()

    async def _on_paste(self, event: Paste) -> None:
        event.text = typed(event.text.replace("\r\n", "\n").replace("\r", "\n"))
        await super()._on_paste(event)
        event.prevent_default()
        event.stop()
