"""How the voices for a department become one share each: the duty list, the place, and what past dispatches say.

The list speaks from the first day; experience comes in with the lessons, linearly up to `_GROWN` of them (measured on
real messages: dispatch-notes part 6, `make bench-dispatch`). Pure: no store.
"""

from collections import defaultdict
from collections.abc import Mapping
from math import exp

from desk.learning.model import Opinion
from desk.rules.places import NamedPlace

TOWNSHIPS = "街道乡镇"
"""The department of every township and sub-district."""

_HOLD_THEIR_OWN = frozenset(
    {
        *(
            "教育局",
            "公安局",
            "交警",
            "供电公司",
            "医保局",
            "人社局",
            "税务局",
            "公积金中心",
            "通信公司",
            "邮政快递",
        ),
        *("法院", "检察院", "燃气公司", "轨道铁路", "组织人事编办", "纪委监委", "退役军人局"),
    }
)
"""What these answer for is theirs wherever it happens: no township shares schools, policing, insurance or power."""

_TITLE_NAMES, _TEXT_NAMES = 2.9, 0.8
"""How strongly a named township or village speaks for its government, in units of doubt."""

_OWN_PART = 0.3
_POWER = 1.5
_GROWN = 200
_NEAR, _LINEAR, _HABITS = 1.0, 0.5, 1.3
_PRECEDENT = 3.0
_PATIENCE = 40.0
_SUREST, _STEEP, _ALONE = 0.97, 3.0, 0.12


def weigh(
    listed: Mapping[str, float], doubt: float, place: NamedPlace, experience: Opinion
) -> dict[str, float]:
    """Return each department's share (0…1, together less than 1: what is left is doubt)."""
    voices: list[tuple[float, Mapping[str, float]]] = [(1.0, by_list(listed, doubt, place))]
    grown = min(1.0, experience.lessons / _GROWN)
    voices += [
        (grown * _NEAR, experience.near),
        (grown * _LINEAR, experience.linear),
        (_HABITS, experience.habits),
    ]
    if experience.precedent is not None:
        voices.append((_PRECEDENT, {experience.precedent.lesson.department: experience.precedent.same}))
    whole = sum(weight for weight, voice in voices if voice)
    shares: dict[str, float] = defaultdict(float)
    for weight, voice in voices:
        for name, share in voice.items():
            shares[name] += weight * share / whole
    return dict(shares)


def by_list(listed: Mapping[str, float], doubt: float, place: NamedPlace) -> dict[str, float]:
    """Return the shares by duty list and place alone."""
    strength = dict(listed)
    named = doubt * _named(place) * (_OWN_PART if first_of(listed) in _HOLD_THEIR_OWN else 1.0)
    if named:
        strength[TOWNSHIPS] = strength.get(TOWNSHIPS, 0.0) + named
    whole = sum(value**_POWER for value in strength.values()) + doubt**_POWER
    return {name: value**_POWER / whole for name, value in strength.items()}


def contexts(listed: Mapping[str, float], place: NamedPlace, category_code: str) -> tuple[str, ...]:
    """Return the habits that a text belongs to: what the list says first, county, town or village, and the category.

    They learn how this city divides work between bureaus and townships, which no list says.
    """
    where = int(place.is_named) + int(place.is_in_title)
    town = (f"地 {place.town}",) if place.town else ()
    levels = tuple(f"类 {category_code[:end]} {where}" for end in (2, 4)) if category_code else ()
    return (f"清单 {first_of(listed)} {where}", f"县 {place.county} {where}", *town, *levels)


def bucket(shares: Mapping[str, float]) -> str:
    """Return how sure the first of some shares is: its tenth, and whether its department holds its duties alone."""
    if not shares:
        return ""
    best = max(shares, key=lambda name: shares[name])
    return f"{int(10 * shares[best])}{'own' if best in _HOLD_THEIR_OWN else ''}"


def calibrated(shares: Mapping[str, float], lessons: int, hits: tuple[int, int]) -> dict[str, float]:
    """Return the shares with the first one as likely as it has proved to be, the others in proportion.

    `hits` is how often a first proposal of this bucket was right and wrong; before there are any, the measured slope counts.
    """
    if not shares:
        return {}
    best = max(shares, key=lambda name: shares[name])
    expected = _expected(shares[best] + (_ALONE if best in _HOLD_THEIR_OWN else 0.0), lessons)
    right, wrong = hits
    sure = min(_SUREST, (right + _PATIENCE * expected) / (right + wrong + _PATIENCE))
    rest = sum(shares.values()) - shares[best]
    scale = min(1.0, (1 - sure) / rest) if rest else 0.0
    return {name: sure if name == best else min(sure, share * scale) for name, share in shares.items()}


def _expected(share: float, lessons: int) -> float:
    """How likely a first share is right: measured without experience, and with it, when the voices flatten each other."""
    grown = min(1.0, lessons / _GROWN)
    return min(_SUREST, (1 - grown) * (0.1 + 0.85 * share) + grown * (1 - exp(-_STEEP * share)))


def first_of(listed: Mapping[str, float]) -> str:
    """Return the department besides the townships for which the list speaks most; '' for none."""
    others = {name: value for name, value in listed.items() if name != TOWNSHIPS}
    return max(others, key=lambda name: others[name], default="")


def _named(place: NamedPlace) -> float:
    title = place.township_in_title + place.village_in_title
    text = place.township_in_text + place.village_in_text
    return _TITLE_NAMES * title + _TEXT_NAMES * text
