"""`desk incident list | show | export | import`: 应急类型, each with its questions, first advice, units and copies."""

import argparse
from dataclasses import asdict
from pathlib import Path

from desk import incidents
from desk.cli import options, terminal
from desk.importing import read_table

DEEDS = {
    "list": "列出应急类型和先派单位",
    "show": "一个类型的提问卡、先说的话、先派、协办、移交、抄送",
    "export": "导出全部类型（.xlsx .csv），改好可以原样导回",
    "import": "导入整张表：先检查，有错一项不进；表里没有的类型不再可选",
}


def add_arguments(parser: options.Parser) -> None:
    """Describe the command line of `desk incident`."""
    for name, deed in options.deeds(parser, DEEDS):
        if name == "show":
            deed.add_argument("kind", metavar="类型", help="如 燃气泄漏")
        elif name in ("export", "import"):
            deed.add_argument("file", metavar="文件", type=Path, help=".xlsx .csv；一格里有多句的用分号隔开")
        if name == "export":
            deed.add_argument("--force", action="store_true", help="文件已存在时覆盖")


def run(given: argparse.Namespace) -> int:
    """Do what the second word says."""
    with options.signed_in(given) as desk:
        if given.deed == "list":
            for each in incidents.all_incidents(desk):
                _tell(given, asdict(each), f"{each.kind}  先派 {'、'.join(each.first_units)}")
        elif given.deed == "show":
            each = incidents.of_kind(desk, given.kind)
            pages = (f"{label}：{'；'.join(lines) or '没有'}" for label, lines in incidents.shown(each))
            _tell(given, asdict(each), each.kind, *pages)
        elif given.deed == "export":
            done = incidents.export(desk, given.file.absolute(), may_overwrite=given.force)
            _tell(
                given,
                {"file": str(done.path), "types": done.count},
                f"已导出 {done.count} 个类型：{done.path}",
            )
        else:
            changed = incidents.take_in(desk, read_table(given.file, names_formulas=True))
            said = (
                f"已导入，改动 {len(changed)} 项设置，各坐席随即生效" if changed else "无变化，未写入任何内容"
            )
            _tell(given, {"changed": list(changed)}, said)
    return 0


def _tell(given: argparse.Namespace, row: dict[str, object], *lines: str) -> None:
    terminal.say_json(row) if given.is_json else terminal.say(*lines)
