"""What outlives an order: the 典型案例 made of it, the six steps of its 工单管家, and each unit's 快速处置专项队伍."""

from typing import ClassVar

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from db.codes import TeamName, TeamRole
from db.models.columns import key, maybe_moment, maybe_ref, moment, ref, uid

_ALIVE = text("retired_at IS NULL")
_PRESENT = text("left_at IS NULL")


class Case(SQLModel, table=True):
    """典型案例: how one matter was handled, without anybody's name (practice P25, P32 c). One order, one living case."""

    __tablename__: ClassVar[str] = "cases"
    __table_args__ = (
        Index("uq_cases_order", "order_id", unique=True, sqlite_where=_ALIVE, postgresql_where=_ALIVE),
    )
    id: int | None = key()
    uid: str = uid()
    order_id: int = ref("work_orders.id", index=True)
    unit_id: int | None = maybe_ref("units.id")
    section_id: int | None = maybe_ref("sections.id")
    category_code: str | None = Field(default=None, max_length=6)
    duty_item_id: int | None = maybe_ref("duty_items.id")
    kind: str = Field(max_length=16)
    title: str
    matter: str
    handling: str
    lesson: str = ""
    made_at: int = moment()
    made_by: int | None = maybe_ref("staff.id")
    published_at: int | None = maybe_moment()
    published_by: int | None = maybe_ref("staff.id")
    retired_at: int | None = maybe_moment()
    retired_by: int | None = maybe_ref("staff.id")
    retire_reason: str = ""


class StepNote(SQLModel, table=True):
    """One line of 工单管家's six steps, dated (practice P23); `is_needed` is false for 不需要, which says why."""

    __tablename__: ClassVar[str] = "step_notes"
    id: int | None = key()
    uid: str = uid()
    order_id: int = ref("work_orders.id", index=True)
    round: int = 1
    step: str = Field(max_length=16)
    is_needed: bool = True
    note: str
    written_at: int = moment()
    written_by: int | None = maybe_ref("staff.id")
    unit_id: int | None = maybe_ref("units.id")


class TeamMember(SQLModel, table=True):
    """One person of a unit's 快速处置专项队伍 or 应急队伍: number, shift and role (practice P23, domain 16)."""

    __tablename__: ClassVar[str] = "team_members"
    __table_args__ = (
        Index("ix_team_members_unit", "unit_id", sqlite_where=_PRESENT, postgresql_where=_PRESENT),
    )
    id: int | None = key()
    uid: str = uid()
    unit_id: int = ref("units.id")
    name: str
    phone: str = Field(max_length=32)
    shift: str = ""
    team: str = Field(default=TeamName.QUICK, max_length=12)
    role: str = Field(default=TeamRole.MEMBER, max_length=12)
    added_at: int = moment()
    added_by: int | None = maybe_ref("staff.id")
    left_at: int | None = maybe_moment()
    left_by: int | None = maybe_ref("staff.id")
