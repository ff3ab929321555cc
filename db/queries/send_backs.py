"""Replies that were sent back, by the unit's 审核人 or by 办结审核, along `ix_events_sent_back`."""

from collections.abc import Sequence
from typing import Any

from db.doors import Reader, Row

OF_CENTRE = "o.centre_id = :centre_id"
"""What a centre's orders had; bind `centre_id`."""

OF_UNIT = "u.path LIKE :unit_path"
"""What a unit and those below it had; bind `unit_path` to the path with `%` at its end."""

_BETWEEN = (
    "SELECT e.kind, e.data, u.id AS unit_id, u.short_name AS unit_name FROM events e"
    " JOIN work_orders o ON o.uid = e.order_uid LEFT JOIN assignments a ON a.id = (SELECT max(p.id) FROM assignments p"
    " WHERE p.order_id = o.id AND p.part = 'steward' AND p.sent_at <= e.at) LEFT JOIN units u ON u.id = a.unit_id"
    " WHERE e.kind IN ('send_back_reply', 'send_back_close_review') AND e.at >= :since AND e.at < :until AND {scope}"
    " ORDER BY e.seq"
)
_DRAFTER = (
    "SELECT s.id, s.name, s.staff_no, s.person_uid FROM replies r JOIN staff s ON s.id = r.drafted_by"
    " WHERE r.order_id = :order_id AND r.round = :round ORDER BY r.id DESC LIMIT 1"
)


def between(reader: Reader, scope: str, since: int, until: int, **parameters: Any) -> Sequence[Row]:
    """Return what was sent back from `since` to before `until` (ms UTC): kind, data, and the steward of that time."""
    return reader.all(_BETWEEN.format(scope=scope), since=since, until=until, **parameters)


def drafter(reader: Reader, order_id: int, round_: int) -> Row | None:
    """Return who drafted the newest reply of a round: id, name, staff_no, person_uid."""
    return reader.one(_DRAFTER, order_id=order_id, round=round_)
