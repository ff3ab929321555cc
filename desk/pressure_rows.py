"""What lists say of orders whose units are pressed, and of what was answered. Times aware UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desk.codes import PressureLevel, RequestKind


@dataclass(frozen=True, slots=True)
class Pressed:
    """督办 or 催办, until when the unit has to answer, and whose matter it is (None: put before there were levels)."""

    kind: RequestKind
    due_at: datetime | None
    level: PressureLevel | None = None


@dataclass(frozen=True, slots=True)
class PressureRow:
    """One 催办 or 督办 of an order: who asked (by rule: which stage), until when, and what was answered.

    `is_accepted` is None until somebody has judged the answer, and for what was answered before answers were judged.
    """

    id: int
    order_no: str
    title: str
    unit: str
    kind: RequestKind
    level: PressureLevel | None
    stage: str
    asked_at: datetime
    asked_by: str
    words: str
    due_at: datetime | None
    answered_at: datetime | None = None
    answered_by: str = ""
    answer: str = ""
    is_judged: bool = False
    is_accepted: bool | None = None

    @property
    def was_late(self) -> bool:
        """Whether it was answered after its limit."""
        return self.answered_at is not None and self.due_at is not None and self.answered_at > self.due_at

    def is_late(self, now: datetime) -> bool:
        """Whether it was answered after its limit, or is over it at `now` (aware) and not answered."""
        if self.answered_at is not None:
            return self.was_late
        return self.due_at is not None and self.due_at < now
