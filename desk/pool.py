"""工单监测池: how an order gets a grade, gets in, and gets out, inside the deed that causes it.

An approved 延期 makes an order C, a 不满意 makes it D; both are watched until 销号 (press conference, question 4).
"""

from datetime import timedelta

from db.codes import Grade
from db.ids import new_uid
from db.queries import pool
from db.times import to_ms
from desk import merged
from desk.context import Desk
from desk.deed import OrderDeed

REVIEW_DAYS = {Grade.C: 30, Grade.D: 7}
"""Calendar days until the pool looks at an order again, unless the setting `pool.review_days` says otherwise."""


def give_grade(deed: OrderDeed, grade: Grade, reason: str) -> None:
    """评级: set the order's grade and keep it in the grade history. Part of the deed's one event.

    A 主单 is never better than its 从单, and becomes as bad as one that is graded now (practice P10).
    """
    own, grade = grade, merged.worst_grade(deed.writer, deed.order_id, grade)
    merged.grade_main(deed, own)
    deed.set(grade=str(grade))
    deed.note(grade=str(grade))
    pool.add_grade(
        deed.writer,
        {
            "order_id": deed.order_id,
            "round": deed.value("round"),
            "grade": str(grade),
            "graded_at": deed.at_ms,
            "graded_by": deed.desk.actor.id,
            "reason": reason if grade is own else f"{reason}，从单为{grade}级",
        },
    )


def enter_pool(deed: OrderDeed, grade: Grade, reason: str) -> None:
    """入池: grade the order C or D and have the pool watch it; `reason` is shown beside it.

    An order that is inside already keeps the worse of both grades. Raises ValueError for a grade that is not watched.
    """
    entry = pool.inside(deed.writer, deed.order_id)
    worse = max(grade, Grade(entry["grade"])) if entry else grade
    review_at = to_ms(deed.at + timedelta(days=review_days(deed, worse)))
    if deed.value("grade") != worse or entry is None:
        give_grade(deed, worse, reason)
    if entry is None:
        _open_entry(deed, worse, reason, review_at)
    elif worse != entry["grade"]:
        pool.regrade(deed.writer, entry["id"], str(worse), reason, review_at)
    else:
        review_at = entry["review_at"]
    deed.set(pool_grade=str(worse), pool_review_at=review_at)
    deed.note(pool_grade=str(worse), pool_review_at=review_at)


def _open_entry(deed: OrderDeed, grade: Grade, reason: str, review_at: int) -> None:
    pool.enter(
        deed.writer,
        {
            "uid": new_uid(),
            "order_id": deed.order_id,
            "grade": str(grade),
            "reason": reason,
            "entered_at": deed.at_ms,
            "review_at": review_at,
        },
    )


def leave_pool(deed: OrderDeed, evidence: str) -> None:
    """出池: end the order's stay in the pool, on evidence. An order that is not inside stays as it is."""
    entry = pool.inside(deed.writer, deed.order_id)
    if entry is None:
        return
    pool.leave(deed.writer, entry["id"], deed.at_ms, deed.desk.actor.id, evidence)
    deed.set(pool_grade=None, pool_review_at=None)
    deed.note(left_pool=entry["grade"])


def review_days(deed: OrderDeed, grade: Grade) -> int:
    """Return after how many calendar days the pool looks again. Raises ValueError for A and B, which are not watched."""
    return days_of(deed.desk, grade)


def days_of(desk: Desk, grade: Grade) -> int:
    """As `review_days`, where no deed is under way."""
    if grade not in REVIEW_DAYS:
        raise ValueError(f"grade {grade} does not enter the pool")
    return int(desk.settings.get("pool.review_days", {}).get(str(grade), REVIEW_DAYS[grade]))
