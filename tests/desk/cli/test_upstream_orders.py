"""Orders from above: their limit, state, return and marks are kept, and come again (practice P20)."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from db.codes import Deed
from db.times import to_ms
from desk import card, dispatch, finder, intake, lists, my_tickets
from desk.rules.calendar import CHINA
from tests.desk import unit_desk
from tests.desk.cli.conftest import Command
from tests.desk.cli.files import count, jsonl, message
from tests.world import World

ABOVE: dict[str, Any] = {
    "上级编号": "赣督2026-1",
    "上级时限": "2026-11-24 12:00",
    "上级状态": "已转办",
    "上级退回": "请核对地点",
    "领导批示": "请县里三日内办结",
    "督办": "是",
    "信访转": "√",
}


def taken(command: Command, folder: Path, number: int = 1, **more: Any) -> Any:
    file = jsonl(folder / "m.jsonl", [message(number, **more)])
    ran = command("import", file, "--channel", "省平台", "--json")
    assert ran.status == 0, ran.err
    return json.loads(ran.out)


def order(world: World) -> Any:
    return world.row("SELECT * FROM work_orders ORDER BY id LIMIT 1")


def test_what_the_upper_platform_says_is_kept(command: Command, world: World, at_home: Path) -> None:
    taken(command, at_home, **ABOVE)
    row = order(world)
    assert row["marks"] == "leader,upstream,petition"
    assert (row["upstream_no"], row["upstream_demand"]) == ("赣督2026-1", "请县里三日内办结")
    assert row["upstream_due_at"] == to_ms(datetime(2026, 11, 24, 12, tzinfo=CHINA))
    said = world.row("SELECT state, sent_back FROM outside_orders")
    assert (said["state"], said["sent_back"]) == ("已转办", "请核对地点")
    shown = str(card.card(world.desk("1002"), row["order_no"]).sections)
    for words in (
        "领导批示件、上级督办件、信访转办件",
        "上级状态 已转办",
        "上级退回 请核对地点",
        "上级编号 赣督2026-1",
        "上级时限",
    ):
        assert words in shown


def test_the_sooner_limit_rules(command: Command, world: World, at_home: Path) -> None:
    taken(command, at_home, 1, 上级时限="2026-11-23 10:00")
    taken(command, at_home, 2, 上级时限="2027-03-01")
    sooner, later = world.rows("SELECT press_at, upstream_due_at, stage_due_at FROM work_orders ORDER BY id")
    assert sooner["press_at"] == sooner["upstream_due_at"] < sooner["stage_due_at"]
    assert later["press_at"] == later["stage_due_at"] < later["upstream_due_at"]
    assert later["upstream_due_at"] == to_ms(datetime(2027, 3, 1, 18, tzinfo=CHINA))


def test_another_title_and_phone_are_taken_over_unless_the_house_set_its_own(
    command: Command, world: World, at_home: Path
) -> None:
    taken(command, at_home, subject="路灯", 联系电话="13800000001", 诉求类型="投诉")
    order_no = str(order(world)["order_no"])
    again = {"subject": "文峰路口路灯不亮", "联系电话": "13800000002", "诉求类型": "求助"}
    file = jsonl(at_home / "m.jsonl", [message(1, **again)])
    foreseen = command("import", file, "--channel", "省平台", "--dry-run").out
    for said in ("标题改为 文峰路口路灯不亮", "联系电话有变", "诉求类型 投诉 → 求助：没有改，请派单员核对"):
        assert said in foreseen
    assert "13800000002" not in foreseen
    taken(command, at_home, **again)
    row = order(world)
    assert (row["title"], row["contact_phone"], row["kind"]) == (
        "文峰路口路灯不亮",
        "13800000002",
        "complaint",
    )
    assert world.events(order_no) == ["import_order", "change_outside"]
    assert world.event_data(order_no)["heads"] == {"title": True, "contact_phone": True, "kind": False}
    assert "13800000002" not in json.dumps(world.event_data(order_no))
    assert [found.order_no for found in finder.find(world.desk("1203"), "文峰路口")] == [order_no]
    taken(command, at_home, **again)
    assert world.events(order_no) == ["import_order", "change_outside"]
    dispatch.correct(
        world.desk("1301"), order_no, reason="写清地点", title="文峰路口西侧路灯不亮", area_code=None
    )
    taken(command, at_home, **again)
    assert world.events(order_no) == ["import_order", "change_outside", "correct"]
    taken(command, at_home, **{**again, "subject": "路灯坏了"})
    assert order(world)["title"] == "文峰路口西侧路灯不亮"
    assert world.event_data(order_no)["heads"] == {"title": False}


def test_words_that_come_again_end_a_suspension(command: Command, world: World, at_home: Path) -> None:
    taken(command, at_home, 诉求类型="投诉", 联系电话="13800000001")
    order_no = str(order(world)["order_no"])
    for deed in (
        lambda: dispatch.send(world.desk("1301"), order_no, unit_desk.unit_id(world, "CY-CGJ")),
        lambda: my_tickets.sign(world.desk("2102"), order_no),
        *[lambda: my_tickets.log_contact_attempt(world.desk("2102"), order_no)] * 3,
        lambda: my_tickets.ask_suspension(world.desk("2102"), order_no, "等诉求人提供合同"),
        lambda: my_tickets.grant_suspension(world.desk("1301"), order_no),
    ):
        world.clock.tick(minutes=90)
        deed()
    events = world.events(order_no)
    taken(command, at_home, 诉求类型="投诉", 联系电话="13800000001", detail="路灯不亮，合同找到了")
    assert order(world)["suspended_at"] is None
    assert world.events(order_no) == [*events, "supplement"]
    assert world.event_data(order_no)["resumed"] == "citizen_wrote"
    told = world.row("SELECT body FROM messages WHERE template = 'resumed'")["body"]
    assert told.startswith(f"工单 {order_no} 诉求人来件补充，挂起自动结束，恢复计时")


@pytest.mark.parametrize(
    ("cells", "marks"),
    [
        ({"标记": "领导批示、督办"}, "leader,upstream"),
        ({"标记": "信访转办件"}, "petition"),
        ({"标记": "人大建议；舆情"}, "media,delegates"),
        ({"标记": "无", "督办": "否", "领导批示": ""}, ""),
        ({"是否督办": "1"}, "upstream"),
    ],
)
def test_marks_survive_however_they_are_written(
    command: Command, world: World, at_home: Path, cells: dict[str, str], marks: str
) -> None:
    taken(command, at_home, **cells)
    assert order(world)["marks"] == marks
    assert (world.event_data(order(world)["order_no"]).get("marks") or "") == marks


@pytest.mark.parametrize(
    ("cells", "line"),
    [
        ({"标记": "加急件"}, "标记：不认识“加急件”，可写：领导批示件、上级督办件"),
        ({"上级时限": "五个工作日"}, "上级时限：“五个工作日”看不懂"),
        ({"领导批示": "批" * 501}, "上级要求"),
        ({"上级状态": "办" * 41}, "上级状态：最多 40 字"),
    ],
)
def test_what_cannot_be_kept_is_named_by_row_and_field(
    command: Command, world: World, at_home: Path, cells: dict[str, str], line: str
) -> None:
    ran = command("import", jsonl(at_home / "m.jsonl", [message(1, **cells)]), "--channel", "省平台")
    assert ran.status == 2
    assert ran.err.startswith(f"m.jsonl 第 1 行 {line}")
    assert count(world) == 0


def test_an_order_that_comes_again_with_other_words_from_above_is_updated(
    command: Command, world: World, at_home: Path
) -> None:
    taken(command, at_home, 标记="督办")
    told = taken(command, at_home, 上级时限="2026-11-23 10:30", 上级状态="催办", 领导批示="是")
    assert (told["imported"], told["known"], told["updated"]) == (0, 0, 1)
    row = order(world)
    assert world.events(row["order_no"]) == ["import_order", "change_outside"]
    assert row["marks"] == "leader,upstream"
    assert row["press_at"] == row["upstream_due_at"] == to_ms(datetime(2026, 11, 23, 10, 30, tzinfo=CHINA))
    assert world.row("SELECT state FROM outside_orders")["state"] == "催办"
    data = world.event_data(row["order_no"])
    assert (data["marks_before"], data["marks"]) == ("upstream", "leader,upstream")
    again = taken(command, at_home, 上级时限="2026-11-23 10:30", 上级状态="催办", 领导批示="是")
    assert (again["known"], again["updated"]) == (1, 0)


def test_empty_cells_take_nothing_away(command: Command, world: World, at_home: Path) -> None:
    taken(command, at_home, **ABOVE)
    before = order(world)
    assert taken(command, at_home, **dict.fromkeys(ABOVE, ""))["known"] == 1
    assert order(world) == before


def test_changed_words_are_a_supplement_and_the_unit_is_told(
    command: Command, world: World, at_home: Path
) -> None:
    number = unit_desk.signed(world, channel="provincial", outside_no="1", content=message(1)["detail"])
    told = taken(command, at_home, detail=message(1)["detail"] + "昨夜有人摔倒。", 上级退回="情况不明")
    assert told["supplemented"] == 1
    row = world.row("SELECT content, status FROM work_orders WHERE order_no = :no", no=number)
    assert row["content"].startswith(message(1)["detail"] + "\n【来件补充 11-23 ")
    assert row["content"].endswith("】昨夜有人摔倒。")
    assert row["status"] == "in_progress"
    assert world.events(number)[-1] == "supplement"
    bodies = [each["body"] for each in world.rows("SELECT body FROM messages")]
    assert any("有诉求人补充" in body for body in bodies)
    assert any("上级平台有新的时限、要求或退回" in body for body in bodies)
    assert not any("摔倒" in body for body in bodies)
    assert taken(command, at_home, detail=message(1)["detail"] + "昨夜有人摔倒。")["known"] == 1


def test_changed_words_of_an_order_that_is_over_are_told_and_not_written(
    command: Command, world: World, at_home: Path
) -> None:
    taken(command, at_home)
    number = order(world)["order_no"]
    intake.void(world.desk("1002"), number, "重复登记")
    before = order(world)
    file = jsonl(at_home / "m.jsonl", [message(1, detail="又坏了")])
    ran = command("import", file, "--channel", "省平台")
    assert ran.status == 0
    assert f"第 1 行  已在册，内容有变但工单已结束：未写入，请核实是否重新启动  {number}" in ran.out
    assert order(world) == before


def test_an_order_that_turns_secret_above_turns_secret_here(
    command: Command, world: World, at_home: Path
) -> None:
    taken(command, at_home)
    assert taken(command, at_home, 保密="是")["updated"] == 1
    assert order(world)["is_confidential"] == 1


def test_a_unit_is_not_told_what_an_upper_platform_says_of_a_secret_order(
    command: Command, world: World, at_home: Path
) -> None:
    taken(command, at_home, kind="举报", 上级退回="李某某住上街九号", 领导批示="请核查李某某反映的问题")
    number = order(world)["order_no"]
    row = unit_desk.order_row(world, number)
    assert row["is_confidential"] == 1
    assert "李某某住上街九号" in str(card.card(world.desk("1002"), number).sections)
    with world.database.write() as writer:
        unit = unit_desk.unit_id(world, "CY-CGJ")
        writer.run(
            "INSERT INTO assignments (uid, order_id, part, unit_id, round, sent_at)"
            " VALUES ('x', :id, 'steward', :unit, 1, 1)",
            id=row["id"],
            unit=unit,
        )
        writer.update("work_orders", row["id"], {"status": "to_sign", "steward_id": unit})
    shown = card.card(world.desk("2101"), number)
    assert "李某某" not in str(shown)


def test_a_mark_stands_before_the_title_on_the_list(command: Command, world: World, at_home: Path) -> None:
    taken(command, at_home, 信访转="是", 领导批示="是")
    desk = world.desk("1301")
    with desk.reading() as reader:
        row = lists.one(desk, reader, order(world)["id"])
    assert row.listed_title.startswith("批示 信访 ")


def test_the_event_of_a_change_belongs_to_who_imported(command: Command, world: World, at_home: Path) -> None:
    taken(command, at_home)
    taken(command, at_home, 上级状态="已催办")
    row = world.row(
        "SELECT e.kind, s.staff_no FROM events e JOIN staff s ON s.uid = e.actor_uid WHERE e.kind = :kind",
        kind=str(Deed.CHANGE_OUTSIDE),
    )
    assert row["staff_no"] == "1001"
