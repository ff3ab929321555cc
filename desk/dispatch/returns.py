"""退单 decided: by another person than the one who dispatched, within 2 working hours, at most twice (practice P7)."""

from db.codes import Deed, RequestKind, Status, Urgency, Verdict
from db.doors import Reader, Row
from db.queries import assignments, requests
from db.times import from_ms
from desk import clocks, lists
from desk.context import Desk
from desk.deed import OrderDeed, deed_on
from desk.dispatch import common
from desk.errors import NotNow, Refused
from desk.rows import OrderRow
from desk.rules.text import cleaned, required

_MOST_RETURNS = 2


def grant_return(desk: Desk, order_no: str, decision: str = "") -> OrderRow:
    """同意退单: the order comes back to the queue; the next unit gets its own limit, the citizen's goes on (P7).

    Raises NotNow when nothing is asked, NotAllowed for who dispatched it or decided before, Refused for a third
    return: then 快速裁决 (refuse it, or 改派).
    """
    words = cleaned(decision, common.SHORT, "裁定意见")
    with deed_on(desk, Deed.GRANT_RETURN, order_no) as deed:
        waiting, part = _asked(deed)
        most = int(desk.settings.get("return.max_times", _MOST_RETURNS))
        if len(_granted(deed)) >= most:
            raise Refused(f"该工单已退过 {most} 次，不能再退：请不同意并快速裁决，或按 n 改派")
        _decide(deed, waiting, Verdict.GRANTED, words)
        common.back_to_the_queue(deed, deed.at, "returned")
        deed.note(unit=common.unit_named(deed.writer, part["unit_id"])["code"])
    return lists.after(desk, deed.order_id)


def refuse_return(desk: Desk, order_no: str, decision: str) -> OrderRow:
    """不同意退单: back to the unit with the old due time; unsigned, it is signed by force now (P7). Needs a reason."""
    words = required(decision, "不同意的理由")
    with deed_on(desk, Deed.REFUSE_RETURN, order_no) as deed:
        waiting, part = _asked(deed)
        _decide(deed, waiting, Verdict.REFUSED, words)
        if deed.before is Status.TO_SIGN:
            _sign_by_force(deed, part)
    return lists.after(desk, deed.order_id)


def _asked(deed: OrderDeed) -> tuple[Row, Row]:
    """Return the request and the unit's part; raises NotNow or NotAllowed when this person may not decide it."""
    waiting = refuse_decider(deed.desk, deed.writer, deed.order)
    return waiting, common.steward_part(deed)


def refuse_decider(desk: Desk, reader: Reader, order: Row) -> Row:
    """Return the 退单 of an order (a row) that waits; raise NotNow for none, NotAllowed for who may not decide it."""
    waiting = requests.pending(reader, order["id"], RequestKind.RETURN)
    if waiting is None:
        raise NotNow(f"工单 {order['order_no']} 没有待定的退单申请，请刷新后再看")
    part = assignments.current_steward(reader, order["id"])
    sender = None if part is None else part["sender_person"]
    common.refuse_own(desk, sender, "不能裁定自己派出的工单的退单，请由另一名派单员或班长裁定")
    for earlier in _decided(reader, order):
        common.refuse_own(
            desk, earlier["decider_person"], "上一次退单由您裁定，再次退单须由另一名派单员裁定或转研判"
        )
    return waiting


def _decided(reader: Reader, order: Row) -> list[Row]:
    verdicts = (Verdict.GRANTED, Verdict.REFUSED)
    return [
        row
        for row in requests.of_order(reader, order["id"])
        if row["kind"] == RequestKind.RETURN and row["verdict"] in verdicts
    ]


def _granted(deed: OrderDeed) -> list[Row]:
    return [row for row in _decided(deed.writer, deed.order) if row["verdict"] == Verdict.GRANTED]


def _decide(deed: OrderDeed, waiting: Row, verdict: Verdict, words: str) -> None:
    requests.decide(deed.writer, waiting["id"], verdict, deed.at_ms, deed.desk.actor.id, words)
    deed.note(request=waiting["uid"], verdict=str(verdict))
    deed.quote(decision=words)


def _sign_by_force(deed: OrderDeed, part: Row) -> None:
    assignments.change(deed.writer, part["id"], signed_at=deed.at_ms, is_signed_by_force=True)
    columns, data = clocks.on_signature(
        deed.desk, Urgency(deed.order["urgency"]), from_ms(deed.order["dispatched_at"])
    )
    deed.set(signed_at=deed.at_ms, **columns)
    deed.note(is_signed_by_force=True, **data)
