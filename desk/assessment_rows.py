"""What the pages of the 考核 see: its table, the orders behind a figure, what is left out, scores and 申诉."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from desk.codes import NotAssessed, ScoreKind, Verdict
from desk.rows import OrderRow
from desk.rules.assessment_figures import Figure, Value, figures_of, total, value_of

WHOLE = 0
"""The key of the line that adds up all units."""


@dataclass(frozen=True, slots=True)
class AssessedLine:
    """One unit or centre in a month. `numbers` is what was counted, by name; `weights` those of the total."""

    unit_id: int
    uid: str
    code: str
    name: str
    is_centre: bool
    numbers: Mapping[str, int]
    weights: Mapping[str, float] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What a list keeps its cursor by."""
        return self.uid or "whole"

    @property
    def values(self) -> tuple[Value, ...]:
        """Every figure of this line."""
        return tuple(value_of(each, self.numbers) for each in figures_of(is_centre=self.is_centre))

    def value(self, figure: Figure) -> Value:
        """One figure of this line."""
        return value_of(figure, self.numbers)

    @property
    def total(self) -> float | None:
        """The total by weights, 0 to 100; None for a centre and where nothing can be weighed."""
        return None if self.is_centre else total(self.numbers, self.weights)


@dataclass(frozen=True, slots=True)
class AssessmentTable:
    """考核 of one month (`2026-11`, China time): centres, all units together, then each unit, the best total first."""

    month: str
    lines: tuple[AssessedLine, ...]
    left_out: int
    weights: Mapping[str, float]
    weights_text: str
    is_running: bool
    appeals: int = 0
    """How many 申诉 wait for a verdict, whatever month their scores count in."""

    @property
    def units(self) -> tuple[AssessedLine, ...]:
        """The units alone."""
        return tuple(line for line in self.lines if line.unit_id != WHOLE and not line.is_centre)

    @property
    def centres(self) -> tuple[AssessedLine, ...]:
        """The centres alone."""
        return tuple(line for line in self.lines if line.is_centre)


@dataclass(frozen=True, slots=True)
class BehindPage:
    """One window of the orders behind a figure."""

    rows: tuple[OrderRow, ...]
    total: int
    offset: int


@dataclass(frozen=True, slots=True)
class LeftOutRow:
    """An order that is not assessed, and why."""

    order: OrderRow
    why: NotAssessed

    @property
    def key(self) -> str:
        """What a list keeps its cursor by."""
        return self.order.order_no


@dataclass(frozen=True, slots=True)
class LeftOutPage:
    """One window of what is left out."""

    rows: tuple[LeftOutRow, ...]
    total: int
    offset: int


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """A score with its 申诉. Times aware; `ended_at` is set once something took its place or it was removed.

    `may_appeal` and `may_decide` say whether this person may do that now.
    """

    id: int
    order_no: str
    title: str
    kind: ScoreKind
    unit: str
    points: int
    reason: str
    scorer: str
    scored_at: datetime
    ended_at: datetime | None = None
    is_correction: bool = False
    is_secret: bool = False
    appeal: str = ""
    asker: str = ""
    verdict: Verdict | None = None
    appeal_points: int | None = None
    decision: str = ""
    decider: str = ""
    decided_at: datetime | None = None
    may_appeal: bool = False
    may_decide: bool = False

    @property
    def key(self) -> str:
        """What a list keeps its cursor by."""
        return str(self.id)

    @property
    def state(self) -> str:
        """What became of it, in a word."""
        if self.verdict is Verdict.PENDING:
            return "申诉待决"
        if self.verdict is Verdict.GRANTED:
            return f"申诉改{self.appeal_points}分" if self.appeal_points else "申诉撤销"
        if self.verdict is Verdict.REFUSED:
            return "申诉不成立"
        return "申诉改评" if self.is_correction else ""


@dataclass(frozen=True, slots=True)
class ScorePage:
    """One window of scores."""

    rows: tuple[ScoreRow, ...]
    total: int
    offset: int


@dataclass(frozen=True, slots=True)
class HelperRow:
    """A helping unit whose 配合情况 its steward may still score, and until when (aware)."""

    order_no: str
    title: str
    unit_id: int
    unit: str
    until: datetime

    @property
    def key(self) -> str:
        """What a list keeps its cursor by."""
        return f"{self.order_no}/{self.unit_id}"
