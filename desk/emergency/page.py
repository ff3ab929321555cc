"""The page of one emergency: what is owed now on top, then whom was rung, what was handed over, what to ask and say."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from db.codes import CallOutcome, Deed
from db.doors import Reader, Row
from db.queries import assignments, rescue
from db.times import from_ms, maybe_from_ms
from desk import sight
from desk.codes import word
from desk.context import Actor, Desk
from desk.emergency import calling, pushing
from desk.emergency_rows import EmergencyRow
from desk.rows import CardSection
from desk.rules import calling_line, incidents
from desk.rules.calendar import local
from desk.rules.calling_line import Callee
from desk.rules.emergency import owes_caller
from desk.rules.incidents import Incident
from desk.rules.text import address
from desk.thresholds import threshold

_MINUTE = timedelta(minutes=1)


def sections(desk: Desk, reader: Reader, order: Row, row: EmergencyRow) -> Iterator[CardSection]:
    """Yield the parts of the page in order. The first one's heading is type and number."""
    found = incidents.incident(row.type, desk.settings)
    owed = tuple(_owed(desk, reader, order, row, found)) if desk.actor.is_at_the_centre else ()
    is_told = desk.actor.is_at_the_centre or sight.sees_caller(desk.actor, order)
    yield CardSection(f"{row.type} {row.order_no}", (*owed, *_where(desk.actor, order)))
    if row.next_step is Deed.CALL_OUT:
        whole = calling.in_turn(desk, reader, order, row.type)
        yield CardSection("先派", tuple(f"{n} {callee_words(each)}" for n, each in enumerate(whole, 1)))
    else:
        yield CardSection("派出", tuple(_called(reader, order["id"])))
    yield from _kept("呼叫", _attempts(reader, order["id"], is_told=is_told))
    yield from _kept("推送", pushing.lines(reader, order["id"]))
    yield from _kept("移交", _handovers(reader, order["id"], is_told=is_told))
    yield from _kept("下次关怀", (row.care,) if row.care else ())
    yield CardSection("诉求内容", (sight.content_for(desk.actor, order),))
    yield from _kept("先说", found.advice)
    yield from _kept("要问", found.questions)
    yield from _kept("协办", ("、".join(found.co_units),) if found.co_units else ())
    yield from _kept("抄送", ("、".join(found.copied),) if found.copied else ())


def _kept(heading: str, lines: Iterator[str] | tuple[str, ...]) -> Iterator[CardSection]:
    """A part that is there only when it says something."""
    if found := tuple(lines):
        yield CardSection(heading, found)


def _owed(desk: Desk, reader: Reader, order: Row, row: EmergencyRow, found: Incident) -> Iterator[str]:
    """What somebody at the centre has to do now, the most urgent first."""
    if row.ended_at is not None:
        return
    handed = {each["service"] for each in rescue.handovers(reader, order["id"])}
    missing = [service for service in found.hand_over if service not in handed]
    if missing and row.is_running:
        yield f"!先转 {'、'.join(missing)}，按 h 登记"
    called_at = _at(row, Deed.CALL_OUT)
    if row.next_step is Deed.ACKNOWLEDGE and called_at is not None:
        now = desk.now()
        if calling_line.is_overdue(called_at, now, patience(desk)):
            following = calling.in_turn(desk, reader, order, row.type)
            then = f"，叫下一个（c）：{callee_words(following[0])}" if following else ""
            yield f"!{(now - called_at) // _MINUTE}分未接令{then}"
    yield from pushing.failures(reader, order["id"])
    told_at = maybe_from_ms(rescue.told_caller_at(reader, order["id"]))
    if order["contact_phone"] and owes_caller(_at(row, Deed.DEPART), row.finished_at, told_at):
        what = "处置结果" if row.finished_at else "救援已在路上"
        yield f"!请回拨诉求人：{what}，按 b 登记"


def patience(desk: Desk) -> timedelta:
    """Return how long one waits for 接令 (setting or running period, minutes)."""
    usual = calling_line.PATIENCE / timedelta(minutes=1)
    return timedelta(minutes=float(threshold(desk, "emergency.acknowledge_minutes", usual)))


def callee_words(callee: Callee) -> str:
    """`县燃气公司 张三 13900000000（燃气泄漏先派）`."""
    who = " ".join(part for part in (callee.unit, callee.person, callee.phone) if part)
    return f"{who}（{callee.why}）" if callee.why else who


def _at(row: EmergencyRow, deed: Deed) -> datetime | None:
    return next((step.at for step in row.steps if step.deed is deed), None)


def _where(actor: Actor, order: Row) -> Iterator[str]:
    if sight.sees_caller(actor, order):
        yield address(order["area_name"], order["place"])
    yield f"来电人 {sight.caller_name(actor, order)} {sight.caller_phone(order)}"


def _called(reader: Reader, order_id: int) -> Iterator[str]:
    steward = assignments.current_steward(reader, order_id)
    if steward is None:
        return
    yield " ".join(part for part in (steward["unit_name"], steward["section_name"]) if part)
    if steward["requirement"]:
        yield steward["requirement"]


def _attempts(reader: Reader, order_id: int, *, is_told: bool) -> Iterator[str]:
    """Every attempt, the newest first; the caller's number stays hidden, and words may be his (P32 b)."""
    for row in reversed(rescue.attempts(reader, order_id)):
        who = row["person"] if row["unit_id"] is None else f"{row['unit']} {row['person']} {row['phone']}"
        said = f"：{row['note']}" if row["note"] and is_told else ""
        how = word(CallOutcome(row["outcome"]))
        yield f"{local(from_ms(row['at'])):%H:%M} {' '.join(who.split())} {how}{said}"


def _handovers(reader: Reader, order_id: int, *, is_told: bool) -> Iterator[str]:
    for row in rescue.handovers(reader, order_id):
        head = f"{row['service']} {local(from_ms(row['at'])):%H:%M} {row['taker']}".rstrip()
        if row["heard_at"] is None:
            yield f"{head}：{local(from_ms(row['ask_at'])):%H:%M} 前问结果，按 h 登记"
        else:
            said = f"：{row['result']}" if is_told else ""
            yield f"{head}：{local(from_ms(row['heard_at'])):%H:%M} {word(Deed.HEAR_RESCUE)}{said}"
