"""排班、顶班、换班、撤下: each an event with who, whose turn and why; what has been stood is not written anew."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from db.codes import Deed
from db.doors import Reader, Row, Writer
from db.queries import roster, units
from db.times import to_ms
from desk import history
from desk.births import check_birth_right
from desk.context import Desk
from desk.errors import BadInput, NotAllowed, Refused
from desk.history import Happening
from desk.house_units import unit_named
from desk.roster.reading import is_over, maybe_duty, named, touches, words_of
from desk.roster_gaps import gap, reach, shifts
from desk.roster_rows import Planned
from desk.rules import roster as rules
from desk.rules.roster import Duty, Stood
from desk.rules.text import required

WHY = 200
MOST_DAYS = 92
_LOOK_BACK = timedelta(days=60)
"""What was stood this long ago counts when turns are shared out."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn as it was written: unit, person, the shift in words, and whether it touches another of the same person."""

    key: int
    unit: str
    name: str
    words: str
    is_without_rest: bool = False


def assign(desk: Desk, unit_id: int, day: date, shift: str, member: int) -> Turn:
    """Put a person of a unit's 应急队伍 on a shift. One event.

    Raises BadInput for somebody of another unit or on it already, NotNow for a shift that is over, NotAllowed.
    """
    with desk.writing() as writer:
        unit = _unit(desk, writer, unit_id)
        duty = _known(desk, day, shift)
        return _put(desk, writer, unit, duty, _person(writer, unit, member))


def withdraw(desk: Desk, key: int, why: str) -> Turn:
    """Take a person off a shift, with the reason; nobody takes the place. One event. Raises BadInput, NotAllowed."""
    why = required(why, "理由", WHY)
    with desk.writing() as writer:
        row, duty = _turn(desk, writer, key)
        drop(desk, writer, row, why)
        _record(desk, writer, row, "withdraw", {"member": row["name"], "why": why})
        return Turn(key, row["unit"], row["name"], words_of(duty))


def stand_in(desk: Desk, key: int, member: int, why: str) -> Turn:
    """顶班: let another person of the unit stand a turn instead. One event. Raises BadInput, NotAllowed."""
    why = required(why, "理由", WHY)
    with desk.writing() as writer:
        row, duty = _turn(desk, writer, key)
        unit = _unit(desk, writer, row["unit_id"])
        person = _person(writer, unit, member)
        drop(desk, writer, row, why)
        return _put(
            desk, writer, unit, duty, person, act="stand_in", texts={"instead_of": row["name"], "why": why}
        )


def swap(desk: Desk, key: int, other: int, why: str) -> tuple[Turn, Turn]:
    """换班: let two people of one unit exchange their turns. One event for each. Raises BadInput, NotAllowed."""
    why = required(why, "理由", WHY)
    with desk.writing() as writer:
        mine, my_duty = _turn(desk, writer, key)
        theirs, their_duty = _turn(desk, writer, other)
        if mine["unit_id"] != theirs["unit_id"] or mine["member_id"] == theirs["member_id"]:
            raise BadInput("只能和本单位另一个人的班次对换", "换班")
        unit = _unit(desk, writer, mine["unit_id"])
        for row in (mine, theirs):
            drop(desk, writer, row, why)
        return (
            _put(desk, writer, unit, their_duty, _whose(mine), act="swap", texts={"why": why}),
            _put(desk, writer, unit, my_duty, _whose(theirs), act="swap", texts={"why": why}),
        )


def leave_note(desk: Desk, key: int, note: str) -> Turn:
    """交班留言: what the one who stands a turn leaves to the next, also after it is over. One event. Raises BadInput, NotAllowed."""
    words = required(note, "交班留言", WHY)
    with desk.writing() as writer:
        row = roster.duty(writer, key)
        if row is None:
            raise BadInput("这一班已改动，请刷新后再选", "班次")
        _unit(desk, writer, row["unit_id"])
        roster.leave_note(writer, key, words)
        _record(desk, writer, row, "note", {"member": row["name"], "note": words})
        return Turn(key, row["unit"], row["name"], f"{row['day'][5:]} {row['shift']}")


def change(desk: Desk, key: int, choice: str, why: str) -> Turn:
    """Do what the key of a row of `swaps` says: 顶班 by a person, or 对换 with a turn. Raises BadInput, NotAllowed."""
    kind, number = choice[:1], choice[1:]
    if kind not in ("m", "t") or not (number.isascii() and number.isdigit()):
        raise BadInput("没有这一项，请从列表中选", "换班")
    return stand_in(desk, key, int(number), why) if kind == "m" else swap(desk, key, int(number), why)[1]


def plan(desk: Desk, first: date, last: date, unit: str = "") -> Planned:
    """自动排班: fill the empty shifts from `first` to `last` of a unit, or of every unit that one may plan.

    Nights and days off are shared out by what was stood in the 60 days before. Returns how many turns were written and
    which shifts stay empty for want of somebody who has rested. One event for each unit. Raises BadInput, NotAllowed.
    """
    check_birth_right(desk, Deed.ROSTER_CHANGED)
    if not timedelta() <= last - first < timedelta(days=MOST_DAYS):
        raise BadInput(f"日期从前到后，一次最多排 {MOST_DAYS} 天", "日期")
    parts, now = shifts(desk), desk.now()
    wanted = [duty for duty in rules.duties(parts, first, last) if not is_over(duty, now)]
    if not wanted:
        raise BadInput(f"{last} 已过，只能排今天起的班", "日期")
    count, left = 0, []
    with desk.writing() as writer:
        path = reach(desk)
        if unit.strip():
            found = unit_named(writer, unit, desk.actor.centre_path)
            check_reach(desk, found)
            path = str(found["path"])
        members = roster.member_units(writer, path)
        if not members:
            raise BadInput("还没有应急队员：先用 desk team add --emergency 或 desk team import 登记", "单位")
        for each in members:
            turns, empty = _plan_unit(desk, writer, each, wanted)
            count += len(turns)
            left += [gap(desk, each, duty) for duty in empty]
    return Planned(count, tuple(sorted(left, key=lambda row: (row.duty.begins, row.unit_id))))


def _plan_unit(desk: Desk, writer: Writer, unit: Row, wanted: list[Duty]) -> tuple[list[Stood], list[Duty]]:
    people = [row["id"] for row in roster.members(writer, unit["id"])]
    first, last = wanted[0].day, wanted[-1].day
    stood = _stood(desk, writer, unit, first - _LOOK_BACK, last + rules.DAY)
    turns = rules.plan(people, wanted, stood, desk.calendar)
    for turn in turns:
        add(desk, writer, unit, turn.duty, turn.member)
    if turns:
        record_many(desk, writer, unit, "plan", first, last, len(turns))
    return turns, rules.gaps(wanted, [*stood, *turns])


def _stood(desk: Desk, reader: Reader, unit: Row, first: date, last: date) -> list[Stood]:
    parts = shifts(desk)
    rows = roster.between(reader, str(first), str(last), unit["path"])
    duties = ((row, maybe_duty(parts, row)) for row in rows if row["unit_id"] == unit["id"])
    return [Stood(row["member_id"], duty) for row, duty in duties if duty is not None]


def _put(
    desk: Desk,
    writer: Writer,
    unit: Row,
    duty: Duty,
    person: Row,
    *,
    act: str = "assign",
    texts: dict[str, str] | None = None,
) -> Turn:
    """Put a person on a shift, with its event."""
    known = roster.of_unit(writer, unit["id"], str(duty.day), duty.shift.name)
    if any(row["member_id"] == person["id"] for row in known):
        raise BadInput(f"{person['name']}已在 {words_of(duty)}", "姓名")
    around = roster.of_member(
        writer, person["id"], str(duty.day - 2 * rules.DAY), str(duty.day + 2 * rules.DAY)
    )
    turns = [each for each in (maybe_duty(shifts(desk), row) for row in around) if each is not None]
    key = add(desk, writer, unit, duty, person["id"])
    row = roster.duty(writer, key)
    assert row is not None, "it was written in this transaction"
    _record(desk, writer, row, act, {"member": person["name"], **(texts or {})})
    return Turn(key, unit["short_name"], person["name"], words_of(duty), touches(duty, turns))


def add(desk: Desk, writer: Writer, unit: Row, duty: Duty, member: int) -> int:
    """Write one turn, without its event; return its key."""
    at = history.moment_after_head(writer, desk.now())
    return roster.add(
        writer,
        unit_id=unit["id"],
        day=str(duty.day),
        shift=duty.shift.name,
        member_id=member,
        set_at=to_ms(at),
        set_by=desk.actor.id,
    )


def drop(desk: Desk, writer: Writer, row: Row, why: str) -> None:
    """Take a person off a shift, without its event."""
    at = history.moment_after_head(writer, desk.now())
    roster.drop(writer, row["id"], at_ms=to_ms(at), by_id=desk.actor.id, why=why)


def _whose(row: Row) -> Row:
    """The person of a turn, as `_put` takes one."""
    return {**row, "id": row["member_id"]}


def _known(desk: Desk, day: date, shift: str) -> Duty:
    parts = shifts(desk)
    if shift not in {part.name for part in parts}:
        raise BadInput(f"没有班次“{shift[:10]}”，现有 {'、'.join(part.name for part in parts)}", "班次")
    duty = Duty(day, named(parts, shift))
    if is_over(duty, desk.now()):
        raise Refused(f"{words_of(duty)} 已过，值过的班不再改")
    return duty


def _turn(desk: Desk, writer: Writer, key: int) -> tuple[Row, Duty]:
    row = roster.duty(writer, key)
    if row is None:
        raise BadInput("这一班已改动，请刷新后再选", "班次")
    _unit(desk, writer, row["unit_id"])
    duty = maybe_duty(shifts(desk), row)
    if duty is None:
        duty = Duty(date.fromisoformat(row["day"]), shifts(desk)[0])
    if is_over(duty, desk.now()):
        raise Refused(f"{words_of(duty)} 已过，值过的班不再改")
    return row, duty


def _person(reader: Reader, unit: Row, member: int) -> Row:
    found = next((row for row in roster.members(reader, unit["id"]) if row["id"] == member), None)
    if found is None:
        raise BadInput(f"不是{unit['short_name']}的应急队员，请先登记到队伍", "姓名")
    return found


def _unit(desk: Desk, reader: Reader, unit_id: int) -> Row:
    check_birth_right(desk, Deed.ROSTER_CHANGED)
    unit = units.unit(reader, unit_id)
    if unit is None:
        raise BadInput("没有这个单位，请重新选", "单位")
    check_reach(desk, unit)
    return unit


def check_reach(desk: Desk, unit: Row) -> None:
    """Raise NotAllowed for a unit whose roster is not this person's to change."""
    if not str(unit["path"]).startswith(reach(desk)):
        raise NotAllowed(f"{unit['short_name']}不在您的管理范围内，只能排本单位的班")


def record_many(desk: Desk, writer: Writer, unit: Row, act: str, first: date, last: date, count: int) -> None:
    """Write the one event of many turns of a unit: a plan, an import."""
    _keep(
        desk,
        writer,
        {"unit": unit["code"], "act": act, "from": str(first), "until": str(last), "count": count},
        {},
    )


def _record(desk: Desk, writer: Writer, row: Row, act: str, texts: dict[str, str]) -> None:
    data = {
        "unit": row["unit_code"],
        "act": act,
        "day": row["day"],
        "shift": row["shift"],
        "turn": row["uid"],
    }
    _keep(desk, writer, data, texts)


def _keep(desk: Desk, writer: Writer, data: dict[str, Any], texts: dict[str, str]) -> None:
    at = history.moment_after_head(writer, desk.now())
    history.record(
        writer, Happening(Deed.ROSTER_CHANGED, at, desk.actor.uid, desk.seat, data=data, texts=texts)
    )
