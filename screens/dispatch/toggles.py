"""One row of words of which any may be chosen: the marks of an order."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual.reactive import reactive

from screens.cells import safe
from screens.widgets.choice import Choice


class Toggles(Choice):
    """Like a `Choice`, but a digit (or Space on the place under the cursor) takes a word in or out; many may be in.

    `value` names the chosen ones with commas between.
    """

    BINDINGS = [("space", "take")]
    chosen: reactive[frozenset[int]] = reactive(frozenset())

    def __init__(
        self,
        label: str,
        options: Sequence[tuple[str, str]],
        *,
        value: str = "",
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(label, options, id=id)
        self.set_reactive(Toggles.chosen, self._places(value))

    def _places(self, value: str) -> frozenset[int]:
        named = value.split(",")
        return frozenset(at for at, (known, _) in enumerate(self.options) if known in named)

    @property
    def value(self) -> str:
        """The chosen options' values, in their own order."""
        return ",".join(self.options[at][0] for at in sorted(self.chosen))

    @value.setter
    def value(self, value: str) -> None:
        self.chosen = self._places(value)

    def action_take(self) -> None:
        self._toggle(self.index)

    def _choose(self, index: int) -> None:
        """A digit or a click takes its word in or out and leaves the cursor there."""
        self.index = index
        self._toggle(index)

    def action_step(self, by: int) -> None:
        self.index = (self.index + by) % len(self.options)

    def _toggle(self, index: int) -> None:
        self.chosen = self.chosen ^ {index}
        self.post_message(self.Changed(self))

    def _words(self) -> list[str]:
        return [
            f"{at}{'+' if at - 1 in self.chosen else ' '}{safe(word)}"
            for at, (_, word) in enumerate(self.options, 1)
        ]

    def _what_to_press(self) -> str:
        return f"“{self.label}”按 1-{len(self.options)} 选上或去掉，不能打字"

    def render(self) -> Text:
        text = Text(end="", no_wrap=True, overflow="crop")
        for at, words in enumerate(self._words()):
            style = "bold reverse" if at in self.chosen else ""
            if self.has_focus and at == self.index:
                style += " underline"
            text.append(words, style.strip()).append(" ")
        return text
