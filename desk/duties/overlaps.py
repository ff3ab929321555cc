"""One matter of one place has one item: which changes would give it two."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from desk.duties.names import EVERY_TOWNSHIP, Names, scope_word
from desk.duties.plans import Change, in_force
from desk.duty_item import Content, DutyItem
from desk.importing.checking import Flaw


def overlaps(names: Names, known: Mapping[int, list[DutyItem]], changes: Sequence[Change]) -> Iterator[Flaw]:
    """Yield a flaw for each changed item that another one of its list has already.

    Two items overlap when list, name (without blanks, full-width as half-width), category and scope are the same and
    they answer for the same area: the unit's city, county, township or village; `TOWNSHIP` is every township. It does
    not matter whether the unit is the same. What overlaps in the list as it stands is not the file's fault.
    """
    touched = {each.number for each in changes}
    taken: dict[tuple[str, ...], tuple[int, str]] = {}
    for number, versions in known.items():
        current = in_force(versions)
        if current is not None and number not in touched:
            _take_place(taken, names, number, current.content)
    for each in changes:
        if each.after is None:
            continue
        area = names.area_of(each.after)
        asked = (_ANY_AREA,) if area == EVERY_TOWNSHIP else (area, EVERY_TOWNSHIP)
        places = (_place(each.after, wanted) for wanted in asked)
        other = next((taken[place] for place in places if place in taken), None)
        if other is not None:
            yield _overlap(names, each, *other)
        _take_place(taken, names, each.number, each.after)


_ANY_AREA = "?"
"""Where every item lies besides its own area, so that one of every township meets all of them."""


def _take_place(
    taken: dict[tuple[str, ...], tuple[int, str]], names: Names, number: int, content: Content
) -> None:
    for area in (names.area_of(content), _ANY_AREA):
        taken.setdefault(_place(content, area), (number, content.unit_code))


def _place(content: Content, area: str) -> tuple[str, ...]:
    name = "".join(unicodedata.normalize("NFKC", content.item).split()).lower()
    return content.list_name, name, content.category_code, content.area_scope, area


def _overlap(names: Names, change: Change, number: int, unit_code: str) -> Flaw:
    assert change.after is not None
    unit, scope = names.unit_name(unit_code), scope_word(change.after.area_scope)
    reason = f"第{change.number}项与第{number}项重叠：同一事项、同一分类，{scope}范围内已由{unit}承办；请合并、改名或改分类"
    return Flaw(change.line, "事项", reason)
