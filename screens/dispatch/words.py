"""The dispatch screen's own words: how long an order has waited, the corner's figures, what stands above an order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from desk.codes import Grade, Urgency, word
from desk.dispatch_rows import DispatchFigures, DispatchOrder
from desk.rows import OrderRow
from screens.cells import D_LEVEL, NEAR, CellText, grade_cell
from screens.widgets import Section


def waited(since: datetime, now: datetime) -> str:
    """How long an order has waited, in its largest unit: `12分`, `3时`, `2天`."""
    minutes = max(int((now - since).total_seconds()) // 60, 0)
    if minutes < 60:
        return f"{minutes}分"
    return f"{minutes // 60}时" if minutes < 1440 else f"{minutes // 1440}天"


def figure_words(figures: DispatchFigures, *, is_wide: bool) -> str:
    """Today's average from acceptance to dispatch and the share of first proposals, for the corner.

    `均12分 首86%`, or where there is room `今日8件 平均12分 首选86%`.
    """
    if figures.mean_wait is None:
        return "今日尚未派单 " if is_wide else ""
    words, share = _span(figures.mean_wait), figures.first_share
    if is_wide:
        first = "" if share is None else f" 首选{share}%"
        return f"今日{figures.sent_today}件 平均{words}{first} "
    return f"均{words}{'' if share is None else f' 首{share}%'} "


def _span(span: timedelta) -> str:
    minutes = round(span.total_seconds() / 60)
    return f"{minutes}分" if minutes < 100 else f"{minutes / 60:.1f}时"


def crying(figures: DispatchFigures) -> frozenset[str]:
    """The tabs that cry out: a 退单 has a limit of two working hours, so has a caller who insists."""
    return frozenset(tab for tab in ("returned", "declined") if figures.counts.get(tab))


def degree_cell(row: OrderRow) -> CellText:
    """特急, !D级, 紧急 or C级, what presses most first; 一般 and good grades are not said."""
    if row.urgency is Urgency.CRITICAL:
        return word(row.urgency), D_LEVEL
    grade = row.pool_grade or row.grade
    if row.urgency is Urgency.NORMAL or grade is Grade.D:
        return grade_cell(grade)
    return word(row.urgency), NEAR


def notices(order: DispatchOrder) -> Iterator[Section]:
    """What stands above the order itself: who else has it open, its secrecy."""
    if order.others:
        yield Section(f"{'、'.join(order.others)} 也打开了此单", style=NEAR)
    if order.needs_forward_text:
        yield Section("举报、保密工单：派出前须核对转办内容", style=NEAR)


def parts(order: DispatchOrder) -> Iterator[Section]:
    """The order itself, part by part."""
    row = order.order
    yield Section(f"{row.order_no} {row.title}")
    for part in order.sections:
        yield Section(f"【{part.heading}】", part.lines)
