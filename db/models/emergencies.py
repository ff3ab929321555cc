"""应急: attempts to reach people, hand-overs to 110, 119 and 120, the roster, 交接班, reports (practice P24–P27)."""

from typing import ClassVar

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from db.models.columns import key, maybe_moment, maybe_ref, moment, ref, uid

_OPEN = text("heard_at IS NULL")
_STANDS = text("dropped_at IS NULL")


class CallAttempt(SQLModel, table=True):
    """One attempt to reach a unit's people, or the caller (`unit_id` None), about an emergency, and how it went."""

    __tablename__: ClassVar[str] = "call_attempts"
    id: int | None = key()
    uid: str = uid()
    order_id: int = ref("work_orders.id", index=True)
    unit_id: int | None = maybe_ref("units.id")
    person: str = Field(default="", max_length=40)
    phone: str = Field(default="", max_length=32)
    outcome: str = Field(max_length=12)
    note: str = ""
    at: int = moment()
    by_id: int = ref("staff.id")
    call_id: int | None = maybe_ref("calls.id")


class RescueHandover(SQLModel, table=True):
    """移交 110/119/120/122: open until the receiver has said what became of it; asked about once at `ask_at`."""

    __tablename__: ClassVar[str] = "rescue_handovers"
    __table_args__ = (
        Index("ix_rescue_handovers_open", "ask_at", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )
    id: int | None = key()
    uid: str = uid()
    order_id: int = ref("work_orders.id", index=True)
    service: str = Field(max_length=8)
    taker: str = Field(default="", max_length=40)
    note: str = ""
    at: int = moment()
    by_id: int = ref("staff.id")
    ask_at: int = moment()
    heard_at: int | None = maybe_moment()
    heard_by: int | None = maybe_ref("staff.id")
    result: str = ""


class RosterShift(SQLModel, table=True):
    """A turn: who of a unit's 应急队伍 stands a shift (`shift`, its name) of a local day (`YYYY-MM-DD`)."""

    __tablename__: ClassVar[str] = "roster_shifts"
    __table_args__ = (
        Index("ix_roster_shifts_day", "day", "unit_id", sqlite_where=_STANDS, postgresql_where=_STANDS),
        Index("ix_roster_shifts_member", "member_id", "day", sqlite_where=_STANDS, postgresql_where=_STANDS),
    )
    id: int | None = key()
    uid: str = uid()
    unit_id: int = ref("units.id")
    day: str = Field(max_length=10)
    shift: str = Field(max_length=10)
    member_id: int = ref("team_members.id")
    set_at: int = moment()
    set_by: int = ref("staff.id")
    dropped_at: int | None = maybe_moment()
    dropped_by: int | None = maybe_ref("staff.id")
    why: str = ""
    note: str = ""
    """What the one who stood it leaves to the next."""


class ShiftHandover(SQLModel, table=True):
    """交接班: what one shift of the centre leaves to the next, with a note; open until the next one has taken it."""

    __tablename__: ClassVar[str] = "shift_handovers"
    id: int | None = key()
    uid: str = uid()
    centre_id: int = ref("units.id", index=True)
    note: str = ""
    handed_at: int = moment()
    handed_by: int = ref("staff.id")
    taken_at: int | None = maybe_moment()
    taken_by: int | None = maybe_ref("staff.id")


class HandoverLine(SQLModel, table=True):
    """One line of a 交接班: what it is about, in words, and who of the next shift signed for it."""

    __tablename__: ClassVar[str] = "handover_lines"
    id: int | None = key()
    uid: str = uid()
    handover_id: int = ref("shift_handovers.id", index=True)
    kind: str = Field(max_length=20)
    order_id: int | None = maybe_ref("work_orders.id")
    what: str
    signed_at: int | None = maybe_moment()
    signed_by: int | None = maybe_ref("staff.id")
    remark: str = ""


class IncidentReport(SQLModel, table=True):
    """快报, 专报 or 预警快报: a draft until it was approved, then numbered. `fields` is a JSON object of its words."""

    __tablename__: ClassVar[str] = "incident_reports"
    __table_args__ = (
        Index("uq_incident_reports_number", "centre_id", "kind", "year", "counter", unique=True),
        Index("ix_incident_reports_drafted", "centre_id", "drafted_at"),
    )
    id: int | None = key()
    uid: str = uid()
    centre_id: int = ref("units.id")
    order_id: int | None = maybe_ref("work_orders.id", index=True)
    area_code: str = Field(default="", max_length=12)
    category_code: str = Field(default="", max_length=12)
    kind: str = Field(max_length=12)
    stage: str = Field(max_length=12)
    stage_no: int = 1
    fields: str
    due_at: int | None = maybe_moment()
    drafted_at: int = moment()
    drafted_by: int = ref("staff.id")
    approved_at: int | None = maybe_moment()
    approved_by: int | None = maybe_ref("staff.id")
    dropped_at: int | None = maybe_moment()
    year: int | None = None
    counter: int | None = None


class ReportReader(SQLModel, table=True):
    """Somebody to whom a report was sent: when, how, when it was read, and what was written on it (批示)."""

    __tablename__: ClassVar[str] = "report_readers"
    id: int | None = key()
    uid: str = uid()
    report_id: int = ref("incident_reports.id", index=True)
    name: str = Field(max_length=40)
    way: str = Field(default="", max_length=40)
    sent_at: int = moment()
    sent_by: int = ref("staff.id")
    read_at: int | None = maybe_moment()
    instruction: str = ""
    instructed_at: int | None = maybe_moment()
