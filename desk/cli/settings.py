"""`desk settings list | set KEY VALUE`: the city's limits, hours, thresholds and word lists."""

import argparse
import json
from dataclasses import asdict

from desk import city_settings
from desk.city_settings import SettingRow
from desk.cli import options, terminal


def add_arguments(parser: options.Parser) -> None:
    """Describe the command line of `desk settings`."""
    deeds = parser.add_subparsers(
        dest="deed", metavar="list|set", required=True, parser_class=options.Parser, prog=parser.prog
    )
    listing = deeds.add_parser("list", help="列出设置")
    listing.add_argument("prefix", metavar="前缀", nargs="?", default="", help="只列以此开头的，如 sign.")
    setting = deeds.add_parser("set", help="修改一项设置，留下事件")
    setting.add_argument("key", metavar="设置", help="如 sign.normal_days")
    setting.add_argument("value", metavar="值", help="数字、文字或 JSON")
    for each in (listing, setting):
        options.add_json(each)
        options.add_person(each)


def run(given: argparse.Namespace) -> int:
    """List the settings or change one."""
    with options.signed_in(given) as desk:
        if given.deed == "set":
            row = city_settings.set_setting(desk, given.key, given.value)
            _tell(row, is_json=given.is_json)
            return 0
        for row in city_settings.all_settings(desk, given.prefix):
            _tell(row, is_json=given.is_json)
    return 0


def _tell(row: SettingRow, *, is_json: bool) -> None:
    if is_json:
        terminal.say_json(asdict(row))
        return
    value = json.dumps(row.value, ensure_ascii=False)
    note = f"（{row.note}）" if row.note else ""
    terminal.say(f"{row.key} = {value}  {row.title}{' ' + row.unit if row.unit else ''}{note}")
