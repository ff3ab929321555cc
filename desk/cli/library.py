"""`desk case list | show | search`: the 典型案例, as their reader finds them on the screens."""

import argparse
import re
from dataclasses import asdict
from typing import Any

from desk import cases
from desk.case_rows import CasePage, CaseRow
from desk.cli import options, terminal
from desk.context import Desk
from desk.errors import BadInput
from desk.rules.calendar import local

DEEDS = {
    "list": "列出案例，新发布的在前",
    "show": "显示一个案例的全部",
    "search": "按文字查案例",
}
_NUMBER = re.compile(r"(?:AL-?)?([0-9]{1,9})", re.IGNORECASE)
_TITLE_CELLS = 44


def add_arguments(parser: options.Parser) -> None:
    """Describe the command line of `desk case`."""
    for name, deed in options.deeds(parser, DEEDS):
        if name == "show":
            deed.add_argument("case_no", metavar="案例编号", help="如 AL-0007")
        else:
            deed.add_argument("--limit", metavar="N", type=int, default=50, help="最多列几个（0 为全部）")
        if name == "search":
            deed.add_argument("text", metavar="文字", help="标题、诉求里的字")


def run(given: argparse.Namespace) -> int:
    """Do what the second word says."""
    with options.signed_in(given) as desk:
        if given.deed == "show":
            _show(given, desk)
        else:
            _list(given, desk, getattr(given, "text", ""))
    return 0


def key_of(text: str) -> int:
    """Return the key of a case that is written `AL-0007`, `al7` or `7`. Raises BadInput."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        raise BadInput(f"案例编号“{text.strip()[:20]}”看不懂，请写成 AL-0007", "案例编号")
    return int(found[1])


def _show(given: argparse.Namespace, desk: Desk) -> None:
    whole = cases.full(desk, key_of(given.case_no))
    if given.is_json:
        terminal.say_json({**_as_json(whole.row), **asdict(whole.text), "facts": list(whole.facts)})
    else:
        terminal.say(*whole.as_lines)


def _list(given: argparse.Namespace, desk: Desk, text: str) -> None:
    if given.limit < 0:
        raise BadInput("--limit 不能是负数；0 为全部", "--limit")
    told, found = 0, cases.page(desk, text)
    total = found.total
    while found.rows and (not given.limit or told < given.limit):
        told += _tell(given, found, given.limit - told if given.limit else len(found.rows))
        found = cases.page(desk, text, told)
    if not given.is_json:
        terminal.say(f"共 {total} 个案例" + (f"，已列出 {told} 个" if told < total else ""))


def _tell(given: argparse.Namespace, found: CasePage, most: int) -> int:
    for row in found.rows[:most]:
        terminal.say_json(_as_json(row)) if given.is_json else terminal.say(_line(row))
    return len(found.rows[:most])


def _line(row: CaseRow) -> str:
    waits = "" if row.is_published else "  待发布"
    return (
        f"{row.case_no}  {terminal.fitted(row.title, _TITLE_CELLS)} {row.unit} {row.section}".rstrip() + waits
    )


def _as_json(row: CaseRow) -> dict[str, Any]:
    return {
        "case_no": row.case_no,
        "title": row.title,
        "unit": row.unit,
        "section": row.section,
        "published": row.is_published,
        "made_at": local(row.made_at).isoformat(timespec="seconds"),
    }
