"""`desk report list | show | save`: 快报, 专报 and 预警快报, for who may see them."""

import argparse
from dataclasses import asdict
from pathlib import Path

from desk import reports
from desk.cli import options, terminal
from desk.codes import word
from desk.errors import BadInput
from desk.reports import ReportRow
from desk.rules.calendar import local

DEEDS = {
    "list": "该报的、待签发的、已签发的",
    "show": "一份报告的全文和送阅情况（Markdown）",
    "save": "存成文件（.docx .md）",
}


def add_arguments(parser: options.Parser) -> None:
    """Describe the command line of `desk report`."""
    for name, deed in options.deeds(parser, DEEDS):
        if name != "list":
            deed.add_argument("key", metavar="编号", type=int, help="desk report list 里的编号")
        if name == "save":
            deed.add_argument("file", metavar="文件", type=Path)
            deed.add_argument("--force", action="store_true", help="文件已存在时覆盖")


def run(given: argparse.Namespace) -> int:
    """Do what the second word says."""
    with options.signed_in(given) as desk:
        if given.deed == "save":
            path = reports.save(desk, given.key, given.file.absolute(), may_overwrite=given.force)
            terminal.say_json({"file": str(path)}) if given.is_json else terminal.say(f"已存 {path}")
            return 0
        rows = reports.page(desk)
    if given.deed == "list":
        _list(given, rows)
        return 0
    found = next((row for row in rows if row.id == given.key and row.id), None)
    if found is None:
        raise BadInput(f"没有编号为 {given.key} 的报告，请用 desk report list 核对", "编号")
    terminal.say_json(terminal.plain(asdict(found))) if given.is_json else terminal.say(_text(found))
    return 0


def _list(given: argparse.Namespace, rows: tuple[ReportRow, ...]) -> None:
    for row in rows:
        terminal.say_json(terminal.plain(asdict(row))) if given.is_json else terminal.say(_line(row))
    if not rows and not given.is_json:
        terminal.say("没有该报的，也没有报告")


def _line(row: ReportRow) -> str:
    state = row.number or (row.why or "待签发")
    due = f"  限 {local(row.due_at):%m-%d %H:%M}" if row.due_at and row.approved_at is None else ""
    parts = (
        f"{row.id or '':>4}",
        terminal.fitted(state, 24),
        word(row.kind),
        row.stage,
        row.title,
        row.order_no,
    )
    return f"{'  '.join(part for part in parts if part)}{due}"


def _text(row: ReportRow) -> str:
    sent = [
        f"- {each.name} {each.way} {'已阅' if each.read_at else '未阅'}{f'，批示：{each.instruction}' if each.instruction else ''}"
        for each in row.readers
    ]
    return reports.markdown(row) + ("\n".join(["", "送阅：", *sent]) if sent else "")
