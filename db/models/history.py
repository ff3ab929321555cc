"""What happened: the chain of events and their erasable words (design part 3)."""

from typing import ClassVar

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from db.models.columns import moment

_BIRTH = text("from_status IS NULL AND to_status IS NOT NULL")
_SENT_BACK = text("kind IN ('send_back_reply', 'send_back_close_review')")
_PASSED = text("kind = 'pass_close_review'")


class Event(SQLModel, table=True):
    """One deed. No free text, no personal data: those stand in `event_texts` and can be erased by law."""

    __tablename__: ClassVar[str] = "events"
    __table_args__ = (
        Index("ix_events_order", "order_uid", "seq"),
        Index(
            "ix_events_births",
            "actor_uid",
            "at",
            "order_uid",
            sqlite_where=_BIRTH,
            postgresql_where=_BIRTH,
        ),
        Index("ix_events_sent_back", "at", "order_uid", sqlite_where=_SENT_BACK, postgresql_where=_SENT_BACK),
        Index("ix_events_passed", "at", "order_uid", sqlite_where=_PASSED, postgresql_where=_PASSED),
    )
    seq: int = Field(primary_key=True)
    uid: str = Field(max_length=36, unique=True)
    store_uid: str = Field(max_length=36)
    order_uid: str | None = Field(default=None, max_length=36)
    kind: str = Field(max_length=32)
    at: int = moment()
    actor_uid: str | None = Field(default=None, max_length=36)
    seat: str = ""
    round: int = 0
    from_status: str | None = Field(default=None, max_length=20)
    to_status: str | None = Field(default=None, max_length=20)
    data: str = "{}"
    text_digest: str | None = Field(default=None, max_length=64)
    prev_hash: str = Field(max_length=64)
    hash: str = Field(max_length=64)


class EventText(SQLModel, table=True):
    """The words of an event. Erasing deletes salt and body; the digest stays, so the chain stays whole."""

    __tablename__: ClassVar[str] = "event_texts"
    event_uid: str = Field(primary_key=True, max_length=36)
    field: str = Field(primary_key=True, max_length=32)
    digest: str = Field(max_length=64)
    salt: str | None = Field(default=None, max_length=32)
    body: str | None = None


class ChainHead(SQLModel, table=True):
    """The last event, updated under the lock by each deed: its `seq` wakes the other desks."""

    __tablename__: ClassVar[str] = "chain_head"
    id: int = Field(primary_key=True)
    seq: int
    hash: str = Field(max_length=64)
    at: int = moment()
