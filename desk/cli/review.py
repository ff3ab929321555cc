"""`desk review reasons | check`: why replies were sent back, month by month; and the checker on a file of replies."""

import argparse
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from desk import reply_review, send_backs
from desk.cli import options, terminal
from desk.context import Desk
from desk.errors import BadInput
from desk.rules.reply_checks import Finding, Matter
from desk.rules.written_times import day_written

DEEDS = {
    "reasons": "退回原因：按原因、单位统计一个月",
    "check": "把一批答复对照一遍（.jsonl：title content reply，可有 accepted replied）",
}
_MOST_SHOWN = 40


def add_arguments(parser: options.Parser) -> None:
    """Describe the command line of `desk review`."""
    for name, deed in options.deeds(parser, DEEDS):
        if name == "reasons":
            deed.add_argument("--month", metavar="年-月", default="", help="哪个月，如 2026-11（默认本月）")
        else:
            deed.add_argument("file", metavar="文件", type=Path, help="每行一个 JSON 对象")


def run(given: argparse.Namespace) -> int:
    """Do what the second word says."""
    with options.signed_in(given) as desk:
        _reasons(desk, given) if given.deed == "reasons" else _check(desk, given)
    return 0


def _reasons(desk: Desk, given: argparse.Namespace) -> None:
    found = send_backs.figures(desk, given.month)
    if given.is_json:
        terminal.say_json(asdict(found))
        return
    for section in send_backs.in_words(found):
        terminal.say(section.heading)
        for line in section.lines:
            terminal.say(f"  {line}")


def _check(desk: Desk, given: argparse.Namespace) -> None:
    """One line for each reply: what an eye should rest on; nothing is kept or decided."""
    looked = marked = 0
    for number, row in _rows(given.file):
        found = reply_review.looked_at(desk, str(row["reply"]), _matter(row, number))
        looked, marked = looked + 1, marked + bool(found)
        if given.is_json:
            terminal.say_json({"line": number, "id": row.get("id", ""), "findings": list(map(_plain, found))})
        elif found:
            words = "；".join(each.words for each in found)
            terminal.say(f"第{number}行 {str(row['title'])[:_MOST_SHOWN]}：{words}")
    if not given.is_json:
        terminal.say(f"共 {looked} 件，有提示的 {marked} 件")


def _plain(finding: Finding) -> dict[str, Any]:
    return {"check": str(finding.check), "words": finding.words, "places": finding.places}


def _rows(file: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise BadInput(f"{file} 读不了：须是 UTF-8 的 .jsonl 文件", "文件") from None
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            yield number, _row(line, number)


def _row(line: str, number: int) -> Mapping[str, Any]:
    try:
        row = json.loads(line)
    except ValueError:
        row = None
    if not isinstance(row, dict) or not all(
        isinstance(row.get(key), str) for key in ("title", "content", "reply")
    ):
        raise BadInput(f"第 {number} 行不是带 title、content、reply 的 JSON 对象，请核对", "文件")
    return row


def _matter(row: Mapping[str, Any], number: int) -> Matter:
    def day(name: str) -> date | None:
        return day_written(str(row[name]), f"第 {number} 行 {name}") if row.get(name) else None

    return Matter(row["title"], row["content"], accepted_on=day("accepted"), today=day("replied"))
