"""`desk list` and `desk show`: a person's orders as they stand on the screens, one order with every step."""

import json

import pytest

from db.codes import Deed, Grade, OrderKind, Urgency
from desk.deed import deed_on
from desk.pool import enter_pool
from tests.desk.cli.conftest import Command
from tests.world import World


def _told(out: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.splitlines()]


def test_the_most_pressing_order_comes_first(command: Command, world: World) -> None:
    later = world.order(title="普通一件")
    urgent = world.order(title="停水一件", urgency=Urgency.URGENT)
    ran = command("list")
    lines = ran.out.splitlines()
    assert [line.split()[0] for line in lines[:2]] == [urgent.order_no, later.order_no]
    assert lines[-1] == "共 2 件"
    assert "待派单" in lines[0]
    assert "临期30分" in lines[0]


def test_overdue_orders_alone(command: Command, world: World) -> None:
    late = world.order()
    world.clock.tick(hours=5)
    world.order()
    told = _told(command("list", "--overdue", "--json").out)
    assert [row["order_no"] for row in told] == [late.order_no]
    assert told[0]["overdue"] is True
    assert told[0]["left"] == "!超期1时"


def test_the_pool_alone(command: Command, world: World) -> None:
    world.order()
    pooled = world.order()
    with deed_on(world.desk("1301"), Deed.NOTE, pooled.order_no) as deed:
        enter_pool(deed, Grade.D, "不满意：结果")
    ran = command("list", "--pool")
    assert pooled.order_no in ran.out
    assert "!D级" in ran.out
    assert ran.out.splitlines()[-1] == "共 1 件"


def test_a_queue_and_a_unit(command: Command, world: World) -> None:
    waiting, sent = world.order(), world.order()
    with deed_on(world.desk("1301"), Deed.SEND, sent.order_no) as deed:
        unit = world.row("SELECT id FROM units WHERE code = 'CY-CGJ'")["id"]
        deed.set(steward_id=unit, dispatched_at=deed.at_ms)
    assert [row["order_no"] for row in _told(command("list", "--queue", "待派单", "--json").out)] == [
        waiting.order_no
    ]
    for unit_words in ("CY-CGJ", "县城管局", "崇义县城市管理局"):
        told = _told(command("list", "--unit", unit_words, "--json").out)
        assert [row["order_no"] for row in told] == [sent.order_no]
        assert told[0]["unit"] == "县城管局"


def test_a_unit_sees_only_its_own(command: Command, world: World) -> None:
    world.order()
    ran = command("list", "--as", "2102")
    assert ran.out == "没有符合条件的工单\n"


def test_the_limit_says_how_many_more(command: Command, world: World) -> None:
    for _ in range(53):
        world.order()
    assert (
        command("list", "--limit", "2").out.splitlines()[-1] == "共 53 件，已列出 2 件；加 --limit 0 列出全部"
    )
    assert len(command("list", "--limit", "0", "--json").out.splitlines()) == 53


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("--queue", "待派"), "--queue 没有状态“待派”，可写：待派单"),
        (("--unit", "某局"), "没有单位“某局”；用 desk units 文字 查代码"),
        (("--unit", "县"), "没有单位“县”，相近的有：崇义（CY-12345）"),
        (("--limit", "-1"), "--limit 不能是负数"),
    ],
)
def test_what_list_does_not_know_is_named(command: Command, words: tuple[str, ...], line: str) -> None:
    ran = command("list", *words)
    assert (ran.status, ran.out) == (2, "")
    assert line in ran.err


def test_show_prints_every_step_with_who_and_when(command: Command, world: World) -> None:
    order = world.order()
    world.clock.tick(minutes=7)
    with deed_on(world.desk("1301"), Deed.ASK_COMPLETION, order.order_no) as deed:
        deed.quote(missing="缺楼栋号")
    ran = command("show", order.order_no)
    assert ran.status == 0
    history = ran.out[ran.out.index("【办理经过】") :]
    assert "11-23 09:00 受理" in history
    assert "王芳（1203）" in history
    assert "11-23 09:07 退回补充" in history
    assert "派单甲（1301）" in history
    assert "缺楼栋号" in history
    assert "13800000000" not in ran.out


def test_show_takes_the_short_code_too(command: Command, world: World) -> None:
    order = world.order()
    assert order.order_no in command("show", order.query_code).out
    told = json.loads(command("show", order.order_no.lower(), "--json").out)
    assert told["order_no"] == order.order_no
    assert len(told["history"]) >= 1


def test_show_takes_the_number_of_another_platform(command: Command, world: World) -> None:
    order = world.order(outside_no="gjpt-2026a", source_channel="mailbox")
    assert order.order_no in command("show", "gjpt-2026a").out


def test_show_of_an_unknown_or_foreign_order_is_refused(command: Command, world: World) -> None:
    order = world.order()
    for number in ("CY01-20261123-9999", "9999", "1123-9999"):
        said = command("show", number).err
        assert said.startswith(f"没有编号为 {number} 的工单")
        assert said.endswith("或用 desk list 查找\n")
    ran = command("show", order.order_no, "--as", "2102")
    assert (ran.status, ran.out) == (2, "")
    assert "不在您的权限范围内" in ran.err


def test_a_tip_off_shows_a_reader_without_the_right_nothing(command: Command, world: World) -> None:
    order = world.order(
        kind=OrderKind.TIP_OFF,
        title="某店偷排",
        content="我住三单元",
        requester_name="李先生",
        is_confidential=True,
    )
    out = command("list", "--as", "1203").out + command("show", order.order_no, "--as", "1203").out
    assert "举报（保密）" in out
    for secret in ("偷排", "三单元", "李先生", "13800000000", "0000"):
        assert secret not in out.replace(order.order_no, "").replace(order.query_code, "")
