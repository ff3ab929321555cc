"""协办: the parts of helping units with their own limits, and how many were answered in time. Times in ms UTC."""

from collections.abc import Sequence
from typing import Any

from db.doors import Reader, Row

_UNANSWERED = (
    "SELECT a.order_id, a.due_at, u.short_name AS unit FROM assignments a JOIN units u ON u.id = a.unit_id"
    " JOIN work_orders o ON o.id = a.order_id WHERE a.part = 'co_handling' AND a.ended_at IS NULL"
    " AND a.answered_at IS NULL AND o.status IN ('to_sign', 'in_progress', 'unit_review', 'to_answer')"
)
# Nobody can answer any more once the citizen was answered: what came after that is not counted against the helper.
_LATE = (
    "a.due_at IS NOT NULL AND coalesce(a.answered_at, CASE WHEN a.ended_at < o.answered_at THEN a.ended_at END,"
    " o.answered_at, a.ended_at, :now) > a.due_at"
)
_FIGURES = (
    "SELECT a.unit_id, u.short_name AS unit, count(*) AS asked,"
    " sum(CASE WHEN a.answered_at IS NOT NULL THEN 1 ELSE 0 END) AS answered,"
    f" sum(CASE WHEN {_LATE} THEN 1 ELSE 0 END) AS late FROM assignments a JOIN units u ON u.id = a.unit_id"
    " JOIN work_orders o ON o.id = a.order_id WHERE a.part = 'co_handling' AND a.sent_at >= :since AND a.sent_at < :until"
    " AND coalesce(a.end_reason, '') NOT IN ('returned', 'recalled', 'reassigned') AND {scope}"
    " GROUP BY a.unit_id, u.short_name ORDER BY late DESC, a.unit_id"
)


def unanswered(reader: Reader, order_ids: Sequence[int]) -> Sequence[Row]:
    """Return order_id, unit and due_at of the parts of these orders whose helper owes its answer, the soonest due first."""
    if not order_ids:
        return ()
    marks = ", ".join(str(int(key)) for key in order_ids)
    return reader.all(f"{_UNANSWERED} AND a.order_id IN ({marks}) ORDER BY a.due_at IS NULL, a.due_at, a.id")


def figures(reader: Reader, scope: str, since: int, until: int, now: int, **parameters: Any) -> Sequence[Row]:
    """Return by helping unit how many parts were asked from `since` to before `until`, answered, and late at `now`.

    `scope` is SQL over `o` (order) and `u` (helping unit). Parts that were given back or taken away are not counted.
    """
    return reader.all(_FIGURES.format(scope=scope), since=since, until=until, now=now, **parameters)
