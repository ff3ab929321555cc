"""One row of tabs with counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rich.text import Text
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from screens.cells import OVERDUE, safe, width_of


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: its key, its word, how many orders stand in it, and whether they cry out."""

    key: str
    word: str
    count: int | None = None
    alert: bool = False

    @property
    def label(self) -> str:
        """What is drawn: `超期 3!`."""
        count = "" if self.count is None else f" {self.counted}"
        return f" {safe(self.word)}{count} "

    @property
    def counted(self) -> str:
        """The count and whether it cries out: `3!`."""
        return f"{self.count}{'!' if self.alert and self.count else ''}"

    @property
    def tight_label(self) -> str:
        """What is drawn where there is little room: `超期 3!`, and no count of nothing."""
        return f"{safe(self.word)} {self.counted}" if self.count else safe(self.word)

    @property
    def tightest_label(self) -> str:
        """What is drawn where there is hardly any: `超期3!`."""
        return self.tight_label.replace(" ", "")


class Tabs(Widget):
    """A strip of tabs, never focused: `[` and `]` (Ctrl+Left, Ctrl+Right) of the screen switch it."""

    DEFAULT_CSS = """
    Tabs { height: 1; width: 1fr; background: $panel; color: $foreground; }
    Tabs:ansi { background: ansi_default; }
    """
    active: reactive[str] = reactive("")

    class Switched(Message):
        """Another tab was chosen by hand (`tabs.active`)."""

        def __init__(self, tabs: Tabs) -> None:
            self.tabs = tabs
            super().__init__()

        @property
        def control(self) -> Tabs:
            return self.tabs

    def __init__(self, tabs: Sequence[Tab], *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self.tabs = tuple(tabs)
        self.set_reactive(Tabs.active, self.tabs[0].key if self.tabs else "")

    def set_counts(self, counts: dict[str, int], alerts: frozenset[str] = frozenset()) -> None:
        """Show new counts by tab key; redraws only when one differs."""
        tabs = tuple(
            replace(tab, count=counts.get(tab.key, tab.count), alert=tab.key in alerts) for tab in self.tabs
        )
        if tabs != self.tabs:
            self.tabs = tabs
            self.refresh()

    def step(self, by: int) -> None:
        """Go to the next or the last tab, round the ends."""
        keys = [tab.key for tab in self.tabs]
        if len(keys) > 1:
            self.switch(keys[(keys.index(self.active) + by) % len(keys)])

    def switch(self, key: str) -> None:
        """Choose a tab as if by hand."""
        if key != self.active:
            self.active = key
            self.post_message(self.Switched(self))

    def _labels(self) -> list[str]:
        """The labels, with fewer blanks where they would not all be seen."""
        roomy = [tab.label for tab in self.tabs], [tab.tight_label for tab in self.tabs]
        for labels in roomy:
            if sum(width_of(label) + 1 for label in labels) <= self.content_size.width + 1:
                return labels
        return [tab.tightest_label for tab in self.tabs]

    def on_click(self, event: events.Click) -> None:
        begin = 0
        for tab, label in zip(self.tabs, self._labels(), strict=True):
            if begin <= event.x < begin + width_of(label):
                self.switch(tab.key)
            begin += width_of(label) + 1

    def render(self) -> Text:
        text = Text(end="", no_wrap=True, overflow="crop")
        for tab, label in zip(self.tabs, self._labels(), strict=True):
            crying = OVERDUE if tab.alert and tab.count else ""
            text.append(label, "bold reverse" if tab.key == self.active else crying).append(" ")
        return text
