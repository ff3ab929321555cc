"""应急队伍 and 值班表: the people of the member units, and who stands which shift. Days are `YYYY-MM-DD`, times ms UTC."""

from collections.abc import Sequence
from typing import Any

from db.codes import TeamName
from db.doors import Reader, Row, Writer
from db.ids import new_uid

_STANDS = "r.dropped_at IS NULL"
_OF_TEAM = f"t.left_at IS NULL AND t.team = '{TeamName.RESPONSE}'"
_DUTY = (
    "SELECT r.id, r.uid, r.unit_id, r.day, r.shift, r.member_id, r.note, t.name, t.phone, t.role,"
    " u.code AS unit_code, u.short_name AS unit, u.path AS unit_path"
    " FROM roster_shifts r JOIN team_members t ON t.id = r.member_id JOIN units u ON u.id = r.unit_id"
)


def add(writer: Writer, **values: Any) -> int:
    """Put somebody on a shift; needs unit_id, day, shift, member_id, set_at, set_by."""
    return writer.insert("roster_shifts", {"uid": new_uid(), **values})


def drop(writer: Writer, shift_id: int, *, at_ms: int, by_id: int, why: str) -> None:
    """Take somebody off a shift; the row stays, with when, by whom and why."""
    writer.update("roster_shifts", shift_id, {"dropped_at": at_ms, "dropped_by": by_id, "why": why})


def leave_note(writer: Writer, shift_id: int, note: str) -> None:
    """Keep what the one who stands a shift leaves to the next."""
    writer.update("roster_shifts", shift_id, {"note": note})


def duty(reader: Reader, shift_id: int) -> Row | None:
    """Return one shift that somebody stands, or None."""
    return reader.one(f"{_DUTY} WHERE {_STANDS} AND r.id = :id", id=shift_id)


def between(reader: Reader, first: str, last: str, path: str) -> Sequence[Row]:
    """Return who stands which shift from one day to another, of the units below a path, day by day."""
    return reader.all(
        f"{_DUTY} WHERE {_STANDS} AND r.day BETWEEN :first AND :last AND u.path LIKE :path"
        " ORDER BY r.day, u.path, r.shift, r.id",
        first=first,
        last=last,
        path=path + "%",
    )


def of_unit(reader: Reader, unit_id: int, day: str, shift: str) -> Sequence[Row]:
    """Return who of a unit stands one shift."""
    return reader.all(
        f"{_DUTY} WHERE {_STANDS} AND r.unit_id = :unit_id AND r.day = :day AND r.shift = :shift ORDER BY r.id",
        unit_id=unit_id,
        day=day,
        shift=shift,
    )


def of_member(reader: Reader, member_id: int, first: str, last: str) -> Sequence[Row]:
    """Return the shifts that one person stands from one day to another."""
    return reader.all(
        f"{_DUTY} WHERE {_STANDS} AND r.member_id = :member_id AND r.day BETWEEN :first AND :last ORDER BY r.day, r.id",
        member_id=member_id,
        first=first,
        last=last,
    )


def filled(reader: Reader, first: str, last: str, path: str) -> Sequence[Row]:
    """Return which shifts somebody stands (unit_id, day, shift), each once, of the units below a path."""
    return reader.all(
        "SELECT DISTINCT r.unit_id, r.day, r.shift FROM roster_shifts r"
        " JOIN team_members t ON t.id = r.member_id JOIN units u ON u.id = r.unit_id"
        f" WHERE {_STANDS} AND t.left_at IS NULL AND r.day BETWEEN :first AND :last AND u.path LIKE :path",
        first=first,
        last=last,
        path=path + "%",
    )


def member_units(reader: Reader, path: str) -> Sequence[Row]:
    """Return the living units below a path that have people in the 应急队伍, by the centre's own order."""
    return reader.all(
        "SELECT u.id, u.code, u.short_name, u.path, count(*) AS people FROM units u"
        f" JOIN team_members t ON t.unit_id = u.id WHERE {_OF_TEAM} AND u.path LIKE :path"
        " GROUP BY u.id ORDER BY u.id",
        path=path + "%",
    )


def members(reader: Reader, unit_id: int) -> Sequence[Row]:
    """Return the people of a unit in the 应急队伍, the 队长 first, then in the order they were written down."""
    return reader.all(
        f"SELECT t.* FROM team_members t WHERE {_OF_TEAM} AND t.unit_id = :unit_id"
        " ORDER BY CASE t.role WHEN 'leader' THEN 0 WHEN 'deputy' THEN 1 ELSE 2 END, t.id",
        unit_id=unit_id,
    )


def drop_of_member(writer: Writer, member_id: int, since: str, *, at_ms: int, by_id: int, why: str) -> int:
    """Take somebody who leaves the team off every shift from a day on; return how many that were."""
    rows = writer.all(
        "SELECT id FROM roster_shifts WHERE dropped_at IS NULL AND member_id = :member_id AND day >= :since",
        member_id=member_id,
        since=since,
    )
    for row in rows:
        drop(writer, row["id"], at_ms=at_ms, by_id=by_id, why=why)
    return len(rows)
