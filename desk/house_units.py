"""单位 and 科室 as they are named on a command line: by code, by short name, by full name."""

from dataclasses import dataclass

from db.doors import Reader, Row
from db.queries import units
from desk.context import Desk
from desk.errors import BadInput

_MOST_NAMED = 8


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit of a centre; `sections` counts its 科室."""

    code: str
    short_name: str
    name: str
    department: str
    sections: int


@dataclass(frozen=True, slots=True)
class SectionRow:
    """One 科室 of a unit."""

    code: str
    name: str


def units_of_centre(desk: Desk, text: str = "") -> list[UnitRow]:
    """Return the living units of the actor's centre and below whose name, code or department holds `text`."""
    with desk.reading() as reader:
        rows = units.units_below(reader, desk.actor.centre_path, text.strip())
    return [
        UnitRow(row["code"], row["short_name"], row["name"], row["department"], row["sections"])
        for row in rows
    ]


def sections_of_unit(desk: Desk, unit: str) -> list[SectionRow]:
    """Return the 科室 of one unit, named by code, short or full name. Raises BadInput for none or several such."""
    with desk.reading() as reader:
        found = unit_named(reader, unit, desk.actor.centre_path)
        return [SectionRow(row["code"], row["name"]) for row in units.sections_of(reader, found["id"])]


def unit_named(reader: Reader, text: str, home_path: str, *, may_be_part: bool = False) -> Row:
    """Return the one living unit of this code, short name or full name, one at or below `home_path` first.

    With `may_be_part` (a question, no deed) a part of a name does if only one unit's name holds it. Raises BadInput that names those which come near.
    """
    wanted = text.strip()
    called = units.units_called(reader, wanted)
    at_home = [row for row in called if row["path"].startswith(home_path)]
    found = at_home or list(called)
    if len(found) == 1:
        return found[0]
    near = found or (units.find_units(reader, wanted, home_path, _MOST_NAMED) if wanted else [])
    if may_be_part and len(near) == 1:
        return near[0]
    names = "、".join(f"{row['short_name']}（{row['code']}）" for row in near[:_MOST_NAMED])
    trouble = f"单位“{wanted}”不止一个" if found else f"没有单位“{wanted or '空'}”"
    raise BadInput(f"{trouble}{'，相近的有：' + names if names else ''}；用 desk units 文字 查代码", "单位")
