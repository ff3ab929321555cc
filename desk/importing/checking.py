"""The whole file is checked before anything is written: every bad line is named, with its field."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from db.doors import Reader
from db.queries import callers, house, units
from desk.births import check_birth_right
from desk.codes import Deed
from desk.context import Desk
from desk.errors import BadInput
from desk.importing.areas import Areas
from desk.importing.fields import LineReader, Places
from desk.importing.heads import HEADS, REQUIRED, label
from desk.importing.message import Message
from desk.importing.sources import Source
from desk.importing.tables import Line, Table


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is wrong: in which line (from 1), in which field ('' for the whole line), and what."""

    line: int
    field: str
    reason: str

    def said_of(self, name: str) -> str:
        """Return the flaw as one line that names file, line and field."""
        where = f"{name} 第 {self.line} 行"
        return f"{where} {self.field}：{self.reason}" if self.field else f"{where}：{self.reason}"


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that was checked: the good messages, what is wrong with the others, and the bad lines themselves."""

    table: Table
    messages: tuple[Message, ...]
    flaws: tuple[Flaw, ...]
    bad_lines: tuple[Line, ...]
    source: Source


def examine(desk: Desk, table: Table, source: Source | None = None) -> Checked:
    """Check every line of a file and write nothing; the channel of `source` is that of lines which name none.

    Raises NotAllowed for a person who may not import, BadInput for a table without a column that is needed.
    """
    check_birth_right(desk, Deed.IMPORT_ORDER)
    source = source or Source()
    _require_columns(table, source)
    secret_kinds = frozenset(map(str, desk.settings.get("secrecy.default_kinds", ("tip_off",))))
    checked: list[tuple[Line, Message | None, list[Flaw]]] = []
    with desk.reading() as reader:
        places, now, first_at = _places(desk, reader), desk.now(), dict[tuple[str, str], int]()
        for line in table.lines:
            given = LineReader(line.fields, now, source)
            message = None if line.flaw else given.message(line.number, places)
            flaws = [Flaw(line.number, "", line.flaw)] if line.flaw else _flaws(line, given)
            if message is not None:
                flaws += _repeated(message, first_at)
                message.values["is_confidential"] |= str(message.kind) in secret_kinds
            checked.append((line, message, flaws))
    return Checked(
        table,
        tuple(message for _, message, flaws in checked if message is not None and not flaws),
        tuple(flaw for _, _, flaws in checked for flaw in flaws),
        tuple(line for line, _, flaws in checked if flaws),
        source,
    )


def _require_columns(table: Table, source: Source) -> None:
    if table.is_jsonl:
        return
    gone = source.missing(table.heads)
    if gone:
        raise BadInput(
            f"{table.path.name} 第 1 行表头缺少列：{'、'.join(gone)}（列对照“{source.title}”要读的）；"
            "格式变了的，用 desk channel save 重新保存列对照",
            "表头",
        )
    names = {source.field_of(head) for head in table.heads}
    missing = [f"{label(name)}（也可写作 {HEADS[name][1]}）" for name in REQUIRED if name not in names]
    if missing:
        raise BadInput(f"{table.path.name} 第 1 行表头缺少列：{'、'.join(missing)}", "表头")
    if not table.lines:
        raise BadInput(f"{table.path.name} 只有表头，没有可以导入的内容", "文件")


def _flaws(line: Line, given: LineReader) -> list[Flaw]:
    return [Flaw(line.number, name, reason) for name, reason in given.flaws]


def _repeated(message: Message, first_at: dict[tuple[str, str], int]) -> Iterable[Flaw]:
    first = first_at.setdefault(message.outside, message.number)
    if first != message.number:
        yield Flaw(message.number, label("id"), f"与第 {first} 行重复")


def _places(desk: Desk, reader: Reader) -> Places:
    centre = units.unit(reader, desk.actor.centre_id)
    areas = Areas(reader, str(centre["area_code"] or "") if centre else "")
    categories = dict(_unique_categories(reader))
    return Places(
        areas.named_by,
        areas.exactly,
        categories.get,
        lambda name: callers.unit_called(reader, None, name),
        desk.settings.limits.office_closes,
    )


def _unique_categories(reader: Reader) -> Iterator[tuple[str, str]]:
    """Every live category by its code, and by its name where no other has it."""
    names: dict[str, list[str]] = {}
    for row in house.find_categories(reader, "", 100_000):
        names.setdefault(row["name"], []).append(row["code"])
        yield row["code"], row["code"]
    yield from ((name, codes[0]) for name, codes in names.items() if len(codes) == 1)
