"""研判 and 热线日: who sat over an order, what was laid before them, and what they decided (practice P22)."""

from typing import ClassVar

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from db.models.columns import key, maybe_moment, maybe_ref, moment, ref, uid

_RUNNING = text("done_at IS NULL")
_STANDING = text("removed_at IS NULL")


def _partial(name: str, *columns: str, where: object) -> Index:
    return Index(name, *columns, sqlite_where=where, postgresql_where=where)


class Panel(SQLModel, table=True):
    """研判记录: one sitting of the 派单研判小组 over one order."""

    __tablename__: ClassVar[str] = "panels"
    id: int | None = key()
    uid: str = uid()
    order_id: int = ref("work_orders.id", index=True)
    kind: str = Field(default="triage", max_length=12)
    reason: str = Field(max_length=20)
    reason_words: str = ""
    led_by: str = ""
    held_at: int = moment()
    written_by: int | None = maybe_ref("staff.id")


class PanelMember(SQLModel, table=True):
    """Who took part: a unit with what it argued, or a person."""

    __tablename__: ClassVar[str] = "panel_members"
    id: int | None = key()
    panel_id: int = ref("panels.id", index=True)
    unit_id: int | None = maybe_ref("units.id")
    staff_id: int | None = maybe_ref("staff.id")
    argument: str = ""


class HotlineDay(SQLModel, table=True):
    """市长热线日 or 县长热线日: one session of one centre, planned and then held."""

    __tablename__: ClassVar[str] = "hotline_days"
    id: int | None = key()
    uid: str = uid()
    centre_id: int = ref("units.id", index=True)
    planned_at: int = moment()
    leader: str = ""
    place: str = ""
    made_at: int = moment()
    made_by: int | None = maybe_ref("staff.id")
    held_at: int | None = maybe_moment()
    held_by: int | None = maybe_ref("staff.id")


class AgendaLine(SQLModel, table=True):
    """One order on the agenda of a session, and why it stands there."""

    __tablename__: ClassVar[str] = "agenda_lines"
    __table_args__ = (_partial("ix_agenda_lines_standing", "day_id", "order_id", where=_STANDING),)
    id: int | None = key()
    uid: str = uid()
    day_id: int = ref("hotline_days.id")
    order_id: int = ref("work_orders.id", index=True)
    reason: str = Field(max_length=16)
    words: str = ""
    added_at: int = moment()
    added_by: int | None = maybe_ref("staff.id")
    removed_at: int | None = maybe_moment()
    removed_by: int | None = maybe_ref("staff.id")
    removed_why: str = ""


class Decision(SQLModel, table=True):
    """What a panel or a session decided on an order: 承办单位, 办件方式, 工作要求, limit; and what became of it."""

    __tablename__: ClassVar[str] = "decisions"
    __table_args__ = (_partial("ix_decisions_running", "due_at", "order_id", where=_RUNNING),)
    id: int | None = key()
    uid: str = uid()
    order_id: int = ref("work_orders.id", index=True)
    panel_id: int | None = maybe_ref("panels.id")
    day_id: int | None = maybe_ref("hotline_days.id", index=True)
    way: str = Field(max_length=12)
    steward_id: int = ref("units.id")
    requirement: str = ""
    leader: str = ""
    told: str = ""
    due_at: int = moment()
    due_explanation: str = ""
    made_at: int = moment()
    made_by: int | None = maybe_ref("staff.id")
    note: str = ""
    noted_at: int | None = maybe_moment()
    noted_by: int | None = maybe_ref("staff.id")
    done_at: int | None = maybe_moment()


class DecisionUnit(SQLModel, table=True):
    """协办单位 of a decision."""

    __tablename__: ClassVar[str] = "decision_units"
    decision_id: int = Field(foreign_key="decisions.id", primary_key=True)
    unit_id: int = Field(foreign_key="units.id", primary_key=True)
