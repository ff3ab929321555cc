"""应急: attempts to reach people, and what 110, 119 and 120 took over. Times in ms UTC."""

from collections.abc import Sequence
from typing import Any

from db.doors import Reader, Row, Writer
from db.ids import new_uid


def add_attempt(writer: Writer, **values: Any) -> int:
    """Keep one attempt to reach somebody and return its key."""
    return writer.insert("call_attempts", {"uid": new_uid(), **values})


def attempts(reader: Reader, order_id: int) -> Sequence[Row]:
    """Return every attempt about an order with the unit's name, oldest first; `unit_id` None was the caller."""
    return reader.all(
        "SELECT a.*, u.short_name AS unit FROM call_attempts a LEFT JOIN units u ON u.id = a.unit_id"
        " WHERE a.order_id = :order_id ORDER BY a.at, a.id",
        order_id=order_id,
    )


def told_caller_at(reader: Reader, order_id: int) -> int | None:
    """Return when the caller was last reached about an order (ms UTC), or None."""
    found = reader.value(
        "SELECT max(at) FROM call_attempts WHERE order_id = :order_id AND unit_id IS NULL AND outcome = 'reached'",
        order_id=order_id,
    )
    return None if found is None else int(found)


def add_handover(writer: Writer, **values: Any) -> int:
    """Keep that 110, 119 or 120 took something over and return its key."""
    return writer.insert("rescue_handovers", {"uid": new_uid(), **values})


def handovers(reader: Reader, order_id: int) -> Sequence[Row]:
    """Return what was handed over of an order, oldest first."""
    return reader.all(
        "SELECT * FROM rescue_handovers WHERE order_id = :order_id ORDER BY at, id", order_id=order_id
    )


def open_handover(reader: Reader, order_id: int, service: str = "") -> Row | None:
    """Return the oldest hand-over of an order that nobody has answered for yet (to one `service`, or to any), or None."""
    return reader.one(
        "SELECT * FROM rescue_handovers WHERE order_id = :order_id AND heard_at IS NULL"
        " AND (:service = '' OR service = :service) ORDER BY at, id LIMIT 1",
        order_id=order_id,
        service=service,
    )


def hear(writer: Writer, handover_id: int, *, at_ms: int, by_id: int, result: str) -> None:
    """Set what the receiver said became of it."""
    writer.update("rescue_handovers", handover_id, {"heard_at": at_ms, "heard_by": by_id, "result": result})


def count_open(reader: Reader) -> int:
    """Return how many hand-overs wait for an answer."""
    return int(reader.value("SELECT count(*) FROM rescue_handovers WHERE heard_at IS NULL"))


def open_ones(reader: Reader, where: str, *, limit: int, **parameters: Any) -> Sequence[Row]:
    """Return hand-overs that wait for an answer whose order (`o`) meets `where`, the one to be asked about first on top."""
    return reader.all(
        "SELECT h.*, o.order_no FROM rescue_handovers h JOIN work_orders o ON o.id = h.order_id"
        f" WHERE h.heard_at IS NULL AND {where} ORDER BY h.ask_at, h.id LIMIT :limit",
        limit=limit,
        **parameters,
    )
