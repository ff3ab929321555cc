"""A read-only pane of sections: the order in full."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from screens.cells import safe, width_of, wrap

Line = str | tuple[str, str]
"""A line of text, or (label, value): the value is indented under itself when it is folded."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its lines (plain text, folded to the pane's width)."""

    heading: str
    lines: Sequence[Line] = ()
    style: str = ""


class Detail(ScrollView, can_focus=True):
    """Scrollable plain text; Up, Down, PageUp, PageDown, Home and End scroll it."""

    DEFAULT_CSS = """
    Detail {
        height: 1fr; width: 1fr; background: $background; color: $foreground;
        scrollbar-size: 0 1; overflow-x: hidden; overflow-y: scroll; padding: 0 0 0 1;
        &:ansi { background: ansi_default; color: ansi_default; }
    }
    """

    # Stock Textual lays the whole screen out again when the number of lines changes: 8 ms for each cursor move.
    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False)

    def __init__(self, *, hint: str = "", id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self.hint = hint
        self.sections: tuple[Section, ...] = ()
        self._lines: list[tuple[str, str]] = []
        self._width = 0

    def show(self, sections: Iterable[Section], *, keep_place: bool = False) -> None:
        """Show these sections from the top (or, on a reload of the same order, where one stands)."""
        sections = tuple(sections)
        if sections == self.sections:
            return
        self.sections = sections
        self._fold()
        if not keep_place:
            self.scroll_to(y=0, animate=False, force=True)

    def clear(self) -> None:
        """Show nothing but the hint."""
        self.show(())

    def on_resize(self) -> None:
        if self.scrollable_content_region.width != self._width:
            self._fold()

    def _fold(self) -> None:
        before, top, width = self._lines, self.scroll_offset.y, self._width
        self._width = self.scrollable_content_region.width
        self._lines = [line for section in self.sections for line in _folded(section, self._width)]
        if not self.sections and self.hint:
            self._lines = [(line, "bright_black") for line in wrap(self.hint, self._width)]
        self.virtual_size = Size(self._width, len(self._lines))
        self._scroll_update(self.virtual_size)
        if width != self._width or top or self.scroll_offset.y:
            self.refresh()
            return
        for y in range(self.size.height):
            # A row that stays blank or says the same costs nothing on a slow line.
            if before[y : y + 1] != self._lines[y : y + 1]:
                self.refresh(Region(0, y, self.outer_size.width, 1))

    def render_line(self, y: int) -> Strip:
        at = y + self.scroll_offset.y
        text, style = self._lines[at] if at < len(self._lines) else ("", "")
        base = self.rich_style
        painted = base + Style.parse(style) if style else base
        return Strip([Segment(text, painted)]).adjust_cell_length(self._width, base)


def _folded(section: Section, width: int) -> Iterable[tuple[str, str]]:
    if section.heading:
        yield from ((line, section.style or "bold") for line in wrap(section.heading, width))
    for line in section.lines:
        if isinstance(line, str):
            yield from ((part, "") for part in wrap(line, width))
        else:
            yield from _labelled(*line, width)


def _labelled(label: str, value: str, width: int) -> Iterable[tuple[str, str]]:
    head = safe(label) + " "
    indent = width_of(head)
    first, *rest = wrap(value, max(10, width - indent))
    yield head + first, ""
    for part in rest:
        yield " " * indent + part, ""
