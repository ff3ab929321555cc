"""Whom to call out: the first units for a type of emergency, and all the others by name."""

from collections.abc import Iterator

from db.doors import Reader, Row
from db.queries import duty_items, emergencies, stewards, work_orders
from db.queries import units as unit_queries
from desk.context import Desk
from desk.errors import Refused
from desk.rows import PickRow
from desk.rules import emergency as rules

MOST = 50
MOST_ITEMS = 2
_MOST_OF_A_TEAM = 5


def proposed_units(desk: Desk, order_no: str) -> tuple[PickRow, ...]:
    """Return the units to ring first for an emergency, in order; `key` is the unit's key in this store.

    By its type (setting `emergency.first_units`, else the table of the rules), then by the duty list, then the unit that
    manages the area.
    """
    with desk.reading() as reader:
        order = work_orders.by_number(reader, order_no)
        row = None if order is None else emergencies.of_order(reader, order["id"])
        if order is None or row is None:
            raise Refused(f"工单 {order_no} 不是应急工单")
        return tuple(proposed(desk, reader, row["type"], order["area_code"]))


def proposed(desk: Desk, reader: Reader, kind: str, area_code: str | None) -> Iterator[PickRow]:
    """Yield the units to ring first for a type in an area, each once."""
    seen: set[int] = set()
    for unit, why in _first(desk, reader, kind, area_code):
        if unit is not None and not unit["is_centre"] and unit["id"] not in seen:
            seen.add(unit["id"])
            yield PickRow(str(unit["id"]), unit["short_name"], why)


def _first(desk: Desk, reader: Reader, kind: str, area_code: str | None) -> Iterator[tuple[Row | None, str]]:
    home = desk.actor.centre_path
    for wanted in rules.first_units(kind, desk.settings.get("emergency.first_units", {})):
        yield _unit_for(reader, wanted, home), f"{kind}先派"
    for item in duty_items.find(reader, kind, MOST_ITEMS):
        yield unit_queries.unit_by_code(reader, item["unit_code"]), f"清单第{item['number']}项"
    if area_code:
        yield unit_queries.manager_of_area(reader, area_code), "属地"


def _unit_for(reader: Reader, wanted: str, home: str) -> Row | None:
    """The unit of a department, else the one below the centre whose name holds the word (消防)."""
    unit = unit_queries.unit_of_department(reader, wanted, home)
    if unit is not None:
        return unit
    named = unit_queries.find_units(reader, wanted, home, 1)
    return named[0] if named and named[0]["path"].startswith(home) else None


def units(desk: Desk, order_no: str, text: str = "") -> tuple[PickRow, ...]:
    """Return the units that can be called out: the proposed ones first, all that match once something is typed."""
    with desk.reading() as reader:
        if text:
            found = unit_queries.find_units(reader, text, desk.actor.centre_path, MOST)
        else:
            found = unit_queries.all_units(reader)
    home = [row for row in found if str(row["path"]).startswith(desk.actor.centre_path)]
    others = [
        PickRow(str(row["id"]), row["short_name"], row["department"] or "")
        for row in home
        if not row["is_centre"]
    ]
    first = () if text else proposed_units(desk, order_no)
    keys = {unit.key for unit in first}
    return (*first, *(unit for unit in others if unit.key not in keys))[:MOST]


def team(desk: Desk, unit_id: int) -> str:
    """Return whom of a unit's 快速处置专项队伍 to ring, with numbers and shifts, in one line; '' for nobody (P23)."""
    with desk.reading() as reader:
        rows = stewards.team_of(reader, unit_id)[:_MOST_OF_A_TEAM]
    return "；".join(f"{row['name']} {row['phone']} {row['shift']}".rstrip() for row in rows)


def sections(desk: Desk, unit_id: int) -> tuple[PickRow, ...]:
    """Return the sections of a unit; `key` is the section's key in this store."""
    with desk.reading() as reader:
        rows = unit_queries.sections_of(reader, unit_id)
    return tuple(PickRow(str(row["id"]), row["name"], row["code"]) for row in rows)
