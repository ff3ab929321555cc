"""答复审核 while the reply is written: what the drafter should look at again before the 审核人 does (practice P1)."""

from db.queries import work_orders
from desk import sight
from desk.context import Desk
from desk.errors import NotAllowed, Refused
from desk.reply_review import looked_through
from desk.rules.reply_checks import Finding


def check_reply(
    desk: Desk, order_no: str, public_reply: str, internal_result: str | None = None
) -> tuple[Finding, ...]:
    """Return what to look at again in a public reply as it stands; nothing is kept or decided.

    Raises Refused for an unknown number, NotAllowed for an order outside this person's sight.
    """
    with desk.reading() as reader:
        order = work_orders.by_number(reader, order_no)
        if order is None:
            raise Refused(f"没有编号为 {order_no} 的工单，请核对编号")
        if not sight.may_see(reader, desk.actor, order):
            raise NotAllowed(f"工单 {order_no} 不在您的权限范围内，请联系班长")
        return looked_through(desk, order, public_reply, internal_result)
