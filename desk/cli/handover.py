"""`desk handover out | in FILE`: a station's orders to the centre and the answers back, by stick or any other way (P18)."""

import argparse
from pathlib import Path

from desk.cli import options, terminal
from desk.stations import Done, take_file, write_file

DEEDS = {
    "out": "写出交接文件：站上是未上传的工单，中心是回执、状态和答复",
    "in": "收取对方的交接文件：同一份收两遍只算一遍",
}


def add_arguments(parser: options.Parser) -> None:
    """Describe the command line of `desk handover`."""
    for name, deed in options.deeds(parser, DEEDS):
        deed.add_argument("file", metavar="文件", type=Path)
        if name == "out":
            deed.add_argument(
                "--station", metavar="站点代码", default="", help="中心写给哪个服务站；只有一个时可不写"
            )
            deed.add_argument(
                "--all", dest="from_start", action="store_true", help="站上从头全部导出（中心要求时）"
            )


def run(given: argparse.Namespace) -> int:
    """Do what the second word says."""
    with options.signed_in(given) as desk:
        is_station = desk.station is not None
        if given.deed == "out":
            done = write_file(desk, given.file, given.station, from_start=given.from_start)
        else:
            done = take_file(desk, given.file)
    if given.is_json:
        told = {"orders": done.orders, "told": done.told, "too_late": list(done.too_late)}
        terminal.say_json({"file": str(given.file), "with": done.other, **told})
        return 0
    terminal.say(_written(given, done) if given.deed == "out" else _taken(done, is_station=is_station))
    for number in done.too_late:
        terminal.say(f"工单 {number} 已结束，站上后来的补充未并入：请查事件“收取交接文件”并联系该站")
    return 0


def _written(given: argparse.Namespace, done: Done) -> str:
    what = f"工单 {done.orders} 件" if done.orders else f"回复 {done.told} 件"
    return f"已写出 {given.file}，给 {done.other}：{what}；对方用 desk handover in 收取，丢了再写一份即可"


def _taken(done: Done, *, is_station: bool) -> str:
    if not done.orders and not done.told:
        return f"{done.other} 的文件已收过，没有新内容"
    if is_station:
        return f"已收取中心 {done.other} 的回复：已到中心 {done.orders} 件，状态有变 {done.told} 件"
    return f"已收取服务站 {done.other} 的文件：新工单 {done.orders} 件，补充 {done.told} 件；请用 desk handover out 写回执"
