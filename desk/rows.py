"""Frozen rows: all that a screen ever sees of the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desk.codes import Deed, Grade, OrderKind, OrderMark, Status, Urgency
from desk.rules.marks import short_words


@dataclass(frozen=True, slots=True)
class Uploads:
    """待上传 of a 服务站's own store (practice P18): how many, since when (aware UTC), and whether that is too long."""

    count: int
    oldest: datetime | None
    is_late: bool
    limit_minutes: int
    phone: str
    """The centre's, to be rung when nothing arrives."""


@dataclass(frozen=True, slots=True)
class HeaderCounts:
    """The figures of the header line, for one person at one moment (times aware UTC)."""

    to_dispatch: int = 0
    overdue: int = 0
    emergencies: int = 0
    emergency_due_at: datetime | None = None
    d_level: int = 0
    mine: int = 0
    to_review: int = 0
    unread: int = 0
    """Notices for staff that this person has not confirmed (practice P14)."""
    uploads: Uploads | None = None
    """None at a centre, where nothing has to travel."""
    promises: int = 0
    handovers: int = 0
    """What 110, 119 and 120 took over and have not answered for (practice P24)."""
    reports: int = 0
    """Reports (快报, 专报, 预警快报) that are called for or wait to be approved; 0 for who does not see them (P26)."""
    to_take: int = 0
    """Lines of a 交接班 that the next shift has not signed for (practice P27)."""
    to_answer: int = 0
    """Of 质检: one's own results that may still be answered, and to a checker the answers that he may decide (P31)."""
    gaps: int = 0
    """Shifts of the days ahead that nobody of the 应急队伍 stands; told to whoever keeps the roster at the centre."""


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One order on a list. Times are aware UTC; `title`, `caller` are already what this person may see."""

    id: int
    order_no: str
    query_code: str
    title: str
    kind: OrderKind
    urgency: Urgency
    status: Status
    channel: str
    area: str
    place: str
    caller: str
    steward: str
    section: str
    handler: str
    grade: Grade | None
    pool_grade: Grade | None
    is_secret: bool
    round: int
    urge_count: int
    press_at: datetime | None
    unit_due_at: datetime | None
    citizen_due_at: datetime | None
    is_due_provisional: bool
    accepted_at: datetime
    is_overdue: bool
    sort_rank: int
    marks: tuple[OrderMark, ...] = ()

    @property
    def listed_title(self) -> str:
        """The title as a list shows it: its marks in short before it, `批示 督办 夜间施工噪音`."""
        return f"{short_words(self.marks)} {self.title}".lstrip()

    @property
    def key(self) -> str:
        """What a list keeps its cursor by."""
        return self.order_no


@dataclass(frozen=True, slots=True)
class Page:
    """One window of a list: its rows, how many there are in all, and which row the window begins with."""

    rows: tuple[OrderRow, ...]
    total: int
    offset: int


@dataclass(frozen=True, slots=True)
class CardSection:
    """One part of an order's card: a heading and its lines."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CardRow:
    """Everything about one order that this person may see; `history` is one line an event, oldest first.

    `allowed` are the deeds of the card itself that this person may do now.
    """

    order: OrderRow
    sections: tuple[CardSection, ...]
    history: tuple[str, ...]
    allowed: frozenset[Deed] = frozenset()

    @property
    def as_lines(self) -> tuple[str, ...]:
        """The whole card as plain lines, headings included."""
        lines: list[str] = []
        for section in (*self.sections, CardSection("办理经过", self.history)):
            lines += [f"【{section.heading}】", *section.lines]
        return tuple(lines)


@dataclass(frozen=True, slots=True)
class PickRow:
    """One thing to choose from: its code or key, its name, and what tells it from its namesakes."""

    key: str
    name: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class PhoneRow:
    """The caller's number, shown for `seconds` and then covered again (practice P33)."""

    name: str
    number: str
    seconds: int
