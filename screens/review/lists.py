"""The tabs of the review, and what its list says of each order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from desk.codes import Status
from screens import columns
from screens.cells import GOOD, OVERDUE, CellText, grade_cell, local
from screens.review.pressing import pressed_columns
from screens.widgets import Column, RowList, Tab
from screens.widgets.columns import Ruler
from screens.widgets.painted_rows import MARK_CELLS

if TYPE_CHECKING:
    from desk.review_rows import ReviewRow

TABS = (
    Tab("close_review", "办结审核"),
    Tab("callback", "回访"),
    Tab("pool", "监测池"),
    Tab("long_term", "长期"),
    Tab("procedure", "法定"),
    Tab("panel", "评议"),
    Tab("write_off", "销号"),
    Tab("supervision", "督办"),
    Tab("to_archive", "归档"),
)
EMPTY = {
    "close_review": "没有待办结审核的工单",
    "callback": "没有待回访的工单",
    "pool": "监测池里没有工单：C级、D级工单自动进入，凭依据销号",
    "long_term": "没有长期事项：一年内解决不了的，由热线日决定列入",
    "procedure": "没有法定程序中的工单：承办单位在我的工单里按 j 转入，期满自动恢复办理",
    "panel": "没有待核查、待评议的工单：由承办单位在 F4 按 o 申请，按 m 看评议会",
    "write_off": "没有待审批的销号申请：在监测池里按 x 申请",
    "supervision": "没有待回复、待评价的督办催办：在工单上按 d 督办、u 催办，到时限前后也会自动催办督办",
    "to_archive": "没有待归档的工单",
}
WATCHING = frozenset({"pool", "long_term", "procedure", "write_off"})
"""Tabs on which one looks at an order because the pool watches it."""
HOME = {"auditor": "close_review", "callback_agent": "callback"}
"""Where a role begins; everybody else begins in the pool."""


def home_tab(roles: frozenset[str]) -> str:
    """The tab that a person with these roles sees first."""
    return next((tab for role, tab in HOME.items() if role in roles), "pool")


NARROW, WORDY = (20, 10, 6), (16, 8, 24)
WIDTHS = {
    "close_review": NARROW,
    "callback": (18, 8, 13),
    "pool": WORDY,
    "long_term": WORDY,
    "procedure": WORDY,
    "panel": WORDY,
    "write_off": WORDY,
    "supervision": WORDY,
    "to_archive": NARROW,
}
"""Cells of title, unit and 情况 by tab: where 情况 has little to say, the title has the room."""


class ReviewList(RowList["ReviewRow"]):
    """The list of all tabs; each tab cuts its lines another way."""

    def cut_for(self, tab: str, now: Callable[[], datetime]) -> None:
        """Take over the columns and the empty hint of a tab."""
        self.hint = EMPTY[tab]
        self._ruler = Ruler(review_columns(tab, now), MARK_CELLS)
        self.refresh()


def review_columns(tab: str, now: Callable[[], datetime]) -> list[Column[ReviewRow]]:
    """The columns of a tab: overdue and D-level stand out, what the tab adds stands last."""
    if tab == "supervision":
        return pressed_columns(now)
    title, unit, words = WIDTHS[tab]
    return [
        Column("工单号", 10, lambda row: columns.short_number(row.order.order_no)),
        _clock(tab, now),
        Column("评级", 5, lambda row: grade_cell(row.order.pool_grade or row.order.grade)),
        Column("标题", title, lambda row: row.order.listed_title, flex=3),
        Column("承办单位", unit, lambda row: row.order.steward, flex=1),
        Column("情况", words, rounds if WIDTHS[tab] is NARROW else situation, flex=2),
    ]


AWAITED = {"long_term": "下次", "procedure": "期满"}
"""Tabs on which the day that is waited for counts, not the next review."""


def _clock(tab: str, now: Callable[[], datetime]) -> Column[ReviewRow]:
    if tab in AWAITED:
        return Column(AWAITED[tab], 11, lambda row: columns.left_cell(row.awaited_at, now()))
    return Column("时限", 10, lambda row: columns.left_cell(row.order.press_at, now()))


def rounds(row: ReviewRow) -> CellText:
    """Which round, from the second on: all that is to be known before the reply is read."""
    return f"第{row.order.round}轮" if row.order.round > 1 else ""


def situation(row: ReviewRow) -> CellText:
    """What is asked or may be done, how often nobody answered, which round, how long it is watched and why."""
    standing = row.asked or (row.pool.standing if row.pool else "")
    words = " ".join(part for part in _parts(row, standing) if part)
    if row.pool and row.pool.standing and not row.asked:
        return words, GOOD
    return (words, OVERDUE) if row.pool and row.pool.idle_days else words


def _parts(row: ReviewRow, standing: str) -> Iterator[str]:
    yield standing
    if row.missed_calls:
        last = f"({local(row.last_missed):%m-%d %H:%M})" if row.last_missed else ""
        yield f"未通{row.missed_calls}次{last}"
    if row.order.status is Status.TO_CALL_BACK:
        yield row.wishes
    yield row.awaited
    yield str(rounds(row))
    if row.pool is not None:
        yield f"!{row.pool.idle_days}日未动" if row.pool.idle_days else ""
        yield f"池{row.pool.age_days}日"
        yield f"复核{local(row.pool.review_at):%m-%d}" if row.pool.review_at else ""
        yield "" if standing or row.awaited else row.pool.plan or row.pool.reason
