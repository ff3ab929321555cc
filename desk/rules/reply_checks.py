"""答复审核: what a public reply is looked through for before it goes to the citizen (issue 6, part 1).

It answers the point, names its basis, promises nothing that cannot be kept, and holds nobody's personal data. The desk
points at words and never decides: only what belongs to somebody else stops a reply.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from desk.rules.replies.blanks import left_open
from desk.rules.replies.dates import invented
from desk.rules.replies.findings import Check, Finding, Matter, Place
from desk.rules.replies.manner import absolutes, buck_passing, promises
from desk.rules.replies.people import others_data, personal
from desk.rules.replies.points import Point, off_the_point, points
from desk.rules.replies.substance import substance, without_advice, without_basis

__all__ = ("Check", "Finding", "Matter", "Place", "Point", "Words", "findings", "others_data", "points")


@dataclass(frozen=True, slots=True)
class Words:
    """The city's own words, from the settings `promise.words`, `reply.absolute_words`, `buck_passing.words`, `danger.words`."""

    promise: Iterable[str] = ()
    absolute: Iterable[str] = ()
    buck_passing: Iterable[str] = ()
    danger: Iterable[str] = ()


def findings(reply: str, matter: Matter, words: Words = Words()) -> tuple[Finding, ...]:
    """Return what an eye should rest on, the weightiest first; nothing for an empty reply."""
    if not reply.strip():
        return ()
    empty = tuple(substance(reply, matter))
    return (
        *personal(reply, matter),
        *left_open(reply),
        *empty,
        *(() if empty else off_the_point(reply, matter)),
        *without_advice(reply, matter, words.danger),
        *(() if empty else without_basis(reply, matter)),
        *invented(reply, matter),
        *promises(reply, words.promise),
        *absolutes(reply, words.absolute),
        *buck_passing(reply, words.buck_passing),
    )
