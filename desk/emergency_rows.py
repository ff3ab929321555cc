"""Frozen rows of the emergency screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from desk.codes import Deed
from desk.rows import CardSection, OrderRow
from desk.rules.emergency import WAITS_FOR, Figures


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of the thirty minutes; `at` (aware UTC) is None until it is stamped."""

    deed: Deed
    at: datetime | None
    after: timedelta | None


@dataclass(frozen=True, slots=True)
class EmergencyRow:
    """One emergency on the list. Times are aware UTC; `next_step` is None when nothing is left to stamp."""

    order: OrderRow
    type: str
    started_at: datetime
    due_at: datetime
    steps: tuple[StepRow, ...]
    next_step: Deed | None
    controlled_at: datetime | None
    said_by: str
    finished_at: datetime | None
    reported_at: datetime | None
    report_due_at: datetime | None
    ended_at: datetime | None
    end_word: str
    run: timedelta
    is_crisis: bool = False
    """A 危机来电 (practice P25)."""
    care: str = ""
    """When somebody asks after its caller again, and who."""

    @property
    def key(self) -> str:
        """What a list keeps its cursor by."""
        return self.order.order_no

    @property
    def order_no(self) -> str:
        """The order's number."""
        return self.order.order_no

    @property
    def is_running(self) -> bool:
        """Whether the clock still runs: not under control, not ended."""
        return self.controlled_at is None and self.ended_at is None

    @property
    def limit(self) -> timedelta:
        """How long it may take until the danger is under control."""
        return self.due_at - self.started_at

    @property
    def took(self) -> timedelta | None:
        """How long it took until the danger was under control; None while the clock runs or when it ended."""
        return None if self.controlled_at is None else self.controlled_at - self.started_at

    @property
    def is_over(self) -> bool:
        """Whether it was, or is at this reading, over its limit; that stays marked for the assessment."""
        return (self.took if self.took is not None else self.run) > self.limit and not self.end_word

    @property
    def standing(self) -> str:
        """How it stands in a word: 待接令, 已完毕, 误报."""
        return self.end_word or WAITS_FOR[self.next_step]


@dataclass(frozen=True, slots=True)
class ClockRow:
    """All that an alarm needs of a running emergency."""

    order_no: str
    type: str
    place: str
    started_at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class RescueChoice:
    """Something that can be done about 110, 119, 120 or 122 (`service`): hand over to it, or hear what came of it."""

    deed: Deed
    service: str
    words: str


@dataclass(frozen=True, slots=True)
class NudgeRow:
    """Something owed at one moment, rung once: its own stopwatch `key`, the line, from when (aware UTC), after how long."""

    key: str
    order_no: str
    words: str
    begun_at: datetime
    after: timedelta


@dataclass(frozen=True, slots=True)
class AlarmRow:
    """What rings at this desk: the running emergencies, the minutes at which they do, and what else is owed."""

    clocks: tuple[ClockRow, ...]
    minutes: tuple[int, ...]
    nudges: tuple[NudgeRow, ...] = ()


@dataclass(frozen=True, slots=True)
class EmergencyCard:
    """One emergency in full: its row, the parts of its page in order, and why this person cannot do which deed now."""

    row: EmergencyRow
    sections: tuple[CardSection, ...]
    refusals: Mapping[Deed, str]


@dataclass(frozen=True, slots=True)
class FiguresRow:
    """The two figures of today and of this month (by the China date of acceptance)."""

    today: Figures
    month: Figures
    watch: str = ""
    """The named period that runs (国庆, 台风) and its duty officer."""


@dataclass(frozen=True, slots=True)
class Finished:
    """An emergency that is over: its order, and the number of the one for what is left, if any."""

    order: OrderRow
    remainder_no: str
