"""How text is cut for the full-text index: overlapping pairs of hanzi, Latin words and numbers whole.

Two hanzi are the shortest thing people search for, and no tokenizer of SQLite finds them. A run of hanzi gives its
pairs and its last character once more alone, so that `"水"*` finds every 水. Index and query must be cut alike:
both come from here. Standard library only (registered with SQLite as `bigram`).
"""

import re
import unicodedata
from itertools import pairwise

# Han with its extensions and compatibility forms, 々〇, kana, bopomofo, hangul.
_CJK = (
    "\u3005-\u3007\u3021-\u3029\u3040-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)
_RUN = re.compile(rf"([{_CJK}]+)|[^\W_{_CJK}]+")
# Longer questions are cut: the words after these hardly narrow the answer, and the phrase stays cheap.
_MOST_PHRASES = 16
_LONGEST_PHRASE = 64


def folded(text: str) -> str:
    """`text` in NFKC and lower case, as both index and query see it."""
    return unicodedata.normalize("NFKC", text).lower()


def tokens(text: str) -> list[str]:
    """The index tokens of `text` in order: `停水` gives 停水, 水; `100路` gives 100, 路."""
    found: list[str] = []
    for match in _RUN.finditer(folded(text)):
        run = match[0]
        if match[1]:
            found.extend(map("".join, pairwise(run)))
            found.append(run[-1])
        else:
            found.append(run)
    return found


def bigrammed(text: str | None) -> str:
    """The tokens of `text` joined by blanks, for the full-text index; '' for NULL."""
    return " ".join(tokens(text)) if text else ""


def match_query(text: str) -> str:
    """An FTS5 MATCH expression that finds what `text` says; '' when nothing in it can be searched.

    Each word between blanks is a phrase, all must occur. Only letters and digits get inside the quotes, so no
    input can break the expression. A phrase that ends in one hanzi or in a Latin word matches its beginning too.
    """
    phrases = [phrase for phrase in map(_phrase, folded(text).split()) if phrase]
    return " AND ".join(dict.fromkeys(phrases[:_MOST_PHRASES]))


def _phrase(word: str) -> str:
    runs = [match[0] for match in _RUN.finditer(word)]
    if not runs:
        return ""
    parts = tokens(word)
    # Inside a longer text the last pair is followed by another pair, not by its last character alone.
    ends_in_pair = len(parts) > 1 and len(runs[-1]) > 1 and parts[-1] == runs[-1][-1]
    if ends_in_pair:
        parts.pop()
    is_cut = len(parts) > _LONGEST_PHRASE
    phrase = '"' + " ".join(parts[:_LONGEST_PHRASE]) + '"'
    return phrase if ends_in_pair or is_cut else phrase + " *"
