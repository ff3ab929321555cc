"""A unit's teams as a table: out to those who keep them, and in again, checked first; nothing is half taken."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from db.codes import Deed, TeamName, TeamRole
from db.doors import Reader, Row
from db.queries import stewards
from desk import exchange
from desk.births import check_birth_right
from desk.codes import word
from desk.context import Desk
from desk.errors import BadInput, Refused
from desk.exchange import Exported, Sheet
from desk.house_units import unit_named
from desk.importing.tables import Line, Table
from desk.stewardship import teams

_LABELS = {
    "team": "队伍",
    "unit_code": "单位代码",
    "unit": "单位",
    "role": "角色",
    "name": "姓名",
    "phone": "电话",
    "shift": "班次",
}
_SHEET = Sheet(
    "队伍", _LABELS, {"unit": 20, "phone": 16, "shift": 20}, frozenset({"unit_code", "phone"}), "A2"
)
_NEEDED = ("队伍", "单位代码", "角色", "姓名", "电话")
_COMMAND = "desk team export"


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What an import changed: how many people came, left, and stayed as they were."""

    added: int
    removed: int
    unchanged: int


def export(desk: Desk, path: Path, *, may_overwrite: bool = False) -> Exported:
    """Write both teams of every unit in reach, a person a line, in .xlsx or .csv. One event.

    Raises BadInput for another form, Refused, NotAllowed, StoreUnusable.
    """
    check_birth_right(desk, Deed.TEAM_CHANGED)
    form = exchange.form_of(path)
    rows = [row for team in TeamName for row in teams.teams(desk, team=team)]
    with exchange.coming(path, may_overwrite=may_overwrite) as made:
        exchange.write(form, made, _SHEET, [_line(row) for row in rows])
        exchange.record(desk, path, {"team_members": len(rows)})
    return Exported(path, len(rows))


def _line(row: teams.MemberRow) -> dict[str, str]:
    return {
        "team": word(row.team),
        "unit_code": row.unit_code,
        "unit": row.unit,
        "role": word(row.role),
        "name": row.name,
        "phone": row.phone,
        "shift": row.shift,
    }


def take_in(desk: Desk, table: Table) -> TakenIn:
    """Make the teams of the units that a file names those of the file; teams that it does not name stay.

    Who is in the file and not in the team comes, who is not in the file leaves (and is off the roster). Raises BadInput
    naming line and column, NotAllowed for another's unit; then nothing is written.
    """
    check_birth_right(desk, Deed.TEAM_CHANGED)
    exchange.check_heads(table, _NEEDED, _COMMAND)
    with desk.writing() as writer:
        wanted = _wanted(desk, writer, table)
        added = removed = unchanged = 0
        for (team, _), (unit, people) in wanted.items():
            known = {_same(row): row for row in stewards.team_of(writer, unit["id"], team)}
            for key, row in known.items():
                if key not in people:
                    teams.leave(desk, writer, unit, row)
                    removed += 1
            for key, values in people.items():
                if key in known:
                    unchanged += 1
                else:
                    teams.join(desk, writer, unit, values)
                    added += 1
    return TakenIn(added, removed, unchanged)


_Same = tuple[str, ...]


def _same(row: Row) -> _Same:
    return (row["name"], row["phone"], row["shift"], row["role"])


def _wanted(
    desk: Desk, reader: Reader, table: Table
) -> dict[tuple[TeamName, int], tuple[Row, dict[_Same, dict[str, Any]]]]:
    """Whom a file puts into which team of which unit."""
    found: dict[tuple[TeamName, int], tuple[Row, dict[_Same, dict[str, Any]]]] = {}
    for line in table.lines:
        try:
            team, unit, values = _person(desk, reader, table, line)
        except (BadInput, Refused) as flaw:
            said = str(flaw) if isinstance(flaw, Refused) else flaw.message
            here = exchange.where(table, line)
            raise BadInput(said if said.startswith(here) else f"{here}：{said}", "文件") from None
        _, people = found.setdefault((team, unit["id"]), (unit, {}))
        if _same(values) in people:
            raise BadInput(f"{exchange.where(table, line)}：{values['name']}重复，请删去一行", "文件")
        people[_same(values)] = values
    if not found:
        raise BadInput(f"{table.path.name} 里没有人，未做任何改动", "文件")
    return found


def _person(desk: Desk, reader: Reader, table: Table, line: Line) -> tuple[TeamName, Row, dict[str, Any]]:
    if line.flaw:
        raise BadInput(line.flaw)
    cells = {name: exchange.cell(table, line, label) for name, label in _LABELS.items()}
    team = _code(TeamName, cells["team"], "队伍")
    unit = unit_named(reader, cells["unit_code"], desk.actor.centre_path)
    teams.check_unit(desk, unit)
    role = _code(TeamRole, cells["role"], "角色")
    return team, unit, teams.values_of(cells["name"], cells["phone"], cells["shift"], team, role)


def _code(kind: Any, text: str, field: str) -> Any:
    """The code of a word. Raises BadInput naming the words there are."""
    words = {word(each): each for each in kind}
    if text not in words:
        raise BadInput(f"{field}只能写{'、'.join(words)}，不能写“{text[:20]}”", field)
    return words[text]
