"""通报: what is said of all units about a week or a month, with good and bad examples (press conference, question 4; P30)."""

from desk.circulars.files import document, save
from desk.circulars.making import approve, differences, draft, drop, mark_read, recount, rewrite, send
from desk.circulars.reading import one, page, unread_count

__all__ = [
    "approve",
    "differences",
    "document",
    "draft",
    "drop",
    "mark_read",
    "one",
    "page",
    "recount",
    "rewrite",
    "save",
    "send",
    "unread_count",
]
