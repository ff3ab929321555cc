"""快报、专报、预警快报: drafted from the linked orders, approved, numbered, sent, read, 批示 (domain 17, practice P26)."""

from desk.reports.files import markdown, save
from desk.reports.making import approve, draft, drop, instruct, mark_read, proposed, rewrite, send
from desk.reports.reading import count_called, may_read, page, readers_to_pick
from desk.reports.rows import ReaderRow, ReportRow

__all__ = [
    "ReaderRow",
    "ReportRow",
    "approve",
    "count_called",
    "draft",
    "drop",
    "instruct",
    "mark_read",
    "markdown",
    "may_read",
    "page",
    "proposed",
    "readers_to_pick",
    "rewrite",
    "save",
    "send",
]
