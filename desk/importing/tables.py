"""A file as lines with named fields, whatever its form: .jsonl, .csv, .xlsx; UTF-8, UTF-16 or GB18030."""

import csv
import hashlib
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desk.errors import BadInput

FORMS = (".jsonl", ".csv", ".xlsx")
REJECTS = ".rejects"
REASON = "错误"
"""In the rejects: the last key of a line, the last column of a table; an import knows no such field."""
_LONGEST_CELL = 4_000_000
_EXACT = 10**15
MOST_UNPACKED = 1 << 30
"""Bytes that a workbook may have once it is unpacked: some 500,000 rows."""
_UNDECODED = "有不是 UTF-8 也不是 GB18030 的字节，请转换编码后再导入"


class Formula:
    """Stands for a cell that computes what it shows, or that shows an error: nothing that a person wrote."""

    def __str__(self) -> str:
        return "（公式）"


FORMULA = Formula()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file: where it stands (from 1), its fields by the names in the file, or why it has none.

    `raw` is the line as it stood: text for a .jsonl, cells for a table.
    """

    number: int
    fields: Mapping[str, Any]
    raw: str | tuple[str, ...]
    flaw: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A file that was read: its name, its lines, the heads of its columns (none for a .jsonl), its SHA-256 in hex."""

    path: Path
    form: str
    lines: tuple[Line, ...]
    heads: tuple[str, ...] = field(default=())
    digest: str = ""

    @property
    def is_jsonl(self) -> bool:
        """Whether each line names its own fields."""
        return self.form == ".jsonl"


def form_of(path: Path) -> str:
    """Return the form of a file by its name; the rejects of an import keep theirs. Raises BadInput."""
    name = path.name.lower()
    is_rest = name.endswith(REJECTS)
    form = Path(name.removesuffix(REJECTS)).suffix
    if form not in FORMS:
        raise BadInput(f"{path.name} 的格式不认识，只能导入 {' '.join(FORMS)}（.xls 请另存为 .xlsx）", "文件")
    return ".csv" if is_rest and form == ".xlsx" else form


def read_table(path: Path, *, names_formulas: bool = False) -> Table:
    """Read a whole file. Raises BadInput naming the file: no such form, unreadable, empty, not a workbook.

    A formula of a workbook gives the value that was last computed, or FORMULA with `names_formulas`.
    """
    form = form_of(path)
    try:
        data = path.read_bytes()
    except OSError:
        raise BadInput(f"{path} 读不了，请检查路径和权限", "文件") from None
    if not data.strip(b"\xef\xbb\xbf \t\r\n"):
        raise BadInput(f"{path.name} 是空的，没有可以导入的内容", "文件")
    digest = hashlib.sha256(data).hexdigest()
    if form == ".jsonl":
        return Table(path, form, tuple(_json_lines(decoded(data))), digest=digest)
    if form == ".xlsx":
        cells = _workbook(path, data, names_formulas=names_formulas)
    else:
        cells = _comma_separated(path, decoded(data))
    return _with_heads(path, form, cells, digest)


def decoded(data: bytes) -> str:
    """Return the text of a file: by its byte order mark, else UTF-8, else GB18030.

    A file that is neither throughout is taken for what most of its lines are; foreign bytes become lone surrogates,
    so that the line they stand in can be named.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "gb18030"):
        if encoding == "gb18030" and _is_mostly_utf8(data):
            break
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    encoding = "utf-8" if _is_mostly_utf8(data) else "gb18030"
    return data.removeprefix(b"\xef\xbb\xbf").decode(encoding, errors="surrogateescape")


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether most lines beyond ASCII are UTF-8: GB18030 reads those as other hanzi without a murmur."""
    foreign = [line for line in data.split(b"\n") if not line.isascii()]
    return sum(map(_is_utf8, foreign)) * 2 > len(foreign)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _has_foreign_bytes(text: str) -> bool:
    return any("\udc80" <= character <= "\udcff" for character in text)


def _json_lines(text: str) -> Iterator[Line]:
    for number, raw in enumerate(text.split("\n"), 1):
        if raw.strip():
            fields, flaw = _json_object(raw)
            if fields.keys() == {REASON}:
                continue
            yield Line(number, fields, raw.rstrip("\r"), flaw)


def _json_object(raw: str) -> tuple[Mapping[str, Any], str]:
    if _has_foreign_bytes(raw):
        return {}, _UNDECODED
    try:
        value = json.loads(raw)
    except json.JSONDecodeError as error:
        return {}, f"不是完整的 JSON（第 {error.colno} 个字符处断开）"
    except (ValueError, RecursionError):
        return {}, "不是可以读的 JSON（数字过长或嵌套过深）"
    return (value, "") if isinstance(value, dict) else ({}, "不是 JSON 对象，须为 {…}")


Cells = Iterator[tuple[int, list[Any]]]


def _comma_separated(path: Path, text: str) -> Cells:
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    number = 1
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise BadInput(
                f"{path.name} 第 {number} 行起引号不成对，无法分列，请修改后再导入", "文件"
            ) from None
        yield number, list(row)
        number = reader.line_num + 1


def _delimiter(text: str) -> str:
    head = text.lstrip("\r\n").partition("\n")[0]
    return max(",\t;", key=head.count)


def _workbook(path: Path, data: bytes, *, names_formulas: bool) -> Cells:
    import warnings
    import zipfile
    import zlib

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        _refuse_swollen(path, data)
        with warnings.catch_warnings():
            # What openpyxl misses in a workbook (styles, validations) is nothing that an import reads.
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=not names_formulas)
            sheet = book.worksheets[0]
            if names_formulas:
                rows = [list(map(_told, row)) for row in sheet.iter_rows()]
            else:
                rows = [list(map(_number, row)) for row in sheet.iter_rows(values_only=True)]
            book.close()
    except (*_BROKEN, zipfile.BadZipFile, zlib.error, InvalidFileException):
        raise BadInput(f"{path.name} 不是 .xlsx 工作簿或已损坏，请重新另存后再导入", "文件") from None
    yield from enumerate(rows, 1)


def _refuse_swollen(path: Path, data: bytes) -> None:
    """Raise BadInput for a workbook that would fill the memory once it is unpacked."""
    from zipfile import ZipFile

    with ZipFile(io.BytesIO(data)) as packed:
        size = sum(part.file_size for part in packed.infolist())
    if size > MOST_UNPACKED:
        raise BadInput(f"{path.name} 解开后有 {size // 2**20} MB，太大，请分成几个文件再导入", "文件")


_BROKEN = (KeyError, ValueError, IndexError, SyntaxError, OSError, EOFError, TypeError, AttributeError)
"""What openpyxl raises, too, when something that calls itself a workbook is none."""


def _told(cell: Any) -> Any:
    return FORMULA if cell.data_type in ("f", "e") else _number(cell.value)


def _number(value: Any) -> Any:
    """A workbook knows no long whole numbers: their last digits are gone, whatever the file says."""
    return float(value) if isinstance(value, int) and abs(value) >= _EXACT else value


def _with_heads(path: Path, form: str, cells: Cells, digest: str) -> Table:
    rows: Cells = ((number, row) for number, row in cells if any(value not in (None, "") for value in row))
    found, rows = _without_title(rows)
    if found is None:
        raise BadInput(f"{path.name} 是空的，没有可以导入的内容", "文件")
    heads = tuple(_shown(value) for value in found[1])
    while heads and not heads[-1]:
        heads = heads[:-1]
    return Table(path, form, tuple(_line(number, row, heads) for number, row in rows), heads, digest)


def _without_title(rows: Cells) -> tuple[tuple[int, list[Any]] | None, Cells]:
    """The row of the heads, and what follows: rows of a single cell above a wider one are the title of the sheet."""
    narrow: list[tuple[int, list[Any]]] = []
    for row in rows:
        if _width(row[1]) > 1:
            return row, rows
        narrow.append(row)
    return (narrow[0], iter(narrow[1:])) if narrow else (None, iter(()))


def _width(row: list[Any]) -> int:
    return sum(value not in (None, "") for value in row)


def _line(number: int, row: list[Any], heads: tuple[str, ...]) -> Line:
    raw = tuple(_shown(value) for value in row)
    if any(map(_has_foreign_bytes, raw)):
        return Line(number, {}, raw, _UNDECODED)
    if any(raw[len(heads) :]):
        return Line(number, {}, raw, f"有 {len(row)} 列，表头只有 {len(heads)} 列")
    return Line(number, dict(zip(heads, row, strict=False)), raw)


def _shown(value: Any) -> str:
    return "" if value is None else str(value).strip()
