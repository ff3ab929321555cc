"""What is most pressing: the one due time that counts now, the rank before all times, and what was late.

Lists sort by rank, then by this time: running emergencies, D-level orders, then overdue ones and the rest (issue:
overdue and D-level stand out on every list and sort first).
"""

from dataclasses import dataclass
from datetime import datetime

from db.codes import Deed, Grade, Status, Urgency
from desk.rules.lifecycle import AT_THE_CENTRE, AT_THE_UNIT, RUNNING

EMERGENCY_RANK, D_RANK, PLAIN_RANK = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Clocks:
    """The due times that an order carries (aware UTC, None where none runs)."""

    stage: datetime | None = None
    unit: datetime | None = None
    citizen: datetime | None = None
    upstream: datetime | None = None
    pool_review: datetime | None = None
    is_suspended: bool = False


def pressing_at(status: Status, clocks: Clocks, *, is_pooled: bool) -> datetime | None:
    """Return the due time that counts in `status`, or None when nobody owes anything.

    Until the citizen is answered that is the earliest of stage, unit, citizen (P3) and what an upper organ demands
    (上级督办件, P21); a suspension stops the unit's only (P8). 法定程序 has its statutory date (P9). Afterwards the centre's own limit counts, and in the pool the next review.
    """
    candidates: tuple[datetime | None, ...]
    if status in AT_THE_CENTRE:
        candidates = (clocks.stage, clocks.citizen, clocks.upstream)
    elif status in AT_THE_UNIT:
        unit = None if clocks.is_suspended else clocks.unit
        candidates = (clocks.stage, unit, clocks.citizen, clocks.upstream)
    elif status in (Status.CLOSE_REVIEW, Status.TO_CALL_BACK):
        candidates = (clocks.stage,)
    elif status is Status.IN_PROCEDURE:
        candidates = (clocks.stage, clocks.pool_review if is_pooled else None)
    else:
        candidates = (clocks.pool_review if is_pooled else None,)
    return min((each for each in candidates if each is not None), default=None)


def sort_rank(status: Status, urgency: Urgency, pool_grade: str | None) -> int:
    """Return what an order stands before: 0 a running emergency, 1 a D-level order, 2 the rest."""
    if urgency is Urgency.CRITICAL and status in AT_THE_CENTRE + AT_THE_UNIT:
        return EMERGENCY_RANK
    return D_RANK if pool_grade == Grade.D else PLAIN_RANK


def is_open(status: Status, pool_grade: str | None) -> bool:
    """Whether an order still stands on somebody's list: it runs, or the pool watches it."""
    return status in RUNNING or pool_grade is not None


_ENDS_UNIT_CLOCK = frozenset({Deed.LOG_ANSWER, Deed.ENTER_PROCEDURE})
_NEVER_LATE = frozenset({Deed.END_PROCEDURE, Deed.EXPIRE_PROCEDURE, Deed.REFUSE_PROCEDURE})
"""A statutory term is the law's, not the unit's: its end is no breach."""


def late_marks(deed: Deed, before: Status, after: Status, clocks: Clocks, at: datetime) -> list[str]:
    """Return which limits a deed ends after their time: `stage`, `unit`, `citizen`, `upstream`; these stay for the assessment."""
    marks = []
    if deed not in _NEVER_LATE and after is not before and clocks.stage is not None and clocks.stage < at:
        marks.append("stage")
    if deed in _ENDS_UNIT_CLOCK:
        marks += ["unit"] if clocks.unit is not None and clocks.unit < at else []
        marks += ["citizen"] if clocks.citizen is not None and clocks.citizen < at else []
        marks += ["upstream"] if clocks.upstream is not None and clocks.upstream < at else []
    return marks
