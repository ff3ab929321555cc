"""New orders: 受理, 直接答复, 应急受理. One transaction and one event each; the call is kept with it."""

from dataclasses import replace
from typing import Any

from db.codes import AnswerOutcome, CallSummary, ContactWay, Deed, OrderKind, Outcome, Satisfaction, Urgency
from db.doors import Reader, Row, Writer
from db.queries import answers, callbacks, emergencies, house, notices, work_orders
from db.times import to_ms
from desk import rescued
from desk.births import Born
from desk.calls import InHand, in_hand
from desk.context import Desk
from desk.errors import BadInput, NotAllowed, Refused
from desk.intake import sentences
from desk.intake.form import Checked, checked
from desk.intake.lookups import emergency_types
from desk.intake.making import Way, born_of, registered
from desk.intake_rows import OrderForm, Registered
from desk.known_answers import to_answer_from
from desk.rules import incidents
from desk.rules.text import cleaned
from desk.supplements import CONTENT_LIMIT


def register(desk: Desk, form: OrderForm, call: InHand = None, *, notice_id: int | None = None) -> Registered:
    """受理: make an order of the form, and keep the call or link the one already kept (F9: 同来电再登一件).

    `notice_id` is a 公告 that the caller was read and that did not content him: the order points to it (practice P14).
    Returns numbers and the sentence to read out. Raises BadInput naming the field, NotAllowed; then nothing is written.
    """
    if desk.actor.is_at_a_station:
        raise NotAllowed("服务站是当面登记：须写明到站人、代办原因，宣读并经本人确认")
    given = checked(desk, form)
    call = in_hand(desk, call)
    with desk.writing() as writer:
        notice = None if notice_id is None else _running_notice(desk, writer, notice_id)
        data = {} if notice is None else {"notice": notice["uid"]}
        how = Way(Deed.REGISTER, CallSummary.NEW_ORDER, data=data)
        born, call_id = born_of(desk, writer, given, call, how)
        if notice is not None:
            notices.link_order(writer, notice["id"], born.id)
    return registered(born, call_id, sentences.accepted(desk, given, born))


def _running_notice(desk: Desk, reader: Reader, notice_id: int) -> Row:
    notice = next((row for row in notices.running(reader, to_ms(desk.now())) if row["id"] == notice_id), None)
    if notice is None:
        raise Refused("这条公告已经结束，请按 ^S 直接受理")
    return notice


def register_direct_answer(
    desk: Desk, form: OrderForm, answer: str, call: InHand = None, *, satisfaction: Satisfaction | None = None
) -> Registered:
    """直接答复: the question was answered on the line; the order is born closed with what was said.

    A 咨询 may be of no place. `satisfaction` is what the caller said when asked on the call (practice P28: no callback then). Raises BadInput.
    """
    asked = _placed(form) if form.kind is OrderKind.INQUIRY else form
    return _answered(desk, asked, answer, call, satisfaction)


def answer_from_entry(
    desk: Desk, form: OrderForm, number: str, version: int, call: InHand = None
) -> Registered:
    """直接答复 from 知识库: what the version says was read out; event and answer keep its number and version.

    What the form leaves open is that of a question: a 咨询, about what the entry is called, of no place. Raises BadInput, NotNow when another version is in force by now.
    """
    with desk.reading() as reader:
        entry = to_answer_from(desk, reader, number, version)
    asked = replace(
        _placed(form),
        kind=form.kind or OrderKind.INQUIRY,
        content=form.content if form.content.strip() else entry["title"],
    )
    return _answered(desk, asked, entry["answer"], call, None, entry)


def _answered(
    desk: Desk,
    form: OrderForm,
    answer: str,
    call: InHand,
    satisfaction: Satisfaction | None,
    entry: Row | None = None,
) -> Registered:
    given = checked(desk, form)
    said = cleaned(answer, CONTENT_LIMIT, "答复内容")
    if not said:
        raise BadInput("请填写答复内容", "答复内容")
    if satisfaction in _DISCONTENT:
        raise BadInput("诉求人对答复不满意的，请按 ^S 受理，转承办单位办理", "满意度")
    how = Way(
        Deed.REGISTER_DIRECT_ANSWER,
        CallSummary.DIRECT_ANSWER,
        Outcome.DIRECT_ANSWER,
        {"satisfaction": satisfaction and str(satisfaction), **_source(entry)},
        {"answer": said},
    )
    call = in_hand(desk, call)
    with desk.writing() as writer:
        born, call_id = born_of(desk, writer, given, call, how)
        _keep_answer(desk, writer, born, given, said, call_id, entry)
        _keep_satisfaction(desk, writer, born, satisfaction, call_id)
    return registered(born, call_id, sentences.answered(born))


def _placed(form: OrderForm) -> OrderForm:
    """A question about a rule has no place: 不详 unless one was said."""
    return form if form.place.strip() or form.area_code else replace(form, place=_NO_PLACE)


_NO_PLACE = "不详"


def _source(entry: Row | None) -> dict[str, Any]:
    return {"entry": entry["number"], "entry_version": entry["version"]} if entry else {}


_DISCONTENT = (Satisfaction.DISSATISFIED, Satisfaction.VERY_DISSATISFIED)


def register_emergency(
    desk: Desk,
    number: str,
    place: str,
    emergency_type: str,
    call: InHand = None,
    *,
    form: OrderForm | None = None,
) -> Registered:
    """应急受理: number, place and type suffice; the 30 minutes run from now (practice P24).

    What `form` already holds goes along. A number that is not known is left empty. Raises BadInput.
    """
    kind = cleaned(emergency_type, 40, "应急类型", one_line=True)
    if kind not in emergency_types(desk):
        raise BadInput(f"请选择应急类型：{'、'.join(emergency_types(desk))}", "应急类型")
    where = cleaned(place, 200, "事发地点", one_line=True)
    if not where and (form is None or not form.area_code):
        raise BadInput("请填写事发地点：应急须说清在哪里", "事发地点")
    given = checked(desk, _emergency_form(desk, form or OrderForm(), number, where, kind), needs_all=False)
    crisis = {"is_crisis": True} if kind in desk.settings.words("crisis.types") else {}
    how = Way(Deed.REGISTER_EMERGENCY, CallSummary.NEW_ORDER, data={"emergency_type": kind, **crisis})
    call = in_hand(desk, call)
    with desk.writing() as writer:
        born, call_id = born_of(desk, writer, given, call, how)
        emergencies.open_emergency(writer, born.id, kind, to_ms(born.at), born.columns["citizen_due_at"])
        if crisis:
            work_orders.change(writer, born.id, {"is_crisis": True})
        rescued.keep_transferred(desk, writer, born.id, call_id, born.at)
    done = registered(born, call_id, sentences.emergency(desk, born))
    return replace(done, to_ask=incidents.incident(kind, desk.settings).questions)


_NOT_URGENT = (None, OrderKind.PRAISE, OrderKind.UNDETERMINED)


def _emergency_form(desk: Desk, form: OrderForm, number: str, place: str, kind: str) -> OrderForm:
    spot = place or _area_name(desk, form.area_code)
    return replace(
        form,
        number=number,
        place=place,
        kind=OrderKind.HELP_REQUEST if form.kind in _NOT_URGENT else form.kind,
        urgency=Urgency.CRITICAL,
        title=form.title or f"{kind}：{spot}"[:100],
        content=form.content or f"{kind}，{spot}",
    )


def _area_name(desk: Desk, code: str | None) -> str:
    with desk.reading() as reader:
        area = house.area(reader, code) if code else None
    return str(area["name"]) if area else ""


def _keep_answer(
    desk: Desk,
    writer: Writer,
    born: Born,
    given: Checked,
    said: str,
    call_id: int | None,
    entry: Row | None,
) -> None:
    work_orders.change(writer, born.id, {"answered_at": to_ms(born.at)})
    answers.add(
        writer,
        order_id=born.id,
        round=1,
        answered_at=to_ms(born.at),
        answered_by=desk.actor.id,
        way=str(ContactWay.PHONE),
        number=given.columns["contact_phone"],
        outcome=str(AnswerOutcome.ANSWERED),
        said=said,
        call_id=call_id,
        knowledge_version_id=entry["version_id"] if entry else None,
    )


def _keep_satisfaction(
    desk: Desk, writer: Writer, born: Born, satisfaction: Satisfaction | None, call_id: int | None
) -> None:
    if satisfaction is None:
        return
    values = {
        "order_id": born.id,
        "round": 1,
        "called_at": to_ms(born.at),
        "called_by": desk.actor.id,
        "is_reached": True,
        "result": str(satisfaction),
        "note": "通话中征询",
        "call_id": call_id,
    }
    callbacks.add(writer, values)
