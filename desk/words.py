"""How times and small things are written on cards and lists."""

from collections.abc import Iterable
from datetime import datetime

from db.codes import SendBackReason
from db.times import maybe_from_ms
from desk.codes import word
from desk.rules.calendar import local


def moment(at: datetime) -> str:
    """Return an aware time as the desk writes it: `2026-11-23 09:12`, China time."""
    return f"{local(at):%Y-%m-%d %H:%M}"


def short_moment(at: datetime) -> str:
    """Return `11-23 09:12`, China time."""
    return f"{local(at):%m-%d %H:%M}"


def stored(milliseconds: int | None) -> str:
    """Return a stored time (ms UTC) as `11-23 09:12`, China time; empty for none."""
    at = maybe_from_ms(milliseconds)
    return short_moment(at) if at else ""


def reason_words(codes: Iterable[str]) -> str:
    """Return the reasons of a send-back as they stand in its event, in Chinese: `承诺过头、推诿`.

    '' for none, and for 其他 alone: what that is the words say.
    """
    given = [SendBackReason(each) for each in codes if each in set(SendBackReason)]
    return "" if given == [SendBackReason.OTHER] else "、".join(map(word, given))
