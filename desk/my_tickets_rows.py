"""What the unit's desk shows beside the common rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from desk.codes import Deed, SendBackReason, Verdict
from desk.rows import CardSection, OrderRow
from desk.rules.reply_checks import Finding, Point


@dataclass(frozen=True, slots=True)
class TicketTab:
    """One tab of the list: its key, its word, how many orders stand in it, whether they cry out."""

    tab: str
    label: str
    count: int
    is_alarming: bool = False


@dataclass(frozen=True, slots=True)
class ReplyRow:
    """A unit's reply as far as it has come. Times are aware UTC."""

    internal_result: str
    public_reply: str
    drafted_at: datetime
    drafter: str
    verdict: Verdict
    check_note: str = ""
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A reply that was typed and not yet submitted."""

    id: str
    order_no: str
    internal_result: str
    public_reply: str


@dataclass(frozen=True, slots=True)
class TicketRow:
    """One order on the unit's desk: what it says, what it owes, and what this person may do with it now."""

    order: OrderRow
    sections: tuple[CardSection, ...]
    refusals: Mapping[Deed, str]
    reply: ReplyRow | None
    attempts: int
    longest_extension: int
    needs_answer: bool
    answer_way: str
    why_again: tuple[CardSection, ...] = ()
    findings: tuple[Finding, ...] = ()
    points: tuple[Point, ...] = ()
    proposed: tuple[SendBackReason, ...] = ()

    def may(self, deed: Deed) -> bool:
        """Whether this person can do `deed` with the order now; `refusals` says why not."""
        return deed not in self.refusals


@dataclass(frozen=True, slots=True)
class BulkRow:
    """What became of one deed on several orders: how many it reached, and one line for each refusal."""

    done: int
    refusals: tuple[str, ...]

    @property
    def line(self) -> str:
        """The result in one line."""
        refused = f"，{len(self.refusals)} 件未办：{self.refusals[0]}" if self.refusals else ""
        return f"已办 {self.done} 件{refused}"
