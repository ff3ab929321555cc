"""`desk export FILE`: the orders that a person may see, masked; with `--channel` what goes back to a channel."""

import argparse
from pathlib import Path

from desk import channels, exporting
from desk.channels import Returned
from desk.cli import options, terminal
from desk.errors import BadInput


def add_arguments(parser: options.Parser) -> None:
    """Describe the command line of `desk export`."""
    parser.add_argument("file", metavar="文件", type=Path, help=".jsonl .csv .xlsx")
    parser.add_argument("--channel", metavar="渠道", default="", help=_CHANNEL)
    parser.add_argument(
        "--all", dest="is_all", action="store_true", help="与 --channel 同用：报过的也再报一遍"
    )
    parser.add_argument("--force", action="store_true", help="文件已存在时覆盖")
    options.add_json(parser)
    options.add_person(parser)


_CHANNEL = "按渠道（或列对照）回报：受理即报我方编号，办结审核后才报结果；只列还没报过的"


def run(given: argparse.Namespace) -> int:
    """Write the file and say how many orders it holds."""
    path = given.file.absolute()
    with options.signed_in(given) as desk:
        if given.channel:
            source = channels.source_named(desk, given.channel)
            back = channels.give_back(desk, source, path, is_all=given.is_all, may_overwrite=given.force)
            _tell_back(given, source.title, back)
            return 0
        if given.is_all:
            raise BadInput("--all 须与 --channel 同用", "--all")
        exported = exporting.export(desk, path, may_overwrite=given.force)
    if given.is_json:
        terminal.say_json({"file": str(exported.path), "orders": exported.count})
    else:
        terminal.say(f"已导出 {exported.count} 件：{exported.path}（号码已遮蔽，举报、保密工单只列编号）")
    return 0


def _tell_back(given: argparse.Namespace, title: str, back: Returned) -> None:
    if given.is_json:
        terminal.say_json({"file": str(back.path), "orders": back.orders, "results": back.results})
        return
    said = f"回报 {title} {back.orders} 件，其中 {back.results} 件有办理结果：{back.path}"
    terminal.say(said + "（举报、保密工单只报编号）")
