"""公告与口径: drawn up, published, ended. Times in ms UTC."""

from collections.abc import Sequence
from typing import Any

from db.doors import Reader, Row, Writer

_ROWS = (
    "SELECT n.*, a.name AS area_name, u.short_name AS unit_name FROM notices n"
    " LEFT JOIN areas a ON a.code = n.area_code LEFT JOIN units u ON u.id = n.unit_id"
)


def running(reader: Reader, now: int) -> Sequence[Row]:
    """Return the published notices that hold at `now`, with area and unit, the one that ends first on top."""
    return reader.all(
        f"{_ROWS} WHERE n.published_at IS NOT NULL AND n.ended_at IS NULL"
        " AND n.starts_at <= :now AND n.ends_at > :now ORDER BY n.ends_at, n.id",
        now=now,
    )


def published(reader: Reader, now: int) -> Sequence[Row]:
    """Return what is published and not over at `now`, what is to come too, the one that begins first on top."""
    return reader.all(
        f"{_ROWS} WHERE n.published_at IS NOT NULL AND n.ended_at IS NULL AND n.ends_at > :now"
        " ORDER BY n.starts_at, n.id",
        now=now,
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
