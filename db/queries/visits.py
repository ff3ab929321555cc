"""预约上门: the slots of visits. `day` is a local date (2026-11-24); times in ms UTC."""

from collections.abc import Mapping, Sequence
from typing import Any

from db.doors import Reader, Row, Writer


def add(writer: Writer, values: Mapping[str, Any]) -> int:
    """Insert a slot and return its key."""
    return writer.insert("visits", values)


def change(writer: Writer, key: int, values: Mapping[str, Any]) -> None:
    """Set what became of a slot."""
    writer.update("visits", key, values)


def booked(reader: Reader, unit_id: int, first: str, last: str) -> Sequence[Row]:
    """Return how many visits a unit has in each half day from `first` to `last`, both included: day, half, visits."""
    return reader.all(
        "SELECT day, half, count(*) AS visits FROM visits WHERE unit_id = :unit_id AND day BETWEEN :first AND :last"
        " AND outcome IN ('booked', 'done') GROUP BY day, half",
        unit_id=unit_id,
        first=first,
        last=last,
    )


def of_application(reader: Reader, application_id: int) -> Sequence[Row]:
    """Return every slot of one 预约上门, the oldest first, with who said what became of it."""
    return reader.all(
        "SELECT v.day, v.half, v.outcome, v.note, v.logged_at, s.name AS logged_name FROM visits v"
        " LEFT JOIN staff s ON s.id = v.logged_by WHERE v.application_id = :id ORDER BY v.id",
        id=application_id,
    )


def outcomes(reader: Reader, where: str, path: str, first: str, last: str) -> Sequence[Row]:
    """Return how many slots between two local dates, both included, came to what: outcome, visits.

    `where` speaks of the visiting unit as `u` and of the centre as `c`, by the parameter `path`.
    """
    return reader.all(
        "SELECT v.outcome, count(*) AS visits FROM visits v JOIN applications a ON a.id = v.application_id"
        " JOIN units u ON u.id = v.unit_id JOIN units c ON c.id = a.centre_id"
        f" WHERE {where} AND v.day BETWEEN :first AND :last GROUP BY v.outcome ORDER BY v.outcome",
        path=path,
        first=first,
        last=last,
    )
