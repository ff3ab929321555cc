"""A chooser of several words out of a closed set."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from screens.widgets.choice import WideChoice


class Several(WideChoice):
    """Any number of options, such as 退回原因: a sign or Space puts `+` before one or takes it away.

    `value` is what is chosen, in the order of the list, with commas between.
    """

    BINDINGS = [("space", "choose")]

    def __init__(
        self,
        label: str,
        options: Sequence[tuple[str, str]],
        *,
        value: str = "",
        id: str | None = None,  # noqa: A002
    ) -> None:
        self._chosen: frozenset[str] = frozenset(value.split(",")) - {""}
        super().__init__(label, options, is_open=True, id=id)

    @property
    def value(self) -> str:
        """The chosen options' values, with commas between; `""` when there is none."""
        return ",".join(known for known, _ in self.options if known in self._chosen)

    @value.setter
    def value(self, value: str) -> None:
        self._chosen = frozenset(value.split(",")) - {""}
        self.refresh()

    def action_step(self, by: int) -> None:
        """Move the place at which Space chooses."""
        if self.options:
            before = self.index if self.index >= 0 or by > 0 else 0
            self.index = (before + by) % len(self.options)

    def action_choose(self) -> None:
        """Choose the option at the place, or no longer."""
        if self.index >= 0:
            self._choose(self.index)

    def _choose(self, index: int) -> None:
        self.index = index
        self._chosen ^= {self.options[index][0]}
        self.refresh()
        self.post_message(self.Changed(self))

    def _words(self) -> list[str]:
        marks = ("+" if known in self._chosen else " " for known, _ in self.options)
        return [f"{mark}{words}" for mark, words in zip(marks, super()._words(), strict=True)]

    def _what_to_press(self) -> str:
        return f"“{self.label}”按前面的字选或不选，可选几个，不能打字"

    def render(self) -> Text:
        text, last = Text(end="", no_wrap=True, overflow="crop"), 0
        rows = zip(self._rows(self.size.width), self._words(), strict=True)
        for at, ((row, column), words) in enumerate(rows):
            text.append("\n" * (row - last) or " " * bool(column))
            chosen = "bold underline" if self.options[at][0] in self._chosen else ""
            here = "reverse" if at == self.index and self.has_focus else ""
            text.append(words, f"{chosen} {here}".strip())
            last = row
        return text
