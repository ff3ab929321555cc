"""第三次不满意: the order goes up, and is not reworked again before 分管领导 has spoken (press conference, question 4)."""

from db.codes import Deed, RequestKind, Verdict
from db.doors import Reader, Row
from db.queries import events, requests
from db.times import to_ms
from desk.deed import OrderDeed
from desk.errors import NotNow
from desk.rules import deadlines

ESCALATE_AT = 3
"""From which 不满意 on an order goes to 分管领导, unless the setting `rework.escalate_at` says otherwise."""
DECIDE_DAYS = 2
"""Working days for 分管领导 to decide, unless the setting `escalation.decide_days` says otherwise."""


def escalate_repeated(deed: OrderDeed) -> None:
    """Within RECORD_DISSATISFACTION: the third time, and every time after, 提级 is asked in the centre's name.

    Part of the deed's one event. A request that waits already stays as it is.
    """
    times = times_dissatisfied(deed.writer, deed.order) + 1
    deed.note(times=times)
    if times < _escalate_at(deed) or requests.pending(deed.writer, deed.order_id, RequestKind.ESCALATION):
        return
    desk = deed.desk
    days = int(desk.settings.get("escalation.decide_days", DECIDE_DAYS))
    due = deadlines.escalation_due(deed.at, days, desk.settings.limits, desk.calendar)
    requests.add(
        deed.writer,
        order_id=deed.order_id,
        kind=str(RequestKind.ESCALATION),
        round=deed.order["round"],
        asked_at=deed.at_ms,
        asked_by=desk.actor.id,
        asking_unit_id=desk.actor.unit_id,
        reason=f"第{times}次不满意，按规定提级调度",
        due_at=to_ms(due.at),
    )
    deed.note(escalated=True, decision_due_at=to_ms(due.at))


def check_spoken(deed: OrderDeed) -> None:
    """Raise NotNow for another 重办 of what was not accepted three times, until 分管领导 or a 热线日 has decided."""
    if why := why_not_reworked(deed.writer, deed.order, _escalate_at(deed)):
        raise NotNow(why)


def why_not_reworked(reader: Reader, order: Row, escalate_at: int) -> str:
    """Return the line that refuses 重办 before 分管领导 has spoken, '' when it may be."""
    times = times_dissatisfied(reader, order)
    if times < escalate_at:
        return ""
    decided = [
        row
        for row in requests.of_order(reader, order["id"])
        if row["kind"] == RequestKind.ESCALATION
        and row["round"] == order["round"]
        and row["verdict"] == Verdict.GRANTED
    ]
    return "" if decided else f"已{times}次不满意，已提级：待分管领导调度或热线日决定后再重办"


def times_dissatisfied(reader: Reader, order: Row) -> int:
    """Return how often the caller did not accept the result, over all rounds."""
    return sum(row["kind"] == Deed.RECORD_DISSATISFACTION for row in events.of_order(reader, order["uid"]))


def _escalate_at(deed: OrderDeed) -> int:
    return int(deed.desk.settings.get("rework.escalate_at", ESCALATE_AT))
