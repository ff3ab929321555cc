"""`desk press` puts to the units what a rule says is due (for a timer); `desk pressure` lists 催办 and 督办 and their answers."""

import argparse
from dataclasses import asdict
from datetime import datetime
from typing import Any

from db.codes import PressureLevel
from desk import pressure_by_rule, pressure_listing
from desk.cli import options, terminal
from desk.codes import code_for, word
from desk.errors import BadInput
from desk.pressure_rows import PressureRow
from desk.rules.calendar import local


def add_press_arguments(parser: options.Parser) -> None:
    """Describe the command line of `desk press`."""
    options.add_store(parser)
    options.add_json(parser)


def run_press(given: argparse.Namespace) -> int:
    """自动催办督办 for every centre of the store. Nobody signs in for it: a rule does it."""
    opening = options.existing(given)
    try:
        count = pressure_by_rule.press_all(opening)
    finally:
        opening.database.close()
    if given.is_json:
        terminal.say_json({"pressed": count})
    else:
        terminal.say(f"自动催办督办 {count} 件" if count else "没有到档的工单")
    return 0


def add_arguments(parser: options.Parser) -> None:
    """Describe the command line of `desk pressure`."""
    levels = "、".join(word(level) for level in PressureLevel)
    parser.add_argument("--level", metavar="级别", default="", help=f"这一级及以上的：{levels}")
    parser.add_argument("--late", action="store_true", help="只列逾期的")
    parser.add_argument("--answered", action="store_true", help="连同已回复、已评价的")
    parser.add_argument("--most", metavar="条", type=int, default=200, help="最多几条（默认 200）")
    options.add_person(parser)
    options.add_json(parser)


def run(given: argparse.Namespace) -> int:
    """List what waits for an answer or its judgement, what waits longest first."""
    level = code_for(PressureLevel, given.level.strip()) if given.level.strip() else None
    if given.level.strip() and level is None:
        known = "、".join(word(each) for each in PressureLevel)
        raise BadInput(f"--level 不认识“{given.level.strip()}”，可写：{known}", "--level")
    with options.signed_in(given) as desk:
        rows = pressure_listing.pressures(
            desk,
            level=level,
            only_late=given.late,
            with_answered=given.answered,
            most=max(given.most, 0),
        )
        now = desk.now()
    for row in rows:
        terminal.say_json(_fields(row, now)) if given.is_json else terminal.say(_line(row, now))
    if not rows and not given.is_json:
        terminal.say("没有这样的催办、督办")
    return 0


def _fields(row: PressureRow, now: datetime) -> dict[str, Any]:
    plain = {
        name: local(value).isoformat(timespec="seconds") if isinstance(value, datetime) else value
        for name, value in asdict(row).items()
    }
    return {**plain, "is_late": row.is_late(now)}


def _line(row: PressureRow, now: datetime) -> str:
    level = f"（{word(row.level)}）" if row.level else ""
    due = f"限 {local(row.due_at):%m-%d %H:%M}" if row.due_at else ""
    head = f"{row.order_no}  {terminal.fitted(f'{word(row.kind)}{level}', 18)} {row.unit}  {due}"
    late = "  !逾期" if row.is_late(now) else ""
    answer = (
        f"  {local(row.answered_at):%m-%d %H:%M} {row.answered_by}回复：{row.answer}"
        if row.answered_at
        else ""
    )
    return f"{head}{late}  {row.asked_by}：{row.words}{answer}{_judged(row)}"


def _judged(row: PressureRow) -> str:
    if row.answered_at is None or row.is_accepted is None:
        return ""
    return "（认可）" if row.is_accepted else "（不认可）"
