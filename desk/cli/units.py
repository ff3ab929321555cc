"""`desk units [TEXT]`: the units of the centre and their 科室, as the other commands take them."""

import argparse
from dataclasses import asdict

from desk import house_units
from desk.cli import options, terminal


def add_arguments(parser: options.Parser) -> None:
    """Describe the command line of `desk units`."""
    parser.add_argument("text", metavar="文字", nargs="?", default="", help="只列名称、代码或部门含此文字的")
    parser.add_argument("--sections", metavar="单位", help="列出这一单位的科室（代码、简称或全称）")
    options.add_json(parser)
    options.add_person(parser)


def run(given: argparse.Namespace) -> int:
    """List the units, or the sections of one."""
    with options.signed_in(given) as desk:
        rows: list[house_units.UnitRow] | list[house_units.SectionRow]
        if given.sections is not None:
            rows = house_units.sections_of_unit(desk, given.sections)
        else:
            rows = house_units.units_of_centre(desk, given.text)
    for row in rows:
        terminal.say_json(asdict(row)) if given.is_json else terminal.say(_line(row))
    if not rows and not given.is_json:
        terminal.say("没有科室" if given.sections is not None else "没有符合的单位，请换几个字再查")
    return 0


def _line(row: house_units.UnitRow | house_units.SectionRow) -> str:
    if isinstance(row, house_units.SectionRow):
        return f"{terminal.fitted(row.code, 16)} {row.name}"
    cells = (
        terminal.fitted(row.code, 12),
        terminal.fitted(row.short_name, 18),
        terminal.fitted(row.department, 14),
    )
    return f"{' '.join(cells)} 科室 {row.sections}"
