"""`desk channel list | show | save | remove`: the saved 列对照 by which a channel's files are read and answered."""

import argparse
from pathlib import Path

from desk import channels, importing
from desk.channels import MapRow
from desk.cli import options, terminal
from desk.codes import word
from desk.errors import BadInput
from desk.words import moment

DEEDS = {
    "list": "列出已保存的列对照",
    "show": "逐列查看一个列对照",
    "save": "保存列对照，同名的以新换旧",
    "remove": "移除列对照，已导入的工单不受影响",
}


def add_arguments(parser: options.Parser) -> None:
    """Describe the command line of `desk channel`."""
    for name, deed in options.deeds(parser, DEEDS):
        if name != "list":
            deed.add_argument("name", metavar="名称", help="如 省平台；与渠道同名的，导入该渠道时就用它")
        if name == "save":
            _add_columns(deed)


def _add_columns(deed: argparse.ArgumentParser) -> None:
    deed.add_argument("--of", metavar="渠道", default="", help="哪个渠道的；名称就是渠道的可不写")
    deed.add_argument("--from", dest="sample", metavar="样表", type=Path, help="按它的表头，认得的列自动对上")
    deed.add_argument(
        "--map",
        dest="pairs",
        metavar="字段=列名",
        action="append",
        default=[],
        help="如 编号=工单号；可写多次；列名空着就不读这个字段",
    )


def run(given: argparse.Namespace) -> int:
    """Do what the second word says."""
    with options.signed_in(given) as desk:
        if given.deed == "list":
            _list(given, channels.all_maps(desk))
        elif given.deed == "show":
            _show(given, channels.map_shown(desk, given.name))
        elif given.deed == "save":
            heads = _heads(given)
            _show(given, channels.save_map(desk, given.name, given.of, given.pairs, heads), "已保存：")
        else:
            _show(given, channels.remove_map(desk, given.name), "已移除：")
    return 0


def _heads(given: argparse.Namespace) -> tuple[str, ...]:
    """The columns of the sample; none without one. Raises BadInput for a column that the sample does not have."""
    if given.sample is None:
        return ()
    table = importing.read_table(given.sample)
    heads = table.heads or tuple(dict.fromkeys(name for line in table.lines for name in line.fields))
    strange = channels.not_in_sample(heads, given.pairs)
    if strange:
        raise BadInput(f"{given.sample.name} 没有列：{'、'.join(strange)}", "--map")
    return heads


def _list(given: argparse.Namespace, rows: tuple[MapRow, ...]) -> None:
    for row in rows:
        if given.is_json:
            terminal.say_json(_as_json(row))
            continue
        mapped = sum(bool(field) for _, field in row.columns)
        terminal.say(
            f"{terminal.fitted(row.name, 24)} {terminal.fitted(word(row.channel), 10)}"
            f" {mapped} 列对上，共 {len(row.columns)} 列  {row.saved_by} {moment(row.saved_at)}"
        )
    if not rows and not given.is_json:
        terminal.say("还没有保存列对照：用 desk channel save 名称 --from 样表 保存")


def _show(given: argparse.Namespace, row: MapRow, done: str = "") -> None:
    if given.is_json:
        terminal.say_json(_as_json(row))
        return
    terminal.say(f"{done}{row.name}（{word(row.channel)}）")
    terminal.say(*(f"  {terminal.fitted(head, 24)} {field or '不读'}" for head, field in row.columns))


def _as_json(row: MapRow) -> dict[str, object]:
    return {
        "name": row.name,
        "channel": str(row.channel),
        "columns": [{"column": head, "field": field} for head, field in row.columns],
        "saved_at": moment(row.saved_at),
        "saved_by": row.saved_by,
    }
