"""质检: which records are drawn, what a sheet asks, how it is counted (practice P31).

A record is drawn by a keyed hash of its uid alone: neither its place in the file nor who looks decides, and whoever has
the key (the hash of the store's first event) can draw again and find the same.
"""

import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence
from math import ceil
from pathlib import PurePath
from typing import Any

from db.codes import ItemVerdict

SHARE_KEY, ITEMS_KEY, ANSWER_KEY = "quality.share", "quality.items", "quality.answer_days"
PLAYER_KEY, SECONDS_KEY, WORDS_KEY = "quality.player", "quality.player_seconds", "quality.operator_words"
SHARE = 0.05
"""5 % of records (practice P31), unless `quality.share` says otherwise."""
ANSWER_DAYS = 3
"""Working days in which the one checked may answer [P]."""
PLAYER_SECONDS = 1800
ITEMS: Mapping[str, int] = {
    "受理五要素": 30,
    "类型与分类": 20,
    "派单": 15,
    "服务态度": 20,
    "答复与承诺": 15,
}
"""What a sheet asks and how much each item weighs [P] (P31: elements, type, unit, manner, promise)."""
OPERATOR_WORDS = ("话务员", "接线员", "坐席员", "座席员", "12345热线", "热线工作人员")
"""A 被反映对象 that holds one of these is one of our own."""
MOST_ITEMS, LONGEST_ITEM, HEAVIEST = 12, 10, 1000
LONGEST_WORDS = 1000
RECORDING = "{recording}"
_OF_ALL = 1 << 64


def drawn_value(key: str, record_uid: str) -> float:
    """Return the number from 0 up to 1 that decides whether a record is drawn."""
    digest = hmac.new(key.encode(), record_uid.encode(), hashlib.sha256).digest()
    return int.from_bytes(digest[:8], "big") / _OF_ALL


def is_drawn(key: str, record_uid: str, share: float) -> bool:
    """Whether a record is one of the `share` (0 to 1) that is checked. A greater share draws those of a smaller one too."""
    return drawn_value(key, record_uid) < share


def points(marks: Iterable[tuple[int, ItemVerdict]]) -> int | None:
    """Return 0 to 100: the weight of what is 合格 among what applies; None when nothing applies."""
    passed = asked = 0
    for weight, verdict in marks:
        if verdict is not ItemVerdict.NOT_APPLICABLE:
            asked += weight
            passed += weight if verdict is ItemVerdict.PASSED else 0
    return None if not asked else (100 * passed + asked // 2) // asked


def owed(records: int, share: float) -> int:
    """Return how many of so many records are to be checked at least: `share` of them, rounded up."""
    return ceil(round(records * share, 9))


def is_of_the_house(accused: str, words: Sequence[str]) -> bool:
    """Whether a 被反映对象 is one of our own operators."""
    plain = accused.replace(" ", "")
    return any(word and word in plain for word in words)


def named_among(accused: str, people: Iterable[tuple[int, str, str]]) -> int | None:
    """Return the key of the one person (key, 工号, name) whom a 被反映对象 names; None for nobody or several."""
    found = {key for key, number, name in people if number in accused or (name and name in accused)}
    return found.pop() if len(found) == 1 else None


def flaw_of_share(share: Any) -> str:
    """Return what is wrong with `quality.share`, '' for nothing."""
    is_number = isinstance(share, int | float) and not isinstance(share, bool)
    return "" if is_number and 0 < share <= 1 else "须为 0 到 1 之间的数，如 0.05"


def flaw_of_items(items: Any) -> str:
    """Return what is wrong with `quality.items`, '' for nothing: names with whole weights, each above nothing."""
    if not isinstance(items, dict) or not 1 <= len(items) <= MOST_ITEMS:
        return f'写 1 到 {MOST_ITEMS} 项，如 {{"受理五要素": 30, "服务态度": 20}}'
    for name, weight in items.items():
        if not name.strip() or len(name) > LONGEST_ITEM or name != name.strip():
            return f"项目名称 1 到 {LONGEST_ITEM} 字"
        if not isinstance(weight, int) or isinstance(weight, bool) or not 1 <= weight <= HEAVIEST:
            return f"“{name}”的分值须为 1 到 {HEAVIEST} 的整数"
    return ""


def flaw_of_player(command: Any) -> str:
    """Return what is wrong with `quality.player`, '' for nothing: a list of words, or empty; one holds the recording."""
    if not isinstance(command, list) or not all(isinstance(each, str) for each in command):
        return "须为文字的列表"
    if command and not PurePath(command[0]).is_absolute():
        return "第一项须为程序的完整路径，如 /usr/local/bin/play-call"
    return ""


def flaw_of_words(words: Any) -> str:
    """Return what is wrong with `quality.operator_words`, '' for nothing: words of at least two signs."""
    is_list = isinstance(words, list) and all(isinstance(each, str) and len(each) >= 2 for each in words)
    return "" if is_list else '须为两字以上的词的列表，如 ["话务员", "接线员"]'


def flaw_of_days(days: Any) -> str:
    """Return what is wrong with `quality.answer_days`, '' for nothing."""
    is_whole = isinstance(days, int) and not isinstance(days, bool)
    return "" if is_whole and 1 <= days <= 30 else "须为 1 到 30 的整数"
