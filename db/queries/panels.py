"""研判 records and the decisions of panels and sessions. Times in ms UTC."""

from collections.abc import Mapping, Sequence
from typing import Any

from db.codes import HandlingWay
from db.doors import Reader, Row, Writer
from db.ids import new_uid

_DECISION = (
    "SELECT d.id, d.uid, d.order_id, d.panel_id, d.day_id, d.way, d.steward_id, d.requirement, d.leader, d.told,"
    " d.due_at, d.due_explanation, d.made_at, d.note, d.noted_at, d.done_at, u.short_name AS steward_name,"
    " u.path AS steward_path, u.is_centre, s.name AS maker_name, n.name AS noter_name FROM decisions d"
    " JOIN units u ON u.id = d.steward_id LEFT JOIN staff s ON s.id = d.made_by LEFT JOIN staff n ON n.id = d.noted_by"
)


def add(writer: Writer, values: Mapping[str, Any], members: Sequence[Mapping[str, Any]]) -> int:
    """Insert a panel's record with those who took part, and return its key."""
    panel_id = writer.insert("panels", {"uid": new_uid(), **values})
    for member in members:
        writer.insert("panel_members", {"panel_id": panel_id, **member})
    return panel_id


def of_order(reader: Reader, order_id: int) -> Sequence[Row]:
    """Return the panels that sat over an order, oldest first, with who wrote each record."""
    return reader.all(
        "SELECT p.id, p.kind, p.reason, p.reason_words, p.led_by, p.held_at, s.name AS writer_name FROM panels p"
        " LEFT JOIN staff s ON s.id = p.written_by WHERE p.order_id = :id ORDER BY p.id",
        id=order_id,
    )


def members(reader: Reader, panel_id: int) -> Sequence[Row]:
    """Return who took part in a panel: unit or person, and what the unit argued."""
    return reader.all(
        "SELECT u.short_name AS unit_name, s.name AS staff_name, s.staff_no, m.argument FROM panel_members m"
        " LEFT JOIN units u ON u.id = m.unit_id LEFT JOIN staff s ON s.id = m.staff_id"
        " WHERE m.panel_id = :id ORDER BY m.id",
        id=panel_id,
    )


def decide(writer: Writer, values: Mapping[str, Any], co_unit_ids: Sequence[int]) -> int:
    """Insert a decision with its 协办单位 and return its key."""
    decision_id = writer.insert("decisions", {"uid": new_uid(), **values})
    for unit_id in co_unit_ids:
        writer.insert("decision_units", {"decision_id": decision_id, "unit_id": unit_id})
    return decision_id


def change(writer: Writer, decision_id: int, values: Mapping[str, Any]) -> None:
    """Set columns of one decision: note, done_at, due_at."""
    writer.update("decisions", decision_id, values)


def decision(reader: Reader, decision_id: int) -> Row | None:
    """Return one decision with the names it points to."""
    return reader.one(f"{_DECISION} WHERE d.id = :id", id=decision_id)


def decisions_of_order(reader: Reader, order_id: int) -> Sequence[Row]:
    """Return what was decided on an order, oldest first."""
    return reader.all(f"{_DECISION} WHERE d.order_id = :id ORDER BY d.id", id=order_id)


def latest_decision(reader: Reader, order_id: int) -> Row | None:
    """Return the newest decision on an order, or None."""
    return reader.one(f"{_DECISION} WHERE d.order_id = :id ORDER BY d.id DESC LIMIT 1", id=order_id)


def long_terms(reader: Reader, order_ids: Sequence[int]) -> dict[int, Row]:
    """Return the running 长期事项 of each of these orders: leader, requirement (the plan), due_at (ms UTC)."""
    if not order_ids:
        return {}
    marks = ", ".join(str(int(key)) for key in order_ids)
    rows = reader.all(
        "SELECT order_id, leader, requirement, due_at FROM decisions WHERE way = 'long_term'"
        f" AND day_id IS NOT NULL AND done_at IS NULL AND order_id IN ({marks}) ORDER BY id"
    )
    return {row["order_id"]: row for row in rows}


def co_units(reader: Reader, decision_id: int) -> Sequence[Row]:
    """Return the 协办单位 of a decision: id, short_name, path."""
    return reader.all(
        "SELECT u.id, u.short_name, u.path FROM decision_units c JOIN units u ON u.id = c.unit_id"
        " WHERE c.decision_id = :id ORDER BY u.id",
        id=decision_id,
    )


def acts_first(reader: Reader, order_id: int, unit_id: int) -> bool:
    """Whether the newest decision says 先办后议 to this unit: then it may not give the order back (P22)."""
    newest = latest_decision(reader, order_id)
    return newest is not None and newest["way"] == HandlingWay.ACT_FIRST and newest["steward_id"] == unit_id
