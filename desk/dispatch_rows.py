"""What the dispatch screen sees besides the rows of every list: proposals, the order in full, the text to forward."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from desk.case_rows import AlikeCase
from desk.codes import Deed, OrderKind, OrderMark, ReturnReason
from desk.rows import CardSection, OrderRow, Page
from desk.rules.return_tally import Tally
from desk.rules.secrecy import Span


@dataclass(frozen=True, slots=True)
class Proposal:
    """One unit and section that an order may go to: the share in percent, and why (the duty item, past orders).

    `unit_id` is 0 for a township that is not known yet. `kind` is what such matters mostly are, to offer for an order that is still 待定.
    `likelihood` is the share unrounded, 0…1.
    """

    unit_id: int
    unit_code: str
    unit: str
    section_id: int | None
    section: str
    department: str
    share: int
    why: str
    duty_item_id: int | None
    is_centre: bool = False
    kind: OrderKind | None = None
    likelihood: float = 0.0

    @property
    def name(self) -> str:
        """Unit and section in one breath."""
        return f"{self.unit} {self.section}".strip()


@dataclass(frozen=True, slots=True)
class Proposals:
    """The best units first. `unclear` says why a person has to look ('' when it is clear); `notes` what was left out.

    `habits` and `bucket` are for the learner: what the text belongs to, how sure the first was (see `desk.weighing`).
    """

    order_no: str
    rows: tuple[Proposal, ...]
    unclear: str = ""
    notes: tuple[str, ...] = ()
    habits: tuple[str, ...] = ()
    bucket: str = ""
    alike: tuple[AlikeCase, ...] = ()


@dataclass(frozen=True, slots=True)
class ReturnPaper:
    """A 退单 that waits for a decision: who asks, why, by which duty item, what the site showed, where it should go
    instead, by when to decide (aware UTC), and the papers of the returns before it.

    `count` says which return of the order it is, `left` the office time that is left (`剩1:12`), `turn` whose it is
    where not any dispatcher's (`待班长裁定`). `target_note` warns of the unit named: it has returned the order itself.
    """

    unit: str
    reason: ReturnReason | None
    words: str
    target: str
    asked_at: datetime
    due_at: datetime | None
    earlier: tuple[str, ...]
    duty_item: str = ""
    finding: str = ""
    count: int = 1
    left: str = ""
    turn: str = ""
    target_note: str = ""


@dataclass(frozen=True, slots=True)
class PartPaper:
    """A 退协办 that waits: which part (its key) of which unit, why, by which duty item, and who should help instead."""

    part_id: int
    unit: str
    reason: str
    words: str
    duty_item: str
    target: str
    finding: str
    asked_at: datetime
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReturnMark:
    """What the list says of a 退单 that waits, beside its order."""

    unit: str
    reason: str
    target: str
    count: int
    left: str
    turn: str

    @property
    def is_over(self) -> bool:
        """Whether the limit to decide has passed."""
        return self.left.startswith("!")


@dataclass(frozen=True, slots=True)
class ReturnedPage:
    """One window of the tab 退单, the soonest to be decided first, with a mark for each order by its number.

    `month` counts this month's 退单, for the corner.
    """

    page: Page
    marks: Mapping[str, ReturnMark]
    month: Tally


class DeclinedTurn(StrEnum):
    """What is to be done next about a 不予受理 (practice P9)."""

    DECIDE = "decide"
    RING = "ring"
    SAMPLE = "sample"


@dataclass(frozen=True, slots=True)
class DeclinedMark:
    """What the list says of a declined order beside it; `left` is the time left for it (`剩1:12`), '' for no limit."""

    turn: DeclinedTurn
    left: str


@dataclass(frozen=True, slots=True)
class DeclinedPage:
    """One window of the tab 不受理, the soonest due first, with a mark for each order by its number."""

    page: Page
    marks: Mapping[str, DeclinedMark]


@dataclass(frozen=True, slots=True)
class DeclinedPaper:
    """What waits on a declined order: whose words, by which reason it was declined on which basis, where to go instead.

    `sentence` is what the caller is, or was, to be told. `due_at` aware UTC.
    """

    turn: DeclinedTurn
    words: str
    reason: str
    basis: str
    where: str
    sentence: str
    due_at: datetime | None
    left: str


@dataclass(frozen=True, slots=True)
class DispatchOrder:
    """One order in full, as the dispatcher may read it; `others` have it open too (a hint, the version decides).

    `refusals` says why this person cannot do a deed with it now; one that is not in it can be done. `ruling` is what a
    panel or a 热线日 decided and nobody has carried out yet, "" for nothing.
    """

    order: OrderRow
    sections: tuple[CardSection, ...]
    others: tuple[str, ...] = ()
    return_paper: ReturnPaper | None = None
    needs_forward_text: bool = False
    refusals: Mapping[Deed, str] = field(default_factory=dict)
    ruling: str = ""
    part_papers: tuple[PartPaper, ...] = ()
    declined: DeclinedPaper | None = None


@dataclass(frozen=True, slots=True)
class ForwardText:
    """The original of a 举报 or 保密 order with the words that may point to a person; 转办内容 as it stands, if any."""

    order_no: str
    original: str
    spans: tuple[Span, ...]
    current: str | None


@dataclass(frozen=True, slots=True)
class KeptNote:
    """办理要求 and 转办内容 written for an order that has not gone yet."""

    order_no: str
    demand: str
    forward_text: str


@dataclass(frozen=True, slots=True)
class DispatchFigures:
    """Orders waiting by tab, how many were first sent today, how long those had waited, and `first_share`: how many of
    100 dispatches of today took the first proposal (None before the first of them).

    `scope` says in words what part of the queue is minded, '' for all; `outside` orders of each tab are not shown then.
    """

    counts: dict[str, int]
    mean_wait: timedelta | None
    sent_today: int
    scope: str = ""
    outside: Mapping[str, int] = field(default_factory=dict)
    first_share: int | None = None


@dataclass(frozen=True, slots=True)
class SplitPart:
    """One matter that is split off: `category` is a code or a name, '' and None keep what the first order has."""

    title: str
    content: str
    kind: OrderKind | None = None
    category: str = ""


@dataclass(frozen=True, slots=True)
class SplitDone:
    """What became of a 拆单: the first order as it stands now, and the new ones."""

    order: OrderRow
    parts: tuple[OrderRow, ...]


@dataclass(frozen=True, slots=True)
class MarksRow:
    """The marks of an order and what an upper organ wants of it, its deadline as it is written in a form."""

    marks: tuple[OrderMark, ...]
    upstream_no: str = ""
    upstream_due: str = ""
    upstream_demand: str = ""


@dataclass(frozen=True, slots=True)
class Arrivals:
    """The key of the newest order, and the orders that have come since the last look and ring."""

    newest: int
    ringing: tuple[OrderRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """What a row of the unit search stands for: a unit, perhaps its section, perhaps the duty item it was found by."""

    unit_id: int
    section_id: int | None = None
    duty_item_id: int | None = None

    @property
    def key(self) -> str:
        """The target as the key of a row to pick: `7`, `7/12`, `7/12/118`, `7//118`."""
        parts = (self.unit_id, self.section_id or "", self.duty_item_id or "")
        return "/".join(map(str, parts)).rstrip("/")

    @classmethod
    def from_key(cls, key: str) -> "Target":
        """Read a key back. Raises ValueError for anything else."""
        unit, section, duty = (*key.split("/"), "", "")[:3]
        return cls(int(unit), int(section) if section else None, int(duty) if duty else None)


@dataclass(frozen=True, slots=True)
class SentBatch:
    """What became of several orders sent together: those that went, and the others with why not."""

    sent: tuple[OrderRow, ...]
    left: tuple[tuple[str, str], ...]

    @property
    def words(self) -> str:
        """The whole in one line."""
        if not self.left:
            return f"已派 {len(self.sent)} 件"
        order_no, why = self.left[0]
        return f"已派 {len(self.sent)} 件，{len(self.left)} 件未派（{order_no}：{why}）"
