"""Statistical codes of areas: 12 digits, of which province, city and county take two each, township and village three."""

_LEVELS = (12, 9, 6, 4)
"""Digits that matter for a village, a township, a county, a city."""


def area_prefix(code: str | None) -> str:
    """Return the digits that every area inside `code` begins with; empty for none.

    `360725100000` (横水镇) gives `360725100`: a township's own number may end in zeros, so zeros alone tell nothing.
    """
    text = code or ""
    shorter = [digits for digits in _LEVELS if not text[digits:].strip("0")]
    return text[: min(shorter, default=len(text))]


def is_inside(code: str | None, area: str | None) -> bool:
    """Whether `code` is `area` or lies inside it; nothing lies inside no area."""
    prefix = area_prefix(area)
    return bool(prefix) and (code or "").startswith(prefix)
