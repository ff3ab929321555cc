"""退单 and dispatches of a span of time, for the figures of both sides (practice P7).

Read along `ix_requests_asked` and `ix_assignments_sent`: what was asked and sent before costs nothing.
"""

from collections.abc import Sequence
from typing import Any

from db.doors import Reader, Row

OF_CENTRE = "o.centre_id = :centre_id"
"""What a centre sent and judged; bind `centre_id`."""

OF_UNIT = "u.path LIKE :unit_path"
"""What a unit and those below it had; bind `unit_path` to the path with `%` at its end."""

_ASKED = (
    "SELECT r.asked_at, r.due_at, r.decided_at, r.verdict, r.decided_by, d.name AS decider_name, p.unit_id,"
    " u.short_name AS unit_name, p.sent_by, b.name AS sender_name, CASE WHEN p.ended_at = r.decided_at THEN p.end_reason END AS end_reason,"
    " o.status IN ('to_sign', 'in_progress') AS is_at_unit, NOT EXISTS (SELECT 1 FROM assignments f"
    " WHERE f.order_id = r.order_id AND f.part = 'steward' AND f.id < p.id) AS is_first FROM requests r"
    " JOIN assignments p ON p.id = r.assignment_id JOIN units u ON u.id = p.unit_id"
    " JOIN work_orders o ON o.id = r.order_id LEFT JOIN staff d ON d.id = r.decided_by"
    " LEFT JOIN staff b ON b.id = p.sent_by WHERE r.kind = 'return' AND r.asked_at >= :since AND r.asked_at < :until AND {scope} ORDER BY r.id"
)
_SENT = (
    "SELECT a.unit_id, u.short_name AS unit_name, a.sent_by, s.name AS sender_name, count(*) AS sent,"
    " sum(CASE WHEN a.sent_at >= :today THEN 1 ELSE 0 END) AS sent_today,"
    " sum(CASE WHEN a.is_signed_too_late THEN 1 ELSE 0 END) AS unsigned FROM assignments a"
    " JOIN units u ON u.id = a.unit_id JOIN work_orders o ON o.id = a.order_id LEFT JOIN staff s ON s.id = a.sent_by"
    " WHERE a.sent_at >= :since AND a.sent_at < :until AND a.part = 'steward' AND o.urgency <> 'critical'"
    " AND NOT (a.is_signed_by_force AND a.signed_at = a.sent_at) AND {scope}"
    " GROUP BY a.unit_id, u.short_name, a.sent_by, s.name ORDER BY a.unit_id"
)


def asked(reader: Reader, scope: str, since: int, until: int, **parameters: Any) -> Sequence[Row]:
    """Return the 退单 asked from `since` to before `until` (ms UTC), oldest first, with unit, sender and decider."""
    return reader.all(_ASKED.format(scope=scope), since=since, until=until, **parameters)


def sent(reader: Reader, scope: str, since: int, until: int, today: int, **parameters: Any) -> Sequence[Row]:
    """Return by unit and sender how many dispatches went out from `since` to before `until`, and since `today`.

    `unsigned` counts those that nobody signed in time (超时未签收). 应急派出 and 重办 are no dispatches that one returns.
    All moments are ms UTC.
    """
    return reader.all(_SENT.format(scope=scope), since=since, until=until, today=today, **parameters)
