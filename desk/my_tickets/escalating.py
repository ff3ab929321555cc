"""提级: what the steward cannot bring about alone goes to 分管领导, and from there to the 热线日.

Source: press conference, questions 1 and 4; practice P22.
"""

from db.codes import Deed, RequestKind, Verdict
from db.doors import Row
from db.queries import messages, requests
from desk import lists
from desk.context import Desk
from desk.deed import OrderDeed, deed_on
from desk.my_tickets import common
from desk.rows import OrderRow
from desk.rules import deadlines
from desk.rules.text import cleaned, required

TO_THE_DAY = "hotline_day"
"""The code that a request bears which 分管领导 passed on."""
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


def rule_escalation(desk: Desk, order_no: str, decision: str) -> OrderRow:
    """提级调度: 分管领导 says who does what; the steward is told. Raises NotNow when nothing is asked, BadInput."""
    words = required(decision, "调度意见")
    with deed_on(desk, Deed.RULE_ESCALATION, order_no) as deed:
        _decide(deed, words)
        steward_id = deed.order["steward_id"]
        if steward_id is not None:
            told = f"工单 {order_no} 提级已有调度意见，请按意见办理"
            messages.to_unit(deed.writer, deed.order_id, steward_id, "escalation_ruled", told, deed.at_ms)
    return lists.after(desk, deed.order_id)


def refer_to_day(desk: Desk, order_no: str, words: str = "") -> OrderRow:
    """提交热线日: 分管领导 cannot decide it alone; the rule puts it on the next agenda (press conference, question 1).

    Raises NotNow when nothing is asked.
    """
    said = cleaned(words, common.SHORT, "提交说明")
    with deed_on(desk, Deed.REFER_TO_DAY, order_no) as deed:
        asked = _decide(deed, said or "提交热线日")
        requests.mark(deed.writer, asked["id"], TO_THE_DAY)
        deed.note(to=TO_THE_DAY)
    return lists.after(desk, deed.order_id)


def _decide(deed: OrderDeed, words: str) -> Row:
    asked = common.pending_request(deed, RequestKind.ESCALATION, "提级")
    common.decide(deed, asked, Verdict.GRANTED, words)
    deed.quote(decision=words)
    return asked
