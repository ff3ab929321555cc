"""Which words of a text tell what it is about: the ones to look for in a library."""

from db.bigrams import tokens

_MOST_WORDS, _MOST_ASKED, _MOST_HITS = 24, 8, 1500
"""So many words of a text are weighed, so many of the rarest asked for, which stand in so many entries together."""
_FILLERS = frozenset(
    "的了是在有不没也就都和与请要说去来到给被把让我你他她它们这那个一着过得地很还能会想吗呢吧啊希望反映某"
)


def telling(text: str) -> list[str]:
    """Return the index tokens of `text` that say what it is about, each once, the first ones."""
    words = [each for each in tokens(text) if len(each) > 1 and not _FILLERS & set(each)]
    return list(dict.fromkeys(words))[:_MOST_WORDS]


def rarest(counts: dict[str, int]) -> list[str]:
    """Return the rarest words, until they are enough: a word that every second entry has tells nothing and costs most."""
    chosen: list[str] = []
    hits = 0
    for each in sorted(counts, key=lambda one: (counts[one], one)):
        hits += counts[each]
        if chosen and (hits > _MOST_HITS or len(chosen) == _MOST_ASKED):
            break
        chosen.append(each)
    return chosen
