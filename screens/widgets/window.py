"""Which part of a long list is in memory, and on which of its rows the cursor stands; draws nothing."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, Protocol, TypeVar

Row = TypeVar("Row")
Seen_co = TypeVar("Seen_co", covariant=True)
PAGE = 50


class PageOf(Protocol[Seen_co]):
    """One window of a list: its rows, how many there are in all, where the window begins."""

    @property
    def rows(self) -> Sequence[Seen_co]: ...
    @property
    def total(self) -> int: ...
    @property
    def offset(self) -> int: ...


class Window(Generic[Row]):
    """Rows `start` and following of `total`; the cursor is an index that follows its row's key."""

    def __init__(self, key_of: Callable[[Row], Hashable]) -> None:
        self._key_of = key_of
        self.clear()

    def clear(self) -> None:
        """Forget everything."""
        self.rows: tuple[Row, ...] = ()
        self.total = 0
        self.start = 0
        self.index = 0
        self.key: Hashable = None
        self.is_loaded = False
        self._length = 0

    def row_at(self, index: int) -> Row | None:
        """The row number `index` of the whole list, if it is here."""
        at = index - self.start
        return self.rows[at] if 0 <= at < len(self.rows) else None

    def take(self, rows: Sequence[Row], total: int, start: int) -> bool:
        """Hold other rows; say whether the cursor now stands on another one."""
        self.rows, self.total, self.start, self.is_loaded = tuple(rows), total, start, True
        self._length = max(self._length, len(self.rows))
        found = self.index_of(self.key)
        if found is not None:
            self.index = found
            return False
        self.index = max(0, min(self.index, total - 1))
        row = self.row_at(self.index)
        if row is None and total:
            return False
        before, self.key = self.key, None if row is None else self._key_of(row)
        return before != self.key

    def index_of(self, key: Hashable) -> int | None:
        """The number of the row with this key in the whole list, if it is here."""
        if key is None:
            return None
        return next((self.start + at for at, row in enumerate(self.rows) if self._key_of(row) == key), None)

    def move(self, index: int) -> bool:
        """Put the cursor on row number `index`, or as near as there are rows; say whether it moved."""
        before, self.index = self.index, max(0, min(index, self.total - 1))
        row = self.row_at(self.index)
        self.key = None if row is None else self._key_of(row)
        return before != self.index

    def wanted_start(self, first: int, room: int) -> int | None:
        """Where a better window would begin for `room` lines from row `first` on; None: this one does."""
        last = min(self.total, first + room) - 1
        if last < 0 or (self.start <= first and last < self.start + len(self.rows)):
            return None
        length = self._length or PAGE
        if room < length:
            wanted = first - (length - room) // 2
        else:
            # The window is shorter than the screen: blank lines rather than a cursor on nothing.
            wanted = first if self.index < first + length else self.index - length + 1
        wanted = max(0, min(wanted, self.total - length))
        return None if wanted == self.start and self.rows else wanted
