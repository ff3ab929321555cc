"""What the page of the 热线日 shows. Times are aware UTC; a secret order is only `举报（保密）` and its number (P32 c)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desk.codes import AgendaReason, HandlingWay, Status


@dataclass(frozen=True, slots=True)
class DayRow:
    """One session: planned for when, led by whom, where; held when, with how many orders and decisions."""

    id: int
    planned_at: datetime
    leader: str
    place: str
    held_at: datetime | None
    orders: int
    decisions: int

    @property
    def key(self) -> int:
        """What a list keeps its cursor by."""
        return self.id


@dataclass(frozen=True, slots=True)
class DayFigures:
    """Of one year: sessions held, orders they decided on, and how many of those are solved."""

    sessions: int
    orders: int
    solved: int


@dataclass(frozen=True, slots=True)
class Board:
    """What stands above the lists: what the day is called, the next session, what is amiss, the year's figures."""

    name: str
    coming: DayRow | None
    warning: str
    figures: DayFigures


@dataclass(frozen=True, slots=True)
class DayLine:
    """One line of any list of the page: an order, and what the list says of it.

    `due_at` is by when, None for nothing due; `done_at` when it was carried out.
    """

    order_no: str
    title: str
    steward: str
    status: Status
    words: str
    reason: AgendaReason | None = None
    way: HandlingWay | None = None
    leader: str = ""
    due_at: datetime | None = None
    done_at: datetime | None = None
    note: str = ""
    is_decided: bool = False
    decision_id: int = 0

    @property
    def key(self) -> str:
        """What a list keeps its cursor by."""
        return f"{self.order_no}/{self.decision_id}"


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the rule put on the agenda: how many orders, and those that it could not, with why."""

    added: int
    left: tuple[tuple[str, str], ...]

    @property
    def words(self) -> str:
        """The whole in one line."""
        if not self.left:
            return f"已列入 {self.added} 件" if self.added else "没有新的工单符合列入条件"
        order_no, why = self.left[0]
        return f"已列入 {self.added} 件，{len(self.left)} 件未列入（{order_no}：{why}）"
