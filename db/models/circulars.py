"""通报: what is said of all units about a period, to whom it was sent, and who has read it (practice P30)."""

from typing import ClassVar

from sqlalchemy import Index
from sqlmodel import SQLModel

from db.models.columns import key, maybe_moment, maybe_ref, moment, ref, uid


class Circular(SQLModel, table=True):
    """督查通报 of a period: a draft until it was approved, then numbered.

    The period runs from `since` up to, not including, `until`; `as_of` is when its figures were taken. `fields` (its
    words), `figures` (by unit) and `examples` (which orders, and why) are JSON.
    """

    __tablename__: ClassVar[str] = "circulars"
    __table_args__ = (
        Index("uq_circulars_number", "centre_id", "year", "counter", unique=True),
        Index("ix_circulars_drafted", "centre_id", "drafted_at"),
    )
    id: int | None = key()
    uid: str = uid()
    centre_id: int = ref("units.id")
    since: int = moment()
    until: int = moment()
    as_of: int = moment()
    fields: str
    figures: str
    examples: str = "[]"
    drafted_at: int = moment()
    drafted_by: int = ref("staff.id")
    approved_at: int | None = maybe_moment()
    approved_by: int | None = maybe_ref("staff.id")
    dropped_at: int | None = maybe_moment()
    year: int | None = None
    counter: int | None = None


class CircularUnit(SQLModel, table=True):
    """A unit to which an approved 通报 was sent, and when somebody there had read it."""

    __tablename__: ClassVar[str] = "circular_units"
    __table_args__ = (
        Index("uq_circular_units", "circular_id", "unit_id", unique=True),
        Index("ix_circular_units_unit", "unit_id", "circular_id"),
    )
    id: int | None = key()
    uid: str = uid()
    circular_id: int = ref("circulars.id")
    unit_id: int = ref("units.id")
    sent_at: int = moment()
    sent_by: int = ref("staff.id")
    read_at: int | None = maybe_moment()
    read_by: int | None = maybe_ref("staff.id")
