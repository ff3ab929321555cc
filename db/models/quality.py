"""质检: records drawn by rule, the sheet of each, and what the one checked says to it (practice P31)."""

from typing import ClassVar

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from db.models.columns import key, maybe_moment, maybe_ref, moment, ref, uid


class QualityCheck(SQLModel, table=True):
    """One record that is checked: a call (`call_id`), or an order where no call is the record; `record_uid` is of either.

    Of a complaint `order_id` is the complaint and `call_id` the call complained of, once that is known. `points` stand
    now (0 to 100, NULL when no item applied), `first_points` before a 申辩 was decided.
    """

    __tablename__: ClassVar[str] = "quality_checks"
    __table_args__ = (
        Index("ix_quality_checks_state", "centre_id", "state", "record_at"),
        Index("ix_quality_checks_agent", "agent_id", "record_at"),
    )
    id: int | None = key()
    uid: str = uid()
    centre_id: int = ref("units.id")
    record_uid: str = Field(max_length=36, unique=True)
    reason: str = Field(max_length=12)
    state: str = Field(max_length=12)
    call_id: int | None = maybe_ref("calls.id", index=True)
    order_id: int | None = maybe_ref("work_orders.id", index=True)
    agent_id: int | None = maybe_ref("staff.id")
    record_at: int = moment()
    drawn_at: int = moment()
    drawn_by: int | None = maybe_ref("staff.id")
    why: str = ""
    judged_at: int | None = maybe_moment()
    judged_by: int | None = maybe_ref("staff.id")
    points: int | None = None
    first_points: int | None = None
    words: str = ""
    answer_due_at: int | None = maybe_moment()
    answered_at: int | None = maybe_moment()
    answer: str = ""
    decided_at: int | None = maybe_moment()
    decided_by: int | None = maybe_ref("staff.id")
    verdict: str | None = Field(default=None, max_length=10)
    decision: str = ""


class QualityMark(SQLModel, table=True):
    """One item of a sheet, by the name and weight that it had when it was judged; `first_verdict` is before a 申辩."""

    __tablename__: ClassVar[str] = "quality_marks"
    check_id: int = Field(foreign_key="quality_checks.id", primary_key=True)
    item: str = Field(max_length=20, primary_key=True)
    place: int
    weight: int
    verdict: str = Field(max_length=16)
    first_verdict: str = Field(max_length=16)


class QualityDraw(SQLModel, table=True):
    """One draw: up to which call (its key in this store) it looked, at how many, and how many checks came of it."""

    __tablename__: ClassVar[str] = "quality_draws"
    __table_args__ = (Index("ix_quality_draws_at", "centre_id", "drawn_at"),)
    id: int | None = key()
    uid: str = uid()
    centre_id: int = ref("units.id")
    drawn_at: int = moment()
    drawn_by: int = ref("staff.id")
    up_to_id: int
    looked_at: int
    drawn: int
