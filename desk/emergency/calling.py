"""Whom to call out: the people of the first units for a type, one after another, and all the others by name (P24)."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from db.codes import CallOutcome
from db.doors import Reader, Row
from db.queries import duty_items, rescue, stewards
from db.queries import roster as roster_rows
from db.queries import units as unit_queries
from db.times import from_ms
from desk import roster
from desk.codes import TeamRole, word
from desk.context import Desk
from desk.emergency.rows import emergency_of
from desk.errors import BadInput
from desk.rows import PickRow
from desk.rules import emergency as rules
from desk.rules.calling_line import Attempt, Callee, last_of, next_in_line

MOST = 50
MOST_ITEMS = 2
_MOST_OF_A_TEAM = 5
_MINUTE = timedelta(minutes=1)


def proposed(desk: Desk, reader: Reader, kind: str, area_code: str | None) -> Iterator[PickRow]:
    """Yield the units to ring first for a type in an area, each once; `key` is the unit's key in this store.

    By the type (setting `emergency.first_units`, else the table of the rules), then by the duty list, then the unit that
    manages the area.
    """
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


def line(desk: Desk, reader: Reader, kind: str, area_code: str | None) -> tuple[Callee, ...]:
    """Return who is rung for a type in an area, in order: of each unit its people, of a unit without any the unit."""
    found: list[Callee] = []
    for unit in proposed(desk, reader, kind, area_code):
        people = _team(desk, reader, int(unit.key), unit.name, unit.hint)
        found += people or [Callee(int(unit.key), unit.name, why=unit.hint)]
    return tuple(found)


def attempts(reader: Reader, order_id: int) -> tuple[Attempt, ...]:
    """Return who of the units was tried for an emergency, and how that went, oldest first."""
    return tuple(
        Attempt(row["unit_id"], row["person"], row["phone"], CallOutcome(row["outcome"]), from_ms(row["at"]))
        for row in rescue.attempts(reader, order_id)
        if row["unit_id"] is not None
    )


def in_turn(desk: Desk, reader: Reader, order: Row, kind: str) -> tuple[Callee, ...]:
    """Return who is rung for an emergency of a type (its order's row), whoever is to be rung now first."""
    whole = line(desk, reader, kind, order["area_code"])
    first = next_in_line(whole, attempts(reader, order["id"]))
    return tuple(sorted(whole, key=lambda each: each != first))


def callees(desk: Desk, order_no: str, text: str = "") -> tuple[PickRow, ...]:
    """Return whom to ring for an emergency: the next one on top, the rest of the line, then every other unit.

    Once something is typed the units that match it, each with its people. `callee_of` reads a row's key.
    """
    with desk.reading() as reader:
        order, row = emergency_of(reader, order_no)
        tried = attempts(reader, order["id"])
        if text:
            found = unit_queries.find_units(reader, text, desk.actor.centre_path, MOST)
            chosen = [each for unit in _that_go(desk, found) for each in _people(desk, reader, unit)]
        else:
            chosen = list(in_turn(desk, reader, order, row["type"]))
            others = _that_go(desk, unit_queries.all_units(reader))
            known = {each.unit_id for each in chosen}
            chosen += (_unit(each) for each in others if each["id"] not in known)
    now = desk.now()
    return tuple(_pick(each, last_of(each, tried), now) for each in chosen[:MOST])


def callee_of(key: str) -> Callee:
    """Return who stands behind the key of a row of `callees`. Raises BadInput for a key that is none."""
    unit_id, *rest = key.split("|", 2)
    if len(rest) != len(("phone", "person")) or not (unit_id.isascii() and unit_id.isdigit()):
        raise BadInput("没有这个人，请从列表中选", "单位")
    phone, person = rest
    return Callee(int(unit_id), "", person, phone)


def _that_go(desk: Desk, found: Iterable[Row]) -> list[Row]:
    """The units below this centre that are none themselves."""
    home = desk.actor.centre_path
    return [row for row in found if str(row["path"]).startswith(home) and not row["is_centre"]]


def _people(desk: Desk, reader: Reader, unit: Row) -> list[Callee]:
    return [*_team(desk, reader, unit["id"], unit["short_name"]), _unit(unit)]


def _team(desk: Desk, reader: Reader, unit_id: int, unit: str, hint: str = "") -> list[Callee]:
    """Whom of a unit one rings: who is on duty now, then the 队长 and the others, then the 快速处置专项队伍."""
    on_duty = roster.on_duty(desk, reader, unit_id)
    shift = roster.shift_now(desk).shift.name
    known = {each.member for each in on_duty}
    others = [row for row in roster_rows.members(reader, unit_id) if row["id"] not in known]
    people = [
        *((each.name, each.phone, f"{shift}值班") for each in on_duty),
        *((row["name"], row["phone"], word(TeamRole(row["role"]))) for row in others),
        *((row["name"], row["phone"], row["shift"]) for row in stewards.team_of(reader, unit_id)),
    ]
    by_phone = {phone: (name, why) for name, phone, why in reversed(people)}
    order = dict.fromkeys(phone for _, phone, _ in people)
    return [
        Callee(unit_id, unit, by_phone[phone][0], phone, f"{hint} {by_phone[phone][1]}".strip())
        for phone in order
    ][:_MOST_OF_A_TEAM]


def _unit(unit: Row) -> Callee:
    return Callee(unit["id"], unit["short_name"], why=unit["department"] or "")


def _pick(each: Callee, last: Attempt | None, now: datetime) -> PickRow:
    """A row of the list: unit and person, the number, why, and how the last attempt went."""
    minutes = 0 if last is None else max(0, (now - last.at) // _MINUTE)
    tried = f"{f'{minutes}分前' if minutes else '刚才'}{word(last.outcome)}" if last else ""
    hint = " ".join(part for part in (tried, each.phone, each.why) if part)
    return PickRow(f"{each.unit_id}|{each.phone}|{each.person}", f"{each.unit} {each.person}".rstrip(), hint)


def sections(desk: Desk, unit_id: int) -> tuple[PickRow, ...]:
    """Return the sections of a unit; `key` is the section's key in this store."""
    with desk.reading() as reader:
        rows = unit_queries.sections_of(reader, unit_id)
    return tuple(PickRow(str(row["id"]), row["name"], row["code"]) for row in rows)
