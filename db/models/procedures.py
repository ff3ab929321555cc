"""法定程序: what a unit handles by a law with a term of its own, while its order waits in the pool (practice P9)."""

from typing import ClassVar

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from db.models.columns import key, maybe_moment, maybe_ref, moment, ref, uid

_RUNNING = text("ended_at IS NULL")


class Procedure(SQLModel, table=True):
    """One procedure of one order: which, at which organ, under which number, until when; and how it ended.

    `due_at` is the end of the statutory term; `told_at` when the citizen was told number and date.
    """

    __tablename__: ClassVar[str] = "procedures"
    __table_args__ = (
        Index(
            "uq_procedures_running",
            "order_id",
            unique=True,
            sqlite_where=_RUNNING,
            postgresql_where=_RUNNING,
        ),
    )
    id: int | None = key()
    uid: str = uid()
    order_id: int = ref("work_orders.id", index=True)
    round: int = 1
    kind: str = Field(max_length=20)
    organ: str = Field(max_length=60)
    number: str = Field(max_length=60)
    due_at: int = moment()
    told: str = ""
    told_way: str = Field(max_length=12)
    told_at: int = moment()
    entered_at: int = moment()
    entered_by: int | None = maybe_ref("staff.id")
    ended_at: int | None = maybe_moment()
    ended_by: int | None = maybe_ref("staff.id")
    ending: str | None = Field(default=None, max_length=12)
    ending_words: str = ""
