"""通报 as the screens and the command line get them. Times aware UTC."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from desk.rules.circulars import Example, UnitLine


@dataclass(frozen=True, slots=True)
class UnitReader:
    """A unit to which a circular was sent, and who there has read it when."""

    unit: str
    sent_at: datetime
    read_at: datetime | None
    read_by: str


@dataclass(frozen=True, slots=True)
class CircularRow:
    """A circular: the period, its words by field, its figures by unit (the first line all together), its examples.

    `number` is '' until it was signed; `is_own_unread` says that it waits to be read by the unit of who looks.
    """

    id: int
    number: str
    title: str
    since: datetime
    until: datetime
    as_of: datetime
    drafted_by: str
    drafted_at: datetime
    approved_by: str = ""
    approved_at: datetime | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    lines: tuple[UnitLine, ...] = ()
    examples: tuple[Example, ...] = ()
    readers: tuple[UnitReader, ...] = ()
    is_own_unread: bool = False

    @property
    def read_count(self) -> int:
        """How many of the units have read it."""
        return sum(1 for each in self.readers if each.read_at is not None)

    @property
    def state(self) -> str:
        """Where it stands: 待签发, 待印发, 已印发, 已归档 once every unit has read it."""
        if self.approved_at is None:
            return "待签发"
        if not self.readers:
            return "待印发"
        return "已归档" if self.read_count == len(self.readers) else "已印发"


@dataclass(frozen=True, slots=True)
class CircularPage:
    """One window of circulars, and how many there are in all."""

    rows: tuple[CircularRow, ...]
    total: int
    offset: int
