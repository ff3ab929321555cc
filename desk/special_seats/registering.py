"""专席登记: taken by telephone, with the call and its 话务小结; mended after 退回补正; withdrawn by the citizen (practice P12)."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from db.codes import ApplicationState, CallSummary, Deed, SpecialForm
from db.doors import Reader, Row, Writer
from db.ids import new_uid
from db.queries import applications, callers, knowledge, work_orders
from db.times import to_ms
from desk import history
from desk.births import check_birth_right
from desk.calls import InHand, called_from, in_hand, kept
from desk.codes import word
from desk.context import Desk
from desk.errors import BadInput, NotNow
from desk.history import Happening
from desk.known_answers import trouble_of
from desk.named import unit_named
from desk.rules.applications import booked_sentence, born_as, filed_sentence
from desk.rules.calendar import local
from desk.rules.deadlines import Due, read_out
from desk.rules.special_checks import Answers, checked
from desk.rules.special_forms import FORMS, word_of
from desk.rules.text import required
from desk.rules.visits import Slot
from desk.special_rows import FiledApplication
from desk.special_seats import slots
from desk.special_seats.common import (
    DEPARTMENTS,
    SHORT,
    ApplicationDeed,
    decision_due,
    deed_on,
    special_form,
    today,
    unit_of_department,
)
from desk.unit_limit import number_is_back

VISITORS: Mapping[str, str] = {
    "id_card": "公安局",
    "house": "自然资源局",
    "pension": "人社局",
    "insurance": "医保局",
}
"""Which department visits for a matter, unless the setting `visits.departments` says otherwise."""


def file_application(
    desk: Desk, form: SpecialForm | str, answers: Mapping[str, str], call: InHand = None
) -> FiledApplication:
    """登记: keep a form with its number, its unit, its limit or slot, and the call it came by. One event.

    Raises BadInput naming the field (a full slot offers the next free ones), NotAllowed, Refused without a unit.
    """
    what = special_form(form)
    check_birth_right(desk, Deed.FILE_APPLICATION)
    given = checked(what, answers, today(desk))
    hand = in_hand(desk, call)
    with desk.writing() as writer:
        at = history.moment_after_head(writer, desk.now())
        _check_entry(desk, writer, given)
        unit = _unit(desk, writer, what, given)
        slot = slots.slot_for(desk, writer, unit, given) if what is SpecialForm.HOME_VISIT else None
        state = born_as(what, is_answered=given.get("way") == "answered")
        due = decision_due(desk, what, at) if state is ApplicationState.PENDING else None
        call_id = kept(desk, writer, hand, CallSummary.SPECIAL_SEAT, at)
        number = _next_number(desk, writer, at)
        key = applications.add(
            writer,
            {
                "uid": new_uid(),
                "number": number,
                "form": str(what),
                "state": str(state),
                "centre_id": desk.actor.centre_id,
                "unit_id": unit["id"],
                "call_id": call_id,
                "registered_at": to_ms(at),
                "registered_by": desk.actor.id,
                **_columns(given),
                **_due_columns(due),
            },
        )
        if slot is not None:
            slots.book(desk, writer, key, unit["id"], slot, at)
        _record(desk, writer, number, at, slot)
        number_is_back(desk, writer, called_from(hand), at)
    return FiledApplication(number, _sentence(what, given, number, unit, due, slot), _is_provisional(due))


def amend(desk: Desk, number: str, answers: Mapping[str, str]) -> FiledApplication:
    """补正: the citizen has given what was missing; it goes back to the unit with a new limit. One event.

    A secret answer (身份证号, 银行账号) that is left empty stays as it was. Raises BadInput, NotAllowed, NotNow.
    """
    with deed_on(desk, Deed.AMEND_APPLICATION, number) as deed:
        given = checked(deed.form, _mended(deed, answers), today(desk))
        if given.get("way") == "answered":
            raise BadInput("补正后由责任单位答复：答复方式请选转责任单位", "答复方式")
        due = decision_due(desk, deed.form, deed.at)
        deed.changes |= {**_columns(given), **_due_columns(due), **_untold()}
        deed.changes |= {"amended_count": deed.row["amended_count"] + 1, "amended_by": desk.actor.id}
        deed.data["due_at"] = to_ms(due.at)
        unit = deed.row["unit_name"]
        title = word(deed.form)
    sentence = filed_sentence(title, deed.row["number"], unit, read_out(due))
    return FiledApplication(deed.row["number"], sentence, due.provisional)


def withdraw_application(desk: Desk, number: str, reason: str) -> None:
    """撤回: the citizen does not want it any more; a slot is free again. One event.

    Raises BadInput without a reason, NotAllowed, NotNow once it was decided.
    """
    why = required(reason, "撤回原因", SHORT, one_line=True)
    with deed_on(desk, Deed.WITHDRAW_APPLICATION, number) as deed:
        deed.changes |= {"words": why, "due_at": None}
        deed.texts["reason"] = why
        slots.end(deed, "cancelled", why)


def _mended(deed: ApplicationDeed, answers: Mapping[str, str]) -> Answers:
    before: Answers = json.loads(deed.row["answers"])
    secret = {ask.name for ask in FORMS[deed.form] if ask.is_secret}
    typed = {name: said for name, said in answers.items() if said.strip() or name not in secret}
    return {**before, **typed}


def _untold() -> dict[str, Any]:
    return {"told_at": None, "told_by": None, "tell_attempts": 0, "unreached_at": None}


def _columns(given: Answers) -> dict[str, Any]:
    return {
        "name": given["name"],
        "phone": given["phone"],
        "answers": json.dumps(given, ensure_ascii=False, sort_keys=True),
    }


def _due_columns(due: Due | None) -> dict[str, Any]:
    return {"due_at": None if due is None else to_ms(due.at), "is_due_provisional": _is_provisional(due)}


def _is_provisional(due: Due | None) -> bool:
    return due is not None and due.provisional


def _unit(desk: Desk, reader: Reader, form: SpecialForm, given: Answers) -> Row:
    if form is not SpecialForm.HOME_VISIT:
        departments = {**DEPARTMENTS, **desk.settings.get("special_seats.departments", {})}
        return unit_of_department(desk, reader, str(departments.get(form, "")))
    if given["unit"]:
        return unit_named(reader, given["unit"], desk.actor.centre_path, "上门单位")
    visitors = {**VISITORS, **desk.settings.get("visits.departments", {})}
    return unit_of_department(desk, reader, str(visitors.get(given["matter"], "")))


def _check_entry(desk: Desk, reader: Reader, given: Answers) -> None:
    """已按知识条目答复: the entry is there and holds today; another one must not be read out (practice P11)."""
    if number := given.get("entry", ""):
        found = knowledge.in_force(reader, number)
        if found is None:
            raise BadInput(f"知识库没有现行条目 {number[:24]}，请按 ^F 查找", "知识条目")
        if trouble := trouble_of(found, today(desk)):
            raise NotNow(f"{number} {trouble}，不能据此答复：答复方式请选转责任单位")


def _next_number(desk: Desk, writer: Writer, at: datetime) -> str:
    day = f"{local(at):%Y%m%d}"
    count = work_orders.next_number(writer, f"{desk.site}-ZX", int(day))
    return f"{desk.site}-ZX{day}-{count:04d}"


def _record(desk: Desk, writer: Writer, number: str, at: datetime, slot: Slot | None) -> None:
    row = applications.by_number(writer, number)
    assert row is not None, "it was added just now"
    data = {
        "application": row["uid"],
        "form": row["form"],
        "to": row["state"],
        "unit": row["unit_code"],
        "due_at": row["due_at"],
        "call": callers.call_uid(writer, row["call_id"]) if row["call_id"] else None,
        "slot": f"{slot.day} {slot.half}" if slot else None,
    }
    told = {name: value for name, value in data.items() if value is not None}
    history.record(writer, Happening(Deed.FILE_APPLICATION, at, desk.actor.uid, desk.seat, data=told))


def _sentence(
    form: SpecialForm, given: Answers, number: str, unit: Row, due: Due | None, slot: Slot | None
) -> str:
    if slot is not None:
        matter = word_of(form, "matter", given["matter"])
        return booked_sentence(number, unit["short_name"], slot.words, matter)
    if due is None:
        return f"已按知识条目 {given['entry']} 答复并登记，办件号 {number}"
    return filed_sentence(word(form), number, unit["short_name"], read_out(due))
