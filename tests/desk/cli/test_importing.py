"""`desk import`: a whole file or nothing, none twice."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from db.doors import StoreTrouble, Trouble
from db.times import to_ms
from desk import importing
from desk.context import Desk
from desk.importing import Foreseen, Message, Source, taking_in
from desk.troubles import unusable
from tests.desk.cli.conftest import Command
from tests.desk.cli.files import (
    HEAD,
    OPEN_MESSAGES,
    ROW,
    add_village,
    count,
    jsonl,
    message,
    needs_open_messages,
    table,
)
from tests.world import World


def test_messages_become_orders_that_wait_for_dispatch(command: Command, world: World, at_home: Path) -> None:
    file = jsonl(at_home / "m.jsonl", [message(1, reply="已修复", reply_time="2026-11-21", likes=3)])
    ran = command("import", file)
    assert (ran.status, ran.out, ran.err) == (0, "已导入 1 件，均在待派单\n", "")
    row = world.row("SELECT * FROM work_orders")
    assert (row["status"], row["kind"], row["channel"]) == ("to_dispatch", "undetermined", "mailbox")
    assert (row["outside_no"], row["title"], row["answer_way"]) == ("1", "第1号路灯不亮", "online")
    assert row["accepted_at"] > row["raised_at"] == to_ms(datetime(2020, 11, 20, 13, 5, tzinfo=UTC))
    assert row["earlier_steps"] == "原平台2026-11-21已答复：已修复"
    assert world.events(row["order_no"]) == ["import_order"]
    assert world.event_data(row["order_no"])["likes"] == 3
    assert row["citizen_due_at"] > row["stage_due_at"] > row["accepted_at"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_table_is_read_in_every_encoding_that_is_common_here(
    command: Command, world: World, at_home: Path, encoding: str
) -> None:
    ran = command("import", table(at_home / "t.csv", [HEAD, ROW], encoding))
    assert (ran.status, ran.err) == (0, "")
    row = world.row("SELECT * FROM work_orders")
    assert (row["title"], row["content"], row["kind"], row["urgency"]) == (
        "停水",
        "老城区停水三天",
        "complaint",
        "urgent",
    )
    assert (row["contact_phone"], row["requester_name"], row["place"]) == ("13800000000", "李女士", "上街")
    assert (row["area_code"], row["channel"]) == ("360725100000", "web")
    assert world.row("SELECT phone FROM requesters")["phone"] == "13800000000"


def test_a_workbook_is_read_with_its_dates_and_numbers(command: Command, world: World, at_home: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["编号", "标题", "内容", "时间"])
    sheet.append([1001, "停电", "整栋楼停电", datetime(2026, 11, 20, 8, 30)])
    sheet.append([None, None, None, None])
    sheet.append([1002.0, "停气", "整栋楼停气", "2026年11月20日"])
    book.save(at_home / "t.xlsx")
    ran = command("import", at_home / "t.xlsx", "--channel", "省平台")
    assert (ran.status, ran.err) == (0, "")
    rows = world.rows("SELECT outside_no, channel, raised_at FROM work_orders ORDER BY id")
    assert [row["outside_no"] for row in rows] == ["1001", "1002"]
    assert rows[0]["raised_at"] - rows[1]["raised_at"] == 8.5 * 3_600_000
    assert rows[0]["channel"] == "provincial"


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("横水镇", "360725100000"),
        ("过埠镇 老城社区", "360725200001"),
        ("老城社区", None),
        ("横水镇阳岭大道", None),
        ("", None),
    ],
)
def test_a_place_that_is_just_an_area_says_the_area(
    command: Command, world: World, at_home: Path, place: str, code: str | None
) -> None:
    with world.database.write() as writer:
        add_village(writer)
    row = [*ROW[:8], place, "", *ROW[10:]]
    assert command("import", table(at_home / "t.csv", [HEAD, row])).status == 0
    kept = world.row("SELECT area_code, place FROM work_orders")
    assert (kept["area_code"], kept["place"]) == (code, place)


def test_the_help_names_every_column_and_the_rejects(bare: Command) -> None:
    said = bare("import", "--help").out
    assert all(name in said for names in importing.HEADS.values() for name in names)
    assert all(f"{importing.HEADS[field][0]}*" in said for field in importing.REQUIRED)
    assert "末列“错误”" in said


def test_a_second_run_adds_nothing(command: Command, world: World, at_home: Path) -> None:
    file = jsonl(at_home / "m.jsonl", map(message, range(250)))
    assert json.loads(command("import", file, "--json").out)["imported"] == 250
    again = json.loads(command("import", file, "--json").out)
    assert (again["imported"], again["known"]) == (0, 250)
    assert command("import", file).out == "没有新导入的工单；250 件此前已导入，未重复\n"
    assert count(world) == 250
    assert world.row("SELECT count(*) AS n FROM events WHERE kind = 'import_order'")["n"] == 250


def test_the_same_number_from_another_channel_is_another_order(
    command: Command, world: World, at_home: Path
) -> None:
    file = jsonl(at_home / "m.jsonl", [message(1)])
    command("import", file)
    command("import", file, "--channel", "网站")
    assert count(world) == 2


def test_rare_characters_and_hostile_words_are_stored_as_they_are(
    command: Command, world: World, at_home: Path
) -> None:
    words = "𠮷野家🙂 [/b] '; DROP TABLE work_orders; -- １３８ \u200dAB"
    command("import", jsonl(at_home / "m.jsonl", [message(1, detail=words * 200, subject=words)]))
    row = world.row("SELECT title, content FROM work_orders")
    assert row["title"] == words.replace("\u200d", "")
    assert row["content"].startswith("𠮷野家🙂 [/b] '; DROP TABLE")


def test_a_tip_off_is_confidential_and_keeps_no_requester(
    command: Command, world: World, at_home: Path
) -> None:
    row = [*ROW[:4], "举报", *ROW[5:]]
    command("import", table(at_home / "t.csv", [HEAD, row]))
    assert world.row("SELECT is_confidential FROM work_orders")["is_confidential"] == 1
    assert world.rows("SELECT * FROM requesters") == []


def test_only_who_may_import_may(command: Command, world: World, at_home: Path) -> None:
    file = jsonl(at_home / "m.jsonl", [message(1)])
    ran = command("import", file, "--as", "1203")
    assert ran.status == 2
    assert "您没有“导入受理”的权限，请由班长、管理员办理" in ran.err
    assert count(world) == 0


def test_an_unknown_channel_is_named(command: Command, at_home: Path) -> None:
    ran = command("import", jsonl(at_home / "m.jsonl", [message(1)]), "--channel", "飞鸽")
    assert ran.status == 2
    assert "--channel 不认识 飞鸽，可选：电话12345" in ran.err


def test_a_broken_run_is_continued_by_running_it_again(
    command: Command, world: World, at_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = jsonl(at_home / "m.jsonl", map(message, range(300)))
    desk = world.desk("1001")
    messages = importing.examine(desk, importing.read_table(file)).messages

    def stop(done: int, _: int) -> None:
        if done >= 100:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        importing.take_in(desk, messages, stop)
    assert 100 <= count(world) < 300
    told = json.loads(command("import", file, "--json").out)
    assert told["imported"] + told["known"] == 300
    assert count(world) == 300
    assert world.row("SELECT count(DISTINCT outside_no) AS n FROM work_orders")["n"] == 300


def test_a_program_killed_in_the_middle_leaves_whole_orders_only(
    command: Command, world: World, at_home: Path
) -> None:
    file = jsonl(at_home / "m.jsonl", map(message, range(900)))
    words = [sys.executable, "-m", "desk", "import", str(file)]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    ends = time.monotonic() + 60
    while count(world) < 100 and process.poll() is None and time.monotonic() < ends:
        time.sleep(0.01)
    process.send_signal(signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
    process.wait(timeout=30)
    before = count(world)
    assert before >= 100
    assert command("check").status == 0
    assert json.loads(command("import", file, "--json").out)["known"] == before
    assert count(world) == 900
    assert command("check").status == 0


def test_a_batch_ends_when_its_transaction_has_lasted_long_enough(
    world: World, at_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking_in, "_LONGEST_SECONDS", -1.0)
    desk, pauses = world.desk("1001"), list[float]()
    messages = importing.examine(
        desk, importing.read_table(jsonl(at_home / "m.jsonl", map(message, range(5))))
    ).messages
    taken = importing.take_in(desk, messages, pause=pauses.append)
    assert (taken.imported, taken.known) == (5, 0)
    assert len(pauses) == 5


@needs_open_messages
def test_real_messages_are_taken_in_once(command: Command, world: World, at_home: Path) -> None:
    file = at_home / "real.jsonl"
    with OPEN_MESSAGES.open(encoding="utf-8") as lines:
        file.write_text("".join(line for _, line in zip(range(300), lines, strict=False)), encoding="utf-8")
    assert json.loads(command("import", file, "--json").out)["imported"] == 300
    assert json.loads(command("import", file, "--json").out)["imported"] == 0
    assert command("check").status == 0
    assert command("list").out.splitlines()[-1].startswith("共 300 件")


@needs_open_messages
def test_every_real_message_is_sound(world: World) -> None:
    checked = importing.examine(world.desk("1001"), importing.read_table(OPEN_MESSAGES))
    assert checked.flaws == ()
    assert len(checked.messages) == len(checked.table.lines)


def test_an_interrupted_import_says_how_to_go_on(
    command: Command, at_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(importing, "take_in", interrupted)
    ran = command("import", jsonl(at_home / "m.jsonl", [message(1)]))
    assert ran.status == 130
    assert ran.err == "已中断；已导入的工单都是完整的，再运行一次同一命令即可继续\n"


def test_a_disk_that_fills_up_on_the_way_says_what_is_in_and_how_to_go_on(
    command: Command, world: World, at_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = jsonl(at_home / "m.jsonl", map(message, range(250)))
    whole = taking_in._take_batch

    def until_full(desk: Desk, batch: Sequence[Message], source: Source | None = None) -> list[Foreseen]:
        if count(world) >= 200:
            raise unusable(StoreTrouble(Trouble.DISK_FULL))
        return whole(desk, batch, source)

    monkeypatch.setattr(taking_in, "_take_batch", until_full)
    ran = command("import", file)
    assert ran.status == 2
    assert ran.err == (
        "m.jsonl 导入到第 200 件时停下（磁盘已满）；已导入的工单都是完整的，排除原因后再运行一次同一命令即可继续\n"
    )
    assert count(world) == 200
    monkeypatch.setattr(taking_in, "_take_batch", whole)
    assert json.loads(command("import", file, "--json").out) == {
        "imported": 50,
        "known": 200,
        "supplemented": 0,
        "updated": 0,
        "too_late": 0,
        "doubles": 0,
        "rejected": 0,
        "rejects": None,
    }


def test_half_a_character_in_the_area_is_named_by_line_and_field(
    command: Command, world: World, at_home: Path
) -> None:
    file = at_home / "m.jsonl"
    bad = json.dumps({**message(2), "area": "@"}, ensure_ascii=False).replace("@", "横\\ud800b")
    file.write_text(f"{json.dumps(message(1), ensure_ascii=False)}\n{bad}\n", encoding="utf-8")
    ran = command("import", file)
    assert ran.status == 2
    assert "m.jsonl 第 2 行" in ran.err
    assert "区域" in ran.err
    assert count(world) == 0
