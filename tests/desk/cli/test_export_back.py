"""`desk export --channel`: our number at acceptance, the result only after 办结审核, in the channel's columns (P20)."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from db.codes import Satisfaction
from desk import intake, review
from desk.rules.callbacks import Survey
from tests.desk import review_life
from tests.desk.cli.conftest import Command
from tests.desk.cli.files import jsonl, message, table
from tests.world import World

HEADS = ("工单号", "诉求标题", "诉求内容", "诉求时间", "电话", "备注", "处理结果")
SAVE = ("--map", "编号=工单号", "--map", "办理结果=处理结果")
FROM_ABOVE = {"channel": "provincial", "outside_no": "GJ-1"}


@pytest.fixture
def mapped(command: Command, world: World, at_home: Path) -> Command:
    """省平台 has a mapping whose file has a column of its own for the result."""
    command("channel", "save", "省平台", "--from", table(at_home / "样表.csv", [HEADS]), *SAVE)
    return command


def reply_passed(world: World) -> str:
    """The unit's own reviewer has passed the reply; return its words."""
    with world.database.write() as writer:
        writer.run("UPDATE replies SET verdict = 'granted'")
    return str(world.row("SELECT public_reply FROM replies ORDER BY id DESC LIMIT 1")["public_reply"])


def exported(command: Command, folder: Path, *words: str) -> list[dict[str, Any]]:
    path = folder / "back.jsonl"
    ran = command("export", path, "--channel", "省平台", "--force", *words)
    assert ran.status == 0, ran.err
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_our_number_goes_back_at_acceptance_in_the_shape_of_the_file(
    mapped: Command, world: World, at_home: Path
) -> None:
    row = ("GJ-1", "路灯不亮", "横水镇路灯坏了", "2026-11-20 8:30", "13800000001", "无", "")
    mapped("import", table(at_home / "in.csv", [HEADS, row]), "--channel", "省平台")
    (back,) = exported(mapped, at_home)
    assert tuple(back)[:7] == HEADS
    assert tuple(back)[7:] == ("我方编号", "办理状态", "承办单位", "办结时间")
    number = world.row("SELECT order_no FROM work_orders")["order_no"]
    assert back == {
        "工单号": "GJ-1", "诉求标题": "路灯不亮", "诉求内容": "横水镇路灯坏了", "诉求时间": "2026-11-20 08:30",
        "电话": "138****0001", "备注": "", "处理结果": "", "我方编号": number, "办理状态": "已受理", "承办单位": "",
        "办结时间": "",
    }  # fmt: skip


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_tables_go_back_as_tables(mapped: Command, world: World, at_home: Path, form: str) -> None:
    world.order(title="=cmd|' /C calc'!A0", **FROM_ABOVE)
    path = at_home / f"back.{form}"
    assert mapped("export", path, "--channel", "省平台").status == 0
    if form == "csv":
        head, row = csv.reader(path.read_text(encoding="utf-8-sig").splitlines())
    else:
        sheet = load_workbook(path).worksheets[0]
        assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)
        head, row = ([cell or "" for cell in line] for line in sheet.iter_rows(values_only=True))
    assert tuple(head[:7]) == HEADS
    assert (row[0], row[1]) == ("GJ-1", "'=cmd|' /C calc'!A0")


def test_the_result_goes_back_only_after_the_closing_review(
    mapped: Command, world: World, at_home: Path
) -> None:
    number = review_life.in_review(world, **FROM_ABOVE)
    reply = reply_passed(world)
    (back,) = exported(mapped, at_home)
    assert (back["我方编号"], back["办理状态"], back["处理结果"]) == (number, "办理中", "")
    assert exported(mapped, at_home) == []
    world.clock.tick(minutes=5)
    review.pass_close_review(world.desk("1501"), number)
    (back,) = exported(mapped, at_home)
    assert (back["办理状态"], back["处理结果"]) == ("已办结", reply)
    assert back["办结时间"]
    assert exported(mapped, at_home) == []
    assert len(exported(mapped, at_home, "--all")) == 1


def test_a_result_that_was_taken_back_goes_again_when_it_has_passed_again(
    mapped: Command, world: World, at_home: Path
) -> None:
    number = review_life.dissatisfied(world, **FROM_ABOVE)
    assert exported(mapped, at_home)[0]["办理状态"] == "已办结"
    world.clock.tick(minutes=5)
    review.rework(world.desk("1501"), number, "现场复核")
    (back,) = exported(mapped, at_home, "--all")
    assert (back["办理状态"], back["处理结果"]) == ("办理中", "")


def test_an_order_that_is_declined_goes_back_with_that(mapped: Command, world: World, at_home: Path) -> None:
    number = world.order(**FROM_ABOVE).order_no
    exported(mapped, at_home)
    world.clock.tick(minutes=5)
    intake.decline_order(world.desk("1203"), number, "lawsuit", "已在法院审理")
    (back,) = exported(mapped, at_home)
    assert (back["办理状态"], back["处理结果"]) == ("不予受理", "不予受理")


@pytest.mark.parametrize("secret", [{"kind": "tip_off"}, {"is_confidential": True}])
def test_a_secret_order_goes_back_with_its_numbers_alone(
    mapped: Command, world: World, at_home: Path, secret: dict[str, Any]
) -> None:
    number = review_life.to_call_back(world, **FROM_ABOVE)
    with world.database.write() as writer:
        writer.run(
            "UPDATE work_orders SET is_confidential = 1"
            if "is_confidential" in secret
            else "UPDATE work_orders SET kind = 'tip_off'"
        )
    (back,) = exported(mapped, at_home)
    assert {head: said for head, said in back.items() if said} == {
        "工单号": "GJ-1",
        "我方编号": number,
        "办理状态": "已办结",
        "处理结果": "按保密规定另行报送",
    }


def test_orders_of_other_channels_and_other_mappings_stay_at_home(
    mapped: Command, world: World, at_home: Path
) -> None:
    world.order()
    world.order(channel="national", outside_no="N-1")
    mapped("channel", "save", "省厅", "--of", "省平台", "--from", at_home / "样表.csv", *SAVE)
    row = ("T-1", "路灯", "路灯坏了", "2026-11-20", "", "", "")
    mapped("import", table(at_home / "in.csv", [HEADS, row]), "--channel", "省厅")
    assert exported(mapped, at_home) == []


def test_a_channel_without_a_mapping_gets_the_usual_columns(
    command: Command, world: World, at_home: Path
) -> None:
    command("import", jsonl(at_home / "m.jsonl", [message(7)]), "--channel", "省平台")
    (back,) = exported(command, at_home)
    assert tuple(back) == ("编号", "标题", "时间", "我方编号", "办理状态", "承办单位", "办理结果", "办结时间")
    assert (back["编号"], back["标题"]) == ("7", "第7号路灯不亮")


def test_numbers_of_telephones_do_not_leave_in_a_result(mapped: Command, world: World, at_home: Path) -> None:
    review_life.to_call_back(world, **FROM_ABOVE)
    reply_passed(world)
    with world.database.write() as writer:
        writer.run("UPDATE replies SET public_reply = '已联系 13912345678，请放心'")
    (back,) = exported(mapped, at_home)
    assert back["处理结果"] == "已联系 ［已隐去］，请放心"


def test_without_a_written_reply_the_result_is_what_the_caller_was_told(
    mapped: Command, world: World, at_home: Path
) -> None:
    review_life.to_call_back(world, **FROM_ABOVE)
    with world.database.write() as writer:
        writer.run("DELETE FROM replies")
    (back,) = exported(mapped, at_home)
    assert back["处理结果"] == "已电话告知处理结果"


def test_an_export_that_could_not_be_written_leaves_everything_to_be_told(
    mapped: Command, world: World, at_home: Path
) -> None:
    world.order(**FROM_ABOVE)
    taken = at_home / "back.csv"
    taken.write_text("mine", encoding="utf-8")
    ran = mapped("export", taken, "--channel", "省平台")
    assert (ran.status, "已存在，未做任何改动" in ran.err) == (2, True)
    assert mapped("export", at_home / "none" / "back.csv", "--channel", "省平台").status == 2
    assert "exported" not in [row["kind"] for row in world.rows("SELECT kind FROM events")]
    assert len(exported(mapped, at_home)) == 1


def test_an_export_is_one_event_with_what_it_told(mapped: Command, world: World, at_home: Path) -> None:
    review_life.to_call_back(world, **FROM_ABOVE)
    told = json.loads(mapped("export", at_home / "b.csv", "--channel", "省平台", "--json").out)
    assert (told["orders"], told["results"]) == (1, 1)
    row = world.row("SELECT data FROM events WHERE kind = 'exported'")
    assert json.loads(row["data"]) == {"channel": "provincial", "form": ".csv", "orders": 1, "results": 1}


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("--channel", "飞鸽"), "--channel 不认识 飞鸽"),
        (("--all",), "--all 须与 --channel 同用"),
        (("--channel", "省平台", "--as", "1203"), "您没有“导出”的权限"),
    ],
)
def test_what_cannot_go_back_is_said(
    command: Command, at_home: Path, words: tuple[str, ...], line: str
) -> None:
    ran = command("export", at_home / "b.csv", *words)
    assert (ran.status, line in ran.err) == (2, True)


def test_a_call_back_that_satisfies_is_no_news(mapped: Command, world: World, at_home: Path) -> None:
    number = review_life.to_call_back(world, **FROM_ABOVE)
    exported(mapped, at_home)
    world.clock.tick(hours=1)
    review.finish_callback(world.desk("1601"), number, Survey(Satisfaction.SATISFIED), "满意")
    assert exported(mapped, at_home) == []
