"""A deed on one 办件 of a 专席: rights, sight, life and separation in one place; one transaction, one event."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from db.codes import ApplicationState, Deed, SpecialForm
from db.doors import Reader, Row, Writer
from db.queries import applications, units
from db.times import to_ms
from desk import history
from desk.births import check_birth_right
from desk.codes import word
from desk.context import Actor, Desk
from desk.errors import BadInput, NotAllowed, NotNow, Refused
from desk.history import Happening
from desk.rules import deadlines, rights
from desk.rules.applications import DECIDING, LIFE, OF_THE_UNIT, TO_BE_TOLD
from desk.rules.calendar import local
from desk.rules.deadlines import Due
from desk.rules.visits import slot_of

SHORT = 500
"""Characters of a reason or a note."""

DEPARTMENTS: Mapping[str, str] = {
    SpecialForm.TREATMENT_ELSEWHERE: "医保局",
    SpecialForm.STOP_INSURANCE: "医保局",
    SpecialForm.JOIN_INSURANCE: "医保局",
    SpecialForm.TALENT: "人社局",
}
"""Which department decides a form, unless the setting `special_seats.departments` says otherwise."""
DECIDE_DAYS: Mapping[str, int] = {
    SpecialForm.TREATMENT_ELSEWHERE: 2,
    SpecialForm.STOP_INSURANCE: 3,
    SpecialForm.JOIN_INSURANCE: 3,
    SpecialForm.TALENT: 2,
}
"""Working days to decide, unless the setting `special_seats.decide_days` says otherwise [P]."""


_DEEDS = (*dict.fromkeys(deed for _, deed in LIFE), Deed.TELL_APPLICANT)


@dataclass(slots=True)
class ApplicationDeed:
    """A deed under way. `row` is the application as it was under the lock; `at` the one moment of the deed (aware UTC)."""

    desk: Desk
    writer: Writer
    kind: Deed
    row: Row
    at: datetime
    after: ApplicationState
    changes: dict[str, Any] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def at_ms(self) -> int:
        """The moment of the deed in ms UTC."""
        return to_ms(self.at)

    @property
    def form(self) -> SpecialForm:
        """Which form it is."""
        return SpecialForm(self.row["form"])


@contextmanager
def deed_on(desk: Desk, kind: Deed, number: str) -> Iterator[ApplicationDeed]:
    """Lend a deed on one application and write it, with its event, when the block ends.

    Raises NotAllowed, NotNow, Refused for an unknown number; nothing is written when anything is raised.
    """
    check_birth_right(desk, kind)
    with desk.writing() as writer:
        row = known(desk, writer, number)
        after = _check(desk, kind, row)
        at = history.moment_after_head(writer, desk.now())
        deed = ApplicationDeed(desk, writer, kind, row, at, after)
        yield deed
        applications.change(writer, row["id"], {"state": str(deed.after), **deed.changes})
        data = {
            "application": row["uid"],
            "form": row["form"],
            "from": row["state"],
            "to": str(deed.after),
            **deed.data,
        }
        history.record(writer, Happening(kind, at, desk.actor.uid, desk.seat, data=data, texts=deed.texts))


def known(desk: Desk, reader: Reader, number: str) -> Row:
    """Return an application that this person may see. Raises Refused for any other number."""
    row = applications.by_number(reader, number.strip().upper())
    if row is None or not may_see(desk.actor, row):
        raise Refused(f"没有编号为 {number[:40]} 的办件，请核对编号")
    return row


def may_see(actor: Actor, row: Row) -> bool:
    """Whether this person sees an application: the centre its own, a unit what it or its stations decide."""
    if actor.is_at_the_centre:
        return str(row["centre_path"]).startswith(actor.centre_path)
    return actor.is_in_a_unit and str(row["unit_path"]).startswith(actor.unit_path)


def scope(desk: Desk) -> tuple[str, str]:
    """Return the SQL that finds what this person may see, and its path. Raises NotAllowed for anybody else."""
    actor = desk.actor
    if actor.is_at_the_centre:
        return applications.OF_CENTRE, actor.centre_path + "%"
    if actor.is_in_a_unit:
        return applications.OF_UNIT, actor.unit_path + "%"
    raise NotAllowed("专席办件由热线中心和审批单位查看")


def able(desk: Desk, row: Row) -> frozenset[Deed]:
    """Return the deeds that this person may do with an application now."""
    return frozenset(deed for deed in _DEEDS if not why_not_now(desk, deed, row))


def is_to_tell(row: Row) -> bool:
    """Whether the citizen still has to be told of what was decided."""
    return row["state"] in TO_BE_TOLD and row["told_at"] is None and row["unreached_at"] is None


def why_not_now(desk: Desk, kind: Deed, row: Row) -> str:
    """Return why this person does not do a deed on an application now, '' when they may."""
    return _no_right(desk.actor, kind) or _not_his(desk.actor, kind, row) or _not_now(desk, kind, row)


def _no_right(actor: Actor, kind: Deed) -> str:
    if rights.scopes(actor.roles, kind):
        return ""
    return f"您没有“{word(kind)}”的权限，请由{'、'.join(map(word, rights.roles_for(kind)))}办理"


def _not_his(actor: Actor, kind: Deed, row: Row) -> str:
    is_of_the_unit = actor.is_in_a_unit and str(row["unit_path"]).startswith(actor.unit_path)
    if kind in OF_THE_UNIT and not is_of_the_unit:
        return f"这件由{row['unit_name']}办理，热线中心不能代办"
    if kind in DECIDING and actor.person_uid in (row["registered_person"], row["amended_person"]):
        return "登记或补正的人不能自己审批，请由单位另一位同事办理"
    return ""


def _not_now(desk: Desk, kind: Deed, row: Row) -> str:
    state = ApplicationState(row["state"])
    if kind is Deed.TELL_APPLICANT:
        no_call = f"办件 {row['number']} 现为“{word(state)}”，没有要回电告知的事"
        return "" if is_to_tell(row) else no_call
    if (state, kind) not in LIFE and kind is not Deed.OPEN_APPLICATION:
        return f"办件 {row['number']} 现为“{word(state)}”，不能{word(kind)}，请刷新后再看"
    if kind in (Deed.LOG_VISIT, Deed.MISS_VISIT) and row["visit_day"] > today(desk).isoformat():
        slot = slot_of(row["visit_day"], row["visit_half"])
        return f"约的是{slot.words}，还没到；要改时间请按 g 改约"
    return ""


def _check(desk: Desk, kind: Deed, row: Row) -> ApplicationState:
    if refusal := _not_his(desk.actor, kind, row):
        raise NotAllowed(refusal)
    if refusal := _not_now(desk, kind, row):
        raise NotNow(refusal)
    state = ApplicationState(row["state"])
    return LIFE.get((state, kind), state)


def today(desk: Desk) -> date:
    """Return the local day."""
    return local(desk.now()).date()


def unit_of_department(desk: Desk, reader: Reader, department: str) -> Row:
    """Return the unit of the home centre that a setting names by its department. Raises Refused when there is none."""
    found = units.unit_of_department(reader, department, desk.actor.centre_path) if department else None
    if found is None:
        raise Refused(f"没有{department or '设定的'}单位可以办理，请管理员核对设置 special_seats.departments")
    return found


def decision_due(desk: Desk, form: SpecialForm, at: datetime) -> Due:
    """Return by when a form registered at `at` is decided, on the working calendar."""
    days = {**DECIDE_DAYS, **desk.settings.get("special_seats.decide_days", {})}
    return deadlines.decision_due(at, int(days[form]), desk.settings.limits, desk.calendar)


def special_form(code: SpecialForm | str) -> SpecialForm:
    """Return the form of a code or a Chinese word. Raises BadInput."""
    for form in SpecialForm:
        if code in (form, word(form)):
            return form
    raise BadInput(f"办件种类请选 {'、'.join(map(word, SpecialForm))}", "办件种类")
