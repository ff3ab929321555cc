"""考核: what counts, one row for each time it happened, and what people scored (press conference, question 4; P30)."""

from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from db.models.columns import key, maybe_moment, maybe_ref, moment, ref, uid

_COUNTS = text("undone_at IS NULL")
_STANDS = text("ended_at IS NULL")
_PENDING = text("verdict = 'pending'")


def _partial(name: str, *columns: str, where: object, unique: bool = False) -> Index:
    return Index(name, *columns, unique=unique, sqlite_where=where, postgresql_where=where)


class AssessmentMark(SQLModel, table=True):
    """One thing that counts for or against a unit or a centre, written with the event that it follows from.

    `month` is that of China as a number (202611): figures are read along it. `undone_at` is set when the deed that
    gave the mark was taken back (撤回).
    """

    __tablename__: ClassVar[str] = "assessment_marks"
    __table_args__ = (
        # Everything that the figures ask stands in the index: no row of the table is fetched for them.
        _partial(
            "ix_assessment_marks_month",
            *("month", "unit_id", "kind", "order_id", "round", "undone_at"),
            where=_COUNTS,
        ),
        Index("ix_assessment_marks_order", "order_id", "kind", "round", "undone_at"),
    )
    id: int | None = key()
    order_id: int = ref("work_orders.id")
    unit_id: int = ref("units.id")
    kind: str = Field(max_length=20)
    round: int = 1
    month: int
    at: int = moment()
    undone_at: int | None = maybe_moment()


class Score(SQLModel, table=True):
    """处理成效 of a steward by the centre, or 配合情况 of a helping unit by the steward: 5 the best, 1 the worst.

    A 申诉 that is granted ends the score; what takes its place names it in `replaces_id` and counts in its month.
    """

    __tablename__: ClassVar[str] = "scores"
    __table_args__ = (
        CheckConstraint("points BETWEEN 1 AND 5", name="ck_scores_points"),
        _partial("ix_scores_month", "month", "unit_id", "kind", "order_id", "points", where=_STANDS),
        _partial("uq_scores_standing", "order_id", "kind", "unit_id", "round", where=_STANDS, unique=True),
        Index("ix_scores_unit", "unit_id", "scored_at"),
    )
    id: int | None = key()
    uid: str = uid()
    order_id: int = ref("work_orders.id")
    unit_id: int = ref("units.id")
    kind: str = Field(max_length=12)
    round: int = 1
    points: int
    reason: str
    month: int
    scored_at: int = moment()
    scored_by: int = ref("staff.id")
    replaces_id: int | None = maybe_ref("scores.id")
    ended_at: int | None = maybe_moment()


class ScoreAppeal(SQLModel, table=True):
    """申诉 of a unit against a score, decided by somebody else than who gave it; `points` None removes the score."""

    __tablename__: ClassVar[str] = "score_appeals"
    __table_args__ = (_partial("ix_score_appeals_pending", "asked_at", where=_PENDING),)
    id: int | None = key()
    uid: str = uid()
    score_id: int = Field(foreign_key="scores.id", unique=True)
    reason: str
    asked_at: int = moment()
    asked_by: int = ref("staff.id")
    verdict: str = Field(default="pending", max_length=10)
    points: int | None = None
    decided_at: int | None = maybe_moment()
    decided_by: int | None = maybe_ref("staff.id")
    decision: str = ""
