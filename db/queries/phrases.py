"""短语: the hotline's phrases and each person's own. Times in ms UTC."""

from collections.abc import Sequence
from typing import Any

from db.doors import Reader, Row, Writer
from db.ids import new_uid

_COLUMNS = (
    "SELECT id, uid, owner_id, abbreviation, body, line, category_code FROM phrases WHERE removed_at IS NULL"
)


def in_use(reader: Reader, staff_id: int) -> Sequence[Row]:
    """Return the phrases of the hotline and of one person, that person's own first, in the order in which they were kept."""
    return reader.all(
        f"{_COLUMNS} AND (owner_id IS NULL OR owner_id = :id) ORDER BY owner_id IS NULL, id",
        id=staff_id,
    )


def one(reader: Reader, phrase_uid: str) -> Row | None:
    """Return one phrase that is in use, or None."""
    return reader.one(f"{_COLUMNS} AND uid = :uid", uid=phrase_uid)


def by_key(reader: Reader, phrase_id: int) -> Row | None:
    """Return one phrase that is in use by its key, or None."""
    return reader.one(f"{_COLUMNS} AND id = :id", id=phrase_id)


def namesake(reader: Reader, owner_id: int | None, abbreviation: str, line: str) -> Row | None:
    """Return the phrase of the same owner (None: the hotline) with this abbreviation on the same line, or None."""
    return reader.one(
        f"{_COLUMNS} AND owner_id IS :owner AND abbreviation = :abbreviation AND line = :line",
        owner=owner_id,
        abbreviation=abbreviation,
        line=line,
    )


def count_of(reader: Reader, owner_id: int | None) -> int:
    """Return how many phrases an owner has (None: the hotline)."""
    sql = "SELECT count(*) FROM phrases WHERE removed_at IS NULL AND owner_id IS :owner"
    return int(reader.value(sql, owner=owner_id) or 0)


def add(writer: Writer, **values: Any) -> int:
    """Insert a phrase; needs owner_id, abbreviation, body, line, category_code, changed_at."""
    return writer.insert("phrases", {"uid": new_uid(), **values})


def change(writer: Writer, phrase_id: int, values: dict[str, Any]) -> None:
    """Set columns of a phrase; `removed_at` takes it out of use."""
    writer.update("phrases", phrase_id, values)
