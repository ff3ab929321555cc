"""职责清单: who is responsible for what, in versions; an order keeps the version it was dispatched by.

An import is an edition. Its rows stand in the table before it is in force, and count for nobody until then: every
reader sees the whole of one edition or the whole of the next.
"""

from collections.abc import Sequence
from typing import Any

from db.doors import Reader, Row, Writer
from db.queries.house import like

_CURRENT = "(SELECT coalesce(max(number), 0) FROM duty_editions WHERE in_force_at IS NOT NULL)"
_IN_FORCE = f"d.edition <= {_CURRENT} AND (d.ended_edition > {_CURRENT} OR (d.ended_edition IS NULL AND d.valid_to IS NULL))"
_ITEM = (
    "SELECT d.id, d.number, d.version, d.list_name, d.item, d.category_code, d.keywords, d.phrases, d.kinds,"
    " d.area_scope, d.unit_code, d.section_code, d.co_unit_codes, d.legal_basis, d.valid_from,"
    f" CASE WHEN d.ended_edition > {_CURRENT} THEN NULL ELSE d.valid_to END AS valid_to FROM duty_items d"
)


def add(writer: Writer, **values: Any) -> int:
    """Insert one item of one version and return its key."""
    return writer.insert("duty_items", values)


def one(reader: Reader, item_id: int) -> Row | None:
    """Return one item by its key, also a retired one."""
    return reader.one(f"{_ITEM} WHERE d.id = :id", id=item_id)


def in_force(reader: Reader) -> Sequence[Row]:
    """Return every item that is not retired, by number."""
    return reader.all(f"{_ITEM} WHERE {_IN_FORCE} ORDER BY d.number, d.version")


def every_version(reader: Reader) -> Sequence[Row]:
    """Return every item in every version that is or was in force, by number, the oldest version first."""
    return reader.all(f"{_ITEM} WHERE d.edition <= {_CURRENT} ORDER BY d.number, d.version")


def versions(reader: Reader, number: int) -> Sequence[Row]:
    """Return every version of one item, the newest first."""
    return reader.all(
        f"{_ITEM} WHERE d.number = :number AND d.edition <= {_CURRENT} ORDER BY d.version DESC", number=number
    )


def edition(reader: Reader) -> tuple[int, int]:
    """Return what changes whenever the list does: the edition in force, and its newest key."""
    row = reader.one(
        f"SELECT {_CURRENT} AS current, (SELECT id FROM duty_items WHERE edition <= {_CURRENT}"
        " ORDER BY id DESC LIMIT 1) AS newest"
    )
    assert row is not None, "a SELECT of two figures always has its row"
    return int(row["current"]), int(row["newest"] or 0)


def find(reader: Reader, text: str, limit: int) -> Sequence[Row]:
    """Return items in force whose name, keywords or number hold `text`, by number."""
    return reader.all(
        f"{_ITEM} WHERE {_IN_FORCE} AND (d.item LIKE :pattern ESCAPE '!'"
        " OR d.keywords LIKE :pattern ESCAPE '!' OR d.phrases LIKE :pattern ESCAPE '!'"
        " OR CAST(d.number AS TEXT) = :text) ORDER BY d.number LIMIT :limit",
        pattern=like(text),
        text=text,
        limit=limit,
    )


def begin_edition(writer: Writer, uid: str, at: int) -> int:
    """Claim the next edition for one import (ms UTC) and return its number; a claim of another import is gone then."""
    writer.run("DELETE FROM duty_editions WHERE in_force_at IS NULL")
    number = edition(writer)[0] + 1
    writer.insert("duty_editions", {"number": number, "uid": uid, "begun_at": at})
    return number


def is_claimed(reader: Reader, number: int, uid: str) -> bool:
    """Whether the edition still waits for this import: another one may have put its own in its place."""
    sql = "SELECT 1 FROM duty_editions WHERE number = :number AND uid = :uid AND in_force_at IS NULL"
    return reader.value(sql, number=number, uid=uid) is not None


def end(writer: Writer, item_id: int, number: int, at: int) -> None:
    """Let an item end with edition `number`, at `at` (ms UTC)."""
    writer.update("duty_items", item_id, {"ended_edition": number, "valid_to": at})


def put_in_force(writer: Writer, number: int, at: int) -> None:
    """Put an edition in force: from this commit on every reader sees its rows."""
    writer.run("UPDATE duty_editions SET in_force_at = :at WHERE number = :number", at=at, number=number)


def clear_leftovers(writer: Writer, limit: int) -> int:
    """Undo at most `limit` rows of an edition that never came in force; return how many there were, 0 for none left."""
    added = writer.run(
        "DELETE FROM duty_items WHERE id IN (SELECT d.id FROM duty_items d WHERE"
        f" d.edition > {_CURRENT} LIMIT :limit)",
        limit=limit,
    )
    ended = writer.run(
        "UPDATE duty_items SET ended_edition = NULL, valid_to = NULL WHERE id IN (SELECT d.id FROM duty_items d"
        f" WHERE d.ended_edition > {_CURRENT} LIMIT :limit)",
        limit=limit,
    )
    return added + ended


def forget_claim(writer: Writer, uid: str) -> None:
    """Take back the claim of an import that gave up."""
    writer.run("DELETE FROM duty_editions WHERE uid = :uid AND in_force_at IS NULL", uid=uid)
