"""知识库: what the centre answers on the line, every change a version of its own, and what is said against it."""

from typing import ClassVar

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel, UniqueConstraint

from db.models.columns import key, maybe_moment, maybe_ref, moment, ref, uid

_OPEN = text("settled_at IS NULL")
_OF_A_CALL = text("call_key <> ''")


class KnowledgeEntry(SQLModel, table=True):
    """One question that citizens ask; `version` is the one in force, 0 while none was published."""

    __tablename__: ClassVar[str] = "knowledge_entries"
    id: int | None = key()
    uid: str = uid()
    number: str = Field(max_length=24, unique=True)
    version: int = 0
    made_at: int = moment()
    retired_at: int | None = maybe_moment()
    retired_by: int | None = maybe_ref("staff.id")
    retire_reason: str = ""


class KnowledgeVersion(SQLModel, table=True):
    """What an entry says, or said: days are local dates (`2026-11-23`), '' for none; keywords are separated by 、."""

    __tablename__: ClassVar[str] = "knowledge_versions"
    __table_args__ = (UniqueConstraint("entry_id", "version", name="uq_knowledge_versions_version"),)
    id: int | None = key()
    uid: str = uid()
    entry_id: int = ref("knowledge_entries.id")
    version: int
    line: str = Field(default="", max_length=8)
    topic: str = Field(max_length=40)
    title: str
    keywords: str = ""
    answer: str
    basis: str = ""
    owner_id: int | None = maybe_ref("units.id", index=True)
    valid_from: str = Field(default="", max_length=10)
    valid_to: str = Field(default="", max_length=10)
    review_by: str = Field(default="", max_length=10)
    is_sample: bool = False
    made_at: int = moment()
    made_by: int | None = maybe_ref("staff.id")
    reason: str = ""
    published_at: int | None = maybe_moment()
    published_by: int | None = maybe_ref("staff.id")
    refused_at: int | None = maybe_moment()
    refused_by: int | None = maybe_ref("staff.id")
    refuse_reason: str = ""


class KnowledgeNote(SQLModel, table=True):
    """有误或已过时, or a question that no entry answers: for the owner unit, open until somebody settles it."""

    __tablename__: ClassVar[str] = "knowledge_notes"
    __table_args__ = (
        Index("ix_knowledge_notes_open", "unit_id", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_knowledge_notes_call", "call_key", sqlite_where=_OF_A_CALL, postgresql_where=_OF_A_CALL),
    )
    id: int | None = key()
    uid: str = uid()
    kind: str = Field(max_length=12)
    entry_id: int | None = maybe_ref("knowledge_entries.id", index=True)
    version: int | None = None
    unit_id: int | None = maybe_ref("units.id")
    words: str
    call_key: str = Field(default="", max_length=64)
    made_at: int = moment()
    made_by: int | None = maybe_ref("staff.id")
    settled_at: int | None = maybe_moment()
    settled_by: int | None = maybe_ref("staff.id")
    settlement: str = ""
    settled_entry_id: int | None = maybe_ref("knowledge_entries.id")
