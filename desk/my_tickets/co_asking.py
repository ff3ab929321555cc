"""请协办: the 工单管家 asks another unit to help, which answers within its own limit (practice P23, 协调协办)."""

from db.codes import Deed, Urgency
from db.queries import messages
from desk import lists, sight, unit_limit
from desk.co_parts import add_co_units
from desk.context import Desk
from desk.deed import OrderDeed, deed_on
from desk.errors import NotNow
from desk.my_tickets import common
from desk.rows import OrderRow
from desk.rules.text import required


def ask_co_handling(desk: Desk, order_no: str, unit_id: int, requirement: str) -> OrderRow:
    """请协办: give a unit a part of the order, with what is asked of it, for 2 working days; the order stays one's own.

    Raises NotNow for an emergency and a secret order, to which the centre adds units; BadInput without words, for a
    unit that is none or helps already; NotAllowed for a unit that may not have the order.
    """
    with deed_on(desk, Deed.ASK_CO_HANDLING, order_no) as deed:
        refuse_asking(deed)
        words = required(requirement, "协办事项", common.SHORT)
        part = unit_limit.steward_part(deed)
        add_co_units(deed, part["unit_id"], (unit_id,), words)
        deed.quote(requirement=words)
        body = f"工单 {order_no} 请你单位协办，请签收"
        messages.to_unit(deed.writer, deed.order_id, unit_id, "dispatched", body, deed.at_ms)
    return lists.after(desk, deed.order_id)


def refuse_asking(deed: OrderDeed) -> None:
    """Raise NotNow where the centre alone adds units: emergencies (P24), 举报 and 保密 orders (P32)."""
    if deed.order["urgency"] == Urgency.CRITICAL:
        raise NotNow("应急工单由应急值班员加派，请电话联系热线中心")
    if sight.is_secret(deed.order):
        raise NotNow("举报、保密工单由热线中心加派协办单位，请联系派单员")
