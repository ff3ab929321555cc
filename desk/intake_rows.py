"""What the intake screen gives and gets: the form of a call, and frozen rows beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desk.codes import (
    CallerMarkKind,
    CallSummary,
    Channel,
    Comer,
    ContactWay,
    CounterReason,
    OrderKind,
    ReadBack,
    SpecialForm,
    Urgency,
)
from desk.knowledge_rows import EntryRow
from desk.rows import OrderRow
from desk.special_rows import ApplicationRow


@dataclass(frozen=True, slots=True)
class OrderForm:
    """受理表单 (practice P11): what the caller says, as typed; nothing in it is checked yet.

    `number` is 来电号码, `contact_phone` 联系电话 (empty: the same, unless anonymous). `area_code`, `other_area_code` (a
    matter of two areas), `category_code` and `accused_unit` (a unit's code) come from pick lists; `place` is what was said of the place, below the village.
    """

    kind: OrderKind | None = None
    content: str = ""
    number: str = ""
    contact_phone: str = ""
    name: str = ""
    is_anonymous: bool = False
    is_confidential: bool = False
    is_company: bool = False
    urgency: Urgency = Urgency.NORMAL
    area_code: str | None = None
    other_area_code: str | None = None
    place: str = ""
    title: str = ""
    category_code: str | None = None
    accused_name: str = ""
    accused_unit: str | None = None
    occurred_words: str = ""
    purpose: str = ""
    earlier_steps: str = ""
    home_address: str = ""
    needs_answer: bool = True
    answer_way: ContactWay = ContactWay.PHONE
    answer_time: str = ""
    language: str = ""
    special_needs: str = ""
    on_behalf: str = ""
    line: str = "12345"
    channel: Channel | None = None


@dataclass(frozen=True, slots=True)
class CounterForm:
    """当面登记 (practice P18): what a 服务站代办员 notes beside the matter, as typed; None is not chosen yet.

    `reach` is how to reach somebody who may have no telephone; `witness` signs for whoever cannot write.
    """

    comer: Comer | None = None
    reason: CounterReason | None = None
    reach: str = ""
    has_consent: bool = False
    read_back: ReadBack | None = None
    witness: str = ""


@dataclass(frozen=True, slots=True)
class Registered:
    """A new order: its numbers, the sentence to read out, and the call that the next order may share (F9)."""

    id: int
    order_no: str
    query_code: str
    sentence: str
    call_id: int | None
    due_at: datetime | None
    is_provisional: bool
    is_declined: bool = False
    to_ask: tuple[str, ...] = ()
    """What the operator asks next while the caller is still there (应急, by its type)."""


@dataclass(frozen=True, slots=True)
class FiledCall:
    """A call with its 话务小结."""

    id: int
    summary: CallSummary


@dataclass(frozen=True, slots=True)
class CallerMarkRow:
    """What 班长 says of a number until `ends_at` (aware UTC); an order's number and what to say where it is about one (P15)."""

    kind: CallerMarkKind
    ground: str
    ends_at: datetime
    order_no: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """What this caller asked and a unit is to answer; `answer` is '' until it has. `asked_at` is aware UTC."""

    words: str
    unit: str
    asked_at: datetime
    answer: str


@dataclass(frozen=True, slots=True)
class CallerRow:
    """Who is known under a number: open orders first, never a secret one (practice P32 c)."""

    phone: str
    name: str = ""
    is_company: bool = False
    language: str = ""
    special_needs: str = ""
    call_count: int = 0
    last_call_at: datetime | None = None
    nuisance_count: int = 0
    marks: tuple[CallerMarkRow, ...] = ()
    orders: tuple[OrderRow, ...] = ()
    applications: tuple[ApplicationRow, ...] = ()
    questions: tuple[QuestionRow, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether this number has called, or was left, before."""
        return bool(self.name or self.call_count or self.orders or self.applications)


@dataclass(frozen=True, slots=True)
class PhraseForm:
    """短语 as it is typed: nothing in it is checked yet. `line` and `category_code` '' are any."""

    abbreviation: str
    body: str
    line: str = ""
    category_code: str = ""


@dataclass(frozen=True, slots=True)
class PhraseRow:
    """短语: what an abbreviation stands for; the hotline's, or (`is_own`) the person's own."""

    uid: str
    abbreviation: str
    body: str
    line: str
    category_code: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class MomentRow:
    """事发时间 that the words propose: `at` aware, `words` to show beside them (practice P16)."""

    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class SimilarRow:
    """An order about what may be the same matter; `likeness` from 0 to 1."""

    order: OrderRow
    likeness: float


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """公告: what to say about a known matter (P14).

    `is_near`: it says what is being typed, and not of another place. `is_here`: its place fits, its words do not. `is_waiting`: 班长 has not
    published it yet. `told_count` callers were content, `order_count` wanted an order all the same. `for_staff`: read by
    the unit's own people, each of whom confirms it (`is_unread`: this one has not). Times aware UTC.
    """

    id: int
    title: str
    sentence: str
    area: str
    unit: str
    ends_at: datetime
    told_count: int
    is_near: bool
    is_here: bool = False
    starts_at: datetime | None = None
    is_waiting: bool = False
    order_count: int = 0
    for_staff: bool = False
    is_unread: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """What the words of a matter propose; a person decides (practice P11, P25)."""

    title: str
    urgency: Urgency
    words: tuple[str, ...]
    doubtful: tuple[str, ...]
    crisis_words: tuple[str, ...]
    wage_words: tuple[str, ...] = ()
    seat: tuple[SpecialForm, str] | None = None
    """The form of a 专席 that the words speak of, and the word that did."""


@dataclass(frozen=True, slots=True)
class UnitOffer:
    """建议派往: a unit that the duty list speaks for, its share in percent and why (practice: the dispatcher decides)."""

    name: str
    share: int
    why: str


@dataclass(frozen=True, slots=True)
class MatterRow:
    """Everything that stands beside the form once something was typed."""

    offer: Offer
    similar: tuple[SimilarRow, ...]
    notices: tuple[NoticeRow, ...]
    units: tuple[UnitOffer, ...] = ()
    entries: tuple[EntryRow, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A form that was not filed: what stood in it, and whether it was put aside on purpose (待回拨).

    `attempts` is how often it was rung back in vain.
    """

    id: str
    title: str
    body: dict[str, Any]
    is_held: bool
    saved_at: datetime
    attempts: int = 0

    @property
    def number(self) -> str:
        """The number to ring back: 联系电话 if one was given, else the one that called; '' for none."""
        values = self.body.get("values", {})
        return str(values.get("contact") or values.get("number") or "")


SUMMARY_DIGITS: tuple[tuple[str, CallSummary], ...] = (
    ("1", CallSummary.PROGRESS),
    ("2", CallSummary.DROPPED),
    ("3", CallSummary.SILENT),
    ("4", CallSummary.NUISANCE),
    ("5", CallSummary.WRONG_NUMBER),
    ("6", CallSummary.UNRELATED),
    ("7", CallSummary.TRANSFER),
    ("8", CallSummary.TRIPARTITE),
    ("9", CallSummary.DECLINED),
    ("0", CallSummary.PRAISE),
)
"""F7 and a digit: the 话务小结 of a call that leaves no order (practice P5)."""
