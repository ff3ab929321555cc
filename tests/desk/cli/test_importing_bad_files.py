"""What is wrong with a file is named by line and field, and nothing of it is taken in."""

import csv
import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.desk.cli.conftest import Command
from tests.desk.cli.files import HEAD, ROW, add_village, count, jsonl, message, table
from tests.world import World

BAD_LINES = [
    ({"id": "9"}, "缺少字段 标题"),
    ('{"id": "9", "subject": "断', "不是完整的 JSON"),
    ('["id"]', "不是 JSON 对象"),
    (message(9, time="2026-02-30 10:00:00"), "时间（time）：“2026-02-30 10:00:00”不是存在的日期或时间"),
    (message(9, time="昨天"), "时间（time）：“昨天”看不懂"),
    (message(9, time="2036-01-01"), "晚于现在"),
    (message(9, time=""), "时间（time）：不能为空"),
    (message(9, detail=""), "内容（detail）：不能为空"),
    (message(9, detail={"a": 1}), "内容（detail）：须为文字"),
    (message(9, detail="停\x00水"), "内容（detail）：第 2 个字是控制字符（U+0000）"),
    (
        '{"id": "9", "subject": "\\ud800", "detail": "a", "time": "2026-01-01"}',
        "标题（subject）：第 1 个字是半个字符",
    ),
    (message(9, subject="长" * 10_000), "标题（subject）：最多 100 字"),
    (message(9, kind="抱怨"), "诉求类型（kind）：不认识“抱怨”"),
    (message(9, urgency="特急"), "紧急程度（urgency）：特急事项不能导入"),
    (message(9, phone="不知道"), "联系电话（phone）：不像电话号码"),
    (message(9, area="某镇"), "区域（area）：不认识区域“某镇”"),
    (message(9, channel="飞鸽"), "渠道（channel）：不认识“飞鸽”"),
    (message(9, id=""), "编号（id）：不能为空"),
    (message(1), "编号：与第 1 行重复"),
]


@pytest.mark.parametrize(("bad", "words"), BAD_LINES)
def test_one_bad_line_in_the_middle_stops_everything_and_is_named(
    command: Command, world: World, at_home: Path, bad: Any, words: str
) -> None:
    file = jsonl(at_home / "m.jsonl", [message(1), bad, message(2)])
    ran = command("import", file)
    assert (ran.status, ran.out) == (2, "")
    assert any(line.startswith("m.jsonl 第 2 行") and words in line for line in ran.err.splitlines())
    assert "一件也没有导入" in ran.err
    assert count(world) == 0
    assert [row["kind"] for row in world.rows("SELECT kind FROM events")] == ["log_in"]


def test_every_bad_line_is_named_with_every_bad_field(command: Command, at_home: Path) -> None:
    rows = [
        HEAD,
        ROW,
        ("A2", "", "内容", "2026-13-01", "抱怨"),
        ("A3", "题", "内容", "2026-11-01", "求助", *[""] * 7, "多一列"),
    ]
    lines = command("import", table(at_home / "t.csv", rows)).err.splitlines()
    assert lines[0].startswith("t.csv 第 3 行 时间：")
    assert lines[1].startswith("t.csv 第 3 行 诉求类型：")
    assert lines[2] == "t.csv 第 4 行：有 13 列，表头只有 12 列"
    assert len(lines) == 4


def test_skip_bad_takes_the_good_lines_and_keeps_the_rest(
    command: Command, world: World, at_home: Path
) -> None:
    bad = '{"id": "2", "subject": "断'
    file = jsonl(at_home / "m.jsonl", [message(1), bad, message(3)])
    ran = command("import", file, "--skip-bad")
    assert ran.status == 0
    assert "已导入 2 件" in ran.out
    assert "第 2 行" in ran.err
    rejects = at_home / "m.jsonl.rejects"
    reason, kept = rejects.read_text(encoding="utf-8").splitlines()
    assert json.loads(reason)["错误"].startswith("不是完整的 JSON")
    assert kept == bad
    assert os.name == "nt" or rejects.stat().st_mode & 0o777 == 0o600
    jsonl(rejects, [message(2)])
    assert command("import", rejects).status == 0
    assert count(world) == 3


def test_the_rejects_of_a_table_can_be_mended_and_imported(
    command: Command, world: World, at_home: Path
) -> None:
    rows = [HEAD, ROW, ("A2", "停电", "停电了", "2026-13-01")]
    command("import", table(at_home / "t.csv", rows), "--skip-bad")
    rejects = at_home / "t.csv.rejects"
    rejects.write_text(
        rejects.read_text(encoding="utf-8").replace("2026-13-01", "2026-11-01"), encoding="utf-8"
    )
    assert command("import", rejects).status == 0
    assert {row["outside_no"] for row in world.rows("SELECT outside_no FROM work_orders")} == {"A1", "A2"}


def test_the_rejects_of_a_table_say_what_is_wrong_in_a_last_column(
    command: Command, world: World, at_home: Path
) -> None:
    long = ("A3", "停气", "停气了", "2026-11-01", *[""] * 8, "多")
    rows = [HEAD, ("A2", "停电", "停电了", "2026-13-01"), long]
    command("import", table(at_home / "t.csv", rows), "--skip-bad")
    rejects = at_home / "t.csv.rejects"
    head, first, second = csv.reader(rejects.read_text(encoding="utf-8-sig").splitlines())
    assert (head[:-1], head[-1], len(first)) == (list(HEAD), "错误", 13)
    assert first[-1].startswith("时间：")
    assert second[-2:] == ["多", "有 13 列，表头只有 12 列"]
    again = at_home / "again.csv"
    rejects.rename(again)
    ran = command("import", again, "--skip-bad")
    assert ran.out.startswith("没有新导入的工单；2 行有错")
    head, first, second = csv.reader(
        again.with_name("again.csv.rejects").read_text(encoding="utf-8-sig").splitlines()
    )
    assert head == [*HEAD, "错误"]
    assert (len(first), first[-1][:3], second[12]) == (13, "时间：", "多")


def test_the_rejects_of_messages_say_what_is_wrong_in_a_last_key(
    command: Command, world: World, at_home: Path
) -> None:
    bad = [message(2, time="2026-13-01", phone="1387"), "{}", '{"id": "断']
    command("import", jsonl(at_home / "m.jsonl", [message(1), *bad]), "--skip-bad")
    rejects = at_home / "m.jsonl.rejects"
    lines = rejects.read_text(encoding="utf-8").splitlines()
    assert json.loads(lines[0])["错误"].startswith("时间（time）：")
    assert "；联系电话（phone）：只有 4 位" in json.loads(lines[0])["错误"]
    assert json.loads(lines[1])["错误"].startswith("编号（id）：缺少字段")
    assert lines[2] == "{}"
    assert (set(json.loads(lines[3])), lines[4]) == ({"错误"}, '{"id": "断')
    moved = rejects.rename(at_home / "m2.jsonl")
    assert command("import", moved, "--skip-bad").status == 0
    assert (at_home / "m2.jsonl.rejects").read_text(encoding="utf-8").splitlines() == lines
    mended = lines[0].replace("2026-13", "2026-11").replace("1387", "13800000001")
    moved.write_text(f"{mended}\n{lines[3]}\n{json.dumps(message(3))}\n", encoding="utf-8")
    assert command("import", moved).out == "已导入 2 件，均在待派单\n"
    assert count(world) == 3


@pytest.mark.parametrize("phone", ["1387", "1380000", "8234", "138-0000-000"])
def test_a_phone_that_reaches_nobody_is_named_without_being_repeated(
    command: Command, at_home: Path, phone: str
) -> None:
    ran = command("import", table(at_home / "t.csv", [HEAD, (*ROW[:6], phone, *ROW[7:])]))
    assert ran.status == 2
    assert ran.err.startswith("t.csv 第 2 行 联系电话：")
    assert phone not in ran.err


def test_an_area_name_that_means_two_places_is_named(command: Command, world: World, at_home: Path) -> None:
    with world.database.write() as writer:
        add_village(writer)
    ran = command("import", table(at_home / "t.csv", [HEAD, (*ROW[:9], "老城社区", *ROW[10:])]))
    assert "t.csv 第 2 行 区域：“老城社区”不止一处，请在前面写上乡镇" in ran.err


def test_rejects_that_somebody_is_mending_are_not_overwritten(
    command: Command, world: World, at_home: Path
) -> None:
    file = jsonl(at_home / "m.jsonl", [message(1), "{"])
    (at_home / "m.jsonl.rejects").write_text("mine", encoding="utf-8")
    ran = command("import", file, "--skip-bad")
    assert ran.status == 2
    assert "已有其他内容" in ran.err
    assert count(world) == 0
    assert (at_home / "m.jsonl.rejects").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", "编号,标题,内容\n1,停水,停水\n", "a.csv 第 1 行表头缺少列：时间（也可写作 time）"),
        ("a.csv", '编号,标题,内容,时间\n1,"停水,停水,2026-01-01\n', "a.csv 第 2 行起引号不成对"),
        ("a.csv", "编号,标题,内容,时间\n", "a.csv 只有表头"),
        ("a.csv", "\n\n", "a.csv 是空的"),
        ("a.jsonl", "", "a.jsonl 是空的"),
        ("a.xlsx", "这不是工作簿", "a.xlsx 不是 .xlsx 工作簿或已损坏"),
        ("a.xls", "x", "a.xls 的格式不认识"),
    ],
)
def test_a_file_that_cannot_be_read_as_a_whole_is_named(
    command: Command, world: World, at_home: Path, name: str, content: str, words: str
) -> None:
    (at_home / name).write_text(content, encoding="utf-8")
    ran = command("import", at_home / name)
    assert (ran.status, ran.out) == (2, "")
    assert words in ran.err
    assert count(world) == 0


def test_a_file_that_is_not_there_is_named(command: Command, at_home: Path) -> None:
    ran = command("import", at_home / "none.csv")
    assert (ran.status, ran.out) == (2, "")
    assert "none.csv 读不了" in ran.err


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_line_that_cannot_be_decoded_is_named_and_the_others_stay_readable(
    command: Command, world: World, at_home: Path, encoding: str
) -> None:
    good = [json.dumps(message(n), ensure_ascii=False).encode(encoding) for n in range(4)]
    file = at_home / "m.jsonl"
    file.write_bytes(b"\n".join([*good[:2], b'{"id": "\xff\xff\x80"}', *good[2:]]))
    ran = command("import", file)
    assert ran.status == 2
    assert "m.jsonl 第 3 行：有不是 UTF-8 也不是 GB18030 的字节" in ran.err
    assert command("import", file, "--skip-bad").status == 0
    assert world.row("SELECT title FROM work_orders WHERE outside_no = '3'")["title"] == "第3号路灯不亮"
    assert (at_home / "m.jsonl.rejects").read_bytes().splitlines()[1] == b'{"id": "\xff\xff\x80"}'
