"""What a 工单管家 leaves beside its part: the six steps, and the 快速处置专项队伍 of each unit. Times in ms UTC."""

from collections.abc import Sequence
from typing import Any

from db.codes import TeamName
from db.doors import Reader, Row, Writer
from db.ids import new_uid

_MEMBER = (
    "SELECT t.id, t.unit_id, t.name, t.phone, t.shift, t.team, t.role, u.code AS unit_code, u.short_name AS unit, u.path AS unit_path"
    " FROM team_members t JOIN units u ON u.id = t.unit_id WHERE t.left_at IS NULL"
)


def add_step(writer: Writer, **values: Any) -> int:
    """Insert one dated line of a step; needs order_id, round, step, is_needed, note, written_at, written_by, unit_id."""
    return writer.insert("step_notes", {"uid": new_uid(), **values})


def steps_of(reader: Reader, order_id: int) -> Sequence[Row]:
    """Return every line of an order's steps, oldest first, with who wrote it and in which unit."""
    return reader.all(
        "SELECT n.step, n.round, n.is_needed, n.note, n.written_at, s.name AS person, u.short_name AS unit"
        " FROM step_notes n LEFT JOIN staff s ON s.id = n.written_by LEFT JOIN units u ON u.id = n.unit_id"
        " WHERE n.order_id = :id ORDER BY n.id",
        id=order_id,
    )


def steps_written(reader: Reader, order_id: int) -> set[str]:
    """Return the steps of which an order has a line, 不需要 included."""
    rows = reader.all("SELECT DISTINCT step FROM step_notes WHERE order_id = :id", id=order_id)
    return {str(row["step"]) for row in rows}


def written_many(reader: Reader, order_ids: Sequence[int]) -> dict[int, set[str]]:
    """Return the steps of which each of these orders has a line; an order without any is left out."""
    found: dict[int, set[str]] = {}
    if order_ids:
        marks = ", ".join(str(int(key)) for key in order_ids)
        for row in reader.all(f"SELECT DISTINCT order_id, step FROM step_notes WHERE order_id IN ({marks})"):
            found.setdefault(row["order_id"], set()).add(str(row["step"]))
    return found


def told_times(reader: Reader, order_id: int) -> int:
    """Return how often one matter was told: the order itself and the 从单 that were merged into it."""
    merged = "SELECT count(*) FROM work_orders WHERE main_order_id = :id"
    return 1 + int(reader.value(merged, id=order_id))


def add_member(writer: Writer, **values: Any) -> int:
    """Insert one person of a unit's team; needs unit_id, team, role, name, phone, shift, added_at, added_by."""
    return writer.insert("team_members", {"uid": new_uid(), **values})


def remove_member(writer: Writer, member_id: int, at_ms: int, by: int) -> None:
    """Take a person out of the team; the row stays, with when and by whom."""
    writer.update("team_members", member_id, {"left_at": at_ms, "left_by": by})


def member(reader: Reader, member_id: int) -> Row | None:
    """Return one present member, or None."""
    return reader.one(f"{_MEMBER} AND t.id = :id", id=member_id)


def team_of(reader: Reader, unit_id: int, team: str = TeamName.QUICK) -> Sequence[Row]:
    """Return the present members of one unit's team, in the order in which they were written down."""
    return reader.all(
        f"{_MEMBER} AND t.unit_id = :id AND t.team = :team ORDER BY t.id", id=unit_id, team=team
    )


def teams_below(reader: Reader, path: str, team: str = TeamName.QUICK) -> Sequence[Row]:
    """Return the present members of the teams of a unit and of all below it, unit by unit."""
    return reader.all(
        f"{_MEMBER} AND u.path LIKE :path AND t.team = :team ORDER BY u.path, t.id",
        path=path + "%",
        team=team,
    )
