"""What the screens see of 典型案例."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class CaseText:
    """The words of a case, as proposed or as somebody mended them."""

    title: str
    matter: str
    handling: str
    lesson: str = ""


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case on a list. `made_at` is aware UTC; `share` (0 to 1) says how like it is to what was asked, None unasked."""

    id: int
    case_no: str
    title: str
    unit: str
    section: str
    is_published: bool
    made_at: datetime
    share: float | None = None

    @property
    def key(self) -> str:
        """What a list keeps its cursor by."""
        return self.case_no


@dataclass(frozen=True, slots=True)
class CasePage:
    """One window of the library: its rows, how many there are in all, and which row the window begins with."""

    rows: tuple[CaseRow, ...]
    total: int
    offset: int


@dataclass(frozen=True, slots=True)
class AlikeCase:
    """A case that resembles a text: `share` (0 to 1) of what both say."""

    id: int
    case_no: str
    title: str
    unit: str
    share: float


@dataclass(frozen=True, slots=True)
class CaseFull:
    """One case in full. `no_publishing` and `no_retiring` say why this person may not; '' when they may."""

    row: CaseRow
    text: CaseText
    facts: tuple[str, ...]
    no_publishing: str
    no_retiring: str

    @property
    def as_lines(self) -> tuple[str, ...]:
        """The whole case as plain lines, headings included."""
        parts = (("诉求", self.text.matter), ("办理情况", self.text.handling), ("经验", self.text.lesson))
        lines = [f"{self.row.case_no}  {self.text.title}", *self.facts]
        for heading, words in parts:
            lines += [f"【{heading}】", *words.splitlines()] if words else []
        return tuple(lines)


@dataclass(frozen=True, slots=True)
class CaseOfOrder:
    """What an order's card offers: the case it has (`case_id`), or the words proposed for one."""

    order_no: str
    case_id: int | None
    proposal: CaseText | None
