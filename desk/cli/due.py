"""`desk due KIND --from TIME`: by when, and how it was counted. Needs no store and nobody signed in."""

import argparse
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from db.codes import OrderKind, Urgency
from desk import settings
from desk.cli import options, terminal
from desk.codes import code_for, word
from desk.errors import BadInput
from desk.rules import deadlines
from desk.rules.calendar import local
from desk.rules.counting import NOT_ANNOUNCED
from desk.rules.deadlines import Due
from desk.rules.written_times import moment_written
from desk.settings import Settings

C = TypeVar("C", bound=StrEnum)

NO_LIMIT = "不设时限"


def add_arguments(parser: options.Parser) -> None:
    """Describe the command line of `desk due`."""
    kinds = "、".join(word(kind) for kind in OrderKind)
    parser.add_argument("kind", metavar="诉求类型", help=kinds)
    parser.add_argument(
        "--from", dest="start", metavar="时间", required=True, help="派单时间，如 2026-09-30T10:00"
    )
    parser.add_argument(
        "--urgency", metavar="紧急程度", default=word(Urgency.NORMAL), help="一般、紧急、特急"
    )
    options.add_store(parser)
    options.add_json(parser)


@dataclass(frozen=True, slots=True)
class _Question:
    """What was asked: the kind of order, how urgent, dispatched when (aware)."""

    kind: OrderKind
    urgency: Urgency
    start: datetime


def run(given: argparse.Namespace) -> int:
    """Print 单位时限, then how it was counted, then the limits of the steps before it."""
    asked = _Question(
        _code(OrderKind, given.kind, "诉求类型"),
        _code(Urgency, given.urgency, "--urgency"),
        moment_written(given.start, "--from "),
    )
    city = _settings(given)
    limits, calendar = city.limits, city.calendar
    due = deadlines.unit_due(asked.kind, asked.urgency, asked.start, limits, calendar)
    steps = [
        ("签收", deadlines.sign_due(asked.urgency, asked.start, limits, calendar)),
        ("首次联系", deadlines.contact_due(asked.urgency, asked.start, limits, calendar)),
    ]
    known = [(name, step) for name, step in steps if step is not None and due is not None]
    if given.is_json:
        terminal.say_json(_as_json(asked, due) | {"steps": [_step(name, step) for name, step in known]})
    else:
        terminal.say(_first_line(due), *(due.explanation for due in (due,) if due is not None))
        terminal.say(*(step.explanation for _, step in known))
    return 0


def _code(codes: type[C], text: str, field: str) -> C:
    code = code_for(codes, text.strip())
    if code is None:
        raise BadInput(f"{field} 不认识“{text}”，可写：{'、'.join(word(each) for each in codes)}", field)
    return code


def _settings(given: argparse.Namespace) -> Settings:
    """Return the settings of the store, where there is one; else those of the practice rules."""
    opening = options.existing(given) if given.store else options.opened(given)
    if opening.is_new:
        return Settings({})
    try:
        with opening.database.read() as reader:
            return settings.load(reader)
    finally:
        opening.database.close()


def _first_line(due: Due | None) -> str:
    if due is None:
        return NO_LIMIT
    mark = f" {NOT_ANNOUNCED}" if due.provisional else ""
    return f"{local(due.at):%Y-%m-%d %H:%M}{mark}"


def _as_json(asked: _Question, due: Due | None) -> dict[str, object]:
    question = {"kind": word(asked.kind), "urgency": word(asked.urgency), "from": _iso(asked.start)}
    if due is None:
        return {**question, "due_at": None, "provisional": False, "explanation": NO_LIMIT}
    return {**question, **_step("", due), "calendar": due.calendar_version}


def _step(name: str, due: Due) -> dict[str, object]:
    named = {"step": name} if name else {}
    return {**named, "due_at": _iso(due.at), "provisional": due.provisional, "explanation": due.explanation}


def _iso(moment: datetime) -> str:
    return local(moment).isoformat(timespec="minutes")
