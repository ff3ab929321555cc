"""The people of the invented day, each at a desk of their own."""

import random
from typing import Any

from db.codes import Role
from db.engine import Database
from db.ids import new_uid
from desk import session
from desk.context import Desk
from desk.session import Opening
from seed.load import table

PIN = "123456"
"""Everybody's, in the demo."""
SURNAMES = "丁于马尤方毛石卢田白乔伍庄严苏余邱邹汪沙"
GIVEN = ("建平", "小兰", "志明", "春燕", "国庆", "丽芳", "永强", "秀珍", "海波", "雪琴")


def give_pins(database: Database) -> None:
    """Give everybody the demo's PIN, hashed once: whoever tries the demo may log in as another of its people."""
    hashed = session.hash_pin(PIN)
    with database.light_write() as writer:
        writer.run("UPDATE staff SET pin_hash = :hashed, must_change_pin = 0", hashed=hashed)


class Cast:
    """Desks by 工号, units by department and area, and two people in each unit that handles anything."""

    def __init__(self, opening: Opening, chance: random.Random) -> None:
        self._opening = opening
        self._chance = chance
        self._desks: dict[str, Desk] = {}
        with opening.database.light_write() as writer:
            self.units = [dict(row) for row in writer.all(_UNITS)]
            self.areas = {row["name"]: row["code"] for row in writer.all(_AREAS)}
            self.crew = _crew(writer, self.units)
        self.callers = list(table("callers.csv"))
        self.proposed: dict[str, list[int]] = {}
        """The units proposed for a matter, by its title: the same matter is many people's."""

    def at(self, staff_no: str) -> Desk:
        """Return the desk of one person."""
        if staff_no not in self._desks:
            self._desks[staff_no] = session.sit_down(self._opening, staff_no)
        return self._desks[staff_no]

    def any_of(self, *staff_nos: str) -> Desk:
        """Return the desk of one of these people."""
        return self.at(self._chance.choice(staff_nos))

    def unit_for(self, department: str, area: str) -> dict[str, Any]:
        """Return the county's unit of a department; for a township's own matter the township itself."""
        if department == "街道乡镇":
            return next(unit for unit in self.units if unit["short_name"] == area)
        return next(unit for unit in self.units if unit["department"] == department)

    def handler(self, unit: dict[str, Any]) -> Desk:
        """Return the desk of the unit's 经办人."""
        return self.at(self.crew[unit["code"]][0])

    def reviewer(self, unit: dict[str, Any]) -> Desk:
        """Return the desk of the unit's 审核人."""
        return self.at(self.crew[unit["code"]][1])

    def caller(self, number: int | None = None) -> dict[str, str]:
        """Return an invented caller with an invented number: this one, or any."""
        if number is None:
            number = self._chance.randrange(len(self.callers))
        return {**self.callers[number], "phone": f"1380797{number:04d}"}


_UNITS = "SELECT id, code, short_name, department, level FROM units WHERE code LIKE 'CY-%' AND NOT is_centre ORDER BY id"
_AREAS = "SELECT name, code FROM areas WHERE code LIKE '360725%'"


def _crew(writer: Any, units: list[dict[str, Any]]) -> dict[str, tuple[str, str]]:
    """Return handler and reviewer of every unit; a unit without people gets two more invented ones."""
    crew: dict[str, tuple[str, str]] = {}
    for number, unit in enumerate(units):
        people = [row["staff_no"] for row in writer.all(_PEOPLE, unit_id=unit["id"])]
        if len(people) < 2:
            people = [_hire(writer, unit["id"], 5000 + 10 * number + place, place) for place in (1, 2)]
        crew[unit["code"]] = (people[0], people[1])
    return crew


_PEOPLE = (
    "SELECT DISTINCT s.staff_no FROM staff s JOIN staff_roles r ON r.staff_id = s.id"
    " WHERE s.unit_id = :unit_id AND r.role = 'handler' ORDER BY s.staff_no"
)


def _hire(writer: Any, unit_id: int, staff_no: int, place: int) -> str:
    name = SURNAMES[staff_no % len(SURNAMES)] + GIVEN[(staff_no // 7) % len(GIVEN)]
    values = {
        "uid": new_uid(),
        "staff_no": str(staff_no),
        "name": name,
        "person_uid": new_uid(),
        "unit_id": unit_id,
    }
    staff_id = writer.insert("staff", values)
    for role in (Role.LIAISON, Role.HANDLER) if place == 1 else (Role.HANDLER, Role.UNIT_REVIEWER):
        writer.insert("staff_roles", {"staff_id": staff_id, "role": str(role)})
    return str(staff_no)
