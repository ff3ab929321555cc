"""`desk channel`: the saved 列对照 of a channel, and files that are read by it (practice P20)."""

import json
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.desk.cli.conftest import Command
from tests.desk.cli.files import count, jsonl, table
from tests.world import World

HEADS = ("序号", "工单号", "诉求标题", "诉求内容", "诉求时间", "群众电话", "要求办结", "批示内容", "办理结果")
ROW = ("1", "GJ-1", "路灯不亮", "横水镇路灯坏了一周", "2026-11-20 8:30", "13800000001", "2026-11-30", "", "")
SAVE = ("--map", "编号=工单号", "--map", "联系电话=群众电话", "--map", "上级时限=要求办结")


def sample(folder: Path, *rows: tuple[str, ...], name: str = "样表.csv") -> Path:
    return table(folder / name, [HEADS, *rows])


def test_a_mapping_is_saved_from_a_sample_shown_listed_and_removed(
    command: Command, world: World, at_home: Path
) -> None:
    ran = command("channel", "save", "国家平台", "--from", sample(at_home), *SAVE)
    assert (ran.status, ran.err) == (0, "")
    shown = command("channel", "show", "国家平台").out.splitlines()
    assert shown[0] == "国家平台（国家平台）"
    assert [line.split() for line in shown[1:]] == [
        ["序号", "不读"], ["工单号", "编号"], ["诉求标题", "标题"], ["诉求内容", "内容"], ["诉求时间", "时间"],
        ["群众电话", "联系电话"], ["要求办结", "上级时限"], ["批示内容", "领导批示"], ["办理结果", "办理结果"],
    ]  # fmt: skip
    (listed,) = command("channel", "list").out.splitlines()
    assert listed.split()[:3] == ["国家平台", "国家平台", "8"]
    assert json.loads(command("channel", "list", "--json").out)["channel"] == "national"
    assert command("channel", "remove", "国家平台").out.startswith("已移除：国家平台")
    assert command("channel", "list").out.startswith("还没有保存列对照")
    kinds = [row["kind"] for row in world.rows("SELECT kind FROM events ORDER BY seq")]
    assert kinds.count("map_channel") == 2


def test_a_file_is_read_by_the_mapping_of_its_channel(command: Command, world: World, at_home: Path) -> None:
    file = sample(at_home, ROW)
    command("channel", "save", "国家平台", "--from", file, *SAVE)
    ran = command("import", file, "--channel", "国家平台")
    assert (ran.status, ran.out) == (0, "已导入 1 件，均在待派单\n")
    row = world.row("SELECT outside_no, channel, contact_phone, title FROM work_orders")
    assert tuple(row.values()) == ("GJ-1", "national", "13800000001", "路灯不亮")
    assert world.row("SELECT map_name FROM outside_orders")["map_name"] == "国家平台"


def test_a_mapping_reads_no_column_besides_its_own(command: Command, world: World, at_home: Path) -> None:
    file = sample(at_home, (*ROW[:7], "请速办", ""))
    command("channel", "save", "国家平台", "--from", file, *SAVE, "--map", "领导批示=")
    command("import", file, "--channel", "国家平台")
    command("import", file, "--channel", "网站", "--skip-bad")
    (row,) = world.rows("SELECT marks, upstream_demand FROM work_orders")
    assert tuple(row.values()) == ("", "")


def test_a_mapping_reads_workbooks_and_lines_of_json_too(
    command: Command, world: World, at_home: Path
) -> None:
    command("channel", "save", "省厅", "--of", "省平台", "--from", sample(at_home), *SAVE)
    book = Workbook()
    assert book.active is not None
    book.active.append(HEADS)
    book.active.append([1, 20260001, *ROW[2:]])
    book.save(at_home / "来件.xlsx")
    keys = dict(zip(HEADS, ("2", "20260002", *ROW[2:]), strict=True))
    assert command("import", at_home / "来件.xlsx", "--channel", "省厅").status == 0
    assert command("import", jsonl(at_home / "来件.jsonl", [keys]), "--channel", "省厅").status == 0
    rows = world.rows("SELECT outside_no, channel FROM work_orders ORDER BY id")
    assert [tuple(row.values()) for row in rows] == [("20260001", "provincial"), ("20260002", "provincial")]


def test_saving_again_takes_the_place_of_the_older_one(command: Command, world: World, at_home: Path) -> None:
    command("channel", "save", "国家平台", "--from", sample(at_home), *SAVE)
    pairs = ("编号=号", "标题=题", "内容=文", "时间=时")
    command("channel", "save", "国家平台", *(word for pair in pairs for word in ("--map", pair)))
    (row,) = [json.loads(line) for line in command("channel", "list", "--json").out.splitlines()]
    assert [each["column"] for each in row["columns"]] == ["号", "题", "文", "时"]
    assert len(world.rows("SELECT id FROM channel_maps")) == 2


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("--map", "门牌=甲"), "没有字段“门牌”，可写：编号、标题"),
        (("--map", "编号"), "对照须写成 字段=列名"),
        (("--map", "编号=没有这列"), "样表.csv 没有列：没有这列"),
        (("--map", "编号=序号", "--map", "标题=序号"), "“序号”列不能既是编号又是标题"),
        (("--map", "编号=序号", "--map", "编号=工单号"), "编号不能来自两列"),
        ((), "还没有说哪一列是编号"),
        (("--of", "飞鸽", "--map", "编号=工单号"), "没有这个渠道，可写："),
        (("--of", "网站", "--map", "编号=工单号"), "“国家平台”是另一渠道的名字"),
    ],
)
def test_a_mapping_that_cannot_work_is_refused_with_what_to_do(
    command: Command, world: World, at_home: Path, words: tuple[str, ...], line: str
) -> None:
    ran = command("channel", "save", "国家平台", "--from", sample(at_home), *words)
    assert ran.status == 2
    assert line in ran.err
    assert world.rows("SELECT id FROM channel_maps") == []


def test_two_columns_of_one_name_are_refused(command: Command, at_home: Path) -> None:
    file = table(at_home / "样表.csv", [(*HEADS, " 工单号 ")])
    assert "有两列都叫“工单号”" in command("channel", "save", "国家平台", "--from", file, *SAVE).err


def test_a_name_that_is_no_channel_needs_its_channel(command: Command, at_home: Path) -> None:
    ran = command("channel", "save", "省厅", "--from", sample(at_home), *SAVE)
    assert (ran.status, ran.err[:18]) == (2, "请用 --of 说明是哪个渠道的，可写："[:18])


def test_a_file_without_a_column_of_its_mapping_is_refused_as_a_whole(
    command: Command, world: World, at_home: Path
) -> None:
    command("channel", "save", "国家平台", "--from", sample(at_home), *SAVE)
    heads = tuple(head for head in HEADS if head != "批示内容")
    file = table(at_home / "来件.csv", [heads, ROW[:7] + ROW[8:]])
    ran = command("import", file, "--channel", "国家平台")
    assert ran.status == 2
    assert "来件.csv 第 1 行表头缺少列：批示内容（列对照“国家平台”要读的）" in ran.err
    assert "desk channel save" in ran.err
    assert count(world) == 0


@pytest.mark.parametrize("words", [("show", "无"), ("remove", "无")])
def test_an_unknown_mapping_is_named(command: Command, words: tuple[str, ...]) -> None:
    ran = command("channel", *words)
    assert (ran.status, ran.err) == (2, "没有叫“无”的列对照，desk channel list 列出全部\n")


def test_an_unknown_channel_names_the_saved_mappings_too(command: Command, at_home: Path) -> None:
    command("channel", "save", "省厅", "--of", "省平台", "--from", sample(at_home), *SAVE)
    ran = command("import", sample(at_home, ROW, name="来件.csv"), "--channel", "飞鸽")
    assert "--channel 不认识 飞鸽，可选：电话12345" in ran.err
    assert "省厅" in ran.err


@pytest.mark.parametrize("words", [("list",), ("show", "国家平台"), ("remove", "国家平台")])
def test_only_who_may_keep_mappings_sees_them(command: Command, words: tuple[str, ...]) -> None:
    ran = command("channel", *words, "--as", "1203")
    assert (ran.status, ran.err) == (2, "您没有“渠道列对照”的权限，请由班长、管理员办理\n")
