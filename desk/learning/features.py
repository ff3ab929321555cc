"""A text as what it is learned by: hashes of its pairs of hanzi, those of the title apart from the rest."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import log, sqrt
from zlib import crc32

from db.bigrams import tokens

LONGEST_BODY = 1_500
"""Characters of the text that count: what a caller wants stands at its beginning (measured on real messages)."""

TITLE_WEIGHT = 1.7
"""A pair of the title counts more than one of the body."""

_MOST_PAIRS = 800


@dataclass(frozen=True, slots=True)
class Features:
    """Hashes (CRC-32) of the distinct pairs of a title and of its text; a title's pair stands in both."""

    title: tuple[int, ...]
    body: tuple[int, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said that could be learned."""
        return not self.title and not self.body

    @property
    def all(self) -> tuple[int, ...]:
        """Every hash, once."""
        return (*self.title, *self.body)

    def shares(self) -> dict[int, float]:
        """Return how strongly each pair speaks in the linear model: 1.7 or 1, as a vector of length 1."""
        return _unit(dict.fromkeys(self.body, 1.0) | dict.fromkeys(self.title, TITLE_WEIGHT))

    def weights(self, lessons: int, having: Mapping[int, int]) -> dict[int, float]:
        """Return the weight of each pair: heavier the fewer of the `lessons` have it, and in the title."""

        def rarity(gram: int) -> float:
            return log((lessons + 2) / (having.get(gram, 0) + 1))

        plain = {gram: rarity(gram) for gram in self.body}
        return plain | {gram: TITLE_WEIGHT * rarity(gram) for gram in self.title}


def features(title: str, text: str) -> Features:
    """Return what can be learned by from a title and its text; empty for digits and signs alone."""
    of_title = _pairs(title)
    of_body = list(dict.fromkeys((*of_title, *_pairs(text[:LONGEST_BODY]))))
    return Features(_hashes("T", of_title[:_MOST_PAIRS]), _hashes("", of_body[:_MOST_PAIRS]))


def length(vector: Mapping[int, float]) -> float:
    """Return the Euclidean length of a vector."""
    return sqrt(sum(value * value for value in vector.values()))


def likeness(one: Features, other: Features) -> float:
    """Return how much two texts are the same words (Jaccard of all pairs): 1 for the same text, 0 for nothing shared."""
    mine, theirs = set(one.body), set(other.body)
    return len(mine & theirs) / len(mine | theirs) if mine and theirs else 0.0


def _pairs(text: str) -> list[str]:
    return list(dict.fromkeys(token for token in tokens(text) if len(token) > 1 and not token.isdigit()))


def _hashes(prefix: str, pairs: list[str]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(crc32(f"{prefix}{pair}".encode()) for pair in pairs))


def _unit(vector: dict[int, float]) -> dict[int, float]:
    whole = length(vector)
    return {gram: value / whole for gram, value in vector.items()} if whole else {}
