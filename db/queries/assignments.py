"""The parts that units have, and had, in an order: who is 工单管家, who helps, which centre it was handed down to."""

from collections.abc import Sequence
from typing import Any

from db.codes import AssignmentPart
from db.doors import Reader, Row, Writer
from db.ids import new_uid

_ASSIGNMENT = (
    "SELECT a.id, a.uid, a.order_id, a.parent_id, a.part, a.unit_id, a.section_id, a.staff_id, a.round, a.sent_at,"
    " a.sent_by, a.due_at, a.due_explanation, a.requirement, a.signed_at, a.signed_by, a.is_signed_by_force, a.is_final,"
    " a.answered_at, a.answer, a.ended_at, a.end_reason, u.name AS unit_name, u.short_name AS unit_short_name,"
    " u.path AS unit_path, s.name AS section_name, b.name AS sender_name, b.person_uid AS sender_person"
    " FROM assignments a JOIN units u ON u.id = a.unit_id LEFT JOIN sections s ON s.id = a.section_id"
    " LEFT JOIN staff b ON b.id = a.sent_by"
)


def add(writer: Writer, **values: Any) -> int:
    """Insert a part and return its key; needs order_id, part, unit_id, round, sent_at (ms UTC), sent_by."""
    return writer.insert("assignments", {"uid": new_uid(), **values})


def current_steward(reader: Reader, order_id: int) -> Row | None:
    """Return the part of the unit that is 工单管家 now, or None before dispatch."""
    return reader.one(
        f"{_ASSIGNMENT} WHERE a.order_id = :order_id AND a.part = :part AND a.ended_at IS NULL"
        " ORDER BY a.id DESC LIMIT 1",
        order_id=order_id,
        part=str(AssignmentPart.STEWARD),
    )


def current(reader: Reader, order_id: int, part: AssignmentPart) -> Sequence[Row]:
    """Return the running parts of one sort (`steward`, `co_handling`, `centre`, `inner`), oldest first."""
    return reader.all(
        f"{_ASSIGNMENT} WHERE a.order_id = :order_id AND a.part = :part AND a.ended_at IS NULL ORDER BY a.id",
        order_id=order_id,
        part=str(part),
    )


def of_order(reader: Reader, order_id: int) -> Sequence[Row]:
    """Return every part that anybody had in an order, oldest first."""
    return reader.all(f"{_ASSIGNMENT} WHERE a.order_id = :order_id ORDER BY a.id", order_id=order_id)


def change(writer: Writer, assignment_id: int, **values: Any) -> None:
    """Set columns of one part: signed_at, signed_by, section_id, staff_id, answer …"""
    writer.update("assignments", assignment_id, values)


def end(writer: Writer, assignment_id: int, at_ms: int, reason: str) -> None:
    """End one part at `at_ms` (ms UTC): `done`, `returned`, `recalled` or `reassigned`."""
    writer.update("assignments", assignment_id, {"ended_at": at_ms, "end_reason": reason})


def end_with_inner(writer: Writer, assignment_id: int, at_ms: int, reason: str) -> None:
    """End one part and what was handed on inside it (科室, 站所)."""
    writer.run(
        "UPDATE assignments SET ended_at = :at, end_reason = :reason"
        " WHERE ended_at IS NULL AND (id = :id OR parent_id = :id)",
        at=at_ms,
        reason=reason,
        id=assignment_id,
    )


def end_running(writer: Writer, order_id: int, at_ms: int, reason: str) -> int:
    """End every running part of an order's units (not the centre's) and return how many that were."""
    return writer.run(
        "UPDATE assignments SET ended_at = :at, end_reason = :reason"
        " WHERE order_id = :order_id AND ended_at IS NULL AND part <> :centre",
        at=at_ms,
        reason=reason,
        order_id=order_id,
        centre=str(AssignmentPart.CENTRE),
    )


def who_returned(reader: Reader, order_id: int) -> set[int]:
    """Return the keys of the units whose 退单 of this order was granted."""
    rows = reader.all(
        "SELECT DISTINCT unit_id FROM assignments WHERE order_id = :order_id AND end_reason = 'returned'",
        order_id=order_id,
    )
    return {row["unit_id"] for row in rows}


def by_proposal(reader: Reader, centre_id: int, since_ms: int) -> Row:
    """Return how many dispatches of a centre's orders there were since then: `sent`, and `first` by the first proposal.

    One that was taken back (`U`, 撤回) is no dispatch. Events are numbered as time goes, so only those of the day are
    read.
    """
    row = reader.one(
        "SELECT count(*) AS sent, coalesce(sum(CASE WHEN e.data LIKE '%\"proposal\":1%' THEN 1 ELSE 0 END), 0) AS first"
        " FROM events e JOIN work_orders o ON o.uid = e.order_uid WHERE e.kind IN ('send', 'send_to_centre')"
        " AND e.seq > coalesce((SELECT seq FROM events WHERE at < :since ORDER BY seq DESC LIMIT 1), 0)"
        " AND o.centre_id = :centre_id AND NOT EXISTS (SELECT 1 FROM events b WHERE b.order_uid = e.order_uid"
        " AND b.kind = 'recall' AND b.seq > e.seq AND NOT EXISTS (SELECT 1 FROM events n WHERE n.order_uid = e.order_uid"
        " AND n.kind IN ('send', 'send_to_centre') AND n.seq > e.seq AND n.seq < b.seq))",
        since=since_ms,
        centre_id=centre_id,
    )
    assert row is not None, "an aggregate always has its row"
    return row


def mean_wait(reader: Reader, centre_id: int, since_ms: int) -> Row:
    """Return `mean` (ms from acceptance to dispatch, None for none) and `sent`: a centre's orders first sent since then.

    Whenever they were accepted; a 从单 goes with its 主单 and is not counted, a dispatch that was taken back neither.
    Calling out an emergency is a dispatch too. Parts are numbered as time goes, so only those of the day are read.
    """
    row = reader.one(
        "SELECT avg(f.first_at - o.accepted_at) AS mean, count(*) AS sent FROM"
        " (SELECT a.order_id, min(a.sent_at) AS first_at FROM assignments a WHERE a.id > coalesce("
        "(SELECT id FROM assignments WHERE sent_at < :since ORDER BY id DESC LIMIT 1), 0)"
        " AND coalesce(a.end_reason, '') <> 'recalled' GROUP BY a.order_id) f"
        " JOIN work_orders o ON o.id = f.order_id WHERE o.centre_id = :centre_id AND NOT EXISTS (SELECT 1 FROM order_links l"
        " WHERE l.other_id = o.id AND l.kind = 'merged' AND l.ended_at IS NULL) AND NOT EXISTS"
        " (SELECT 1 FROM assignments e WHERE e.order_id = f.order_id AND e.sent_at < :since"
        " AND coalesce(e.end_reason, '') <> 'recalled')",
        since=since_ms,
        centre_id=centre_id,
    )
    assert row is not None, "an aggregate always has its row"
    return row
