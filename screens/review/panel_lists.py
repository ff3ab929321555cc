"""The four lists of the page of 社会评议, and what stands above and beside them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from desk.codes import word
from desk.panel_rows import PanelBoard, PanelLineRow, SeatRow, SessionRow
from desk.rules import social_review as rules
from screens import columns
from screens.cells import GOOD, NEAR, CellText, day_time, full_time
from screens.widgets import Column, Section, Tab

if TYPE_CHECKING:
    from collections.abc import Sequence

TABS = (
    Tab("agenda", "议程"),
    Tab("waiting", "待列入"),
    Tab("seats", "评议员"),
    Tab("sessions", "各期"),
)
EMPTY = {
    "agenda": "议程上没有工单：按 p 安排一期，在“待列入”告知、整理、定稿后按 a 列入",
    "waiting": "没有待列入的工单：单位在 F4 按 o 申请，F6 按 v 核查同意后到这里",
    "seats": "还没有评议员：议程的材料都定稿后按 d 抽取",
    "sessions": "还没有开过评议会：按 p 安排",
}


def columns_of(tab: str) -> Sequence[Column[Any]]:
    """The columns of one list."""
    if tab == "seats":
        return _SEATS
    return _SESSIONS if tab == "sessions" else _ORDERS


def _state(row: PanelLineRow) -> CellText:
    if row.is_withdrawn:
        return "已撤出", NEAR
    if row.verdict is not None:
        return word(row.verdict), GOOD
    return (row.file_state, GOOD) if row.is_released else (row.file_state, NEAR)


def _count(row: PanelLineRow) -> CellText:
    if row.counted is None:
        return "有补充" if row.has_page else ""
    return f"{row.counted.reasonable}:{row.counted.unreasonable}"


def seat_state(row: SeatRow) -> CellText:
    """Whether somebody is there; of an empty seat why."""
    if row.removed_at is not None:
        return f"回避：{row.removed_why}", NEAR
    return (f"{day_time(row.signed_at)} 已签到", GOOD) if row.signed_at else "未签到"


_ORDERS: tuple[Column[PanelLineRow], ...] = (
    Column("工单号", 10, lambda row: columns.short_number(row.order_no)),
    Column("材料和结论", 12, _state),
    Column("票", 7, _count),
    Column("标题", 20, lambda row: row.title, flex=3),
    Column("承办单位", 12, lambda row: row.unit, flex=1),
)
_SEATS: tuple[Column[SeatRow], ...] = (
    Column("工号", 6, lambda row: row.staff_no),
    Column("姓名", 8, lambda row: row.name),
    Column("界别", 10, lambda row: word(row.profession)),
    Column("到会", 16, seat_state, flex=1),
    Column("已投", 6, lambda row: f"{row.ballots} 票"),
)
_SESSIONS: tuple[Column[SessionRow], ...] = (
    Column("期", 4, lambda row: f"{row.id}"),
    Column("时间", 17, lambda row: full_time(row.planned_at)),
    Column("状态", 8, lambda row: row.state),
    Column("工单", 5, lambda row: f"{row.orders}"),
    Column("评议员", 7, lambda row: f"{row.sitting}/{row.seats}"),
    Column("地点", 14, lambda row: row.place, flex=1),
)


def rows_of(board: PanelBoard, tab: str) -> Sequence[Any]:
    """The rows of one list."""
    found: dict[str, Sequence[Any]] = {
        "agenda": board.lines,
        "waiting": board.waiting,
        "seats": board.seats,
        "sessions": board.sessions,
    }
    return found[tab]


def board_words(board: PanelBoard) -> str:
    """The session under way, its turnout, and the year's figures."""
    figures = board.figures
    year = f"今年 {figures.sessions} 期 {figures.orders} 件：合理 {figures.reasonable}，不合理 {figures.unreasonable}"
    session = board.session
    if session is None:
        return f"还没有安排评议会：按 p 安排　{year}"
    drawn = f"　到会 {session.signed}/{session.sitting}，法定 {board.quorum} 票" if session.drawn_at else ""
    when = f"第 {session.id} 期 {full_time(session.planned_at)} {session.place}"
    return f"{when}　{session.state}　{session.orders} 件{drawn}　{year}"


def sections_of(row: object, board: PanelBoard) -> Iterator[Section]:
    """What stands below the list for the row under the cursor."""
    if isinstance(row, PanelLineRow):
        yield from _of_order(row, board)
    elif isinstance(row, SeatRow):
        state = seat_state(row)
        said = state if isinstance(state, str) else state[0]
        yield Section(
            f"{row.name} {row.staff_no}　{word(row.profession)}",
            (said, f"已投 {row.ballots} 票；投了什么谁也看不到"),
        )
    elif isinstance(row, SessionRow):
        quota = rules.professions_in_words(row.quota, word)
        yield Section(
            f"第 {row.id} 期　{row.state}",
            (
                f"{full_time(row.planned_at)}　{row.place}",
                f"评议员 {row.seats} 人：{quota or '界别不限'}，其余轮流",
            ),
        )


def _of_order(row: PanelLineRow, board: PanelBoard) -> Iterator[Section]:
    told = f"{day_time(row.told_at)} 已告知诉求人" if row.told_at else "还没有告知诉求人：按 y 登记"
    page = "，有补充意见" if row.has_page else ""
    lines = [f"承办单位 {row.unit}", f"{told}{page}", f"评议材料：{row.file_state}"]
    if row.is_withdrawn:
        lines.append("这一件已离开待评议，不再计票")
    if row.verdict is not None:
        lines.append(f"结论：{word(row.verdict)}{'' if row.is_concluded else '（未办，按 c 再办）'}")
    if row.counted is not None and board.session is not None:
        lines.append(rules.in_words(row.counted, board.session.seats))
    yield Section(f"{row.order_no}　{row.title}", lines)
