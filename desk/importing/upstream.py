"""What an upper platform says beside the matter itself: marks, limit, demand, state, return (practice P20, P21)."""

from collections.abc import Mapping

from db.codes import OrderMark
from desk.codes import code_for, word
from desk.errors import BadInput

DEMAND_LIMIT = 500
YES = frozenset(("是", "1", "y", "yes", "true", "√", "有"))
NO = frozenset(("", "否", "0", "n", "no", "false", "无", "/", "-", "×"))

FLAGS: Mapping[str, OrderMark] = {
    "leader": OrderMark.LEADER,
    "supervised": OrderMark.UPSTREAM,
    "petition": OrderMark.PETITION,
}
"""Fields of one mark each: 是, or the very words of the 批示."""

_TELLING: Mapping[str, OrderMark] = {
    "批示": OrderMark.LEADER,
    "督办": OrderMark.UPSTREAM,
    "信访": OrderMark.PETITION,
    "媒体": OrderMark.MEDIA,
    "舆情": OrderMark.MEDIA,
    "人大": OrderMark.DELEGATES,
    "政协": OrderMark.DELEGATES,
}
_COMMAS = str.maketrans(dict.fromkeys("、，,；;|+ ", "\n"))


def marks_written(text: str) -> tuple[OrderMark, ...]:
    """Return the marks that a cell names: `领导批示、督办`. Raises BadInput for a word that means none of them."""
    if text.strip().lower() in NO:
        return ()
    return tuple(_mark(part) for part in text.translate(_COMMAS).split("\n") if part)


def _mark(part: str) -> OrderMark:
    found = code_for(OrderMark, part) or next((m for words, m in _TELLING.items() if words in part), None)
    if found is None:
        raise BadInput(f"不认识“{part[:20]}”，可写：{'、'.join(map(word, OrderMark))}")
    return found


def flag_written(text: str) -> tuple[bool, str]:
    """Return whether a cell of one mark sets it, and which words it gives: the text of a 批示 is more than 是."""
    plain = text.strip()
    if plain.lower() in NO:
        return False, ""
    return True, "" if plain.lower() in YES else plain
