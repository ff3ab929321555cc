"""法定程序: an order that a law with a term of its own decides waits in the pool as C, and comes back by itself (P9).

Within the usual 2, 5 or 10 working days the citizen is told number and statutory date; that keeps the limit. Solved is
nothing by it: when the term is over, or the result is there, the unit goes on with a limit of its own.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta

from db.codes import (
    CallDirection,
    CallSummary,
    ContactWay,
    Deed,
    Grade,
    OrderKind,
    ProcedureEnding,
    ProcedureKind,
    RequestKind,
    Urgency,
    Verdict,
)
from db.doors import Reader, Row
from db.queries import events, messages, procedures, requests
from db.times import from_ms, to_ms
from desk import calls, clocks, lists, phones, unit_limit
from desk.calls import CallNote
from desk.codes import code_for, word
from desk.context import Desk
from desk.deed import OrderDeed, deed_on
from desk.errors import BadInput, NotNow
from desk.history import data_of
from desk.pool import enter_pool
from desk.rows import OrderRow
from desk.rules.calendar import local
from desk.rules.deadlines import Due
from desk.rules.text import required
from desk.rules.written_times import deadline_written
from desk.words import stored

LONGEST_DAYS, SHORT, NAME, AT_ONCE = 365, 500, 60, 50
"""Natural days that a term may have at most unless `procedure.longest_days` says otherwise; lengths; one sweep's orders."""
_OVERTAKEN = (RequestKind.EXTENSION, RequestKind.SUSPENSION, RequestKind.REMINDER, RequestKind.RETURN)


def enter_procedure(
    desk: Desk,
    order_no: str,
    kind: ProcedureKind | str,
    organ: str,
    number: str,
    due_on: str,
    told: str,
    way: ContactWay | str = ContactWay.PHONE,
) -> OrderRow:
    """转法定程序: which, at which organ, under which number, until which day, and what the citizen was told of it.

    The order becomes C and waits in the pool. Of a 举报 or 保密 order the centre does it, for it alone may tell the
    caller. Raises NotAllowed, NotNow for an emergency or a suspended order, BadInput.
    """
    with deed_on(desk, Deed.ENTER_PROCEDURE, order_no) as deed:
        phones.refuse_secret(desk.actor, deed)
        _refuse_unfit(deed)
        chosen, told_way = _chosen(kind), _way(way)
        organ, number = required(organ, "办理机关", NAME), required(number, "案号文号", NAME)
        due, words = _term(deed, due_on), required(told, "告知诉求人的记录", SHORT)
        uid = procedures.add(
            deed.writer,
            {
                "order_id": deed.order_id,
                "round": deed.order["round"],
                "kind": str(chosen),
                "organ": organ,
                "number": number,
                "due_at": to_ms(due),
                "told": words,
                "told_way": str(told_way),
                "told_at": deed.at_ms,
                "entered_at": deed.at_ms,
                "entered_by": desk.actor.id,
            },
        )
        _log_call(deed, told_way, words)
        _overtake(deed)
        deed.set(stage_due_at=to_ms(due))
        deed.note(procedure=uid, procedure_kind=str(chosen), procedure_due_at=to_ms(due), way=str(told_way))
        deed.quote(organ=organ, number=number, told=words)
        enter_pool(deed, Grade.C, f"{word(chosen)}，法定期限至 {local(due):%Y-%m-%d}")
    return lists.after(desk, deed.order_id)


def _refuse_unfit(deed: OrderDeed) -> None:
    if deed.order["urgency"] == Urgency.CRITICAL:
        raise NotNow("应急工单先处置险情，不能转法定程序")
    if deed.order["suspended_at"] is not None:
        raise NotNow("工单挂起中，请先恢复计时再转法定程序")


def _chosen(kind: ProcedureKind | str) -> ProcedureKind:
    found = code_for(ProcedureKind, str(kind))
    if found is None:
        raise BadInput(f"法定程序请选 {'、'.join(word(each) for each in ProcedureKind)}", "法定程序")
    return found


def _way(way: ContactWay | str) -> ContactWay:
    found = code_for(ContactWay, str(way))
    if found is None:
        raise BadInput(f"告知方式请选 {'、'.join(word(each) for each in ContactWay)}", "告知方式")
    return found


def _term(deed: OrderDeed, due_on: str) -> datetime:
    """The end of the statutory term: that day's close of business."""
    due = deadline_written(due_on, "法定期限", deed.desk.settings.limits.office_closes)
    longest = int(deed.desk.settings.get("procedure.longest_days", LONGEST_DAYS))
    if due <= deed.at:
        raise BadInput("法定期限已过，请填程序将要办结的日期", "法定期限")
    if due > deed.at + timedelta(days=longest + 1):
        raise BadInput(f"法定期限最长 {longest} 天，更久的请提请热线日列为长期事项", "法定期限")
    return due


def _log_call(deed: OrderDeed, way: ContactWay, words: str) -> None:
    """Telling by telephone is a call of its own (P5)."""
    number = deed.order["contact_phone"]
    if way is not ContactWay.PHONE or not number:
        return
    call = CallNote(
        number=number,
        direction=CallDirection.OUTBOUND,
        summary=CallSummary.UNIT_CONTACT,
        ended_at=deed.at,
        note=words,
    )
    calls.keep(deed.desk, deed.writer, call, deed.at, (deed.order_id,))


def _overtake(deed: OrderDeed) -> None:
    """What the unit had asked, and what it was reminded of, is over with this step."""
    for kind in _OVERTAKEN:
        waiting = requests.pending(deed.writer, deed.order_id, kind)
        if waiting is not None:
            actor_id = deed.desk.actor.id
            requests.decide(deed.writer, waiting["id"], Verdict.LAPSED, deed.at_ms, actor_id, "已转法定程序")
            deed.note(**{f"lapsed_{kind}": waiting["uid"]})


def extend_procedure(desk: Desk, order_no: str, due_on: str, reason: str, told: str) -> OrderRow:
    """法定期限顺延 by the law that governs it: the new day, why, and that the citizen was told. Raises BadInput, NotAllowed."""
    with deed_on(desk, Deed.EXTEND_PROCEDURE, order_no) as deed:
        phones.refuse_secret(desk.actor, deed)
        running = _running(deed)
        due, words = _term(deed, due_on), required(reason, "顺延依据", SHORT)
        if to_ms(due) <= running["due_at"]:
            raise BadInput(f"须晚于现在的法定期限 {local(from_ms(running['due_at'])):%Y-%m-%d}", "法定期限")
        said = required(told, "告知诉求人的记录", SHORT)
        procedures.change(deed.writer, running["id"], due_at=to_ms(due), told=said, told_at=deed.at_ms)
        deed.set(stage_due_at=to_ms(due))
        deed.note(procedure=running["uid"], procedure_due_at=to_ms(due))
        deed.quote(reason=words, told=said)
    return lists.after(desk, deed.order_id)


def end_procedure(desk: Desk, order_no: str, result: str) -> OrderRow:
    """法定程序有结果: the unit goes on at once and answers the citizen within a new limit. Raises BadInput without words."""
    with deed_on(desk, Deed.END_PROCEDURE, order_no) as deed:
        words = required(result, "程序结果", SHORT)
        _end(deed, ProcedureEnding.RESULT, words)
        _go_on(deed)
        deed.quote(result=words)
    return lists.after(desk, deed.order_id)


def expire_procedure(desk: Desk, order_no: str) -> OrderRow:
    """法定期满恢复办理: the term is over, the order is back at its unit with a new limit. Raises NotNow before that."""
    with deed_on(desk, Deed.EXPIRE_PROCEDURE, order_no) as deed:
        running = _running(deed)
        if deed.at_ms < running["due_at"]:
            raise NotNow(f"工单 {order_no} 的法定期限 {stored(running['due_at'])} 未到，不必恢复办理")
        _end(deed, ProcedureEnding.EXPIRED, "")
        _go_on(deed)
        _tell_unit(deed, f"工单 {order_no} 法定期限已到，请查明程序结果，继续办理并答复诉求人")
    return lists.after(desk, deed.order_id)


def refuse_procedure(desk: Desk, order_no: str, reason: str) -> OrderRow:
    """退回法定程序, by 审核员: no such procedure, or no paper of it; the clock never stopped (as P2 says of 办结审核)."""
    words = required(reason, "退回的理由", SHORT)
    with deed_on(desk, Deed.REFUSE_PROCEDURE, order_no) as deed:
        _end(deed, ProcedureEnding.REFUSED, words)
        deed.set(stage_due_at=None, breach_count=_breaches_before(deed))
        deed.note(unit_due_at=deed.order["unit_due_at"])
        deed.quote(reason=words)
        _tell_unit(deed, f"工单 {order_no} 转法定程序被退回，原时限照走：{words}")
    return lists.after(desk, deed.order_id)


def _breaches_before(deed: OrderDeed) -> int:
    """Its lateness will be counted with the answer that holds."""
    entered = next(
        row
        for row in reversed(events.of_order(deed.writer, deed.order["uid"]))
        if row["kind"] == Deed.ENTER_PROCEDURE
    )
    undone = len({"unit", "citizen"} & set(data_of(entered).get("late", ())))
    return max(int(deed.order["breach_count"]) - undone, 0)


def sweep_procedures(desk: Desk) -> int:
    """Bring back every order of the centre whose statutory term is over; return how many."""
    with desk.reading() as reader:
        numbers = procedures.expired(reader, desk.actor.centre_id, to_ms(desk.now()), AT_ONCE)
    back = 0
    for order_no in numbers:
        # Somebody brought it back in the same moment.
        with suppress(NotNow):
            expire_procedure(desk, order_no)
            back += 1
    return back


def _running(deed: OrderDeed) -> Row:
    running = procedures.running(deed.writer, deed.order_id)
    assert running is not None, "an order in 法定程序中 has one"
    return running


def _end(deed: OrderDeed, ending: ProcedureEnding, words: str) -> None:
    running = _running(deed)
    procedures.change(
        deed.writer,
        running["id"],
        ended_at=deed.at_ms,
        ended_by=deed.desk.actor.id,
        ending=str(ending),
        ending_words=words,
    )
    deed.note(procedure=running["uid"], ending=str(ending))


def _go_on(deed: OrderDeed) -> None:
    """A limit of its own runs from now, for unit and citizen; the order stays C in the pool."""
    urgency = Urgency(deed.order["urgency"])
    columns, data = clocks.on_rework(deed.desk, OrderKind(deed.order["kind"]), urgency, deed.at)
    deed.set(**columns)
    deed.note(**data)
    due = data["unit_due"]
    if due is not None:
        moved = Due(from_ms(due["due_at"]), due["provisional"], due["explanation"], due["calendar"])
        unit_limit.move_unit_due(deed, moved)


def _tell_unit(deed: OrderDeed, body: str) -> None:
    steward_id = deed.order["steward_id"]
    messages.to_unit(deed.writer, deed.order_id, steward_id, str(deed.kind), body, deed.at_ms)


def lines(reader: Reader, order: Row, *, hides_words: bool) -> Iterator[str]:
    """Yield the procedures of an order for its card; of a secret order a unit reads only which, where and until when."""
    for row in procedures.of_order(reader, order["id"]):
        head = f"{word(ProcedureKind(row['kind']))} {row['organ']} {row['number']}"
        yield f"{head}  {stored(row['entered_at'])} 转入，法定期限 {local(from_ms(row['due_at'])):%Y-%m-%d}"
        if not hides_words:
            yield f"  已告知诉求人（{word(ContactWay(row['told_way']))} {stored(row['told_at'])}）：{row['told']}"
        if row["ended_at"]:
            words = f"：{row['ending_words']}" if row["ending_words"] else ""
            yield f"  {stored(row['ended_at'])} {word(ProcedureEnding(row['ending']))}{words}"
