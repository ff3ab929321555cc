"""What the review screen sees: its tabs, its rows, one order under review, and the sheet of a callback."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desk.codes import Deed, SendBackReason
from desk.pressure_rows import PressureRow
from desk.rows import CardSection, OrderRow
from desk.rules.grading import DEFAULT, GradeRule
from desk.rules.reply_checks import Finding, Point


@dataclass(frozen=True, slots=True)
class TabRow:
    """One tab: its key, its word, how many orders stand in it, and whether one of them is overdue or D."""

    key: str
    word: str
    count: int
    is_pressing: bool = False


@dataclass(frozen=True, slots=True)
class PoolRow:
    """One stay in 工单监测池: age in working days, next review (aware UTC), why, and the steward's plan.

    `standing` says that it may be written off, or waits for that; "" while it may not. `idle_days` counts the working
    days without a step when they are too many, else 0; `last_step` says which it was, when and whose.
    """

    age_days: int
    entered_at: datetime
    review_at: datetime | None
    reason: str
    plan: str
    standing: str = ""
    idle_days: int = 0
    last_step: str = ""


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """An order on a list of the review screen, with what its tab adds.

    `last_missed` is when somebody last called back in vain (aware UTC), `wishes` how the caller likes to be called,
    `awaited` what a 长期事项 or a 法定程序 waits for, `awaited_at` until when (aware UTC).
    """

    order: OrderRow
    pool: PoolRow | None = None
    missed_calls: int = 0
    asked: str = ""
    pressed: PressureRow | None = None
    last_missed: datetime | None = None
    wishes: str = ""
    awaited: str = ""
    awaited_at: datetime | None = None

    @property
    def key(self) -> str:
        """What a list keeps its cursor by."""
        return self.order.order_no


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """One window of a tab: its rows, how many there are in all, and which row the window begins with."""

    rows: tuple[ReviewRow, ...]
    total: int
    offset: int


@dataclass(frozen=True, slots=True)
class Checked:
    """A reply at 办结审核: what the checker marks in it, the counted points of its claim, and the log of the answer.

    `proposed` are the reasons for sending it back that the findings speak for.
    """

    reply: str
    findings: tuple[Finding, ...]
    points: tuple[Point, ...]
    told: tuple[str, ...]
    proposed: tuple[SendBackReason, ...]


@dataclass(frozen=True, slots=True)
class ReviewDetail:
    """One order under review: claim beside reply, what was done since, and what this person may do now.

    `gist` is the first line of what was answered in this round, "" when nothing was. `surveyed` says what the caller
    said of an earlier round, where his word may stand for this one too; "" else. `watched` is what the pool knows of it.
    """

    order: OrderRow
    claim: tuple[str, ...]
    reply: tuple[str, ...]
    log: tuple[CardSection, ...]
    allowed: frozenset[Deed]
    gist: str = ""
    surveyed: str = ""
    watched: tuple[str, ...] = ()
    checked: Checked | None = None


@dataclass(frozen=True, slots=True)
class CallbackSheet:
    """What the one who calls back needs before dialling; `to_others` is all that anybody else may hear (P32 d).

    `rules` are the city's for ABCD, from which the form proposes a grade while the answers come.
    """

    order_no: str
    number: str
    caller: str
    title: str
    said: str
    wishes: str
    attempts: int
    warning: str
    to_others: str
    rules: tuple[GradeRule, ...] = DEFAULT
