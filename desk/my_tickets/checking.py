"""答复审核 while the reply is written: what the drafter and the 审核人 should look at again (issue 5, part 2)."""

from db.doors import Row
from db.queries import work_orders
from desk import sight
from desk.context import Desk
from desk.deed import OrderDeed
from desk.errors import BadInput, NotAllowed, Refused
from desk.rules import reply_checks
from desk.rules.reply_checks import Finding, Matter


def check_reply(desk: Desk, order_no: str, public_reply: str) -> tuple[Finding, ...]:
    """Return what to look at again in a public reply as it stands; nothing is kept or decided.

    Raises Refused for an unknown number, NotAllowed for an order outside this person's sight.
    """
    with desk.reading() as reader:
        order = work_orders.by_number(reader, order_no)
        if order is None:
            raise Refused(f"没有编号为 {order_no} 的工单，请核对编号")
        if not sight.may_see(reader, desk.actor, order):
            raise NotAllowed(f"工单 {order_no} 不在您的权限范围内，请联系班长")
        return looked_through(desk, order, public_reply)


def looked_through(desk: Desk, order: Row, public_reply: str) -> tuple[Finding, ...]:
    """Return the findings for an order that this person may see."""
    settings = desk.settings
    return reply_checks.findings(
        public_reply,
        _matter(desk, order),
        settings.words("promise.words"),
        settings.words("buck_passing.words"),
    )


def _matter(desk: Desk, order: Row) -> Matter:
    """The order as this person may know it: of a secret one neither title nor caller (practice P32)."""
    content = sight.content_for(desk.actor, order)
    if not sight.sees_caller(desk.actor, order):
        return Matter(content, content)
    gist = f"{order['title']}\n{order['purpose']}"
    return Matter(gist, content, _own_phone(order), str(order["requester_name"] or ""))


def _own_phone(order: Row) -> str:
    return "" if sight.is_secret(order) else str(order["contact_phone"] or "")


def refuse_others_data(deed: OrderDeed, public_reply: str) -> None:
    """Raise BadInput for a public reply that holds a number of somebody else (practice P33)."""
    found = reply_checks.others_data(public_reply, _own_phone(deed.order))
    if found:
        raise BadInput(f"公开答复里有{found[0]}，不是诉求人的：请删去，或改用单位座机", "公开答复")
