"""What an import of 职责清单 would do, found out before anything is written: added, changed, retired, conflicting."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from db.codes import Deed
from db.queries import duty_items
from db.times import from_ms
from desk.births import check_birth_right
from desk.context import Desk
from desk.duties.fields import HEADS, NEEDED, Given, LineReader, column_called, label
from desk.duties.names import Names
from desk.duties.overlaps import overlaps
from desk.duties.plans import Change, Plan, in_force
from desk.duty_item import DutyItem, item_from
from desk.errors import BadInput
from desk.importing.checking import Flaw
from desk.importing.tables import Table
from desk.rules.calendar import local

MOST_LINES = 100_000


def examine(desk: Desk, table: Table, *, is_whole: bool = False) -> Plan:
    """Check every line of a file and write nothing. With `is_whole` the file is the whole of each list that it names.

    Raises NotAllowed for who may not import, BadInput for a table that lacks a column or is too long.
    """
    check_birth_right(desk, Deed.IMPORT_DUTY)
    unknown = _check_heads(table)
    with desk.reading() as reader:
        names = Names(reader)
        known = _by_number(map(item_from, duty_items.every_version(reader)))
        edition = duty_items.edition(reader)[0]
    examination = _Examination(names, known, local(desk.now()).date())
    for line in table.lines:
        if line.flaw:
            examination.flaws.append(Flaw(line.number, "", line.flaw))
        else:
            examination.take(line.number, LineReader(line.fields, names, is_csv=table.form == ".csv"))
    if is_whole:
        examination.retire_the_absent()
    conflicts = (*examination.conflicts, *overlaps(names, known, examination.changes))
    return Plan(
        table,
        names,
        edition,
        is_whole,
        tuple(examination.changes),
        examination.unchanged,
        examination.past,
        tuple(examination.flaws),
        tuple(sorted(conflicts, key=lambda flaw: flaw.line)),
        unknown,
    )


def _check_heads(table: Table) -> tuple[str, ...]:
    """Return the heads that mean nothing to the desk. Raises BadInput for one that is missing, or there twice."""
    name = table.path.name
    if table.is_jsonl:
        raise BadInput(f"{name} 的格式不认识，职责清单只能是 .xlsx 或 .csv", "文件")
    columns = [column_called(head) for head in table.heads]
    missing = [label(names[0]) for names in NEEDED if not set(names) & set(columns)]
    if missing:
        raise BadInput(
            f"{name} 第 1 行表头缺少列：{'、'.join(missing)}；desk duty import --help 列出全部", "表头"
        )
    twice = [label(each) for each in HEADS if columns.count(each) > 1]
    if twice:
        raise BadInput(f"{name} 第 1 行表头有两列“{twice[0]}”，请删去一列", "表头")
    if not table.lines:
        raise BadInput(f"{name} 只有表头，没有可以导入的内容", "文件")
    if len(table.lines) > MOST_LINES:
        raise BadInput(f"{name} 有 {len(table.lines)} 行，一次最多 {MOST_LINES} 行，请分开导入", "文件")
    return tuple(head for head, column in zip(table.heads, columns, strict=True) if head and column is None)


def _by_number(versions: Iterable[DutyItem]) -> Mapping[int, list[DutyItem]]:
    """The versions of every item, the oldest first."""
    found: dict[int, list[DutyItem]] = {}
    for each in versions:
        found.setdefault(each.number, []).append(each)
    return found


class _Examination:
    """Goes through a file line by line and compares each with the list as it stands."""

    def __init__(self, names: Names, known: Mapping[int, list[DutyItem]], today: date) -> None:
        self._names, self._known, self._today = names, known, today
        self._first_line: dict[int, int] = {}
        self._numbers: set[int] = set()
        self._lists: set[str] = set()
        self.changes: list[Change] = []
        self.unchanged = self.past = 0
        self.flaws: list[Flaw] = []
        self.conflicts: list[Flaw] = []

    def take(self, line: int, reader: LineReader) -> None:
        """Take one line: a change, no change, or flaws."""
        given = reader.given(line)
        self._numbers.add(reader.item_number or 0)
        if given is None:
            self.flaws += [Flaw(line, name, reason) for name, reason in reader.flaws]
            return
        self._lists.add(given.content.list_name)
        versions = self._known.get(given.number, [])
        try:
            if _is_past(given, versions):
                self.past += 1
                return
            self._check_first(given)
            change = self._change(given, versions)
        except _Wrong as wrong:
            flaw = Flaw(line, wrong.field, str(wrong))
            (self.conflicts if wrong.is_conflict else self.flaws).append(flaw)
            return
        if change is None:
            self.unchanged += 1
        else:
            self.changes.append(change)

    def _check_first(self, given: Given) -> None:
        first = self._first_line.setdefault(given.number, given.line)
        if first != given.line:
            raise _Wrong("序号", f"{given.number} 与第 {first} 行重复，请改一个")

    def _change(self, given: Given, versions: Sequence[DutyItem]) -> Change | None:
        current = in_force(versions)
        if _says_the_same(given, current):
            return None
        self._check_version(given, versions, current)
        self._check_days(given, current)
        if current is None:
            if given.valid_to is not None:
                raise _Wrong("失效日期", "不在清单里的事项不能停用，请清空")
            version = versions[-1].version + 1 if versions else 1
            begins = None if versions else given.valid_from
            return Change(given.line, given.number, version, None, given.content, begins)
        if given.valid_to is not None:
            if given.content != current.content:
                raise _Wrong("失效日期", "停用和改动不能同时：请先改回原样，或清空失效日期")
            return Change(given.line, given.number, current.version, current, None)
        if given.content == current.content:
            return None
        return Change(given.line, given.number, versions[-1].version + 1, current, given.content)

    def _check_version(self, given: Given, versions: Sequence[DutyItem], current: DutyItem | None) -> None:
        """A file that was exported before somebody else changed the item must not undo that change unseen."""
        newest = versions[-1].version if versions else None
        if given.version is None or newest is None or given.version == newest:
            return
        if given.version > newest:
            raise _Wrong(
                "版本",
                f"清单第{given.number}项没有第{given.version}版，现为第{newest}版；请照导出的写，或清空",
            )
        state = f"现为第{newest}版" if current is not None else f"第{newest}版已停用"
        raise _Wrong(
            "版本",
            f"文件按第{given.version}版改，而清单第{given.number}项{state}：请重新导出再改，或清空版本一栏以文件为准",
            is_conflict=True,
        )

    def _check_days(self, given: Given, current: DutyItem | None) -> None:
        """Versions begin and end with the import that brings them; only a new item may have begun before."""
        for field, day in (("生效日期", given.valid_from), ("失效日期", given.valid_to)):
            if day is not None and day > self._today:
                raise _Wrong(field, f"{day} 晚于今天：清单从导入之时起生效或失效，请到那天再导入，或清空")
        begun = _day(current.valid_from) if current is not None else None
        if current is not None and given.valid_from not in (None, begun):
            is_new_version = given.content != current.content and given.valid_from == self._today
            if not is_new_version:
                raise _Wrong("生效日期", f"由坐席台在导入时记载，不能改：请写 {begun or '空'}，或清空")
        if (
            current is not None
            and given.valid_to is not None
            and begun is not None
            and given.valid_to < begun
        ):
            raise _Wrong("失效日期", f"{given.valid_to} 早于生效日期 {begun}，请核对")

    def retire_the_absent(self) -> None:
        """Retire every item in force of the lists that the file names which no line names."""
        for number, versions in self._known.items():
            current = in_force(versions)
            is_ours = current is not None and current.content.list_name in self._lists
            if current is not None and is_ours and number not in self._numbers:
                self.changes.append(Change(0, number, current.version, current, None))


class _Wrong(Exception):
    """A line that cannot be taken: the field, and why."""

    def __init__(self, field: str, reason: str, *, is_conflict: bool = False) -> None:
        super().__init__(reason)
        self.field = field
        self.is_conflict = is_conflict


def _says_the_same(given: Given, current: DutyItem | None) -> bool:
    """Whether a line of an older version says what is in force by now: the same file, imported again."""
    is_older = current is not None and given.version is not None and given.version < current.version
    return is_older and current is not None and given.content == current.content and given.valid_to is None


def _is_past(given: Given, versions: Sequence[DutyItem]) -> bool:
    """Whether a line only repeats a version that has ended, as an export of all versions writes it."""
    past = next(
        (each for each in versions if each.version == given.version and each.valid_to is not None), None
    )
    if past is None or given.content != past.content:
        return False
    return given.valid_to is not None or past is not versions[-1]


def _day(milliseconds: int | None) -> date | None:
    return None if milliseconds is None else local(from_ms(milliseconds)).date()
