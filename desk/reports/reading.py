"""The page of reports: what is called for, what is drafted, what was approved, and who has read it (practice P26)."""

from db.codes import ReportKind
from db.doors import Reader, Row
from db.queries import reports
from db.times import from_ms, maybe_from_ms
from desk.called_reports import MOST, called, check_may_read
from desk.codes import word
from desk.context import Desk
from desk.report_rows import ReaderRow, ReportRow
from desk.reports.drafting import before_words
from desk.rows import PickRow
from desk.rules import reports as rules

HEAD = "report.number_head"


def page(desk: Desk) -> tuple[ReportRow, ...]:
    """Return what is called for, then the drafts, then the approved reports, the newest first. Raises NotAllowed."""
    check_may_read(desk)
    with desk.reading() as reader:
        wanted = tuple(called(desk, reader))
        return (
            *wanted,
            *(row_of(desk, reader, row) for row in reports.of_centre(reader, desk.actor.centre_id, MOST)),
        )


def readers_to_pick(row: ReportRow, text: str = "") -> tuple[PickRow, ...]:
    """Return to whom a report was sent, for choosing one; the key is the reader's."""
    found = (PickRow(str(each.id), each.name, each.way) for each in row.readers)
    return tuple(each for each in found if text.strip() in each.name)


def row_of(desk: Desk, reader: Reader, row: Row) -> ReportRow:
    """Return a report with its words and readers."""
    words = before_words(row)
    return ReportRow(
        row["id"],
        ReportKind(row["kind"]),
        rules.stage_words(row["stage"], row["stage_no"]),
        number_of(desk, row),
        words.get("title", ""),
        row["order_no"] or "",
        drafted_by=row["drafted_name"],
        drafted_at=from_ms(row["drafted_at"]),
        due_at=maybe_from_ms(row["due_at"]),
        approved_by=row["approved_name"] or "",
        approved_at=maybe_from_ms(row["approved_at"]),
        words=words,
        readers=tuple(_reader(each) for each in reports.readers(reader, row["id"])),
        area_code=row["area_code"],
        category_code=row["category_code"],
    )


def number_of(desk: Desk, row: Row) -> str:
    """`崇义12345专报〔2026〕3号`; '' for a draft."""
    if row["counter"] is None:
        return ""
    head = str(desk.settings.get(HEAD, "12345"))
    return rules.number_words(head, word(ReportKind(row["kind"])), row["year"], row["counter"])


def _reader(row: Row) -> ReaderRow:
    return ReaderRow(
        row["id"],
        row["name"],
        row["way"],
        from_ms(row["sent_at"]),
        maybe_from_ms(row["read_at"]),
        row["instruction"],
    )
