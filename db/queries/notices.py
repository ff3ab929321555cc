"""公告与口径: drawn up, published, ended. Times in ms UTC."""

from collections.abc import Sequence
from typing import Any

from db.doors import Reader, Row, Writer

_ROWS = (
    "SELECT n.*, a.name AS area_name, u.short_name AS unit_name,"
    " (SELECT count(*) FROM notice_orders l WHERE l.notice_id = n.id) AS order_count FROM notices n"
    " LEFT JOIN areas a ON a.code = n.area_code LEFT JOIN units u ON u.id = n.unit_id"
)


def running(reader: Reader, now: int) -> Sequence[Row]:
    """Return the notices to callers that hold at `now`, with area and unit, the one that ends first on top."""
    return reader.all(
        f"{_ROWS} WHERE n.for_staff = 0 AND n.published_at IS NOT NULL AND n.ended_at IS NULL"
        " AND n.starts_at <= :now AND n.ends_at > :now ORDER BY n.ends_at, n.id",
        now=now,
    )


def published(reader: Reader, now: int, unit_id: int) -> Sequence[Row]:
    """Return what is published and not over at `now`, what is to come too, the one that begins first on top.

    Of the notices for staff only those of the unit `unit_id`.
    """
    return reader.all(
        f"{_ROWS} WHERE n.published_at IS NOT NULL AND n.ended_at IS NULL AND n.ends_at > :now"
        " AND (n.for_staff = 0 OR n.unit_id = :unit_id) ORDER BY n.starts_at, n.id",
        now=now,
        unit_id=unit_id,
    )


def waiting(reader: Reader, now: int, proposed_by: int | None) -> Sequence[Row]:
    """Return what nobody has published or ended yet and is not over at `now`; of one person, or of all (None)."""
    return reader.all(
        f"{_ROWS} WHERE n.published_at IS NULL AND n.ended_at IS NULL AND n.ends_at > :now"
        " AND (:by IS NULL OR n.proposed_by = :by) ORDER BY n.starts_at, n.id",
        now=now,
        by=proposed_by,
    )


def by_id(reader: Reader, key: int) -> Row | None:
    """Return one notice, or None."""
    return reader.one(f"{_ROWS} WHERE n.id = :id", id=key)


def add(writer: Writer, values: dict[str, Any]) -> int:
    """Write a notice and return its key."""
    return writer.insert("notices", values)


def change(writer: Writer, key: int, values: dict[str, Any]) -> None:
    """Set what became of a notice."""
    writer.update("notices", key, values)


def count_told(writer: Writer, notice_id: int) -> int:
    """Count one more person who was told a notice; return how many rows that touched (0: no such notice)."""
    return writer.run("UPDATE notices SET told_count = told_count + 1 WHERE id = :id", id=notice_id)


def areas_called(reader: Reader, name: str) -> list[str]:
    """Return the codes of the areas with this code, or called exactly so: counties and townships before villages."""
    rows = reader.all(
        "SELECT code, level FROM areas WHERE :name IN (code, name) ORDER BY level = 'village', code",
        name=name,
    )
    above = [row["code"] for row in rows if row["level"] != "village"]
    return above or [row["code"] for row in rows]


_TO_BE_READ = (
    " FROM notices n WHERE n.for_staff = 1 AND n.unit_id = :unit_id AND n.published_at IS NOT NULL"
    " AND n.ended_at IS NULL AND n.starts_at <= :now AND n.ends_at > :now"
    " AND n.published_by IS NOT :staff_id AND n.proposed_by IS NOT :staff_id"
    " AND NOT EXISTS (SELECT 1 FROM notice_reads r WHERE r.notice_id = n.id AND r.staff_id = :staff_id)"
)


def unread_by(reader: Reader, staff_id: int, unit_id: int, now: int) -> set[int]:
    """Return the keys of the notices for a unit's staff that hold at `now` and that one of them has not confirmed."""
    rows = reader.all(f"SELECT n.id{_TO_BE_READ}", staff_id=staff_id, unit_id=unit_id, now=now)
    return {row["id"] for row in rows}


def count_unread(reader: Reader, staff_id: int, unit_id: int, now: int) -> int:
    """Return how many those are."""
    sql = f"SELECT count(*){_TO_BE_READ}"
    return int(reader.value(sql, staff_id=staff_id, unit_id=unit_id, now=now))


def readers(reader: Reader, notice_id: int) -> Sequence[Row]:
    """Return everybody who must read a notice for staff, with `read_at` (NULL: not yet); those who have not first."""
    return reader.all(
        "SELECT s.name, s.staff_no, r.read_at FROM notices n JOIN staff s ON s.unit_id = n.unit_id AND s.is_active"
        " AND s.id IS NOT n.published_by AND s.id IS NOT n.proposed_by"
        " LEFT JOIN notice_reads r ON r.notice_id = n.id AND r.staff_id = s.id"
        " WHERE n.id = :id ORDER BY r.read_at IS NOT NULL, s.staff_no",
        id=notice_id,
    )


def confirm(writer: Writer, notice_id: int, staff_id: int, at_ms: int) -> None:
    """Write down that somebody has read a notice."""
    writer.insert("notice_reads", {"notice_id": notice_id, "staff_id": staff_id, "read_at": at_ms})


def link_order(writer: Writer, notice_id: int, order_id: int) -> None:
    """Say that an order was made although its caller was read a notice."""
    writer.insert("notice_orders", {"notice_id": notice_id, "order_id": order_id})


def of_order(reader: Reader, order_id: int) -> Sequence[Row]:
    """Return the notices that an order was made in spite of."""
    return reader.all(
        f"{_ROWS} JOIN notice_orders l ON l.notice_id = n.id WHERE l.order_id = :id ORDER BY n.id",
        id=order_id,
    )
