"""How an order is handled: who holds it, what is asked, what is answered, how it is graded and watched."""

from typing import ClassVar

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from db.models.columns import key, later_ref, maybe_moment, maybe_ref, moment, ref, uid

_CURRENT = text("ended_at IS NULL")
_PENDING = text("verdict = 'pending'")
_INSIDE = text("left_at IS NULL")
_BY_RULE = text("stage IS NOT NULL")
_TO_JUDGE = text("kind = 'supervision' AND verdict = 'granted' AND judged_at IS NULL")


def _partial(name: str, *columns: str, where: object) -> Index:
    return Index(name, *columns, sqlite_where=where, postgresql_where=where)


class Assignment(SQLModel, table=True):
    """One unit's part in an order; the tree 中心 → 承办单位 → 科室 → 经办人 by `parent_id` (practice P6).

    `is_signed_too_late`: 自动签收 that counts as 超时未签收; `is_final`: given by 快速裁决, no 退单 any more (P7).
    """

    __tablename__: ClassVar[str] = "assignments"
    __table_args__ = (
        _partial("ix_assignments_current", "unit_id", "part", "order_id", where=_CURRENT),
        Index("ix_assignments_sent", "sent_at", "part", "unit_id"),
    )
    id: int | None = key()
    uid: str = uid()
    order_id: int = ref("work_orders.id", index=True)
    parent_id: int | None = maybe_ref("assignments.id")
    part: str = Field(max_length=12)
    unit_id: int = ref("units.id")
    section_id: int | None = maybe_ref("sections.id")
    staff_id: int | None = maybe_ref("staff.id")
    round: int = 1
    sent_at: int = moment()
    sent_by: int | None = maybe_ref("staff.id")
    due_at: int | None = maybe_moment()
    due_explanation: str = ""
    requirement: str = ""
    signed_at: int | None = maybe_moment()
    signed_by: int | None = maybe_ref("staff.id")
    is_signed_by_force: bool = False
    is_signed_too_late: bool = False
    is_final: bool = False
    answered_at: int | None = maybe_moment()
    answer: str = ""
    ended_at: int | None = maybe_moment()
    end_reason: str | None = Field(default=None, max_length=20)


class Request(SQLModel, table=True):
    """退单, 延期, 挂起, 销号, 提级 …: asked and decided beside the status (design part 5).

    `assignment_id` is the part that a 退单 gives back, `referred_at` since when the 研判组 has to decide it (P7). A 催办
    or 督办 has a `level`; one by rule its `stage` and the 单位时限 that it counted from; its answer is judged afterwards.
    """

    __tablename__: ClassVar[str] = "requests"
    __table_args__ = (
        _partial("ix_requests_pending", "kind", "due_at", "order_id", where=_PENDING),
        Index("ix_requests_asked", "kind", "asked_at"),
        _partial("ix_requests_to_judge", "order_id", where=_TO_JUDGE),
        Index(
            "uq_requests_stage",
            "order_id",
            "round",
            "stage_due_at",
            "stage",
            unique=True,
            sqlite_where=_BY_RULE,
            postgresql_where=_BY_RULE,
        ),
    )
    id: int | None = key()
    uid: str = uid()
    order_id: int = ref("work_orders.id", index=True)
    kind: str = Field(max_length=16)
    round: int = 1
    asked_at: int = moment()
    asked_by: int | None = maybe_ref("staff.id")
    asking_unit_id: int | None = maybe_ref("units.id")
    assignment_id: int | None = later_ref("assignments.id", "fk_requests_assignment_id")
    reason_code: str | None = Field(default=None, max_length=24)
    reason: str = ""
    evidence: str = ""
    finding: str = ""
    target_unit_id: int | None = maybe_ref("units.id")
    wanted_due_at: int | None = maybe_moment()
    due_at: int | None = maybe_moment()
    referred_at: int | None = maybe_moment()
    verdict: str = Field(default="pending", max_length=10)
    decided_at: int | None = maybe_moment()
    decided_by: int | None = maybe_ref("staff.id")
    decision: str = ""
    level: str | None = Field(default=None, max_length=12)
    stage: str | None = Field(default=None, max_length=12)
    stage_due_at: int | None = maybe_moment()
    judged_at: int | None = maybe_moment()
    judged_by: int | None = later_ref("staff.id", "fk_requests_judged_by")
    is_accepted: bool | None = None


class Reply(SQLModel, table=True):
    """A unit's draft: the internal result apart from the public reply."""

    __tablename__: ClassVar[str] = "replies"
    id: int | None = key()
    uid: str = uid()
    order_id: int = ref("work_orders.id", index=True)
    round: int = 1
    drafted_at: int = moment()
    drafted_by: int | None = maybe_ref("staff.id")
    internal_result: str = ""
    public_reply: str
    verdict: str = Field(default="pending", max_length=10)
    checked_at: int | None = maybe_moment()
    checked_by: int | None = maybe_ref("staff.id")
    check_note: str = ""


class Answer(SQLModel, table=True):
    """答复诉求人, logged: who, when, how, number, what was said; or an attempt that reached nobody."""

    __tablename__: ClassVar[str] = "answers"
    id: int | None = key()
    uid: str = uid()
    order_id: int = ref("work_orders.id", index=True)
    round: int = 1
    answered_at: int = moment()
    answered_by: int | None = maybe_ref("staff.id")
    way: str = Field(default="phone", max_length=12)
    number: str | None = Field(default=None, max_length=32)
    outcome: str | None = Field(default=None, max_length=16)
    said: str = ""
    call_id: int | None = maybe_ref("calls.id")
    knowledge_version_id: int | None = later_ref("knowledge_versions.id", "fk_answers_knowledge_version_id")


class Callback(SQLModel, table=True):
    """回访: one attempt, with the three satisfactions if somebody answered (practice P28)."""

    __tablename__: ClassVar[str] = "callbacks"
    id: int | None = key()
    uid: str = uid()
    order_id: int = ref("work_orders.id", index=True)
    round: int = 1
    called_at: int = moment()
    called_by: int | None = maybe_ref("staff.id")
    is_reached: bool = True
    result: str | None = Field(default=None, max_length=20)
    attitude: str | None = Field(default=None, max_length=20)
    timeliness: str | None = Field(default=None, max_length=20)
    was_contacted: bool | None = None
    is_solved: bool | None = None
    cause: str | None = Field(default=None, max_length=12)
    note: str = ""
    call_id: int | None = maybe_ref("calls.id")


class GradeEntry(SQLModel, table=True):
    """ABCD, with its history."""

    __tablename__: ClassVar[str] = "grades"
    id: int | None = key()
    order_id: int = ref("work_orders.id", index=True)
    round: int = 1
    grade: str = Field(max_length=1)
    graded_at: int = moment()
    graded_by: int | None = maybe_ref("staff.id")
    reason: str = ""


class PoolEntry(SQLModel, table=True):
    """工单监测池: in, next review, plan, and out by a second person with evidence (销号)."""

    __tablename__: ClassVar[str] = "pool_entries"
    __table_args__ = (_partial("ix_pool_entries_inside", "order_id", where=_INSIDE),)
    id: int | None = key()
    uid: str = uid()
    order_id: int = ref("work_orders.id", index=True)
    grade: str = Field(max_length=1)
    reason: str = ""
    entered_at: int = moment()
    review_at: int | None = maybe_moment()
    plan: str = ""
    left_at: int | None = maybe_moment()
    left_by: int | None = maybe_ref("staff.id")
    evidence: str = ""


class Emergency(SQLModel, table=True):
    """应急: the steps of the green channel against 30 wall-clock minutes (practice P24)."""

    __tablename__: ClassVar[str] = "emergencies"
    __table_args__ = (
        _partial("ix_emergencies_running", "due_at", where=text("contained_at IS NULL AND ended_at IS NULL")),
    )
    id: int | None = key()
    uid: str = uid()
    order_id: int = Field(foreign_key="work_orders.id", unique=True)
    type: str
    started_at: int = moment()
    due_at: int = moment()
    called_out_at: int | None = maybe_moment()
    acknowledged_at: int | None = maybe_moment()
    departed_at: int | None = maybe_moment()
    arrived_at: int | None = maybe_moment()
    contained_at: int | None = maybe_moment()
    contained_said_by: str = ""
    finished_at: int | None = maybe_moment()
    reported_at: int | None = maybe_moment()
    ended_at: int | None = maybe_moment()
    end_reason: str | None = Field(default=None, max_length=16)
    care_on: str | None = Field(default=None, max_length=10)
    """Of a 危机来电: the local day (`YYYY-MM-DD`) on which somebody asks after the caller again, and who (practice P25)."""
    care_by: str = Field(default="", max_length=40)


class Message(SQLModel, table=True):
    """告知: a message to a unit or to a caller's number (practice P19).

    `tries` counts the attempts to send it, `next_try_at` is when the next one is due (None: at once), `leased_until` by
    when the desk that is sending it must have said how that went.
    """

    __tablename__: ClassVar[str] = "messages"
    __table_args__ = (
        _partial("ix_messages_waiting", "made_at", where=text("state = 'waiting'")),
        _partial("ix_messages_sending", "leased_until", where=text("state = 'sending'")),
        _partial("ix_messages_failed", "made_at", where=text("state = 'failed'")),
    )
    id: int | None = key()
    uid: str = uid()
    order_id: int | None = maybe_ref("work_orders.id", index=True)
    to_unit_id: int | None = maybe_ref("units.id", index=True)
    to_phone: str | None = Field(default=None, max_length=32)
    template: str = Field(max_length=32)
    body: str
    state: str = Field(default="waiting", max_length=8)
    made_at: int = moment()
    sent_at: int | None = maybe_moment()
    failure: str = ""
    tries: int = 0
    next_try_at: int | None = maybe_moment()
    leased_until: int | None = maybe_moment()
