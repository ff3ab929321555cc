"""The columns of an exchanged 职责清单, and how one line of it is read; every complaint is kept, so that all are named."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from db.codes import DutyListName, UnitLevel
from desk.codes import word
from desk.duties.cells import cell_text, kinds_in, number_in, parts_of, plain_value, version_in, words_in
from desk.duties.names import Names, list_named, scope_word
from desk.duty_item import Content
from desk.duty_list import TOWNSHIP
from desk.errors import BadInput
from desk.exchange import written
from desk.rules.calendar import local
from desk.rules.text import cleaned, required
from desk.rules.written_times import moment_written

T = TypeVar("T")

HEADS: Mapping[str, tuple[str, ...]] = {
    "number": ("序号", "number", "清单序号"),
    "list_name": ("清单", "list_name", "清单名称"),
    "item": ("事项", "item", "事项名称", "职责事项"),
    "category_code": ("分类编号", "category_code", "分类代码"),
    "category_1": ("一级分类",),
    "category_2": ("二级分类",),
    "category_3": ("三级分类",),
    "keywords": ("关键词", "keywords"),
    "phrases": ("短语", "phrases", "常用说法"),
    "kinds": ("诉求类型", "kinds"),
    "area_scope": ("适用范围", "area_scope", "范围"),
    "unit_code": ("承办单位代码", "unit_code", "单位代码"),
    "unit": ("承办单位", "unit", "单位"),
    "section_code": ("科室代码", "section_code"),
    "section": ("科室", "section"),
    "co_unit_codes": ("协办单位代码", "co_unit_codes"),
    "co_units": ("协办单位", "co_units"),
    "legal_basis": ("法律依据", "legal_basis", "依据"),
    "version": ("版本", "version"),
    "valid_from": ("生效日期", "valid_from"),
    "valid_to": ("失效日期", "valid_to"),
}
"""The columns in the order of an export, each under the names by which it may come; the first is its Chinese label."""

NEEDED: tuple[tuple[str, ...], ...] = (
    *(("number",), ("item",), ("category_code", "category_3"), ("keywords",), ("phrases",), ("kinds",)),
    *(("area_scope",), ("unit_code", "unit"), ("section_code", "section"), ("co_unit_codes", "co_units")),
    ("legal_basis",),
)
"""Every one of these has to be there, under one of its names: a column that is left out would empty what it holds."""

LONGEST_ITEM, LONGEST_BASIS = 60, 200


@dataclass(frozen=True, slots=True)
class Given:
    """One line that can be read: what it says of which item. `version` and the dates are None where nothing stands."""

    line: int
    number: int
    content: Content
    version: int | None
    valid_from: date | None
    valid_to: date | None


@lru_cache(maxsize=1024)
def column_called(head: str) -> str | None:
    """Return the column that stands under a head, or None for one that the desk does not know."""
    plain = unicodedata.normalize("NFKC", head).strip().lstrip("\ufeff").rstrip("*").lower()
    return next((name for name, heads in HEADS.items() if plain in heads), None)


def label(name: str) -> str:
    """Return a column's Chinese label."""
    return HEADS[name][0]


class LineReader:
    """Reads the cells of one line one by one; `flaws` are pairs of a column's label and what is wrong.

    `item_number` is known once the line was read, if it can be, whatever else is wrong.
    """

    def __init__(self, cells: Mapping[str, Any], names: Names, *, is_csv: bool) -> None:
        """Take the cells by their heads; in a .csv a quotation mark before `=` was put there by the export."""
        self._names = names
        self._is_csv = is_csv
        self._cells = {name: value for head, value in cells.items() if (name := column_called(head))}
        self.flaws: list[tuple[str, str]] = []
        self.item_number: int | None = None

    def given(self, line: int) -> Given | None:
        """Return the line as it was read, or None when `flaws` says why not."""
        number = self.item_number = self._read("number", number_in)
        version = self._read("version", version_in)
        dates = [self._read(name, self._day) for name in ("valid_from", "valid_to")]
        if dates[0] and dates[1] and dates[1] < dates[0]:
            self._complain("valid_to", f"{dates[1]} 早于生效日期 {dates[0]}，请核对两个日期")
        content = self._content()
        if self.flaws or number is None or content is None:
            return None
        return Given(line, number, content, version, *dates)

    def _content(self) -> Content | None:
        category = self._read("category_code", self._category)
        unit = self._read("unit_code", self._unit)
        values = {
            "list_name": self._read(
                "list_name", lambda text: list_named(text) if text else DutyListName.DUTY
            ),
            "item": self._read("item", lambda text: required(text, "事项", LONGEST_ITEM, one_line=True)),
            "category_code": category,
            "keywords": self._read("keywords", lambda text: words_in(text, "关键词", is_needed=True)),
            "phrases": self._read("phrases", lambda text: words_in(text, "短语")),
            "kinds": self._read("kinds", kinds_in),
            "area_scope": self._read("area_scope", lambda text: self._scope(text, unit)),
            "unit_code": unit,
            "section_code": self._read("section_code", lambda text: self._section(text, unit)),
            "co_unit_codes": self._read("co_unit_codes", lambda text: self._co_units(text, unit)),
            "legal_basis": self._read(
                "legal_basis", lambda text: cleaned(text, LONGEST_BASIS, "", one_line=True)
            ),
        }
        return None if self.flaws else Content(**{name: plain_value(value) for name, value in values.items()})

    def _complain(self, name: str, reason: str) -> None:
        self.flaws.append((label(name), reason.removeprefix(label(name))))

    def _read(self, name: str, reader: Callable[[str], T]) -> T | None:
        try:
            return reader(self._text(name))
        except BadInput as error:
            self._complain(name, error.message)
            return None

    def _text(self, name: str) -> str:
        """The cell as text. Raises BadInput for one that no person wrote, or that is too long."""
        return cell_text(written(self._cells.get(name), is_csv=self._is_csv), label(name))

    def _day(self, text: str) -> date | None:
        if not text:
            return None
        plain = re.sub(r"^(\d{4})(\d{2})(\d{2})$", r"\1-\2-\3", text)
        return local(moment_written(plain, "")).date()

    def _category(self, text: str) -> str:
        """A code, or the names of the levels where no code stands; both must mean the same."""
        levels = tuple(self._text(name) for name in ("category_1", "category_2", "category_3"))
        code = text.zfill(6) if text.isascii() and text.isdigit() else text
        if not code and any(levels):
            code = self._names.category_called(levels)
        if code not in self._names.categories:
            raise BadInput(
                f"没有分类“{text[:20]}”，请写 6 位分类编号（F3 按 l 可查），如 010101" if text else "不能为空"
            )
        if code[2:] == "0000":
            raise BadInput(f"{code} 是一级分类，请写到二级或三级")
        for name, given, known in zip(
            ("一级", "二级", "三级"), levels, self._names.category_path(code), strict=True
        ):
            if given and given != known:
                raise BadInput(
                    f"{code} 的{name}分类是“{known}”，不是“{given[:20]}”：请改编号，或清空三栏分类名称"
                )
        return code

    def _unit(self, text: str) -> str:
        name = self._text("unit")
        if not text and not name:
            raise BadInput("不能为空，请写单位代码或名称")
        code = self._names.unit_called(text or name)
        self._check_name("unit", name, code, self._names.unit_name(code))
        return code

    def _check_name(self, column: str, given: str, code: str, known: str) -> None:
        """A name beside a code must be that of the code: somebody may have changed only one of the two."""
        unit = self._names.units.get(code)
        if given and given not in {known, code, unit["name"] if unit is not None else known}:
            raise BadInput(
                f"{code} 是“{known}”，与“{label(column)}”一栏的“{given[:20]}”不符：请改代码，或清空那一栏"
            )

    def _section(self, text: str, unit: str | None) -> str:
        name = self._text("section")
        wanted = text or name
        if unit is None or not wanted:
            return ""
        sections = self._names.sections.get(unit, {})
        code = wanted if wanted in sections else next((c for c, n in sections.items() if n == wanted), "")
        if not code:
            raise BadInput(self._no_section(wanted, unit))
        self._check_name("section", name, code, sections[code])
        return code

    def _no_section(self, wanted: str, unit: str) -> str:
        home = self._names.unit_name(unit)
        owner = self._names.owner_of_section(wanted)
        other = f"，它属于{self._names.unit_name(owner)}" if owner else ""
        return f"{home}没有科室“{wanted[:24]}”{other}；用 desk units --sections {home} 查"

    def _co_units(self, text: str, unit: str | None) -> tuple[str, ...]:
        given = parts_of(text) or parts_of(self._text("co_units"))
        codes = tuple(self._names.unit_called(each) for each in given)
        if len(set(codes)) < len(codes):
            raise BadInput("有重复的单位，请删去")
        if unit in codes:
            raise BadInput(f"{self._names.unit_name(unit)}已是承办单位，不能又是协办，请删去")
        names = set(parts_of(self._text("co_units")))
        known = {name for code in codes for name in self._called(code)}
        if text and names - known:
            raise BadInput(f"与“协办单位”一栏的“{min(names - known)[:20]}”不符：请改代码，或清空那一栏")
        return codes

    def _called(self, code: str) -> tuple[str, ...]:
        unit = self._names.units.get(code)
        return (code, self._names.unit_name(code), str(unit["name"]) if unit is not None else "")

    def _scope(self, text: str, unit: str | None) -> str:
        code = next(
            (each for each in UnitLevel if text and text in (word(each), word(each)[:-1], each)), None
        )
        if code is None:
            known = "、".join(map(word, UnitLevel))
            raise BadInput(f"不认识“{text[:20]}”，可写：{known}" if text else f"不能为空，可写：{known}")
        level = UnitLevel.TOWNSHIP if unit == TOWNSHIP else unit and self._names.units[unit]["level"]
        if level and code != level:
            raise BadInput(
                f"是{word(code)}，而{self._names.unit_name(str(unit))}是{scope_word(level)}单位：请改范围或单位"
            )
        return str(code)
