"""The lists of 质检, and one check in full: as much of it as this person may see (practice P31, P32)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from db.codes import (
    CallDirection,
    CallSummary,
    Deed,
    ItemVerdict,
    OrderKind,
    QualityReason,
    QualityState,
    Status,
    Verdict,
)
from db.doors import Reader, Row
from db.queries import quality
from db.times import from_ms, maybe_from_ms, to_ms
from desk import sight
from desk.codes import word
from desk.context import Desk
from desk.errors import NotAllowed, Refused
from desk.quality import common, hearing, judging
from desk.quality.hints import hints
from desk.quality_rows import VIEWS, CheckPage, CheckRow, MarkRow, Sheet
from desk.rows import CardSection
from desk.rules import rights
from desk.rules.text import address
from desk.words import moment, stored

PAGE = 50
_STATES = {
    "to_check": (QualityState.TO_CHECK,),
    "answered": (QualityState.ANSWERED,),
    "judged": (QualityState.JUDGED, QualityState.SETTLED),
}


def views(desk: Desk) -> dict[str, int]:
    """Return the lists that this person has, with how many stand in each: a checker's three, and one's own."""
    found = {}
    with desk.reading() as reader:
        for view in _mine(desk):
            where, parameters = _scope(desk, view)
            found[view] = quality.count(reader, where, **parameters)
    return found


def _mine(desk: Desk) -> tuple[str, ...]:
    return tuple(VIEWS) if common.is_checker(desk) else ("own",)


def _scope(desk: Desk, view: str) -> tuple[str, dict[str, Any]]:
    if not desk.actor.is_at_the_centre:
        raise NotAllowed("质检由热线中心办理")
    if view not in _mine(desk):
        raise Refused(f"没有“{VIEWS.get(view, view)}”这一栏：质检由班长、审核员办理")
    if view == "own":
        where, parameters = quality.OWN, {"person": desk.actor.person_uid}
        return f"{quality.OF_CENTRE} AND {where}", {"centre_id": desk.actor.centre_id, **parameters}
    states = ", ".join(f"'{state}'" for state in _STATES[view])
    crises = "" if common.sees_guarded(desk) else f" AND {quality.NOT_GUARDED}"
    return f"{quality.OF_CENTRE} AND q.state IN ({states}){crises}", {"centre_id": desk.actor.centre_id}


def page(desk: Desk, view: str = "", offset: int = 0) -> CheckPage:
    """Return one window of a list (the first that this person has when none is named). Raises Refused for one he has not."""
    chosen = view or _mine(desk)[0]
    where, parameters = _scope(desk, chosen)
    order_by = quality.NEWEST_FIRST if chosen in ("judged", "own") else quality.PRESSING_FIRST
    with desk.reading() as reader:
        rows = quality.page(reader, where, order_by, PAGE, offset, **parameters)
        titles = [_title(desk, reader, row) for row in rows]
        total = quality.count(reader, where, **parameters)
    return CheckPage(
        tuple(row_of(desk, row, title) for row, title in zip(rows, titles, strict=True)), total, offset
    )


def row_of(desk: Desk, row: Row, title: str) -> CheckRow:
    """Return a check as a list shows it to this person."""
    hides_call, hides_orders = common.hides_call(desk, row), common.hides_orders(desk, row)
    reason = QualityReason.BY_HAND if hides_call else QualityReason(row["reason"])
    return CheckRow(
        id=row["id"],
        reason=reason,
        state=QualityState(row["state"]),
        record_at=from_ms(row["record_at"]),
        staff_no=row["staff_no"] or "",
        agent=row["agent_name"] or "",
        order_no="" if hides_orders else row["order_no"] or "",
        title=title,
        summary="" if hides_call or not row["summary"] else word(CallSummary(row["summary"])),
        recording_no="" if hides_call else row["recording_no"] or "",
        points=row["points"],
        answer_due_at=maybe_from_ms(row["answer_due_at"]) if row["state"] == QualityState.JUDGED else None,
        judge=row["judge_name"] or "",
        allowed=frozenset(_allowed(desk, row)),
    )


def _allowed(desk: Desk, row: Row) -> Iterator[Deed]:
    is_checker, state = common.sees_as_checker(desk, row), row["state"]
    if is_checker and state == QualityState.TO_CHECK:
        yield Deed.NAME_AGENT
        if not judging.why_not_judge(desk, row):
            yield Deed.JUDGE_QUALITY
    if state == QualityState.ANSWERED and is_checker and not judging.why_not_decide(desk, row):
        yield Deed.DECIDE_QUALITY
    can_answer = common.is_own(desk, row) and rights.scopes(desk.actor.roles, Deed.ANSWER_QUALITY)
    if can_answer and row["judged_at"] and not judging.why_no_answer(row, to_ms(desk.now())):
        yield Deed.ANSWER_QUALITY
    if not hearing.why_not_hear(desk, row):
        yield Deed.HEAR_RECORDING


def _title(desk: Desk, reader: Reader, row: Row) -> str:
    """The title of the record's order; a secret one is only its kind, whoever looks (practice P32 c)."""
    if common.hides_orders(desk, row):
        return ""
    orders = quality.orders_of(reader, row["id"])
    return sight.bare_title(orders[0]) if orders else ""


def sheet(desk: Desk, check_id: int) -> Sheet:
    """Return one check in full. Raises BadInput for one that is not this person's to see."""
    with desk.reading() as reader:
        row = common.known(desk, reader, check_id)
        marks = tuple(
            MarkRow(
                each["item"], each["weight"], ItemVerdict(each["verdict"]), ItemVerdict(each["first_verdict"])
            )
            for each in quality.marks(reader, check_id)
        )
        title = _title(desk, reader, row)
        sections = tuple(_sections(desk, reader, row, marks))
    return Sheet(row_of(desk, row, title), sections, judging.items_of(desk), marks)


def _sections(desk: Desk, reader: Reader, row: Row, marks: tuple[MarkRow, ...]) -> Iterator[CardSection]:
    if marks:
        yield CardSection("评分", tuple(_of_marks(row, marks)))
    if row["answer"]:
        yield CardSection("申辩", tuple(_of_answer(row)))
    yield CardSection("话务", tuple(_of_call(desk, row)))
    if common.hides_orders(desk, row):
        return
    for order in quality.orders_of(reader, row["id"]):
        yield from _of_order(desk, reader, row, order)


def _of_marks(row: Row, marks: tuple[MarkRow, ...]) -> Iterator[str]:
    points = "不计分" if row["points"] is None else f"{row['points']} 分"
    changed = f"（申辩前 {row['first_points']} 分）" if row["points"] != row["first_points"] else ""
    yield f"{points}{changed}  {row['judge_name']} {stored(row['judged_at'])}"
    for mark in marks:
        before = f"（原评{word(mark.first_verdict)}）" if mark.first_verdict is not mark.verdict else ""
        yield f"{mark.item} {mark.weight}：{word(mark.verdict)}{before}"
    if row["words"]:
        yield f"评语：{row['words']}"
    if row["state"] == QualityState.JUDGED:
        yield f"申辩截止 {stored(row['answer_due_at'])}"


def _of_answer(row: Row) -> Iterator[str]:
    yield f"{stored(row['answered_at'])} 本人：{row['answer']}"
    if row["decided_at"] is None:
        yield "待另一名班长或审核员裁定"
        return
    outcome = "改判" if row["verdict"] == Verdict.GRANTED else "维持"
    yield f"{stored(row['decided_at'])} {row['decider_name']}裁定{outcome}：{row['decision']}"


def _of_call(desk: Desk, row: Row) -> Iterator[str]:
    who = f"{row['agent_name']} {row['staff_no']}" if row["agent_name"] else "还没有指明，按 k 指明"
    if common.hides_call(desk, row):
        yield f"话务员 {who}"
        yield "涉及保密，不显示是哪一通话"
        return
    yield f"话务员 {who}  抽取原因 {word(QualityReason(row['reason']))}"
    # Why it was put in may name who spoke of it: the one checked reads the sheet, not that.
    if row["why"] and common.sees_as_checker(desk, row) and not common.is_own(desk, row):
        yield f"列入理由：{row['why']}"
    if row["call_id"] is None:
        yield f"没有对应的话务记录  {moment(from_ms(row['record_at']))}"
        return
    yield f"{moment(from_ms(row['rang_at']))}  {word(CallDirection(row['direction']))} {row['line']}  {_length(row)}"
    summary = word(CallSummary(row["summary"])) if row["summary"] else "没有小结"
    yield f"小结 {summary}  录音编号 {row['recording_no'] or '没有'}"
    if row["call_note"] and not (row["is_secret"] or row["is_guarded"]):
        yield f"小结备注：{row['call_note']}"


def _length(row: Row) -> str:
    ended = maybe_from_ms(row["ended_at"])
    if ended is None:
        return "时长未记"
    length: timedelta = ended - from_ms(row["call_answered_at"])
    minutes, seconds = divmod(max(int(length.total_seconds()), 0), 60)
    return f"时长 {minutes}分{seconds:02d}秒"


def _of_order(desk: Desk, reader: Reader, row: Row, order: Row) -> Iterator[CardSection]:
    """What the checker's right allows: of a secret or hidden order that there is one (practice P32)."""
    heading = f"工单 {order['order_no']}"
    if sight.is_secret(order) or (sight.is_hidden(desk.actor, order) and not common.is_own(desk, row)):
        yield CardSection(
            heading, (f"{sight.bare_title(order)}：原文不在质检单上显示，有权的在卡片（^D）上看",)
        )
        return
    kind = f"{word(OrderKind(order['kind']))}  {order['category_name'] or '未分类'}  {word(Status(order['status']))}"
    place = address(order["area_name"], order["place"])
    lines = (
        f"{kind}  {order['steward_name'] or '未派单'}",
        f"{place or '没有地点'}  {order['occurred_words'] or stored(order['occurred_at'])}".rstrip(),
        f"标题：{order['title']}",
        *(line for line in str(order["content"]).split("\n") if line.strip()),
    )
    yield CardSection(heading, lines)
    if common.sees_as_checker(desk, row) and (found := hints(desk, reader, order)):
        yield CardSection("系统提示（只供参考）", found)
