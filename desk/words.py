"""How times and small things are written on cards and lists."""

from datetime import datetime

from db.times import maybe_from_ms
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
