"""查社保记录: one look after a passed 身份核验, for the number that was checked, while the call runs (practice P17)."""

import hmac
from datetime import timedelta

from db.codes import Deed
from db.doors import Reader
from db.queries import events
from db.times import from_ms
from desk import history
from desk.births import check_birth_right
from desk.context import Desk
from desk.errors import NotAllowed, NotNow, Refused
from desk.history import Happening
from desk.insurance_rows import IdentityCheck, InsuranceRecord
from desk.rules.calendar import local
from desk.rules.id_number import id_number
from desk.social_insurance.common import digest, running_call
from desk.social_insurance.sources import Source, chosen, found

MINUTES = 10


def look(desk: Desk, check: IdentityCheck, number: str) -> InsuranceRecord:
    """Return the record of the caller whose `check` passed and whose ID number is `number`; one event LOOK_INSURANCE.

    Raises NotAllowed without the right, without a passed check of one's own, or for another number; NotNow when the
    call or the check (`identity.minutes`) is over; Refused when no source is set, or it is away, or knows nobody.
    """
    check_birth_right(desk, Deed.LOOK_INSURANCE)
    call = running_call(desk, check.call_key)
    wanted = id_number(number, local(desk.now()).date())
    with desk.reading() as reader:
        _require_passed(desk, reader, check, wanted)
    source = _source(desk)
    person = found(desk, source, wanted)
    if person is None:
        raise Refused("社保数据里已没有此人的记录：请告诉来电人到社保窗口核实")
    data = {"call_key": call, "check": check.event_uid, "passed": True, "source": source.name}
    with desk.writing() as writer:
        running_call(desk, call)
        at = history.moment_after_head(writer, desk.now())
        history.record(writer, Happening(Deed.LOOK_INSURANCE, at, desk.actor.uid, desk.seat, data=data))
    return InsuranceRecord(person.name, person.place, person.employer, person.items, source.name)


def _source(desk: Desk) -> Source:
    source = chosen(desk.settings)
    if source is None:
        raise Refused("没有接入社保数据：请在人社业务系统里查本人记录，念给本人听，不要抄进工单")
    return source


def _require_passed(desk: Desk, reader: Reader, check: IdentityCheck, number: str) -> None:
    event = events.by_uid(reader, check.event_uid)
    if event is None or event["kind"] != Deed.VERIFY_IDENTITY or event["actor_uid"] != desk.actor.uid:
        raise NotAllowed("查社保记录前须先做身份核验：请按 F12")
    data = history.data_of(event)
    if not data["passed"] or data["call_key"] != check.call_key:
        raise NotAllowed("这通来电没有通过身份核验，不能查社保记录")
    if not hmac.compare_digest(data["digest"], digest(check.key, number)):
        raise NotAllowed("只能查核验过的本人，不能查他人的社保记录")
    minutes = int(desk.settings.get("identity.minutes", MINUTES))
    if desk.now() - from_ms(event["at"]) > timedelta(minutes=minutes):
        raise NotNow(f"身份核验已过 {minutes} 分钟，请重新核验")
