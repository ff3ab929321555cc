"""事发时间: the moment that a caller's words propose, by the calendar of the villages and their 圩日 (practice P16)."""

from collections.abc import Iterable

from db.times import to_ms
from desk.context import Desk
from desk.intake_rows import MomentRow
from desk.rules.spoken_times import moment_said

_TOWNSHIP = 9
"""Digits of an area code that say the township."""


def occurred(desk: Desk, words: str, area_code: str | None = None) -> MomentRow | None:
    """Return the moment that `words` propose as 事发时间, None when they propose none; a person may write another."""
    said = moment_said(words, desk.now(), _market_digits(desk, area_code))
    return MomentRow(said.at, said.words) if said else None


def occurred_ms(desk: Desk, words: str, area_code: str | None) -> int | None:
    """Return the same as ms UTC, as the column holds it."""
    found = occurred(desk, words, area_code)
    return to_ms(found.at) if found else None


def _market_digits(desk: Desk, area_code: str | None) -> Iterable[int]:
    """The last digits of the lunar days that are 圩日 in the township; none where the settings know of none."""
    township = (area_code or "")[:_TOWNSHIP]
    days = desk.settings.get("market.days", {})
    found = days.get(f"{township}000", ()) if township else ()
    return [digit for digit in found if isinstance(digit, int)] if isinstance(found, list) else ()
