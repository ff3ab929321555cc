"""What the panes show: claim beside reply, and below it everything logged since."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from desk.codes import word
from screens.cells import grade_cell
from screens.widgets import Section

if TYPE_CHECKING:
    from desk.review_rows import ReviewDetail
    from desk.rows import OrderRow

FIRST = ("评级与监测池", "回访", "申请与审批", "时限")


def claim_sections(found: ReviewDetail) -> list[Section]:
    """The claim, under the order's own line."""
    return [Section(_head(found.order), style=_style(found.order)), Section("【诉求】", found.claim)]


def reply_sections(found: ReviewDetail) -> list[Section]:
    """What the unit wrote and what was said to the citizen."""
    return [Section("【答复】", found.reply or ("还没有答复",))]


def log_sections(found: ReviewDetail) -> Iterable[Section]:
    """Everything else: what the pool knows, then grades and callbacks first."""
    watched = [Section("【监测池】", found.watched)] if found.watched else []
    places = {heading: place for place, heading in enumerate(FIRST)}
    ordered = sorted(found.log, key=lambda part: places.get(part.heading, len(FIRST)))
    return [*watched, *(Section(f"【{part.heading}】", part.lines) for part in ordered)]


def _head(order: OrderRow) -> str:
    given = grade_cell(order.pool_grade or order.grade)
    mark = given if isinstance(given, str) else given[0]
    round_ = f"第{order.round}轮" if order.round > 1 else ""
    words = (order.order_no, word(order.kind), word(order.status), order.steward, mark, round_)
    return "  ".join(part for part in words if part)


def _style(order: OrderRow) -> str:
    given = grade_cell(order.pool_grade or order.grade)
    return "bold" if isinstance(given, str) else given[1]
