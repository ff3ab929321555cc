"""A file as somebody types it: where it goes."""

from pathlib import Path

import pytest

from desk.errors import BadInput
from desk.rules.written_paths import file_named


def test_a_name_becomes_a_whole_path_with_its_ending(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert file_named(" 清单 ", ".xlsx") == tmp_path / "清单.xlsx"
    assert file_named("~/a.csv", ".xlsx") == tmp_path / "home" / "a.csv"
    assert file_named("/media/usb/上1123", ".docx") == Path("/media/usb/上1123.docx")


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        (" ", "请填写文件"),
        ("a\x00b", "控制字符"),
        ("/media/usb/", "请再写文件名"),
        ("~nobody-here/a", "请写完整路径"),
        ("x" * 401, "最多 400 字"),
    ],
)
def test_what_names_no_file_is_said(typed: str, line: str) -> None:
    with pytest.raises(BadInput, match=line):
        file_named(typed, ".xlsx")
