"""The roster as it stands: a day of it, the gaps of the days ahead, who is on duty, whom one may swap with."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from db.doors import Reader, Row
from db.queries import roster
from desk.context import Desk
from desk.errors import BadInput
from desk.roster_gaps import days_ahead, gaps_ahead, reach, shifts
from desk.roster_rows import GapRow, MemberOfTeam, OnDuty, RosterDay, UnitDay
from desk.rows import PickRow
from desk.rules import roster as rules
from desk.rules.calendar import WEEKDAYS, local
from desk.rules.roster import DAY, Duty, Shift

MOST_SWAPS = 50
_SWAP_DAYS = 31


def shift_now(desk: Desk) -> Duty:
    """Return the shift that runs now."""
    return rules.at(shifts(desk), desk.now())


def day(desk: Desk, wanted: date, text: str = "") -> RosterDay:
    """Return one day of every member unit (or of those whose name holds `text`), the ones with a gap first."""
    path, parts = reach(desk), shifts(desk)
    with desk.reading() as reader:
        units = [row for row in roster.member_units(reader, path) if text.strip() in row["short_name"]]
        rows = roster.between(reader, str(wanted), str(wanted), path)
        ahead = len(gaps_ahead(desk, reader, path))
    stands: dict[int, dict[str, list[OnDuty]]] = defaultdict(lambda: {part.name: [] for part in parts})
    for row in rows:
        stands[row["unit_id"]].setdefault(row["shift"], []).append(_on_duty(row))
    found = [
        UnitDay(
            unit["id"],
            unit["code"],
            unit["short_name"],
            {name: tuple(people) for name, people in stands[unit["id"]].items()},
        )
        for unit in units
    ]
    return RosterDay(
        wanted,
        desk.calendar.name_of(wanted),
        not desk.calendar.is_working_day(wanted),
        parts,
        tuple(sorted(found, key=lambda each: not each.has_gap)),
        ahead,
        days_ahead(desk),
    )


def gaps(desk: Desk, days: int | None = None, text: str = "") -> tuple[GapRow, ...]:
    """Return every shift without anybody from the one that runs now to `days` days ahead (the setting's), by time."""
    with desk.reading() as reader:
        found = gaps_ahead(desk, reader, reach(desk), days)
    return tuple(each for each in found if text.strip() in each.unit)


def on_duty(desk: Desk, reader: Reader, unit_id: int) -> tuple[OnDuty, ...]:
    """Return who of a unit is on duty now."""
    now = shift_now(desk)
    return tuple(_on_duty(row) for row in roster.of_unit(reader, unit_id, str(now.day), now.shift.name))


def people(desk: Desk, unit_id: int) -> tuple[MemberOfTeam, ...]:
    """Return a unit's people of the 应急队伍, the 队长 first."""
    with desk.reading() as reader:
        return tuple(_member(row) for row in roster.members(reader, unit_id))


def person_named(desk: Desk, unit_id: int, name: str) -> int:
    """Return the key of the one person of a unit's 应急队伍 with this name. Raises BadInput for none or several."""
    found = [each for each in people(desk, unit_id) if each.name == name.strip()]
    if len(found) != 1:
        known = "、".join(each.name for each in people(desk, unit_id)) or "还没有人"
        raise BadInput(
            f"应急队员里{'没有' if not found else '不止一个'}{name[:20]}，这个单位现有 {known}", "姓名"
        )
    return found[0].key


def candidates(desk: Desk, unit_id: int, wanted: date, text: str = "") -> tuple[PickRow, ...]:
    """Return who of a unit could stand which shift of a day, the empty shifts first, who has rested and stood least on top.

    The key is `<shift>|<the person's key>`; `candidate_of` reads it.
    """
    parts, now = shifts(desk), desk.now()
    since, until = str(wanted - _SWAP_DAYS * DAY), str(wanted + _SWAP_DAYS * DAY)
    found: list[tuple[tuple[bool, int, bool, int], PickRow]] = []
    with desk.reading() as reader:
        members = roster.members(reader, unit_id)
        turns = {
            row["id"]: list(_duties(parts, roster.of_member(reader, row["id"], since, until)))
            for row in members
        }
    for place, shift in enumerate(parts):
        duty = Duty(wanted, shift)
        is_taken = any(duty in each for each in turns.values())
        for row in members:
            theirs = turns[row["id"]]
            if duty in theirs or is_over(duty, now):
                continue
            is_tired = touches(duty, theirs)
            hint = " ".join(
                filter(None, ("连班" if is_tired else "", f"前后一月{len(theirs)}班", row["phone"]))
            )
            pick = PickRow(f"{shift.name}|{row['id']}", f"{shift.name} {row['name']}", hint)
            found.append(((is_taken, place, is_tired, len(theirs)), pick))
    found.sort(key=lambda each: each[0])
    return tuple(pick for _, pick in found if text.strip() in pick.name)


def candidate_of(key: str) -> tuple[str, int]:
    """Return the shift and the person behind the key of a row of `candidates`. Raises BadInput for a key that is none."""
    shift, _, member = key.rpartition("|")
    if not shift or not (member.isascii() and member.isdigit()):
        raise BadInput("没有这个人，请从列表中选", "姓名")
    return shift, int(member)


def gap_after(desk: Desk, wanted: date) -> date | None:
    """Return the next day after one on which some shift has nobody, as far as gaps are looked for; else the first such."""
    days = sorted({each.duty.day for each in gaps(desk)})
    return next((each for each in days if each > wanted), days[0] if days else None)


def swaps(desk: Desk, key: int, text: str = "") -> tuple[PickRow, ...]:
    """Return who could stand a turn instead, or exchange one with it; the key is `m<person>` or `t<turn>`."""
    parts, now = shifts(desk), desk.now()
    with desk.reading() as reader:
        mine = roster.duty(reader, key)
        if mine is None:
            return ()
        others = [row for row in roster.members(reader, mine["unit_id"]) if row["id"] != mine["member_id"]]
        found = [PickRow(f"m{row['id']}", row["name"], f"顶班，不换 {row['phone']}") for row in others]
        last = str(local(now).date() + _SWAP_DAYS * DAY)
        for row in others:
            for turn in roster.of_member(reader, row["id"], str(local(now).date()), last):
                duty = maybe_duty(parts, turn)
                if duty is not None and duty.begins > now:
                    found.append(PickRow(f"t{turn['id']}", row["name"], f"对换 {words_of(duty)}"))
    return tuple(each for each in found if text.strip() in f"{each.name} {each.hint}")[:MOST_SWAPS]


def turns_to_pick(row: UnitDay, text: str = "") -> tuple[PickRow, ...]:
    """Return the turns of a unit's day for choosing one; the key is the turn's."""
    rows = [
        PickRow(str(each.key), f"{shift} {each.name}", each.phone)
        for shift, people in row.stands.items()
        for each in people
    ]
    return tuple(each for each in rows if text.strip() in each.name)


def touches(duty: Duty, turns: Iterable[Duty]) -> bool:
    """Whether a shift follows on another, or another on it, without rest."""
    return any(duty.begins <= each.ends and each.begins <= duty.ends for each in turns if each != duty)


def named(parts: Sequence[Shift], name: str) -> Shift:
    """Return the shift of this name; the first of the day for a name that no shift has any more."""
    return next((part for part in parts if part.name == name), parts[0])


def maybe_duty(parts: Sequence[Shift], row: Row) -> Duty | None:
    """The shift of a row; None for one whose name the city has given up."""
    shift = next((part for part in parts if part.name == row["shift"]), None)
    return None if shift is None else Duty(date.fromisoformat(row["day"]), shift)


def _duties(parts: Sequence[Shift], rows: Iterable[Row]) -> Iterator[Duty]:
    for row in rows:
        duty = maybe_duty(parts, row)
        if duty is not None:
            yield duty


def words_of(duty: Duty) -> str:
    """A shift in words: `10-03 周六 夜班`."""
    return f"{duty.day:%m-%d} 周{WEEKDAYS[duty.day.weekday()]} {duty.shift.name}"


def is_over(duty: Duty, now: datetime) -> bool:
    """Whether a shift has ended: what was stood is not written anew."""
    return duty.ends <= now


def _on_duty(row: Row) -> OnDuty:
    return OnDuty(row["id"], row["member_id"], row["name"], row["phone"], row["role"], row["note"])


def _member(row: Row) -> MemberOfTeam:
    return MemberOfTeam(row["id"], row["name"], row["phone"], row["role"])
