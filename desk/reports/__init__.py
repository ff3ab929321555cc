"""快报、专报、预警快报: drafted from the linked orders, approved, numbered, sent, read, 批示 (domain 17, practice P26)."""

from desk.called_reports import may_read
from desk.report_rows import ReaderRow, ReportRow
from desk.reports.files import markdown, save
from desk.reports.making import approve, draft, drop, instruct, mark_read, proposed, rewrite, send
from desk.reports.reading import page, readers_to_pick

__all__ = [
    "ReaderRow",
    "ReportRow",
    "approve",
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
