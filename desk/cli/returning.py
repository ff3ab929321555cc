"""`desk returns`: the figures of 退单 and 协办 of a month, for the centre or for one's own unit."""

import argparse
from dataclasses import asdict
from typing import Any

from desk import co_handling, return_figures, return_words
from desk.cli import options, terminal
from desk.return_rows import ReturnFigures
from desk.rules.return_tally import Tally


def add_arguments(parser: options.Parser) -> None:
    """Describe the command line of `desk returns`."""
    parser.add_argument("--month", metavar="年-月", default="", help="哪个月，如 2026-11（默认本月）")
    options.add_json(parser)
    options.add_person(parser)


def run(given: argparse.Namespace) -> int:
    """Print the figures: the whole, unit by unit, person by person; with `--json` as one object."""
    with options.signed_in(given) as desk:
        figures = return_figures.figures(desk, given.month)
        helpers = co_handling.figures(desk, given.month)
    if given.is_json:
        terminal.say_json({**as_json(figures), "co_handling": [asdict(row) for row in helpers]})
        return 0
    for section in (*return_words.sections(figures), *co_handling.sections(helpers)):
        terminal.say(section.heading)
        for line in section.lines:
            terminal.say(f"  {line}")
    return 0


def as_json(figures: ReturnFigures) -> dict[str, Any]:
    """Return the figures as a JSON object; shares in percent, spans in minutes of office time."""
    return {
        "month": figures.month,
        "whose": figures.whose,
        "sent": figures.sent,
        "unsigned": figures.unsigned,
        "returned_percent": figures.returned_share,
        **_tally(figures.whole),
        "today": None if figures.today is None else {"sent": figures.sent_today, **_tally(figures.today)},
        "units": [
            {"unit": line.unit, "received": line.received, "unsigned": line.unsigned, **_tally(line.tally)}
            for line in figures.units
        ],
        "people": [
            {"name": line.name, "sent": line.sent, "wrong": line.wrong, "judged": _tally(line.judged)}
            for line in figures.people
        ],
    }


def _tally(tally: Tally) -> dict[str, Any]:
    return {
        "asked": tally.asked,
        "wrong": tally.wrong,
        "first_wrong": tally.first_wrong,
        "unfounded": tally.refused,
        "pending": tally.pending,
        "lapsed": tally.lapsed,
        "decided": tally.decided,
        "in_time_percent": tally.in_time_share,
        "late": tally.late,
        "mean_minutes": None if tally.mean is None else round(tally.mean.total_seconds() / 60, 1),
    }
