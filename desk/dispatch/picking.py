"""What the dispatcher chooses from by typing a part of it: units with sections and duty items, areas, categories."""

from collections.abc import Iterator

from db.doors import Reader, Row
from db.queries import duty_items, house, units
from desk import areas as area_search
from desk.context import Desk
from desk.dispatch_rows import Target
from desk.rows import PickRow

_FOUND_UNITS, _FOUND_SECTIONS, _FOUND_ITEMS = 20, 10, 12


def find_units(desk: Desk, text: str) -> list[PickRow]:
    """Return units, sections and duty items that hold `text`, this centre's first; keys are read by `Target`."""
    text = text.strip()
    with desk.reading() as reader:
        home = desk.actor.centre_path
        rows = [_unit_row(row) for row in units.find_units(reader, text, home, _FOUND_UNITS)]
        if text:
            rows += [_section_row(row) for row in units.find_sections(reader, text, home, _FOUND_SECTIONS)]
            rows += _item_rows(reader, text)
    return rows


def _unit_row(row: Row) -> PickRow:
    hint = "热线中心：转入其待派单" if row["is_centre"] else row["name"]
    return PickRow(Target(row["id"]).key, row["short_name"], hint)


def _section_row(row: Row) -> PickRow:
    return PickRow(Target(row["unit_id"], row["id"]).key, f"{row['unit_short_name']} {row['name']}", "科室")


def _item_rows(reader: Reader, text: str) -> Iterator[PickRow]:
    for item in duty_items.find(reader, text, _FOUND_ITEMS):
        unit = units.unit_by_code(reader, item["unit_code"])
        if unit is not None:
            sections = units.sections_of(reader, unit["id"])
            section = next((row for row in sections if row["code"] == item["section_code"]), None)
            target = Target(unit["id"], section["id"] if section else None, item["id"])
            name = f"{unit['short_name']} {section['name'] if section else ''}".rstrip()
            yield PickRow(target.key, name, f"清单第{item['number']}项 {item['item']}")


def sections(desk: Desk, unit_id: int) -> list[PickRow]:
    """Return the sections of a unit, to hand an order straight to one."""
    with desk.reading() as reader:
        rows = units.sections_of(reader, unit_id)
    return [PickRow(Target(unit_id, row["id"]).key, row["name"], row["code"]) for row in rows]


def areas(desk: Desk, text: str) -> list[PickRow]:
    """Return areas by part of a name or pinyin, the desk's own county first; a village with its township."""
    with desk.reading() as reader:
        return area_search.found(desk, reader, text, _FOUND_UNITS)


def categories(desk: Desk, text: str) -> list[PickRow]:
    """Return live categories by code or name, each with the one above it."""
    with desk.reading() as reader:
        rows = house.find_categories(reader, text.strip(), _FOUND_UNITS)
    return [PickRow(row["code"], row["name"], row["parent_name"] or "") for row in rows]
