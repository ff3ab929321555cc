"""What one chooses from on the unit's desk: sections and people to hand on to, units to return to."""

from collections.abc import Iterator

from db.codes import Role
from db.doors import Reader
from db.queries import units
from desk.context import Desk
from desk.rows import PickRow

SECTION, PERSON = "section:", "staff:"
MOST = 50


def receivers(desk: Desk, text: str = "") -> tuple[PickRow, ...]:
    """Return sections (`section:3`) and 经办人 (`staff:2102`) of one's own unit whose name or number holds `text`."""
    with desk.reading() as reader:
        return tuple(row for row in _receivers(desk, reader) if text in row.name + row.key + row.hint)[:MOST]


def _receivers(desk: Desk, reader: Reader) -> Iterator[PickRow]:
    names = {}
    for section in units.sections_of(reader, desk.actor.unit_id):
        names[section["id"]] = section["name"]
        yield PickRow(f"{SECTION}{section['id']}", section["name"], "科室")
    for person in units.staff_of_unit(reader, desk.actor.unit_id):
        if str(Role.HANDLER) in units.roles_of(reader, person["id"]):
            hint = names.get(person["section_id"], "经办人")
            yield PickRow(f"{PERSON}{person['staff_no']}", f"{person['name']}（{person['staff_no']}）", hint)


def target_units(desk: Desk, text: str = "") -> tuple[PickRow, ...]:
    """Return units an order may be returned to, the own centre's first: short name, full name beside it."""
    with desk.reading() as reader:
        found = units.find_units(reader, text, desk.actor.centre_path, MOST)
    own = desk.actor.unit_path
    return tuple(
        PickRow(str(unit["id"]), unit["short_name"], unit["name"])
        for unit in found
        if not str(unit["path"]).startswith(own)
    )
