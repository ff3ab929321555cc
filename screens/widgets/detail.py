"""A read-only pane of sections: the order in full."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from screens.cells import fit, safe, width_of, wrap

MARK_STYLE = "bold underline"
ABREAST = 64
"""From this width on two texts stand beside each other."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with some of its words marked: (start, end, sign) in order; shown as `sign[words]`, and in a style."""

    text: str
    places: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts about one thing: beside each other where there is room, else the second below the first."""

    left: str
    right: str


Line = str | tuple[str, str] | Marked | Pair
"""A line of text; or (label, value): the value is indented under itself when it is folded; or marked words; or a pair."""

Folded = tuple[str, str, tuple[tuple[int, int], ...]]
"""A row as it is drawn: its text, its style, and where marked words begin and end in it."""


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
        self._lines: list[Folded] = []
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
            self._lines = [(line, "bright_black", ()) for line in wrap(self.hint, self._width)]
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
        text, style, marks = self._lines[at] if at < len(self._lines) else ("", "", ())
        base = self.rich_style
        painted = base + Style.parse(style) if style else base
        return Strip(list(_segments(text, painted, marks))).adjust_cell_length(self._width, base)


def _segments(text: str, style: Style, marks: Sequence[tuple[int, int]]) -> Iterator[Segment]:
    begun = 0
    for start, end in marks:
        yield Segment(text[begun:start], style)
        yield Segment(text[start:end], style + Style.parse(MARK_STYLE))
        begun = end
    yield Segment(text[begun:], style)


def _folded(section: Section, width: int) -> Iterable[Folded]:
    if section.heading:
        yield from ((line, section.style or "bold", ()) for line in wrap(section.heading, width))
    for line in section.lines:
        if isinstance(line, str):
            yield from ((part, "", ()) for part in wrap(line, width))
        elif isinstance(line, Marked):
            yield from _marked(line, width)
        elif isinstance(line, Pair):
            yield from _abreast(line, width)
        else:
            yield from _labelled(*line, width)


def _labelled(label: str, value: str, width: int) -> Iterable[Folded]:
    head = safe(label) + " "
    indent = width_of(head)
    first, *rest = wrap(value, max(10, width - indent))
    yield head + first, "", ()
    for part in rest:
        yield " " * indent + part, "", ()


def _abreast(pair: Pair, width: int) -> Iterable[Folded]:
    if width < ABREAST:
        yield from ((part, "", ()) for text in (pair.left, pair.right) for part in wrap(text, width))
        return
    room = (width - 3) // 2
    for left, right in zip_longest(wrap(pair.left, room), wrap(pair.right, room), fillvalue=""):
        yield f"{fit(left, room)} | {right}", "", ()


def _marked(marked: Marked, width: int) -> Iterator[Folded]:
    """Fold a text with its marks written into it; a mark that is broken goes on in the next row."""
    text, places = _with_marks(marked)
    begun = 0
    for whole in text.split("\n"):
        for part in wrap(whole, width):
            end = begun + len(part)
            inside = ((max(a, begun) - begun, min(b, end) - begun) for a, b in places)
            yield part, "", tuple((a, b) for a, b in inside if a < b)
            begun = end
        begun += 1


def _with_marks(marked: Marked) -> tuple[str, list[tuple[int, int]]]:
    text, begun, places = "", 0, []
    for start, end, sign in marked.places:
        text += safe(marked.text[begun:start], keep_lines=True)
        at = len(text)
        text += f"{sign}[{safe(marked.text[start:end], keep_lines=True)}]"
        places.append((at, len(text)))
        begun = end
    return text + safe(marked.text[begun:], keep_lines=True), places
