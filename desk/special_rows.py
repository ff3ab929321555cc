"""What the screens see of 专席: rows of lists, an application in full, figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from db.codes import ApplicationState, Deed, SpecialForm
from desk.rows import CardSection


@dataclass(frozen=True, slots=True)
class FiledApplication:
    """What registering or booking gives: the number and the sentence to read out."""

    number: str
    sentence: str
    is_provisional: bool = False


@dataclass(frozen=True, slots=True)
class ApplicationRow:
    """One 办件 on a list. Times are aware UTC; `slot` is a visit's half day in words, `slot_short` in few, `reminder` 今天上门 or 明天上门.

    `to_tell` is the sentence to read out to a citizen who has not been told yet, '' for none; `able` are the deeds that
    this person may do with it now.
    """

    number: str
    form: SpecialForm
    state: ApplicationState
    name: str
    unit: str
    registered_at: datetime
    registered_by: str
    due_at: datetime | None
    is_overdue: bool
    slot: str = ""
    slot_short: str = ""
    reminder: str = ""
    to_tell: str = ""
    able: frozenset[Deed] = frozenset()

    @property
    def key(self) -> str:
        """What a list keeps its cursor by."""
        return self.number

    @property
    def short_number(self) -> str:
        """`ZX1123-0001` for `CY01-ZX20261123-0001`: what tells one from another on a list."""
        _, day, count = self.number.rsplit("-", 2)
        return f"{day[:2]}{day[-4:]}-{count}"


@dataclass(frozen=True, slots=True)
class ApplicationPage:
    """One window of the list: its rows, how many there are in all, and which row the window begins with."""

    rows: tuple[ApplicationRow, ...]
    total: int
    offset: int


@dataclass(frozen=True, slots=True)
class ApplicationPaper:
    """An application in full, in sections; `answers` as they may be put into its form again (secrets left out)."""

    row: ApplicationRow
    sections: tuple[CardSection, ...]
    answers: dict[str, str]


@dataclass(frozen=True, slots=True)
class FormFigures:
    """What became of the applications of one form that were registered in a period."""

    form: SpecialForm
    by_state: dict[ApplicationState, int]
    amended: int
    late: int

    @property
    def filed(self) -> int:
        """How many were registered."""
        return sum(self.by_state.values())


@dataclass(frozen=True, slots=True)
class SeatFigures:
    """专席 in figures; `first` and `last` are local dates (2026-11-01), visits count by the day of their slot."""

    whose: str
    first: str
    last: str
    forms: tuple[FormFigures, ...]
    visits: dict[str, int]
    told: int
    calls: int
