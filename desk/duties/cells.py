"""What stands in one cell of a duty list: a number, words, kinds of order; refused in words that say what to do."""

import re
import unicodedata
from functools import lru_cache
from typing import Any

from db.codes import OrderKind
from desk.codes import code_for, word
from desk.errors import BadInput
from desk.rules.text import cleaned

LONGEST_CELL = 4_000
SHORTEST_WORD, LONGEST_WORD, MOST_WORDS = 2, 20, 80
_HIGHEST_NUMBER = 999_999
_PARTS = re.compile("[;；、,，\n]")


@lru_cache(maxsize=20_000)
def cell_text(text: str, field: str) -> str:
    """A cell as it may be stored: units, categories and laws come again and again in a long list."""
    return cleaned(text, LONGEST_CELL, field)


def plain_value(value: Any) -> Any:
    """Return a code as the plain text that the store holds; anything else as it is."""
    return str(value) if isinstance(value, str) else value


def number_in(text: str) -> int:
    """Return the number of an item. Raises BadInput."""
    plain = unicodedata.normalize("NFKC", text)
    if not plain:
        raise BadInput("不能为空，新事项请接着最大的序号往下编")
    if not (plain.isascii() and plain.isdigit() and 0 < int(plain[:9]) <= _HIGHEST_NUMBER and len(plain) < 9):
        raise BadInput(f"“{text[:20]}”不是 1 至 {_HIGHEST_NUMBER} 的整数")
    return int(plain)


def version_in(text: str) -> int | None:
    """Return the number of a version, None where nothing stands. Raises BadInput."""
    plain = unicodedata.normalize("NFKC", text)
    if plain and not (plain.isascii() and plain.isdigit() and int(plain[:9]) > 0 and len(plain) < 9):
        raise BadInput(f"“{text[:20]}”不是版本号，请照导出的写，或清空")
    return int(plain) if plain else None


def parts_of(text: str) -> tuple[str, ...]:
    """Return the parts of a cell that holds several, whatever stands between them."""
    return tuple(part.strip() for part in _PARTS.split(text) if part.strip())


def words_in(text: str, field: str, *, is_needed: bool = False) -> tuple[str, ...]:
    """Return keywords or phrases, each long enough to be matched and short enough to be one. Raises BadInput."""
    words = parts_of(text)
    if is_needed and not words:
        raise BadInput("不能为空，至少写一个，多个用分号隔开")
    if len(words) > MOST_WORDS:
        raise BadInput(f"有 {len(words)} 个，最多 {MOST_WORDS} 个，请删减")
    for each in words:
        if len(each) < SHORTEST_WORD:
            raise BadInput(f"“{each}”太短，每个{field}至少 {SHORTEST_WORD} 字")
        if len(each) > LONGEST_WORD:
            raise BadInput(
                f"“{each[:LONGEST_WORD]}..”太长，每个{field}最多 {LONGEST_WORD} 字，多个用分号隔开"
            )
    if repeated := _repeated(words):
        raise BadInput(f"“{repeated}”写了两次，请删去一个")
    return words


def _repeated(words: tuple[str, ...]) -> str:
    return next((each for place, each in enumerate(words) if each in words[:place]), "")


def kinds_in(text: str) -> tuple[str, ...]:
    """Return kinds of order, by their words or codes. Raises BadInput."""
    kinds = tuple(map(_kind, parts_of(text)))
    if repeated := _repeated(kinds):
        raise BadInput(f"“{word(OrderKind(repeated))}”写了两次，请删去一个")
    return kinds


def _kind(text: str) -> str:
    kind = code_for(OrderKind, text)
    if kind is None or kind is OrderKind.UNDETERMINED:
        known = "、".join(word(each) for each in OrderKind if each is not OrderKind.UNDETERMINED)
        raise BadInput(f"不认识“{text[:20]}”，可写：{known}，多个用分号隔开")
    return str(kind)
