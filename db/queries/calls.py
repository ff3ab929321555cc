"""Calls and the orders they were about; requesters by their number."""

from collections.abc import Mapping, Sequence
from typing import Any

from db.doors import Reader, Row, Writer


def add(writer: Writer, values: Mapping[str, Any]) -> int:
    """Insert a call and return its key."""
    return writer.insert("calls", values)


def link(writer: Writer, call_id: int, order_id: int) -> None:
    """Say that a call was about an order."""
    writer.insert("call_orders", {"call_id": call_id, "order_id": order_id})


def of_order(reader: Reader, order_id: int) -> Sequence[Row]:
    """Return the calls about an order, oldest first, with who held them."""
    return reader.all(
        "SELECT c.id, c.direction, c.line, c.number, c.rang_at, c.answered_at, c.ended_at, c.summary, c.recording_no, c.transfers,"
        " s.name AS staff_name, s.staff_no FROM calls c JOIN call_orders l ON l.call_id = c.id"
        " LEFT JOIN staff s ON s.id = c.staff_id WHERE l.order_id = :order_id ORDER BY c.rang_at, c.id",
        order_id=order_id,
    )


def outside_id(reader: Reader, call_id: int) -> str | None:
    """Return under which id the telephone system, or the seat, knows a call; None for none."""
    found = reader.value("SELECT outside_id FROM calls WHERE id = :id", id=call_id)
    return None if found is None else str(found)


def requester_by_phone(reader: Reader, phone: str) -> Row | None:
    """Return who is known under a number."""
    return reader.one(
        "SELECT id, uid, phone, name, is_company, language, special_needs FROM requesters WHERE phone = :phone"
        " ORDER BY id DESC LIMIT 1",
        phone=phone,
    )


def add_requester(writer: Writer, values: Mapping[str, Any]) -> int:
    """Insert a requester and return the key."""
    return writer.insert("requesters", values)


def change(writer: Writer, call_id: int, values: Mapping[str, Any]) -> None:
    """Set columns of one call."""
    writer.update("calls", call_id, values)


def transfers_of(reader: Reader, call_id: int) -> str:
    """Return the record of where a call was put through to (JSON), '' for nowhere."""
    return str(reader.value("SELECT transfers FROM calls WHERE id = :id", id=call_id) or "")
