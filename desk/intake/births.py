"""New orders: 受理, 直接答复, 应急受理. One transaction and one event each; the call is kept with it."""

from dataclasses import dataclass, field, replace
from typing import Any

from db.codes import AnswerOutcome, CallSummary, ContactWay, Deed, OrderKind, Outcome, Satisfaction, Urgency
from db.doors import Reader, Row, Writer
from db.ids import new_uid
from db.queries import answers, callbacks, callers, calls, emergencies, house, notices, work_orders
from db.times import maybe_from_ms, to_ms
from desk import sight
from desk.births import Birth, Born, bear
from desk.calls import CallNote
from desk.context import Desk
from desk.errors import BadInput, Refused
from desk.intake import sentences
from desk.intake.calling import InHand, called_from, in_hand, kept
from desk.intake.form import Checked, checked
from desk.intake.lookups import emergency_types
from desk.intake_rows import OrderForm, Registered
from desk.known_answers import to_answer_from
from desk.rules.text import cleaned
from desk.supplements import CONTENT_LIMIT
from desk.unit_limit import number_is_back


def register(desk: Desk, form: OrderForm, call: InHand = None, *, notice_id: int | None = None) -> Registered:
    """受理: make an order of the form, and keep the call or link the one already kept (F9: 同来电再登一件).

    `notice_id` is a 公告 that the caller was read and that did not content him: the order points to it (practice P14).
    Returns numbers and the sentence to read out. Raises BadInput naming the field, NotAllowed; then nothing is written.
    """
    given = checked(desk, form)
    call = in_hand(desk, call)
    with desk.writing() as writer:
        notice = None if notice_id is None else _running_notice(desk, writer, notice_id)
        data = {} if notice is None else {"notice": notice["uid"]}
        how = Way(Deed.REGISTER, CallSummary.NEW_ORDER, data=data)
        born, call_id = born_by(desk, writer, given, call, how)
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

    `satisfaction` is what the caller said when asked on the call (practice P28: no callback then). Raises BadInput.
    """
    return _answered(desk, form, answer, call, satisfaction)


def answer_from_entry(
    desk: Desk, form: OrderForm, number: str, version: int, call: InHand = None
) -> Registered:
    """直接答复 from 知识库: what the version says was read out; event and answer keep its number and version.

    What the form leaves open is that of a question: a 咨询, about what the entry is called, of no place. Raises BadInput, NotNow when another version is in force by now.
    """
    with desk.reading() as reader:
        entry = to_answer_from(desk, reader, number, version)
    asked = replace(
        form,
        kind=form.kind or OrderKind.INQUIRY,
        content=form.content if form.content.strip() else entry["title"],
        place=form.place if form.place.strip() or form.area_code else _NO_PLACE,
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
        born, call_id = born_by(desk, writer, given, call, how)
        _keep_answer(desk, writer, born, given, said, call_id, entry)
        _keep_satisfaction(desk, writer, born, satisfaction, call_id)
    return registered(born, call_id, sentences.answered(born))


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
    how = Way(Deed.REGISTER_EMERGENCY, CallSummary.NEW_ORDER, data={"emergency_type": kind})
    call = in_hand(desk, call)
    with desk.writing() as writer:
        born, call_id = born_by(desk, writer, given, call, how)
        emergencies.open_emergency(writer, born.id, kind, to_ms(born.at), born.columns["citizen_due_at"])
    return registered(born, call_id, sentences.emergency(desk, born))


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


@dataclass(frozen=True, slots=True)
class Way:
    """What tells one way into the world from another."""

    deed: Deed
    summary: CallSummary
    outcome: Outcome | None = None
    data: dict[str, Any] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)


def born_by(desk: Desk, writer: Writer, given: Checked, call: InHand, how: Way) -> tuple[Born, int | None]:
    """Write the order of a checked form with its caller and its call; return it with the call's key."""
    values = {**given.columns, "requester_id": _requester(desk, writer, given)}
    if how.outcome:
        values["outcome"] = str(how.outcome)
    born = bear(desk, writer, Birth(how.deed, given.kind, given.urgency, values, how.data, how.texts))
    call_id = kept(desk, writer, call, how.summary, born.at, born.id)
    if not sight.is_secret(values | {"kind": given.kind}):
        number_is_back(desk, writer, _number(given, call), born.at)
    return born, call_id


def _number(given: Checked, call: InHand) -> str:
    """The number that rings now; of who came or wrote, and of a call kept before, the one he leaves."""
    return called_from(call) if isinstance(call, CallNote) else given.columns["contact_phone"] or ""


def _requester(desk: Desk, writer: Writer, given: Checked) -> int | None:
    """Keep what is newly known of the requester; nobody for an anonymous or secret order (practice P32)."""
    if given.requester is None:
        return given.requester_id
    if given.requester_id is None:
        values = {"uid": new_uid(), "created_at": to_ms(desk.now()), **given.requester}
        return calls.add_requester(writer, values)
    callers.update_requester(writer, given.requester_id, given.requester)
    return given.requester_id


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


def registered(born: Born, call_id: int | None, sentence: str) -> Registered:
    """Return what the screen shows of a new order."""
    return Registered(
        id=born.id,
        order_no=born.order_no,
        query_code=born.query_code,
        sentence=sentence,
        call_id=call_id,
        due_at=maybe_from_ms(born.columns.get("citizen_due_at")),
        is_provisional=bool(born.columns.get("is_due_provisional")),
    )
