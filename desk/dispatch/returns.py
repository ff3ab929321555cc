"""退单 decided: by another person than the one who dispatched, within 2 working hours, at most twice (practice P7)."""

from db.codes import AssignmentPart, Deed, Status, Urgency, Verdict
from db.doors import Row
from db.queries import assignments, requests
from db.times import from_ms, maybe_from_ms
from desk import clocks, lists, return_records
from desk.context import Desk
from desk.deed import OrderDeed, deed_on
from desk.dispatch import common, return_guards
from desk.errors import Refused
from desk.rows import OrderRow
from desk.rules.text import cleaned, required
from desk.words import short_moment


def grant_return(desk: Desk, order_no: str, decision: str = "") -> OrderRow:
    """同意退单: the order comes back to the queue; the next unit gets its own limit, the citizen's goes on (P7).

    Raises NotNow when nothing is asked or the order has become 紧急, NotAllowed for who dispatched it, decided before,
    or comes past the limit without being 班长, Refused for a third return: then 快速裁决.
    """
    words = cleaned(decision, common.SHORT, "裁定意见")
    with deed_on(desk, Deed.GRANT_RETURN, order_no) as deed:
        waiting, part = asked(deed)
        return_guards.refuse_urgent(desk, deed.order)
        _refuse_third(deed)
        decide(deed, waiting, Verdict.GRANTED, words)
        tell_released(deed, part, "已同意退单，你单位不再办理")
        common.back_to_the_queue(deed, deed.at, "returned")
        deed.note(unit=common.unit_named(deed.writer, part["unit_id"])["code"])
    return lists.after(desk, deed.order_id)


def refuse_return(desk: Desk, order_no: str, decision: str) -> OrderRow:
    """不同意退单: back to the unit with the old due time; unsigned, it is signed by force now (P7). Needs a reason."""
    words = required(decision, "不同意的理由")
    with deed_on(desk, Deed.REFUSE_RETURN, order_no) as deed:
        waiting, part = asked(deed)
        decide(deed, waiting, Verdict.REFUSED, words)
        deed.note(unit=common.unit_named(deed.writer, part["unit_id"])["code"])
        if deed.before is Status.TO_SIGN:
            _sign_by_force(deed, part)
        common.tell(deed, part["unit_id"], "return_refused", _refused_words(deed))
    return lists.after(desk, deed.order_id)


def refer_return(desk: Desk, order_no: str, reason: str) -> OrderRow:
    """退单转研判: a second return that no dispatcher can judge goes to the 研判组; no clock stands still (P7).

    That is no verdict: who sent the order may do it too. Raises NotNow for a first return and one that is referred
    already, NotAllowed past the limit for all but 班长.
    """
    words = required(reason, "转研判事由")
    with deed_on(desk, Deed.REFER_RETURN, order_no) as deed:
        waiting = return_guards.refuse_referring(desk, deed.writer, deed.order)
        requests.refer(deed.writer, waiting["id"], deed.at_ms)
        deed.note(request=waiting["uid"])
        deed.quote(reason=words)
        unit_id = common.steward_part(deed)["unit_id"]
        common.tell(deed, unit_id, "return_referred", "退单已转研判，时限照走，裁定前请勿停办")
    return lists.after(desk, deed.order_id)


def asked(deed: OrderDeed) -> tuple[Row, Row]:
    """Return the request and the unit's part; raises NotNow or NotAllowed when this person may not decide it."""
    waiting = return_guards.refuse_decider(deed.desk, deed.writer, deed.order)
    return waiting, common.steward_part(deed)


def _refuse_third(deed: OrderDeed) -> None:
    most = return_records.most(deed.desk)
    if len(return_records.settled(deed.writer, deed.order_id)) >= most:
        raise Refused(f"该工单已退单 {most} 次，不能再退：请不同意，或按 k 快速裁决")


def decide(deed: OrderDeed, waiting: Row, verdict: Verdict, words: str) -> None:
    """Write the verdict on a 退单, and in the event that it came late, if it did."""
    requests.decide(deed.writer, waiting["id"], verdict, deed.at_ms, deed.desk.actor.id, words)
    deed.note(request=waiting["uid"], verdict=str(verdict))
    due = maybe_from_ms(waiting["due_at"])
    if due is not None and deed.at > due:
        deed.note(late=["verdict"])
    deed.quote(decision=words)


def tell_released(deed: OrderDeed, part: Row, words: str) -> None:
    """Tell the unit that asked, and those that help, that they have nothing to do with the order any more."""
    common.tell(deed, part["unit_id"], "return_granted", words)
    if deed.after is Status.TO_DISPATCH:
        for helper in assignments.current(deed.writer, deed.order_id, AssignmentPart.CO_HANDLING):
            common.tell(deed, helper["unit_id"], "return_granted", "已退回热线中心，你单位不再协办")


def _refused_words(deed: OrderDeed) -> str:
    forced = "视同已签收，" if deed.before is Status.TO_SIGN else ""
    due = maybe_from_ms(deed.order["unit_due_at"])
    limit = f"，单位时限 {short_moment(due)} 不变" if due is not None else ""
    count = len(return_records.settled(deed.writer, deed.order_id))
    last = "，本单不得再退" if count >= return_records.most(deed.desk) else ""
    return f"退单未获同意，{forced}请继续办理{limit}{last}"


def _sign_by_force(deed: OrderDeed, part: Row) -> None:
    assignments.change(deed.writer, part["id"], signed_at=deed.at_ms, is_signed_by_force=True)
    columns, data = clocks.on_signature(
        deed.desk, Urgency(deed.order["urgency"]), from_ms(deed.order["dispatched_at"])
    )
    deed.set(signed_at=deed.at_ms, **columns)
    deed.note(is_signed_by_force=True, **data)
