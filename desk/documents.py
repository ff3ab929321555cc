"""Pages for the file cabinet, as .docx: a title, and under headings lines, tables of label and value, lists in columns."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desk import exchange
from desk.errors import BadInput

FORM = ".docx"
_BODY, _HEAD = "仿宋", "黑体"
_TITLE_POINTS, _HEAD_POINTS, _TEXT_POINTS = 22, 16, 14
_LABEL_CM, _PAGE_CM = 3.2, 15.6
# What XML cannot hold, and the marks that turn the direction of writing: an old text may still have them.
_UNWRITABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]"
)


@dataclass(frozen=True, slots=True)
class Pairs:
    """A table of two columns: label and value, one line each."""

    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with heads; every line has as many cells as there are heads."""

    heads: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]


Part = str | Pairs | Grid
"""A paragraph (a line end in it begins a new one), or a table."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, '' for none, and what stands under it."""

    heading: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A page to print: its title, the sections, a line under the title (who, when) and one at the foot of each page."""

    title: str
    sections: tuple[Section, ...]
    subtitle: str = ""
    footer: str = ""


def check_form(path: Path) -> None:
    """Raise BadInput unless a file's name ends in .docx."""
    if path.suffix.lower() != FORM:
        raise BadInput(f"{path.name} 的格式不认识，打印的页面只能存为 {FORM}", "文件")


def write(path: Path, document: Document, *, may_overwrite: bool = False) -> Path:
    """Write a document as a new .docx file (0600), whole or not at all; return its path.

    Call it in a worker: it takes tenths of a second. Raises BadInput for another form, Refused when the file is there
    and may not be overwritten, StoreUnusable when it cannot be written.
    """
    with coming(path, document, may_overwrite=may_overwrite):
        return path


@contextmanager
def coming(path: Path, document: Document, *, may_overwrite: bool = False) -> Iterator[None]:
    """Write a document as `write` does, but give the file its name only when the block ends well: with its event."""
    check_form(path)
    with exchange.coming(path, may_overwrite=may_overwrite) as made:
        _drawn(document).save(str(made))
        yield


def _drawn(document: Document) -> Any:
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    page = docx.Document()
    _set_up(page)
    centre = WD_ALIGN_PARAGRAPH.CENTER
    _line(page.add_paragraph(), document.title, _TITLE_POINTS, _HEAD).alignment = centre
    if document.subtitle:
        _line(page.add_paragraph(), document.subtitle, _TEXT_POINTS).alignment = centre
    for section in document.sections:
        _draw(page, section)
    if document.footer:
        _line(page.sections[0].footer.paragraphs[0], document.footer, 10).alignment = centre
    return page


def _set_up(page: Any) -> None:
    """A4, margins as official papers have them; nothing of the writer's library in the file's properties."""
    from docx.shared import Cm

    sheet = page.sections[0]
    sheet.page_width, sheet.page_height = Cm(21), Cm(29.7)
    sheet.left_margin = sheet.right_margin = Cm(2.7)
    sheet.top_margin = sheet.bottom_margin = Cm(2.5)
    page.core_properties.author = page.core_properties.comments = ""


def _draw(page: Any, section: Section) -> None:
    if section.heading:
        head = _line(page.add_paragraph(), section.heading, _HEAD_POINTS, _HEAD)
        head.paragraph_format.keep_with_next = True
    for part in section.parts:
        if isinstance(part, Pairs):
            _table(page, part.lines, (_LABEL_CM, _PAGE_CM - _LABEL_CM))
        elif isinstance(part, Grid):
            columns = len(part.heads)
            _table(page, (part.heads, *part.lines), [_PAGE_CM / columns] * columns, has_heads=True)
        else:
            for words in part.split("\n"):
                _line(page.add_paragraph(), words)


def _table(
    page: Any, lines: Iterable[Sequence[str]], widths: Sequence[float], *, has_heads: bool = False
) -> None:
    from docx.shared import Cm

    table = page.add_table(rows=0, cols=len(widths), style="Table Grid")
    table.autofit = False
    for number, line in enumerate(lines):
        cells = table.add_row().cells
        for place, (cell, words, width) in enumerate(zip(cells, line, widths, strict=True)):
            cell.width = Cm(width)
            is_head = number == 0 if has_heads else place == 0
            _line(cell.paragraphs[0], words, _TEXT_POINTS - 2, _HEAD if is_head else _BODY)
    page.add_paragraph()


def _line(paragraph: Any, words: str, points: int = _TEXT_POINTS, font: str = _BODY) -> Any:
    """Put words into a paragraph; hanzi take the East Asian font, which has to be named by itself."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    run = paragraph.add_run(_UNWRITABLE.sub("", words))
    run.font.size, run.font.name = Pt(points), font
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)
    return paragraph
