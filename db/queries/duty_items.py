"""职责清单: who is responsible for what, in versions; an order keeps the version it was dispatched by."""

from collections.abc import Sequence
from typing import Any

from db.doors import Reader, Row, Writer
from db.queries.house import like

_ITEM = (
    "SELECT d.id, d.number, d.version, d.item, d.category_code, d.keywords, d.phrases, d.kinds, d.area_scope,"
    " d.unit_code, d.section_code, d.co_unit_codes, d.legal_basis, d.valid_from, d.valid_to FROM duty_items d"
)


def add(writer: Writer, **values: Any) -> int:
    """Insert one item of one version and return its key."""
    return writer.insert("duty_items", values)


def one(reader: Reader, item_id: int) -> Row | None:
    """Return one item by its key, also a retired one."""
    return reader.one(f"{_ITEM} WHERE d.id = :id", id=item_id)


def in_force(reader: Reader) -> Sequence[Row]:
    """Return every item that is not retired, by number."""
    return reader.all(f"{_ITEM} WHERE d.valid_to IS NULL ORDER BY d.number, d.version")


def edition(reader: Reader) -> tuple[int, int]:
    """Return what changes whenever the list does: the newest key, and how many items are in force."""
    row = reader.one(
        "SELECT coalesce(max(id), 0) AS newest, sum(CASE WHEN valid_to IS NULL THEN 1 ELSE 0 END) AS living FROM duty_items"
    )
    assert row is not None, "an aggregate always has its row"
    return int(row["newest"]), int(row["living"] or 0)


def find(reader: Reader, text: str, limit: int) -> Sequence[Row]:
    """Return items in force whose name, keywords or number hold `text`, by number."""
    return reader.all(
        f"{_ITEM} WHERE d.valid_to IS NULL AND (d.item LIKE :pattern ESCAPE '!'"
        " OR d.keywords LIKE :pattern ESCAPE '!' OR d.phrases LIKE :pattern ESCAPE '!'"
        " OR CAST(d.number AS TEXT) = :text) ORDER BY d.number LIMIT :limit",
        pattern=like(text),
        text=text,
        limit=limit,
    )
