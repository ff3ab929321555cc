"""人员: who may sign in, in which unit, as what. An administrator's deeds, each one event (design part 4)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from db.codes import Deed, Role
from db.doors import Reader, Row, Writer
from db.ids import new_uid
from db.queries import staff, units
from desk import history
from desk.births import check_birth_right
from desk.codes import code_for, word
from desk.context import Desk
from desk.errors import BadInput, NotAllowed
from desk.history import Happening
from desk.house_units import unit_named
from desk.rules.messages import is_mobile
from desk.rules.text import cleaned, normalised_phone
from desk.session import check_pin, hash_pin, is_right_pin

_STANDING = {"failures": 0, "locked_until": None, "must_change_pin": True}


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One 工号 as an administrator sees it."""

    staff_no: str
    name: str
    unit_code: str
    unit: str
    section: str
    roles: tuple[Role, ...]
    deputy_no: str
    is_active: bool
    has_pin: bool
    must_change_pin: bool


@dataclass(frozen=True, slots=True)
class NewPerson:
    """What is known of somebody who is to be let in. `unit` and `section` are codes or names, `deputy_no` the B角."""

    staff_no: str
    name: str
    unit: str
    roles: tuple[str, ...]
    section: str = ""
    deputy_no: str = ""
    mobile: str = ""
    same_person_as: str = ""
    """The other 工号 of the same natural person: the second person of an act is another person (practice P27)."""


def people(desk: Desk) -> list[PersonRow]:
    """Return everybody in the actor's centre and below, by 工号. Raises NotAllowed for all but administrators."""
    check_birth_right(desk, Deed.STAFF_CHANGED)
    with desk.reading() as reader:
        return [_row(row) for row in staff.below(reader, desk.actor.centre_path)]


def add_person(desk: Desk, newcomer: NewPerson, pin: str) -> PersonRow:
    """Let somebody in with a first PIN, to be changed at the first log-in.

    Raises BadInput naming the field, NotAllowed for all but administrators; then nothing is written.
    """
    check_birth_right(desk, Deed.STAFF_CHANGED)
    staff_no, name = _checked_no(newcomer.staff_no), cleaned(newcomer.name, 20, "姓名", one_line=True)
    if not name:
        raise BadInput("姓名不能为空", "姓名")
    roles = roles_named(newcomer.roles)
    pin_hash = _hashed(desk, pin)
    with desk.light_writing() as writer:
        if units.staff_by_no(writer, staff_no) is not None:
            raise BadInput(f"工号 {staff_no} 已有人使用，请换一个", "工号")
        unit = unit_in_reach(desk, writer, newcomer.unit)
        values = {
            "uid": new_uid(),
            "staff_no": staff_no,
            "name": name,
            "person_uid": _person_uid(writer, newcomer.same_person_as),
            "unit_id": unit["id"],
            "section_id": section_key(writer, unit, newcomer.section),
            "deputy_id": staff_key(writer, newcomer.deputy_no, "B角"),
            "mobile": mobile_in(newcomer.mobile),
            "pin_hash": pin_hash,
            "must_change_pin": True,
        }
        staff.add(writer, values, sorted(roles))
        record_change(
            desk, writer, values["uid"], {"act": "added", "roles": sorted(roles), "unit": unit["code"]}
        )
        return person(desk, writer, staff_no)


def reset_pin(desk: Desk, staff_no: str, pin: str) -> PersonRow:
    """Give somebody a new first PIN and take the lock away. Raises BadInput, NotAllowed."""
    check_birth_right(desk, Deed.STAFF_CHANGED)
    pin_hash = _hashed(desk, pin)
    with desk.light_writing() as writer:
        row = units.staff_by_no(writer, staff_no.strip())
        if row is None:
            raise BadInput(f"没有工号 {staff_no}，请核对", "工号")
        check_reach(desk, row["unit_path"])
        staff.change(writer, row["id"], {**_STANDING, "pin_hash": pin_hash})
        record_change(desk, writer, row["uid"], {"act": "pin_reset"})
        return person(desk, writer, row["staff_no"])


def change_own_pin(desk: Desk, pin: str) -> None:
    """修改PIN: give oneself another PIN; the one just signed in with may not stay. Raises BadInput, Refused."""
    pin_hash = _hashed(desk, pin)
    with desk.own_writing() as writer:
        row = units.staff_by_no(writer, desk.actor.staff_no)
        assert row is not None, "who is signed in has a 工号"
        if is_right_pin(row["pin_hash"], pin):
            raise BadInput("新 PIN 不能与原 PIN 相同，请换一个", "PIN")
        staff.change(writer, row["id"], {**_STANDING, "pin_hash": pin_hash, "must_change_pin": False})
        at = history.moment_after_head(writer, desk.now())
        history.record(writer, Happening(Deed.CHANGE_PIN, at, desk.actor.uid, desk.seat))
    desk.actor = replace(desk.actor, must_change_pin=False)


def roles_named(names: Iterable[str]) -> frozenset[Role]:
    """Return roles by their codes or Chinese words. Raises BadInput for an unknown one, or for none at all."""
    roles = set()
    for name in (each.strip() for each in names):
        role = code_for(Role, name) if name else None
        if name and role is None:
            raise BadInput(f"没有角色“{name}”，可写：{'、'.join(f'{word(r)}（{r}）' for r in Role)}", "角色")
        if role is not None:
            roles.add(role)
    if Role.PANELIST in roles and len(roles) > 1:
        raise BadInput("评议员只能看评议材料，不能兼任别的角色；评议员用 desk panelists add 登记", "角色")
    if not roles:
        raise BadInput("至少要有一个角色，如 agent,dispatcher", "角色")
    return frozenset(roles)


def _checked_no(text: str) -> str:
    staff_no = text.strip()
    if not (staff_no.isascii() and staff_no.isdigit() and 3 <= len(staff_no) <= 8):
        raise BadInput("工号须为 3 至 8 位数字，如 1203", "工号")
    return staff_no


def _hashed(desk: Desk, pin: str) -> str:
    check_pin(pin, int(desk.settings.get("pin.min_length", 6)))
    return hash_pin(pin)


def unit_in_reach(desk: Desk, reader: Reader, text: str) -> Row:
    """Return the unit of this code or name. Raises BadInput for none, NotAllowed for one of another centre."""
    unit = unit_named(reader, text, desk.actor.centre_path)
    check_reach(desk, unit["path"])
    return unit


def check_reach(desk: Desk, path: str) -> None:
    """Raise NotAllowed for a unit path that is not at or below the actor's centre."""
    if not path.startswith(desk.actor.centre_path):
        raise NotAllowed("该单位不在本中心之下，请由上级中心的管理员办理")


def section_key(reader: Reader, unit: Row, text: str) -> int | None:
    """Return the key of a unit's 科室 by code or name, None for ''. Raises BadInput naming those it has."""
    if not text.strip():
        return None
    found = staff.section_id(reader, unit["id"], text.strip())
    if found is None:
        names = "、".join(f"{row['name']}（{row['code']}）" for row in units.sections_of(reader, unit["id"]))
        raise BadInput(f"{unit['short_name']}没有科室“{text.strip()}”，可写：{names or '（无科室）'}", "科室")
    return found


def mobile_in(number: str) -> str | None:
    """Return the number that 告知 goes to, None for none; the event says only whether there is one (practice P19). Raises BadInput."""
    plain = normalised_phone(number, "手机") or None
    if plain is not None and not is_mobile(plain):
        raise BadInput("手机须为 11 位手机号码，固定电话收不到告知", "手机")
    return plain


def staff_key(reader: Reader, staff_no: str, field: str) -> int | None:
    """Return the key of a 工号, None for ''. Raises BadInput naming the field."""
    if not staff_no.strip():
        return None
    row = units.staff_by_no(reader, staff_no.strip())
    if row is None:
        raise BadInput(f"{field}的工号 {staff_no.strip()} 不存在，请核对", field)
    return int(row["id"])


def _person_uid(reader: Reader, staff_no: str) -> str:
    if not staff_no.strip():
        return new_uid()
    row = units.staff_by_no(reader, staff_no.strip())
    if row is None:
        raise BadInput(f"同一人的工号 {staff_no.strip()} 不存在，请核对", "同一人")
    return str(row["person_uid"])


def record_change(
    desk: Desk, writer: Writer, staff_uid: str, data: dict[str, Any], texts: dict[str, str] | None = None
) -> None:
    """Leave the one event of a change of staff: `data` holds codes, `texts` the words of persons."""
    at = history.moment_after_head(writer, desk.now())
    data = {"staff": staff_uid, **data}
    actor = desk.actor.uid
    history.record(writer, Happening(Deed.STAFF_CHANGED, at, actor, desk.seat, data=data, texts=texts or {}))


def person(desk: Desk, reader: Reader, staff_no: str) -> PersonRow:
    """Return one 工号 of the actor's centre and below."""
    rows = staff.below(reader, desk.actor.centre_path)
    return next(_row(row) for row in rows if row["staff_no"] == staff_no)


def _row(row: Row) -> PersonRow:
    return PersonRow(
        staff_no=row["staff_no"],
        name=row["name"],
        unit_code=row["unit_code"],
        unit=row["unit_name"],
        section=row["section_name"] or "",
        roles=tuple(Role(role) for role in sorted((row["roles"] or "").split(",")) if role),
        deputy_no=row["deputy_no"] or "",
        is_active=bool(row["is_active"]),
        has_pin=bool(row["has_pin"]),
        must_change_pin=bool(row["must_change_pin"]),
    )
