"""`desk list`: a person's orders, most pressing first, as they stand on the screens."""

import argparse
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from db.codes import Channel, Status
from db.times import to_ms
from desk import house_units, lists, scopes
from desk.cli import options, terminal
from desk.codes import code_for, word
from desk.context import Desk
from desk.errors import BadInput
from desk.rows import OrderRow
from desk.rules.calendar import local
from desk.rules.lifecycle import ENDS
from desk.rules.time_words import time_left

_TITLE_CELLS, _UNIT_CELLS, _STATUS_CELLS, _MARK_CELLS = 36, 16, 12, 16


def add_arguments(parser: options.Parser) -> None:
    """Describe the command line of `desk list`."""
    parser.add_argument("--overdue", action="store_true", help="只列超期的")
    parser.add_argument("--pool", action="store_true", help="只列监测池里的（C级、D级）")
    parser.add_argument("--queue", metavar="状态", help="只列某一状态的，如 待派单、办理中")
    parser.add_argument("--unit", metavar="单位", help="只列某承办单位的（代码、全称或简称）")
    parser.add_argument("--limit", metavar="N", type=int, default=50, help="最多列几件（默认 50，0 为全部）")
    options.add_json(parser)
    options.add_person(parser)


def run(given: argparse.Namespace) -> int:
    """Print the orders, one a line, and how many more there are."""
    if given.limit < 0:
        raise BadInput("--limit 不能是负数；0 为全部", "--limit")
    status = _status(given.queue)
    with options.signed_in(given) as desk:
        where, parameters = _where(desk, given, status)
        total = lists.load(desk, where, **parameters).total
        for row in islice(_rows(desk, where, parameters), given.limit or None):
            _tell(row, desk.now(), is_json=given.is_json)
        if not given.is_json:
            _sum_up(total, given.limit)
    return 0


def _status(text: str | None) -> Status | None:
    if text is None:
        return None
    status = code_for(Status, text.strip())
    if status is None:
        known = "、".join(word(each) for each in Status)
        raise BadInput(f"--queue 没有状态“{text}”，可写：{known}", "--queue")
    return status


def _where(desk: Desk, given: argparse.Namespace, status: Status | None) -> tuple[str, dict[str, Any]]:
    where, parameters = scopes.of(desk.actor)
    if status in ENDS:
        where = where.removeprefix(f"{scopes.OPEN} AND ")
    conditions = [where]
    if status is not None:
        conditions.append("o.status = :status")
        parameters["status"] = str(status)
    if given.overdue:
        conditions.append("o.press_at < :now")
        parameters["now"] = to_ms(desk.now())
    if given.pool:
        conditions.append("o.pool_grade IS NOT NULL")
    if given.unit is not None:
        conditions.append(f"o.steward_id IN {scopes.UNITS_BELOW.replace(':unit_path', ':asked_path')}")
        parameters["asked_path"] = _unit_path(desk, given.unit) + "%"
    return " AND ".join(conditions), parameters


def _unit_path(desk: Desk, text: str) -> str:
    with desk.reading() as reader:
        return str(house_units.unit_named(reader, text, desk.actor.centre_path, may_be_part=True)["path"])


def _rows(desk: Desk, where: str, parameters: dict[str, Any]) -> Iterator[OrderRow]:
    """Yield the orders, fetched a page at a time."""
    offset = 0
    while True:
        page = lists.load(desk, where, offset=offset, **parameters)
        yield from page.rows
        offset += len(page.rows)
        if not page.rows or offset >= page.total:
            return


def _tell(row: OrderRow, now: datetime, *, is_json: bool) -> None:
    if is_json:
        terminal.say_json(as_json(row, now))
        return
    title = terminal.fitted(row.listed_title, _TITLE_CELLS)
    unit = terminal.fitted(row.steward or "-", _UNIT_CELLS)
    status = terminal.fitted(word(row.status), _STATUS_CELLS)
    mark = terminal.fitted(mark_of(row, now), _MARK_CELLS)
    terminal.say(f"{row.order_no}  {mark} {status} {word(row.kind)}  {title} {unit}".rstrip())


def mark_of(row: OrderRow, now: datetime) -> str:
    """Return what stands out about an order, in words: `应急`, `!D级`, `C级`, time left or overdue."""
    left = time_left(row.press_at, now) if row.press_at is not None else ""
    pool = {"D": "!D级", "C": "C级"}.get(str(row.pool_grade), "")
    return " ".join(part for part in ("应急" if row.sort_rank == 0 else "", pool, left) if part)


def as_json(row: OrderRow, now: datetime) -> dict[str, Any]:
    """Return a list row as a JSON object, times in China's zone."""
    channel = code_for(Channel, row.channel)
    return {
        "order_no": row.order_no,
        "query_code": row.query_code,
        "title": row.title,
        "marks": [word(mark) for mark in row.marks],
        "kind": word(row.kind),
        "urgency": word(row.urgency),
        "status": word(row.status),
        "channel": word(channel) if channel else row.channel,
        "area": row.area,
        "unit": row.steward,
        "section": row.section,
        "handler": row.handler,
        "grade": row.grade and str(row.grade),
        "pool": row.pool_grade and str(row.pool_grade),
        "round": row.round,
        "accepted_at": _iso(row.accepted_at),
        "due_at": _iso(row.press_at),
        "unit_due_at": _iso(row.unit_due_at),
        "citizen_due_at": _iso(row.citizen_due_at),
        "provisional": row.is_due_provisional,
        "overdue": row.is_overdue,
        "left": time_left(row.press_at, now) if row.press_at else "",
    }


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else local(moment).isoformat(timespec="seconds")


def _sum_up(total: int, limit: int) -> None:
    if not total:
        terminal.say("没有符合条件的工单")
    elif limit and total > limit:
        terminal.say(f"共 {total} 件，已列出 {limit} 件；加 --limit 0 列出全部")
    else:
        terminal.say(f"共 {total} 件")
