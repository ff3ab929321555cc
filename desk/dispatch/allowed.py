"""What this person may do with an order on F3 now: the keys that are shown, and why another one does nothing."""

from collections.abc import Callable

from db.codes import Deed, Urgency
from db.doors import Reader, Row
from db.queries import work_orders
from desk import abilities, sight
from desk.context import Desk
from desk.dispatch import common, declined, part_returns, redirecting, return_guards
from desk.dispatch.handing_up import came_from
from desk.errors import Refused

DEEDS = (
    *(Deed.SEND, Deed.ASK_COMPLETION, Deed.PUT_INTO_TRIAGE, Deed.RULE_TRIAGE, Deed.RECALL, Deed.REASSIGN),
    *(Deed.ADD_UNIT, Deed.CORRECT, Deed.GRANT_RETURN, Deed.REFUSE_RETURN, Deed.REDIRECT_RETURN),
    *(Deed.GRANT_PART_RETURN, Deed.REFUSE_PART_RETURN),
    *(Deed.REFER_RETURN, Deed.RULE_FINALLY, Deed.HAND_UP, Deed.FORGET_LESSON),
    *(Deed.ACCEPT_DECLINED, Deed.CONFIRM_DECLINED, Deed.TELL_DECLINED, Deed.PASS_DECLINED),
    *(Deed.SPLIT, Deed.MERGE, Deed.UNMERGE, Deed.RELATE, Deed.SET_MARKS),
)
Guard = Callable[[Desk, Reader, Row], object]


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
        for guard in _GUARDS.get(kind, ()):
            guard(desk, reader, order)
    except Refused as refused:
        return refused.message
    return ""


def _no_redirecting(desk: Desk, reader: Reader, order: Row) -> None:
    redirecting.refuse_redirecting(desk, reader, order, return_guards.refuse_decider(desk, reader, order))


_GUARDS: dict[Deed, tuple[Guard, ...]] = {
    Deed.SEND: (return_guards.refuse_after_the_last,),
    Deed.RECALL: (return_guards.refuse_to_pass_by,),
    Deed.REASSIGN: (return_guards.refuse_to_pass_by, return_guards.refuse_after_the_last),
    Deed.GRANT_RETURN: (return_guards.refuse_decider,),
    Deed.REFUSE_RETURN: (return_guards.refuse_decider,),
    Deed.REDIRECT_RETURN: (_no_redirecting,),
    Deed.GRANT_PART_RETURN: (part_returns.refuse_all,),
    Deed.REFUSE_PART_RETURN: (part_returns.refuse_all,),
    Deed.REFER_RETURN: (return_guards.refuse_referring,),
    Deed.RULE_FINALLY: (redirecting.refuse_ruling,),
    Deed.ACCEPT_DECLINED: (declined.refuse_accepting,),
    Deed.CONFIRM_DECLINED: (declined.refuse_confirming,),
    Deed.TELL_DECLINED: (declined.refuse_telling,),
    Deed.PASS_DECLINED: (declined.refuse_passing,),
    Deed.HAND_UP: (lambda _, reader, order: came_from(reader, order),),
}
"""What a deed asks of the order and of this person before anything is typed."""
