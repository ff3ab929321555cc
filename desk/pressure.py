"""催办 and 督办: pressure on the unit, before and after the limit, and its answer (press conference, question 4)."""

from collections.abc import Iterator, Sequence
from typing import Any

from db.codes import Deed, PressureLevel, RequestKind, Role, Urgency, Verdict
from db.doors import Reader, Row
from db.queries import pressing, requests
from db.times import maybe_from_ms
from desk import clocks, lists, press
from desk.codes import word
from desk.context import Desk
from desk.deed import OrderDeed, deed_on
from desk.errors import BadInput, NotAllowed, NotNow
from desk.press import Demand
from desk.pressure_rows import Pressed
from desk.rows import OrderRow
from desk.rules import deadlines
from desk.rules.deadlines import Due
from desk.rules.lifecycle import AFTER_THE_UNIT, AT_THE_UNIT
from desk.rules.press_stages import LEVELS, level_above
from desk.rules.text import required
from desk.words import stored

SUPERVISION_DAYS, LONGEST_DAYS = 2, 60
"""Working days to answer a 督办, unless the setting `supervise.days` or the one who orders it says otherwise."""
REMINDER_DAYS = 1
"""Working days to answer a 催办, unless the setting `remind.days` says otherwise; urgent orders have hours (P4)."""
KINDS = (RequestKind.SUPERVISION, RequestKind.REMINDER)
"""What presses a unit, the weightier first."""
_LONGEST = 2000


def remind(
    desk: Desk, order_no: str, note: str, level: PressureLevel | None = None, days: int | None = None
) -> OrderRow:
    """催办: press the unit that holds the order, which answers within `days` working days, of an urgent order within 2 hours.

    A 催办 that still waits is taken up into this one and keeps its earlier limit. Raises BadInput without words or for
    days outside 1–60, NotAllowed for a level that is not this person's to choose.
    """
    words = required(note, "催办内容", _LONGEST)
    with deed_on(desk, Deed.REMIND, order_no) as deed:
        chosen = _level(desk, RequestKind.REMINDER, level)
        due = _reminder_due(deed, days)
        deed.note(reminder_due=press.put(deed, Demand(RequestKind.REMINDER, chosen, words, due.at)))
        deed.quote(note=words)
    return lists.after(desk, deed.order_id)


def _reminder_due(deed: OrderDeed, days: int | None) -> Due:
    settings, urgency = deed.desk.settings, deed.order["urgency"]
    if days is not None:
        return deadlines.stage_answer_due(
            word(RequestKind.REMINDER),
            Urgency.NORMAL,
            deed.at,
            _days(days, "催办时限"),
            0,
            settings.limits,
            deed.desk.calendar,
        )
    usual = int(settings.get("remind.days", REMINDER_DAYS))
    return deadlines.reminder_due(urgency, deed.at, usual, settings.limits, deed.desk.calendar)


def supervise(
    desk: Desk,
    order_no: str,
    requirement: str,
    days: int | None = None,
    level: PressureLevel | None = None,
) -> OrderRow:
    """督办: the unit answers this demand within `days` working days; a lower 督办 and a 催办 that wait are taken up into it.

    Raises BadInput without a demand or for days outside 1–60, NotNow while a 督办 of this level or a higher one is
    unanswered or before dispatch, NotAllowed for a level that is not this person's to choose.
    """
    words = required(requirement, "督办要求", _LONGEST)
    with deed_on(desk, Deed.SUPERVISE, order_no) as deed:
        chosen = _level(desk, RequestKind.SUPERVISION, level)
        above = press.standing_above(deed, RequestKind.SUPERVISION, chosen)
        if above is not None:
            raise NotNow(why_no_second(order_no, above["level"]))
        deed.note(**order_supervision(deed, words, days, chosen))
        deed.quote(requirement=words)
    return lists.after(desk, deed.order_id)


def why_no_second(order_no: str, level: str | None) -> str:
    """Return the line that says that a 督办 of this level waits already."""
    at = f"（{word(PressureLevel(level))}）" if level else ""
    return f"工单 {order_no} 已有未回复的督办{at}，请先等单位回复，或由班长、调度领导提级督办"


def order_supervision(
    deed: OrderDeed, requirement: str, days: int | None = None, level: PressureLevel | None = None
) -> dict[str, Any]:
    """Put a 督办 beside the order, unless one of its level or a higher one still waits; return the event data of its limit.

    `level` is 单位负责人 unless said otherwise: `next_level` is one above every 督办 before. Raises BadInput for the days.
    """
    chosen = level or usual_level(deed.desk, RequestKind.SUPERVISION)
    if press.standing_above(deed, RequestKind.SUPERVISION, chosen) is not None:
        return {}
    usual = int(deed.desk.settings.get("supervise.days", SUPERVISION_DAYS)) if days is None else days
    limits, calendar = deed.desk.settings.limits, deed.desk.calendar
    due = deadlines.supervision_due(deed.at, _days(usual, "督办时限"), limits, calendar)
    press.put(deed, Demand(RequestKind.SUPERVISION, chosen, requirement, due.at))
    return {"supervision_due": clocks.due_data(due), "level": str(chosen)}


def next_level(desk: Desk, reader: Reader, order_id: int) -> PressureLevel:
    """Return one level above the highest at which an order was ever put under 督办, or above the usual one."""
    before = [PressureLevel(level) for level in pressing.levels_of(reader, order_id)]
    usual = usual_level(desk, RequestKind.SUPERVISION)
    return level_above(max([usual, *before], key=LEVELS.index))


_USUAL_LEVEL = {
    RequestKind.REMINDER: ("remind.level", PressureLevel.HANDLER),
    RequestKind.SUPERVISION: ("supervise.level", PressureLevel.UNIT_HEAD),
}


def usual_level(desk: Desk, kind: RequestKind) -> PressureLevel:
    """What a person presses at who says nothing else: a leader's 督办 is the leaders' matter."""
    if kind is RequestKind.SUPERVISION and Role.LEADER in desk.actor.roles:
        return PressureLevel.LEADER
    key, usual = _USUAL_LEVEL[kind]
    return PressureLevel(desk.settings.get(key, usual))


def levels_for(desk: Desk) -> tuple[PressureLevel, ...]:
    """Return the levels that this person may choose, the lowest first: the leaders' are for 班长 and 调度领导."""
    may_all = desk.actor.roles & _MAY_ALL
    return tuple(each for each in LEVELS if may_all or each not in _OF_LEADERS)


def usual_days(desk: Desk, kind: RequestKind) -> int:
    """Return how many working days a unit has for its answer unless somebody says otherwise."""
    if kind is RequestKind.REMINDER:
        return int(desk.settings.get("remind.days", REMINDER_DAYS))
    return int(desk.settings.get("supervise.days", SUPERVISION_DAYS))


_MAY_ALL = frozenset({Role.SUPERVISOR, Role.LEADER})
_OF_LEADERS = (PressureLevel.LEADER, PressureLevel.HEAD)


def _level(desk: Desk, kind: RequestKind, level: PressureLevel | None) -> PressureLevel:
    if level is None:
        return usual_level(desk, kind)
    return check_level(desk, kind, PressureLevel(level))


def check_level(desk: Desk, kind: RequestKind, level: PressureLevel) -> PressureLevel:
    """Return a level that this person may choose. Raises NotAllowed for one of the leaders'."""
    if level not in levels_for(desk):
        raise NotAllowed(f"{word(level)}一级的{word(kind)}由班长或调度领导提出")
    return level


def _days(days: int, field: str) -> int:
    if not 1 <= days <= LONGEST_DAYS:
        raise BadInput(f"{field}须在 1 至 {LONGEST_DAYS} 个工作日之间", field)
    return days


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
    """Yield who presses the unit at which level, until when (China time) and with which words; `now_ms` is ms UTC."""
    for kind in KINDS:
        row = waiting(reader, order, kind)
        if row is not None:
            late = "，!已逾期" if row["due_at"] < now_ms else ""
            at = f"（{word(PressureLevel(row['level']))}）" if row["level"] else ""
            by = (
                "按规则"
                if row["stage"]
                else f"{row['asking_unit_name'] or ''} {row['asker_name'] or ''}".strip()
            )
            yield f"!{word(kind)}{at}：{by} {stored(row['asked_at'])} 提出，{stored(row['due_at'])} 前回复{late}：{row['reason']}"


def pressed(desk: Desk, rows: Sequence[OrderRow]) -> dict[str, Pressed]:
    """Return what presses these orders' units and until when, by order number; a 督办 goes before a 催办."""
    by_id = {row.id: row for row in rows if row.status in AT_THE_UNIT + AFTER_THE_UNIT}
    found: dict[str, Pressed] = {}
    with desk.reading() as reader:
        for kind in KINDS:
            for row in requests.pressing(reader, kind, list(by_id)):
                level = PressureLevel(row["level"]) if row["level"] else None
                due = maybe_from_ms(row["due_at"])
                found.setdefault(by_id[row["order_id"]].order_no, Pressed(kind, due, level))
    return found
