"""Pages to print: what one finds in a .docx that was written, and what is refused."""

import errno
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from desk import documents
from desk.documents import Document, Grid, Pairs, Section
from desk.errors import BadInput, Refused, StoreUnusable

PAGE = Document(
    "工单",
    (
        Section("基本情况", (Pairs((("编号", "CY01-20261123-0042"), ("标题", "夜间施工噪音"))),)),
        Section("", ("第一段\n第二段", Grid(("时间", "事项"), (("09:12", "受理"), ("09:30", "派单"))))),
    ),
    subtitle="崇义县12345热线中心  2026-11-23 14:32",
    footer="仅供办理使用",
)


def words(path: Path) -> list[str]:
    return [line.text for line in docx.Document(str(path)).paragraphs if line.text]


def test_a_page_holds_title_sections_and_tables(tmp_path: Path) -> None:
    path = documents.write(tmp_path / "工单.docx", PAGE)
    assert words(path) == ["工单", PAGE.subtitle, "基本情况", "第一段", "第二段"]
    page = docx.Document(str(path))
    cells = [[[cell.text for cell in row.cells] for row in table.rows] for table in page.tables]
    assert cells == [
        [["编号", "CY01-20261123-0042"], ["标题", "夜间施工噪音"]],
        [["时间", "事项"], ["09:12", "受理"], ["09:30", "派单"]],
    ]
    assert page.sections[0].footer.paragraphs[0].text == "仅供办理使用"
    assert round(page.sections[0].page_width.cm, 1) == 21.0
    fonts = {run._element.rPr.rFonts.get(qn("w:eastAsia")) for line in page.paragraphs for run in line.runs}
    assert fonts == {"黑体", "仿宋"}


def test_only_its_owner_reads_it_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = documents.write(tmp_path / "工单.DOCX", PAGE)
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["工单.DOCX"]


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    hostile = "<w:t>[/b]&amp;\x00\x1b[31m\ud800\u202e倒\uffff ]]>"
    path = documents.write(
        tmp_path / "a.docx", Document(hostile, (Section(hostile, (hostile, Pairs(((hostile, hostile),)))),))
    )
    kept = "<w:t>[/b]&amp;[31m倒 ]]>"
    assert words(path) == [kept, kept, kept]
    assert docx.Document(str(path)).tables[0].cell(0, 1).text == kept


def test_a_page_does_not_name_a_writer_that_nobody_knows(tmp_path: Path) -> None:
    path = documents.write(tmp_path / "a.docx", PAGE)
    with zipfile.ZipFile(path) as parts:
        assert b"python-docx" not in b"".join(parts.read(name) for name in parts.namelist())


def test_what_is_there_is_not_overwritten_unless_asked(tmp_path: Path) -> None:
    path = tmp_path / "工单.docx"
    path.write_bytes(b"mine")
    with pytest.raises(Refused, match="已存在"):
        documents.write(path, PAGE)
    assert path.read_bytes() == b"mine"
    documents.write(path, PAGE, may_overwrite=True)
    assert words(path)[0] == "工单"


def test_another_form_and_a_folder_that_is_not_there_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"只能存为 \.docx"):
        documents.write(tmp_path / "工单.doc", PAGE)
    with pytest.raises(StoreUnusable, match="文件夹不存在"):
        documents.write(tmp_path / "没有" / "工单.docx", PAGE)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_says_so_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class FullDisk:
        def save(self, _: str) -> None:
            raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(documents, "_drawn", lambda _: FullDisk())
    with pytest.raises(StoreUnusable, match="磁盘已满"):
        documents.write(tmp_path / "工单.docx", PAGE)
    assert list(tmp_path.iterdir()) == []


def test_nobody_waits_for_the_library_before_something_is_printed() -> None:
    asked = "import sys, desk.documents; print('docx' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", asked], text=True).strip() == "False"
