"""知识库: what is answered on the line, kept by the units that answer for it, published by the centre."""

from desk.knowledge.drafts import forget_words, keep_words, kept_words
from desk.knowledge.notes import ask_owner, open_notes, report, settle
from desk.knowledge.publishing import no_proposing, propose, publish, refuse, retire
from desk.knowledge.reading import expiring, full, matching, page, topics, waiting
from desk.knowledge_rows import EntryText

__all__ = [
    "EntryText",
    "ask_owner",
    "expiring",
    "forget_words",
    "full",
    "keep_words",
    "kept_words",
    "matching",
    "no_proposing",
    "open_notes",
    "page",
    "propose",
    "publish",
    "refuse",
    "report",
    "retire",
    "settle",
    "topics",
    "waiting",
]
