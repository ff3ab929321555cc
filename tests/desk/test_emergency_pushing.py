"""应急推送: the city's command of a step is started once, told what it is about, tried again, and never waited for."""

import time
from pathlib import Path

import pytest

from db.codes import Deed
from desk import emergency
from desk.messages import sending
from desk.rules import pushing
from desk.settings import Settings
from tests.desk.emergencies import an_emergency, brought_to, unit_key
from tests.world import World

_TELLS = 'echo "$DESK_STEP|$DESK_ORDER|$DESK_TO|$*|$(cat)" >> "$0.out"'


def pager(tmp_path: Path, lines: str = _TELLS) -> str:
    """A program of the city, written down for this test."""
    path = tmp_path / "pager"
    path.write_text(f"#!/bin/sh\n{lines}\n")
    path.chmod(0o700)
    return str(path)


def told(tmp_path: Path) -> list[str]:
    out = tmp_path / "pager.out"
    return out.read_text().splitlines() if out.exists() else []


def city(tmp_path: Path, *steps: str, lines: str = _TELLS) -> World:
    command = [pager(tmp_path, lines), "-n", "{to}"]
    return World(
        tmp_path / "desk.db", settings={pushing.COMMANDS: dict.fromkeys(steps or pushing.STEPS, command)}
    )


def start(world: World) -> sending.Sent:
    return sending.start_steps(world.database, world.desk("1401").settings, world.clock)


def owed(world: World, order_no: str) -> list[str]:
    card = emergency.detail(world.desk("1401"), order_no)
    return [line for line in card.sections[0].lines if "推送" in line]


def pushed(world: World, order_no: str) -> tuple[str, ...]:
    sections = emergency.detail(world.desk("1401"), order_no).sections
    return next((part.lines for part in sections if part.heading == "推送"), ())


def test_each_step_starts_its_command_once_with_what_it_is_about(tmp_path: Path) -> None:
    world = city(tmp_path)
    world.clock.tick(hours=14)  # 23:00: an emergency knows no night
    order_no = an_emergency(world).order_no
    emergency.call_out(world.desk("1401"), order_no, unit_key(world), person="演练甲", number="13800000011")
    assert start(world).sent == 1
    assert told(tmp_path) == [
        f"派出|{order_no}|13800000011|-n 13800000011|应急派出 燃气泄漏 {order_no} 县城管局 横水镇老城社区二单元 23:00"
    ]
    emergency.acknowledge(world.desk("1401"), order_no)
    emergency.depart(world.desk("1401"), order_no)
    assert start(world).sent == 2
    assert [line.split("|")[0] for line in told(tmp_path)] == ["派出", "接令", "出动"]
    assert pushed(world, order_no) == ("23:00 出动 已推送", "23:00 接令 已推送", "23:00 派出 已推送")
    assert start(world) == sending.Sent()


def test_only_the_steps_that_have_a_command_start_one(tmp_path: Path) -> None:
    world = city(tmp_path, "到场")
    order_no = an_emergency(world).order_no
    brought_to(world, order_no, Deed.FINISH)
    assert start(world).sent == 1
    assert told(tmp_path)[0].startswith("到场|")


def test_a_failure_is_shown_tried_again_and_at_last_owed_to_somebody(tmp_path: Path) -> None:
    world = city(tmp_path, "派出", lines="exit 3")
    order_no = an_emergency(world).order_no
    brought_to(world, order_no, Deed.CALL_OUT)
    assert start(world).again == 1
    assert pushed(world, order_no) == ("09:01 派出 发送程序退出码 3，09:01:15 再试",)
    assert owed(world, order_no) == []
    assert start(world) == sending.Sent(), "not before its time"
    for minutes in pushing.PAUSES:
        world.clock.tick(minutes=minutes)
        start(world)
    assert pushed(world, order_no) == ("09:01 派出 推送失败：发送程序退出码 3",)
    assert owed(world, order_no) == ["!派出没有推送出去：发送程序退出码 3，请电话告知"]
    pager(tmp_path)
    emergency.acknowledge(world.desk("1401"), order_no)
    assert world.status(order_no) == "in_progress", "the emergency goes on whatever the pager does"


def test_a_command_that_hangs_keeps_no_deed_waiting(tmp_path: Path) -> None:
    world = city(tmp_path, "派出", lines="sleep 60")
    order_no = an_emergency(world).order_no
    begun = time.monotonic()
    brought_to(world, order_no, Deed.ACKNOWLEDGE)
    assert time.monotonic() - begun < 5
    short = Settings({**world.desk("1401").settings, "messages.timeout": 0.2})
    assert sending.start_steps(world.database, short, world.clock).again == 1
    assert "0.2 秒没有答复" in pushed(world, order_no)[-1]


@pytest.mark.parametrize(
    "values", [{"is_confidential": True}, {"content": "说要跳楼，不想活了"}], ids=["secret", "crisis"]
)
def test_of_a_secret_order_and_of_a_crisis_nothing_leaves_the_desk(
    tmp_path: Path, values: dict[str, object]
) -> None:
    settings = {
        pushing.COMMANDS: {"派出": [pager(tmp_path)]},
        "crisis.words": ["不想活"],
    }
    world = World(tmp_path / "desk.db", settings=settings)
    order_no = an_emergency(world, **values).order_no
    brought_to(world, order_no, Deed.FINISH)
    assert world.rows("SELECT * FROM messages WHERE template GLOB 'step_*'") == []


def test_a_city_without_commands_queues_nothing(world: World) -> None:
    order_no = an_emergency(world).order_no
    brought_to(world, order_no, Deed.FINISH)
    assert world.rows("SELECT * FROM messages WHERE template GLOB 'step_*'") == []
    assert start(world) == sending.Sent()


def test_steps_and_other_messages_are_sent_apart(tmp_path: Path) -> None:
    world = city(tmp_path, "派出")
    order_no = an_emergency(world).order_no
    brought_to(world, order_no, Deed.CALL_OUT)
    other = Settings(
        {"messages.command": [str(tmp_path / "pager"), "告知"], "messages.hours": ["00:00", "23:59"]}
    )
    sending.send_waiting(world.database, other, world.clock)
    assert not any("应急派出" in line for line in told(tmp_path))
    world.clock.tick(seconds=1)
    assert start(world).sent == 1


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"起飞": ["/bin/true"]}, "没有步骤“起飞”"),
        ({"派出": ["true"]}, "派出的命令第一项须为程序的完整路径"),
        ({"派出": "/bin/true"}, "派出的命令须为文字的列表"),
        (["/bin/true"], "按步骤写命令"),
    ],
)
def test_a_command_that_cannot_work_is_refused_when_it_is_set(value: object, said: str) -> None:
    assert said in pushing.flaw_of(value)
    assert pushing.flaw_of({"派出": ["/bin/true", "{to}"]}) == ""
