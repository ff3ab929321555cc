"""当班: the calls of a shift, and the orders that wait longest. Times in ms UTC."""

from collections.abc import Sequence

from db.codes import Status
from db.doors import Reader, Row

SINCE = {
    Status.TO_DISPATCH: "o.accepted_at",
    Status.TO_COMPLETE: "o.accepted_at",
    Status.IN_TRIAGE: "o.accepted_at",
    Status.TO_SIGN: "o.dispatched_at",
    Status.CLOSE_REVIEW: "o.answered_at",
    Status.TO_CALL_BACK: "o.review_passed_at",
    Status.DISSATISFIED: "o.review_passed_at",
    Status.TO_PANEL: "o.review_passed_at",
}
"""The queues, and the moment from which an order waits in each."""


def calls_since(reader: Reader, centre_id: int, since: int) -> Sequence[Row]:
    """Return the calls of a centre that rang since then, and those that nobody took, oldest first."""
    return reader.all(
        "SELECT c.id, c.outside_id, c.direction, c.number, c.seat, c.rang_at, c.answered_at, c.ended_at, c.summary,"
        " s.name AS staff_name, s.staff_no, (SELECT o.order_no FROM call_orders l JOIN work_orders o ON o.id = l.order_id"
        "  WHERE l.call_id = c.id ORDER BY o.id LIMIT 1) AS order_no"
        " FROM calls c LEFT JOIN staff s ON s.id = c.staff_id"
        " WHERE c.rang_at >= :since AND (c.staff_id IS NULL OR s.unit_id = :centre_id) ORDER BY c.rang_at, c.id",
        since=since,
        centre_id=centre_id,
    )


def count_waiting(reader: Reader, centre_id: int, status: Status) -> int:
    """Return how many orders of a centre stand in one queue."""
    return int(
        reader.value(
            "SELECT count(*) FROM work_orders o WHERE o.is_open = 1 AND o.centre_id = :centre_id AND o.status = :status",
            centre_id=centre_id,
            status=str(status),
        )
    )


def longest_waiting(reader: Reader, centre_id: int, status: Status, most: int) -> Sequence[Row]:
    """Return the orders that wait longest in one queue: those columns that a list of titles asks for, and `since`."""
    since = f"coalesce({SINCE[status]}, o.accepted_at)"
    return reader.all(
        "SELECT o.order_no, o.title, o.kind, o.is_confidential, o.is_crisis, o.is_special, o.press_at,"
        f" u.short_name AS steward_name, {since} AS since FROM work_orders o LEFT JOIN units u ON u.id = o.steward_id"
        f" WHERE o.is_open = 1 AND o.centre_id = :centre_id AND o.status = :status ORDER BY {since}, o.id LIMIT :most",
        centre_id=centre_id,
        status=str(status),
        most=most,
    )
