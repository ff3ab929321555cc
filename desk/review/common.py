"""What the deeds of the review share: needed words, closing an order, a new round, the row to show."""

from typing import Any

from db.codes import AssignmentPart, OrderKind, Outcome, RequestKind, Urgency, Verdict
from db.queries import assignments, requests
from desk import clocks
from desk.assessment.scoring import ask_for_scores
from desk.deed import OrderDeed
from desk.errors import NotNow
from desk.pool import give_grade
from desk.rules import grading
from desk.rules.text import cleaned, required

LONGEST = 2000


def needed(text: str, field: str) -> str:
    """Return words that must be there, cleaned. Raises BadInput when they are not, or cannot be kept."""
    return required(text, field, LONGEST)


def optional(text: str, field: str = "备注") -> str:
    """Return words that may be missing, cleaned. Raises BadInput when they cannot be kept."""
    return cleaned(text, LONGEST, field)


def close(deed: OrderDeed, outcome: Outcome) -> None:
    """办结: the order ends with `outcome`; its units are done with it unless the pool still watches it."""
    deed.set(closed_at=deed.at_ms, outcome=str(outcome), stage_due_at=None)
    deed.note(outcome=str(outcome))
    if deed.value("pool_grade") is None:
        assignments.end_running(deed.writer, deed.order_id, deed.at_ms, "done")
    ask_for_scores(deed)


def grade_unheard(deed: OrderDeed, why: str) -> None:
    """Grade by rule what ends without the caller's word; what the pool watches keeps its grade there."""
    if deed.value("pool_grade") is None:
        rules = grading.rules_from(deed.desk.settings.get(grading.RULES))
        give_grade(deed, grading.proposed(None, rules).grade, why)


def start_round(deed: OrderDeed, requirement: str) -> None:
    """Begin another round at the same 工单管家, section and handler, with limits of its own (practice P3).

    The first round's breach stays in the events. A controlled emergency comes back as 紧急, not against 30 minutes.
    Raises NotNow for an order that no unit ever held.
    """
    steward = _last_steward(deed)
    urgency = Urgency(deed.order["urgency"])
    urgency = Urgency.URGENT if urgency is Urgency.CRITICAL else urgency
    columns, data = clocks.on_rework(deed.desk, OrderKind(deed.order["kind"]), urgency, deed.at)
    round_ = deed.order["round"] + 1
    deed.set(round=round_, urgency=str(urgency), **_BLANK, **columns)
    deed.note(round=round_, **data)
    assignments.end_running(deed.writer, deed.order_id, deed.at_ms, "done")
    assignments.add(deed.writer, **_part(deed, steward, requirement, columns, data))
    lapse_asked(deed)


_BLANK: dict[str, Any] = {
    "answered_at": None,
    "review_passed_at": None,
    "closed_at": None,
    "archived_at": None,
    "suspended_at": None,
    "outcome": None,
}
"""What a new round has not reached yet; when the round before did stands in the events."""


def _last_steward(deed: OrderDeed) -> Any:
    parts = assignments.of_order(deed.writer, deed.order_id)
    stewards = [part for part in parts if part["part"] == AssignmentPart.STEWARD]
    if not stewards:
        raise NotNow(f"工单 {deed.order['order_no']} 没有派过承办单位，不能重办：请另登新工单")
    return stewards[-1]


def _part(
    deed: OrderDeed, steward: Any, requirement: str, columns: dict[str, Any], data: dict[str, Any]
) -> dict[str, Any]:
    due = data["unit_due"] or {}
    return {
        "order_id": deed.order_id,
        "part": str(AssignmentPart.STEWARD),
        "unit_id": steward["unit_id"],
        "section_id": deed.order["section_id"] or steward["section_id"],
        "staff_id": deed.order["handler_id"] or steward["staff_id"],
        "round": deed.value("round"),
        "sent_at": deed.at_ms,
        "sent_by": deed.desk.actor.id,
        "due_at": columns["unit_due_at"],
        "due_explanation": due.get("explanation", ""),
        "requirement": requirement,
        # Nobody signs a second round: the order goes straight back into work.
        "signed_at": deed.at_ms,
        "is_signed_by_force": True,
    }


def lapse_asked(deed: OrderDeed) -> None:
    """An undecided 销号 or 社会评议 request ends unheard when the order goes another way."""
    for kind in (RequestKind.WRITE_OFF, RequestKind.PANEL):
        asked = requests.pending(deed.writer, deed.order_id, kind)
        if asked is not None:
            requests.decide(
                deed.writer, asked["id"], Verdict.LAPSED, deed.at_ms, deed.desk.actor.id, "工单已另行处理"
            )
