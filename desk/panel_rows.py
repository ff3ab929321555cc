"""What the pages of 社会评议 show. Times are aware UTC; nothing here holds a ballot and a name (practice P29)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from desk.codes import PanelChoice, PanelVerdict, Profession
from desk.rules.social_review import Tally


@dataclass(frozen=True, slots=True)
class PanelCheck:
    """One thing that the store says of a request: its label, whether it is as it must be, and the line if it is not."""

    label: str
    is_right: bool
    why_not: str


@dataclass(frozen=True, slots=True)
class PanelRequest:
    """申请社会评议 as the auditor reads it: whose, what was done and explained, and what the store itself says."""

    order_no: str
    unit: str
    asker: str
    handled: str
    explained: str
    checks: tuple[PanelCheck, ...]


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One 评议会: when and where, how many sit, how many orders lie before it, and how far it is."""

    id: int
    planned_at: datetime
    place: str
    seats: int
    quota: Mapping[str, int]
    orders: int
    sitting: int
    signed: int
    drawn_at: datetime | None
    opened_at: datetime | None
    closed_at: datetime | None

    @property
    def key(self) -> int:
        """What a list keeps its cursor by."""
        return self.id

    @property
    def state(self) -> str:
        """How far it is, in the hotline's words."""
        if self.closed_at is not None:
            return "已结束"
        if self.opened_at is not None:
            return "评议中"
        return "已抽取" if self.drawn_at is not None else "筹备中"


@dataclass(frozen=True, slots=True)
class FileText:
    """What a panel reads of an order: no name, number, address or company; the place is the township."""

    place: str = ""
    title: str = ""
    claim: str = ""
    handling: str = ""
    explained: str = ""
    page: str = ""


FILE_FIELDS: Mapping[str, str] = {
    "place": "区域",
    "title": "标题",
    "claim": "诉求",
    "handling": "办理情况",
    "explained": "解释情况",
    "page": "诉求人补充意见",
}
"""The fields of a file with their words, in the order in which they are read."""


@dataclass(frozen=True, slots=True)
class FileDraft:
    """A file as it stands, and what in it still points to somebody: field, words, why."""

    order_no: str
    text: FileText
    marks: tuple[str, ...]
    is_released: bool


@dataclass(frozen=True, slots=True)
class PanelLineRow:
    """One order in 待评议: on an agenda or waiting for one, how far its file is, and what the ballots came to."""

    order_no: str
    unit: str
    title: str
    told_at: datetime | None
    has_page: bool
    is_edited: bool
    is_released: bool
    line_id: int = 0
    counted: Tally | None = None
    verdict: PanelVerdict | None = None
    is_concluded: bool = False
    is_withdrawn: bool = False

    @property
    def key(self) -> str:
        """What a list keeps its cursor by."""
        return self.order_no

    @property
    def file_state(self) -> str:
        """How far the file is."""
        if self.told_at is None:
            return "未告知"
        if self.is_released:
            return "已定稿"
        return "待定稿" if self.is_edited else "待整理"


@dataclass(frozen=True, slots=True)
class SeatRow:
    """One seat: who sits there, whether he signed, how many ballots he cast; never which."""

    id: int
    staff_no: str
    name: str
    profession: Profession
    signed_at: datetime | None
    ballots: int
    removed_at: datetime | None
    removed_why: str

    @property
    def key(self) -> int:
        """What a list keeps its cursor by."""
        return self.id


@dataclass(frozen=True, slots=True)
class PanelFigures:
    """Of one year: sessions, orders, and how many of them were found reasonable and unreasonable."""

    sessions: int
    orders: int
    reasonable: int
    unreasonable: int


@dataclass(frozen=True, slots=True)
class PanelBoard:
    """The session under way with its agenda and seats, the orders that wait for one, the sessions, the year's figures."""

    session: SessionRow | None
    lines: tuple[PanelLineRow, ...]
    seats: tuple[SeatRow, ...]
    waiting: tuple[PanelLineRow, ...]
    sessions: tuple[SessionRow, ...]
    figures: PanelFigures
    quorum: int = 0


@dataclass(frozen=True, slots=True)
class PinRow:
    """A PIN for one session, shown once."""

    staff_no: str
    name: str
    profession: Profession
    pin: str


@dataclass(frozen=True, slots=True)
class PutOn:
    """What was put on an agenda: how many orders, and the first that was not, with why."""

    added: int
    left: tuple[tuple[str, str], ...]

    @property
    def words(self) -> str:
        """The whole in one line."""
        if not self.left:
            return f"已列入 {self.added} 件" if self.added else "没有待列入的工单"
        order_no, why = self.left[0]
        return f"已列入 {self.added} 件，{len(self.left)} 件未列入（{order_no}：{why}）"


@dataclass(frozen=True, slots=True)
class Concluded:
    """What a session came to: orders by verdict, and those whose verdict could not be carried out, with why."""

    reasonable: int
    unreasonable: int
    no_quorum: int
    left: tuple[tuple[str, str], ...] = ()

    @property
    def words(self) -> str:
        """The whole in one line."""
        lost = f"，未达法定人数 {self.no_quorum}（留待下期）" if self.no_quorum else ""
        left = f"；{self.left[0][0]}：{self.left[0][1]}" if self.left else ""
        return f"诉求合理 {self.reasonable}，诉求不合理 {self.unreasonable}{lost}{left}"


@dataclass(frozen=True, slots=True)
class PanelistRow:
    """Somebody of the pool. `units` and `people` are declared relations."""

    staff_no: str
    name: str
    profession: Profession
    area_code: str
    area: str
    employer: str
    employer_code: str
    units: tuple[str, ...]
    people: tuple[str, ...]
    mobile: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class BallotLine:
    """One order as a 评议员 sees it: a number on the agenda, the file, and his own ballot as it lies now."""

    key: int
    number: int
    text: FileText
    choice: PanelChoice | None
    reason: str


@dataclass(frozen=True, slots=True)
class BallotPage:
    """All that a 评议员 sees. Without a session `planned_at` is None; `lines` are empty until he has signed."""

    planned_at: datetime | None = None
    place: str = ""
    is_signed: bool = False
    is_open: bool = False
    lines: tuple[BallotLine, ...] = ()


SECRECY = (
    "本人承诺：只在本页阅看评议材料，不抄录、不拍照、不外传；不打听诉求人和承办人员；"
    "不透露本人和他人的评议意见；与诉求事项或承办单位有利害关系的，主动回避。"
)
"""What a 评议员 signs before he reads anything."""
