"""销号: out of 工单监测池 only with evidence that the store holds, by a second person (press conference, question 4).

A D entry: a satisfied callback after it, or 诉求不合理 by the panel with the explanation logged. A C entry: solved
and called back (practice P8).
"""

from collections.abc import Callable
from typing import Any

from db.codes import Deed, Grade, Outcome, RequestKind, Status, Verdict, WriteOffEvidence
from db.queries import assignments, callbacks, cards, events, pool, requests, work_orders
from desk import lists
from desk.codes import word
from desk.context import Desk
from desk.deed import OrderDeed, deed_on
from desk.errors import BadInput, NotAllowed, NotNow
from desk.pool import leave_pool
from desk.review import evidence as evidence_rules
from desk.review.common import close, lapse_asked, needed, optional
from desk.rows import OrderRow
from desk.rules.separation import line_for
from desk.stewardship.steps import check_closable


def ask_write_off(desk: Desk, order_no: str, evidence_kind: WriteOffEvidence, evidence: str) -> OrderRow:
    """申请销号: name the evidence and say what it shows; the desk looks whether it is really there.

    Raises BadInput without words, NotNow when the order is not watched, was asked for already, or the evidence fails.
    """
    kind, words = WriteOffEvidence(evidence_kind), needed(evidence, "销号依据")
    with deed_on(desk, Deed.ASK_WRITE_OFF, order_no) as deed:
        _check_evidence(deed, kind)
        if requests.pending(deed.writer, deed.order_id, RequestKind.WRITE_OFF) is not None:
            raise NotNow(f"工单 {order_no} 已有待审批的销号申请，请由第二人审批")
        requests.add(
            deed.writer,
            order_id=deed.order_id,
            kind=str(RequestKind.WRITE_OFF),
            round=deed.order["round"],
            asked_at=deed.at_ms,
            asked_by=desk.actor.id,
            asking_unit_id=desk.actor.unit_id,
            reason_code=str(kind),
            evidence=words,
        )
        deed.note(evidence=str(kind), pool_grade=deed.order["pool_grade"])
        deed.quote(evidence=words)
    return lists.after(desk, deed.order_id)


def write_off_asked(desk: Desk, order_no: str) -> str:
    """Return who asks for the 销号 that waits, on which evidence and in which words; '' when none waits.

    The second person reads it above the words of his own decision.
    """
    with desk.reading() as reader:
        order = work_orders.by_number(reader, order_no)
        asked = cards.requests(reader, order["id"]) if order else ()
        for row in asked:
            if row["kind"] == RequestKind.WRITE_OFF and row["verdict"] == Verdict.PENDING:
                ground = word(WriteOffEvidence(row["reason_code"]))
                return f"{row['asker'] or ''} 申请销号，依据：{ground}。{row['evidence'] or row['reason']}"
    return ""


def approve_write_off(desk: Desk, order_no: str, note: str = "") -> OrderRow:
    """同意销号: by another person than the asker; a 不满意待定 order closes with it (design part 5).

    Raises NotNow without a request or when its evidence no longer holds, NotAllowed for the asker.
    """
    words = optional(note)
    with deed_on(desk, Deed.APPROVE_WRITE_OFF, order_no) as deed:
        asked = _asked(deed)
        evidence = WriteOffEvidence(asked["reason_code"])
        _check_evidence(deed, evidence)
        requests.decide(deed.writer, asked["id"], Verdict.GRANTED, deed.at_ms, desk.actor.id, words)
        leave_pool(deed, f"{word(evidence)}：{asked['evidence']}")
        deed.note(evidence=str(evidence))
        deed.quote(note=words)
        _end(deed, evidence)
    return lists.after(desk, deed.order_id)


def refuse_write_off(desk: Desk, order_no: str, reason: str) -> OrderRow:
    """不同意销号: the order stays in the pool. Raises BadInput without a reason, NotNow without a request."""
    words = needed(reason, "不同意的理由")
    with deed_on(desk, Deed.REFUSE_WRITE_OFF, order_no) as deed:
        asked = _asked(deed)
        requests.decide(deed.writer, asked["id"], Verdict.REFUSED, deed.at_ms, desk.actor.id, words)
        deed.note(evidence=asked["reason_code"])
        deed.quote(reason=words)
    return lists.after(desk, deed.order_id)


def archive(desk: Desk, order_no: str) -> OrderRow:
    """归档: a closed order that the pool no longer watches. Raises NotNow while it stands in the pool."""
    with deed_on(desk, Deed.ARCHIVE, order_no) as deed:
        if deed.order["pool_grade"] is not None:
            raise NotNow(f"工单 {order_no} 仍以{deed.order['pool_grade']}级在监测池，须先销号再归档")
        deed.set(archived_at=deed.at_ms)
        assignments.end_running(deed.writer, deed.order_id, deed.at_ms, "done")
    return lists.after(desk, deed.order_id)


def _asked(deed: OrderDeed) -> Any:
    """The request under decision; its asker is ruled out as a person, in whatever round he asked."""
    asked = requests.pending(deed.writer, deed.order_id, RequestKind.WRITE_OFF)
    if asked is None:
        raise NotNow(f"工单 {deed.order['order_no']} 没有待审批的销号申请，请先按 x 申请")
    if asked["asker_person"] == deed.desk.actor.person_uid:
        raise NotAllowed(line_for(deed.kind))
    return asked


def _end(deed: OrderDeed, evidence: WriteOffEvidence) -> None:
    is_unreasonable = evidence is WriteOffEvidence.PANEL_UNREASONABLE
    if is_unreasonable:
        deed.set(excluded_from_assessment=True)
    lapse_asked(deed)
    if deed.before is Status.DISSATISFIED:
        close(deed, Outcome.UNREASONABLE if is_unreasonable else Outcome.WRITTEN_OFF)
    elif deed.after is Status.CLOSED:
        assignments.end_running(deed.writer, deed.order_id, deed.at_ms, "done")


def _check_evidence(deed: OrderDeed, kind: WriteOffEvidence) -> None:
    entry = pool.inside(deed.writer, deed.order_id)
    if entry is None:
        raise NotNow(f"工单 {deed.order['order_no']} 不在监测池，不需要销号")
    if entry["grade"] == Grade.C and kind is not WriteOffEvidence.SOLVED_CALLBACK:
        raise BadInput("C级工单须已解决并经回访才能销号，请选“已解决并回访”", "销号依据")
    if not _EVIDENCE[kind](deed, entry):
        raise NotNow(f"没有查到入池后的“{word(kind)}”记录，不能据此销号：请先{_FIRST[kind]}")
    check_closable(deed)


def _satisfied_callback(deed: OrderDeed, entry: Any) -> bool:
    return evidence_rules.is_satisfied(_reached(deed, entry))


def _solved_callback(deed: OrderDeed, entry: Any) -> bool:
    return evidence_rules.is_solved(_reached(deed, entry))


def _reached(deed: OrderDeed, entry: Any) -> list[Any]:
    """Callbacks of this round, after the entry, that reached the caller."""
    rows = callbacks.reached_after(deed.writer, deed.order_id, entry["entered_at"])
    return [row for row in rows if row["round"] == deed.order["round"]]


def _panel_unreasonable(deed: OrderDeed, entry: Any) -> bool:
    """诉求不合理 by the panel after the entry, and after that the explanation to the caller logged (P29)."""
    kinds = [
        row["kind"]
        for row in events.of_order(deed.writer, deed.order["uid"])
        if row["round"] == deed.order["round"] and row["at"] > entry["entered_at"]
    ]
    if Deed.PANEL_UNREASONABLE not in kinds:
        return False
    return Deed.LOG_EXPLANATION in kinds[kinds.index(Deed.PANEL_UNREASONABLE) :]


_EVIDENCE: dict[WriteOffEvidence, Callable[[OrderDeed, Any], bool]] = {
    WriteOffEvidence.SATISFIED_CALLBACK: _satisfied_callback,
    WriteOffEvidence.SOLVED_CALLBACK: _solved_callback,
    WriteOffEvidence.PANEL_UNREASONABLE: _panel_unreasonable,
}
_FIRST = {
    WriteOffEvidence.SATISFIED_CALLBACK: "重办并回访满意",
    WriteOffEvidence.SOLVED_CALLBACK: "解决并回访",
    WriteOffEvidence.PANEL_UNREASONABLE: "由承办单位申请社会评议，评议不合理后登记解释说明",
}
