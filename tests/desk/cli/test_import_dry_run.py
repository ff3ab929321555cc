"""`desk import --dry-run`: what would become of each row, and double entries (practice P20, P10, P32 c)."""

import json
from pathlib import Path
from typing import Any

import pytest

from db.codes import OrderKind
from desk import dispatch
from tests.desk.cli.conftest import Command
from tests.desk.cli.files import count, jsonl, message
from tests.world import World

PHONE = "13800000009"


def matter(number: int, **more: Any) -> dict[str, Any]:
    """The same matter in nearly the same words, whatever its number."""
    words = {
        "subject": "路灯坏了一个星期",
        "detail": "横水镇老街路灯坏了一个星期，晚上看不见路",
        "phone": PHONE,
    }
    return message(number, **{**words, **more})


def other(number: int, **more: Any) -> dict[str, Any]:
    return matter(number, subject="医保怎么转移", detail="在外地上班，想问医保关系如何办理转移", **more)


def twins(world: World) -> list[tuple[int, int, str]]:
    rows = world.rows("SELECT order_id, other_id, kind FROM order_links ORDER BY id")
    return [(row["order_id"], row["other_id"], row["kind"]) for row in rows]


def test_a_dry_run_says_of_each_row_what_would_become_of_it(
    command: Command, world: World, at_home: Path
) -> None:
    command("import", jsonl(at_home / "old.jsonl", [message(1), message(2), message(3)]))
    numbers = [row["order_no"] for row in world.rows("SELECT order_no FROM work_orders ORDER BY id")]
    rows = [
        message(1),
        message(2, detail="换了内容"),
        message(3, 督办="是"),
        message(4, 领导批示="是", 上级时限="2026-12-01"),
    ]
    file = jsonl(at_home / "new.jsonl", rows)
    before = [
        world.rows(f"SELECT * FROM {name}") for name in ("work_orders", "outside_orders", "order_links")
    ]
    ran = command("import", file, "--dry-run")
    after = [world.rows(f"SELECT * FROM {name}") for name in ("work_orders", "outside_orders", "order_links")]
    assert after == before
    assert {row["kind"] for row in world.rows("SELECT kind FROM events")} == {"log_in", "import_order"}
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        f"第 1 行  已在册，无变化  {numbers[0]}",
        f"第 2 行  已在册，内容有变：补充  {numbers[1]}",
        f"第 3 行  已在册，来件更新  {numbers[2]}  添标记 督办",
        "第 4 行  新工单  标记 批示  上级时限 12-01 18:00",
        "共 4 行：新工单 1，已在册 1，补充 1，来件更新 1；只是预演，什么也没有写",
    ]
    told = [json.loads(line) for line in command("import", file, "--dry-run", "--json").out.splitlines()]
    assert [line["fate"] for line in told] == ["known", "supplemented", "updated", "new"]


def test_a_dry_run_foretells_what_the_import_does(command: Command, world: World, at_home: Path) -> None:
    command("import", jsonl(at_home / "old.jsonl", [message(1), message(2)]))
    file = jsonl(
        at_home / "new.jsonl", [message(1, detail="换了"), message(2), message(3), matter(4), matter(5)]
    )
    foretold = [json.loads(line) for line in command("import", file, "--dry-run", "--json").out.splitlines()]
    done = json.loads(command("import", file, "--json").out)
    fates = [line["fate"] for line in foretold]
    assert done["imported"] == fates.count("new") == 3
    assert done["supplemented"] == fates.count("supplemented") == 1
    assert done["known"] == fates.count("known") == 1
    assert done["doubles"] == sum(bool(line["doubles"]) for line in foretold) == 1


def test_a_dry_run_names_bad_rows_and_keeps_no_rejects(command: Command, world: World, at_home: Path) -> None:
    file = jsonl(at_home / "m.jsonl", [message(1), message(2, time="昨天")])
    ran = command("import", file, "--dry-run", "--skip-bad")
    assert ran.status == 2
    assert "m.jsonl 第 2 行 时间（time）：“昨天”看不懂，请写成 2026-11-23 14:30" in ran.err
    assert ran.out.splitlines() == ["第 1 行  新工单", "共 2 行：新工单 1，1 行有错；只是预演，什么也没有写"]
    assert not (at_home / "m.jsonl.rejects").exists()
    assert count(world) == 0


def test_one_matter_of_one_caller_from_two_channels_is_linked_and_not_merged(
    command: Command, world: World, at_home: Path
) -> None:
    first = world.order(
        title="路灯坏了一个星期", content="横水镇老街路灯坏了一个星期，晚上看不见路", contact_phone=PHONE
    ).order_no
    ran = command("import", jsonl(at_home / "m.jsonl", [matter(1), other(2)]), "--channel", "省平台")
    head, line = ran.out.splitlines()
    assert head == "已导入 2 件，均在待派单；疑似重复 1 件，已互相关联，请派单员看是否合并"
    assert line == f"第 1 行  新工单  疑似重复，已互相关联：{first}（电话12345，像 100%）"
    assert twins(world) == [(2, 1, "related")]
    rows = world.rows("SELECT order_no, status FROM work_orders ORDER BY id")
    assert [row["status"] for row in rows] == ["to_dispatch"] * 3
    assert world.events(rows[1]["order_no"]) == ["import_order", "relate"]
    dispatch.merge(world.desk("1301"), rows[1]["order_no"], first)
    assert world.status(rows[1]["order_no"]) == "merged"


def test_a_double_is_the_first_that_is_offered_to_merge_with(
    command: Command, world: World, at_home: Path
) -> None:
    near = world.order(
        title="路灯坏了一个星期了",
        content="横水镇老街路灯坏了一个星期，晚上看不见路",
        contact_phone="13911111111",
    ).order_no
    command(
        "import", jsonl(at_home / "a.jsonl", [matter(1, detail="横水镇老街路灯坏了")]), "--channel", "网站"
    )
    command("import", jsonl(at_home / "b.jsonl", [matter(2)]), "--channel", "省平台")
    numbers = [row["order_no"] for row in world.rows("SELECT order_no FROM work_orders ORDER BY id")]
    first, second, *_ = dispatch.main_candidates(world.desk("1301"), numbers[2])
    assert (first.key, first.hint[:6]) == (numbers[1], "已关联 像 ")
    assert (second.key, second.hint[:2]) == (near, "像 ")


def test_a_double_within_one_file_is_foretold_and_linked(
    command: Command, world: World, at_home: Path
) -> None:
    file = jsonl(at_home / "m.jsonl", [matter(1), other(2), matter(3)])
    assert (
        "第 3 行  新工单  疑似重复，导入后互相关联：第 1 行（本文件，像 100%）"
        in command("import", file, "--dry-run").out
    )
    command("import", file)
    assert twins(world) == [(3, 1, "related")]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"kind": "举报"}, {}),
        ({}, {"kind": "举报"}),
        ({"保密": "是"}, {}),
        ({}, {"保密": "是"}),
        ({"kind": "举报"}, {"kind": "举报"}),
    ],
)
def test_secret_orders_are_neither_offered_nor_linked(
    command: Command, world: World, at_home: Path, first: dict[str, str], second: dict[str, str]
) -> None:
    command("import", jsonl(at_home / "a.jsonl", [matter(1, **first)]), "--channel", "网站")
    file = jsonl(at_home / "b.jsonl", [matter(2, **second)])
    assert "疑似重复" not in command("import", file, "--channel", "省平台", "--dry-run").out
    command("import", file, "--channel", "省平台")
    assert count(world) == 2
    assert twins(world) == []


def test_secret_rows_of_one_file_are_not_offered_either(
    command: Command, world: World, at_home: Path
) -> None:
    file = jsonl(at_home / "m.jsonl", [matter(1, kind="举报"), matter(2), matter(3, 保密="是")])
    assert "疑似重复" not in command("import", file, "--dry-run").out


def test_the_same_words_of_nobody_in_particular_are_offered(
    command: Command, world: World, at_home: Path
) -> None:
    command("import", jsonl(at_home / "a.jsonl", [message(1)]), "--channel", "网站")
    command("import", jsonl(at_home / "b.jsonl", [message(1)]), "--channel", "省平台")
    assert twins(world) == [(2, 1, "related")]


def test_the_same_words_of_two_callers_are_two_matters(command: Command, world: World, at_home: Path) -> None:
    command("import", jsonl(at_home / "a.jsonl", [matter(1)]), "--channel", "网站")
    command("import", jsonl(at_home / "b.jsonl", [matter(1, phone="13800000008")]), "--channel", "省平台")
    command(
        "import",
        jsonl(
            at_home / "c.jsonl",
            [message(3, name="王女士"), message(4, name="赵先生", detail=message(3)["detail"])],
        ),
    )
    assert twins(world) == []


def test_an_older_matter_than_the_city_looks_back_is_no_double(
    command: Command, world: World, at_home: Path
) -> None:
    command("import", jsonl(at_home / "a.jsonl", [matter(1)]), "--channel", "网站")
    world.clock.tick(days=31)
    command("import", jsonl(at_home / "b.jsonl", [matter(1)]), "--channel", "省平台")
    assert twins(world) == []


def test_a_void_order_is_no_double(command: Command, world: World, at_home: Path) -> None:
    command("import", jsonl(at_home / "a.jsonl", [matter(1)]), "--channel", "网站")
    with world.database.write() as writer:
        writer.update("work_orders", 1, {"status": "void", "is_open": False})
    command("import", jsonl(at_home / "b.jsonl", [matter(1)]), "--channel", "省平台")
    assert twins(world) == []


def test_how_alike_doubles_must_be_is_a_setting(command: Command, world: World, at_home: Path) -> None:
    with world.database.write() as writer:
        writer.run(
            "INSERT INTO settings (key, value, title) VALUES ('channels.double_likeness', '0.0', '相似度')"
            " ON CONFLICT (key) DO UPDATE SET value = '0.0'"
        )
    command("import", jsonl(at_home / "m.jsonl", [matter(1), other(2)]))
    assert twins(world) == [(2, 1, "related")]


def test_an_emergency_can_be_no_import_and_a_kind_may_carry_its_suffix(
    command: Command, world: World, at_home: Path
) -> None:
    command("import", jsonl(at_home / "m.jsonl", [message(1, kind="投诉类"), message(2, kind="咨询件")]))
    kinds = [row["kind"] for row in world.rows("SELECT kind FROM work_orders ORDER BY id")]
    assert kinds == [str(OrderKind.COMPLAINT), str(OrderKind.INQUIRY)]
