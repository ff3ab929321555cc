"""`desk hotline-day`: the centre's 热线日, its agenda, decisions, 长期事项 and sessions, as the page of F3 shows them."""

import argparse
from datetime import datetime
from typing import Any

from desk import hotline_day
from desk.cli import options, terminal
from desk.codes import word
from desk.context import Desk
from desk.hotline_rows import Board, DayLine, DayRow
from desk.rules.calendar import local
from desk.rules.time_words import time_left
from desk.words import moment

_LISTS = {"议程": "agenda", "决定": "decisions", "长期": "long_term", "场次": "days"}
_TITLE_CELLS, _UNIT_CELLS, _DUE_CELLS = 32, 16, 12


def add_arguments(parser: options.Parser) -> None:
    """Describe the command line of `desk hotline-day`."""
    parser.add_argument(
        "what",
        metavar="内容",
        nargs="?",
        default="议程",
        choices=tuple(_LISTS),
        help="议程（默认）、决定、长期、场次",
    )
    options.add_json(parser)
    options.add_person(parser)


def run(given: argparse.Namespace) -> int:
    """Print the board, then one line for each order or session."""
    with options.signed_in(given) as desk:
        board = hotline_day.board(desk)
        rows = _rows(desk, _LISTS[given.what])
        now = desk.now()
    if given.is_json:
        for row in rows:
            terminal.say_json(_as_json(row, now))
        return 0
    _tell_board(board)
    for row in rows:
        terminal.say(_of_day(row) if isinstance(row, DayRow) else _of_order(row, now))
    if not rows:
        terminal.say(f"{given.what}：没有")
    return 0


def _rows(desk: Desk, tab: str) -> tuple[DayRow, ...] | tuple[DayLine, ...]:
    return hotline_day.days(desk) if tab == "days" else hotline_day.lines(desk, tab)


def _tell_board(board: Board) -> None:
    figures = board.figures
    coming = board.coming
    when = (
        f"下一期 {moment(coming.planned_at)} {coming.leader} {coming.place}" if coming else "还没有安排下一期"
    )
    terminal.say(f"{board.name}：{board.warning or when}")
    terminal.say(f"今年已开 {figures.sessions} 期，调度 {figures.orders} 件，解决 {figures.solved} 件")


def _of_day(row: DayRow) -> str:
    held = f"已召开 {moment(row.held_at)}" if row.held_at else "待召开"
    return (
        f"{moment(row.planned_at)}  {row.leader}  {row.place}  议程 {row.orders} 决定 {row.decisions}  {held}"
    )


def _of_order(row: DayLine, now: datetime) -> str:
    way = f"{word(row.way)} " if row.way else ""
    title, unit = terminal.fitted(row.title, _TITLE_CELLS), terminal.fitted(row.steward or "-", _UNIT_CELLS)
    due = terminal.fitted(_due(row, now), _DUE_CELLS) if row.due_at else ""
    return f"{row.order_no}  {due}{title} {unit} {way}{row.leader} {row.words}".rstrip()


def _due(row: DayLine, now: datetime) -> str:
    if row.done_at is not None:
        return "已落实"
    return time_left(row.due_at, now) if row.due_at else ""


def _as_json(row: DayRow | DayLine, now: datetime) -> dict[str, Any]:
    if isinstance(row, DayRow):
        return {
            "planned_at": _iso(row.planned_at),
            "leader": row.leader,
            "place": row.place,
            "held_at": _iso(row.held_at),
            "orders": row.orders,
            "decisions": row.decisions,
        }
    return {
        "order_no": row.order_no,
        "title": row.title,
        "unit": row.steward,
        "status": word(row.status),
        "reason": word(row.reason) if row.reason else None,
        "way": word(row.way) if row.way else None,
        "leader": row.leader,
        "words": row.words,
        "due_at": _iso(row.due_at),
        "left": _due(row, now),
        "done_at": _iso(row.done_at),
        "note": row.note,
    }


def _iso(at: datetime | None) -> str | None:
    return None if at is None else local(at).isoformat(timespec="seconds")
