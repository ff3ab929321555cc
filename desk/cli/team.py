"""`desk team list | add | remove`: each unit's 快速处置专项队伍, with numbers and shifts."""

import argparse
from dataclasses import asdict

from desk import stewardship
from desk.cli import options, terminal
from desk.stewardship.teams import MemberRow

DEEDS = {
    "list": "列出快速处置专项队伍",
    "add": "添加队员",
    "remove": "移出队员",
}


def add_arguments(parser: options.Parser) -> None:
    """Describe the command line of `desk team`."""
    for name, deed in options.deeds(parser, DEEDS):
        if name == "remove":
            deed.add_argument("key", metavar="编号", type=int, help="desk team list 里的编号")
        else:
            deed.add_argument("--unit", metavar="单位", default="", help="代码、简称或全称；不写为本单位")
        if name == "add":
            deed.add_argument("--name", metavar="姓名", required=True)
            deed.add_argument("--phone", metavar="电话", required=True)
            deed.add_argument("--shift", metavar="班次", default="", help="如 白班 8:00-18:00")


def run(given: argparse.Namespace) -> int:
    """Do what the second word says."""
    with options.signed_in(given) as desk:
        if given.deed == "list":
            _list(given, stewardship.teams(desk, given.unit))
        elif given.deed == "add":
            _tell(
                given,
                stewardship.add_member(desk, given.name, given.phone, given.shift, given.unit),
                "已添加",
            )
        else:
            _tell(given, stewardship.remove_member(desk, given.key), "已移出")
    return 0


def _list(given: argparse.Namespace, rows: tuple[MemberRow, ...]) -> None:
    for row in rows:
        terminal.say_json(asdict(row)) if given.is_json else terminal.say(_line(row))
    if not rows and not given.is_json:
        terminal.say("还没有登记队员：用 desk team add 添加")


def _tell(given: argparse.Namespace, row: MemberRow, done: str) -> None:
    if given.is_json:
        terminal.say_json(asdict(row))
    else:
        terminal.say(f"{done}：{_line(row)}")


def _line(row: MemberRow) -> str:
    return f"{row.key:>4}  {terminal.fitted(row.unit, 16)} {terminal.fitted(row.name, 10)} {row.phone}  {row.shift}".rstrip()
