"""应急: whom one tried to reach by telephone, and what 110, 119 and 120 took over (practice P24)."""

from typing import ClassVar

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from db.models.columns import key, maybe_moment, maybe_ref, moment, ref, uid

_OPEN = text("heard_at IS NULL")


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
