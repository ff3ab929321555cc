"""Several marked orders sent together, each to its own first proposal, each its own deed."""

from collections.abc import Iterable

from db.codes import OrderKind
from db.queries import work_orders
from desk.context import Desk
from desk.dispatch.reading import propose
from desk.dispatch.sending import send
from desk.dispatch_rows import SentBatch
from desk.errors import Locked, Refused, StoreUnusable
from desk.rows import OrderRow


def send_to_first(desk: Desk, order_nos: Iterable[str], *, kind: OrderKind | None = None) -> SentBatch:
    """Send each order to its first proposal. What is unclear, secret or not allowed stays and is named with why.

    `kind` names the kind of those that are still 待定.

    Raises Locked or StoreUnusable from the store; the orders sent before that stay sent.
    """
    sent: list[OrderRow] = []
    left: list[tuple[str, str]] = []
    for order_no in order_nos:
        try:
            sent.append(_send_one(desk, order_no, kind))
        except (Locked, StoreUnusable):
            raise
        except Refused as refusal:
            left.append((order_no, refusal.message))
    return SentBatch(tuple(sent), tuple(left))


def _send_one(desk: Desk, order_no: str, kind: OrderKind | None) -> OrderRow:
    found = propose(desk, order_no, top=2)
    if found.unclear or not found.rows:
        raise Refused(found.unclear or "没有建议")
    first = found.rows[0]
    return send(
        desk,
        order_no,
        first.unit_id,
        first.section_id,
        duty_item_id=first.duty_item_id,
        proposal=1,
        kind=kind if _is_open(desk, order_no) else None,
    )


def _is_open(desk: Desk, order_no: str) -> bool:
    with desk.reading() as reader:
        order = work_orders.by_number(reader, order_no)
    return order is not None and order["kind"] == OrderKind.UNDETERMINED
