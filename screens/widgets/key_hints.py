"""The bottom rows: what the desk says, and which keys matter now."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget

from screens.cells import fit, safe, width_of, wrap

Hint = tuple[str, str]
"""A key as it is written (`^S`, `F9`, `Enter`) and what it does (`受理`)."""
HelpGroup = tuple[str, Sequence[Hint]]
"""A heading of the F1 page and its keys."""
MORE: Hint = ("F1", "更多键")
"""The end of a row that had no room for all its keys."""


class KeyHints(Widget):
    """One row of keys; the first are the most important, what does not fit is left to F1, and the row says so."""

    DEFAULT_CSS = """
    KeyHints { height: 1; width: 1fr; background: $panel; color: $foreground; text-wrap: nowrap; }
    KeyHints:ansi { background: ansi_default; color: ansi_cyan; }
    """
    hints: reactive[tuple[Hint, ...]] = reactive(())

    def __init__(self, hints: Sequence[Hint] = (), *, last: Hint | None = ("F1", "帮助")) -> None:
        super().__init__()
        self._last = last
        self.set_reactive(KeyHints.hints, tuple(hints))

    def render(self) -> Text:
        last = self._last
        is_whole = sum(map(_written, (*self.hints, *((last,) if last else ())))) <= self.size.width
        if not is_whole:
            last = MORE
        text = Text(end="", no_wrap=True)
        room = self.size.width - (_written(last) if last else 0)
        for hint in self.hints:
            room -= _written(hint)
            if room < 0:
                break
            _write(text, hint)
        if last:
            _write(text, last)
        return text


def _written(hint: Hint) -> int:
    return width_of(hint[0]) + width_of(hint[1]) + 3


def _write(text: Text, hint: Hint) -> None:
    text.append(f" {safe(hint[0])}", "bold").append(f" {safe(hint[1])} ")


class MessageLine(Widget):
    """The line in which the desk answers; it never covers a form. What is longer takes a second or third row.

    A refusal ends with what to do next, so its end must not be cut.
    """

    MOST_ROWS = 3
    DEFAULT_CSS = """
    MessageLine { height: 1; width: 1fr; color: $foreground; text-wrap: nowrap; }
    MessageLine.-refused { color: $error; text-style: bold; }
    MessageLine.-done { color: $success; }
    """
    words: reactive[str] = reactive("")

    def say(self, words: str, kind: str = "") -> None:
        """Show `words`; `kind` is `done`, `refused` or nothing."""
        self.set_class(kind == "refused", "-refused")
        self.set_class(kind == "done", "-done")
        self.words = words.replace("\n", "；")
        self._fit_height()

    def on_resize(self) -> None:
        self._fit_height()

    def _fit_height(self) -> None:
        rows = max(len(self._rows), 1)
        if self.styles.height is None or self.styles.height.value != rows:
            self.styles.height = rows

    @property
    def _rows(self) -> list[str]:
        """The words cut into rows of this width, a sign or blank before each."""
        width = self.size.width - 2
        if not self.words or width < 2:
            return []
        rows = wrap(self.words, width)
        if len(rows) > self.MOST_ROWS:
            rows = [*rows[: self.MOST_ROWS - 1], fit("".join(rows[self.MOST_ROWS - 1 :]), width)]
        return rows

    def render(self) -> Text:
        sign = "!" if self.has_class("-refused") else " "
        rows = (f"{sign if number == 0 else ' '} {row}" for number, row in enumerate(self._rows))
        return Text("\n".join(rows), end="", no_wrap=True)
