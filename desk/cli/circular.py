"""`desk circular list | show | draft | approve | send | save`: 督查通报 of a week, a month or any days (practice P30)."""

import argparse
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from desk import circulars
from desk.circular_rows import CircularRow
from desk.cli import options, terminal
from desk.context import Desk
from desk.rules import circulars as rules
from desk.rules.calendar import local

DEEDS = {
    "list": "草稿和已签发的，承办单位看到的是发给本单位的",
    "show": "一份通报的全文、各单位数据、正反面典型、签收情况",
    "draft": "拟稿：数据和典型按规则算好；不写时段即上个整月",
    "approve": "签发：不能是拟稿人",
    "send": "印发：不写单位即发给本期有数据的单位",
    "read": "签收（承办单位）",
    "recount": "草稿重算数据、重选典型",
    "save": "存成 .docx",
}


def add_arguments(parser: options.Parser) -> None:
    """Describe the command line of `desk circular`."""
    for name, deed in options.deeds(parser, DEEDS):
        if name not in ("list", "draft"):
            deed.add_argument("key", metavar="编号", type=int, help="desk circular list 里的编号")
        if name == "draft":
            deed.add_argument("--week", action="store_true", help="上个整周")
            deed.add_argument(
                "--from", dest="first", metavar="日期", default="", help="第一天，如 2026-11-01"
            )
            deed.add_argument("--until", dest="last", metavar="日期", default="", help="最后一天（含）")
        if name == "send":
            deed.add_argument("units", metavar="单位代码", nargs="*", help="另发给这些单位")
        if name == "save":
            deed.add_argument("file", metavar="文件", type=Path)
            deed.add_argument("--force", action="store_true", help="文件已存在时覆盖")


def run(given: argparse.Namespace) -> int:
    """Do what the second word says."""
    with options.signed_in(given) as desk:
        if given.deed == "list":
            _list(given, circulars.page(desk).rows)
        elif given.deed == "save":
            path = circulars.save(desk, given.key, given.file.absolute(), may_overwrite=given.force)
            terminal.say_json({"file": str(path)}) if given.is_json else terminal.say(f"已存 {path}")
        else:
            _say(given, desk, _DOES[given.deed](desk, given))
    return 0


def _draft(desk: Desk, given: argparse.Namespace) -> CircularRow:
    is_any = bool(given.first or given.last)
    kind = rules.ANY if is_any else rules.WEEK if given.week else rules.MONTH
    return circulars.draft(desk, kind, given.first, given.last)


_DOES: dict[str, Callable[[Desk, argparse.Namespace], CircularRow]] = {
    "show": lambda desk, given: circulars.one(desk, given.key),
    "draft": _draft,
    "approve": lambda desk, given: circulars.approve(desk, given.key),
    "send": lambda desk, given: circulars.send(desk, given.key, given.units),
    "read": lambda desk, given: circulars.mark_read(desk, given.key),
    "recount": lambda desk, given: circulars.recount(desk, given.key),
}


def _list(given: argparse.Namespace, rows: tuple[CircularRow, ...]) -> None:
    for row in rows:
        terminal.say_json(_fields(row)) if given.is_json else terminal.say(_line(row))
    if not rows and not given.is_json:
        terminal.say("没有通报")


def _line(row: CircularRow) -> str:
    read = f"  已签收 {row.read_count}/{len(row.readers)}" if row.readers else ""
    return f"{row.id:>4}  {terminal.fitted(row.number or row.state, 26)} {row.title}  {row.state}{read}"


def _say(given: argparse.Namespace, desk: Desk, row: CircularRow) -> None:
    if given.is_json:
        terminal.say_json(_fields(row))
        return
    terminal.say(_line(row))
    if given.deed in ("show", "draft", "recount"):
        terminal.say(*_text(desk, row))


def _text(desk: Desk, row: CircularRow) -> list[str]:
    said = [f"【{label}】{row.words[name]}" for name, label in rules.FIELDS.items() if row.words.get(name)]
    figures = (*rules.TIMELINESS, *rules.QUALITY)
    lines = [
        f"{terminal.fitted(line.name, 14)} "
        + "  ".join(f"{figure.name} {line.text(figure)}" for figure in figures)
        for line in row.lines
    ]
    chosen = [
        f"{'正面' if each.is_good else '反面'} {each.order_no} {each.unit}：{each.why}"
        for each in row.examples
    ]
    readers = [
        f"{each.unit} {f'{local(each.read_at):%m-%d %H:%M} {each.read_by} 签收' if each.read_at else '未签收'}"
        for each in row.readers
    ]
    changed = circulars.differences(desk, row.id) if row.approved_at and row.examples else ()
    note = [f"现在重算与签发时不同的：{'、'.join(changed)}"] if changed else []
    return [*said, *lines, *chosen, *readers, *note]


def _fields(row: CircularRow) -> dict[str, Any]:
    plain = _plain(asdict(row))
    return {**plain, "state": row.state, "read_count": row.read_count}


def _plain(value: Any) -> Any:
    """The same with moments as text, in China's time."""
    if isinstance(value, dict):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return local(value).isoformat(timespec="seconds") if isinstance(value, datetime) else value
