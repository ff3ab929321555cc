"""Places below the village: the landmarks that were said there before, and what the words of a place tell (practice P16)."""

from db.queries import callers
from desk.context import Desk
from desk.rules.spoken_places import place_marks, remembered

_READ, _MOST = 300, 9


def landmarks(desk: Desk, area_code: str) -> tuple[str, ...]:
    """Return the 组, 自然村, 屋场 and 圩 that were said of an area before, the most frequent first; never of secret orders.

    Only what names a hamlet is remembered, never what stands behind it: that may be somebody's home.
    """
    with desk.reading() as reader:
        places = callers.places_in(reader, area_code, desk.actor.centre_path, _READ)
    return remembered(places, _MOST)


def understood(place: str) -> str:
    """Return what the desk understands of the words of a place: `桩号 G105 K2158+300 往崇义方向；电杆号 23`; '' for nothing."""
    return "；".join(map(str, place_marks(place)))
