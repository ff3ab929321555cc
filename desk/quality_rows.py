"""质检 as the screens and the command line get it. Times aware UTC; what a person may not see is not in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from db.codes import Deed, ItemVerdict, QualityReason, QualityState
from desk.rows import CardSection

VIEWS = {"to_check": "待检", "answered": "申辩", "judged": "已检", "own": "我的"}
"""The lists of the page, by key."""


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One record that is checked. `agent` is '' while nobody was named; `order_no` '' for none, or one not to be seen."""

    id: int
    reason: QualityReason
    state: QualityState
    record_at: datetime
    staff_no: str
    agent: str
    order_no: str
    title: str
    summary: str
    recording_no: str
    points: int | None
    answer_due_at: datetime | None
    judge: str
    allowed: frozenset[Deed] = frozenset()
    """What this person may do with it now."""

    @property
    def who(self) -> str:
        """`李婷 1201`, or that nobody was named yet."""
        return f"{self.agent} {self.staff_no}" if self.agent else "未指明"


@dataclass(frozen=True, slots=True)
class CheckPage:
    """One window of a list."""

    rows: tuple[CheckRow, ...]
    total: int
    offset: int


@dataclass(frozen=True, slots=True)
class MarkRow:
    """One item of a sheet: its weight, what stands, and what stood before a 申辩 was decided."""

    item: str
    weight: int
    verdict: ItemVerdict
    first_verdict: ItemVerdict


@dataclass(frozen=True, slots=True)
class Sheet:
    """One check in full. `items` are what is to be judged (name → weight); `marks` what was."""

    row: CheckRow
    sections: tuple[CardSection, ...]
    items: Mapping[str, int]
    marks: tuple[MarkRow, ...]


@dataclass(frozen=True, slots=True)
class AgentFigures:
    """One agent's month. `owed` is what the share asks for; `mean` is None before anything was judged."""

    staff_no: str
    name: str
    records: int
    owed: int
    drawn: int
    checked: int
    mean: float | None
    answered: int
    granted: int
    failed: Mapping[str, int] = field(default_factory=dict)
    """How often each item failed, the most often first."""

    @property
    def share(self) -> float | None:
        """Which part of the records was checked, 0 to 1; None without records."""
        return self.checked / self.records if self.records else None


@dataclass(frozen=True, slots=True)
class QualityFigures:
    """A month of a centre: `whole` sums up `agents`; `by_reason` counts drawn and checked. `share` is what is owed."""

    month: str
    share: float
    whole: AgentFigures
    agents: tuple[AgentFigures, ...]
    by_reason: Mapping[QualityReason, tuple[int, int]]
