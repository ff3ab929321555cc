"""`desk team list | add | remove | export | import`: each unit's 快速处置专项队伍 and 应急队伍, with numbers and shifts."""

import argparse
from dataclasses import asdict
from pathlib import Path

from desk import stewardship
from desk.cli import options, terminal
from desk.codes import TeamName, TeamRole, word
from desk.importing import read_table
from desk.stewardship.teams import MemberRow

DEEDS = {
    "list": "列出快速处置专项队伍；加 --emergency 列出应急队伍",
    "add": "添加队员",
    "remove": "移出队员",
    "export": "导出两支队伍（.xlsx .csv），改好可以原样导回",
    "import": "导入队伍：先检查，有错一行不进；表里提到的单位以表为准",
}
_ROLES = {word(role): role for role in TeamRole}


def add_arguments(parser: options.Parser) -> None:
    """Describe the command line of `desk team`."""
    for name, deed in options.deeds(parser, DEEDS):
        if name == "remove":
            deed.add_argument("key", metavar="编号", type=int, help="desk team list 里的编号")
        elif name in ("export", "import"):
            deed.add_argument("file", metavar="文件", type=Path)
        else:
            deed.add_argument("--unit", metavar="单位", default="", help="代码、简称或全称；不写为本单位")
            deed.add_argument("--emergency", action="store_true", help="应急队伍；不写为快速处置专项队伍")
        if name == "export":
            deed.add_argument("--force", action="store_true", help="文件已存在时覆盖")
        if name == "add":
            deed.add_argument("--name", metavar="姓名", required=True)
            deed.add_argument("--phone", metavar="电话", required=True)
            deed.add_argument("--shift", metavar="班次", default="", help="如 白班 8:00-18:00")
            deed.add_argument("--role", metavar="角色", choices=list(_ROLES), default=word(TeamRole.MEMBER))


def run(given: argparse.Namespace) -> int:
    """Do what the second word says."""
    with options.signed_in(given) as desk:
        if given.deed == "list":
            _list(given, stewardship.teams(desk, given.unit, _team(given)))
        elif given.deed == "add":
            added = stewardship.add_member(
                desk,
                given.name,
                given.phone,
                given.shift,
                given.unit,
                team=_team(given),
                role=_ROLES[given.role],
            )
            _tell(given, added, "已添加")
        elif given.deed == "remove":
            _tell(given, stewardship.remove_member(desk, given.key), "已移出")
        elif given.deed == "export":
            out = stewardship.export_teams(desk, given.file.absolute(), may_overwrite=given.force)
            _say(given, {"file": str(out.path), "people": out.count}, f"已导出 {out.count} 人：{out.path}")
        else:
            done = stewardship.take_in_teams(desk, read_table(given.file, names_formulas=True))
            _say(given, asdict(done), _taken(done))
    return 0


def _team(given: argparse.Namespace) -> TeamName:
    return TeamName.RESPONSE if given.emergency else TeamName.QUICK


def _taken(done: stewardship.TeamsTakenIn) -> str:
    if done.added or done.removed:
        return f"已导入：新增 {done.added} 人，移出 {done.removed} 人，照旧 {done.unchanged} 人"
    return "无变化，未写入任何内容"


def _say(given: argparse.Namespace, row: dict[str, object], line: str) -> None:
    terminal.say_json(row) if given.is_json else terminal.say(line)


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
    return f"{row.key:>4}  {terminal.fitted(row.unit, 16)} {terminal.fitted(row.name, 10)} {_role(row)}{row.phone}  {row.shift}".rstrip()


def _role(row: MemberRow) -> str:
    return f"{terminal.fitted(word(row.role), 6)} " if row.team is TeamName.RESPONSE else ""
