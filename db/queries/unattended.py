"""Orders due soon at units where nobody is signed in (practice P6)."""

from collections.abc import Sequence

from db.doors import Reader, Row

_DUE_SOON = (
    "SELECT o.id, o.order_no, o.steward_id FROM work_orders o WHERE o.is_open = 1 AND o.centre_id = :centre_id"
    " AND o.press_at BETWEEN :now AND :soon AND o.steward_id IS NOT NULL"
    " AND o.status IN ('to_sign', 'in_progress', 'unit_review', 'to_answer')"
    " AND NOT EXISTS (SELECT 1 FROM staff s WHERE s.unit_id = o.steward_id AND s.signed_in_at > :since)"
)
_TOLD = "EXISTS (SELECT 1 FROM messages m WHERE m.order_id = o.id AND m.template = :{name}{more})"


def orders(
    reader: Reader, centre_id: int, template: str, *, now: int, soon: int, since: int, limit: int = 50
) -> Sequence[Row]:
    """Return orders due between `now` and `soon` whose unit is away and was not told yet; all moments ms UTC."""
    sql = f"{_DUE_SOON} AND NOT {_TOLD.format(name='template', more='')} ORDER BY o.press_at LIMIT :limit"
    return reader.all(
        sql, centre_id=centre_id, template=template, now=now, soon=soon, since=since, limit=limit
    )


def still_waiting(
    reader: Reader, centre_id: int, told: str, told_next: str, *, before: int, now: int, soon: int, since: int
) -> Sequence[Row]:
    """Return such orders whose unit was told before `before` (ms UTC) and whose B角 was not."""
    first = _TOLD.format(name="told", more=" AND m.made_at < :before")
    sql = f"{_DUE_SOON} AND {first} AND NOT {_TOLD.format(name='told_next', more='')} ORDER BY o.press_at LIMIT 50"
    return reader.all(
        sql,
        centre_id=centre_id,
        told=told,
        told_next=told_next,
        before=before,
        now=now,
        soon=soon,
        since=since,
    )


def deputies(reader: Reader, unit_id: int) -> str:
    """Return the names of the B角 of a unit's 联络员, joined for a sentence; empty when none is named."""
    rows = reader.all(
        "SELECT DISTINCT d.name, d.staff_no FROM staff s JOIN staff_roles r ON r.staff_id = s.id AND r.role = 'liaison'"
        " JOIN staff d ON d.id = s.deputy_id WHERE s.unit_id = :unit_id AND d.is_active ORDER BY d.staff_no",
        unit_id=unit_id,
    )
    return "、".join(f"{row['name']} {row['staff_no']}" for row in rows)


_WITH_UNITS = (
    "SELECT o.id, o.order_no, o.steward_id, o.unit_due_at FROM work_orders o WHERE o.is_open = 1"
    " AND o.centre_id = :centre_id AND o.steward_id IS NOT NULL AND o.suspended_at IS NULL"
    " AND o.status IN ('to_sign', 'in_progress', 'unit_review', 'to_answer')"
)
_NOT_TOLD = (
    "NOT EXISTS (SELECT 1 FROM messages m WHERE m.order_id = o.id AND m.template IN ({templates})"
    " AND m.to_unit_id = o.steward_id AND m.made_at >= o.unit_due_at - :span)"
)


def due_untold(reader: Reader, centre_id: int, now: int, span: int, limit: int = 50) -> Sequence[Row]:
    """Return orders whose 单位时限 ends within `span` ms of `now` (ms UTC) and whose unit was not told of it."""
    told = _NOT_TOLD.format(templates="'due_soon', 'unattended'")
    return reader.all(
        f"{_WITH_UNITS} AND o.unit_due_at BETWEEN :now AND :soon AND {told} ORDER BY o.unit_due_at LIMIT :limit",
        centre_id=centre_id,
        now=now,
        soon=now + span,
        span=span,
        limit=limit,
    )


def overdue_untold(reader: Reader, centre_id: int, now: int, limit: int = 50) -> Sequence[Row]:
    """Return orders whose 单位时限 has passed at `now` (ms UTC) and whose unit was not told of that."""
    told = _NOT_TOLD.format(templates="'overdue', 'remind', 'supervise'")
    return reader.all(
        f"{_WITH_UNITS} AND o.unit_due_at < :now AND {told} ORDER BY o.unit_due_at LIMIT :limit",
        centre_id=centre_id,
        now=now,
        span=0,
        limit=limit,
    )
