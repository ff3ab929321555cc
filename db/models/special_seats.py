"""专席: the applications taken by telephone and decided behind it, and the slots of 预约上门."""

from typing import ClassVar

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from db.models.columns import key, maybe_moment, maybe_ref, moment, ref, uid


class Application(SQLModel, table=True):
    """办件 of a 专席. `answers` is JSON by field name (desk/rules/special_forms.py); `words` and `basis` are the last decision's."""

    __tablename__: ClassVar[str] = "applications"
    __table_args__ = (
        Index("ix_applications_unit", "unit_id", "state"),
        Index("ix_applications_registered", "registered_at"),
        Index("ix_applications_phone", "phone"),
    )
    id: int | None = key()
    uid: str = uid()
    number: str = Field(max_length=32, unique=True)
    form: str = Field(max_length=24)
    state: str = Field(max_length=16)
    centre_id: int = ref("units.id")
    unit_id: int = ref("units.id")
    name: str
    phone: str = Field(default="", max_length=32)
    answers: str
    call_id: int | None = maybe_ref("calls.id", index=True)
    registered_at: int = moment()
    registered_by: int = ref("staff.id")
    due_at: int | None = maybe_moment()
    is_due_provisional: bool = False
    decided_at: int | None = maybe_moment()
    decided_by: int | None = maybe_ref("staff.id")
    is_late: bool = False
    words: str = ""
    basis: str = ""
    amended_count: int = 0
    amended_by: int | None = maybe_ref("staff.id")
    told_at: int | None = maybe_moment()
    told_by: int | None = maybe_ref("staff.id")
    tell_attempts: int = 0
    unreached_at: int | None = maybe_moment()


class Visit(SQLModel, table=True):
    """One slot of a 预约上门: `day` is a local date (2026-11-24), `half` a half day of it; a new date is a new row."""

    __tablename__: ClassVar[str] = "visits"
    __table_args__ = (Index("ix_visits_slot", "unit_id", "day", "half"),)
    id: int | None = key()
    application_id: int = ref("applications.id", index=True)
    unit_id: int = ref("units.id")
    day: str = Field(max_length=10)
    half: str = Field(max_length=12)
    outcome: str = Field(max_length=12)
    note: str = ""
    booked_at: int = moment()
    booked_by: int = ref("staff.id")
    logged_at: int | None = maybe_moment()
    logged_by: int | None = maybe_ref("staff.id")
