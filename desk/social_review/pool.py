"""评议员库: who may be drawn, with profession, home, employer and declared relations; each with an account of one page (P29)."""

from dataclasses import dataclass
from typing import Any

from db.codes import Deed, Profession, Role
from db.doors import Reader, Row, Writer
from db.ids import new_uid
from db.queries import house, panelists, staff, units
from db.times import to_ms
from desk import history
from desk.births import check_birth_right
from desk.codes import code_for, word
from desk.context import Desk
from desk.errors import BadInput
from desk.history import Happening
from desk.house_units import unit_named
from desk.panel_rows import PanelistRow
from desk.rules.text import cleaned, normalised_phone, required

_NAME, _EMPLOYER, _PERSON = 20, 40, 40
_SEPARATORS = str.maketrans("；，,、", ";;;;")


@dataclass(frozen=True, slots=True)
class NewPanelist:
    """What is known of somebody for the pool; `units` (codes or names) and `people` are relations, separated by ；."""

    staff_no: str
    name: str
    profession: str
    area_code: str = ""
    employer: str = ""
    employer_code: str = ""
    units: str = ""
    people: str = ""
    mobile: str = ""
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class Known:
    """The same, looked up and cleaned: columns of the account, of the pool, and the relations."""

    account: dict[str, Any]
    values: dict[str, Any]
    unit_ids: tuple[int, ...]
    people: tuple[str, ...]


def pool(desk: Desk) -> tuple[PanelistRow, ...]:
    """Return everybody of the centre's pool by 工号, those who left it too. Raises NotAllowed."""
    check_birth_right(desk, Deed.PANELIST_CHANGED)
    with desk.reading() as reader:
        ties = panelists.ties(reader, desk.actor.centre_id)
        return tuple(
            _row(row, ties.get(row["id"], [])) for row in panelists.of_centre(reader, desk.actor.centre_id)
        )


def keep_panelist(desk: Desk, given: NewPanelist) -> PanelistRow:
    """Take somebody into the pool, or change what is known of him; a new one gets an account without a PIN. One event.

    Raises BadInput naming the field, NotAllowed for all but auditors, 班长 and administrators.
    """
    check_birth_right(desk, Deed.PANELIST_CHANGED)
    with desk.writing() as writer:
        known = looked_up(desk, writer, given)
        keep(desk, writer, known)
        return one(desk, writer, known.account["staff_no"])


def leave_pool(desk: Desk, staff_no: str) -> PanelistRow:
    """移出评议员库: he is drawn no more and signs in no more; what he took part in stays. One event. Raises BadInput, NotAllowed."""
    check_birth_right(desk, Deed.PANELIST_CHANGED)
    with desk.writing() as writer:
        row = panelists.by_no(writer, desk.actor.centre_id, staff_no.strip())
        if row is None:
            raise BadInput(f"评议员库里没有工号 {staff_no.strip()}，请用 desk panelists list 核对", "工号")
        panelists.change(writer, row["id"], {"is_active": False})
        staff.change(writer, row["staff_id"], {"is_active": False, "pin_hash": None})
        _record(desk, writer, row["uid"], "left", {})
        return one(desk, writer, row["staff_no"])


def looked_up(desk: Desk, reader: Reader, given: NewPanelist) -> Known:
    """Return what a person wrote of somebody as it is kept. Raises BadInput naming the field."""
    staff_no = given.staff_no.strip()
    if not (staff_no.isascii() and staff_no.isdigit() and 3 <= len(staff_no) <= 8):
        raise BadInput("工号须为 3 至 8 位数字，如 9001", "工号")
    profession = code_for(Profession, given.profession.strip())
    if profession is None:
        raise BadInput(f"界别只能写{'、'.join(word(each) for each in Profession)}", "界别")
    account = {
        "staff_no": staff_no,
        "name": required(given.name, "姓名", _NAME, one_line=True),
        "mobile": normalised_phone(given.mobile, "电话") or None,
        "is_active": given.is_active,
    }
    values = {
        "profession": str(profession),
        "area_code": _area(reader, given.area_code.strip()),
        "employer": cleaned(given.employer, _EMPLOYER, "工作单位", one_line=True),
        "employer_unit_id": _employer(desk, reader, given.employer_code),
        "is_active": given.is_active,
    }
    unit_ids = tuple(_unit(desk, reader, name, "回避单位")["id"] for name in _split(given.units))
    people = tuple(cleaned(each, _PERSON, "回避人", one_line=True) for each in _split(given.people))
    return Known(account, values, unit_ids, people)


def _split(text: str) -> list[str]:
    return [each.strip() for each in text.translate(_SEPARATORS).split(";") if each.strip()]


def _area(reader: Reader, code: str) -> str:
    if code and house.area(reader, code) is None:
        raise BadInput(f"没有区划代码 {code[:20]}，居住地写到村或社区，如 360725100001", "居住地代码")
    return code


def _employer(desk: Desk, reader: Reader, text: str) -> int | None:
    if not text.strip():
        return None
    unit = _unit(desk, reader, text, "单位代码")
    if unit["is_centre"]:
        raise BadInput("热线中心的人员不能当评议员", "单位代码")
    return int(unit["id"])


def _unit(desk: Desk, reader: Reader, text: str, field: str) -> Row:
    try:
        return unit_named(reader, text.strip(), desk.actor.centre_path)
    except BadInput as flaw:
        raise BadInput(flaw.message, field) from None


def keep(desk: Desk, writer: Writer, known: Known) -> bool:
    """Write somebody as looked up into the pool, with the event; return False when he stands there like that already.

    Raises BadInput for a 工号 that is another's.
    """
    account = units.staff_by_no(writer, known.account["staff_no"])
    row = panelists.by_no(writer, desk.actor.centre_id, known.account["staff_no"])
    if account is not None and row is None:
        raise BadInput(f"工号 {known.account['staff_no']} 是别人的，请换一个", "工号")
    if row is not None and _stands(desk, writer, row, known):
        return False
    act = "added" if row is None else "changed"
    panelist_id, uid = _added(desk, writer, known) if row is None else (row["id"], row["uid"])
    if row is not None:
        # Whoever is out of the pool has no way in until somebody gives him a PIN anew.
        gone = {} if known.account["is_active"] else {"pin_hash": None}
        staff.change(writer, row["staff_id"], {**known.account, **gone})
        panelists.change(writer, panelist_id, known.values)
    panelists.set_ties(writer, panelist_id, known.unit_ids, known.people)
    _record(desk, writer, uid, act, {"profession": known.values["profession"]}, known.account["name"])
    return True


def _stands(desk: Desk, reader: Reader, row: Row, known: Known) -> bool:
    ties = panelists.ties(reader, desk.actor.centre_id).get(row["id"], [])
    is_same_account = all(row[name] == known.account[name] for name in ("name", "mobile"))
    is_same = all(row[name] == value for name, value in known.values.items())
    same_units = {tie["unit_id"] for tie in ties if tie["unit_id"]} == set(known.unit_ids)
    return (
        is_same_account
        and is_same
        and same_units
        and {t["person"] for t in ties if t["person"]} == set(known.people)
    )


def _added(desk: Desk, writer: Writer, known: Known) -> tuple[int, str]:
    at = history.moment_after_head(writer, desk.now())
    account = {**known.account, "uid": new_uid(), "person_uid": new_uid(), "unit_id": desk.actor.centre_id}
    staff_id = staff.add(writer, account, [str(Role.PANELIST)])
    made = {"staff_id": staff_id, "added_at": to_ms(at), "added_by": desk.actor.id}
    panelist_id = panelists.add(writer, {**known.values, **made})
    row = panelists.by_staff(writer, staff_id)
    assert row is not None, "it was written in this transaction"
    return panelist_id, str(row["uid"])


def _record(desk: Desk, writer: Writer, uid: str, act: str, data: dict[str, Any], name: str = "") -> None:
    at = history.moment_after_head(writer, desk.now())
    told = {"panelist": uid, "act": act, **data}
    texts = {"name": name} if name else {}
    history.record(
        writer, Happening(Deed.PANELIST_CHANGED, at, desk.actor.uid, desk.seat, data=told, texts=texts)
    )


def one(desk: Desk, reader: Reader, staff_no: str) -> PanelistRow:
    """Return one 评议员 of the actor's centre, who is there."""
    row = panelists.by_no(reader, desk.actor.centre_id, staff_no)
    assert row is not None, "it was just looked up"
    return _row(row, panelists.ties(reader, desk.actor.centre_id).get(row["id"], []))


def _row(row: Row, ties: list[Row]) -> PanelistRow:
    return PanelistRow(
        staff_no=row["staff_no"],
        name=row["name"],
        profession=Profession(row["profession"]),
        area_code=row["area_code"],
        area=row["area_name"] or "",
        employer=row["employer"],
        employer_code=row["employer_code"] or "",
        units=tuple(tie["unit_code"] for tie in ties if tie["unit_code"]),
        people=tuple(tie["person"] for tie in ties if tie["person"]),
        mobile=row["mobile"] or "",
        is_active=bool(row["is_active"]),
    )
