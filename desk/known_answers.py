"""知识库 beside a call: what it offers to the words typed, and which version an answer may be read from (practice P11)."""

import re
from collections.abc import Sequence
from datetime import date

from db.doors import Reader, Row
from db.queries import knowledge
from desk.context import Desk
from desk.errors import NotNow, Refused
from desk.knowledge_rows import EntryRow
from desk.rules.calendar import local
from desk.rules.likeness import likeness
from desk.telling import rarest, telling

_MOST_COMPARED, _MOST_OFFERED = 24, 5
_COMPARED = 160
_LEAST_LIKE = 0.14
_WORDS_APART = re.compile("[、,，;；\\s]+")


def today(desk: Desk) -> date:
    """Return the local day."""
    return local(desk.now()).date()


def row_of(version: Row, day: date) -> EntryRow:
    """Return a version in force as the row of a list."""
    return EntryRow(
        number=version["number"],
        version=version["version"],
        line=version["line"],
        topic=version["topic"],
        title=version["title"],
        answer=version["answer"],
        owner=version["owner"] or "",
        is_sample=bool(version["is_sample"]),
        trouble=trouble_of(version, day),
    )


def trouble_of(version: Row, day: date) -> str:
    """Return why nothing may be answered from a version on a day, '' when it may."""
    if version["retired_at"] is not None:
        return "已停用"
    if version["valid_from"] and day.isoformat() < version["valid_from"]:
        return f"{version['valid_from']} 起才生效"
    if version["valid_to"] and day.isoformat() > version["valid_to"]:
        return f"有效期到 {version['valid_to']}，已过"
    return ""


def offered(desk: Desk, text: str, line: str = "12345") -> tuple[EntryRow, ...]:
    """Return the entries that answer what is typed, the best first; on 12333 its own before the rest.

    Only what may be answered from today. Nobody outside the centre is on the line, so nobody else is offered any.
    """
    words = telling(text)
    if not words or not desk.actor.is_at_the_centre:
        return ()
    with desk.reading() as reader:
        rows = knowledge.sharing(reader, rarest(knowledge.counts_of(reader, words)), _MOST_COMPARED)
    day = today(desk)
    return tuple(row_of(row, day) for row in _ranked(rows, text, line) if not trouble_of(row, day))[
        :_MOST_OFFERED
    ]


def _ranked(rows: Sequence[Row], text: str, line: str) -> list[Row]:
    rated = [(_fit(row, text), row) for row in rows]
    fitting = [(fit, row) for fit, row in rated if fit >= _LEAST_LIKE]
    has_own = line == knowledge.HR_LINE
    fitting.sort(key=lambda one: (has_own and one[1]["line"] != line, -one[0], one[1]["number"]))
    return [row for _, row in fitting]


def _fit(row: Row, text: str) -> float:
    """How well an entry answers: likeness of its question, and the keywords that were said, each by its length."""
    said = sum(len(each) for each in _WORDS_APART.split(row["keywords"]) if len(each) > 1 and each in text)
    return likeness(text[:_COMPARED], row["title"]) + said / 10


def to_answer_from(desk: Desk, reader: Reader, number: str, version: int) -> Row:
    """Return the version that is read out. Raises Refused for an unknown one, NotNow when it does not hold (any more)."""
    found = knowledge.in_force(reader, number)
    if found is None:
        raise Refused(f"知识库没有现行条目 {number[:24]}，请重新查找")
    if found["version"] != version:
        raise NotNow(f"{number} 已更新为第{found['version']}版，请读新版再答复")
    if trouble := trouble_of(found, today(desk)):
        raise NotNow(f"{number} {trouble}，不能据此答复；可请责任单位答")
    return found
