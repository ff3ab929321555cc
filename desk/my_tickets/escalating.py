"""申请提级: the steward cannot bring it about alone and asks 分管领导 (press conference, question 4; practice P22)."""

from db.codes import Deed, RequestKind
from desk import lists
from desk.context import Desk
from desk.deed import OrderDeed, deed_on
from desk.my_tickets import common
from desk.rows import OrderRow
from desk.rules import deadlines
from desk.rules.text import required

DECIDE_DAYS = 2
"""Working days for 分管领导 to decide, unless the setting `escalation.decide_days` says otherwise."""


def ask_escalation(desk: Desk, order_no: str, reason: str) -> OrderRow:
    """申请提级 with what was tried and where it is stuck; the clock goes on. Raises NotNow while one waits."""
    words = required(reason, "提级理由")
    with deed_on(desk, Deed.ASK_ESCALATION, order_no) as deed:
        refuse_escalation(deed)
        days = int(desk.settings.get("escalation.decide_days", DECIDE_DAYS))
        due = deadlines.escalation_due(deed.at, days, desk.settings.limits, desk.calendar)
        common.ask(deed, RequestKind.ESCALATION, due.at, reason=words)
        deed.quote(reason=words)
    return lists.after(desk, deed.order_id)


def refuse_escalation(deed: OrderDeed) -> None:
    """Raise NotNow while a request waits for 分管领导."""
    common.refuse_second(deed, RequestKind.ESCALATION, "提级")
