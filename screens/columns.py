"""The columns that every list of orders draws alike: overdue and D-level stand out everywhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from desk import codes
from desk.rows import OrderRow
from desk.rules.text import address
from desk.rules.time_words import time_left
from screens.cells import CellText, day_time, due_cell, grade_cell
from screens.widgets.columns import Column

OrderColumn = Column[OrderRow]


def short_number(order_no: str) -> str:
    """`1123-0042` for `CY01-20261123-0042`: what tells one order from another on a list."""
    _, _, rest = order_no.partition("-")
    day, _, count = rest.partition("-")
    return f"{day[4:]}-{count}" if count else order_no


def left_cell(due_at: datetime | None, now: datetime) -> CellText:
    """The time left until `due_at` in words and colour; nothing when no clock runs."""
    return "" if due_at is None else due_cell(time_left(due_at, now))


def number() -> OrderColumn:
    """The short order number."""
    return Column("工单号", 10, lambda row: short_number(row.order_no))


def kind() -> OrderColumn:
    """诉求类型."""
    return Column("类型", 4, lambda row: codes.word(row.kind))


def status() -> OrderColumn:
    """The status word."""
    return Column("状态", 10, lambda row: codes.word(row.status))


def title() -> OrderColumn:
    """The title, taking the room that is left."""
    return Column("标题", 14, lambda row: row.listed_title, flex=3)


def place() -> OrderColumn:
    """Where it happened; on wide lists only."""
    return Column("地点", 10, lambda row: address(row.area, row.place), flex=1, wide_only=True)


def steward() -> OrderColumn:
    """工单管家: the unit that handles."""
    return Column("承办单位", 10, lambda row: row.steward, flex=1)


def accepted() -> OrderColumn:
    """When it was accepted; on wide lists only."""
    return Column("受理", 11, lambda row: day_time(row.accepted_at), wide_only=True)


def due(now: Callable[[], datetime]) -> OrderColumn:
    """The most pressing clock, in words: `!超期1天`."""
    return Column("时限", 10, lambda row: left_cell(row.press_at, now()))


def grade() -> OrderColumn:
    """`!D级`, `C级`: what stands in the pool, else the last grade."""
    return Column("评级", 5, lambda row: grade_cell(row.pool_grade or row.grade))
