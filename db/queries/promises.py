"""承诺回电: asked, answered, kept. Times in ms UTC."""

from collections.abc import Mapping, Sequence
from typing import Any

from db.doors import Reader, Row, Writer
from db.ids import new_uid

_ROWS = (
    "SELECT p.*, a.name AS asker_name, a.uid AS asker_uid, w.name AS answerer_name, u.path AS unit_path FROM promises p"
    " JOIN staff a ON a.id = p.asked_by JOIN units u ON u.id = a.unit_id LEFT JOIN staff w ON w.id = p.answered_by"
)


def add(writer: Writer, values: Mapping[str, Any]) -> int:
    """Write a promise and return its key."""
    return writer.insert("promises", {"uid": new_uid(), **values})


def change(writer: Writer, promise_id: int, values: Mapping[str, Any]) -> None:
    """Set what became of a promise."""
    writer.update("promises", promise_id, values)


def by_id(reader: Reader, promise_id: int) -> Row | None:
    """Return one promise with who asked and who answered, or None."""
    return reader.one(f"{_ROWS} WHERE p.id = :id", id=promise_id)


def running(reader: Reader, centre_path: str) -> Sequence[Row]:
    """Return the promises of a centre that have not ended, the one due first on top."""
    return reader.all(
        f"{_ROWS} WHERE p.ended_at IS NULL AND u.path LIKE :path ORDER BY p.due_at, p.id",
        path=centre_path + "%",
    )


def count_running(reader: Reader) -> int:
    """Return how many promises of the store have not ended."""
    return int(reader.value("SELECT count(*) FROM promises WHERE ended_at IS NULL") or 0)
