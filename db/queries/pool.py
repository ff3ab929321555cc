"""工单监测池 and the grades that lead into it. Times in ms UTC."""

from collections.abc import Mapping, Sequence
from typing import Any

from db.doors import Reader, Row, Writer


def inside(reader: Reader, order_id: int) -> Row | None:
    """Return the entry by which an order stands in the pool now, or None."""
    return reader.one(
        "SELECT id, uid, grade, reason, entered_at, review_at, plan FROM pool_entries"
        " WHERE order_id = :order_id AND left_at IS NULL ORDER BY id DESC LIMIT 1",
        order_id=order_id,
    )


def inside_many(reader: Reader, order_ids: Sequence[int]) -> dict[int, Row]:
    """Return the running stay of each of these orders that the pool watches, by order."""
    if not order_ids:
        return {}
    marks = ", ".join(str(int(key)) for key in order_ids)
    rows = reader.all(
        "SELECT order_id, grade, reason, entered_at, review_at, plan FROM pool_entries"
        f" WHERE left_at IS NULL AND order_id IN ({marks})"
    )
    return {row["order_id"]: row for row in rows}


def entries_of(reader: Reader, order_id: int) -> Sequence[Row]:
    """Return every stay of an order in the pool, oldest first, with who let it out."""
    return reader.all(
        "SELECT p.id, p.uid, p.grade, p.reason, p.entered_at, p.review_at, p.plan, p.left_at, p.evidence,"
        " s.name AS left_by_name, s.staff_no AS left_by_no FROM pool_entries p"
        " LEFT JOIN staff s ON s.id = p.left_by WHERE p.order_id = :order_id ORDER BY p.id",
        order_id=order_id,
    )


def enter(writer: Writer, values: Mapping[str, Any]) -> int:
    """Insert a stay in the pool and return its key."""
    return writer.insert("pool_entries", values)


def regrade(writer: Writer, entry_id: int, grade: str, reason: str, review_at: int) -> None:
    """Change the grade of a running stay, why, and when it is looked at next."""
    writer.update("pool_entries", entry_id, {"grade": grade, "reason": reason, "review_at": review_at})


def set_plan(writer: Writer, entry_id: int, plan: str, review_at: int | None) -> None:
    """Write the plan for a running stay, and when it is looked at next (ms UTC)."""
    writer.update("pool_entries", entry_id, {"plan": plan, "review_at": review_at})


def leave(writer: Writer, entry_id: int, at: int, staff_id: int, evidence: str) -> None:
    """End a stay: who let the order out, when, and on what evidence."""
    writer.update("pool_entries", entry_id, {"left_at": at, "left_by": staff_id, "evidence": evidence})


def add_grade(writer: Writer, values: Mapping[str, Any]) -> int:
    """Insert one line of an order's grade history."""
    return writer.insert("grades", values)


def grades_of(reader: Reader, order_id: int) -> Sequence[Row]:
    """Return an order's grades, oldest first, with who gave each."""
    return reader.all(
        "SELECT g.round, g.grade, g.graded_at, g.reason, s.name AS staff_name, s.staff_no FROM grades g"
        " LEFT JOIN staff s ON s.id = g.graded_by WHERE g.order_id = :order_id ORDER BY g.id",
        order_id=order_id,
    )
