"""An import of 知识库: examined as a whole before anything is written, then taken in all at once, or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from db.codes import Deed
from db.doors import Reader, Row, Writer
from db.queries import knowledge
from db.times import to_ms
from desk.births import check_birth_right
from desk.context import Desk
from desk.errors import BadInput, Stale
from desk.importing.checking import Flaw
from desk.importing.tables import Table
from desk.knowledge.columns import NEEDED, EntryReader, Given, column_called, label
from desk.knowledge.common import moment_of, record
from desk.knowledge.fields import columns_of
from desk.knowledge.markdown import FORM
from desk.knowledge.reading import text_of
from desk.knowledge_rows import EntryText

MOST_LINES = 5_000
_RETIRED = "导入时停用"


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one entry: without `before` it is new, without `after` it is retired."""

    number: str
    before: EntryText | None
    after: EntryText | None
    version: int

    @property
    def title(self) -> str:
        """What the entry is called then, or was called until it ended."""
        text = self.after or self.before
        assert text is not None, "a change has at least one side"
        return text.title

    @property
    def differences(self) -> tuple[tuple[str, str, str], ...]:
        """The label of each field that changes, what it said, what it says."""
        if self.before is None or self.after is None:
            return ()
        pairs = (
            (each.name, getattr(self.before, each.name), getattr(self.after, each.name))
            for each in fields(EntryText)
        )
        return tuple((label(name), _said(old), _said(new)) for name, old, new in pairs if old != new)


def _said(value: str | bool) -> str:
    return ("是" if value else "") if isinstance(value, bool) else value


def _place(table: Table, line: int) -> str:
    """Return where a line stands: the row of a table, the file of a folder."""
    return str(table.lines[line - 1].raw) if table.form == FORM else f"第 {line} 行"


@dataclass(frozen=True, slots=True)
class Plan:
    """A file that was examined; it can be taken in when it has no flaws."""

    table: Table
    is_whole: bool
    changes: tuple[Change, ...]
    unchanged: int
    flaws: tuple[Flaw, ...]
    unknown_heads: tuple[str, ...]

    def said(self, flaw: Flaw) -> str:
        """Return a flaw with where it is: the row of a table, the file of a folder."""
        if self.table.form != FORM:
            return flaw.said_of(self.table.path.name)
        name = _place(self.table, flaw.line)
        return f"{name} {flaw.field}：{flaw.reason}" if flaw.field else f"{name}：{flaw.reason}"

    @property
    def added(self) -> tuple[Change, ...]:
        """The entries that are new, or come back after they were retired."""
        return tuple(each for each in self.changes if each.before is None)

    @property
    def changed(self) -> tuple[Change, ...]:
        """The entries that get a new version."""
        return tuple(each for each in self.changes if each.before and each.after)

    @property
    def retired(self) -> tuple[Change, ...]:
        """The entries that end."""
        return tuple(each for each in self.changes if each.after is None)


def examine(desk: Desk, table: Table, *, is_whole: bool = False) -> Plan:
    """Check every line and write nothing. With `is_whole` an entry that no line names is retired.

    Raises NotAllowed, BadInput for a table that lacks a column or is too long.
    """
    check_birth_right(desk, Deed.IMPORT_KNOWLEDGE)
    unknown = _check_heads(table)
    with desk.reading() as reader:
        examination = _Examination(desk, reader, table)
        for line in table.lines:
            if line.flaw:
                examination.flaws.append(Flaw(line.number, "", line.flaw))
            else:
                examination.take(line.number, line.fields)
    if is_whole:
        examination.retire_the_absent()
    return Plan(
        table, is_whole, tuple(examination.changes), examination.unchanged, tuple(examination.flaws), unknown
    )


def _check_heads(table: Table) -> tuple[str, ...]:
    name = table.path.name
    if table.is_jsonl:
        raise BadInput(f"{name} 的格式不认识，知识库只能是 .xlsx、.csv 或 Markdown 文件夹", "文件")
    columns = [column_called(head) for head in table.heads]
    if missing := [label(each) for each in NEEDED if each not in columns]:
        where = f"{name} 第 1 行表头" if table.form != FORM else f"{name} 里的文件"
        raise BadInput(f"{where}缺少列：{'、'.join(missing)}；desk knowledge import --help 列出全部", "表头")
    twice = [label(each) for each in NEEDED if columns.count(each) > 1]
    if twice and table.form != FORM:
        raise BadInput(f"{name} 第 1 行表头有两列“{twice[0]}”，请删去一列", "表头")
    if not table.lines:
        raise BadInput(f"{name} 只有表头，没有可以导入的内容", "文件")
    if len(table.lines) > MOST_LINES:
        raise BadInput(f"{name} 有 {len(table.lines)} 行，一次最多 {MOST_LINES} 行，请分开导入", "文件")
    return tuple(head for head, column in zip(table.heads, columns, strict=True) if head and column is None)


class _Examination:
    """Goes through a file line by line and compares each with the library as it stands."""

    def __init__(self, desk: Desk, reader: Reader, table: Table) -> None:
        self._desk, self._reader, self._table = desk, reader, table
        self._known = {row["number"]: row for row in knowledge.all_in_force(reader)}
        self._waiting = {row["number"] for row in knowledge.waiting(reader)}
        self._first_line: dict[str, int] = {}
        self.changes: list[Change] = []
        self.unchanged = 0
        self.flaws: list[Flaw] = []

    def take(self, line: int, cells: Mapping[str, Any]) -> None:
        """Take one line: a change, no change, or flaws."""
        reader = EntryReader(self._desk, self._reader, cells, is_csv=self._table.form == ".csv")
        given = reader.given(line, self._known.get)
        if given is None:
            self.flaws += [Flaw(line, field, reason) for field, reason in reader.flaws]
            return
        if why := self._wrong(given):
            self.flaws.append(Flaw(line, *why))
        elif (change := self._change(given, self._known.get(given.number))) is None:
            self.unchanged += 1
        else:
            self.changes.append(change)

    def _wrong(self, given: Given) -> tuple[str, str] | None:
        first = self._first_line.setdefault(given.number, given.line)
        if first != given.line:
            return label("number"), f"{given.number} 与{_place(self._table, first)}重复，请改一个"
        current = self._known.get(given.number)
        if given.number in self._waiting:
            return label("number"), f"{given.number} 有一版待发布，请先发布或不采用"
        if given.is_retired and current is None:
            return label("retired"), "不在库里或已停用的条目不能再停用，请清空这一格，或删去这一行"
        newest = current["version"] if current is not None else given.version
        if given.version is not None and given.version != newest:
            return (
                label("version"),
                f"文件按第{given.version}版改，而现行是第{newest}版：请重新导出再改，或清空版本以文件为准",
            )
        return None

    def _change(self, given: Given, current: Row | None) -> Change | None:
        before = text_of(current) if current is not None else None
        version = int(current["version"]) if current is not None else 0
        if given.is_retired:
            return Change(given.number, before, None, version)
        return None if before == given.text else Change(given.number, before, given.text, version)

    def retire_the_absent(self) -> None:
        """Retire every entry in force that no line names."""
        absent = self._known.keys() - self._first_line.keys()
        self.changes += [
            Change(number, text_of(self._known[number]), None, self._known[number]["version"])
            for number in sorted(absent)
        ]


def take_in(desk: Desk, plan: Plan) -> None:
    """Put a good plan in force, all of it in one transaction; one event with the counts, none without a change.

    Raises BadInput for a plan with flaws, Stale when an entry was changed since the plan was made.
    """
    check_birth_right(desk, Deed.IMPORT_KNOWLEDGE)
    if plan.flaws:
        raise BadInput(f"{plan.table.path.name} 有错，未写入任何内容；请按提示修改后再导入", "文件")
    if not plan.changes:
        return
    with desk.writing() as writer:
        at = moment_of(desk, writer)
        for change in plan.changes:
            _write(desk, writer, change, to_ms(at))
        data = {
            "added": len(plan.added),
            "changed": len(plan.changed),
            "retired": len(plan.retired),
            "unchanged": plan.unchanged,
            "whole": plan.is_whole,
            "form": plan.table.form,
            "sha256": plan.table.digest,
        }
        record(desk, writer, Deed.IMPORT_KNOWLEDGE, at, data, file=plan.table.path.name)


def _write(desk: Desk, writer: Writer, change: Change, at_ms: int) -> None:
    entry = knowledge.entry(writer, change.number)
    alive = entry["version"] if entry is not None and entry["retired_at"] is None else 0
    if alive != change.version:
        raise Stale(f"{change.number} 刚被他人改过，本次未写入；请重新检查（--dry-run）后再导入")
    if change.after is None:
        assert entry is not None, "it is in force"
        knowledge.retire(writer, entry["id"], at_ms, desk.actor.id, _RETIRED)
        return
    key = entry["id"] if entry is not None else knowledge.add_entry(writer, change.number, at_ms)
    values = columns_of(desk, writer, change.after)
    del values["owner_path"]
    made = {**values, "made_at": at_ms, "made_by": desk.actor.id, "reason": "导入"}
    knowledge.publish(writer, key, knowledge.add_version(writer, key, made), at_ms, desk.actor.id)
