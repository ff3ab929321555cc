"""退单, 延期, 挂起, 销号 …: what was asked beside the status, and what became of it."""

from collections.abc import Sequence
from typing import Any

from db.codes import RequestKind, Verdict
from db.doors import Reader, Row, Writer
from db.ids import new_uid

_REQUEST = (
    "SELECT r.id, r.uid, r.order_id, r.kind, r.round, r.asked_at, r.asked_by, r.asking_unit_id, r.reason_code,"
    " r.reason, r.evidence, r.finding, r.target_unit_id, r.wanted_due_at, r.due_at, r.referred_at, r.verdict,"
    " r.decided_at, r.decided_by, r.assignment_id, CASE WHEN p.ended_at = r.decided_at THEN p.end_reason END AS end_reason,"
    " r.decision, r.level, r.stage, r.stage_due_at, r.judged_at, r.is_accepted, a.name AS asker_name, a.staff_no AS asker_no, a.person_uid AS asker_person,"
    " d.name AS decider_name, d.staff_no AS decider_no, d.person_uid AS decider_person,"
    " u.short_name AS asking_unit_name, t.short_name AS target_unit_name FROM requests r"
    " LEFT JOIN staff a ON a.id = r.asked_by LEFT JOIN staff d ON d.id = r.decided_by"
    " LEFT JOIN units u ON u.id = r.asking_unit_id LEFT JOIN units t ON t.id = r.target_unit_id"
    " LEFT JOIN assignments p ON p.id = r.assignment_id"
)
_OF_KIND = (
    "r.verdict = 'pending' AND r.kind = :kind AND r.order_id IN"
    " (SELECT o.id FROM work_orders o WHERE o.id = r.order_id AND {where})"
)

_PART_HELD = "EXISTS (SELECT 1 FROM assignments p WHERE p.id = r.assignment_id AND p.ended_at IS NULL AND p.answered_at IS NULL)"
_UNDECIDED = f"r.verdict = 'pending' AND (r.kind = 'return' OR (r.kind = 'part_return' AND {_PART_HELD}))"
STILL_ASKED = f"(r.kind <> 'part_return' OR {_PART_HELD})"
"""A request (`r`) that still asks something: a 退协办 falls with the part that it is about."""
RETURN_ASKED = (
    "o.id IN (SELECT r.order_id FROM requests r WHERE r.kind = 'return' AND r.verdict = 'pending' UNION ALL"
    f" SELECT r.order_id FROM requests r WHERE r.kind = 'part_return' AND r.verdict = 'pending' AND {_PART_HELD})"
)
"""Orders (`o`) whose 退单 or 退协办 is not decided, as a part of a WHERE; served by the index of pending requests."""

SOONEST_DECISION = (
    f" ORDER BY (SELECT min(r.due_at) FROM requests r WHERE r.order_id = o.id AND {_UNDECIDED}), o.id"
)
"""The order in which such orders are to be decided."""


DECLINED = (
    "o.id IN (SELECT r.order_id FROM requests r WHERE r.verdict = 'pending' AND r.kind IN ({kinds}) UNION ALL"
    " SELECT r.order_id FROM requests r WHERE r.kind = 'insist' AND r.wanted_due_at IS NOT NULL)"
)
"""Orders (`o`) whose caller insists or is to be rung, and with `'sample'` among the `kinds` those 班长 looks at."""

SOONEST_DECLINED = (
    " ORDER BY (SELECT min(coalesce(r.wanted_due_at, r.due_at, r.asked_at + 9000000000000)) FROM requests r"
    " WHERE r.order_id = o.id AND (r.verdict = 'pending' OR r.wanted_due_at IS NOT NULL)), o.id"
)
"""The order in which such orders are seen to; a sample comes last."""

OF_THE_UNIT = "(r.kind = 'supervision' OR r.target_unit_id = o.steward_id)"
"""A 催办 falls with the unit that it was put to, a 督办 stays with the order (`r`, `o`)."""
PRESSED = (
    "(o.status <> 'closed' AND EXISTS (SELECT 1 FROM requests r WHERE r.order_id = o.id AND r.verdict = 'pending'"
    f" AND r.kind IN ('supervision', 'reminder') AND {OF_THE_UNIT}))"
)
"""SQL over `o`: a 督办 or 催办 waits for the answer of the unit that holds the order."""

REMINDED = (
    "o.id IN (SELECT r.order_id FROM requests r JOIN work_orders w ON w.id = r.order_id WHERE r.verdict = 'pending'"
    " AND r.kind = 'reminder' AND r.target_unit_id = w.steward_id)"
)
"""Orders (`o`) whose unit has not answered a 催办, for lists of a whole centre: along the index of pending requests."""


def add(writer: Writer, **values: Any) -> int:
    """Insert a request and return its key; needs order_id, kind, round, asked_at (ms UTC), asked_by."""
    return writer.insert("requests", {"uid": new_uid(), **values})


def one(reader: Reader, request_id: int) -> Row | None:
    """Return one request with the names it points to."""
    return reader.one(f"{_REQUEST} WHERE r.id = :id", id=request_id)


def pending(reader: Reader, order_id: int, kind: RequestKind) -> Row | None:
    """Return the undecided request of one kind on an order, or None."""
    return reader.one(
        f"{_REQUEST} WHERE r.order_id = :order_id AND r.kind = :kind AND r.verdict = :pending"
        " ORDER BY r.id DESC LIMIT 1",
        order_id=order_id,
        kind=str(kind),
        pending=str(Verdict.PENDING),
    )


def of_part(reader: Reader, assignment_id: int) -> Sequence[Row]:
    """Return every 退协办 that was asked for one part, oldest first: two helpers of an order may ask at once."""
    return reader.all(
        f"{_REQUEST} WHERE r.assignment_id = :assignment_id AND r.kind = :kind ORDER BY r.id",
        assignment_id=assignment_id,
        kind=str(RequestKind.PART_RETURN),
    )


def of_order(reader: Reader, order_id: int) -> Sequence[Row]:
    """Return every request on an order, oldest first."""
    return reader.all(f"{_REQUEST} WHERE r.order_id = :order_id ORDER BY r.id", order_id=order_id)


def refer(writer: Writer, request_id: int, at_ms: int) -> None:
    """Note since when (ms UTC) a 退单 is the 研判组's to decide."""
    writer.update("requests", request_id, {"referred_at": at_ms})


def decide(
    writer: Writer, request_id: int, verdict: Verdict, at_ms: int, staff_id: int | None, decision: str = ""
) -> None:
    """Write the verdict on a request, when (ms UTC), by whom (None: the desk itself) and with which words."""
    values = {"verdict": str(verdict), "decided_at": at_ms, "decided_by": staff_id, "decision": decision}
    writer.update("requests", request_id, values)


def want(writer: Writer, request_id: int, due_at: int | None) -> None:
    """Set by when (ms UTC) something is owed for a request; None for nothing any more."""
    writer.update("requests", request_id, {"wanted_due_at": due_at})


def mark(writer: Writer, request_id: int, code: str) -> None:
    """Write a code onto a request: where it was passed on to."""
    writer.update("requests", request_id, {"reason_code": code})


def pending_of_kind(
    reader: Reader, kind: RequestKind, where: str, *, limit: int, offset: int = 0, **parameters: Any
) -> Sequence[Row]:
    """Return one window of the undecided requests of a kind whose order (`o`) meets `where`, the soonest due first."""
    return reader.all(
        f"{_REQUEST} WHERE {_OF_KIND.format(where=where)} ORDER BY r.due_at, r.order_id LIMIT :limit OFFSET :offset",
        kind=str(kind),
        limit=limit,
        offset=offset,
        **parameters,
    )


def orders_of_part_returns(reader: Reader, unit_path: str, order_ids: Sequence[int]) -> set[int]:
    """Return those of the orders whose part the unit at `unit_path`, or one below it, has asked to give back."""
    if not order_ids:
        return set()
    marks = ", ".join(str(int(key)) for key in order_ids)
    rows = reader.all(
        "SELECT r.order_id FROM requests r JOIN units u ON u.id = r.asking_unit_id WHERE r.verdict = 'pending'"
        f" AND r.kind = 'part_return' AND {_PART_HELD} AND u.path LIKE :below AND r.order_id IN ({marks})",
        below=unit_path + "%",
    )
    return {row["order_id"] for row in rows}


def pending_of_orders(reader: Reader, kind: RequestKind, order_ids: Sequence[int]) -> dict[int, Row]:
    """Return the undecided request of one kind on each of these orders, by order; orders without one are left out."""
    if not order_ids:
        return {}
    marks = ", ".join(str(int(key)) for key in order_ids)
    rows = reader.all(
        f"{_REQUEST} WHERE r.verdict = 'pending' AND r.kind = :kind AND r.order_id IN ({marks})",
        kind=str(kind),
    )
    return {row["order_id"]: row for row in rows}


def pressing(reader: Reader, kind: RequestKind, order_ids: Sequence[int]) -> Sequence[Row]:
    """Return order_id and due_at of the 督办 or 催办 that wait for the units of these orders."""
    if not order_ids:
        return ()
    marks = ", ".join(str(int(key)) for key in order_ids)
    return reader.all(
        "SELECT r.order_id, r.due_at, r.level FROM requests r JOIN work_orders o ON o.id = r.order_id"
        f" WHERE r.verdict = 'pending' AND r.kind = :kind AND r.order_id IN ({marks}) AND {OF_THE_UNIT} ORDER BY r.id",
        kind=str(kind),
    )


def count_pending(reader: Reader, kind: RequestKind, where: str, **parameters: Any) -> int:
    """Return how many undecided requests of a kind stand on orders (`o`) that meet `where`."""
    sql = f"SELECT count(*) FROM requests r WHERE {_OF_KIND.format(where=where)}"
    return int(reader.value(sql, kind=str(kind), **parameters))
