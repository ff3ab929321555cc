"""What an order teaches can be taken back: a dispatch that was an exception is no precedent."""

from db.codes import Deed
from desk import lists
from desk.context import Desk
from desk.deed import deed_on
from desk.rows import OrderRow
from desk.rules.text import required


def forget_lesson(desk: Desk, order_no: str, reason: str) -> OrderRow:
    """不作先例: let the proposals forget who got this order, until it is sent anew. Needs a reason."""
    words = required(reason, "不作先例的理由")
    with deed_on(desk, Deed.FORGET_LESSON, order_no) as deed:
        deed.quote(reason=words)
    return lists.after(desk, deed.order_id)
