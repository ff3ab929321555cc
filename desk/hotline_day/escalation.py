"""提级: 分管领导 decides what a unit could not bring about, or passes it to the 热线日 (press conference, questions 1, 4)."""

from db.codes import Deed, RequestKind, Verdict
from db.doors import Reader, Row
from db.queries import messages, requests
from desk import lists
from desk.context import Desk
from desk.deed import OrderDeed, deed_on
from desk.errors import NotNow
from desk.rows import OrderRow
from desk.rules.text import cleaned, required

TO_THE_DAY = "hotline_day"
"""The code that a request bears which 分管领导 passed on."""
_SHORT = 500


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
    """提交热线日: 分管领导 cannot decide it alone; the rule puts it on the next agenda. Raises NotNow when nothing is asked."""
    said = cleaned(words, _SHORT, "提交说明")
    with deed_on(desk, Deed.REFER_TO_DAY, order_no) as deed:
        asked = _decide(deed, said or "提交热线日")
        requests.mark(deed.writer, asked["id"], TO_THE_DAY)
        deed.note(to=TO_THE_DAY)
    return lists.after(desk, deed.order_id)


def asked_for(reader: Reader, order: Row) -> Row:
    """Return the 提级 of an order (a row) that waits; raises NotNow for none."""
    asked = requests.pending(reader, order["id"], RequestKind.ESCALATION)
    if asked is None:
        raise NotNow(f"工单 {order['order_no']} 没有待决定的提级申请，请刷新后再看")
    return asked


def _decide(deed: OrderDeed, words: str) -> Row:
    asked = asked_for(deed.writer, deed.order)
    requests.decide(deed.writer, asked["id"], Verdict.GRANTED, deed.at_ms, deed.desk.actor.id, words)
    deed.note(request=asked["uid"], verdict=str(Verdict.GRANTED))
    deed.quote(decision=words)
    return asked
