"""What the codes of a duty item are called: categories, units, sections; read once for a whole list."""

from collections.abc import Iterable
from difflib import get_close_matches

from db.codes import DutyListName, OrderKind, UnitLevel
from db.doors import Reader, Row
from db.queries import house, units
from desk.codes import code_for, word
from desk.duty_item import Content
from desk.duty_list import TOWNSHIP
from desk.errors import BadInput

TOWNSHIP_NAME = "事发地乡镇"
EVERY_TOWNSHIP = "*"
"""The area of an item of `TOWNSHIP`."""

TOWNSHIPS = "街道乡镇"
"""The department whose sections all townships have alike."""

_NEAR, _LONGEST_NAME, _MOST_SEARCHES = 3, 40, 40
"""A name that is not known is compared with all that are: for so many names of a file, not for ten thousand."""


class Names:
    """Every living category, unit and section of a store, by code and by name."""

    def __init__(self, reader: Reader) -> None:
        """Read them all."""
        self.categories: dict[str, str] = {
            row["code"]: row["name"] for row in house.find_categories(reader, "", 100_000)
        }
        self._category_codes = {self.category_path(code): code for code in self.categories}
        self.units: dict[str, Row] = {row["code"]: row for row in units.all_units(reader)}
        self.sections: dict[str, dict[str, str]] = {code: {} for code in self.units}
        codes = {row["id"]: code for code, row in self.units.items()}
        for row in units.all_sections(reader):
            if row["unit_id"] in codes:
                self.sections[codes[row["unit_id"]]][row["code"]] = row["name"]
        self.sections[TOWNSHIP] = self._of_all_townships()
        self._called: dict[str, list[str]] = {TOWNSHIP_NAME: [TOWNSHIP]}
        for code, row in self.units.items():
            for name in {row["name"], row["short_name"]}:
                self._called.setdefault(name, []).append(code)
        self._near: dict[str, str] = {}

    def _of_all_townships(self) -> dict[str, str]:
        """One item serves every township: `TOWNSHIP-04` stands for the section `-04` of each."""
        shared: dict[str, str] = {}
        for code, row in self.units.items():
            if row["department"] == TOWNSHIPS and not row["is_centre"]:
                for section, name in self.sections[code].items():
                    shared.setdefault(f"{TOWNSHIP}{section.removeprefix(code)}", name)
        return shared

    def unit_name(self, code: str) -> str:
        """Return the short name of a unit; the code itself for one that is no more."""
        if code == TOWNSHIP:
            return TOWNSHIP_NAME
        return str(self.units[code]["short_name"]) if code in self.units else code

    def section_name(self, unit_code: str, code: str) -> str:
        """Return the name of a section of a unit; the code itself for one that is no more."""
        return self.sections.get(unit_code, {}).get(code, code)

    def category_path(self, code: str) -> tuple[str, ...]:
        """Return the names of the three levels of a category, '' for a level that it does not name."""
        codes = (f"{code[:2]}0000", f"{code[:4]}00", code)
        levels = 3 if code[4:] not in ("", "00") else 2 if code[2:4] not in ("", "00") else 1
        names = [self.categories.get(each, "") for each in codes[:levels]]
        return (*names, *[""] * (3 - levels))

    def category_called(self, levels: tuple[str, ...]) -> str:
        """Return the code of the category with these names of its three levels. Raises BadInput."""
        code = self._category_codes.get(levels)
        if code is None:
            raise BadInput(f"没有分类“{' > '.join(filter(None, levels))[:60]}”，请写分类编号")
        return code

    def unit_called(self, text: str) -> str:
        """Return the code of the one living unit of this code or name. Raises BadInput that names those near it."""
        if text.upper() in self.units or text.upper() == TOWNSHIP:
            return text.upper()
        codes = self._called.get(text, [])
        if len(codes) == 1:
            return codes[0]
        if codes:
            raise BadInput(f"叫“{text[:20]}”的单位有 {'、'.join(codes[:8])}，请写代码")
        raise BadInput(f"没有单位“{text[:24]}”{self._nearest(text)}；用 desk units 文字 查代码")

    def _nearest(self, text: str) -> str:
        if text not in self._near:
            is_worth_it = len(text) <= _LONGEST_NAME and len(self._near) < _MOST_SEARCHES
            known = [*self._called, *self.units] if is_worth_it else []
            found = get_close_matches(text, known, _NEAR)
            self._near[text] = f"，相近的有：{'、'.join(found)}" if found else ""
        return self._near[text]

    def owner_of_section(self, code: str) -> str:
        """Return the code of the unit that has a section of this code, '' for none."""
        return next((unit for unit, sections in self.sections.items() if code in sections), "")

    def area_of(self, content: Content) -> str:
        """Return the area that an item answers for, that of its unit: the scope is the unit's level. EVERY_TOWNSHIP for all."""
        if content.unit_code == TOWNSHIP:
            return EVERY_TOWNSHIP
        unit = self.units.get(content.unit_code)
        return str(unit["area_code"] or content.unit_code) if unit is not None else content.unit_code


def list_word(code: str) -> str:
    """Return the Chinese name of a list; the code itself for one that this program does not know."""
    return word(DutyListName(code)) if code in set(DutyListName) else code


def list_named(text: str) -> DutyListName:
    """Return the list that `text` names, whole or in part (欠薪). Raises BadInput."""
    plain = text.strip()
    exact = code_for(DutyListName, plain)
    near = [each for each in DutyListName if plain and plain in word(each)]
    if exact is None and len(near) != 1:
        raise BadInput(f"没有清单“{plain[:20]}”，可写：{'、'.join(map(word, DutyListName))}", "清单")
    return exact or near[0]


def kind_words(codes: Iterable[str]) -> str:
    """Return kinds of order in Chinese, joined by `;`."""
    return ";".join(word(OrderKind(code)) if code in set(OrderKind) else code for code in codes)


def scope_word(code: str) -> str:
    """Return an item's scope in Chinese."""
    return word(UnitLevel(code)) if code in set(UnitLevel) else code
