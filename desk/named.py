"""Units and people as they are typed into a form: `县城管局、横水镇、吴晓燕、1302`."""

import re
from collections.abc import Iterator
from typing import Any

from db.doors import Reader, Row
from db.queries import units
from desk.errors import BadInput
from desk.rules.text import cleaned

_MOST, _NEAR = 500, 4
_APART = re.compile(r"[、，,；;\s]+")
_STAFF_NO = re.compile(r"\d{3,12}$")


def units_named(reader: Reader, text: str, home_path: str, field: str) -> list[Row]:
    """Return the units that a text names, each once; a part of a name does where only one unit has it.

    Raises BadInput, naming `field`, for what is no unit or several.
    """
    found = [_unit(reader, name, home_path, field) for name in _names(text, field)]
    return list({row["id"]: row for row in found}.values())


def unit_named(reader: Reader, text: str, home_path: str, field: str) -> Row:
    """Return the one unit that a text names. Raises BadInput for none or several."""
    found = units_named(reader, text, home_path, field)
    if len(found) != 1:
        raise BadInput(f"请填写{field}" if not found else f"{field}只能是一家：多的写进协办单位", field)
    return found[0]


def attendees(reader: Reader, text: str, home_path: str, field: str) -> tuple[list[Row], list[Row]]:
    """Return the units and the people (工号 or name) that a text names, each once. Raises BadInput."""
    places: dict[int, Row] = {}
    people: dict[int, Row] = {}
    for name in _names(text, field):
        person = _person(reader, name, home_path, field)
        if person is None:
            unit = _unit(reader, name, home_path, field)
            places[unit["id"]] = unit
        else:
            people[person["id"]] = person
    return list(places.values()), list(people.values())


def _names(text: str, field: str) -> Iterator[str]:
    return (name for name in _APART.split(cleaned(text, _MOST, field, one_line=True)) if name)


def _unit(reader: Reader, name: str, home_path: str, field: str) -> Row:
    called = units.units_called(reader, name)
    at_home = [row for row in called if str(row["path"]).startswith(home_path)]
    exact = at_home or list(called)
    if len(exact) == 1:
        return exact[0]
    near = exact or list(units.find_units(reader, name, home_path, _NEAR + 1))
    inside = [row for row in near if str(row["path"]).startswith(home_path)]
    if len(inside) == 1:
        return inside[0]
    if not near:
        raise BadInput(f"{field}里没有单位或人员叫“{name[:20]}”，请核对", field)
    raise BadInput(f"{field}“{name[:20]}”指哪一家：{_listed(near)}，请写全称", field)


def _listed(rows: list[Any]) -> str:
    return "、".join(str(row["short_name"]) for row in rows[:_NEAR])


def _person(reader: Reader, name: str, home_path: str, field: str) -> Row | None:
    """The person of this 工号 or name; None when a unit is called so (a centre's code ends in digits too)."""
    if units.units_called(reader, name):
        return None
    number = _STAFF_NO.search(name)
    if number is not None:
        by_number = units.staff_by_no(reader, number[0])
        if by_number is not None and str(by_number["unit_path"]).startswith(home_path):
            return by_number
        raise BadInput(f"{field}里没有工号 {number[0]}，请核对", field)
    called = units.staff_called(reader, name, home_path)
    if len(called) > 1:
        numbers = "、".join(str(row["staff_no"]) for row in called)
        raise BadInput(f"{field}“{name}”有几个工号：{numbers}，请写工号", field)
    return called[0] if called else None
