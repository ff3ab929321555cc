"""催办 and 督办: pressure on the unit, before and after the limit, and its answer (press conference, question 4)."""

from collections.abc import Iterator, Sequence
from typing import Any

from db.codes import Deed, RequestKind, Verdict
from db.doors import Reader, Row
from db.queries import messages, requests
from db.times import maybe_from_ms, to_ms
from desk import clocks, lists, told
from desk.codes import word
from desk.context import Desk
from desk.deed import OrderDeed, deed_on
from desk.errors import BadInput, NotNow
from desk.pressure_rows import Pressed
from desk.rows import OrderRow
from desk.rules import deadlines
from desk.rules.deadlines import Due
from desk.rules.lifecycle import AFTER_THE_UNIT, AT_THE_UNIT
from desk.rules.text import required
from desk.words import stored

SUPERVISION_DAYS, LONGEST_DAYS = 2, 60
"""Working days to answer a 督办, unless the setting `supervise.days` or the one who orders it says otherwise."""
REMINDER_DAYS = 1
"""Working days to answer a 催办, unless the setting `remind.days` says otherwise; urgent orders have hours (P4)."""
KINDS = (RequestKind.SUPERVISION, RequestKind.REMINDER)
"""What presses a unit, the weightier first."""
_LONGEST = 2000


def remind(desk: Desk, order_no: str, note: str) -> OrderRow:
    """催办: press the unit that holds the order, which answers within a working day, of an urgent order within 2 hours.

    A 催办 that still waits is taken up into this one and keeps its earlier limit. Raises BadInput without words.
    """
    words = required(note, "催办内容", _LONGEST)
    with deed_on(desk, Deed.REMIND, order_no) as deed:
        due = _reminder_due(deed)
        earlier = requests.pending(deed.writer, deed.order_id, RequestKind.REMINDER)
        until = to_ms(due.at)
        if earlier is not None:
            requests.decide(
                deed.writer, earlier["id"], Verdict.LAPSED, deed.at_ms, desk.actor.id, "已再次催办"
            )
            if earlier["target_unit_id"] == deed.order["steward_id"]:
                until = min(until, earlier["due_at"])
        _ask(deed, RequestKind.REMINDER, words, until)
        told.to_unit(desk, deed.writer, deed.order, "remind", deed.at, due=maybe_from_ms(until), words=words)
        deed.note(reminder_due=until)
        deed.quote(note=words)
    return lists.after(desk, deed.order_id)


def _reminder_due(deed: OrderDeed) -> Due:
    settings, urgency = deed.desk.settings, deed.order["urgency"]
    days = int(settings.get("remind.days", REMINDER_DAYS))
    return deadlines.reminder_due(urgency, deed.at, days, settings.limits, deed.desk.calendar)


def supervise(desk: Desk, order_no: str, requirement: str, days: int | None = None) -> OrderRow:
    """督办: the unit answers this demand within `days` working days.

    Raises BadInput without a demand or for days outside 1–60, NotNow while another 督办 is unanswered or before
    dispatch.
    """
    words = required(requirement, "督办要求", _LONGEST)
    with deed_on(desk, Deed.SUPERVISE, order_no) as deed:
        if _pending(deed) is not None:
            raise NotNow(f"工单 {order_no} 已有未回复的督办，请先等单位回复")
        deed.note(**order_supervision(deed, words, days))
        deed.quote(requirement=words)
    return lists.after(desk, deed.order_id)


def order_supervision(deed: OrderDeed, requirement: str, days: int | None = None) -> dict[str, Any]:
    """Put a 督办 beside the order, unless one still waits for its answer; return the event data of its limit."""
    if _pending(deed) is not None:
        return {}
    chosen = int(deed.desk.settings.get("supervise.days", SUPERVISION_DAYS)) if days is None else days
    if not 1 <= chosen <= LONGEST_DAYS:
        raise BadInput(f"督办时限须在 1 至 {LONGEST_DAYS} 个工作日之间", "督办时限")
    due = deadlines.supervision_due(deed.at, chosen, deed.desk.settings.limits, deed.desk.calendar)
    _ask(deed, RequestKind.SUPERVISION, requirement, to_ms(due.at))
    _tell_unit(deed, f"工单 {deed.order['order_no']} 督办，限 {due.explanation}：{requirement}")
    return {"supervision_due": clocks.due_data(due)}


def _tell_unit(deed: OrderDeed, body: str) -> None:
    steward_id = deed.order["steward_id"]
    messages.to_unit(deed.writer, deed.order_id, steward_id, str(deed.kind), body, deed.at_ms)


def _ask(deed: OrderDeed, kind: RequestKind, words: str, due_at: int) -> None:
    requests.add(
        deed.writer,
        order_id=deed.order_id,
        kind=str(kind),
        round=deed.value("round"),
        asked_at=deed.at_ms,
        asked_by=deed.desk.actor.id,
        asking_unit_id=deed.desk.actor.unit_id,
        reason=words,
        target_unit_id=deed.order["steward_id"],
        due_at=due_at,
    )


def answer_supervision(desk: Desk, order_no: str, answer: str) -> OrderRow:
    """督办回复: the unit says what it did. Raises BadInput without words, NotNow when nothing waits for an answer."""
    return _answer(desk, order_no, Deed.ANSWER_SUPERVISION, answer)


def answer_reminder(desk: Desk, order_no: str, answer: str) -> OrderRow:
    """催办回复: the unit says how far it is. Raises BadInput without words, NotNow when nothing waits for an answer."""
    return _answer(desk, order_no, Deed.ANSWER_REMINDER, answer)


ANSWERED = {
    Deed.ANSWER_SUPERVISION: RequestKind.SUPERVISION,
    Deed.ANSWER_REMINDER: RequestKind.REMINDER,
}
"""Which deed answers what."""


def _answer(desk: Desk, order_no: str, kind: Deed, answer: str) -> OrderRow:
    asked_kind = ANSWERED[kind]
    words = required(answer, f"{word(asked_kind)}回复", _LONGEST)
    with deed_on(desk, kind, order_no) as deed:
        asked = waiting(deed.writer, deed.order, asked_kind)
        if asked is None:
            raise NotNow(f"工单 {order_no} 没有待回复的{word(asked_kind)}")
        requests.decide(deed.writer, asked["id"], Verdict.GRANTED, deed.at_ms, desk.actor.id, words)
        is_late = asked["due_at"] is not None and asked["due_at"] < deed.at_ms
        deed.note(is_late=is_late or None)
        deed.quote(answer=words)
    return lists.after(desk, deed.order_id)


def waiting(reader: Reader, order: Row, kind: RequestKind) -> Row | None:
    """Return the 督办 or 催办 that waits for this order's unit; a 催办 of a unit that gave the order away is over."""
    asked = requests.pending(reader, order["id"], kind)
    if asked is None or (kind is RequestKind.REMINDER and asked["target_unit_id"] != order["steward_id"]):
        return None
    return asked


def why_no_answer(reader: Reader, order: Row, kind: Deed) -> str:
    """Return the line that says that nothing waits for this deed's answer, '' if something does."""
    asked = ANSWERED[kind]
    return "" if waiting(reader, order, asked) is not None else f"没有待回复的{word(asked)}"


def lines(reader: Reader, order: Row, now_ms: int) -> Iterator[str]:
    """Yield who presses the unit, until when (China time) and with which words; `now_ms` is ms UTC."""
    for kind in KINDS:
        row = waiting(reader, order, kind)
        if row is not None:
            late = "，!已逾期" if row["due_at"] < now_ms else ""
            by = f"{row['asking_unit_name'] or ''} {row['asker_name'] or ''}".strip()
            yield f"!{word(kind)}：{by} {stored(row['asked_at'])} 提出，{stored(row['due_at'])} 前回复{late}：{row['reason']}"


def pressed(desk: Desk, rows: Sequence[OrderRow]) -> dict[str, Pressed]:
    """Return what presses these orders' units and until when, by order number; a 督办 goes before a 催办."""
    by_id = {row.id: row for row in rows if row.status in AT_THE_UNIT + AFTER_THE_UNIT}
    found: dict[str, Pressed] = {}
    with desk.reading() as reader:
        for kind in KINDS:
            for row in requests.pressing(reader, kind, list(by_id)):
                due = maybe_from_ms(row["due_at"])
                found.setdefault(by_id[row["order_id"]].order_no, Pressed(kind, due))
    return found


def _pending(deed: OrderDeed) -> Any:
    return requests.pending(deed.writer, deed.order_id, RequestKind.SUPERVISION)
