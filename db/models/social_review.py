"""社会评议: the pool of 评议员, the sessions, what lies before them, and their secret ballots (practice P29)."""

from typing import ClassVar

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from db.models.columns import key, maybe_moment, maybe_ref, moment, ref, uid

_STANDING = text("removed_at IS NULL")


def _partial(name: str, *columns: str, is_unique: bool = False) -> Index:
    return Index(name, *columns, unique=is_unique, sqlite_where=_STANDING, postgresql_where=_STANDING)


class Panelist(SQLModel, table=True):
    """评议员: somebody outside the house, with an account that opens one page; name and number stand in `staff`."""

    __tablename__: ClassVar[str] = "panelists"
    id: int | None = key()
    uid: str = uid()
    staff_id: int = Field(foreign_key="staff.id", unique=True)
    profession: str = Field(max_length=20)
    area_code: str = Field(default="", max_length=12)
    employer: str = ""
    employer_unit_id: int | None = maybe_ref("units.id")
    is_active: bool = True
    added_at: int = moment()
    added_by: int | None = maybe_ref("staff.id")


class PanelistTie(SQLModel, table=True):
    """A declared relation of a 评议员: to a unit, or to a person by name or number."""

    __tablename__: ClassVar[str] = "panelist_ties"
    id: int | None = key()
    panelist_id: int = ref("panelists.id", index=True)
    unit_id: int | None = maybe_ref("units.id")
    person: str = ""


class PanelSession(SQLModel, table=True):
    """评议会: planned, drawn, opened for the ballots, closed."""

    __tablename__: ClassVar[str] = "panel_sessions"
    id: int | None = key()
    uid: str = uid()
    centre_id: int = ref("units.id", index=True)
    planned_at: int = moment()
    place: str = ""
    seats: int
    quota: str = "{}"
    made_at: int = moment()
    made_by: int | None = maybe_ref("staff.id")
    drawn_at: int | None = maybe_moment()
    opened_at: int | None = maybe_moment()
    closed_at: int | None = maybe_moment()
    closed_by: int | None = maybe_ref("staff.id")


class PanelFile(SQLModel, table=True):
    """What a panel reads of one order in one round, without anybody's name; `page` is what the caller added himself."""

    __tablename__: ClassVar[str] = "panel_files"
    __table_args__ = (Index("uq_panel_files_order", "order_id", "round", unique=True),)
    id: int | None = key()
    uid: str = uid()
    order_id: int = ref("work_orders.id")
    round: int = 1
    told_at: int | None = maybe_moment()
    told_by: int | None = maybe_ref("staff.id")
    call_id: int | None = maybe_ref("calls.id")
    own_words: str = ""
    place: str = ""
    title: str = ""
    claim: str = ""
    handling: str = ""
    explained: str = ""
    page: str = ""
    edited_at: int | None = maybe_moment()
    edited_by: int | None = maybe_ref("staff.id")
    released_at: int | None = maybe_moment()
    released_by: int | None = maybe_ref("staff.id")


class PanelLine(SQLModel, table=True):
    """One order on the agenda of a session, and what the ballots came to; no name stands beside them."""

    __tablename__: ClassVar[str] = "panel_lines"
    __table_args__ = (_partial("uq_panel_lines_standing", "session_id", "order_id", is_unique=True),)
    id: int | None = key()
    uid: str = uid()
    session_id: int = ref("panel_sessions.id")
    order_id: int = ref("work_orders.id", index=True)
    file_id: int = ref("panel_files.id")
    unit_id: int = ref("units.id")
    added_at: int = moment()
    added_by: int | None = maybe_ref("staff.id")
    removed_at: int | None = maybe_moment()
    removed_by: int | None = maybe_ref("staff.id")
    reasonable: int = 0
    unreasonable: int = 0
    recused: int = 0
    verdict: str | None = Field(default=None, max_length=16)
    concluded_at: int | None = maybe_moment()


class PanelSeat(SQLModel, table=True):
    """A 评议员 drawn for a session. `ballot_key` is gone once the session is closed, and with it the way to his ballots."""

    __tablename__: ClassVar[str] = "panel_seats"
    __table_args__ = (_partial("uq_panel_seats_standing", "session_id", "panelist_id", is_unique=True),)
    id: int | None = key()
    uid: str = uid()
    session_id: int = ref("panel_sessions.id")
    panelist_id: int = ref("panelists.id", index=True)
    drawn_at: int = moment()
    signed_at: int | None = maybe_moment()
    ballot_key: str | None = Field(default=None, max_length=64)
    ballots: int = 0
    removed_at: int | None = maybe_moment()
    removed_by: int | None = maybe_ref("staff.id")
    removed_why: str = ""


class PanelBallot(SQLModel, table=True):
    """One secret ballot. It knows its line and nobody: no person, no seat, no time, no number of its own."""

    __tablename__: ClassVar[str] = "panel_ballots"
    ballot: str = Field(primary_key=True, max_length=64)
    line_id: int = ref("panel_lines.id", index=True)
    choice: str = Field(max_length=16)
    reason: str = ""
