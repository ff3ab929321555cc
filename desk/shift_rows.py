"""当班 as the screens and the command line get it. Times aware UTC; numbers of callers are masked."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class BoardKind(StrEnum):
    """What a line of the page is about."""

    SEAT = "seat"
    NO_SUMMARY = "no_summary"
    RING_BACK = "ring_back"
    PROMISE = "promise"
    QUEUE = "queue"
    ROLE = "role"
    CALLS = "calls"
    PICK_UP = "pick_up"


KINDS = {
    BoardKind.SEAT: "座席",
    BoardKind.NO_SUMMARY: "无小结",
    BoardKind.RING_BACK: "待回拨",
    BoardKind.PROMISE: "承诺",
    BoardKind.QUEUE: "队列",
    BoardKind.ROLE: "岗位",
    BoardKind.CALLS: "小结",
    BoardKind.PICK_UP: "接通",
}
"""What each is called on the page."""


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One line: what it is about, since when, how it stands. `key` names what is behind it; `is_alarming` stands out."""

    kind: BoardKind
    key: str
    what: str
    words: str
    since: datetime | None = None
    is_alarming: bool = False
    order_no: str = ""


@dataclass(frozen=True, slots=True)
class ShiftFigures:
    """The calls of the shift. `offered` came in; `waiting` ring now; `timed` tell when they rang and were answered."""

    offered: int = 0
    answered: int = 0
    missed: int = 0
    waiting: int = 0
    running: int = 0
    timed: int = 0
    in_time: int = 0
    called_out: int = 0
    ended: int = 0
    """Answered calls, in and out, that are over."""
    summarised: int = 0
    """Those of them with a 话务小结 (practice P5)."""

    @property
    def answered_share(self) -> float | None:
        """Which part of the calls that are decided was answered, 0 to 1."""
        decided = self.answered + self.missed
        return self.answered / decided if decided else None

    @property
    def in_time_share(self) -> float | None:
        """Which part of the timed calls was answered in time, 0 to 1 (GB/T 33358: 15 s)."""
        return self.in_time / self.timed if self.timed else None


@dataclass(frozen=True, slots=True)
class Board:
    """The shift that runs: its name and hours, when it began, its figures, its lines."""

    shift: str
    begins: datetime
    figures: ShiftFigures
    lines: tuple[BoardLine, ...]


@dataclass(frozen=True, slots=True)
class BehindRow:
    """One thing behind a line; `order_no` opens its card."""

    key: str
    at: datetime | None
    who: str
    words: str
    order_no: str = ""
