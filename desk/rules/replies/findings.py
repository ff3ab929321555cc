"""What every check of 答复审核 speaks of: the fault, the words it stands in, and what the reply has to meet."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from db.bigrams import tokens
from desk.rules.replies.common_words import COMMON

Place = tuple[int, int]
"""Where words begin and end in the reply, in characters."""

_SHOWN = 12
_SHORT_CODE = 3
_FUNCTION = frozenset("的了是在我您你他她们这那和与及也都就而且但很")
"""Pairs with one of these say how something is said, not what."""


class Check(StrEnum):
    """What the checklist of 答复审核 looks at."""

    POINT = "point"
    UNANSWERED = "unanswered"
    BASIS = "basis"
    EMPTY = "empty"
    PROMISE = "promise"
    ABSOLUTE = "absolute"
    DATE = "date"
    BUCK_PASSING = "buck_passing"
    PERSONAL = "personal"
    SAFETY = "safety"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at again: which check, a Chinese line that says what to do, and where the words stand.

    `stops`: it cannot be handed in. `places` is empty when something is missing rather than said.
    """

    check: Check
    words: str
    stops: bool = False
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Matter:
    """What a reply has to meet, as its unit may know it: the gist (title, and purpose on a line of its own), the full words.

    `phone`, `name` and `address` are the caller's, '' where the unit is not told them. `accepted_on`, `due_on` (the
    citizen's limit) and `today` are local dates; None where they do not matter. `record` is what else the order says
    (办理情况): a day of the reply must stand in it or in the claim; None where nobody can tell.
    """

    gist: str
    content: str
    phone: str = ""
    name: str = ""
    address: str = ""
    accepted_on: date | None = None
    due_on: date | None = None
    today: date | None = None
    record: str | None = None

    @property
    def title(self) -> str:
        """The first line of the gist."""
        return self.gist.partition("\n")[0]


def by_words(
    check: Check, reply: str, places: Iterable[Place], say: str, *, stops: bool = False
) -> Iterator[Finding]:
    """One finding for each wording, with all the places where it stands; `say` holds {} for the words."""
    grouped: dict[str, list[Place]] = {}
    for start, end in places:
        grouped.setdefault(reply[start:end].strip(), []).append((start, end))
    for words, where in grouped.items():
        yield Finding(check, say.format(short(words)), stops, tuple(where))


def matches(pattern: re.Pattern[str], text: str) -> Iterator[Place]:
    """The places of a pattern; of its group `at` where it has one."""
    name: str | int = "at" if "at" in pattern.groupindex else 0
    return (found.span(name) for found in pattern.finditer(text))


def unnested(places: Iterable[Place]) -> Sequence[Place]:
    """The places in order, without those that lie within or over an earlier, longer one."""
    kept: list[Place] = []
    for start, end in sorted(set(places), key=lambda each: (each[0], -each[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


@lru_cache(maxsize=512)
def features(text: str) -> frozenset[str]:
    """What a text is about: its pairs of hanzi, words and numbers, without what every claim and reply says."""
    return frozenset(each for each in set(tokens(text)) if _says_what(each))


def _says_what(token: str) -> bool:
    if token.isascii():
        return len(token) > _SHORT_CODE and not token.isdecimal()
    return len(token) > 1 and token not in COMMON and _FUNCTION.isdisjoint(token)


def short(text: str) -> str:
    """The text in one line, cut after twelve characters."""
    plain = " ".join(text.split())
    return plain if len(plain) <= _SHOWN else f"{plain[:_SHOWN]}.."
