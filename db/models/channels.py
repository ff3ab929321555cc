"""What an order of another channel brings along (practice P20), and how the tables of a channel are read."""

from typing import ClassVar

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from db.models.columns import key, maybe_moment, maybe_ref, moment, uid

_LIVING = text("removed_at IS NULL")


class ChannelMap(SQLModel, table=True):
    """列对照: under which names a channel's files bring which fields. `columns` is JSON, [head, field] in the file's order."""

    __tablename__: ClassVar[str] = "channel_maps"
    __table_args__ = (
        Index("uq_channel_maps_name", "name", unique=True, sqlite_where=_LIVING, postgresql_where=_LIVING),
    )
    id: int | None = key()
    uid: str = uid()
    name: str
    channel: str = Field(max_length=20)
    columns: str
    saved_at: int = moment()
    saved_by: int | None = maybe_ref("staff.id")
    removed_at: int | None = maybe_moment()


class OutsideOrder(SQLModel, table=True):
    """来件: what the upper platform says of its order, digests of its words, and what it has been told by us.

    The `said_…` are of its last title, phone and 诉求类型, '' where it gave none: a house that corrects its own is not
    taken for a platform that changed its mind.
    """

    __tablename__: ClassVar[str] = "outside_orders"
    order_id: int = Field(foreign_key="work_orders.id", primary_key=True)
    map_name: str = ""
    state: str = ""
    sent_back: str = ""
    digest: str = Field(default="", max_length=64, index=True)
    said_title: str = Field(default="", max_length=32)
    said_contact_phone: str = Field(default="", max_length=32)
    said_kind: str = Field(default="", max_length=32)
    number_told_at: int | None = maybe_moment()
    result_told_at: int | None = maybe_moment()
