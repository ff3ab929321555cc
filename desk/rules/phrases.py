"""短语: which one an abbreviation means, and the places in its words that are still to be filled."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Protocol, TypeVar

ABBREVIATION = re.compile("[a-z0-9]{1,12}")
"""What an abbreviation is made of: keys that need no input method."""

_TYPED = re.compile(r"[A-Za-z0-9\uff10-\uff5a]{1,12}$")
_GAP = re.compile("_{3,}")


class Abbreviated(Protocol):
    """Anything with an abbreviation on a line ('' any), of somebody or of the hotline."""

    @property
    def abbreviation(self) -> str:
        """The keys that stand for it."""

    @property
    def line(self) -> str:
        """12345, 12333 or ''."""

    @property
    def is_own(self) -> bool:
        """Whether it is a person's own."""


Phrase = TypeVar("Phrase", bound=Abbreviated)


def abbreviation_before(text: str) -> str:
    """Return the letters and digits that `text` ends with, as they were typed; '' for none, or for more than 12."""
    found = _TYPED.search(text)
    if found is None or (found.start() and _TYPED.match(text[found.start() - 1])):
        return ""
    return found[0]


def plain_abbreviation(typed: str) -> str:
    """Return the abbreviation as it is kept: narrow and in small letters."""
    return unicodedata.normalize("NFKC", typed).lower().strip()


def meant(typed: str, phrases: Iterable[Phrase]) -> Phrase | None:
    """Return the phrase whose abbreviation was typed: one's own before the hotline's, one of the line before one of any."""
    wanted = plain_abbreviation(typed)
    found = [phrase for phrase in phrases if phrase.abbreviation == wanted]
    return (
        min(found, key=lambda phrase: (not phrase.is_own, not phrase.line), default=None) if wanted else None
    )


def begins_any(typed: str, phrases: Iterable[Abbreviated]) -> bool:
    """Whether what was typed is the beginning of an abbreviation, rather than a number or a word of the text."""
    wanted = plain_abbreviation(typed)
    return bool(wanted) and any(phrase.abbreviation.startswith(wanted) for phrase in phrases)


def gap(text: str, start: int = 0) -> tuple[int, int] | None:
    """Return where the next place to be filled (`___`) begins and ends, at or after `start`; None when there is none."""
    found = _GAP.search(text, max(start, 0))
    return found.span() if found else None
