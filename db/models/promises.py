"""承诺回电: a question that somebody else answers, and the caller is rung back by a promised time (practice P17)."""

from typing import ClassVar

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from db.models.columns import key, maybe_moment, maybe_ref, moment, ref, uid

_OPEN = text("ended_at IS NULL")


class Promise(SQLModel, table=True):
    """One question left for a desk of specialists or 班长; it ends when the caller was told, or could not be reached."""

    __tablename__: ClassVar[str] = "promises"
    __table_args__ = (
        Index("ix_promises_open", "due_at", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_promises_call", "call_id"),
    )
    id: int | None = key()
    uid: str = uid()
    target: str = Field(max_length=60)
    question: str
    number: str = Field(max_length=32)
    caller_name: str = ""
    line: str = Field(default="", max_length=12)
    call_id: int = ref("calls.id")
    asked_at: int = moment()
    asked_by: int = ref("staff.id")
    due_at: int = moment()
    answer: str = ""
    answered_at: int | None = maybe_moment()
    answered_by: int | None = maybe_ref("staff.id")
    attempts: int = 0
    ended_at: int | None = maybe_moment()
    ended_by: int | None = maybe_ref("staff.id")
    outcome: str = Field(default="", max_length=12)
