"""What the panes show: claim beside reply, and below it everything logged since."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from desk.codes import word
from screens.cells import grade_cell
from screens.findings import finding_lines, marked, point_sections
from screens.widgets import Section

if TYPE_CHECKING:
    from desk.review_rows import ReviewDetail
    from desk.rows import OrderRow

WANTED, WATCHED = "重办要求", "【监测池】"
FIRST = ("评级与监测池", "回访", "申请与审批", "时限")


def claim_sections(found: ReviewDetail) -> list[Section]:
    """The claim, under the order's own line."""
    return [Section(_head(found.order), style=_style(found.order)), Section("【诉求】", found.claim)]


def reply_sections(found: ReviewDetail) -> list[Section]:
    """What the checker marks in the passed reply, and what was replied before; else everything that the unit wrote."""
    looked = found.checked
    if looked is None:
        return [Section("【答复】", found.reply or ("还没有答复",))]
    now, before = _by_round(found)
    wanted = next((line.strip() for line in now if line.strip().startswith(WANTED)), "")
    again = [Section(f"第{found.order.round}轮（本轮） {wanted}")] if found.order.round > 1 else []
    return [
        *again,
        Section("【检查】", finding_lines(looked.findings)),
        Section("【公开答复】", [marked(looked.reply, looked.findings)]),
        *([Section("【以前各轮】", before)] if before else []),
    ]


def stacked(found: ReviewDetail, *, is_watching: bool) -> list[Section]:
    """Everything in one pane, where there is no room beside; a tab of the pool begins with what the pool knows."""
    claim, log = claim_sections(found), list(log_sections(found))
    if not is_watching or not found.watched:
        return [*claim, *reply_sections(found), *log]
    rest = [section for section in log if section.heading != WATCHED]
    return [claim[0], Section(WATCHED, found.watched), *claim[1:], *reply_sections(found), *rest]


def _by_round(found: ReviewDetail) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What was written in the present round, and in those before it."""
    earlier = f"== 第{found.order.round - 1}轮"
    at = next((at for at, line in enumerate(found.reply) if line.startswith(earlier)), len(found.reply))
    return found.reply[:at], found.reply[at:]


def _is_of_the_draft(line: str) -> bool:
    """Who drafted and passed, and what: what the citizen was told stands above it."""
    return line.startswith(("起草", "  ", "=="))


def log_sections(found: ReviewDetail) -> Iterable[Section]:
    """Everything else: what the pool knows, then grades and callbacks first."""
    watched = [Section(WATCHED, found.watched)] if found.watched else []
    places = {heading: place for place, heading in enumerate(FIRST)}
    if found.checked is not None:
        yield Section("【告知诉求人】", found.checked.told or ("没有告知记录，材料不全：按 b 退回补录",))
        yield from point_sections(found.checked.points, found.checked.reply)
        yield Section("【起草与审核】", tuple(line for line in _by_round(found)[0] if _is_of_the_draft(line)))
    ordered = sorted(found.log, key=lambda part: places.get(part.heading, len(FIRST)))
    yield from watched
    yield from (Section(f"【{part.heading}】", part.lines) for part in ordered)


def _head(order: OrderRow) -> str:
    given = grade_cell(order.pool_grade or order.grade)
    mark = given if isinstance(given, str) else given[0]
    round_ = f"第{order.round}轮" if order.round > 1 else ""
    words = (order.order_no, word(order.kind), word(order.status), order.steward, mark, round_)
    return "  ".join(part for part in words if part)


def _style(order: OrderRow) -> str:
    given = grade_cell(order.pool_grade or order.grade)
    return "bold" if isinstance(given, str) else given[1]
