"""服务站: the stations with a store of their own, and what is noted at a counter beside an order (practice P18)."""

from typing import ClassVar

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field, SQLModel

from db.hashing import GENESIS
from db.models.columns import maybe_moment, moment

_ON_THE_WAY = text("arrived_at IS NULL")


class Station(SQLModel, table=True):
    """A 服务站 with a store of its own: at the centre one row a station, at the station only the one that it is itself.

    `seq`, `hash` and `at`: how far the centre has the station's chain. `news_seq`: how far the station has the centre's.
    Keys are public ones, in hexadecimal; the secret halves lie outside the store.
    """

    __tablename__: ClassVar[str] = "stations"
    site: str = Field(primary_key=True, max_length=12)
    number: int = Field(unique=True)
    unit_code: str = Field(max_length=24)
    public_key: str = Field(max_length=64)
    centre_site: str = Field(max_length=12)
    centre_name: str
    centre_phone: str = Field(max_length=32)
    centre_key: str = Field(max_length=64)
    paired_at: int = moment()
    store_uid: str | None = Field(default=None, max_length=36)
    seq: int = 0
    hash: str = Field(default=GENESIS, max_length=64)
    at: int = Field(default=0, sa_type=BigInteger)
    news_seq: int = 0
    heard_at: int | None = maybe_moment()


class StationOrder(SQLModel, table=True):
    """An order made face to face. `arrived_at` is when the centre had it: at once, unless the station has its own store.

    `sealed` is a 密件 that only the centre can read. The columns `centre_…` are what a station's store was told of an order
    that the centre owns by now; they stay empty at the centre. `as_of` is the event of the station's chain up to which the
    order says everything.
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
    as_of: int = 0
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
