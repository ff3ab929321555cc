"""申请社会评议: handled by duty and law, explained, and still not accepted; the centre checks (practice P29, question 1)."""

from db.codes import Deed, RequestKind
from db.queries import requests
from desk import lists
from desk.context import Desk
from desk.deed import OrderDeed, deed_on
from desk.my_tickets import common
from desk.panel_checks import refuse_unfit
from desk.rows import OrderRow
from desk.rules.text import required

LONGEST = 2000


def ask_panel(desk: Desk, order_no: str, handled: str, explained: str) -> OrderRow:
    """申请社会评议: how it was handled by duty and law, and how that was explained to the citizen. It stays D in the pool.

    Raises BadInput without words, NotNow while a request waits and for what never goes before a panel (举报, 应急, 危机,
    late, not answered).
    """
    lawful = required(handled, "依职责依法办理情况", LONGEST)
    told = required(explained, "解释情况", LONGEST)
    with deed_on(desk, Deed.ASK_PANEL, order_no) as deed:
        refuse_panel_request(deed)
        requests.add(
            deed.writer,
            order_id=deed.order_id,
            kind=str(RequestKind.PANEL),
            round=deed.order["round"],
            asked_at=deed.at_ms,
            asked_by=desk.actor.id,
            asking_unit_id=desk.actor.unit_id,
            reason=lawful,
            evidence=told,
        )
        deed.quote(handled=lawful, explained=told)
    return lists.after(desk, deed.order_id)


def refuse_panel_request(deed: OrderDeed) -> None:
    """Raise NotNow while a request waits, and for an order that may not go before a panel."""
    common.refuse_second(deed, RequestKind.PANEL, "社会评议")
    refuse_unfit(deed.writer, deed.order)
