"""Who could handle a matter: the duty list's answer, in the units that answer for its place.

The list is written for one county; elsewhere the unit of the same department stands in. A township's own matter goes
to the township of the place. What is unclear is said to be unclear. Shared by the dispatch screen and `desk suggest`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from db.codes import OrderKind
from db.doors import Reader, Row
from db.queries import duty_items, house, units
from desk.codes import word
from desk.context import Desk
from desk.dispatch_rows import Proposal, Proposals
from desk.duty_list import TOWNSHIP, DutyList, Match, item_from
from desk.recusal import is_accused

_LISTS: dict[tuple[str, tuple[int, int]], DutyList] = {}

_CITY = "city"
_CONSIDERED = 24
_NEAR = 0.85
_WEAK_SHARE = 35
_POWER = 1.5
_MOST_SHARE = 95
_LONGEST_TEXT = 6_000
_MOST_NAMES = 200

_ENDINGS = re.compile("街道|[镇乡县区市]")

# Stands for the township government of a place that is not known yet: a department, but no unit to send to.
_SOME_TOWNSHIP: Any = {
    "id": 0,
    "code": TOWNSHIP,
    "name": "事发地乡镇人民政府（街道办事处）",
    "short_name": "事发地乡镇",
    "path": "",
    "department": "街道乡镇",
    "is_centre": False,
}


@dataclass(frozen=True, slots=True)
class Matter:
    """What is known of a matter that wants a unit; `accused` is the order row that says who has to stay out."""

    title: str
    text: str
    kind: str = ""
    category_code: str = ""
    area_code: str = ""
    accused: Any = None
    returned_by: frozenset[int] = frozenset()


def suggest(desk: Desk, text: str, *, title: str = "", area_code: str = "", top: int = 5) -> Proposals:
    """Propose units for a text that is no order (`desk suggest`). Raises StoreUnusable.

    Without an area the places that the text names are looked for. An empty or foreign text is unclear, never an error.
    """
    with desk.reading() as reader:
        return propose(desk, reader, Matter(title, text, area_code=area_code), top=top)


def propose(desk: Desk, reader: Reader, matter: Matter, *, order_no: str = "", top: int = 5) -> Proposals:
    """Propose at most `top` units, the best first, each with its share of the evidence in percent and its reason."""
    text = matter.text[:_LONGEST_TEXT]
    duties = duty_list(desk, reader)
    found = duties.matches(matter.title, text, kind=matter.kind, category_code=matter.category_code)
    place = _place_of(desk, reader, matter)
    choice = _Choice(desk, reader, matter, place)
    for match in found[:_CONSIDERED]:
        choice.take(match)
    rows = tuple(choice.rows(duties.doubt))[:top]
    return Proposals(order_no, rows, _unclear(rows), tuple(choice.notes))


def duty_list(desk: Desk, reader: Reader) -> DutyList:
    """Return the list in force, read once for each edition of a store."""
    key = (str(desk.database.path), duty_items.edition(reader))
    known = _LISTS.get(key)
    if known is None:
        known = DutyList([item_from(row) for row in duty_items.in_force(reader)])
        _LISTS.clear()
        _LISTS[key] = known
    return known


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a matter happened, as far as it is known: the township's own unit, and the centre that answers."""

    township: Row | None
    centre_path: str


def _place_of(desk: Desk, reader: Reader, matter: Matter) -> _Place:
    code = matter.area_code
    if not code or code[6:] == "000000":
        code = _named_place(reader, matter, code or _home(desk, reader)) or code
    township = units.manager_of_area(reader, code[:9] + "000") if code and code[6:9] != "000" else None
    manager = township or (units.manager_of_area(reader, code[:6] + "000000") if code else None)
    centre = units.centre_above(reader, manager["path"]) if manager else None
    is_township = township is not None and not township["is_centre"]
    return _Place(township if is_township else None, centre["path"] if centre else desk.actor.centre_path)


def _home(desk: Desk, reader: Reader) -> str:
    centre = units.unit(reader, desk.actor.centre_id)
    return str(centre["area_code"] or "") if centre else ""


def _named_place(reader: Reader, matter: Matter, near: str) -> str | None:
    """Return the area that the words name first, a township before a county; `near` is preferred among namesakes.

    A matter that is known to lie in one county is not moved to another by a word.
    """
    county = None
    for name in islice(_names(f"{matter.title}\n{matter.text[:_LONGEST_TEXT]}"), _MOST_NAMES):
        area = house.area_named(reader, name, near[:6])
        if area is None or (matter.area_code and area["code"][:6] != matter.area_code[:6]):
            continue
        if area["level"] == "township":
            return str(area["code"])
        if area["level"] == "county" and county is None:
            county = str(area["code"])
    return county


def _names(text: str) -> Iterator[str]:
    """Every run of two to five hanzi that ends like a place, the longer before the shorter, each once."""
    seen = set()
    for ending in _ENDINGS.finditer(text):
        for length in range(4, 0, -1):
            name = text[max(0, ending.start() - length) : ending.end()]
            if name not in seen and len(name) > 1:
                seen.add(name)
                yield name


class _Choice:
    """Units gathered from matches, each with the best item that speaks for it."""

    def __init__(self, desk: Desk, reader: Reader, matter: Matter, place: _Place) -> None:
        self._desk, self._reader, self._matter, self._place = desk, reader, matter, place
        self._units: dict[int, Row] = {}
        self._matches: dict[int, list[Match]] = {}
        self.notes: list[str] = []

    def take(self, match: Match) -> None:
        """Put a match down to the unit that answers for it here, unless that unit has to stay out."""
        unit = self._unit_for(match)
        if unit is None:
            return
        if self._matter.accused is not None and is_accused(self._reader, self._matter.accused, unit):
            self._say(f"{unit['short_name']}是被反映对象或其下属，已回避")
        elif unit["id"] in self._matter.returned_by:
            self._say(f"{unit['short_name']}已退单，不再建议")
        else:
            self._units[unit["id"]] = unit
            self._matches.setdefault(unit["id"], []).append(match)

    def _say(self, note: str) -> None:
        if note not in self.notes:
            self.notes.append(note)

    def _unit_for(self, match: Match) -> Row | None:
        item = match.item
        if item.unit_code == TOWNSHIP:
            return self._place.township or _SOME_TOWNSHIP
        unit = units.unit_by_code(self._reader, item.unit_code)
        if unit is None or item.area_scope == _CITY or str(unit["path"]).startswith(self._place.centre_path):
            return unit
        return self._counterpart(unit)

    def _counterpart(self, unit: Row) -> Row | None:
        """The unit of the same department where it happened, else the centre that answers there."""
        path = self._place.centre_path
        found = units.unit_of_department(self._reader, unit["department"], path)
        return found or units.centre_above(self._reader, path)

    def rows(self, doubt: float) -> Iterator[Proposal]:
        """Return the proposals, the best first, each with its share of the evidence; `doubt` has a share too.

        Measured on 507 real messages: a share is off by 6 points on average (without doubt and power: 10).
        """
        strength = {unit_id: _strength(matches) for unit_id, matches in self._matches.items()}
        whole = sum(value**_POWER for value in strength.values()) + doubt**_POWER
        for unit_id, value in sorted(strength.items(), key=lambda pair: -pair[1]):
            share = min(round(100 * value**_POWER / whole), _MOST_SHARE)
            yield self._proposal(self._units[unit_id], self._matches[unit_id], share)

    def _proposal(self, unit: Row, matches: list[Match], share: int) -> Proposal:
        best = matches[0]
        section = self._section(unit, best)
        return Proposal(
            unit_id=unit["id"],
            unit_code=unit["code"],
            unit=unit["short_name"],
            section_id=section["id"] if section else None,
            section=section["name"] if section else "",
            department=unit["department"],
            share=share,
            why=_why(best),
            duty_item_id=best.item.id,
            is_centre=bool(unit["is_centre"]),
            kind=_kind_said(self._matter) or (OrderKind(best.item.kinds[0]) if best.item.kinds else None),
        )

    def _section(self, unit: Row, match: Match) -> Row | None:
        code = match.item.section_code
        if code and match.item.unit_code == TOWNSHIP:
            # One list serves all townships: their sections carry the same ending.
            code = f"{unit['code']}{code.removeprefix(TOWNSHIP)}"
        elif not code or unit["code"] != match.item.unit_code:
            return None
        sections = units.sections_of(self._reader, unit["id"])
        return next((section for section in sections if section["code"] == code), None)


def _kind_said(matter: Matter) -> OrderKind | None:
    """The kind whose word stands first in the title, or else in the first sentence: `咨询…`, `投诉…`."""
    for words in (matter.title, re.split("[。！？!?\n]", matter.text, maxsplit=1)[0]):
        places = {kind: words.find(word(kind)) for kind in OrderKind if kind is not OrderKind.UNDETERMINED}
        said = [kind for kind in places if places[kind] >= 0]
        if said:
            return min(said, key=lambda kind: places[kind])
    return None


def _strength(matches: list[Match]) -> float:
    """Several items of one unit speak for it together, up to four (measured: 0.56 → 0.62 first, 0.80 → 0.82 of three)."""
    return sum(match.score for match in matches[:4])


def _why(match: Match) -> str:
    return f"清单第{match.item.number}项 {match.item.item}：{'、'.join(match.words)}"


def _unclear(rows: tuple[Proposal, ...]) -> str:
    if rows and not rows[0].unit_id:
        return "属地不明：此类事项由事发地乡镇办理，但未写到乡镇，请先更正地区或退回补充"
    if not rows:
        return "不明确：文中没有职责清单的词，请按 / 查找单位，或按 y 转研判"
    if len(rows) > 1 and rows[1].share >= _NEAR * rows[0].share:
        return f"不明确：{rows[0].unit}与{rows[1].unit}相近，请核对职责"
    if rows[0].share < _WEAK_SHARE:
        return "不明确：首选把握不大，请核对职责"
    return ""
