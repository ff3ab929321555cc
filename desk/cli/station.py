"""`desk station add | list`: the stations of this centre that have a store of their own (practice P18)."""

import argparse
from pathlib import Path

from desk.cli import options, terminal
from desk.rules.calendar import local
from desk.stations import StationRow, add_station, stations

DEEDS = {
    "add": "登记服务站，写出它的登记文件（管理员）",
    "list": "列出服务站，最近一次收到文件的时间",
}


def add_arguments(parser: options.Parser) -> None:
    """Describe the command line of `desk station`."""
    for name, deed in options.deeds(parser, DEEDS):
        if name == "add":
            deed.add_argument(
                "site", metavar="站点代码", help="4 至 8 位字母和数字，如 CYGB1；用过的不能再用"
            )
            deed.add_argument("file", metavar="文件", type=Path, help="登记文件写到哪里（须是新文件）")
            deed.add_argument(
                "--clerks", metavar="工号", required=True, help="服务站代办员，逗号分开，首位管理本站"
            )
            deed.add_argument(
                "--phone", metavar="电话", required=True, help="热线中心值班电话，站上传不到时打"
            )


def run(given: argparse.Namespace) -> int:
    """Do what the second word says."""
    with options.signed_in(given) as desk:
        if given.deed == "list":
            _list(given, stations(desk))
            return 0
        made = add_station(desk, given.site, given.clerks.split(","), given.phone, given.file)
        if given.is_json:
            terminal.say_json({"site": made.site, "unit": made.unit_code, "file": str(given.file)})
            return 0
        terminal.say(
            f"已登记服务站 {made.site}（{made.unit_code}），登记文件 {given.file}",
            f"下一步：把它带到该站，运行 desk init --station {given.file.name}；用后即删，里面有该站的密钥",
            f"请把密钥文件 {desk.database.path.with_suffix('.keys')} 另存一份：丢了它，交接文件和密件都打不开",
        )
    return 0


def _list(given: argparse.Namespace, rows: tuple[StationRow, ...]) -> None:
    for row in rows:
        heard = f"{local(row.heard_at):%Y-%m-%d %H:%M}" if row.heard_at else ""
        if given.is_json:
            terminal.say_json({"site": row.site, "unit": row.unit, "heard_at": heard or None})
        else:
            terminal.say(
                f"{terminal.fitted(row.site, 10)} {terminal.fitted(row.unit, 16)} 最近收到 {heard or '还没有'}"
            )
    if not rows and not given.is_json:
        terminal.say("还没有自带数据文件的服务站：用 desk station add 登记")
