"""The sheet of one callback: whom to ring, when he likes it, what may be said to anybody else (practice P28, P32 d)."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from db.codes import Deed, Status
from db.doors import Reader, Row
from db.queries import answers
from db.queries import callbacks as kept
from db.times import from_ms
from desk import sight
from desk.context import Desk
from desk.deed import OrderDeed, excluded
from desk.errors import NotAllowed, NotNow
from desk.review_rows import CallbackSheet
from desk.rules import callbacks as rules
from desk.rules import grading
from desk.rules.calendar import local


def check_not_auditor(deed: OrderDeed) -> None:
    """Raise before anybody is rung in vain: NotNow when no callback is owed, NotAllowed for the auditor himself."""
    if Status(deed.order["status"]) is not Status.TO_CALL_BACK:
        raise NotNow(f"工单 {deed.order['order_no']} 不在待回访，请刷新后再看")
    if line := excluded(deed.desk, deed.writer, Deed.CLOSE_SATISFIED, deed.order):
        raise NotAllowed(line)


def attempt_days(reader: Reader, order: Row) -> list[date]:
    """Return the local date of each attempt of this round that reached nobody."""
    rows = kept.missed(reader, order["id"], order["round"])
    return [local(from_ms(row["called_at"])).date() for row in rows]


def why_not_unreached(desk: Desk, days: Sequence[date]) -> str:
    """Return the line that refuses 无法回访办结 after calls on these days, '' when they are enough."""
    calls = int(desk.settings.get("callback.attempts", rules.ATTEMPTS))
    on_days = int(desk.settings.get("callback.attempt_days", rules.ATTEMPT_DAYS))
    if rules.is_unreachable(days, calls, on_days):
        return ""
    so_far = f"已拨 {len(days)} 次、{len(set(days))} 天"
    return f"{so_far}，须满 {calls} 次且不少于 {on_days} 天才能无法回访办结"


def sheet(deed: OrderDeed) -> CallbackSheet:
    """Return what the one who calls back needs before dialling."""
    order, actor = deed.order, deed.desk.actor
    answer = answers.latest(deed.writer, deed.order_id, order["round"])
    return CallbackSheet(
        order_no=order["order_no"],
        number=order["contact_phone"] or "",
        caller=sight.caller_name(actor, order),
        title=sight.title_for(actor, order),
        said=answer["said"] if answer else "",
        wishes="，".join(_wishes(order)),
        attempts=len(attempt_days(deed.writer, order)),
        warning=_warning(deed),
        to_others=_to_others(deed),
        rules=grading.rules_from(deed.desk.settings.get(grading.RULES)),
    )


def _wishes(order: Any) -> Iterator[str]:
    """What the caller wished for: time, language, special needs, somebody who speaks for him."""
    for label, column in (
        ("方便时间", "answer_time"),
        ("语言", "language"),
        ("特殊需求", "special_needs"),
        ("代诉", "on_behalf"),
    ):
        if order[column]:
            yield f"{label} {order[column]}"


def _warning(deed: OrderDeed) -> str:
    """Outside the hours it is a warning, not a refusal: the caller may have wished it so."""
    hours = deed.desk.settings.get("callback.hours", rules.HOURS)
    if rules.is_in_hours(deed.at, hours):
        return ""
    return f"现在不在回访时段（{rules.hours_words(hours)}）：诉求人另有约定才拨打"


def _to_others(deed: OrderDeed) -> str:
    words = deed.desk.settings.get("callback.other_answers_text", rules.TO_ANYBODY_ELSE)
    if sight.is_secret(deed.order):
        return f"保密工单：他人接听只说“{words}”，不说单位、不说事由"
    return f"他人接听：说“{words}”，请本人方便时回电 12345"
