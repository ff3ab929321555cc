"""A 通报 as .docx: sections with their sentences, the two tables by unit, what each figure means, the examples."""

from collections.abc import Sequence
from pathlib import Path

from desk import documents, exchange
from desk.circular_rows import CircularRow
from desk.circulars.reading import check_may_read, known, row_of
from desk.context import Desk
from desk.documents import Document, Grid, Section
from desk.rules import circulars as rules
from desk.rules.assessment_figures import Figure
from desk.rules.calendar import local
from desk.rules.circulars import QUALITY, TIMELINESS, UnitLine

_NUMERALS = "一二三四五六七八九"
_TABLE_AFTER = {"results": TIMELINESS, "satisfaction": QUALITY}


def save(desk: Desk, circular_id: int, path: Path, *, may_overwrite: bool = False) -> Path:
    """Write a circular as a new .docx (0600), whole or not at all; return its path. One event.

    A draft says that it is one. Raises BadInput for another form, Refused when the file is there, StoreUnusable, NotAllowed.
    """
    check_may_read(desk)
    documents.check_form(path)
    with desk.reading() as reader:
        found = known(desk, reader, circular_id)
        row = row_of(desk, reader, found)
    documents.write(path, document(row), may_overwrite=may_overwrite)
    exchange.record(desk, path, {"circular": found["uid"]})
    return path


def document(row: CircularRow) -> Document:
    """Return the circular as a page: the wording as it was signed, the tables of its figures."""
    return Document(row.title, tuple(_sections(row)), subtitle=under(row), footer=foot(row))


def under(row: CircularRow) -> str:
    """Number, who signed it, when; a draft says so."""
    if row.approved_at is None:
        return "草稿，未签发"
    return f"{row.number}  签发 {row.approved_by}  {local(row.approved_at):%Y年%m月%d日}"


def foot(row: CircularRow) -> str:
    """Which period, and when its figures were taken."""
    period = rules.period_words(row.since, row.until)
    return f"统计时段 {period}，数据截至 {local(row.as_of):%Y-%m-%d %H:%M}"


def _sections(row: CircularRow) -> Sequence[Section]:
    sections: list[Section] = []
    for name, label in rules.FIELDS.items():
        words = row.words.get(name, "")
        if name == "title" or not words:
            continue
        table = _TABLE_AFTER.get(name)
        parts = (words, grid(row.lines, table)) if table else (words,)
        sections.append(Section(f"{_NUMERALS[len(sections)]}、{label}", parts))
    meanings = tuple(f"{each.name}：{each.formula}" for each in (*TIMELINESS, *QUALITY))
    return (*sections, Section("附：指标说明", meanings))


def grid(lines: Sequence[UnitLine], columns: Sequence[Figure]) -> Grid:
    """Return the figures of all units as a table."""
    heads = ("单位", *(each.name for each in columns))
    return Grid(heads, tuple((line.name, *(line.text(each) for each in columns)) for line in lines))
