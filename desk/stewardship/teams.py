"""快速处置专项队伍 and 应急队伍: whom each unit sends, with numbers, roles and shifts; kept by the unit (P23, domain 16)."""

from dataclasses import dataclass
from typing import Any

from db.codes import Deed, TeamName, TeamRole
from db.doors import Row, Writer
from db.queries import roster, stewards, units
from db.times import to_ms
from desk import history
from desk.births import check_birth_right
from desk.context import Desk
from desk.errors import BadInput, NotAllowed
from desk.history import Happening
from desk.house_units import unit_named
from desk.rules.calendar import local
from desk.rules.text import cleaned, normalised_phone, required

NAME, SHIFT = 20, 60


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One person of a team; `key` is what takes them out again."""

    key: int
    unit_code: str
    unit: str
    name: str
    phone: str
    shift: str
    team: TeamName = TeamName.QUICK
    role: TeamRole = TeamRole.MEMBER


def teams(desk: Desk, unit: str = "", team: TeamName = TeamName.QUICK) -> tuple[MemberRow, ...]:
    """Return the teams of one's own unit and below, at the centre those of every unit; or of one unit, named.

    Raises BadInput for a unit that is not known, NotAllowed for another's.
    """
    home = _home(desk)
    with desk.reading() as reader:
        if unit.strip():
            found = unit_named(reader, unit, desk.actor.centre_path, may_be_part=True)
            _check_reach(home, found)
            home = str(found["path"])
        return tuple(_row(row) for row in stewards.teams_below(reader, home, team))


def add_member(
    desk: Desk,
    name: str,
    phone: str,
    shift: str = "",
    unit: str = "",
    *,
    team: TeamName = TeamName.QUICK,
    role: TeamRole = TeamRole.MEMBER,
) -> MemberRow:
    """Write a person into a team of one's own unit, or of the unit named. One event.

    Raises BadInput for a missing name or a number that is none, NotAllowed for another's unit.
    """
    check_birth_right(desk, Deed.TEAM_CHANGED)
    values = values_of(name, phone, shift, team, role)
    with desk.writing() as writer:
        found = _unit(desk, writer, unit)
        check_unit(desk, found)
        return join(desk, writer, found, values)


def values_of(name: str, phone: str, shift: str, team: TeamName, role: TeamRole) -> dict[str, Any]:
    """Return what is kept of a person. Raises BadInput for a missing name or a number that is none."""
    values = {
        "name": required(name, "姓名", NAME, one_line=True),
        "phone": normalised_phone(phone, "电话"),
        "shift": cleaned(shift, SHIFT, "班次", one_line=True),
        "team": str(team),
        "role": str(role),
    }
    if not values["phone"]:
        raise BadInput("请填写电话", "电话")
    return values


def check_unit(desk: Desk, unit: Row) -> None:
    """Raise BadInput for a centre, which has no team, NotAllowed for a unit out of reach."""
    if unit["is_centre"]:
        raise BadInput("热线中心没有快速处置队伍、应急队伍，请写承办单位", "单位")
    _check_reach(_home(desk), unit)


def join(desk: Desk, writer: Writer, unit: Row, values: dict[str, Any]) -> MemberRow:
    """Write a person into a team, with the event."""
    at = history.moment_after_head(writer, desk.now())
    key = stewards.add_member(
        writer, unit_id=unit["id"], added_at=to_ms(at), added_by=desk.actor.id, **values
    )
    row = stewards.member(writer, key)
    assert row is not None, "it was written in this transaction"
    _record(desk, writer, unit, "added", row)
    return _row(row)


def remove_member(desk: Desk, key: int) -> MemberRow:
    """Take a person out of a team, and off the roster from now on; the record stays. One event.

    Raises BadInput for nobody, NotAllowed for another's.
    """
    check_birth_right(desk, Deed.TEAM_CHANGED)
    with desk.writing() as writer:
        row = stewards.member(writer, key)
        if row is None:
            raise BadInput(f"没有编号为 {key} 的队员，请用 desk team list 核对", "编号")
        unit = units.unit(writer, row["unit_id"])
        assert unit is not None, "a foreign key holds it"
        _check_reach(_home(desk), unit)
        return leave(desk, writer, unit, row)


def leave(desk: Desk, writer: Writer, unit: Row, row: Row) -> MemberRow:
    """Take a person out of a team and off every shift from today on, with the event."""
    at = history.moment_after_head(writer, desk.now())
    stewards.remove_member(writer, row["id"], to_ms(at), desk.actor.id)
    roster.drop_of_member(
        writer, row["id"], str(local(at).date()), at_ms=to_ms(at), by_id=desk.actor.id, why="已离队"
    )
    _record(desk, writer, unit, "removed", row)
    return _row(row)


def _unit(desk: Desk, writer: Writer, unit: str) -> Row:
    if unit.strip():
        found = unit_named(writer, unit, desk.actor.centre_path)
    else:
        own = units.unit(writer, desk.actor.unit_id)
        assert own is not None, "a foreign key holds it"
        found = own
    _check_reach(_home(desk), found)
    return found


def _home(desk: Desk) -> str:
    return desk.actor.centre_path if desk.actor.is_at_the_centre else desk.actor.unit_path


def _check_reach(home: str, unit: Row) -> None:
    if not str(unit["path"]).startswith(home):
        raise NotAllowed(f"{unit['short_name']}不在您的管理范围内，只能看和改本单位的队伍")


def _record(desk: Desk, writer: Writer, unit: Row, act: str, row: Row) -> None:
    at = history.moment_after_head(writer, desk.now())
    texts = {"name": row["name"], "phone": row["phone"], "shift": row["shift"]}
    data = {"unit": unit["code"], "act": act, "team": row["team"], "role": row["role"]}
    history.record(
        writer, Happening(Deed.TEAM_CHANGED, at, desk.actor.uid, desk.seat, data=data, texts=texts)
    )


def _row(row: Row) -> MemberRow:
    return MemberRow(
        key=int(row["id"]),
        unit_code=row["unit_code"],
        unit=row["unit"],
        name=row["name"],
        phone=row["phone"],
        shift=row["shift"],
        team=TeamName(row["team"]),
        role=TeamRole(row["role"]),
    )
