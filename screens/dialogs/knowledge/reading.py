"""How an entry is read aloud, and what the pages of 知识库 give back when it was."""

from __future__ import annotations

from dataclasses import dataclass

from desk.knowledge_rows import EntryRow
from screens.cells import OVERDUE
from screens.widgets.detail import Section

KNOWLEDGE = "desk.knowledge"
ANSWER = ("^R", "读完，按此答复")
NOT_HERE = "在 F2 受理页打开知识库，才能按条目直接答复"


@dataclass(frozen=True, slots=True)
class ReadOut:
    """What was read to the caller, and the words that found it."""

    number: str
    version: int
    words: str = ""


def read_aloud(row: EntryRow) -> list[Section]:
    """The answer as it is read to a caller: each sentence on a line of its own, air between them."""
    trouble = [Section(f"!{row.trouble}，不能据此答复", style=OVERDUE)] if row.trouble else []
    sample = "（样例，须由责任单位核对）" if row.is_sample else ""
    foot = f"{row.number} 第{row.version}版 {row.owner}{sample}"
    return [*trouble, Section(row.title, ("", *_sentences(row.answer))), Section("", (foot,))]


def _sentences(answer: str) -> list[str]:
    lines: list[str] = []
    for paragraph in answer.splitlines():
        for sentence in paragraph.replace("。", "。\n").splitlines():
            lines += [sentence.strip(), ""] if sentence.strip() else []
    return lines
