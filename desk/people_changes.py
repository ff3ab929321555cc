"""停用, 启用, 变更: what an administrator does with somebody who is in already; one event each."""

from dataclasses import dataclass
from typing import Any

from db.codes import Deed, Role
from db.doors import Row, Writer
from db.queries import staff, units
from desk.births import check_birth_right
from desk.context import Desk
from desk.errors import BadInput, Refused
from desk.people import (
    PersonRow,
    check_reach,
    mobile_in,
    person,
    record_change,
    roles_named,
    section_key,
    staff_key,
    unit_in_reach,
)
from desk.rules.text import required


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to be otherwise; None leaves a thing as it is, '' takes section, B角 or 手机 away."""

    name: str | None = None
    unit: str | None = None
    section: str | None = None
    roles: tuple[str, ...] | None = None
    deputy_no: str | None = None
    mobile: str | None = None


def set_active(desk: Desk, staff_no: str, *, is_active: bool) -> PersonRow:
    """停用 or 启用: let a 工号 sign in no more, or again. Its past deeds stay its own.

    Raises BadInput, NotAllowed; Refused if it is so already, or if nobody could administer the desk any more.
    """
    check_birth_right(desk, Deed.STAFF_CHANGED)
    with desk.light_writing() as writer:
        row = _known(desk, writer, staff_no)
        if bool(row["is_active"]) == is_active:
            raise Refused(f"工号 {row['staff_no']} {'没有停用' if is_active else '已经停用'}，未做改动")
        if not is_active:
            _keep_an_admin(desk, writer, row)
        staff.change(writer, row["id"], {"is_active": is_active})
        record_change(desk, writer, row["uid"], {"act": "enabled" if is_active else "disabled"})
        return person(desk, writer, row["staff_no"])


def change_person(desk: Desk, staff_no: str, changes: Changes) -> PersonRow:
    """变更: another name, unit, section, other roles or B角; a new unit without a section leaves none.

    Raises BadInput naming the field, NotAllowed; Refused if nobody could administer the desk any more.
    """
    check_birth_right(desk, Deed.STAFF_CHANGED)
    if changes == Changes():
        raise BadInput("没有写要改什么：--name --unit --section --roles --deputy --mobile 至少一项", "变更")
    with desk.light_writing() as writer:
        row = _known(desk, writer, staff_no)
        values, data = _placed(desk, writer, row, changes)
        texts = {}
        if changes.name is not None:
            values["name"] = texts["name"] = required(changes.name, "姓名", 20, one_line=True)
        if changes.deputy_no is not None:
            values["deputy_id"] = _deputy(writer, row, changes.deputy_no)
            data["deputy"] = changes.deputy_no.strip()
        if changes.mobile is not None:
            values["mobile"] = mobile_in(changes.mobile)
            data["mobile"] = bool(values["mobile"])
        if changes.roles is not None:
            data["roles"] = _set_roles(desk, writer, row, changes.roles)
        if values:
            staff.change(writer, row["id"], values)
        record_change(desk, writer, row["uid"], {"act": "changed", **data}, texts)
        return person(desk, writer, row["staff_no"])


def _known(desk: Desk, writer: Writer, staff_no: str) -> Row:
    row = units.staff_by_no(writer, staff_no.strip())
    if row is None:
        raise BadInput(f"没有工号 {staff_no.strip()}，请用 desk staff list 核对", "工号")
    check_reach(desk, row["unit_path"])
    return row


def _placed(desk: Desk, writer: Writer, row: Row, changes: Changes) -> tuple[dict[str, Any], dict[str, Any]]:
    """The columns and the event's data of where somebody works."""
    values: dict[str, Any] = {}
    data: dict[str, Any] = {}
    unit = units.unit(writer, row["unit_id"])
    assert unit is not None, "a foreign key holds it"
    if changes.unit is not None:
        unit = unit_in_reach(desk, writer, changes.unit)
        values["unit_id"], data["unit"] = unit["id"], unit["code"]
    if changes.section is not None or unit["id"] != row["unit_id"]:
        values["section_id"] = section_key(writer, unit, changes.section or "")
        section = units.section(writer, values["section_id"]) if values["section_id"] else None
        data["section"] = section["code"] if section is not None else ""
    return values, data


def _deputy(writer: Writer, row: Row, deputy_no: str) -> int | None:
    key = staff_key(writer, deputy_no, "B角")
    if key == row["id"]:
        raise BadInput("B角须是另一个工号", "B角")
    return key


def _set_roles(desk: Desk, writer: Writer, row: Row, names: tuple[str, ...]) -> dict[str, list[str]]:
    """Give the roles and return which they were and which they are."""
    before, after = sorted(units.roles_of(writer, row["id"])), sorted(map(str, roles_named(names)))
    if str(Role.ADMIN) not in after:
        _keep_an_admin(desk, writer, row)
    staff.set_roles(writer, row["id"], after)
    return {"before": before, "after": after}


def _keep_an_admin(desk: Desk, writer: Writer, row: Row) -> None:
    """Refuse to take away the last 管理员 who could sign in."""
    others = [
        each
        for each in staff.below(writer, desk.actor.centre_path)
        if each["id"] != row["id"] and each["is_active"] and each["has_pin"]
    ]
    if any(str(Role.ADMIN) in (each["roles"] or "").split(",") for each in others):
        return
    if str(Role.ADMIN) in units.roles_of(writer, row["id"]):
        raise Refused(
            f"工号 {row['staff_no']} 是最后一名管理员，不能停用或去掉管理员角色；请先添加另一名管理员"
        )
