"""What a stay in the pool may be ended on: the same question for the deed, and for the list that says it is time."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from db.codes import Grade, RequestKind, WriteOffEvidence
from db.doors import Reader, Row
from db.queries import callbacks, events, requests, stewards
from desk.codes import word
from desk.rules.callbacks import CONTENT, DISSATISFIED
from desk.rules.stewardship import missing

_CONTENT = frozenset({*CONTENT, "basically_satisfied"})
_READY = {
    WriteOffEvidence.SATISFIED_CALLBACK: "已回访满意",
    WriteOffEvidence.SOLVED_CALLBACK: "已解决并回访",
    WriteOffEvidence.PANEL_UNREASONABLE: "评议不合理且已解释",
}
ASKED = "销号待第二人审批"


def is_satisfied(reached: Iterable[Row]) -> bool:
    """Whether one of these callbacks found the caller satisfied, and nothing to object to."""
    return any(row["result"] in _CONTENT for row in _accepted(reached))


def is_solved(reached: Iterable[Row]) -> bool:
    """Whether one of these callbacks found the matter solved, and nothing to object to."""
    return any(row["is_solved"] for row in _accepted(reached))


def _accepted(reached: Iterable[Row]) -> list[Row]:
    return [row for row in reached if not {row["result"], row["attitude"], row["timeliness"]} & DISSATISFIED]


def standings(reader: Reader, stays: dict[int, Row]) -> dict[int, str]:
    """Return for each watched order that may leave the pool, or waits for leave, the words that say so.

    `stays` are the running stays by order. Five SELECTs, however many orders.
    """
    keys = list(stays)
    asked = requests.pending_of_orders(reader, RequestKind.WRITE_OFF, keys)
    explained = events.explained_after_panel(reader, keys)
    reached: dict[int, list[Row]] = defaultdict(list)
    for row in callbacks.reached_of_orders(reader, keys):
        if row["called_at"] > stays[row["order_id"]]["entered_at"]:
            reached[row["order_id"]].append(row)
    found = {key: _shown(stay, reached[key], key in explained) for key, stay in stays.items()}
    written = stewards.written_many(reader, keys)
    words = {
        key: f"{_READY[evidence]}，{_then(written.get(key, ()))}"
        for key, evidence in found.items()
        if evidence is not None
    }
    return {**words, **dict.fromkeys(asked, ASKED)}


def _then(written: Collection[str]) -> str:
    """What is left to do: ask for it, or write first what C and D orders need (practice P23)."""
    lacking = "、".join(word(step) for step in missing(written))
    return f"还缺{lacking}" if lacking else "可申请销号"


def _shown(stay: Any, reached: Sequence[Row], is_explained: bool) -> WriteOffEvidence | None:
    if stay["grade"] == Grade.C:
        return WriteOffEvidence.SOLVED_CALLBACK if is_solved(reached) else None
    if is_satisfied(reached):
        return WriteOffEvidence.SATISFIED_CALLBACK
    if is_solved(reached):
        return WriteOffEvidence.SOLVED_CALLBACK
    return WriteOffEvidence.PANEL_UNREASONABLE if is_explained else None
