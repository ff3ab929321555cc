"""The desk's list: Line API, asks for rows by page, repaints two lines for a cursor move."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, TypeVar

from textual import events
from textual.geometry import Region, Size
from textual.message import Message

from screens.widgets.columns import Column
from screens.widgets.painted_rows import PaintedRows
from screens.widgets.window import PAGE, PageOf

__all__ = ["PAGE", "Column", "RowList"]

Row = TypeVar("Row")


class RowList(PaintedRows[Row], can_focus=True, inherit_bindings=False):
    """A list of rows under one header line; the cursor stays on its row's key over reloads.

    The list holds one window of rows (50, as `desk.lists` gives them) and asks for another by `WindowWanted`.
    """

    BINDINGS = [
        ("up", "move(-1)"),
        ("down", "move(1)"),
        ("pageup", "page(-1)"),
        ("pagedown", "page(1)"),
        ("home", "to(0)"),
        ("end", "to(-1)"),
        ("enter", "open"),
        ("space", "mark"),
    ]

    class _About(Message):
        def __init__(self, row_list: RowList[Any]) -> None:
            self.row_list = row_list
            super().__init__()

        @property
        def control(self) -> RowList[Any]:
            return self.row_list

    class Moved(_About):
        """The cursor stands on another row (`row_list.cursor_row`, None when the list is empty).

        `by_hand`: a key or a click put it there, not rows that came or went.
        """

        def __init__(self, row_list: RowList[Any], *, by_hand: bool = False) -> None:
            super().__init__(row_list)
            self.by_hand = by_hand

    class Opened(_About):
        """Enter, or a click on the row under the cursor."""

    class Marked(_About):
        """Space: the marks have changed (`row_list.marked`)."""

    class WindowWanted(_About):
        """Rows outside the window are on screen: read from `start` on and call `set_page`."""

        def __init__(self, row_list: RowList[Any], start: int) -> None:
            super().__init__(row_list)
            self.start = start

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        key: Callable[[Row], Hashable],
        *,
        hint: str = "没有记录",
        can_mark: bool = False,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(columns, key, hint, can_mark, id=id, classes=classes)
        self._asked: int | None = None

    @property
    def marked(self) -> tuple[Row, ...]:
        """The marked rows as last seen, in the order of marking."""
        return tuple(self._marks.values())

    @property
    def chosen(self) -> tuple[Row, ...]:
        """What a deed is for: the marked rows, else the row under the cursor."""
        if self._marks:
            return self.marked
        return () if self.cursor_row is None else (self.cursor_row,)

    def show_page(self, page: PageOf[Row]) -> None:
        """Show one window as the desk gives it (`desk.rows.Page`)."""
        self.set_page(page.rows, page.total, page.offset)

    def set_page(self, rows: Sequence[Row], total: int, start: int = 0) -> None:
        """Show `rows` as number `start` and following of `total`; redraws only what differs."""
        window, before = self._window, self._window.index
        is_same_frame = window.is_loaded and total == window.total
        has_moved = window.take(rows, total, start)
        self._asked = None
        self._marks.update((self.key(row), row) for row in window.rows if self.key(row) in self._marks)
        self._set_extent()
        has_scrolled = self._follow(window.index - before)
        if is_same_frame and not has_scrolled:
            self._refresh_changed()
        else:
            self.refresh()
        self._ask_if_outside()
        if has_moved:
            self.post_message(self.Moved(self))

    def clear_marks(self) -> None:
        """Take all marks away (after a deed for them)."""
        if self._marks:
            self._marks.clear()
            self.refresh()
            self.post_message(self.Marked(self))

    def reset(self) -> None:
        """Forget rows, cursor and marks: another list is to be shown (another tab)."""
        self._window.clear()
        self._asked = None
        self._marks.clear()
        self._set_extent()
        self.scroll_to(y=0, animate=False, force=True)
        self.refresh()

    def go_to(self, key: Hashable) -> bool:
        """Put the cursor on the row with this key, if it is in the window."""
        index = self._window.index_of(key)
        if index is not None:
            self._move_to(index)
        return index is not None

    # -- what the keys do

    def action_move(self, by: int) -> None:
        self._move_to(self.index + by)

    def action_page(self, by: int) -> None:
        self._move_to(self.index + by * max(1, self._room - 1))

    def action_to(self, index: int) -> None:
        self._move_to(index if index >= 0 else self.total - 1)

    def action_open(self) -> None:
        if self.cursor_row is not None:
            self.post_message(self.Opened(self))

    def action_mark(self) -> None:
        row = self.cursor_row
        if not self.can_mark or row is None:
            return
        key = self.key(row)
        if self._marks.pop(key, None) is None:
            self._marks[key] = row
        self._refresh_row(self.index)
        self.post_message(self.Marked(self))
        self.action_move(1)

    def on_click(self, event: events.Click) -> None:
        index = self.scroll_offset.y + event.y - 1
        if event.y < 1 or index >= self.total:
            return
        if index == self.index:
            self.action_open()
        else:
            self._move_to(index)

    # -- the cursor and the window

    def _move_to(self, index: int) -> None:
        before = self.index
        if not self._window.move(index):
            return
        if not self._keep_in_sight():
            self._refresh_row(before)
            self._refresh_row(self.index)
        self.refresh(Region(0, 0, self.size.width, 1))
        self._ask_if_outside()
        self.post_message(self.Moved(self, by_hand=True))

    def _follow(self, shift: int) -> bool:
        """Keep the cursor's row where it is on the screen when rows came or went above it."""
        top = self.scroll_offset.y
        # At the top of the list what comes new (and presses most) must show.
        if shift and top:
            self.scroll_to(y=top + shift, animate=False, force=True)
        return self._keep_in_sight() or self.scroll_offset.y != top or bool(shift)

    def _keep_in_sight(self) -> bool:
        """Scroll so that the cursor is visible; say whether that repaints everything."""
        top, room = self.scroll_offset.y, self._room
        if top <= self.index < top + room:
            return False
        self.scroll_to(y=self.index if self.index < top else self.index - room + 1, animate=False, force=True)
        return self.scroll_offset.y != top

    def _ask_if_outside(self) -> None:
        wanted = self._window.wanted_start(self.scroll_offset.y, self._room)
        if self._window.is_loaded and wanted is not None and wanted != self._asked:
            self._asked = wanted
            self.post_message(self.WindowWanted(self, wanted))

    def _set_extent(self) -> None:
        self.virtual_size = Size(self.size.width, self.total + 1)

    def on_resize(self) -> None:
        self._set_extent()
        self._keep_in_sight()
        self._ask_if_outside()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self._ask_if_outside()
