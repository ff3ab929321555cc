"""What this person may do with an order on F3 now: the keys that are shown, and why another one does nothing."""

from db.codes import Deed, Urgency
from db.doors import Reader, Row
from db.queries import work_orders
from desk import abilities, sight
from desk.context import Desk
from desk.dispatch import common
from desk.dispatch.returns import refuse_decider
from desk.errors import Refused

DEEDS = (
    *(Deed.SEND, Deed.ASK_COMPLETION, Deed.PUT_INTO_TRIAGE, Deed.RULE_TRIAGE, Deed.RECALL, Deed.REASSIGN),
    *(Deed.ADD_UNIT, Deed.CORRECT, Deed.GRANT_RETURN, Deed.REFUSE_RETURN),
    *(Deed.SPLIT, Deed.MERGE, Deed.UNMERGE, Deed.RELATE, Deed.SET_MARKS),
)
_DECISIONS = (Deed.GRANT_RETURN, Deed.REFUSE_RETURN)


def refusals(desk: Desk, reader: Reader, order: Row) -> dict[Deed, str]:
    """Return, for each deed of F3 that this person cannot do with the order (a row), the line that says why."""
    found = {deed: _refusal(desk, reader, deed, order) for deed in DEEDS}
    return {deed: line for deed, line in found.items() if line}


def why_not(desk: Desk, order_no: str, kind: Deed) -> str:
    """Return the line that refuses `kind` on an order to this person now, '' when it is allowed."""
    with desk.reading() as reader:
        order = work_orders.by_number(reader, order_no)
        if order is None:
            return f"没有编号为 {order_no} 的工单，请核对编号"
        return _refusal(desk, reader, kind, order)


def _refusal(desk: Desk, reader: Reader, kind: Deed, order: Row) -> str:
    if line := abilities.why_not(desk, reader, kind, order):
        return line
    if kind is Deed.MERGE and sight.is_secret(order):
        return "举报、保密工单不合并，只能关联：请按 r"
    if kind in (Deed.RECALL, Deed.REASSIGN) and order["urgency"] == Urgency.CRITICAL:
        return common.OF_THE_EMERGENCY
    try:
        if kind in _DECISIONS:
            refuse_decider(desk, reader, order)
    except Refused as refused:
        return refused.message
    return ""
