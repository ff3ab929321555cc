"""`desk special-seats list | show | figures | slots`: 专席办件 and 预约上门 without the terminal desk."""

import argparse
from typing import Any

from desk import special_seats
from desk.cli import options, terminal
from desk.codes import word
from desk.rows import CardSection
from desk.rules.calendar import local
from desk.special_rows import ApplicationRow, SeatFigures

DEEDS = {
    "list": "列出待办的办件（--all 含已办完的）",
    "show": "查看一件办件，证件号和账号遮蔽",
    "figures": "统计一段时间的办件和上门",
    "slots": "列出单位最近可约的上门时段",
}
_WINDOW = 100


def add_arguments(parser: options.Parser) -> None:
    """Describe the command line of `desk special-seats`."""
    for name, deed in options.deeds(parser, DEEDS):
        if name == "list":
            deed.add_argument("--all", dest="is_whole", action="store_true", help="含已办完、撤回的")
        if name == "show":
            deed.add_argument("number", metavar="办件号", help="如 CY01-ZX20261123-0001")
        if name == "figures":
            deed.add_argument("--from", dest="first", metavar="日期", default="", help="默认本月 1 日")
            deed.add_argument("--until", dest="last", metavar="日期", default="", help="含当日，默认今天")
        if name == "slots":
            deed.add_argument("unit", metavar="单位", help="代码、简称或全称")
            deed.add_argument("--from", dest="first", metavar="日期", default="", help="默认明天")


def run(given: argparse.Namespace) -> int:
    """Do what the second word says."""
    with options.signed_in(given) as desk:
        if given.deed == "list":
            _list(given, _rows(desk, is_whole=given.is_whole))
        elif given.deed == "show":
            paper = special_seats.paper(desk, given.number)
            _tell(given, _fields(paper.row), paper.sections)
        elif given.deed == "figures":
            found = special_seats.figures(desk, given.first, given.last)
            _tell(given, _figures(found), special_seats.in_words(found))
        else:
            for slot in special_seats.next_free(desk, given.unit, given.first):
                fields = {"day": slot.day.isoformat(), "half": str(slot.half)}
                terminal.say_json(fields) if given.is_json else terminal.say(slot.words)
    return 0


def _rows(desk: Any, *, is_whole: bool) -> list[ApplicationRow]:
    rows: list[ApplicationRow] = []
    while True:
        page = special_seats.page(desk, len(rows), is_whole=is_whole)
        rows += page.rows
        if len(page.rows) < _WINDOW:
            return rows


def _list(given: argparse.Namespace, rows: list[ApplicationRow]) -> None:
    for row in rows:
        terminal.say_json(_fields(row)) if given.is_json else terminal.say(_line(row))
    if not rows and not given.is_json:
        terminal.say("没有待办的办件：--all 列出全部，登记在受理页按 ^W")


def _tell(given: argparse.Namespace, fields: dict[str, Any], sections: tuple[CardSection, ...]) -> None:
    if given.is_json:
        terminal.say_json(fields)
        return
    for section in sections:
        terminal.say(section.heading)
        for line in section.lines:
            terminal.say(f"  {line}")


def _fields(row: ApplicationRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "form": str(row.form),
        "state": str(row.state),
        "name": row.name,
        "unit": row.unit,
        "registered_at": local(row.registered_at).isoformat(timespec="seconds"),
        "due_at": local(row.due_at).isoformat(timespec="seconds") if row.due_at else None,
        "is_overdue": row.is_overdue,
        "slot": row.slot,
        "is_to_tell": bool(row.to_tell),
    }


def _figures(found: SeatFigures) -> dict[str, Any]:
    return {
        "whose": found.whose,
        "from": found.first,
        "until": found.last,
        "forms": {
            str(each.form): {
                "filed": each.filed,
                "amended": each.amended,
                "late": each.late,
                **{str(state): count for state, count in each.by_state.items()},
            }
            for each in found.forms
        },
        "visits": found.visits,
        "told": found.told,
        "calls": found.calls,
    }


def _line(row: ApplicationRow) -> str:
    when = row.slot or (
        f"{'超期 ' if row.is_overdue else ''}{local(row.due_at):%m-%d %H:%M}" if row.due_at else ""
    )
    state = "待回电" if row.to_tell else word(row.state)
    return (
        f"{row.number}  {terminal.fitted(word(row.form), 12)}  {terminal.fitted(state, 8)}  "
        f"{terminal.fitted(row.unit, 12)}  {terminal.fitted(row.name, 8)}  {when}"
    ).rstrip()
