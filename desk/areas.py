"""Areas found by what people type of them: part of a name, a short name, pinyin or its initials (practice P16)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from db.doors import Reader
from db.engine import Database
from db.queries import house, units
from desk.context import Desk
from desk.rows import PickRow
from desk.rules.area_names import AreaNames, NamedArea


@dataclass(frozen=True, slots=True)
class _Known:
    """The names of a store, and what they were made of: made anew when that has changed."""

    made_of: tuple[int, Mapping[str, str]]
    names: AreaNames


_KNOWN: WeakKeyDictionary[Database, _Known] = WeakKeyDictionary()


def found(desk: Desk, reader: Reader, text: str, limit: int, near: Sequence[str] = ()) -> list[PickRow]:
    """Return at most `limit` areas that `text` may mean, each with the name of the area above it; '' gives the county's.

    `near` are codes of the caller's earlier orders: what lies there stands first, then the own county's.
    """
    county = _county(desk, reader)
    if not text.strip():
        rows = house.find_areas(reader, "", county, limit)
        return [PickRow(row["code"], row["name"], row["parent_name"] or "") for row in rows]
    areas = _names(desk, reader).find(text, county, near)[:limit]
    return [PickRow(each.code, each.name, each.parent_name) for each in areas]


def _county(desk: Desk, reader: Reader) -> str:
    centre = units.unit(reader, desk.actor.centre_id)
    return str(centre["area_code"] or "")[:6] if centre else ""


def _names(desk: Desk, reader: Reader) -> AreaNames:
    """The names of the store's areas: some 4,400, made ready once in a tenth of a second."""
    made_of = house.count_areas(reader), _short_names(desk)
    known = _KNOWN.get(desk.database)
    if known is None or known.made_of != made_of:
        rows = house.areas_within(reader, "")
        areas = [NamedArea(row["code"], row["name"], row["level"], row["parent_name"] or "") for row in rows]
        known = _Known(made_of, AreaNames(areas, made_of[1]))
        _KNOWN[desk.database] = known
    return known.names


def _short_names(desk: Desk) -> Mapping[str, str]:
    """The city's own words for areas (`县城`), by the code that each means."""
    return {str(name): str(code) for name, code in desk.settings.get("areas.short_names", {}).items()}
