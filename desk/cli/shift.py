"""`desk shift`: 当班, the page of 班长, as lines or as one object for a wall display."""

import argparse
from typing import Any

from desk import shift_board
from desk.cli import options, terminal
from desk.rules.calendar import local
from desk.shift_rows import KINDS, BehindRow, Board, BoardLine


def add_arguments(parser: options.Parser) -> None:
    """Describe the command line of `desk shift`."""
    parser.add_argument("--behind", metavar="行", default="", help="列出一行后面的：--json 里的 key")
    options.add_json(parser)
    options.add_person(parser)


def run(given: argparse.Namespace) -> int:
    """Print the page, or what is behind one of its lines."""
    with options.signed_in(given) as desk:
        if given.behind:
            for row in shift_board.behind(desk, given.behind):
                terminal.say_json(_as_row(row)) if given.is_json else terminal.say(_row_words(row))
            return 0
        found = shift_board.board(desk)
    if given.is_json:
        terminal.say_json(_as_board(found))
    else:
        terminal.say(found.shift, *map(_words, found.lines))
    return 0


def _words(line: BoardLine) -> str:
    since = f"自 {local(line.since):%m-%d %H:%M}" if line.since else ""
    parts = (
        "!" if line.is_alarming else " ",
        terminal.fitted(KINDS[line.kind], 6),
        terminal.fitted(line.what, 24),
        terminal.fitted(since, 14),
        line.words,
    )
    return " ".join(parts).rstrip()


def _row_words(row: BehindRow) -> str:
    at = f"{local(row.at):%m-%d %H:%M}" if row.at else ""
    return "  ".join(part for part in (terminal.fitted(at, 11), row.who, row.words, row.order_no) if part)


def _as_board(found: Board) -> dict[str, Any]:
    figures = found.figures
    return {
        "shift": found.shift,
        "begins": local(found.begins).isoformat(timespec="seconds"),
        "calls": {
            "offered": figures.offered,
            "answered": figures.answered,
            "missed": figures.missed,
            "waiting": figures.waiting,
            "running": figures.running,
            "called_out": figures.called_out,
            "ended": figures.ended,
            "summarised": figures.summarised,
            "timed": figures.timed,
            "in_time": figures.in_time,
            "answered_share": figures.answered_share,
            "in_time_share": figures.in_time_share,
        },
        "lines": [
            {
                "kind": str(line.kind),
                "key": line.key,
                "what": line.what,
                "words": line.words,
                "since": line.since and local(line.since).isoformat(timespec="seconds"),
                "is_alarming": line.is_alarming,
                "order_no": line.order_no,
            }
            for line in found.lines
        ],
    }


def _as_row(row: BehindRow) -> dict[str, Any]:
    at = row.at and local(row.at).isoformat(timespec="seconds")
    return {"key": row.key, "at": at, "who": row.who, "words": row.words, "order_no": row.order_no}
