"""工单监测池 and the grades that lead into it. Times in ms UTC."""

from collections.abc import Collection, Mapping, Sequence
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


def last_steps(reader: Reader, order_ids: Sequence[int], kinds: Collection[str]) -> dict[int, Row]:
    """Return the newest event of these kinds of each order, by order: kind, at (ms UTC), who."""
    if not order_ids:
        return {}
    marks = ", ".join(str(int(key)) for key in order_ids)
    wanted = ", ".join(f"'{kind}'" for kind in sorted(kinds))
    rows = reader.all(
        "SELECT o.id AS order_id, e.kind, e.at, s.name AS actor_name FROM work_orders o JOIN events e ON e.seq ="
        f" (SELECT max(x.seq) FROM events x WHERE x.order_uid = o.uid AND x.kind IN ({wanted}))"
        f" LEFT JOIN staff s ON s.uid = e.actor_uid WHERE o.id IN ({marks})"
    )
    return {row["order_id"]: row for row in rows}


def standing(reader: Reader, centre_id: int) -> Sequence[Row]:
    """Return every order of a centre that the pool watches: order_id, grade, status, entered_at (ms UTC), unit."""
    return reader.all(
        "SELECT o.id AS order_id, o.pool_grade AS grade, o.status, p.entered_at, u.short_name AS unit_name"
        " FROM work_orders o JOIN pool_entries p ON p.order_id = o.id AND p.left_at IS NULL"
        " LEFT JOIN units u ON u.id = o.steward_id"
        " WHERE o.pool_grade IS NOT NULL AND o.centre_id = :centre_id ORDER BY o.id",
        centre_id=centre_id,
    )


def moved(reader: Reader, centre_id: int, since: int) -> Row:
    """Return how many stays began and how many ended since (ms UTC), of a centre's orders."""
    row = reader.one(
        "SELECT sum(CASE WHEN p.entered_at >= :since THEN 1 ELSE 0 END) AS came,"
        " sum(CASE WHEN p.left_at >= :since THEN 1 ELSE 0 END) AS went"
        " FROM pool_entries p JOIN work_orders o ON o.id = p.order_id WHERE o.centre_id = :centre_id"
        " AND (p.entered_at >= :since OR p.left_at >= :since)",
        since=since,
        centre_id=centre_id,
    )
    assert row is not None, "an aggregate always has its row"
    return row


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
