"""Lists that go out as .xlsx or .csv and come back: what both forms do to a cell, and a file that appears whole or not."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from db.codes import Deed
from db.doors import StoreTrouble
from db.files import new_file, put_in_place, remove_with_logs, trouble_of
from db.ids import new_uid
from desk import history
from desk.context import Desk
from desk.errors import BadInput, Refused
from desk.history import Happening
from desk.importing.fields import plain_text
from desk.importing.tables import FORMULA, Line, Table
from desk.troubles import unusable

FORMS = (".xlsx", ".csv")
_MOST_SHEET_ROWS = 1_048_575
_FORMULA = re.compile(r"'*\s*[=+\-@＝＋－＠\t\r]")
_QUOTED = re.compile(r"'+\s*[=+\-@＝＋－＠\t\r]")


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: where, and how many lines."""

    path: Path
    count: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """How a list looks as a table: the labels of its columns by name, the widths of some, which hold codes as text."""

    title: str
    labels: Mapping[str, str]
    widths: Mapping[str, int]
    codes: frozenset[str] = frozenset()
    frozen: str = "D2"


def form_of(path: Path) -> str:
    """Return the form that a file's name asks for. Raises BadInput for another."""
    form = path.suffix.lower()
    if form not in FORMS:
        raise BadInput(f"{path.name} 的格式不认识，只能导出 {' '.join(FORMS)}", "文件")
    return form


@contextmanager
def coming(path: Path, *, may_overwrite: bool) -> Iterator[Path]:
    """Lend the name of a new file (0600) that takes the place of `path` when the block ends well.

    Raises Refused when `path` is there and may not be overwritten, StoreUnusable when it cannot be written.
    """
    if path.exists() and not may_overwrite:
        raise Refused(f"{path} 已存在，未做任何改动；请换一个文件名，或加 --force 覆盖")
    made = path.with_name(f".{path.name}.{new_uid()}.new")
    try:
        new_file(made)
        yield made
        put_in_place(made, path, may_overwrite=may_overwrite)
    except StoreTrouble as error:
        raise unusable(error) from error
    except OSError as error:  # a disk that is full while the block writes
        raise unusable(trouble_of(error, path)) from error
    finally:
        remove_with_logs(made)


def harmless(text: str) -> str:
    """Return a cell of a .csv that no spreadsheet takes for a formula; an import takes the quotation mark off again."""
    return f"'{text}" if _FORMULA.match(text) else text


def written(value: Any, *, is_csv: bool) -> str:
    """Return what a person wrote into a cell. Raises BadInput for a formula."""
    if value in ("", None):
        return ""
    if value is FORMULA:
        raise BadInput("是公式，请改成文字（复制后选择性粘贴为数值）")
    text = plain_text(value)
    # The quotation mark that an export put before what looks like a formula.
    return text[1:] if is_csv and _QUOTED.match(text) else text


def check_heads(table: Table, labels: Sequence[str], where_from: str) -> None:
    """Raise BadInput for a table without one of these columns; `where_from` says which command writes a whole one."""
    if missing := [label for label in labels if label not in table.heads]:
        raise BadInput(f"{table.path.name} 没有“{missing[0]}”列，请用 {where_from} 导出的表改", "文件")


def where(table: Table, line: Line) -> str:
    """Where a line stands, for what is said of it: `值班表.xlsx 第 3 行`."""
    return f"{table.path.name} 第 {line.number} 行"


def cell(table: Table, line: Line, label: str) -> str:
    """Return what a person wrote into one column of a line. Raises BadInput naming both for a formula."""
    try:
        return written(line.fields.get(label), is_csv=table.form == ".csv")
    except BadInput as flaw:
        raise BadInput(f"{where(table, line)} {label} {flaw.message}", label) from None


def record(desk: Desk, path: Path, data: Mapping[str, Any]) -> None:
    """Write the event of a list that went out: what it holds (`data`), in which form, under which name."""
    with desk.light_writing() as writer:
        at = history.moment_after_head(writer, desk.now())
        history.record(
            writer,
            Happening(
                Deed.EXPORTED,
                at,
                desk.actor.uid,
                desk.seat,
                data={**data, "form": path.suffix.lower()},
                texts={"file": str(path)},
            ),
        )


def write(form: str, path: Path, sheet: Sheet, lines: Sequence[Mapping[str, Any]]) -> None:
    """Write lines (cells by the names of the columns) in one of the FORMS. Raises OSError, Refused for too many."""
    _WRITERS[form](path, sheet, lines)


def _to_csv(path: Path, sheet: Sheet, lines: Sequence[Mapping[str, Any]]) -> None:
    # The byte order mark tells a spreadsheet that this is UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(sheet.labels.values())
        writer.writerows([harmless(str(line[name])) for name in sheet.labels] for line in lines)


def _to_xlsx(path: Path, sheet: Sheet, lines: Sequence[Mapping[str, Any]]) -> None:
    write_book(path, [(sheet, lines)])


def write_book(path: Path, pages: Sequence[tuple[Sheet, Sequence[Mapping[str, Any]]]]) -> None:
    """Write an .xlsx of several sheets, each with its lines. Raises OSError, Refused for too many lines."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for sheet, lines in pages:
        _add_page(book, sheet, lines)
    book.save(path)


def _add_page(book: Any, sheet: Sheet, lines: Sequence[Mapping[str, Any]]) -> None:
    from openpyxl.utils import get_column_letter

    if len(lines) > _MOST_SHEET_ROWS:
        raise Refused(f"清单超过 {_MOST_SHEET_ROWS} 行，.xlsx 放不下；请导出 .csv")
    page = book.create_sheet(sheet.title)
    page.freeze_panes = sheet.frozen
    for place, name in enumerate(sheet.labels, 1):
        page.column_dimensions[get_column_letter(place)].width = sheet.widths.get(name, 12)
    page.append(list(sheet.labels.values()))
    for line in lines:
        page.append(list(_cells(page, sheet, line)))


def _cells(page: Any, sheet: Sheet, line: Mapping[str, Any]) -> Iterator[Any]:
    """The cells of a line; a text stays a text, whatever it begins with, also when somebody edits it."""
    from openpyxl.cell import WriteOnlyCell

    for name in sheet.labels:
        value = line[name]
        if isinstance(value, str) and (name in sheet.codes or _FORMULA.match(value)):
            cell = WriteOnlyCell(page, value)
            cell.data_type, cell.number_format = "s", "@"
            cell.quotePrefix = True
            yield cell
        else:
            yield value


_WRITERS = {".xlsx": _to_xlsx, ".csv": _to_csv}
