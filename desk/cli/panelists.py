"""`desk panelists list | add | leave | export | import`: the pool of 评议员."""

import argparse
from dataclasses import asdict
from pathlib import Path

from desk import social_review
from desk.cli import options, terminal
from desk.codes import Profession, word
from desk.importing import read_table
from desk.panel_rows import PanelistRow
from desk.social_review import NewPanelist, PoolTakenIn

DEEDS = {
    "list": "列出评议员库",
    "add": "登记评议员，或改已登记的；新的不发 PIN，每期抽中才发",
    "leave": "移出评议员库，停用工号",
    "export": "导出评议员库（.xlsx .csv），改好可以原样导回",
    "import": "导入评议员库：先检查，有错一行不进；表里没写的人不动",
}
_OPTIONAL = {
    "--area": ("area_code", "居住地代码", "写到村或社区，同村的事自动回避"),
    "--employer": ("employer", "工作单位", ""),
    "--employer-code": ("employer_code", "单位代码", "工作单位在本系统里的代码、简称或全称，办的件自动回避"),
    "--units": ("units", "回避单位", "有关系的单位，几个用；隔开"),
    "--people": ("people", "回避人", "有关系的人的姓名或号码，几个用；隔开"),
    "--phone": ("mobile", "电话", ""),
}


def add_arguments(parser: options.Parser) -> None:
    """Describe the command line of `desk panelists`."""
    for name, deed in options.deeds(parser, DEEDS):
        if name in ("add", "leave"):
            deed.add_argument("staff_no", metavar="工号")
        if name in ("export", "import"):
            deed.add_argument("file", metavar="文件", type=Path)
        if name == "export":
            deed.add_argument("--force", action="store_true", help="文件已存在时覆盖")
        if name == "add":
            deed.add_argument("--name", metavar="姓名", required=True)
            professions = [word(each) for each in Profession]
            deed.add_argument("--profession", metavar="界别", choices=professions, required=True)
            for option, (field, metavar, said) in _OPTIONAL.items():
                deed.add_argument(option, dest=field, metavar=metavar, default="", help=said or None)


def run(given: argparse.Namespace) -> int:
    """Do what the second word says."""
    with options.signed_in(given) as desk:
        if given.deed == "list":
            _list(given, social_review.pool(desk))
        elif given.deed == "add":
            fields = {field: getattr(given, field) for field, _, _ in _OPTIONAL.values()}
            newcomer = NewPanelist(given.staff_no, given.name, given.profession, **fields)
            _tell(given, social_review.keep_panelist(desk, newcomer), "已登记")
        elif given.deed == "leave":
            _tell(given, social_review.leave_pool(desk, given.staff_no), "已移出")
        elif given.deed == "export":
            out = social_review.export_pool(desk, given.file.absolute(), may_overwrite=given.force)
            _say(given, {"file": str(out.path), "people": out.count}, f"已导出 {out.count} 人：{out.path}")
        else:
            done = social_review.take_in_pool(desk, read_table(given.file, names_formulas=True))
            _say(given, asdict(done), _taken(done))
    return 0


def _taken(done: PoolTakenIn) -> str:
    if done.changed:
        return f"已导入：新增或变更 {done.changed} 人，照旧 {done.unchanged} 人"
    return "无变化，未写入任何内容"


def _say(given: argparse.Namespace, row: dict[str, object], line: str) -> None:
    terminal.say_json(row) if given.is_json else terminal.say(line)


def _list(given: argparse.Namespace, rows: tuple[PanelistRow, ...]) -> None:
    for row in rows:
        _say(given, asdict(row), _line(row))
    if not rows and not given.is_json:
        terminal.say("评议员库是空的：用 desk panelists add 登记，或 import 导入")


def _tell(given: argparse.Namespace, row: PanelistRow, done: str) -> None:
    _say(given, asdict(row), f"{done}：{_line(row)}")


def _line(row: PanelistRow) -> str:
    away = "、".join((*row.units, *row.people))
    parts = (
        f"{row.staff_no} {terminal.fitted(row.name, 8)} {terminal.fitted(word(row.profession), 10)}",
        terminal.fitted(row.area, 18),
        row.employer,
        f"回避 {away}" if away else "",
        "" if row.is_active else "已移出",
    )
    return "  ".join(part for part in parts if part).rstrip()
