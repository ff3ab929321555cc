"""当面登记 at a 服务站: who came and why, consent, read back, a witness for whoever cannot write (practice P18)."""

from dataclasses import replace
from typing import Any

from db.codes import CallSummary, Channel, Deed, ReadBack
from db.doors import Writer
from db.queries import station_orders, units
from db.times import to_ms
from desk.births import Born
from desk.context import Desk
from desk.errors import BadInput, NotAllowed
from desk.intake import sentences
from desk.intake.form import Checked, checked
from desk.intake.making import Way, born_of, registered
from desk.intake_rows import CounterForm, OrderForm, Registered
from desk.rules.text import cleaned
from desk.stations.sealing import SEALED_CONTENT, SEALED_TITLE, seal

REACH_LIMIT, WITNESS_LIMIT = 200, 40


def register_at_counter(desk: Desk, form: OrderForm, counter: CounterForm) -> Registered:
    """Make an order of what somebody says at the counter, with what was noted of that visit; one event REGISTER.

    Returns numbers and the sentence to say. Raises BadInput naming the field, NotAllowed; then nothing is written.
    """
    if not desk.actor.is_at_a_station:
        raise NotAllowed("当面登记由服务站代办员办理；来电请用受理")
    if counter.comer is None:
        raise BadInput("请选择到站人：本人，或代他来的人", "到站人")
    if counter.reason is None:
        raise BadInput("请选择代办原因（方言、口齿、听力、无手机、不识字）", "代办原因")
    reach = cleaned(counter.reach, REACH_LIMIT, "联系办法", one_line=True)
    given = checked(desk, replace(form, channel=Channel.STATION, line=""), is_reachable=True)
    if not (reach or given.columns["contact_phone"] or form.is_anonymous):
        raise BadInput("请填写电话，或在“联系办法”写捎话人、时间、地点；都不留的选匿名", "联系办法")
    noted = {**_noted(counter), "reach": reach}
    data = {name: noted[name] for name in ("reason", "comer", "read_back")}
    way = Way(Deed.REGISTER, CallSummary.NEW_ORDER, data={**data, "consent": True})
    kept, noted = _as_kept(desk, given, noted)
    with desk.writing() as writer:
        born, _ = born_of(desk, writer, kept, None, way)
        _keep(desk, writer, born, noted)
    return registered(born, None, sentences.accepted(desk, given, born))


def _noted(counter: CounterForm) -> dict[str, Any]:
    """What is asked after the matter was written down, in the order of the form."""
    if not counter.has_consent:
        raise BadInput("请先征得本人同意登记并转办，再选“已同意”", "本人同意")
    if counter.read_back is None:
        raise BadInput("请把登记内容宣读一遍，再选“已宣读，本人确认”；不能书写的请见证人确认", "宣读")
    witness = cleaned(counter.witness, WITNESS_LIMIT, "见证人", one_line=True)
    if counter.read_back is ReadBack.WITNESSED and not witness:
        raise BadInput("本人不能书写的，请填写见证人姓名", "见证人")
    return {
        "comer": str(counter.comer),
        "reason": str(counter.reason),
        "read_back": str(counter.read_back),
        "witness": witness,
    }


def _as_kept(desk: Desk, given: Checked, noted: dict[str, Any]) -> tuple[Checked, dict[str, Any]]:
    """密件 on a station's own store: every word goes into the sealed box, which only the centre opens (practice P18)."""
    if desk.station is None or not given.is_secret:
        return given, noted
    words = {**given.columns, **{name: noted[name] for name in _SAID_BESIDE}}
    with desk.reading() as reader:
        accused = units.unit(reader, words["accused_unit_id"]) if words["accused_unit_id"] else None
    words |= {"accused_unit_id": None, "accused_unit": accused["code"] if accused else None}
    bare = {name: "" if isinstance(value, str) else None for name, value in given.columns.items()}
    shown = {name: given.columns[name] for name in _NOT_SECRET}
    columns = {**bare, **shown, "title": SEALED_TITLE, "content": SEALED_CONTENT}
    nothing = dict.fromkeys(_SAID_BESIDE, "")
    sealed = seal(words, desk.station.centre_key)
    bare_form = replace(given, columns=columns, requester=None, requester_id=None)
    return bare_form, {**noted, **nothing, "sealed": sealed}


_SAID_BESIDE = ("reach", "witness")
_NOT_SECRET = (
    "channel",
    "line",
    "is_anonymous",
    "is_confidential",
    "is_company",
    "needs_answer",
    "answer_way",
)


def _keep(desk: Desk, writer: Writer, born: Born, noted: dict[str, Any]) -> None:
    values = {"order_id": born.id, "station": desk.site, "clerk_uid": desk.actor.uid, **noted}
    is_here = desk.station is None
    station_orders.add(writer, {**values, "arrived_at": to_ms(born.at) if is_here else None})
