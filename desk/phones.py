"""看号码: who opens the caller's number, why, and for how long (practice P33)."""

from typing import Any

from db.codes import Deed
from db.doors import Reader
from db.queries import work_orders
from desk.abilities import why_not
from desk.context import Actor, Desk
from desk.deed import OrderDeed, deed_on
from desk.errors import BadInput, NotAllowed, Refused
from desk.rows import PhoneRow
from desk.rules.text import cleaned
from desk.sight import is_secret

ROUTINE = "办理工单"
"""Why a unit's 经办人 opens an ordinary order's number: he must ring, and is not asked each time."""


def reveal(desk: Desk, order_no: str, reason: str = "") -> PhoneRow:
    """Return the caller's name and number, with one event that says who looked and why.

    A unit's 经办人 needs no reason on an ordinary order; everybody else does. Raises NotAllowed for a unit on a 举报 or
    保密 order (it asks 中心代联系), BadInput without a reason, Refused where no number was left.
    """
    with deed_on(desk, Deed.REVEAL_PHONE, order_no) as deed:
        refuse_secret(desk.actor, deed)
        deed.quote(reason=_reason(desk, reason))
        number = str(deed.order["contact_phone"] or "")
        if not number:
            raise Refused(f"工单 {order_no} 没有留下号码")
    seconds = int(desk.settings.get("reveal.seconds", 30))
    return PhoneRow(str(deed.order["requester_name"] or "未留姓名"), number, seconds)


def why_hidden(desk: Desk, order_no: str) -> str:
    """Return the line that refuses this order's number to this person, '' when they may see it: asked before a reason."""
    with desk.reading() as reader:
        order = work_orders.by_number(reader, order_no)
        if order is None:
            return f"没有编号为 {order_no} 的工单，请核对编号"
        return refusal(desk, reader, order)


def refusal(desk: Desk, reader: Reader, order: Any) -> str:
    """Return the line that refuses the number of an order (a row) to this person, '' when they may see it."""
    refused = why_not(desk, reader, Deed.REVEAL_PHONE, order) or _why_secret(desk.actor, order)
    return refused or ("" if order["contact_phone"] else f"工单 {order['order_no']} 没有留下号码")


def is_routine(desk: Desk) -> bool:
    """Whether this person is not asked for a reason: a unit's 经办人, who has to ring (practice P33)."""
    return desk.actor.is_in_a_unit and not desk.actor.is_at_the_centre


def refuse_secret(actor: Actor, deed: OrderDeed) -> None:
    """Raise NotAllowed when this person may not reach the citizen of a 举报 or 保密 order (practice P32, P33)."""
    if why := _why_secret(actor, deed.order):
        raise NotAllowed(why)


def _why_secret(actor: Actor, order: Any) -> str:
    if not is_secret(order) or actor.reads_secrets:
        return ""
    if actor.is_at_the_centre:
        return "举报、保密工单的号码仅派单员、审核员、班长可看，请向班长申请"
    return "举报、保密工单不向单位显示诉求人，请由热线中心代为联系答复"


def _reason(desk: Desk, reason: str) -> str:
    plain = cleaned(reason, 200, "查看事由", one_line=True)
    if plain:
        return plain
    if is_routine(desk):
        return ROUTINE
    raise BadInput("请填写查看号码的事由", "查看事由")
