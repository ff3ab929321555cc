"""What the large pages over a screen share: their frame, a list found by words, and one thing to be read in full."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Input

from screens.dialogs.base import Dialog
from screens.widgets.detail import Detail
from screens.widgets.field import Field
from screens.widgets.key_hints import Hint, KeyHints
from screens.widgets.row_list import RowList

Result = TypeVar("Result")


class WholePage(Dialog[Result]):
    """As large as the screen, on wide ones as wide as a line can be read; it opens none of the App's pages."""

    OPENS_PAGES = False
    DEFAULT_CSS = "WholePage > #box { width: 100%; max-width: 116; height: 100%; }"


class FoundList(WholePage[Result]):
    """A field `#query` over one list of rows: the arrows move in the list while one types, Enter opens its row."""

    BINDINGS = [
        Binding("up", "row('move', -1)", priority=True),
        Binding("down", "row('move', 1)", priority=True),
        Binding("pageup", "row('page', -1)", priority=True),
        Binding("pagedown", "row('page', 1)", priority=True),
    ]
    DEFAULT_CSS = "FoundList #query { margin: 0 0 1 0; }"

    @property
    def rows(self) -> RowList[Any]:
        """The list."""
        return self.query_one(RowList)

    @property
    def words(self) -> str:
        """What is typed."""
        return self.query_one("#query", Field).text.strip()

    def open_row(self) -> None:
        """Open what is under the list's cursor, if anything."""
        raise NotImplementedError

    def entered(self, field: Field) -> None:  # noqa: ARG002
        self.open_row()

    def on_row_list_opened(self) -> None:
        self.open_row()

    def action_row(self, move: str, by: int) -> None:
        (self.rows.action_move if move == "move" else self.rows.action_page)(by)


class PagedList(FoundList[Result]):
    """A `FoundList` that may be long: it is read window by window, and again when the page is seen again."""

    def read_rows(self, start: int) -> None:
        """Read the window of the list that begins with row `start`, for the words as they are now."""
        raise NotImplementedError

    def words_changed(self) -> None:
        """Other words stand in the field: what else depends on them."""

    def on_screen_resume(self) -> None:
        self.read_rows(self.rows.start)

    def on_input_changed(self, event: Input.Changed) -> None:  # noqa: ARG002
        self.rows.reset()
        self.words_changed()
        self.read_rows(0)

    def on_row_list_window_wanted(self, event: RowList.WindowWanted) -> None:
        self.read_rows(event.start)


class ReadingPage(WholePage[Result]):
    """One thing in full, read anew after each deed on it; the keys that this person may press stand below."""

    def questions(self) -> ComposeResult:
        yield Detail(hint="正在读取..")

    def on_mount(self) -> None:
        self.deed_done()

    def show_keys(
        self, before: Iterable[Hint], able: Iterable[tuple[str, str, str]], after: Iterable[Hint]
    ) -> None:
        """Name the keys; of `able` (key, words, why not) only those that nothing speaks against."""
        may: Sequence[Hint] = [(key, words) for key, words, why_not in able if not why_not]
        self.query_one(KeyHints).hints = (*before, *may, *after)

    def is_refused(self, why: str) -> bool:
        """Say why not, if there is a reason."""
        if why:
            self.refuse(why)
        return bool(why)
