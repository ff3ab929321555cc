"""服务站: what is noted at its counter beside the order, and what its centre says of the order later (practice P18)."""

from typing import ClassVar

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from db.models.columns import maybe_moment

_ON_THE_WAY = text("arrived_at IS NULL")


class StationOrder(SQLModel, table=True):
    """An order made face to face. `arrived_at` is when the centre had it: at once, unless the station has its own store.

    `sealed` is a 密件 that only the centre can read. The columns `centre_…` are what a station's store was told of an order
    that the centre owns by now; they stay empty at the centre.
    """

    __tablename__: ClassVar[str] = "station_orders"
    __table_args__ = (
        Index(
            "ix_station_orders_on_the_way",
            "order_id",
            sqlite_where=_ON_THE_WAY,
            postgresql_where=_ON_THE_WAY,
        ),
    )
    order_id: int = Field(foreign_key="work_orders.id", primary_key=True)
    station: str = Field(max_length=12)
    clerk_uid: str = Field(max_length=36, index=True)
    reason: str = Field(max_length=16)
    comer: str = Field(max_length=16)
    reach: str = ""
    read_back: str = Field(max_length=16)
    witness: str = ""
    sealed: str | None = None
    arrived_at: int | None = maybe_moment()
    centre_status: str | None = Field(default=None, max_length=20)
    centre_unit: str = ""
    centre_due_at: int | None = maybe_moment()
    centre_answer: str = ""
