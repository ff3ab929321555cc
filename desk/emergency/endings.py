"""How an emergency ends: 处置完毕, 降级, 误报."""

from dataclasses import replace
from typing import Any

from db.codes import Deed, OrderKind, Outcome, Role, Status, Urgency, Verdict
from db.doors import Reader, Row
from db.queries import assignments, replies, rescue
from desk import clocks, lists, merged, sight
from desk.births import Birth, bear
from desk.context import Desk
from desk.deed import OrderDeed
from desk.emergency.steps import NAME_LIMIT, NOTE_LIMIT, emergency_deed
from desk.emergency_rows import Finished
from desk.errors import BadInput, NotAllowed, NotNow
from desk.rows import OrderRow
from desk.rules.calendar import local
from desk.rules.lifecycle import AT_THE_CENTRE
from desk.rules.text import cleaned
from desk.rules.written_times import day_written

TITLE_LIMIT = 100
_PASSED_NOTE = "应急绿色通道，处置完毕时一并审核"
_OF_THE_CALLER = (
    "channel",
    "line",
    "requester_id",
    "requester_name",
    "contact_phone",
    "is_anonymous",
    "is_confidential",
    "is_crisis",
    "is_company",
    "on_behalf",
    "language",
    "special_needs",
    "home_address",
    "category_code",
    "area_code",
    "place",
    "accused_name",
    "accused_unit_id",
    "answer_way",
    "answer_time",
)
"""What the order for the rest takes over from the emergency's."""


def finish(
    desk: Desk,
    order_no: str,
    result: str,
    public_reply: str,
    remainder: str = "",
    care_on: str = "",
    care_by: str = "",
) -> Finished:
    """处置完毕: nothing is left on the spot; the citizen is answered next, with `public_reply`.

    `result` stays inside. A `remainder` (what is still to be done) becomes an ordinary order, linked to this one, to be
    dispatched; that takes the right to register. A 危机来电 ends only by 班长, after 110 has said what came of it, with the
    day on which somebody (`care_by`) asks after the caller again (practice P25). Raises BadInput for missing words or a
    day that has passed, NotNow before 险情已控制, NotAllowed.
    """
    inside, outside = _needed(result, "处置结果"), _needed(public_reply, "答复口径")
    rest = cleaned(remainder, NOTE_LIMIT, "余下事项")
    with emergency_deed(desk, Deed.FINISH, order_no) as this:
        deed = this.deed
        refuse_in_crisis(desk, deed.writer, Deed.FINISH, deed.order)
        _refuse_unheard(deed)
        if sight.is_crisis(deed.order):
            this.stamp(**_care(deed, care_on, care_by))
        this.stamp(finished_at=deed.at_ms)
        _keep_reply(deed, inside, outside)
        rest_no = _bear_rest(deed, rest) if rest else ""
        deed.quote(result=inside, public_reply=outside)
    return Finished(lists.after(desk, deed.order_id), rest_no)


def _refuse_unheard(deed: OrderDeed) -> None:
    """What 110, 119 or 120 took over stays open until they have said what became of it (P24)."""
    waiting = rescue.open_handover(deed.writer, deed.order_id)
    if waiting is not None:
        raise NotNow(f"移交 {waiting['service']} 还没有回复，请问清处置结果，按 h 登记后再办")


def refuse_in_crisis(desk: Desk, reader: Reader, kind: Deed, order: Row) -> None:
    """Raise NotAllowed or NotNow for who may not end a 危机来电, or too early: by 班长, after 110's result (practice P25)."""
    if kind is not Deed.FINISH or not sight.is_crisis(order):
        return
    if Role.SUPERVISOR not in desk.actor.roles:
        raise NotAllowed("危机来电由班长在 110 回复结果后办结")
    heard = [row for row in rescue.handovers(reader, order["id"]) if row["heard_at"] is not None]
    if not any(row["service"] == _POLICE for row in heard):
        raise NotNow("危机来电要有 110 的处置结果才能办结：先按 h 移交 110，有了回复再按 h 登记")


_POLICE = "110"


def _care(deed: OrderDeed, care_on: str, care_by: str) -> dict[str, str]:
    who = cleaned(care_by, NAME_LIMIT, "由谁关怀", one_line=True)
    if not care_on.strip() or not who:
        raise BadInput("请填写下次关怀的日期和由谁关怀", "关怀日期")
    day = day_written(care_on, "关怀日期")
    if day < local(deed.at).date():
        raise BadInput("关怀日期已过，请写今天或以后", "关怀日期")
    return {"care_on": str(day), "care_by": who}


def _needed(text: str, field: str) -> str:
    words = cleaned(text, NOTE_LIMIT, field)
    if not words:
        raise BadInput(f"请填写{field}", field)
    return words


def _keep_reply(deed: OrderDeed, inside: str, outside: str) -> None:
    """Keep the reply as passed: the green channel has no second look in the unit, 办结审核 has one."""
    replies.add(
        deed.writer,
        order_id=deed.order_id,
        round=deed.order["round"],
        drafted_at=deed.at_ms,
        drafted_by=deed.desk.actor.id,
        internal_result=inside,
        public_reply=outside,
        verdict=str(Verdict.GRANTED),
        checked_at=deed.at_ms,
        checked_by=deed.desk.actor.id,
        check_note=_PASSED_NOTE,
    )


def _bear_rest(deed: OrderDeed, rest: str) -> str:
    """Make the ordinary order for what is left, in the same transaction and at the same moment."""
    order = deed.order
    values: dict[str, Any] = {column: order[column] for column in _OF_THE_CALLER}
    values |= {
        "title": f"{order['title'][: TITLE_LIMIT - 6]}（余下事项）",
        "content": rest,
        "main_order_id": deed.order_id,
    }
    birth = Birth(
        Deed.REGISTER,
        OrderKind(order["kind"]),
        Urgency.NORMAL,
        values,
        data={"main_order_uid": order["uid"]},
        texts={"content": rest},
    )
    born = bear(replace(deed.desk, now=lambda: deed.at), deed.writer, birth)
    deed.note(remainder_uid=born.uid)
    return born.order_no


def downgrade(desk: Desk, order_no: str, urgency: Urgency, reason: str) -> OrderRow:
    """降级: no emergency after all; it goes on as 紧急 or 一般 with clocks that run from now (practice P24, P4).

    Raises BadInput without a reason or for 特急, NotNow once the danger is under control.
    """
    why = _needed(reason, "降级理由")
    lower = Urgency(urgency)
    if lower is Urgency.CRITICAL:
        raise BadInput("降级请选紧急或一般", "紧急程度")
    with emergency_deed(desk, Deed.DOWNGRADE, order_no) as this:
        deed = this.deed
        this.stamp(ended_at=deed.at_ms, end_reason="downgraded")
        deed.set(urgency=str(lower))
        _start_clocks(deed, lower)
        deed.note(urgency=str(lower))
        deed.quote(reason=why)
    return lists.after(desk, deed.order_id)


def _start_clocks(deed: OrderDeed, urgency: Urgency) -> None:
    """Every clock anew from now: what was measured against 30 minutes was no emergency."""
    desk, kind = deed.desk, OrderKind(deed.order["kind"])
    columns, data = clocks.on_acceptance(desk, kind, urgency, deed.at)
    if deed.before not in AT_THE_CENTRE:
        sent, sent_data = clocks.on_dispatch(desk, kind, urgency, deed.at)
        columns, data = {**columns, **sent}, {**data, **sent_data}
        _tell_the_steward(deed, sent, sent_data)
    if deed.before in (Status.IN_PROGRESS, Status.TO_ANSWER):
        columns |= clocks.on_signature(desk, urgency, deed.at)[0]
    deed.set(**columns)
    deed.note(**data)


def _tell_the_steward(deed: OrderDeed, columns: dict[str, Any], data: dict[str, Any]) -> None:
    steward = assignments.current_steward(deed.writer, deed.order_id)
    if steward is not None:
        words = (data["unit_due"] or {}).get("explanation", "")
        assignments.change(deed.writer, steward["id"], due_at=columns["unit_due_at"], due_explanation=words)


def false_alarm(desk: Desk, order_no: str, reason: str) -> OrderRow:
    """误报: there is no danger; the order is closed with that outcome and the unit turns back.

    Raises BadInput without a reason, NotNow once the danger is under control.
    """
    why = _needed(reason, "误报理由")
    with emergency_deed(desk, Deed.FALSE_ALARM, order_no) as this:
        deed = this.deed
        _refuse_unheard(deed)
        this.stamp(ended_at=deed.at_ms, end_reason="false_alarm")
        assignments.end_running(deed.writer, deed.order_id, deed.at_ms, "done")
        merged.free_all(deed)
        deed.set(outcome=str(Outcome.FALSE_ALARM), closed_at=deed.at_ms)
        deed.note(outcome=str(Outcome.FALSE_ALARM))
        deed.quote(reason=why)
    return lists.after(desk, deed.order_id)
