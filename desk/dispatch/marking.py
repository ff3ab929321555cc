"""标记: 领导批示件, 上级督办件, 媒体件, 人大政协件, set and taken by hand, with what the upper organ demands (P21, P20)."""

from collections.abc import Iterable
from typing import Any

from db.codes import Deed, OrderMark
from db.times import maybe_from_ms, to_ms
from desk import lists
from desk.context import Desk
from desk.deed import OrderDeed, deed_on
from desk.dispatch import common
from desk.dispatch_rows import MarksRow
from desk.errors import BadInput
from desk.rows import OrderRow
from desk.rules.marks import column_of, marks_of
from desk.rules.text import cleaned
from desk.rules.written_times import moment_written
from desk.words import moment

NUMBER_LIMIT = 64


def set_marks(
    desk: Desk,
    order_no: str,
    marks: Iterable[str],
    *,
    upstream_no: str = "",
    upstream_due: str = "",
    upstream_demand: str = "",
) -> OrderRow:
    """标记: set exactly these marks, with the upper organ's number, its deadline as written, and its demand.

    A deadline presses like the desk's own, the sooner one first. Old values stay in the event. Raises BadInput for an
    unknown mark, no change, a deadline that has passed, or words of an upper organ on an order without a mark.
    """
    wanted = _marks(marks)
    with deed_on(desk, Deed.SET_MARKS, order_no) as deed:
        columns: dict[str, Any] = {
            "marks": column_of(wanted),
            "upstream_no": cleaned(upstream_no, NUMBER_LIMIT, "上级编号", one_line=True) or None,
            "upstream_due_at": _due(deed, upstream_due),
            "upstream_demand": cleaned(upstream_demand, common.SHORT, "上级要求"),
        }
        is_asked = bool(columns["upstream_due_at"] or columns["upstream_demand"])
        if is_asked and not wanted and not deed.order["outside_no"]:
            raise BadInput("有上级时限、要求的工单须先标记是哪一类件", "标记")
        changed = {name: value for name, value in columns.items() if value != deed.order[name]}
        if not changed:
            raise BadInput("没有改动：请先选标记，或改写上级的编号、时限、要求")
        deed.set(**changed)
        _keep_old(deed, columns)
    return lists.after(desk, deed.order_id)


def _marks(marks: Iterable[str]) -> tuple[OrderMark, ...]:
    try:
        return tuple(OrderMark(mark) for mark in marks)
    except ValueError:
        raise BadInput(
            "没有这种标记：领导批示件、上级督办件、媒体件、人大政协件、信访转办件", "标记"
        ) from None


def _due(deed: OrderDeed, written: str) -> int | None:
    text = cleaned(written, 40, "上级时限", one_line=True)
    if not text:
        return None
    due = to_ms(moment_written(text, "上级时限"))
    if due <= deed.at_ms and due != deed.order["upstream_due_at"]:
        raise BadInput("上级时限已过，请核对日期和钟点", "上级时限")
    return due


def _keep_old(deed: OrderDeed, columns: dict[str, Any]) -> None:
    deed.note(
        before=deed.order["marks"] or None,
        after=columns["marks"] or None,
        upstream_due_before=deed.order["upstream_due_at"],
        upstream_due_at=columns["upstream_due_at"],
    )
    deed.quote(upstream_no=columns["upstream_no"] or "", upstream_demand=columns["upstream_demand"])


def marks(desk: Desk, order_no: str) -> MarksRow:
    """Return the marks of an order and what the upper organ wants, as a form is filled with them.

    Raises Refused, NotAllowed.
    """
    with desk.reading() as reader:
        order = common.seen_order(desk, reader, order_no)
    due = maybe_from_ms(order["upstream_due_at"])
    return MarksRow(
        marks=marks_of(order["marks"]),
        upstream_no=order["upstream_no"] or "",
        upstream_due=moment(due) if due else "",
        upstream_demand=order["upstream_demand"],
    )
