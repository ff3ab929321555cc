"""`desk staff list | add | set | disable | enable | pin`: how an administrator lets people in, and out."""

import argparse
import getpass
import os
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict

from db.codes import Role
from desk import people, people_changes
from desk.cli import options, terminal
from desk.codes import word
from desk.errors import BadInput
from desk.people import NewPerson, PersonRow
from desk.people_changes import Changes


def add_arguments(parser: options.Parser) -> None:
    """Describe the command line of `desk staff`."""
    for name, deed in options.deeds(parser, DEEDS):
        _ADDING.get(name, _add_staff_no)(deed)


DEEDS = {
    "list": "列出本中心的人员",
    "add": "添加人员",
    "set": "变更姓名、单位、科室、角色、B角、手机",
    "disable": "停用工号，不能再登录",
    "enable": "启用停用的工号",
    "pin": "修改自己的 PIN；管理员可重置他人的 PIN 并解除锁定",
}


def _add_staff_no(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("staff_no", metavar="工号")


def _add_changes(parser: argparse.ArgumentParser) -> None:
    _add_staff_no(parser)
    parser.add_argument("--name", metavar="姓名")
    parser.add_argument("--unit", metavar="单位", help=_UNIT)
    parser.add_argument("--roles", metavar="角色", help=f"换成这些角色，{_ROLES}")
    parser.add_argument("--section", metavar="科室", help="科室代码或名称；'' 为不分科室")
    parser.add_argument("--deputy", metavar="工号", help="B角的工号；'' 为不设")
    parser.add_argument("--mobile", metavar="手机", help="收告知的手机；'' 为不收")


def _add_pin(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("staff_no", metavar="工号", nargs="?", default="", help="不写为本人")
    _add_new_pin(parser)


_UNIT = "代码、简称或全称，如 CY-12345、县城管局；用 desk units 查"
_ROLES = f"逗号分开，可写 {' '.join(f'{word(role)}（{role}）' for role in Role)}"


def _add_new_person(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no", dest="staff_no", metavar="工号", required=True, help="新工号，如 1203")
    parser.add_argument("--name", metavar="姓名", required=True)
    parser.add_argument("--unit", metavar="单位", required=True, help=_UNIT)
    parser.add_argument("--roles", metavar="角色", required=True, help=_ROLES)
    parser.add_argument("--section", metavar="科室", default="", help="科室代码或名称")
    parser.add_argument("--deputy", metavar="工号", default="", help="B角的工号")
    parser.add_argument("--mobile", metavar="手机", default="", help="收告知的手机")
    parser.add_argument("--same-person-as", metavar="工号", default="", help="同一人的另一工号")
    _add_new_pin(parser)


def _add_new_pin(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--new-pin-file", metavar="文件", help="新 PIN 所在文件（或 DESK_NEW_PIN_FILE）")


_ADDING: Mapping[str, Callable[[argparse.ArgumentParser], None]] = {
    "list": lambda _: None,
    "add": _add_new_person,
    "set": _add_changes,
    "pin": _add_pin,
}


def run(given: argparse.Namespace) -> int:
    """Do what the second word says."""
    if given.deed == "list":
        return _list(given)
    if given.deed in ("add", "pin"):
        return _let_in(given)
    with options.signed_in(given) as desk:
        if given.deed == "set":
            row = people_changes.change_person(desk, given.staff_no, _changes(given))
        else:
            row = people_changes.set_active(desk, given.staff_no, is_active=given.deed == "enable")
    _tell(given, row, {"set": "已变更", "disable": "已停用", "enable": "已启用"}[given.deed])
    return 0


def _let_in(given: argparse.Namespace) -> int:
    """What needs a new PIN: somebody new, somebody's reset, one's own."""
    pin = _new_pin(given.new_pin_file)
    with options.signed_in(given) as desk:
        if given.deed == "pin" and given.staff_no in ("", desk.actor.staff_no):
            people.change_own_pin(desk, pin)
            terminal.say("PIN 已修改")
            return 0
        if given.deed == "add":
            row = people.add_person(desk, _person(given), pin)
        else:
            row = people.reset_pin(desk, given.staff_no, pin)
    _tell(given, row, "已添加" if given.deed == "add" else "已重置 PIN", "首次登录须修改 PIN")
    return 0


def _tell(given: argparse.Namespace, row: PersonRow, done: str, *more: str) -> None:
    if given.is_json:
        terminal.say_json(_as_json(row))
    else:
        terminal.say(f"{done}：{_line(row)}", *more)


def _changes(given: argparse.Namespace) -> Changes:
    return Changes(
        name=given.name,
        unit=given.unit,
        section=given.section,
        roles=None if given.roles is None else _roles(given.roles),
        deputy_no=given.deputy,
        mobile=given.mobile,
    )


def _roles(text: str) -> tuple[str, ...]:
    return tuple(re.split("[,，、;；]", text))


def _person(given: argparse.Namespace) -> NewPerson:
    return NewPerson(
        staff_no=given.staff_no,
        name=given.name,
        unit=given.unit,
        roles=_roles(given.roles),
        section=given.section,
        deputy_no=given.deputy,
        mobile=given.mobile,
        same_person_as=given.same_person_as,
    )


def _list(given: argparse.Namespace) -> int:
    with options.signed_in(given) as desk:
        for row in people.people(desk):
            terminal.say_json(_as_json(row)) if given.is_json else terminal.say(_line(row))
    return 0


def _line(row: PersonRow) -> str:
    roles = "、".join(word(role) for role in row.roles)
    where = terminal.fitted(f"{row.unit} {row.section}".rstrip(), 26)
    marks = [
        "" if row.is_active else "已停用",
        "" if row.has_pin else "未设PIN",
        f"B角 {row.deputy_no}" if row.deputy_no else "",
    ]
    return f"{row.staff_no}  {terminal.fitted(row.name, 10)} {where} {roles}  {' '.join(filter(None, marks))}".rstrip()


def _as_json(row: PersonRow) -> dict[str, object]:
    return {**asdict(row), "roles": [str(role) for role in row.roles]}


def _new_pin(file: str | None) -> str:
    named = file or os.environ.get("DESK_NEW_PIN_FILE")
    if named:
        return options.first_line(named)
    if not sys.stdin.isatty():
        raise BadInput("没有终端可以输入新 PIN，请用 --new-pin-file 文件", "--new-pin-file")
    pin = getpass.getpass("新 PIN（至少 6 位数字）：")
    if pin != getpass.getpass("再输一次："):
        raise BadInput("两次输入的 PIN 不一致，请重新运行", "PIN")
    return pin
