"""退协办: the papers of helping units that give their part back, what both the unit and the centre ask (practice P7)."""

from db.codes import RequestKind, Verdict
from db.doors import Reader, Row
from db.queries import assignments, requests
from desk.deed import OrderDeed


def waiting(reader: Reader, order_id: int) -> list[Row]:
    """Return the 退协办 of an order that wait for a verdict, oldest first; one whose part is over waits no more."""
    over = _over(reader, order_id)
    return [row for row in _pending(reader, order_id) if row["assignment_id"] not in over]


def lapse_ended(deed: OrderDeed) -> None:
    """Let every 退协办 fall whose part has ended or been answered meanwhile. Part of the deed's one event."""
    over = _over(deed.writer, deed.order_id)
    _lapse(deed, [row for row in _pending(deed.writer, deed.order_id) if row["assignment_id"] in over])


def lapse_all(deed: OrderDeed) -> None:
    """Let every 退协办 fall: the citizen has been answered without waiting for it. Part of the deed's one event."""
    _lapse(deed, _pending(deed.writer, deed.order_id))


def _lapse(deed: OrderDeed, papers: list[Row]) -> None:
    for row in papers:
        actor_id, words = deed.desk.actor.id, "已由后续办理取代"
        requests.decide(deed.writer, row["id"], Verdict.LAPSED, deed.at_ms, actor_id, words)


def _pending(reader: Reader, order_id: int) -> list[Row]:
    asked = requests.of_order(reader, order_id)
    return [
        row for row in asked if row["kind"] == RequestKind.PART_RETURN and row["verdict"] == Verdict.PENDING
    ]


def _over(reader: Reader, order_id: int) -> set[int]:
    parts = assignments.of_order(reader, order_id)
    return {part["id"] for part in parts if part["ended_at"] is not None or part["answered_at"] is not None}
