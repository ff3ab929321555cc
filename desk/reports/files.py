"""A report as a file: .docx for the cabinet, .md for whoever copies it into a message."""

from pathlib import Path

from db.codes import ReportKind
from db.queries import reports
from desk import documents, exchange
from desk.called_reports import check_may_read
from desk.codes import word
from desk.context import Desk
from desk.documents import Document, Pairs, Section
from desk.errors import BadInput
from desk.report_rows import ReportRow
from desk.reports.reading import row_of
from desk.rules import reports as rules
from desk.rules.calendar import local

FORMS = (".docx", ".md")


def save(desk: Desk, report_id: int, path: Path, *, may_overwrite: bool = False) -> Path:
    """Write a report as a new file in one of FORMS (0600), whole or not at all; return its path. One event.

    A draft says that it is one. Raises BadInput for another form, Refused when the file is there, StoreUnusable, NotAllowed.
    """
    check_may_read(desk)
    form = path.suffix.lower()
    if form not in FORMS:
        raise BadInput(f"{path.name} 的格式不认识，报告只能存为 {' '.join(FORMS)}", "文件")
    with desk.reading() as reader:
        found = reports.report(reader, report_id)
        if found is None or found["centre_id"] != desk.actor.centre_id:
            raise BadInput("没有这份报告，请刷新后再选", "报告")
        row = row_of(desk, reader, found)
    if form == ".docx":
        documents.write(path, _document(row), may_overwrite=may_overwrite)
    else:
        with exchange.coming(path, may_overwrite=may_overwrite) as made:
            made.write_text(markdown(row), encoding="utf-8")
    exchange.record(desk, path, {"report": found["uid"]})
    return path


def _document(row: ReportRow) -> Document:
    parts = tuple(
        Section(label, (words,)) if name in rules.LONG else Section("", (Pairs(((label, words),)),))
        for name, label, words in said(row)
    )
    return Document(heading(row), parts, subtitle=under(row), footer=foot(row))


def markdown(row: ReportRow) -> str:
    """Return a report as Markdown; what people wrote stands as it is, with its marks of form made harmless."""
    lines = [f"# {_plain(heading(row))}", "", _plain(under(row)), ""]
    for name, label, words in said(row):
        if name in rules.LONG:
            lines += [f"## {label}", "", *(f"{_plain(line)}\n" for line in words.split("\n"))]
        else:
            lines += [f"**{label}**：{_plain(words)}", ""]
    return "\n".join([*lines, foot(row), ""])


def said(row: ReportRow) -> tuple[tuple[str, str, str], ...]:
    """What a report says: name of the field, its label, the words; the title stands above, empty fields are left out."""
    return tuple(
        (name, rules.FIELDS[name], row.words[name])
        for name in rules.fields_of(row.kind)
        if name != "title" and row.words.get(name)
    )


def heading(row: ReportRow) -> str:
    """`专报（续报1）：群体事件 …`."""
    stage = "" if row.kind is ReportKind.WARNING else f"（{row.stage}）"
    return f"{word(row.kind)}{stage}：{row.title}"


def under(row: ReportRow) -> str:
    """Number, who approved it, when; a draft says so."""
    if row.approved_at is None:
        return "草稿，未签发"
    return f"{row.number}  签发 {row.approved_by}  {local(row.approved_at):%Y年%m月%d日 %H:%M}"


def foot(row: ReportRow) -> str:
    """Where it comes from."""
    return f"工单 {row.order_no}" if row.order_no else "12345 热线近 24 小时诉求"


_MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>#|!"})


def _plain(words: str) -> str:
    return words.translate(_MARKS)
