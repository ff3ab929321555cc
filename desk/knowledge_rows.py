"""What the screens see of 知识库."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry on a list, by its version in force; `trouble` says why nothing may be answered from it today."""

    number: str
    version: int
    line: str
    topic: str
    title: str
    answer: str
    owner: str
    is_sample: bool
    trouble: str = ""

    @property
    def key(self) -> str:
        """What a list keeps its cursor by."""
        return self.number


@dataclass(frozen=True, slots=True)
class EntryPage:
    """One window of the library: its rows, how many there are in all, and which row the window begins with."""

    rows: tuple[EntryRow, ...]
    total: int
    offset: int


@dataclass(frozen=True, slots=True)
class EntryText:
    """What a version says, as somebody wrote it: `owner` names a unit, days are `2026-11-23` or '', nothing is checked yet."""

    topic: str
    title: str
    answer: str
    line: str = ""
    keywords: str = ""
    basis: str = ""
    owner: str = ""
    valid_from: str = ""
    valid_to: str = ""
    review_by: str = ""
    is_sample: bool = False


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version in full; `state` says in Chinese what it is, `facts` are lines about it."""

    version: int
    state: str
    text: EntryText
    facts: tuple[str, ...]
    waits: bool


@dataclass(frozen=True, slots=True)
class NoteRow:
    """有误或已过时, or a question to the owner unit. `made_at` is aware UTC; `settlement` is '' while it is open."""

    id: int
    kind: str
    number: str
    unit: str
    words: str
    maker: str
    made_at: datetime
    settlement: str

    @property
    def key(self) -> str:
        """What a list keeps its cursor by."""
        return str(self.id)


@dataclass(frozen=True, slots=True)
class EntryFull:
    """An entry with all its versions, the newest first; `current` is the one in force, None while there is none.

    The `no_…` say why this person may not; '' when they may.
    """

    number: str
    current: EntryRow | None
    versions: tuple[VersionRow, ...]
    notes: tuple[NoteRow, ...]
    no_proposing: str
    no_publishing: str
    no_retiring: str
    no_reporting: str
    no_asking: str

    @property
    def waiting(self) -> VersionRow | None:
        """The version that waits to be published, if one does."""
        return next((each for each in self.versions if each.waits), None)
