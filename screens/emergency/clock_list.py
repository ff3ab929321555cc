"""The list whose clocks run: each second it redraws the cells that changed, and nothing else."""

from __future__ import annotations

from itertools import takewhile

from textual.geometry import Region

from desk.emergency_rows import EmergencyRow
from screens.cells import width_of
from screens.widgets.row_list import RowList

Parts = list[tuple[str, str]]


class ClockList(RowList[EmergencyRow]):
    """A `RowList` of emergencies; `tick` is called once a second while it is seen."""

    def tick(self) -> None:
        """Redraw what the time has changed in the visible rows that still run."""
        for index, row in enumerate(self.rows, self.start):
            y, drawn = index - self.scroll_offset.y + 1, self._drawn.get(index)
            if row.is_running and drawn is not None and 1 <= y < self.size.height:
                self._refresh_cells(y, drawn, self._parts(row))

    def _refresh_cells(self, y: int, drawn: Parts, parts: Parts) -> None:
        x = 0
        for (was, was_style), (now, style) in zip(drawn, parts, strict=True):
            width = width_of(now)
            if was_style != style:
                self.refresh(Region(x, y, width, 1))
            elif was != now:
                head, tail = _alike(was, now), _alike(was[::-1], now[::-1])
                self.refresh(Region(x + head, y, max(1, width - head - tail), 1))
            x += width


def _alike(one: str, two: str) -> int:
    """How many cells both begin with."""
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(one, two, strict=False))
    return sum(width_of(character) for character, _ in pairs)
