"""相似: how much two texts share, by pairs of characters (dispatch: the same matter is asked again)."""

from functools import lru_cache

from db.bigrams import match_query, tokens


def bigrams(text: str) -> list[str]:
    """The search tokens of `text`: pairs of hanzi, the last hanzi of a run alone, Latin words and numbers whole."""
    return tokens(text)


@lru_cache(maxsize=256)
def _features(text: str) -> frozenset[str]:
    """The pairs and words; single hanzi only when the text has nothing longer, else they would blur the measure."""
    found = frozenset(tokens(text))
    return frozenset(each for each in found if len(each) > 1) or found


def likeness(left: str, right: str) -> float:
    """Jaccard likeness of two texts, 0.0 (nothing shared, or nothing to compare) to 1.0; the order is free."""
    first, second = _features(left), _features(right)
    shared = len(first & second)
    return shared / (len(first) + len(second) - shared) if shared else 0.0


def phrase_query(text: str) -> str:
    """An FTS5 MATCH expression for what was typed, safe for any input; '' if nothing in it can be searched."""
    return match_query(text)
