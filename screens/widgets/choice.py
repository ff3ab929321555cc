"""One-row chooser among a small closed set of words."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from screens.cells import safe, width_of

_SIGNS = "123456789abcdefghijklmnopqrstuvwxyz"


class Choice(Widget, can_focus=True):
    """A closed set such as 诉求类型: Left and Right step, a digit jumps.

    When they fit, all options stand side by side, the chosen one reversed; else only the chosen one. An `is_open` one
    begins with nothing chosen: what the law asks for is said by hand.
    """

    BINDINGS = [
        ("left", "step(-1)"),
        ("right,space", "step(1)"),
        ("up", "app.focus_previous"),
        ("down,enter", "app.focus_next"),
    ]
    DEFAULT_CSS = """
    Choice {
        height: 1; width: 1fr; background: $field; color: $foreground;
        &:focus { background: $field-focus; }
        &:ansi { background: ansi_default; }
    }
    """
    index: reactive[int] = reactive(0)
    most_signs = 9
    """How many of the options have a sign that jumps to them."""

    class Changed(Message):
        """Another option was chosen by hand."""

        def __init__(self, choice: Choice) -> None:
            self.choice = choice
            super().__init__()

        @property
        def control(self) -> Choice:
            return self.choice

    class Puzzled(Message):
        """Words were typed where there is only something to choose."""

        def __init__(self, choice: Choice, why: str) -> None:
            self.choice = choice
            self.why = why
            super().__init__()

        @property
        def control(self) -> Choice:
            return self.choice

    def __init__(
        self,
        label: str,
        options: Sequence[tuple[str, str]],
        *,
        value: str | None = None,
        width: int | None = None,
        is_open: bool = False,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        """`options` are (value, Chinese word) pairs; the first nine get the digits 1-9."""
        super().__init__(id=id, classes=classes)
        self.label = label
        self.options = tuple(options)
        self.is_open = is_open
        if value is not None or is_open:
            self.set_reactive(Choice.index, self._place(value or ""))
        if width is not None:
            self.styles.width = width

    @property
    def value(self) -> str:
        """The chosen option's value, `""` when there is none."""
        return self.options[self.index][0] if self.options and self.index >= 0 else ""

    @value.setter
    def value(self, value: str) -> None:
        self.index = self._place(value)

    @property
    def word(self) -> str:
        """The chosen option's Chinese word."""
        return self.options[self.index][1] if self.options and self.index >= 0 else ""

    def _place(self, value: str) -> int:
        unknown = -1 if self.is_open else 0
        return next((at for at, (known, _) in enumerate(self.options) if known == value), unknown)

    def action_step(self, by: int) -> None:
        if self.options:
            before = self.index if self.index >= 0 or by > 0 else 0
            self._choose((before + by) % len(self.options))

    def on_key(self, event: events.Key) -> None:
        typed = event.character or ""
        if typed and 0 <= _SIGNS.find(typed) < min(len(self.options), self.most_signs):
            event.stop()
            self._choose(_SIGNS.find(typed))
        elif typed.isalnum():
            event.stop()
            self.post_message(self.Puzzled(self, self._what_to_press()))

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        self.post_message(self.Puzzled(self, self._what_to_press()))

    def _what_to_press(self) -> str:
        last = _SIGNS[min(len(self.options), self.most_signs) - 1]
        return f"“{self.label}”只能选：按 1-{last} 或左右键，不能打字"

    def on_click(self, event: events.Click) -> None:
        begin = 0
        for at, words in enumerate(self._words()):
            if begin <= event.x < begin + width_of(words) and self._all_fit():
                self._choose(at)
            begin += width_of(words) + 1

    def _choose(self, index: int) -> None:
        if index != self.index:
            self.index = index
            self.post_message(self.Changed(self))

    def _words(self) -> list[str]:
        return [f"{at}{safe(word)}" for at, (_, word) in enumerate(self.options, 1)]

    def _all_fit(self) -> bool:
        return sum(width_of(words) + 1 for words in self._words()) <= self.size.width

    def render(self) -> Text:
        text = Text(end="", no_wrap=True, overflow="crop")
        if not self._all_fit():
            return text.append(f"< {safe(self.word) or '未选'} >", "bold" if self.has_focus else "")
        for at, words in enumerate(self._words()):
            chosen = ("bold reverse" if self.has_focus else "bold underline") if at == self.index else ""
            text.append(words, chosen).append(" ")
        return text


class WideChoice(Choice):
    """A longer closed set, over as many rows as it needs; after the digits come letters, `1燃气泄漏 … a停水`."""

    DEFAULT_CSS = "WideChoice { height: auto; }"
    most_signs = len(_SIGNS)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many rows as the options take when each is whole."""
        return self._rows(width)[-1][0] + 1 if self.options else 1

    def on_click(self, event: events.Click) -> None:
        event.stop()
        for at, (row, column) in enumerate(self._rows(self.size.width)):
            if row == event.y and column <= event.x < column + width_of(self._words()[at]):
                self._choose(at)

    def _words(self) -> list[str]:
        signs = _SIGNS.ljust(len(self.options))
        return [f"{signs[at]}{safe(word)}" for at, (_, word) in enumerate(self.options)]

    def _rows(self, width: int) -> list[tuple[int, int]]:
        """Where each option stands: its row and its column, both from 0."""
        places, row, column = [], 0, 0
        for words in self._words():
            if column and column + width_of(words) > width:
                row, column = row + 1, 0
            places.append((row, column))
            column += width_of(words) + 1
        return places

    def render(self) -> Text:
        text, last = Text(end="", no_wrap=True, overflow="crop"), 0
        for at, ((row, column), words) in enumerate(
            zip(self._rows(self.size.width), self._words(), strict=True)
        ):
            text.append("\n" * (row - last) or " " * bool(column))
            chosen = ("bold reverse" if self.has_focus else "bold underline") if at == self.index else ""
            text.append(words, chosen)
            last = row
        return text
