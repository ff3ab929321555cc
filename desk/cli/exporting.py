"""`desk export FILE`: the orders that a person may see, masked."""

import argparse
from pathlib import Path

from desk import exporting
from desk.cli import options, terminal


def add_arguments(parser: options.Parser) -> None:
    """Describe the command line of `desk export`."""
    parser.add_argument("file", metavar="文件", type=Path, help=".jsonl .csv .xlsx")
    parser.add_argument("--force", action="store_true", help="文件已存在时覆盖")
    options.add_json(parser)
    options.add_person(parser)


def run(given: argparse.Namespace) -> int:
    """Write the file and say how many orders it holds."""
    with options.signed_in(given) as desk:
        exported = exporting.export(desk, given.file.absolute(), may_overwrite=given.force)
    if given.is_json:
        terminal.say_json({"file": str(exported.path), "orders": exported.count})
    else:
        terminal.say(f"已导出 {exported.count} 件：{exported.path}（号码已遮蔽，举报、保密工单只列编号）")
    return 0
