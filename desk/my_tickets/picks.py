"""What one chooses from on the unit's desk: sections and people to hand on to, units to return to."""

from collections.abc import Callable, Iterator

from db.codes import Role
from db.doors import Reader, Row
from db.queries import duty_items, units, work_orders
from desk.context import Desk
from desk.recusal import is_accused
from desk.rows import PickRow

SECTION, PERSON = "section:", "staff:"
MOST, ITEMS = 50, 12


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


def reply_phrases(desk: Desk, text: str = "") -> tuple[PickRow, ...]:
    """Return the city's phrases for replies (setting `reply.phrases`) that hold `text`, each its own key; ___ is to be filled."""
    return tuple(PickRow(body, body, "") for body in desk.settings.words("reply.phrases") if text in body)[
        :MOST
    ]


def target_units(desk: Desk, text: str = "", order_no: str = "") -> tuple[PickRow, ...]:
    """Return units that an order may be returned to, the own centre's first, then duty items that name one.

    The key is the unit's, `7`, or that of unit and item, `7/118`. The own house, the centre that sent the order and
    the units that it is about are left out.
    """
    text = text.strip()
    with desk.reading() as reader:
        order = work_orders.by_number(reader, order_no) if order_no else None

        def may_get(unit: Row) -> bool:
            is_own = str(unit["path"]).startswith(desk.actor.unit_path) or unit["id"] == desk.actor.centre_id
            return not is_own and (order is None or not is_accused(reader, order, unit))

        found = filter(may_get, units.find_units(reader, text, desk.actor.centre_path, MOST))
        rows = [PickRow(str(unit["id"]), unit["short_name"], unit["name"]) for unit in found]
        if text:
            rows += _by_duty(reader, text, may_get)
    return tuple(rows[:MOST])


def _by_duty(reader: Reader, text: str, may_get: Callable[[Row], bool]) -> Iterator[PickRow]:
    for item in duty_items.find(reader, text, ITEMS):
        unit = units.unit_by_code(reader, item["unit_code"])
        if unit is not None and may_get(unit):
            yield PickRow(
                f"{unit['id']}/{item['id']}", unit["short_name"], f"清单第{item['number']}项 {item['item']}"
            )
