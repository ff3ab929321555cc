"""The work order and the people and calls behind it."""

from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from db.models.columns import key, maybe_moment, maybe_ref, moment, ref, uid

_OPEN = text("is_open = 1")
_EMERGENCY = text("sort_rank = 0")
_POOLED = text("pool_grade IS NOT NULL")
_TO_ARCHIVE = text("status = 'closed' AND pool_grade IS NULL")
_OUTSIDE = text("outside_no IS NOT NULL")
_MERGED = text("main_order_id IS NOT NULL")
_NOT_ASSESSED = text(
    "excluded_from_assessment = 1 OR is_crisis = 1 OR status IN ('void', 'withdrawn', 'transferred_out')"
    " OR outcome = 'false_alarm'"
)
_RUNNING_MERGER = text("kind = 'merged' AND ended_at IS NULL")


def _partial(name: str, *columns: str, where: object, unique: bool = False) -> Index:
    return Index(name, *columns, unique=unique, sqlite_where=where, postgresql_where=where)


class Requester(SQLModel, table=True):
    """诉求人: who has the wish, known by phone number."""

    __tablename__: ClassVar[str] = "requesters"
    id: int | None = key()
    uid: str = uid()
    phone: str | None = Field(default=None, max_length=32, index=True)
    name: str = ""
    is_company: bool = False
    language: str = ""
    special_needs: str = ""
    created_at: int = moment()


class Call(SQLModel, table=True):
    """One call in or out, with its 话务小结 (practice P5); `transfers` is JSON, empty for none (practice P13)."""

    __tablename__: ClassVar[str] = "calls"
    __table_args__ = (Index("ix_calls_rang", "rang_at"), Index("ix_calls_number", "number"))
    id: int | None = key()
    uid: str = uid()
    direction: str = Field(max_length=10)
    line: str = Field(default="", max_length=12)
    number: str | None = Field(default=None, max_length=32)
    outside_id: str | None = Field(default=None, max_length=64, unique=True)
    seat: str = ""
    staff_id: int | None = maybe_ref("staff.id")
    rang_at: int = moment()
    answered_at: int | None = maybe_moment()
    ended_at: int | None = maybe_moment()
    recording_no: str | None = None
    language: str = ""
    summary: str | None = Field(default=None, max_length=20)
    note: str = ""
    transfers: str = ""


class CallerMark(SQLModel, table=True):
    """What 班长 says of a number until a day: 已依法办结、无新情况 of one order, or 骚扰来电 (practice P15)."""

    __tablename__: ClassVar[str] = "caller_marks"
    id: int | None = key()
    uid: str = uid()
    number: str = Field(max_length=32, index=True)
    kind: str = Field(max_length=12)
    order_id: int | None = maybe_ref("work_orders.id")
    ground: str
    set_at: int = moment()
    set_by: int | None = maybe_ref("staff.id")
    ends_at: int = moment()
    ended_at: int | None = maybe_moment()
    ended_by: int | None = maybe_ref("staff.id")
    end_reason: str = ""


class CallOrder(SQLModel, table=True):
    """Which orders a call was about."""

    __tablename__: ClassVar[str] = "call_orders"
    call_id: int = Field(foreign_key="calls.id", primary_key=True)
    order_id: int = Field(foreign_key="work_orders.id", primary_key=True, index=True)


class WorkOrder(SQLModel, table=True):
    """工单. `press_at` is the most pressing running due time and `sort_rank` what goes before all others."""

    __tablename__: ClassVar[str] = "work_orders"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('inquiry','help_request','complaint','tip_off','suggestion','praise','undetermined')",
            name="ck_work_orders_kind",
        ),
        CheckConstraint("urgency IN ('normal','urgent','critical')", name="ck_work_orders_urgency"),
        CheckConstraint("grade IS NULL OR grade IN ('A','B','C','D')", name="ck_work_orders_grade"),
        CheckConstraint("pool_grade IS NULL OR pool_grade IN ('C','D')", name="ck_work_orders_pool_grade"),
        Index("ix_work_orders_number", "order_day", "counter"),
        Index("ix_work_orders_area", "area_code", "accepted_at"),
        _partial("ix_work_orders_queue", "centre_id", "status", "sort_rank", "press_at", "id", where=_OPEN),
        _partial(
            "ix_work_orders_steward", "steward_id", "status", "sort_rank", "press_at", "id", where=_OPEN
        ),
        _partial("ix_work_orders_open", "centre_id", "sort_rank", "press_at", "id", where=_OPEN),
        _partial("ix_work_orders_pressing", "centre_id", "press_at", where=_OPEN),
        _partial("ix_work_orders_emergency", "centre_id", "press_at", where=_EMERGENCY),
        _partial("ix_work_orders_pool", "centre_id", "pool_grade", "press_at", "id", where=_POOLED),
        _partial("ix_work_orders_to_archive", "centre_id", "closed_at", "id", where=_TO_ARCHIVE),
        _partial("ix_work_orders_not_assessed", "id", where=_NOT_ASSESSED),
        _partial("ix_work_orders_main", "main_order_id", where=_MERGED),
        _partial("uq_work_orders_outside", "outside_no", "channel", where=_OUTSIDE, unique=True),
    )
    id: int | None = key()
    uid: str = uid()
    store_uid: str = Field(max_length=36)
    order_no: str = Field(max_length=32, unique=True)
    order_day: int
    counter: int
    query_code: str = Field(max_length=12, index=True)
    # where it came from
    channel: str = Field(max_length=20)
    line: str = Field(default="", max_length=12)
    outside_no: str | None = Field(default=None, max_length=64)
    upstream_no: str | None = Field(default=None, max_length=64)
    upstream_due_at: int | None = maybe_moment()
    upstream_demand: str = ""
    marks: str = ""
    requester_id: int | None = maybe_ref("requesters.id", index=True)
    requester_name: str = ""
    contact_phone: str | None = Field(default=None, max_length=32, index=True)
    is_anonymous: bool = False
    is_confidential: bool = False
    is_crisis: bool = False
    """A 危机来电: seen only by those on it (practice P25)."""
    is_special: bool = False
    """A 专报 was made of it: others at the centre see only 专报件 (practice P26)."""
    is_company: bool = False
    on_behalf: str = ""
    language: str = ""
    special_needs: str = ""
    home_address: str = ""
    # what it is about
    kind: str = Field(max_length=16)
    urgency: str = Field(max_length=10)
    category_code: str | None = Field(default=None, max_length=6)
    area_code: str | None = Field(default=None, max_length=12)
    other_area_code: str | None = Field(default=None, max_length=12)
    place: str = ""
    title: str
    content: str
    forward_text: str | None = None
    accused_name: str = ""
    accused_unit_id: int | None = maybe_ref("units.id")
    occurred_at: int | None = maybe_moment()
    occurred_words: str = ""
    purpose: str = ""
    earlier_steps: str = ""
    needs_answer: bool = True
    answer_way: str = Field(default="phone", max_length=12)
    answer_time: str = ""
    # where it stands
    status: str = Field(max_length=20)
    version: int = 1
    round: int = 1
    is_open: bool = True
    centre_id: int | None = maybe_ref("units.id")
    steward_id: int | None = maybe_ref("units.id")
    section_id: int | None = maybe_ref("sections.id")
    handler_id: int | None = maybe_ref("staff.id")
    duty_item_id: int | None = maybe_ref("duty_items.id")
    main_order_id: int | None = maybe_ref("work_orders.id")
    outcome: str | None = Field(default=None, max_length=24)
    grade: str | None = Field(default=None, max_length=1)
    pool_grade: str | None = Field(default=None, max_length=1)
    urge_count: int = 0
    return_count: int = 0
    breach_count: int = 0
    excluded_from_assessment: bool = False
    # clocks
    raised_at: int = moment()
    accepted_at: int = moment(index=True)
    dispatched_at: int | None = maybe_moment()
    signed_at: int | None = maybe_moment()
    answered_at: int | None = maybe_moment()
    review_passed_at: int | None = maybe_moment()
    closed_at: int | None = maybe_moment()
    archived_at: int | None = maybe_moment()
    stage_due_at: int | None = maybe_moment()
    unit_due_at: int | None = maybe_moment()
    citizen_due_at: int | None = maybe_moment()
    is_due_provisional: bool = False
    suspended_at: int | None = maybe_moment()
    pool_review_at: int | None = maybe_moment()
    sort_rank: int = 2
    press_at: int = moment()


class OrderLink(SQLModel, table=True):
    """One order points to another (P10): `other_id` was split off from `order_id`, or is its 从单, or of one matter."""

    __tablename__: ClassVar[str] = "order_links"
    __table_args__ = (
        _partial("uq_order_links_main", "other_id", where=_RUNNING_MERGER, unique=True),
        _partial("ix_order_links_members", "order_id", where=_RUNNING_MERGER),
    )
    id: int | None = key()
    uid: str = uid()
    order_id: int = ref("work_orders.id", index=True)
    other_id: int = ref("work_orders.id", index=True)
    kind: str = Field(max_length=12)
    made_at: int = moment()
    made_by: int | None = maybe_ref("staff.id")
    ended_at: int | None = maybe_moment()


class Attachment(SQLModel, table=True):
    """A file named by path and checksum; the file itself stays where it is."""

    __tablename__: ClassVar[str] = "attachments"
    id: int | None = key()
    uid: str = uid()
    order_id: int = ref("work_orders.id", index=True)
    path: str
    sha256: str = Field(max_length=64)
    size: int
    added_at: int = moment()
    added_by: int | None = maybe_ref("staff.id")
