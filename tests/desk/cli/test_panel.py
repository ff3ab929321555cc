"""`desk panel` and `desk panelists`: a session from the agenda to the minutes without the screens, and no way in for a 评议员."""

import json
from pathlib import Path

import pytest

from desk import social_review
from tests.desk import panel_life
from tests.desk.cli.conftest import Command
from tests.world import World

AUDITOR = ("--as", "1501")


def test_a_session_is_held_from_the_command_line(command: Command, world: World, tmp_path: Path) -> None:
    panel_life.pooled(world)
    order_no = panel_life.granted(world)
    assert "还没有安排" in command("panel", "show", *AUDITOR).out
    assert command("panel", "tell", order_no, "--words", "已告知", "--page", "还有录像", *AUDITOR).status == 0
    day = f"{world.clock.now:%Y-%m-%d} 23:00"
    assert "第 1 期" in command("panel", "plan", day, "--place", "评议室", *AUDITOR).out
    shown = command("panel", "file", order_no, "--set", "诉求=夜里还在打桩", "--release", *AUDITOR).out
    assert "已定稿" in shown
    assert "诉求：夜里还在打桩" in shown
    assert "补充意见：还有录像" in shown
    assert command("panel", "file", order_no, "--set", "秘密=x", *AUDITOR).status == 2
    assert "已列入 1 件" in command("panel", "put", *AUDITOR).out
    assert "已抽取" in command("panel", "draw", 1, *AUDITOR).out
    assert "结果相同" in command("panel", "replay", 1, *AUDITOR).out
    seat = json.loads(command("panel", "show", 1, "--json", *AUDITOR).out)["seats"][0]
    assert "已回避" in command("panel", "recuse", seat["id"], "--why", "亲戚", *AUDITOR).out
    assert "已补抽" in command("panel", "replace", 1, *AUDITOR).out
    pins = [json.loads(line) for line in command("panel", "pins", 1, "--json", *AUDITOR).out.splitlines()]
    assert len(pins) == 7
    session = social_review.board(world.desk("1501")).session
    assert session is not None
    for desk in panel_life.panel(world, session):
        social_review.sign_secrecy(desk)
    assert "评议开始" in command("panel", "open", 1, *AUDITOR).out
    panel_life.vote(world, session, 1, 6)
    assert "诉求不合理 1" in command("panel", "close", 1, *AUDITOR).out
    assert command("panel", "minutes", 1, str(tmp_path / "纪要.docx"), *AUDITOR).status == 0
    assert (tmp_path / "纪要.docx").exists()
    assert "诉求不合理的 6 票" in command("panel", "letter", order_no, *AUDITOR).out
    assert command("panel", "letter", order_no, str(tmp_path / "函.docx"), *AUDITOR).status == 0
    assert "今年已评议 1 期 1 件：诉求合理 0，诉求不合理 1" in command("panel", "list", *AUDITOR).out


def test_the_pool_is_kept_from_the_command_line(command: Command, world: World, tmp_path: Path) -> None:
    assert "是空的" in command("panelists", "list", *AUDITOR).out
    ran = command(
        "panelists", "add", "9001", "--name", "姚远", "--profession", "律师", "--units", "县城管局", *AUDITOR
    )
    assert "已登记：9001 姚远" in ran.out
    assert "CY-CGJ" in ran.out
    out = tmp_path / "pool.csv"
    assert "已导出 1 人" in command("panelists", "export", str(out), *AUDITOR).out
    assert "无变化" in command("panelists", "import", str(out), *AUDITOR).out
    out.write_text(out.read_text(encoding="utf-8-sig").replace("姚远", "姚近"), encoding="utf-8")
    assert "变更 1 人" in command("panelists", "import", str(out), *AUDITOR).out
    assert "已移出" in command("panelists", "leave", "9001", *AUDITOR).out
    assert command("panelists", "list", "--as", "1203").status == 2


@pytest.mark.parametrize(
    "words",
    [
        ("list",),
        ("show", "{order_no}"),
        ("export", "{folder}/all.csv"),
        ("returns",),
        ("hotline-day",),
        ("panel", "show"),
        ("panel", "list"),
        ("panelists", "list"),
        ("case", "list"),
        ("report", "list"),
        ("quality", "list"),
        ("units", "城管"),
        ("knowledge", "list", "社保"),
        ("team", "list"),
        ("settings", "list", "panel."),
    ],
)
def test_a_panelist_gets_nothing_from_the_command_line(
    command: Command, world: World, tmp_path: Path, words: tuple[str, ...]
) -> None:
    panel_life.pooled(world)
    order_no = panel_life.told(world)
    session = panel_life.drawn(world, order_no)
    pins = social_review.give_pins(world.desk("1501"), session.id)
    file = tmp_path / "pin.txt"
    file.write_text(pins[0].pin, encoding="utf-8")
    given = [word.format(order_no=order_no, folder=tmp_path) for word in words]
    ran = command(*given, "--as", pins[0].staff_no, "--pin-file", str(file))
    assert ran.status == 2, (ran.out, ran.err)
    assert ran.out == ""
    assert not (tmp_path / "all.csv").exists()
