"""职责清单 as something to match: which items a text speaks of, how strongly, and by which words.

Words are found through a table of their first two characters, so that a list of thousands costs as much as the text
is long. How rare a word is among the items themselves says how much it tells. Nothing here reads a store.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

from db.bigrams import folded
from desk.duty_item import DutyItem

TOWNSHIP = "TOWNSHIP"
"""A unit code of the list: the township government of wherever it happened."""

TITLE_WEIGHT = 2.5
"""A word in the title says more than the same word somewhere in the text (measured: dispatch-notes, part 6)."""

_FADES_OVER, _NEVER_BELOW = 300, 0.3
"""Characters after which a word of the text weighs a third, and the least it weighs: the matter stands first."""

_PHRASE_WEIGHT = 1.6
_SAME_CATEGORY = (1.0, 1.1, 1.3, 1.5)
_OTHER_KIND = 0.9
_SHOWN_WORDS = 5


@dataclass(frozen=True, slots=True)
class Match:
    """An item that a text speaks of: how strongly, and the words that were found, the weightiest first."""

    item: DutyItem
    score: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Term:
    word: str
    weight: float
    items: tuple[int, ...]


class DutyList:
    """Every item in force, ready to be matched against texts."""

    def __init__(self, items: Sequence[DutyItem]) -> None:
        self.items = tuple(items)
        self._terms: dict[str, list[_Term]] = {}
        self._index()

    @property
    def doubt(self) -> float:
        """The weight of what no list knows: about one rare word more than was heard (measured, see `proposals`)."""
        return 1.25 * log(1 + len(self.items))

    def _index(self) -> None:
        places: dict[str, dict[int, float]] = {}
        for place, item in enumerate(self.items):
            content = item.content
            for word in content.phrases:
                places.setdefault(folded(word), {})[place] = _PHRASE_WEIGHT
            for word in (*content.keywords, content.item):
                places.setdefault(folded(word), {}).setdefault(place, 1.0)
        for word, weights in places.items():
            if len(word) >= 2:
                rarity = log(1 + len(self.items) / len(weights))
                weight = rarity * sqrt(len(word) / 2) * max(weights.values())
                self._terms.setdefault(word[:2], []).append(_Term(word, weight, tuple(weights)))

    def matches(self, title: str, text: str, *, kind: str = "", category_code: str = "") -> list[Match]:
        """Return the items that title and text speak of, the strongest first; none for a text without their words."""
        heard = self._heard(folded(text), _faded)
        heard |= self._heard(folded(title), lambda _: TITLE_WEIGHT)
        found: dict[int, list[tuple[float, str]]] = {}
        for word, (term, weight) in _unshadowed(heard).items():
            for place in term.items:
                found.setdefault(place, []).append((term.weight * weight, word))
        ranked = [self._match(place, hits, kind, category_code) for place, hits in found.items()]
        return sorted(ranked, key=lambda match: (-match.score, match.item.number))

    def _heard(self, text: str, weight: Callable[[int], float]) -> dict[str, tuple[_Term, float]]:
        heard: dict[str, tuple[_Term, float]] = {}
        for start in range(len(text) - 1):
            for term in self._terms.get(text[start : start + 2], ()):
                if term.word not in heard and text.startswith(term.word, start):
                    heard[term.word] = (term, weight(start))
        return heard

    def _match(self, place: int, hits: list[tuple[float, str]], kind: str, category_code: str) -> Match:
        item = self.items[place]
        content = item.content
        hits.sort(reverse=True)
        score = sum(weight for weight, _ in hits)
        score *= _category_factor(content.category_code, category_code)
        if kind and content.kinds and kind not in content.kinds:
            score *= _OTHER_KIND
        return Match(item, score, tuple(word for _, word in hits[:_SHOWN_WORDS]))


def _faded(start: int) -> float:
    return _NEVER_BELOW + (1 - _NEVER_BELOW) * exp(-start / _FADES_OVER)


def _unshadowed(heard: dict[str, tuple[_Term, float]]) -> dict[str, tuple[_Term, float]]:
    """Leave out a word that was heard only as a part of a longer one for the same items: 停水 within 小区停水."""
    kept = {}
    for word, (term, weight) in heard.items():
        is_inside = any(
            word != other
            and word in other
            and weight <= other_weight
            and set(term.items) <= set(longer.items)
            for other, (longer, other_weight) in heard.items()
        )
        if not is_inside:
            kept[word] = (term, weight)
    return kept


def _category_factor(own: str, asked: str) -> float:
    """How far down the tree the item's category and the order's are one: `00` says that a level is not named."""
    levels = 0
    for start in range(0, 6, 2):
        pair = asked[start : start + 2]
        if pair in ("", "00") or own[start : start + 2] != pair:
            break
        levels += 1
    return _SAME_CATEGORY[levels]
