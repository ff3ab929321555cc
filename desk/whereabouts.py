"""Where a matter happened, as far as form and words tell: the township's own unit, and the centre that answers there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from db.doors import Reader, Row
from db.queries import house, units
from desk.context import Desk

_LONGEST_TEXT, _MOST_NAMES = 6_000, 200
_ENDINGS = re.compile("街道|[镇乡县区市]")


@dataclass(frozen=True, slots=True)
class Place:
    """The township that answers, if one is known, and the path of the centre that does."""

    township: Row | None
    centre_path: str


def place_of(desk: Desk, reader: Reader, title: str, text: str, area_code: str) -> Place:
    """Return who answers for the area; one that names no township is looked for in the words."""
    code = area_code
    if not code or code[6:] == "000000":
        code = (
            _named_place(reader, f"{title}\n{text[:_LONGEST_TEXT]}", area_code, code or _home(desk, reader))
            or code
        )
    township = units.manager_of_area(reader, code[:9] + "000") if code and code[6:9] != "000" else None
    manager = township or (units.manager_of_area(reader, code[:6] + "000000") if code else None)
    centre = units.centre_above(reader, manager["path"]) if manager else None
    is_township = township is not None and not township["is_centre"]
    return Place(township if is_township else None, centre["path"] if centre else desk.actor.centre_path)


def _home(desk: Desk, reader: Reader) -> str:
    centre = units.unit(reader, desk.actor.centre_id)
    return str(centre["area_code"] or "") if centre else ""


def _named_place(reader: Reader, words: str, area_code: str, near: str) -> str | None:
    """Return the area that the words name first, a township before a county; `near` is preferred among namesakes.

    A matter that is known to lie in one county is not moved to another by a word.
    """
    county = None
    for name in islice(_names(words), _MOST_NAMES):
        area = house.area_named(reader, name, near[:6])
        if area is None or (area_code and area["code"][:6] != area_code[:6]):
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
