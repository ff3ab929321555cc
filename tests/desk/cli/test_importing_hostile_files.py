"""Files as they come from outside: formulas, lost formats, columns in disorder; named by row, or kept as they are."""

from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from db.times import to_ms
from desk.importing import tables
from desk.rules.written_times import moment_written
from tests.desk.cli.conftest import Command
from tests.desk.cli.files import HEAD, ROW, count, jsonl, table
from tests.world import World

CMD = "=CMD|' /C calc'!A0"


def workbook(path: Path, *rows: tuple[Any, ...]) -> Path:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def put(row: tuple[Any, ...], head: str, value: Any) -> tuple[Any, ...]:
    at = HEAD.index(head)
    return (*row[:at], value, *row[at + 1 :])


@pytest.mark.parametrize("head", ["编号", "内容", "联系电话", "姓名", "时间"])
@pytest.mark.parametrize("formula", [CMD, '=HYPERLINK("http://x","点我")', "=1/0", "#N/A"])
def test_a_formula_in_a_cell_is_refused_by_row_and_column(
    command: Command, world: World, at_home: Path, head: str, formula: str
) -> None:
    file = workbook(at_home / "t.xlsx", HEAD, ROW, put(put(ROW, "编号", "A2"), head, formula))
    ran = command("import", file)
    assert ran.status == 2
    assert f"t.xlsx 第 3 行 {head}：是公式或出错值，请在表格里“粘贴为数值”后再导入" in ran.err
    assert count(world) == 0


def test_the_rejects_of_a_formula_are_not_taken_for_words(
    command: Command, world: World, at_home: Path
) -> None:
    file = workbook(at_home / "t.xlsx", HEAD, put(ROW, "姓名", CMD))
    assert command("import", file, "--skip-bad").status == 0
    ran = command("import", at_home / "t.xlsx.rejects")
    assert (ran.status, "姓名：是公式或出错值" in ran.err) == (2, True)
    assert count(world) == 0


def test_a_formula_in_a_column_that_nobody_reads_harms_nothing(
    command: Command, world: World, at_home: Path
) -> None:
    file = workbook(at_home / "t.xlsx", (*HEAD, "备注"), (*ROW, CMD))
    assert command("import", file).status == 0
    assert count(world) == 1


def test_what_looks_like_a_formula_in_a_text_file_is_only_words(
    command: Command, world: World, at_home: Path
) -> None:
    command("import", table(at_home / "t.csv", [HEAD, put(ROW, "内容", CMD)]))
    assert world.row("SELECT content FROM work_orders")["content"] == CMD
    command("export", at_home / "out.csv")
    assert f"'{CMD}" in (at_home / "out.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    "written", ["2026年11月20日下午3点半", "20261120 1530", "46346.6458333333", 46346.6458333333]
)
def test_dates_are_read_as_people_write_them(
    command: Command, world: World, at_home: Path, written: object
) -> None:
    command("import", workbook(at_home / "t.xlsx", HEAD, put(ROW, "时间", written)))
    wanted = to_ms(moment_written("2026-11-20 15:30", "时间"))
    assert world.row("SELECT raised_at FROM work_orders")["raised_at"] == wanted


@pytest.mark.parametrize("written", ["上周三", "11月20日", "2026-11-31", "20/11/2026", "0000-00-00"])
def test_a_date_that_means_no_one_day_is_refused_with_an_example(
    command: Command, world: World, at_home: Path, written: str
) -> None:
    ran = command("import", table(at_home / "t.csv", [HEAD, put(ROW, "时间", written)]))
    assert ran.status == 2
    assert ran.err.startswith("t.csv 第 2 行 时间：“")
    assert count(world) == 0


@pytest.mark.parametrize("number", [202611200000012345, 2.02611200000012e17])
def test_a_number_that_a_workbook_has_cut_off_is_refused(
    command: Command, world: World, at_home: Path, number: float
) -> None:
    ran = command("import", workbook(at_home / "t.xlsx", HEAD, put(ROW, "编号", number)))
    assert ran.status == 2
    assert "t.xlsx 第 2 行 编号：超过 15 位，表格只记得住前 15 位，请设为文本格式后重新导出" in ran.err
    assert count(world) == 0


def test_a_long_number_that_is_text_is_kept_whole(command: Command, world: World, at_home: Path) -> None:
    command("import", workbook(at_home / "t.xlsx", HEAD, put(ROW, "编号", "202611200000012345")))
    assert world.row("SELECT outside_no FROM work_orders")["outside_no"] == "202611200000012345"


def test_the_title_of_a_sheet_is_passed_over_and_rows_keep_their_numbers(
    command: Command, world: World, at_home: Path
) -> None:
    title = ("国家平台工单导出表",)
    assert command("import", workbook(at_home / "t.xlsx", title, ("2026年11月",), HEAD, ROW)).status == 0
    bad = workbook(at_home / "u.xlsx", title, HEAD, put(ROW, "时间", "昨天"))
    assert command("import", bad).err.startswith("u.xlsx 第 3 行 时间：")
    assert count(world) == 1


def test_a_line_of_json_without_a_mapped_key_names_that_key(
    command: Command, world: World, at_home: Path
) -> None:
    pairs = ("编号=工单号", "标题=题", "内容=文", "时间=时")
    command("channel", "save", "网站", *(word for pair in pairs for word in ("--map", pair)))
    file = jsonl(at_home / "m.jsonl", [{"工单号": "1", "题": "停水", "文": "停水"}])
    assert "m.jsonl 第 1 行 时间（时）：缺少字段" in command("import", file, "--channel", "网站").err


def test_a_workbook_that_would_fill_the_memory_is_refused(
    command: Command, world: World, at_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = at_home / "t.xlsx"
    with ZipFile(file, "w", ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b" " * 3_000_000)
    assert file.stat().st_size < 10_000
    monkeypatch.setattr(tables, "MOST_UNPACKED", 2_000_000)
    ran = command("import", file)
    assert (ran.status, ran.err) == (2, "t.xlsx 解开后有 2 MB，太大，请分成几个文件再导入\n")
    assert count(world) == 0


def test_one_number_twice_in_a_file_is_named_with_both_rows(
    command: Command, world: World, at_home: Path
) -> None:
    ran = command("import", table(at_home / "t.csv", [HEAD, ROW, put(ROW, "编号", "A2"), ROW]))
    assert "t.csv 第 4 行 编号：与第 2 行重复" in ran.err
    assert count(world) == 0


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_mapping_finds_its_columns_in_every_common_encoding(
    command: Command, world: World, at_home: Path, encoding: str
) -> None:
    heads = ("工单号 ", "标题*", "内容", "时间")
    file = table(at_home / "t.csv", [heads, ("甲-1", "停水", "停水三天", "2026/11/20")], encoding)
    assert command("channel", "save", "网站", "--from", file, "--map", "编号=工单号").status == 0
    assert command("import", file, "--channel", "网站").status == 0
    assert world.row("SELECT outside_no FROM work_orders")["outside_no"] == "甲-1"


def test_a_latin_file_that_is_no_text_of_ours_is_refused(
    command: Command, world: World, at_home: Path
) -> None:
    file = at_home / "t.csv"
    file.write_bytes(
        "编号,标题,内容,时间\n1,停水,".encode()
        + b"\xff\xfe\x80 caf\xe9"
        + b",2026-11-20\n"
        + "2,停电,停电了,2026-11-20\n".encode()
    )
    ran = command("import", file, "--dry-run")
    assert ran.status == 2
    assert "t.csv 第 2 行" in ran.err
    assert "转换编码" in ran.err


@pytest.mark.parametrize("name", ["t.csv", "t.xlsx", "t.jsonl"])
def test_an_empty_file_is_no_sample_either(command: Command, world: World, at_home: Path, name: str) -> None:
    (at_home / name).write_bytes(b"")
    ran = command("channel", "save", "网站", "--from", at_home / name)
    assert (ran.status, ran.err) == (2, f"{name} 是空的，没有可以导入的内容\n")


@pytest.mark.parametrize("words", ["\x1b]0;x\x07", "\x1b[2J", "甲\x00乙"])
def test_a_column_that_steers_a_terminal_is_not_saved(
    command: Command, world: World, at_home: Path, words: str
) -> None:
    file = table(at_home / "t.csv", [(*HEAD, words)])
    ran = command("channel", "save", "网站", "--from", file)
    assert ran.status == 2
    assert "\x1b" not in ran.err
    assert world.rows("SELECT id FROM channel_maps") == []
