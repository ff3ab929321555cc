"""紧急程度: what the words of a request propose, and whether a change makes the limit longer (practice P3, P4, P25).

Proposed, never decided: a negation or a joke is heard by a person.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from db.bigrams import folded
from db.codes import Urgency
from desk.rules.limits import Limits

# How far before a word its negation may stand: `没有发生停水`, not a sentence away.
_NEGATION_REACH = 2
_RANK = {Urgency.CRITICAL: 0, Urgency.URGENT: 1, Urgency.NORMAL: 2}


@dataclass(frozen=True, slots=True)
class Proposal:
    """The urgency to offer and the words that speak for it; `doubtful` are those that stand beside a negation."""

    urgency: Urgency
    words: tuple[str, ...]
    doubtful: tuple[str, ...] = ()


def proposed_urgency(
    text: str, urgent_words: Iterable[str], danger_words: Iterable[str], negations: Iterable[str] = ()
) -> Proposal:
    """Offer 特急 for words of danger, 紧急 for urgent ones, else 一般; the three lists are settings.

    A word of danger that is only said beside a negation (没有, 演练 …) still offers 紧急; an urgent one offers nothing.
    """
    plain, no_words = folded(text), tuple(map(folded, negations))
    danger = _heard(plain, danger_words)
    urgent = [word for word in _heard(plain, urgent_words) if word not in danger]
    doubtful = {word for word in danger + urgent if _is_negated(plain, folded(word), no_words)}
    urgency = Urgency.NORMAL
    if danger or not doubtful.issuperset(urgent):
        urgency = Urgency.URGENT
    if not doubtful.issuperset(danger):
        urgency = Urgency.CRITICAL
    return Proposal(urgency, tuple(danger + urgent), tuple(w for w in danger + urgent if w in doubtful))


def _heard(text: str, words: Iterable[str]) -> list[str]:
    """The words that stand in `text`, each once, in the order of the list."""
    return [word for word in dict.fromkeys(words) if word.strip() and folded(word) in text]


def _is_negated(text: str, word: str, negations: tuple[str, ...]) -> bool:
    """Whether a negation stands before the word wherever it is said."""
    starts = _starts(text, word)
    return all(any(_is_before(text, start, negation) for negation in negations) for start in starts)


def _is_before(text: str, start: int, negation: str) -> bool:
    before = text[max(0, start - len(negation) - _NEGATION_REACH) : start]
    return bool(negation) and negation in before


def _starts(text: str, word: str) -> list[int]:
    return [n for n in range(len(text) - len(word) + 1) if text.startswith(word, n)]


def is_lengthening(old_kind: str, old_urgency: str, new_kind: str, new_urgency: str, limits: Limits) -> bool:
    """Whether changing type or urgency gives the unit more time, which takes a second person (practice P3).

    特急 is shorter than 紧急, 紧急 shorter than any limit in working days; 表扬 has no limit and is the longest.
    """
    return _length(new_kind, new_urgency, limits) > _length(old_kind, old_urgency, limits)


def _length(kind: str, urgency: str, limits: Limits) -> tuple[int, int]:
    days = limits.days_for(kind)
    if days is None:
        return len(_RANK), 0
    rank = _RANK[Urgency(urgency)]
    return rank, days if urgency == Urgency.NORMAL else 0
