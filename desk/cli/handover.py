"""`desk handover out | in FILE`: a station's orders to the centre and the answers back, by stick or any other way (P18)."""

import argparse
from pathlib import Path

from desk.cli import options, terminal
from desk.stations import Synced, sync, take_file, words, write_file

DEEDS = {
    "out": "写出交接文件：站上是未上传的工单，中心是回执、状态和答复",
    "sync": "经两边都够得着的文件夹交接：收对方的，放自己的；可由定时任务运行",
    "in": "收取对方的交接文件：同一份收两遍只算一遍",
}


def add_arguments(parser: options.Parser) -> None:
    """Describe the command line of `desk handover`."""
    for name, deed in options.deeds(parser, DEEDS):
        deed.add_argument("file", metavar="文件夹" if name == "sync" else "文件", type=Path)
        if name == "out":
            deed.add_argument("--force", action="store_true", help="文件已存在时覆盖（本来就含全部未确认的）")
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
        if given.deed == "sync":
            return _tell(given, sync(desk, given.file), is_station=is_station)
        if given.deed == "out":
            done = write_file(
                desk, given.file, given.station, from_start=given.from_start, may_overwrite=given.force
            )
        else:
            done = take_file(desk, given.file)
    if given.is_json:
        told = {
            "orders": done.orders,
            "told": done.told,
            "too_late": list(done.too_late),
            "lines": list(done.lines),
        }
        terminal.say_json({"file": str(given.file), "with": done.other, **told})
        return 0
    is_out = given.deed == "out"
    terminal.say(words.written(given.file, done) if is_out else words.taken(done, is_station=is_station))
    terminal.say(*(f"  {line}" for line in done.lines))
    for number in done.too_late:
        terminal.say(f"工单 {number} 已结束，站上后来的补充未并入：请查事件“收取交接文件”并联系该站")
    return 0


def _tell(given: argparse.Namespace, synced: Synced, *, is_station: bool) -> int:
    """Say what came of the folder; 1 when a file in it could not be taken."""
    if given.is_json:
        orders = sum(done.orders for done in synced.taken)
        said = {"orders": orders, "written": synced.written, "refused": list(synced.refused)}
        terminal.say_json({"folder": str(given.file), **said})
    else:
        terminal.say(*(words.taken(done, is_station=is_station) for done in synced.taken))
        terminal.say(f"已放入 {synced.written} 份交接文件" if synced.written else "没有要放入的交接文件")
        terminal.complain(*synced.refused)
    return 1 if synced.refused else 0
