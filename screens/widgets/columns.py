"""How a row becomes one line of cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from screens.cells import CellText, fit, width_of

Row = TypeVar("Row")
Parts = list[tuple[str, str]]
"""Pieces of a line, each with its rich style."""
WIDE_LIST = 100


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: `width` cells (the least, when it may grow by `flex` shares of what is left)."""

    title: str
    width: int
    cell: Callable[[Row], CellText]
    flex: int = 0
    align: Literal["left", "right"] = "left"
    wide_only: bool = False


class Ruler(Generic[Row]):
    """The columns of one list, cut to its width."""

    def __init__(self, columns: Sequence[Column[Row]], indent: int) -> None:
        self._columns = tuple(columns)
        self._indent = indent

    def head(self, width: int, place: str) -> str:
        """The titles, with `3/120` at the right end, or `120` where that is all there is room for."""
        titles = "".join(
            fit(column.title, cells, column.align) + " " for column, cells in self._layout(width)
        )
        head = (" " * self._indent + titles).rstrip()
        # A heading that is cut tells less than the number of rows: the counter gives way.
        fitting = (
            mark for mark in (place, place.rpartition("/")[2]) if width_of(head) < width - width_of(mark)
        )
        mark = next(fitting, "")
        return fit(head, max(0, width - width_of(mark) - 1)) + (f" {mark}" if mark else "")

    def parts(self, row: Row, width: int, mark: str) -> Parts:
        """The words of a row and their styles, cut to the columns."""
        parts: Parts = [(fit(mark, self._indent), "bold yellow")] if self._indent else []
        for column, cells in self._layout(width):
            given = column.cell(row)
            text, style = (given, "") if isinstance(given, str) else given
            parts.append((fit(text, cells, column.align), style))
            parts.append((" ", ""))
        return parts

    def _layout(self, width: int) -> list[tuple[Column[Row], int]]:
        """The visible columns and their widths: what is left goes to the flexible ones."""
        shown = [column for column in self._columns if not column.wide_only or width >= WIDE_LIST]
        spare = width - self._indent - sum(column.width + 1 for column in shown)
        shares = sum(column.flex for column in shown)
        return [
            (column, column.width + (spare * column.flex // shares if shares and spare > 0 else 0))
            for column in shown
        ]
