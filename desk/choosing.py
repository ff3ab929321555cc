"""From departments to units: who of a department answers for the place, in which section, and why it is proposed."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from db.codes import OrderKind
from db.doors import Reader, Row
from db.queries import units
from desk.context import Desk
from desk.dispatch_rows import Proposal
from desk.duty_list import TOWNSHIP, Match
from desk.learning.model import Neighbour, Opinion
from desk.recusal import is_accused
from desk.weighing import TOWNSHIPS
from desk.whereabouts import Place

_CITY = "city"
_MATCHES_COUNTED = 4
_FROM_AFAR = 0.8
_NEIGHBOUR_STRENGTH = 20.0
_LEAST_SHARE = 0.01
_NAMED_ORDERS, _LEAST_ALIKE = 2, 0.12

# Stands for the township government of a place that is not known yet: a department, but no unit to send to.
_SOME_TOWNSHIP: Any = {
    "id": 0,
    "code": TOWNSHIP,
    "name": "事发地乡镇人民政府（街道办事处）",
    "short_name": "事发地乡镇",
    "path": "",
    "department": TOWNSHIPS,
    "is_centre": False,
}


class Choice:
    """Units that may handle one matter, each with the duty items that speak for it; who has to stay out is noted."""

    def __init__(
        self,
        desk: Desk,
        reader: Reader,
        place: Place,
        accused: Any,
        returned_by: frozenset[int],
        made_below: str = "",
    ) -> None:
        self._desk, self._reader, self._place = desk, reader, place
        self._accused, self._returned_by, self._made_below = accused, returned_by, made_below
        self._units: dict[int, Row] = {}
        self._matches: dict[int, list[Match]] = {}
        self._by_code: dict[str, Row | None] = {}
        self._by_department: dict[str, Row | None] = {}
        self.notes: list[str] = []

    def take(self, match: Match) -> None:
        """Put a match down to the unit that answers for it here, unless that unit has to stay out."""
        unit = self._unit_for(match)
        if unit is not None and self._may_handle(unit):
            self._matches.setdefault(unit["id"], []).append(match)

    def _may_handle(self, unit: Row) -> bool:
        if self._accused is not None and is_accused(self._reader, self._accused, unit):
            self._say(f"{unit['short_name']}是被反映对象或其下属，已回避")
        elif unit["path"] and self._made_below.startswith(str(unit["path"])):
            self._say(f"密件在{unit['short_name']}的站点登记，不建议派给它；要派按 / 选")
        elif unit["id"] in self._returned_by:
            self._say(f"{unit['short_name']}已退单，不再建议")
        else:
            self._units[unit["id"]] = unit
            return True
        return False

    def _say(self, note: str) -> None:
        if note not in self.notes:
            self.notes.append(note)

    def _unit_for(self, match: Match) -> Row | None:
        duty = match.item.content
        if duty.unit_code == TOWNSHIP:
            return self._place.township or _SOME_TOWNSHIP
        unit = self._unit_by_code(duty.unit_code)
        if unit is None or duty.area_scope == _CITY or str(unit["path"]).startswith(self._place.centre_path):
            return unit
        return self._counterpart(unit["department"])

    def _unit_by_code(self, code: str) -> Row | None:
        if code not in self._by_code:
            self._by_code[code] = units.unit_by_code(self._reader, code)
        return self._by_code[code]

    def _counterpart(self, department: str) -> Row | None:
        """The unit of the department where it happened, else the centre that answers there."""
        return self._unit_in(department) or units.centre_above(self._reader, self._place.centre_path)

    def listed(self) -> dict[str, float]:
        """Return how strongly the duty list speaks for each department: its best items, together."""
        scores: dict[str, list[float]] = defaultdict(list)
        for unit_id, matches in self._matches.items():
            scores[self._units[unit_id]["department"]] += [match.score for match in matches]
        return {name: sum(sorted(found, reverse=True)[:_MATCHES_COUNTED]) for name, found in scores.items()}

    def rows(
        self, shares: Mapping[str, float], experience: Opinion, kind: OrderKind | None
    ) -> Iterator[Proposal]:
        """Return a proposal for each unit that may handle the matter, the likeliest first."""
        found: list[tuple[float, Row]] = []
        for department, share in shares.items():
            strengths = self._strengths(department, experience) if share >= _LEAST_SHARE else {}
            whole = sum(strengths.values())
            found += [(share * part / whole, self._units[unit_id]) for unit_id, part in strengths.items()]
        for share, unit in sorted(found, key=lambda pair: (-pair[0], pair[1]["id"])):
            yield self._proposal(unit, share, experience, kind)

    def _strengths(self, department: str, experience: Opinion) -> dict[int, float]:
        """How much speaks for each unit of a department: a precedent alone, else list and neighbours together."""
        if experience.precedent is not None and experience.precedent.lesson.department == department:
            unit = self._unit_of(experience.precedent)
            if unit is not None:
                return {unit["id"]: 1.0}
        strengths = {
            unit_id: self._nearness(unit_id) * sum(match.score for match in matches[:_MATCHES_COUNTED])
            for unit_id, matches in self._matches.items()
            if self._units[unit_id]["department"] == department
        }
        for neighbour in experience.neighbours:
            unit = self._unit_of(neighbour) if neighbour.lesson.department == department else None
            if unit is not None:
                strengths[unit["id"]] = strengths.get(unit["id"], 0.0) + _NEIGHBOUR_STRENGTH * neighbour.alike
        return strengths or self._anybody(department)

    def _nearness(self, unit_id: int) -> float:
        return 1.0 if str(self._units[unit_id]["path"]).startswith(self._place.centre_path) else _FROM_AFAR

    def _anybody(self, department: str) -> dict[int, float]:
        unit = self._unit_in(department)
        return {unit["id"]: 1.0} if unit is not None and self._may_handle(unit) else {}

    def _unit_in(self, department: str) -> Row | None:
        if department == TOWNSHIPS:
            return self._place.township or _SOME_TOWNSHIP
        if department not in self._by_department:
            self._by_department[department] = units.unit_of_department(
                self._reader, department, self._place.centre_path
            )
        return self._by_department[department]

    def _unit_of(self, neighbour: Neighbour) -> Row | None:
        """The unit that got a past order, if it answers here and may handle this one; a township only for its own place."""
        lesson = neighbour.lesson
        if lesson.department == TOWNSHIPS or not lesson.unit_code:
            unit = self._unit_in(lesson.department)
        else:
            unit = self._unit_by_code(lesson.unit_code)
            if unit is not None and not self._answers_here(unit):
                unit = self._unit_in(lesson.department)
        return unit if unit is not None and self._may_handle(unit) else None

    def _answers_here(self, unit: Row) -> bool:
        return bool(unit["level"] == _CITY) or str(unit["path"]).startswith(self._place.centre_path)

    def _proposal(self, unit: Row, share: float, experience: Opinion, kind: OrderKind | None) -> Proposal:
        best = next(iter(self._matches.get(unit["id"], ())), None)
        alike = [each for each in experience.neighbours if self._is_of(each, unit)]
        section = self._section(unit, best, alike)
        kinds = best.item.content.kinds if best else ()
        return Proposal(
            unit_id=unit["id"],
            unit_code=unit["code"],
            unit=unit["short_name"],
            section_id=section["id"] if section else None,
            section=section["name"] if section else "",
            department=unit["department"],
            share=round(100 * share),
            likelihood=share,
            why=self._why(unit, best, alike),
            duty_item_id=best.item.id if best else None,
            is_centre=bool(unit["is_centre"]),
            kind=kind or (OrderKind(kinds[0]) if kinds else None),
        )

    def _is_of(self, neighbour: Neighbour, unit: Row) -> bool:
        found = self._unit_of(neighbour)
        return found is not None and found["id"] == unit["id"]

    def _section(self, unit: Row, match: Match | None, alike: list[Neighbour]) -> Row | None:
        """The section of a precedent, else of the duty item, else of most of the orders alike."""
        told = [each.lesson.section_code for each in alike if each.lesson.section_code]
        is_precedent = bool(alike) and alike[0].same >= 1.0 and bool(alike[0].lesson.section_code)
        of_item = _section_code(unit, match)
        code = alike[0].lesson.section_code if is_precedent else of_item
        if not code and told:
            code = Counter(told).most_common(1)[0][0]
        if not code:
            return None
        sections = units.sections_of(self._reader, unit["id"])
        return next((section for section in sections if section["code"] == code), None)

    def _why(self, unit: Row, match: Match | None, alike: list[Neighbour]) -> str:
        reasons = []
        if match is not None:
            reasons.append(f"清单第{match.item.number}项 {match.item.content.item}：{'、'.join(match.words)}")
        numbers = [each.lesson.order_no for each in alike if self._may_name(each)]
        if numbers:
            named = "、".join(number[-9:] for number in dict.fromkeys(numbers[:_NAMED_ORDERS]))
            reasons.append(f"似旧单 {named}")
        if not reasons:
            is_of_the_place = unit["department"] == TOWNSHIPS and not alike
            reasons.append("文中写到乡镇、村（社区），属地办理" if is_of_the_place else "同类旧单")
        return "；".join(reasons)

    def _may_name(self, neighbour: Neighbour) -> bool:
        lesson = neighbour.lesson
        return (
            neighbour.alike >= _LEAST_ALIKE
            and bool(lesson.order_no)
            and lesson.centre.startswith(self._desk.actor.centre_path)
        )


def _section_code(unit: Row, match: Match | None) -> str:
    duty = match.item.content if match is not None else None
    if duty is None or not duty.section_code:
        return ""
    if duty.unit_code == TOWNSHIP:
        # One list serves all townships: their sections carry the same ending.
        return f"{unit['code']}{duty.section_code.removeprefix(TOWNSHIP)}"
    return duty.section_code if unit["code"] == duty.unit_code else ""
