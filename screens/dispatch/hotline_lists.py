"""What the lists of the 热线日 page say: columns by tab, the board above, the words of one line below."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from desk.codes import word
from desk.hotline_rows import Board, DayLine, DayRow
from screens.cells import GOOD, OVERDUE, CellText, day_time
from screens.columns import left_cell, short_number
from screens.widgets import Column, Section, Tab

TABS = (
    Tab("agenda", "议程"),
    Tab("decisions", "决定落实"),
    Tab("long_term", "长期事项"),
    Tab("days", "场次"),
)
EMPTY = {
    "agenda": "议程上没有工单：按 g 按规则列入，按 a 加一件",
    "decisions": "没有热线日决定",
    "long_term": "没有长期事项：由热线日决定列入，不计解决",
    "days": "还没有安排过热线日：按 p 安排",
}


def columns_of(tab: str, now: Callable[[], datetime]) -> list[Column[Any]]:
    """The columns of a tab; what is overdue says so in words and colour."""
    number: Column[Any] = Column("工单号", 10, lambda row: short_number(row.order_no))
    title: Column[Any] = Column("标题", 14, lambda row: row.title, flex=3)
    steward: Column[Any] = Column("承办单位", 10, lambda row: row.steward, flex=1)
    due: Column[Any] = Column("时限", 9, lambda row: due_words(row, now()))
    if tab == "agenda":
        return [number, title, steward, Column("列入理由", 16, lambda row: row.words, flex=3), _decided()]
    if tab == "decisions":
        way: Column[Any] = Column("办件方式", 8, _way)
        return [number, due, steward, way, title, Column("落实", 12, lambda row: row.note, flex=2)]
    if tab == "long_term":
        leader: Column[Any] = Column("包案领导", 8, lambda row: row.leader)
        return [number, due, leader, title, Column("计划", 16, lambda row: row.words, flex=3)]
    return _of_days()


def due_words(row: DayLine, now: datetime) -> CellText:
    """`已落实`, or the time left until it should be."""
    return ("已落实", GOOD) if row.done_at is not None else left_cell(row.due_at, now)


def _way(row: DayLine) -> str:
    return word(row.way) if row.way is not None else ""


def _decided() -> Column[Any]:
    return Column("决定", 4, lambda row: ("已定", GOOD) if row.is_decided else "")


def _of_days() -> list[Column[Any]]:
    return [
        Column("时间", 11, lambda row: day_time(row.planned_at)),
        Column("主持领导", 10, lambda row: row.leader, flex=1),
        Column("地点", 12, lambda row: row.place, flex=1),
        Column("召开", 11, _held),
        Column("议程", 4, lambda row: str(row.orders), align="right"),
        Column("决定", 4, lambda row: str(row.decisions), align="right"),
    ]


def _held(row: DayRow) -> CellText:
    return (day_time(row.held_at), GOOD) if row.held_at is not None else "待召开"


def board_words(board: Board) -> tuple[str, str]:
    """What stands above the lists, and its style: the session to come or that none is planned, the year's figures."""
    figures = board.figures
    counted = f"今年已开 {figures.sessions} 期，调度 {figures.orders} 件，解决 {figures.solved} 件"
    coming = board.coming
    if coming is not None:
        when = f"下一期 {day_time(coming.planned_at)} {coming.leader} {coming.place} 议程 {coming.orders} 件"
        return f"{when}\n{counted}", ""
    if board.warning:
        return f"!{board.warning}，请按 p 安排\n{counted}", OVERDUE
    return f"还没有安排下一期\n{counted}", ""


def line_sections(row: DayLine) -> Iterator[Section]:
    """One line in full: why it is there or what was decided, and how far it is."""
    yield Section(f"{row.order_no} {row.title}  {word(row.status)}")
    if row.way is None:
        yield Section("", [("列入理由", row.words)])
        return
    leader = f" {row.leader}" if row.leader else ""
    due = f"限 {day_time(row.due_at)}"
    yield Section("", [f"{word(row.way)} {row.steward}{leader}  {due}", ("要求", row.words)])
    if row.note:
        yield Section("", [("落实", f"{row.note}{' 已办结' if row.done_at is not None else ''}")])
