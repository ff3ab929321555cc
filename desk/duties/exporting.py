"""职责清单 as a file that comes back unchanged: .xlsx or .csv, Chinese heads, codes and names side by side."""

from pathlib import Path
from typing import Any

from db.codes import Deed, DutyListName
from db.files import said_of
from db.queries import duty_items
from db.times import maybe_from_ms
from desk.births import check_birth_right
from desk.context import Desk
from desk.duties.fields import HEADS, label
from desk.duties.names import Names, kind_words, list_word, scope_word
from desk.duty_item import DutyItem, item_from
from desk.exchange import Exported, Sheet, coming, form_of, record, write
from desk.rules.calendar import local
from desk.rules.rights import Scope

_WIDTHS = {"item": 28, "keywords": 48, "phrases": 40, "unit": 18, "section": 18, "legal_basis": 28}
_SHEET = Sheet("职责清单", {name: label(name) for name in HEADS}, _WIDTHS, frozenset({"category_code"}))


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
    form = form_of(path)
    check_birth_right(desk, Deed.EXPORTED, Scope.HOUSE)
    with coming(path, may_overwrite=may_overwrite) as made:
        lines = _lines(desk, list_name, all_versions=all_versions)
        with said_of(path):
            write(form, made, _SHEET, lines)
        record(desk, path, {"duty_items": len(lines)})
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
