"""职责清单 as a file that comes back unchanged: .xlsx or .csv, Chinese heads, codes and names side by side."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from db.codes import Deed, DutyListName
from db.doors import StoreTrouble
from db.files import new_file, put_in_place, remove_with_logs, said_of
from db.ids import new_uid
from db.queries import duty_items
from db.times import maybe_from_ms
from desk import history
from desk.births import check_birth_right
from desk.context import Desk
from desk.duties.fields import HEADS, label
from desk.duties.names import Names, kind_words, list_word, scope_word
from desk.duty_item import DutyItem, item_from
from desk.errors import BadInput, Refused
from desk.history import Happening
from desk.rules.calendar import local
from desk.troubles import unusable

FORMS = (".xlsx", ".csv")
_MOST_SHEET_ROWS = 1_048_575
_FORMULA = re.compile(r"'*\s*[=+\-@＝＋－＠\t\r]")
_WIDTHS = {"item": 28, "keywords": 48, "phrases": 40, "unit": 18, "section": 18, "legal_basis": 28}


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: where, and how many lines."""

    path: Path
    count: int


def export(
    desk: Desk,
    path: Path,
    list_name: DutyListName | None = None,
    *,
    all_versions: bool = False,
    may_overwrite: bool = False,
) -> Exported:
    """Write the list in force (or every version) to a new file (0600), in the form that its name says. One event.

    Raises NotAllowed, BadInput for another form, StoreUnusable when the file is there already or cannot be written.
    """
    form = path.suffix.lower()
    if form not in FORMS:
        raise BadInput(f"{path.name} 的格式不认识，只能导出 {' '.join(FORMS)}", "文件")
    check_birth_right(desk, Deed.EXPORTED)
    if path.exists() and not may_overwrite:
        raise Refused(f"{path} 已存在，未做任何改动；请换一个文件名，或加 --force 覆盖")
    made = path.with_name(f".{path.name}.{new_uid()}.new")
    try:
        new_file(made)
        lines = _lines(desk, list_name, all_versions=all_versions)
        with said_of(path):
            _WRITERS[form](made, lines)
        _record(desk, path, len(lines))
        put_in_place(made, path, may_overwrite=may_overwrite)
    except StoreTrouble as error:
        raise unusable(error) from error
    finally:
        remove_with_logs(made)
    return Exported(path, len(lines))


def _lines(desk: Desk, list_name: DutyListName | None, *, all_versions: bool) -> list[dict[str, Any]]:
    with desk.reading() as reader:
        names = Names(reader)
        rows = duty_items.every_version(reader) if all_versions else duty_items.in_force(reader)
    return [line_of(names, item_from(row)) for row in rows if list_name in (None, row["list_name"])]


def line_of(names: Names, version: DutyItem) -> dict[str, Any]:
    """Return one version as the cells of an exchanged line, by column; numbers as numbers, the rest as text."""
    content = version.content
    categories = names.category_path(content.category_code)
    return {
        "number": version.number,
        "list_name": list_word(content.list_name),
        "item": content.item,
        "category_code": content.category_code,
        **dict(zip(("category_1", "category_2", "category_3"), categories, strict=True)),
        "keywords": ";".join(content.keywords),
        "phrases": ";".join(content.phrases),
        "kinds": kind_words(content.kinds),
        "area_scope": scope_word(content.area_scope),
        "unit_code": content.unit_code,
        "unit": names.unit_name(content.unit_code),
        "section_code": content.section_code,
        "section": names.section_name(content.unit_code, content.section_code),
        "co_unit_codes": ";".join(content.co_unit_codes),
        "co_units": ";".join(map(names.unit_name, content.co_unit_codes)),
        "legal_basis": content.legal_basis,
        "version": version.version,
        "valid_from": _day(version.valid_from),
        "valid_to": _day(version.valid_to),
    }


def _day(milliseconds: int | None) -> str:
    at = maybe_from_ms(milliseconds)
    return f"{local(at):%Y-%m-%d}" if at is not None else ""


def _record(desk: Desk, path: Path, count: int) -> None:
    with desk.light_writing() as writer:
        at = history.moment_after_head(writer, desk.now())
        data = {"duty_items": count, "form": path.suffix.lower()}
        words = {"file": str(path)}
        history.record(
            writer, Happening(Deed.EXPORTED, at, desk.actor.uid, desk.seat, data=data, texts=words)
        )


def harmless(text: str) -> str:
    """Return a cell of a .csv that no spreadsheet takes for a formula; an import takes the quotation mark off again."""
    return f"'{text}" if _FORMULA.match(text) else text


def _to_csv(path: Path, lines: Sequence[dict[str, Any]]) -> None:
    # The byte order mark tells a spreadsheet that this is UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(map(label, HEADS))
        writer.writerows([harmless(str(line[name])) for name in HEADS] for line in lines)


def _to_xlsx(path: Path, lines: Sequence[dict[str, Any]]) -> None:
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    if len(lines) > _MOST_SHEET_ROWS:
        raise Refused(f"清单超过 {_MOST_SHEET_ROWS} 行，.xlsx 放不下；请导出 .csv")
    book = Workbook(write_only=True)
    sheet = book.create_sheet("职责清单")
    sheet.freeze_panes = "D2"
    for place, name in enumerate(HEADS, 1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS.get(name, 12)
    sheet.append([label(name) for name in HEADS])
    for line in lines:
        sheet.append(list(_cells(sheet, line)))
    book.save(path)


def _cells(sheet: Any, line: dict[str, Any]) -> Iterator[Any]:
    """The cells of a line; a text stays a text, whatever it begins with, also when somebody edits it."""
    from openpyxl.cell import WriteOnlyCell

    for name in HEADS:
        value = line[name]
        if isinstance(value, str) and (name == "category_code" or _FORMULA.match(value)):
            cell = WriteOnlyCell(sheet, value)
            cell.data_type, cell.number_format = "s", "@"
            cell.quotePrefix = True
            yield cell
        else:
            yield value


_WRITERS = {".xlsx": _to_xlsx, ".csv": _to_csv}
