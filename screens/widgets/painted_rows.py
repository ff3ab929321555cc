"""The drawing half of the desk's list: a head line and the visible rows of a window."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import ClassVar, Generic, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from screens.cells import fit
from screens.journal import note_bug
from screens.widgets.columns import Column, Parts, Ruler
from screens.widgets.window import Window

Row = TypeVar("Row")
MARK_CELLS = 2


class PaintedRows(ScrollView, Generic[Row]):
    """Draws the rows of a window; repaints single lines only."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "row-list--head",
        "row-list--cursor",
        "row-list--cursor-blurred",
        "row-list--hint",
        "row-list--marked",
    }
    DEFAULT_CSS = """
    PaintedRows {
        height: 1fr; width: 1fr; background: $background; color: $foreground;
        scrollbar-size: 0 0; overflow-x: hidden; overflow-y: scroll;
        & > .row-list--head { color: $label; text-style: bold; background: $panel; }
        & > .row-list--cursor { background: $primary; color: $cursor-text; text-style: bold; }
        & > .row-list--cursor-blurred { background: $panel; color: $foreground; }
        & > .row-list--hint { color: $label; }
        & > .row-list--marked { color: $warning; text-style: bold; }
        &:ansi { background: ansi_default; color: ansi_default; }
        &:ansi > .row-list--head { background: ansi_default; color: ansi_cyan; }
        &:ansi > .row-list--cursor { background: ansi_white; color: ansi_black; text-style: none; }
        &:ansi > .row-list--cursor-blurred { background: ansi_default; text-style: underline; }
    }
    """

    # Stock Textual lays the whole screen out again when the number of rows changes; nothing here depends on it.
    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False)

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        key: Callable[[Row], Hashable],
        hint: str,
        can_mark: bool,
        *,
        id: str | None,  # noqa: A002
        classes: str | None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.key = key
        self.hint = hint
        self.can_mark = can_mark
        self._window: Window[Row] = Window(key)
        self._ruler = Ruler(columns, MARK_CELLS if can_mark else 0)
        self._marks: dict[Hashable, Row] = {}
        self._drawn: dict[int, Parts] = {}

    def set_columns(self, columns: Sequence[Column[Row]]) -> None:
        """Show other columns of the rows (another tab)."""
        self._ruler = Ruler(columns, MARK_CELLS if self.can_mark else 0)
        self._drawn.clear()
        self.refresh()

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of the window."""
        return self._window.rows

    @property
    def total(self) -> int:
        """How many rows the whole list has."""
        return self._window.total

    @property
    def start(self) -> int:
        """Which row of the whole list the window begins with: read from here on to reload it."""
        return self._window.start

    @property
    def index(self) -> int:
        """The number of the cursor's row in the whole list."""
        return self._window.index

    @property
    def cursor_row(self) -> Row | None:
        """The row under the cursor, or None (empty list, or its window is still being read)."""
        return self._window.row_at(self._window.index)

    @property
    def cursor_key(self) -> Hashable:
        """The key of the row under the cursor, or None."""
        return self._window.key

    @property
    def _room(self) -> int:
        """How many rows are visible under the head."""
        return max(1, self.size.height - 1)

    def watch_has_focus(self, value: bool) -> None:
        super().watch_has_focus(value)
        self._refresh_row(self.index)

    def _refresh_row(self, index: int) -> None:
        y = index - self.scroll_offset.y + 1
        if 1 <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))

    def _refresh_changed(self) -> None:
        """Redraw the visible lines whose words differ: time left changes while the row stays the same."""
        first = self.scroll_offset.y
        for index in range(first, min(self.total, first + self._room)):
            row = self._window.row_at(index)
            if self._drawn.get(index) != (None if row is None else self._parts(row)):
                self._refresh_row(index)

    def _parts(self, row: Row) -> Parts:
        try:
            return self._ruler.parts(row, self.size.width, "*" if self.key(row) in self._marks else "")
        except Exception as bug:
            # One odd row must not take the whole desk down, with somebody's half-typed form.
            if self.app.is_headless:
                raise
            note_bug(bug, f"row of {self.id}")
            return [("! 此行无法显示，已记入日志", "red")]

    def render_line(self, y: int) -> Strip:
        if y == 0:
            return self._head()
        if self._window.is_loaded and not self.total:
            return self._hint() if y == 2 else Strip.blank(self.size.width, self.rich_style)
        index = self.scroll_offset.y + y - 1
        row = self._window.row_at(index)
        if row is None:
            self._drawn.pop(index, None)
            return Strip.blank(self.size.width, self.rich_style)
        parts = self._drawn[index] = self._parts(row)
        return self._cursor_line(parts) if index == self.index else self._line(parts)

    def _head(self) -> Strip:
        width = self.size.width
        place = f"{self.index + 1}/{self.total}" if self.total else ""
        style = self.get_component_rich_style("row-list--head")
        return Strip([Segment(self._ruler.head(width, place), style)]).adjust_cell_length(width, style)

    def _hint(self) -> Strip:
        words = fit(self.hint, self.size.width)
        return Strip([Segment(words, self.get_component_rich_style("row-list--hint"))])

    def _line(self, parts: Parts) -> Strip:
        base = self.rich_style
        segments = [Segment(text, base + Style.parse(style) if style else base) for text, style in parts]
        return Strip(Segment.simplify(segments)).adjust_cell_length(self.size.width, base)

    def _cursor_line(self, parts: Parts) -> Strip:
        # One style over the whole line: a cursor move then writes a third of the bytes.
        style = self.get_component_rich_style(
            "row-list--cursor" if self.has_focus else "row-list--cursor-blurred"
        )
        line = Segment("".join(text for text, _ in parts), style)
        return Strip([line]).adjust_cell_length(self.size.width, style)
