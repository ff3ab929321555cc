"""应急类型: what an operator asks, what he says at once, who is rung and told, by type (practice P24, P25, P26).

The city keeps them as settings by type; what it leaves out falls back to nothing but 应急局 as the first unit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desk.rules.emergency import first_units

TYPES = "emergency.types"
FIRST_UNITS = "emergency.first_units"
WORDS = "emergency.words"
QUESTIONS, ADVICE = "emergency.questions", "emergency.advice"
CO_UNITS, HAND_OVER, COPIED = "emergency.co_units", "emergency.hand_over", "emergency.copied"
BY_TYPE = (WORDS, QUESTIONS, ADVICE, FIRST_UNITS, CO_UNITS, HAND_OVER, COPIED)
"""The settings that hold a list of texts for each type."""
RESCUE = ("110", "119", "120", "122")
"""Whom a danger to life may have to be handed over to."""
ASK_AFTER_HOURS = 2.0
"""After how long a service is asked what came of it, unless `emergency.rescue_hours` says otherwise (P24, [P])."""
LONGEST_TYPE, LONGEST_LINE, MOST_LINES = 20, 60, 12


@dataclass(frozen=True, slots=True)
class Incident:
    """One type of emergency as the city has set it; every list in the order in which it is gone through."""

    kind: str
    words: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    first_units: tuple[str, ...] = ()
    co_units: tuple[str, ...] = ()
    hand_over: tuple[str, ...] = ()
    copied: tuple[str, ...] = ()


def incident(kind: str, settings: Mapping[str, Any]) -> Incident:
    """Return a type of emergency; one that the city has dropped, or never filled in, has empty lists."""

    def of(key: str) -> tuple[str, ...]:
        return tuple(settings.get(key, {}).get(kind, ()))

    return Incident(
        kind,
        of(WORDS),
        of(QUESTIONS),
        of(ADVICE),
        first_units(kind, settings.get(FIRST_UNITS, {})),
        of(CO_UNITS),
        of(HAND_OVER),
        of(COPIED),
    )


def likely(text: str, types: Sequence[str], words: Mapping[str, Sequence[str]]) -> str:
    """Return the one type that a caller's words speak of most, '' for none or several alike: a person decides.

    A type's own name counts as one of its words; a longer word says more than a short one.
    """
    said = {kind: sum(len(word) for word in {kind, *words.get(kind, ())} if word in text) for kind in types}
    most = max(said.values(), default=0)
    best = [kind for kind, weight in said.items() if weight == most]
    return best[0] if most and len(best) == 1 else ""


def flaw_of(key: str, value: Any) -> str:
    """Return why a new value of one of these settings cannot work, '' when it can."""
    if key == TYPES:
        return "" if value else "至少要有一个应急类型"
    for kind, lines in value.items():
        if not isinstance(lines, list) or not all(isinstance(line, str) and line.strip() for line in lines):
            return f"{kind[:LONGEST_TYPE]} 须为一组文字"
        if key == HAND_OVER and (wrong := next((line for line in lines if line not in RESCUE), "")):
            return f"{kind[:LONGEST_TYPE]} 移交只能是 {'、'.join(RESCUE)}，不能是“{wrong[:10]}”"
        if len(lines) > MOST_LINES or any(len(line) > LONGEST_LINE for line in lines):
            return f"{kind[:LONGEST_TYPE]} 最多 {MOST_LINES} 句，每句 {LONGEST_LINE} 字以内"
    return ""
