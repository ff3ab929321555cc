"""短语: what an operator types by an abbreviation, the hotline's and each person's own."""

from typing import ClassVar

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from db.models.columns import key, maybe_moment, maybe_ref, moment, uid

_IN_USE = text("removed_at IS NULL")


class Phrase(SQLModel, table=True):
    """One phrase; `owner_id` None is the hotline's, `line` and `category_code` '' are any. Removed, not deleted."""

    __tablename__: ClassVar[str] = "phrases"
    __table_args__ = (Index("ix_phrases_owner", "owner_id", sqlite_where=_IN_USE, postgresql_where=_IN_USE),)
    id: int | None = key()
    uid: str = uid()
    owner_id: int | None = maybe_ref("staff.id")
    abbreviation: str = Field(max_length=12)
    body: str
    line: str = Field(default="", max_length=12)
    category_code: str = Field(default="", max_length=6)
    changed_at: int = moment()
    removed_at: int | None = maybe_moment()
