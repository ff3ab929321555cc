"""The conditions of the unit desk's tabs: portable SQL over `work_orders o`, each along an index of open orders."""

from collections.abc import Sequence

from db.doors import Reader

OPEN = "o.is_open = 1"

HELD = f"{OPEN} AND o.steward_id IN (SELECT id FROM units WHERE path LIKE :unit_path)"
"""Open orders of a unit and of every unit below it; bind `unit_path` to the path with `%` at its end."""

NOT_AGAINST_ME = (
    "replace(o.accused_name, :my_name, '') = o.accused_name AND (o.accused_unit_id IS NULL OR o.accused_unit_id NOT IN"
    " (SELECT id FROM units WHERE :own_path LIKE path || '%'))"
)
"""回避: neither against this person nor against their unit or one above it (practice P32 a)."""

CO_HANDLED = (
    f"{OPEN} AND o.status IN ('to_sign', 'in_progress', 'unit_review', 'to_answer') AND o.id IN"
    " (SELECT a.order_id FROM assignments a WHERE a.unit_id IN (SELECT id FROM units WHERE path LIKE :unit_path)"
    " AND a.part = 'co_handling' AND a.ended_at IS NULL AND a.answered_at IS NULL)"
)
"""Orders in which a unit helps and has not answered its steward yet."""

TO_SIGN_AT_ONCE = (
    "o.status = 'to_sign' AND o.urgency <> 'critical' AND NOT EXISTS (SELECT 1 FROM requests r"
    " WHERE r.order_id = o.id AND r.kind = 'return' AND r.verdict = 'pending')"
)
"""What one key may sign: no emergency, and nothing that the unit wants to give back."""

CAME_BACK_BY = (
    "(SELECT e.kind FROM events e WHERE e.order_uid = o.uid AND e.to_status = 'in_progress'"
    " AND e.from_status <> 'in_progress' ORDER BY e.seq DESC LIMIT 1)"
)
"""SQL over `o`: the deed that brought an order into work, for orders that are in work."""

SENT_BACK = f"o.status = 'in_progress' AND {CAME_BACK_BY} IN ('send_back_reply', 'send_back_close_review')"
"""审核退回: what the unit's own 审核人 or 办结审核 gave back and nobody has handed in again (practice P1)."""

WORK_OF_ABSENT = (
    "(o.handler_id IN ({handlers}) OR ({liaison} AND (o.status = 'to_sign' OR (o.status = 'in_progress'"
    " AND o.handler_id IS NULL AND o.section_id IS NULL))) OR ({reviewer} AND o.status = 'unit_review'))"
)
"""What lies with people who are away: as 经办人 what they hold, as 联络员 what is to be signed and handed on, as 审核人
what is to be checked (practice P6)."""

REGISTERED = (
    "o.uid IN (SELECT e.order_uid FROM events e WHERE e.actor_uid = :my_uid AND e.at >= :since"
    " AND e.from_status IS NULL AND e.to_status IS NOT NULL AND e.kind <> 'take_over')"
)
"""Orders that this 工号 brought into the world since a moment in ms UTC; what it took in for a 服务站 is the station's."""

PENDING = (
    "o.id IN (SELECT r.order_id FROM requests r JOIN work_orders w ON w.id = r.order_id WHERE r.kind = :request"
    " AND r.verdict = 'pending' AND w.centre_id = :centre_id)"
)
"""Orders of a centre on which a request of one kind waits for its verdict."""

AT_CENTRE = f"{OPEN} AND o.centre_id = :centre_id"
"""Open orders of one centre; bind `centre_id`."""

ANSWERED_BY_CENTRE = f"{AT_CENTRE} AND o.status = 'to_answer' AND (o.kind = 'tip_off' OR o.is_confidential)"
"""举报 and 保密 orders whose citizen the centre answers in the unit's place (practice P1)."""

UNSIGNED = f"{AT_CENTRE} AND o.status = 'to_sign' AND o.urgency <> 'critical' AND o.stage_due_at < :now"
"""Orders that nobody signed in time; an emergency has to be acknowledged by a person."""

SUSPENDED = f"{AT_CENTRE} AND o.suspended_at IS NOT NULL"
"""Orders whose unit waits for the citizen (挂起)."""


def suspended(reader: Reader, order_ids: Sequence[int]) -> set[int]:
    """Return which of these orders wait for the citizen (挂起)."""
    if not order_ids:
        return set()
    marks = ", ".join(str(int(key)) for key in order_ids)
    sql = f"SELECT o.id FROM work_orders o WHERE o.id IN ({marks}) AND o.suspended_at IS NOT NULL"
    return {row["id"] for row in reader.all(sql)}


def sent_back(reader: Reader, order_ids: Sequence[int]) -> dict[int, str]:
    """Return which of these orders were sent back and not handed in again, each with the deed that sent it back."""
    if not order_ids:
        return {}
    marks = ", ".join(str(int(key)) for key in order_ids)
    sql = f"SELECT o.id, {CAME_BACK_BY} AS kind FROM work_orders o WHERE o.id IN ({marks}) AND {SENT_BACK}"
    return {row["id"]: row["kind"] for row in reader.all(sql)}
