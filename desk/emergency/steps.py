"""派出 接令 出动 到场 险情已控制, and 续报: each a deed of its own, stamped when it is done (practice P24)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from db.codes import AssignmentPart, CallDirection, CallOutcome, CallSummary, Deed, OrderKind, Urgency
from db.doors import Row
from db.queries import assignments, emergencies, rescue, units
from db.queries import sight as sight_queries
from db.times import from_ms
from desk import clocks, lists, merged, part_returns
from desk.calls import CallNote, keep
from desk.context import Desk
from desk.deed import OrderDeed, deed_on
from desk.emergency import pushing
from desk.emergency.rows import COLUMNS, stamps
from desk.errors import BadInput, NotNow, Refused
from desk.rows import OrderRow
from desk.rules import deadlines
from desk.rules import emergency as rules
from desk.rules.calendar import local
from desk.rules.text import cleaned, normalised_phone

NOTE_LIMIT = 2000
NAME_LIMIT = 40


@dataclass(frozen=True, slots=True)
class EmergencyDeed:
    """A deed on an emergency under way: the order's deed and the emergency's row as it was under the lock."""

    deed: OrderDeed
    row: Row

    def stamp(self, **values: Any) -> None:
        """Set columns of the emergency, in the deed's transaction."""
        emergencies.change(self.deed.writer, self.row["emergency_id"], **values)


@contextmanager
def emergency_deed(
    desk: Desk, kind: Deed, order_no: str, *, remote_reason: str = ""
) -> Iterator[EmergencyDeed]:
    """Lend a deed on a running emergency. Raises what `deed_on` raises, and NotNow for a step out of turn."""
    with deed_on(desk, kind, order_no) as deed:
        row = emergencies.of_order(deed.writer, deed.order_id)
        if row is None:
            raise Refused(f"工单 {order_no} 不是应急工单，请按普通工单办理")
        refuse_out_of_turn(kind, row, deed.order, remote_reason)
        yield EmergencyDeed(deed, row)
        pushing.queue(deed, row["type"])


def refuse_out_of_turn(kind: Deed, row: Row, order: Row, remote_reason: str = "") -> None:
    """Raise NotNow for what an emergency (its row and its order's) does not allow as it stands."""
    if row["ended_at"] is not None:
        raise NotNow(f"工单 {order['order_no']} 的应急已经结束，请按普通工单办理")
    if row["contained_at"] is not None and kind in rules.TOO_LATE:
        raise NotNow(rules.TOO_LATE[kind])
    if kind in rules.STEPS and (why := rules.out_of_turn(kind, stamps(row, order), remote_reason)):
        raise NotNow(why)


def call_out(
    desk: Desk,
    order_no: str,
    unit_id: int,
    section_id: int | None = None,
    person: str = "",
    note: str = "",
    number: str = "",
) -> OrderRow:
    """派出: ring a unit and make it the order's steward; the call is kept. The clock still runs from acceptance.

    `person` is who answered there, `number` what was rung. Somebody who was called out before and has not taken the order
    is let go. Raises BadInput for a unit that cannot go.
    """
    who, words = _line(person, "接听人"), cleaned(note, NOTE_LIMIT, "说明")
    with emergency_deed(desk, Deed.CALL_OUT, order_no) as this:
        deed = this.deed
        unit = _unit_that_goes(deed, unit_id, section_id)
        due_at, explanation = this.row["due_at"], _explained(this.row)
        _take_from_the_last(deed)
        _take_from_the_helper(deed, unit_id)
        _make_steward(deed, unit_id, section_id, due_at, explanation, words)
        keep_attempt(deed, unit_id, who, number, CallOutcome.REACHED, words)
        this.stamp(called_out_at=deed.at_ms, acknowledged_at=None, departed_at=None, arrived_at=None)
        deed.set(steward_id=unit_id, section_id=section_id, handler_id=None, dispatched_at=deed.at_ms)
        deed.set(stage_due_at=due_at, unit_due_at=due_at)
        deed.note(unit_uid=unit["uid"], unit_due={"due_at": due_at, "explanation": explanation})
        deed.quote(person=who, note=words)
    return lists.after(desk, deed.order_id)


def _take_from_the_last(deed: OrderDeed) -> None:
    """Whoever was called out first did not take the order in time: the next one in line has it now (P24)."""
    last = assignments.current_steward(deed.writer, deed.order_id)
    if last is not None:
        assignments.end_with_inner(deed.writer, last["id"], deed.at_ms, "reassigned")
        deed.note(instead_of=last["uid"])


def _take_from_the_helper(deed: OrderDeed, unit_id: int) -> None:
    """A unit that helped with the order handles it now, and owes its steward nothing any more."""
    for helper in assignments.current(deed.writer, deed.order_id, AssignmentPart.CO_HANDLING):
        if helper["unit_id"] == unit_id:
            assignments.end(deed.writer, helper["id"], deed.at_ms, "reassigned")
    part_returns.lapse_ended(deed)


def keep_attempt(
    deed: OrderDeed, unit_id: int | None, person: str, number: str, outcome: CallOutcome, note: str
) -> None:
    """Keep one attempt to reach a unit's people (None: the caller) as a call out, and among the emergency's attempts.

    Raises BadInput for a number that is none.
    """
    summary = CallSummary.CALLBACK if unit_id is None else CallSummary.CALL_OUT
    call = CallNote(
        number,
        direction=CallDirection.OUTBOUND,
        summary=summary,
        note=note,
        was_answered=outcome is not CallOutcome.NO_ANSWER,
    )
    call_id = keep(deed.desk, deed.writer, call, deed.at, (deed.order_id,))
    rescue.add_attempt(
        deed.writer,
        order_id=deed.order_id,
        unit_id=unit_id,
        person=person,
        phone=normalised_phone(number),
        outcome=str(outcome),
        note=note,
        at=deed.at_ms,
        by_id=deed.desk.actor.id,
        call_id=call_id,
    )


def _unit_that_goes(deed: OrderDeed, unit_id: int, section_id: int | None) -> Row:
    unit = units.unit(deed.writer, unit_id)
    if unit is None:
        raise BadInput("没有这个单位，请重新选择", "单位")
    if unit["is_centre"]:
        raise BadInput(f"{unit['short_name']}是热线中心，请选能出动的单位", "单位")
    merged.check_unit(deed.writer, deed.order_id, unit)
    accused = sight_queries.path_of(deed.writer, deed.order["accused_unit_id"])
    if accused is not None and str(unit["path"]).startswith(accused):
        raise BadInput(f"{unit['short_name']}是被举报单位，不能派给它，请另选单位", "单位")
    section = None if section_id is None else units.section(deed.writer, section_id)
    if section_id is not None and (section is None or section["unit_id"] != unit_id):
        raise BadInput(f"{unit['short_name']}没有这个科室，请重新选择", "科室")
    return unit


def _make_steward(
    deed: OrderDeed, unit_id: int, section_id: int | None, due_at: int, explanation: str, requirement: str
) -> None:
    assignments.add(
        deed.writer,
        order_id=deed.order_id,
        part=str(AssignmentPart.STEWARD),
        unit_id=unit_id,
        section_id=section_id,
        round=deed.order["round"],
        sent_at=deed.at_ms,
        sent_by=deed.desk.actor.id,
        due_at=due_at,
        due_explanation=explanation,
        requirement=requirement,
    )


def _explained(row: Row) -> str:
    begins, ends = local(from_ms(row["started_at"])), local(from_ms(row["due_at"]))
    minutes = round((ends - begins).total_seconds() / 60)
    return f"特急 {minutes} 分钟（含节假日，到险情已控制止）：{begins:%m-%d %H:%M} … {ends:%H:%M}"


def acknowledge(desk: Desk, order_no: str, person: str = "") -> OrderRow:
    """接令: the unit takes the order; that signs for it. `person` is who took it there."""
    who = _line(person, "接令人")
    with emergency_deed(desk, Deed.ACKNOWLEDGE, order_no) as this:
        deed = this.deed
        this.stamp(acknowledged_at=deed.at_ms)
        _sign(deed)
        columns, _ = clocks.on_signature(desk, Urgency(deed.order["urgency"]), deed.at)
        deed.set(signed_at=deed.at_ms, **columns)
        deed.quote(person=who)
    return lists.after(desk, deed.order_id)


def _sign(deed: OrderDeed) -> None:
    """Sign the steward's part; one of the unit's own people who takes the order also becomes its 经办人."""
    steward, actor = assignments.current_steward(deed.writer, deed.order_id), deed.desk.actor
    if steward is None:
        return
    values = {"signed_at": deed.at_ms, "signed_by": actor.id}
    if actor.unit_id == steward["unit_id"]:
        values["staff_id"] = actor.id
        deed.set(handler_id=actor.id)
    assignments.change(deed.writer, steward["id"], **values)


def depart(desk: Desk, order_no: str, note: str = "") -> OrderRow:
    """出动: they are on the way; now the caller is to be rung back."""
    return _stamped(desk, Deed.DEPART, order_no, note)


def arrive(desk: Desk, order_no: str, note: str = "") -> OrderRow:
    """到场: they are there."""
    return _stamped(desk, Deed.ARRIVE, order_no, note)


def _stamped(desk: Desk, kind: Deed, order_no: str, note: str) -> OrderRow:
    words = cleaned(note, NOTE_LIMIT, "说明")
    with emergency_deed(desk, kind, order_no) as this:
        this.stamp(**{COLUMNS[kind]: this.deed.at_ms})
        this.deed.quote(note=words)
    return lists.after(desk, this.deed.order_id)


def contain(desk: Desk, order_no: str, said_by: str, note: str = "", remote_reason: str = "") -> OrderRow:
    """险情已控制: the thirty minutes stop here, with who says so.

    Without 出动 or 到场 a `remote_reason` is needed. What is left to do is due as 紧急, from acceptance. Over the limit
    counts as a breach. Raises BadInput without `said_by`.
    """
    who = _line(said_by, "确认人")
    if not who:
        raise BadInput("请填写是谁确认险情已控制", "确认人")
    reason, words = cleaned(remote_reason, NOTE_LIMIT, "理由"), cleaned(note, NOTE_LIMIT, "说明")
    with emergency_deed(desk, Deed.CONTAIN, order_no, remote_reason=reason) as this:
        deed = this.deed
        this.stamp(contained_at=deed.at_ms, contained_said_by=who)
        if deed.at_ms > this.row["due_at"]:
            deed.note(late=["citizen"])
            deed.set(breach_count=deed.order["breach_count"] + 1)
        _go_on_as_urgent(deed, this.row)
        deed.note(run_ms=deed.at_ms - this.row["started_at"])
        deed.quote(said_by=who, note=words, remote_reason=reason)
    return lists.after(desk, deed.order_id)


def _go_on_as_urgent(deed: OrderDeed, row: Row) -> None:
    """The emergency's own clock has stopped; finishing and answering go by the limit of 紧急."""
    desk, kind = deed.desk, OrderKind(deed.order["kind"])
    started_at = from_ms(row["started_at"])
    due = deadlines.unit_due(kind, Urgency.URGENT, started_at, desk.settings.limits, desk.calendar)
    data = clocks.due_data(due)
    due_at = None if data is None else data["due_at"]
    deed.set(stage_due_at=None, unit_due_at=due_at, citizen_due_at=due_at)
    deed.note(unit_due=data)


def report_on(desk: Desk, order_no: str, text: str) -> OrderRow:
    """续报: how it stands while the danger is not under control; owed at the limit and every 30 minutes after it."""
    words = cleaned(text, NOTE_LIMIT, "续报内容")
    if not words:
        raise BadInput("请填写续报内容", "续报内容")
    with emergency_deed(desk, Deed.REPORT_ON, order_no) as this:
        this.stamp(reported_at=this.deed.at_ms)
        this.deed.quote(report=words)
    return lists.after(desk, this.deed.order_id)


def _line(text: str, field: str) -> str:
    return cleaned(text, NAME_LIMIT, field, one_line=True)
