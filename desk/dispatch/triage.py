"""Orders that cannot be sent as they are: 退回补充 to the operator, 研判 of what nobody owns clearly."""

from db.codes import Deed
from desk import lists
from desk.context import Desk
from desk.deed import deed_on
from desk.dispatch import common
from desk.rows import OrderRow
from desk.rules.text import required


def ask_completion(desk: Desk, order_no: str, missing: str) -> OrderRow:
    """退回补充: back to the operator with what is missing; the dispatch clock goes on (P21)."""
    words = required(missing, "要补充的内容")
    with deed_on(desk, Deed.ASK_COMPLETION, order_no) as deed:
        deed.quote(missing=words)
    return lists.after(desk, deed.order_id)


def put_into_triage(desk: Desk, order_no: str, reason: str) -> OrderRow:
    """转研判: 指向不明确, 职能界限模糊 or 辖区交叉 (press conference; P22); the dispatch clock goes on."""
    words = required(reason, "研判事由")
    with deed_on(desk, Deed.PUT_INTO_TRIAGE, order_no) as deed:
        deed.quote(reason=words)
    return lists.after(desk, deed.order_id)


def rule_triage(desk: Desk, order_no: str, verdict: str, *, unit_id: int | None = None) -> OrderRow:
    """研判结论: back to the queue with the panel's verdict, and the unit it names, if any (P22).

    Raises NotAllowed when the order is about that unit (P32 a).
    """
    words = required(verdict, "研判结论", common.LONG)
    with deed_on(desk, Deed.RULE_TRIAGE, order_no) as deed:
        if unit_id is not None:
            deed.note(unit=common.handler_unit(deed, unit_id)["code"])
        deed.quote(verdict=words)
    return lists.after(desk, deed.order_id)
