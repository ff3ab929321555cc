"""值班表 as a table: a line for each turn, and one without a name for each gap; in again as a whole, checked first."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from db.codes import Deed, TeamRole
from db.doors import Reader, Row, Writer
from db.queries import roster
from desk import exchange
from desk.births import check_birth_right
from desk.codes import word
from desk.context import Desk
from desk.errors import BadInput
from desk.exchange import Exported, Sheet
from desk.house_units import unit_named
from desk.importing.tables import Line, Table
from desk.roster import changing
from desk.roster.reading import is_over, maybe_duty
from desk.roster_gaps import reach, shifts
from desk.rules import roster as rules
from desk.rules.calendar import WEEKDAYS
from desk.rules.roster import Duty
from desk.rules.written_times import day_written

_LABELS = {
    "day": "日期",
    "day_name": "日期性质",
    "shift": "班次",
    "unit_code": "单位代码",
    "unit": "单位",
    "name": "姓名",
    "role": "角色",
    "phone": "电话",
}
_SHEET = Sheet(
    "值班表",
    _LABELS,
    {"day_name": 16, "unit": 20, "phone": 16},
    frozenset({"day", "unit_code", "phone"}),
    "A2",
)
_NEEDED = ("日期", "班次", "单位代码", "姓名")


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What an import of the roster changed: turns that came, that went, that were so before; shifts left empty."""

    added: int
    dropped: int
    unchanged: int
    empty: int


def export(desk: Desk, first: date, last: date, path: Path, *, may_overwrite: bool = False) -> Exported:
    """Write the roster of some days in .xlsx or .csv, gaps included. One event.

    Raises BadInput for another form or too many days, Refused, NotAllowed, StoreUnusable.
    """
    check_birth_right(desk, Deed.ROSTER_CHANGED)
    form = exchange.form_of(path)
    if not timedelta() <= last - first < timedelta(days=changing.MOST_DAYS):
        raise BadInput(f"日期从前到后，一次最多导出 {changing.MOST_DAYS} 天", "日期")
    with desk.reading() as reader:
        lines = list(_lines(desk, reader, first, last))
    with exchange.coming(path, may_overwrite=may_overwrite) as made:
        exchange.write(form, made, _SHEET, lines)
        exchange.record(desk, path, {"roster_lines": len(lines)})
    return Exported(path, len(lines))


def _lines(desk: Desk, reader: Reader, first: date, last: date) -> Iterator[dict[str, str]]:
    path = reach(desk)
    turns: dict[tuple[int, str, str], list[Row]] = defaultdict(list)
    for row in roster.between(reader, str(first), str(last), path):
        turns[row["unit_id"], row["day"], row["shift"]].append(row)
    units = roster.member_units(reader, path)
    for duty in rules.duties(shifts(desk), first, last):
        day = {
            "day": str(duty.day),
            "day_name": f"周{WEEKDAYS[duty.day.weekday()]} {desk.calendar.name_of(duty.day)}",
        }
        for unit in units:
            place = {"shift": duty.shift.name, "unit_code": unit["code"], "unit": unit["short_name"]}
            people: Sequence[Row | None] = turns.get((unit["id"], str(duty.day), duty.shift.name), [None])
            for person in people:
                yield {**day, **place, **(_NOBODY if person is None else _who(person))}


def _who(row: Row) -> dict[str, str]:
    return {"name": row["name"], "role": word(TeamRole(row["role"])), "phone": row["phone"]}


_NOBODY = {"name": "", "role": "", "phone": ""}


def take_in(desk: Desk, table: Table) -> TakenIn:
    """Make the shifts that a file names those of the file: who is not in it stands them no more; others stay.

    A line without a name leaves its shift empty. Lines of shifts that are over change nothing. Raises BadInput naming
    line and column, NotAllowed for another's unit; then nothing is written.
    """
    check_birth_right(desk, Deed.ROSTER_CHANGED)
    exchange.check_heads(table, _NEEDED, "desk roster export")
    with desk.writing() as writer:
        wanted: dict[tuple[int, Duty], set[int]] = defaultdict(set)
        units: dict[int, Row] = {}
        for line in table.lines:
            unit, duty, member = _turn(desk, writer, table, line)
            units[unit["id"]] = unit
            people = wanted[unit["id"], duty]
            if member is not None:
                people.add(member)
        if not wanted:
            raise BadInput(f"{table.path.name} 里没有班次，未做任何改动", "文件")
        return _put(desk, writer, units, wanted)


def _put(
    desk: Desk, writer: Writer, units: dict[int, Row], wanted: dict[tuple[int, Duty], set[int]]
) -> TakenIn:
    added = dropped = unchanged = empty = 0
    now = desk.now()
    changes: dict[int, int] = defaultdict(int)
    for (unit_id, duty), people in wanted.items():
        if is_over(duty, now):
            continue
        known = {
            row["member_id"]: row for row in roster.of_unit(writer, unit_id, str(duty.day), duty.shift.name)
        }
        for member in known.keys() - people:
            changing.drop(desk, writer, known[member], "导入值班表")
        for member in people - known.keys():
            changing.add(desk, writer, units[unit_id], duty, member)
        came, went = len(people - known.keys()), len(known.keys() - people)
        added, dropped, unchanged = added + came, dropped + went, unchanged + len(people & known.keys())
        empty += not people
        changes[unit_id] += came + went
    days = [duty.day for _, duty in wanted]
    for unit_id, count in changes.items():
        if count:
            changing.record_many(desk, writer, units[unit_id], "import", min(days), max(days), count)
    return TakenIn(added, dropped, unchanged, empty)


def _turn(desk: Desk, reader: Reader, table: Table, line: Line) -> tuple[Row, Duty, int | None]:
    """Whose shift a line names, and who is to stand it."""
    here = exchange.where(table, line)
    try:
        if line.flaw:
            raise BadInput(line.flaw)
        cells = {label: exchange.cell(table, line, label) for label in (*_NEEDED, "电话")}
        duty = _duty(desk, cells["日期"], cells["班次"])
        unit = unit_named(reader, cells["单位代码"], desk.actor.centre_path)
        changing.check_reach(desk, unit)
        name = cells["姓名"].strip()
        return unit, duty, _member(reader, unit, name, cells["电话"]) if name else None
    except BadInput as flaw:
        said = flaw.message
        raise BadInput(said if said.startswith(here) else f"{here}：{said}", "文件") from None


def _duty(desk: Desk, day: str, shift: str) -> Duty:
    parts = shifts(desk)
    row = {"day": str(day_written(day, "日期")), "shift": shift.strip()}
    duty = maybe_duty(parts, row)
    if duty is None:
        raise BadInput(f"没有班次“{shift[:10]}”，现有 {'、'.join(part.name for part in parts)}", "班次")
    return duty


def _member(reader: Reader, unit: Row, name: str, phone: str) -> int:
    """The person of this name; of two of one name the one with this number."""
    found = [row for row in roster.members(reader, unit["id"]) if row["name"] == name]
    exact = [row for row in found if row["phone"] == phone.strip()] or found
    if len(exact) == 1:
        return int(exact[0]["id"])
    if exact:
        raise BadInput(f"{unit['short_name']}有 {len(exact)} 个{name}，请在“电话”列写明是哪一个", "姓名")
    raise BadInput(
        f"{name[:20]}不是{unit['short_name']}的应急队员，请先用 desk team import 或 add 登记", "姓名"
    )
