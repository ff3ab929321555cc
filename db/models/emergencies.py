"""应急: attempts to reach people, hand-overs to 110, 119 and 120, the roster, and 交接班 (practice P24, P27)."""

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
