"""The call in hand: kept with the first deed it leads to, linked to every further one (practice P5, P10)."""

from dataclasses import replace
from datetime import datetime

from db.codes import CallDirection, CallSummary, Deed
from db.doors import Reader, Writer
from db.queries import callers, calls, work_orders
from db.queries import notices as notice_rows
from desk import history
from desk.births import check_birth_right
from desk.calls import CallNote, keep, keep_transfers, outside_key
from desk.context import Desk
from desk.errors import BadInput, Refused
from desk.history import Happening
from desk.intake_rows import FiledCall
from desk.rules.text import normalised_phone
from desk.unit_limit import number_is_back, orders_are_back

_NOT_ABOUT_AN_ORDER = (CallSummary.NUISANCE, CallSummary.SILENT, CallSummary.WRONG_NUMBER)
InHand = CallNote | int | None
"""A call as it is now: not yet kept (its note), kept by an earlier deed (its key), or none at all (来访, 网上)."""


def in_hand(desk: Desk, call: InHand) -> InHand:
    """Return the key of a call that an earlier deed kept under the same `outside_id`, else the call as it is.

    To be asked before the transaction: one call stays one record, however many deeds it leads to.
    """
    key = outside_key(call) if isinstance(call, CallNote) else None
    if key is None:
        return call
    with desk.reading() as reader:
        return callers.call_of_outside(reader, key) or call


def kept(
    desk: Desk, writer: Writer, call: InHand, summary: CallSummary, at: datetime, *order_ids: int
) -> int | None:
    """Keep the call in hand with its 话务小结, or link it if it is kept already; return its key.

    `at` is aware UTC. The caller holds the transaction. Raises BadInput for a number that is none, Refused for a key
    that is none.
    """
    if call is None:
        return None
    if isinstance(call, CallNote):
        return keep(desk, writer, _with(call, summary), at, order_ids)
    if callers.call_uid(writer, call) is None:
        raise Refused("本次来电的记录不存在，请按 Ctrl+N 重新开始")
    for order_id in order_ids:
        callers.link_call(writer, call, order_id)
    if (key := calls.outside_id(writer, call)) is not None:
        keep_transfers(desk.work, writer, call, key, at)
    return call


def called_from(call: InHand) -> str:
    """Return the number of a citizen who rings now, '' for a call out, one kept already, and none at all."""
    if isinstance(call, CallNote) and call.direction is CallDirection.INBOUND:
        return normalised_phone(call.number)
    return ""


def _with(call: CallNote, summary: CallSummary) -> CallNote:
    return call if call.summary else replace(call, summary=summary)


def file_call(desk: Desk, call: CallNote, order_nos: tuple[str, ...] = ()) -> FiledCall:
    """话务小结: file a call that leaves no new order; `order_nos` are old ones it was about (查询进度).

    One event FILE_CALL. Raises BadInput without a summary, NotAllowed, Refused for an unknown order number.
    """
    if call.summary is None:
        raise BadInput("请选择话务小结", "话务小结")
    check_birth_right(desk, Deed.FILE_CALL)
    _refuse_second(desk, call)
    with desk.writing() as writer:
        orders = [_order_id(writer, order_no) for order_no in order_nos]
        call_id = _file(desk, writer, call, tuple(orders), {})
    return FiledCall(call_id, call.summary)


def tell_notice(desk: Desk, notice_id: int, call: CallNote) -> FiledCall:
    """公告: the caller was read a notice and is content; the call is filed and one more told is counted (P14)."""
    check_birth_right(desk, Deed.FILE_CALL)
    _refuse_second(desk, call)
    told = replace(call, summary=CallSummary.DIRECT_ANSWER)
    with desk.writing() as writer:
        if not notice_rows.count_told(writer, notice_id):
            raise Refused("这条公告已不存在，请重新打开受理页")
        call_id = _file(desk, writer, told, (), {"notice": notice_id})
    return FiledCall(call_id, CallSummary.DIRECT_ANSWER)


def _refuse_second(desk: Desk, call: CallNote) -> None:
    """A call ends with one summary (practice P5): the order it led to has given it already."""
    if isinstance(in_hand(desk, call), int):
        raise Refused("本次来电已有话务小结，按 Ctrl+N 开始下一个来电")


def _file(
    desk: Desk, writer: Writer, call: CallNote, orders: tuple[int, ...], more: dict[str, object]
) -> int:
    assert call.summary is not None, "both ways here give one"
    at = history.moment_after_head(writer, desk.now())
    call_id = keep(desk, writer, call, at, orders)
    data = {
        "call": callers.call_uid(writer, call_id),
        "summary": str(call.summary),
        "orders": len(orders),
        **more,
    }
    history.record(writer, Happening(Deed.FILE_CALL, at, desk.actor.uid, desk.seat, data=data))
    if call.direction is CallDirection.INBOUND and call.summary not in _NOT_ABOUT_AN_ORDER:
        number_is_back(desk, writer, called_from(call), at)
        orders_are_back(desk, writer, orders, at)
    return call_id


def _order_id(reader: Reader, order_no: str) -> int:
    order = work_orders.by_number(reader, order_no)
    if order is None:
        raise Refused(f"没有编号为 {order_no} 的工单，请核对编号")
    return int(order["id"])
