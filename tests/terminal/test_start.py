"""The real program in a real terminal: from nothing to a signed-in person, and what a cut line or a small window leaves."""

import re
import signal
import sqlite3
import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.terminal.seat import PIN, Seat

pytestmark = pytest.mark.terminal
SitDown = Callable[..., Seat]
SIZES = pytest.mark.parametrize(("columns", "rows"), [(80, 24), (120, 36)])
LEFT_THE_ALTERNATE_SCREEN = b"\x1b[?1049l"
SHOWED_THE_CURSOR = b"\x1b[?25h"


def test_the_first_desk_makes_its_store_on_one_page(sit_down: SitDown, tmp_path: Path) -> None:
    store = tmp_path / "new" / "desk.db"
    store.parent.mkdir()
    with sit_down("--store", str(store)) as seat:
        seat.wait_for("首次使用")
        seat.press("tab", "tab")
        seat.type("1001")
        seat.press("tab")
        seat.type("张三")
        seat.press("tab")
        seat.type(PIN)
        seat.press("tab")
        seat.type(PIN[::-1])
        seat.press("enter")
        seat.wait_for("不一致")
        seat.type(f"{PIN}\r{PIN}\r")
        seat.wait_for("张三1001")
        seat.wait_for(" F1 ")
    assert stat.S_IMODE(store.stat().st_mode) == 0o600
    with sit_down("--store", str(store)) as seat:
        seat.log_in("1001")
        seat.wait_for("张三1001")


@SIZES
def test_the_demo_fills_behind_the_form(sit_down: SitDown, tmp_path: Path, columns: int, rows: int) -> None:
    with sit_down("--demo", columns=columns, rows=rows) as seat:
        seat.wait_for("诉求内容")
        seat.wait_for("陈志强")
        seat.press("f3")
        seat.wait_for("!超期", 60)
        seat.press("f6")
        seat.wait_for("办结审核")
        # Which tab has something on it first, and is opened, depends on how far the day is filled.
        ends = time.monotonic() + 60
        while "!D级" not in seat.text and time.monotonic() < ends:
            seat.press("]")
            seat.settle(0.5)
        assert "!D级" in seat.text, seat.text
        seat.press("ctrl+q")
        seat.wait_for_the_end()
    assert not list(tmp_path.glob("minyi-demo-*"))


def test_the_demo_as_somebody_of_a_unit_opens_his_tickets(sit_down: SitDown) -> None:
    with sit_down("--demo", "--as", "2102") as seat:
        seat.wait_for("曾莉2102")
        seat.press("f4")
        seat.wait_for("待签", 60)


@pytest.mark.parametrize(
    ("content", "answer"),
    [(b"no store at all, only some words\n" * 200, "不是"), (b"", "不是")],
    ids=["words", "empty"],
)
def test_a_wrong_file_gets_one_clear_line_and_is_left_alone(
    sit_down: SitDown, tmp_path: Path, content: bytes, answer: str
) -> None:
    wrong = tmp_path / "wrong.db"
    wrong.write_bytes(content)
    with sit_down("--store", str(wrong)) as seat:
        seat.wait_for("! ")
        seat.settle()
        line = re.sub(r"\s", "", seat.text)
        assert "wrong.db" in line
        assert answer in line
    assert wrong.read_bytes() == content


def test_a_wrong_pin_is_asked_again(sit_down: SitDown, store: Path) -> None:
    with sit_down("--store", str(store)) as seat:
        seat.wait_for("退出")
        seat.type("1203\r")
        seat.type("999999\r")
        seat.wait_for("工号或 PIN 不对")
        seat.type(f"{PIN}\r")
        seat.wait_for("王芳1203")


def test_what_is_typed_in_one_burst_goes_into_the_right_fields(sit_down: SitDown, store: Path) -> None:
    with sit_down("--store", str(store)) as seat:
        seat.wait_for("退出")
        seat.type(f"1203\r{PIN}\r")
        seat.wait_for("王芳1203")
        seat.wait_for(" F1 ")
        seat.settle()
        seat.type("13800000000\t李先生\t3\t")
        seat.settle()
        assert "来电 13800000000" in seat.text
        assert "姓名 李先生" in seat.text


def test_a_window_made_tiny_and_wide_again_keeps_the_form(sit_down: SitDown, store: Path) -> None:
    with sit_down("--store", str(store)) as seat:
        seat.log_in("1203")
        seat.type("13800000000")
        seat.settle()
        seat.resize(40, 10)
        seat.wait_for("窗口太小")
        seat.type("999")
        seat.resize(120, 36)
        seat.wait_for("13800000000")
        seat.settle()
        assert "13800000000999" not in seat.text
        seat.resize(80, 24)
        seat.settle()
        assert "13800000000" in seat.text


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGHUP], ids=["power cut", "line dropped"])
def test_a_half_typed_form_is_there_at_the_next_sign_in(
    sit_down: SitDown, store: Path, how: signal.Signals
) -> None:
    with sit_down("--store", str(store)) as seat:
        seat.log_in("1203")
        seat.type("13800000000")
        seat.press("tab")
        seat.type("李先生")
        seat.press("tab", "3", "tab", "tab", "tab")
        seat.type("路灯不亮三天了")
        seat.settle(1.5)
        seat.kill(how)
    with sit_down("--store", str(store)) as seat:
        seat.log_in("1203")
        for words in ("13800000000", "李先生", "路灯不亮三天了"):
            seat.wait_for(words)
    with sqlite3.connect(store) as connection:
        assert connection.execute("SELECT count(*) FROM work_orders").fetchone() == (0,)


def test_an_order_registered_at_one_desk_appears_at_another_by_itself(sit_down: SitDown, store: Path) -> None:
    with sit_down("--store", str(store)) as agent, sit_down("--store", str(store)) as dispatcher:
        dispatcher.log_in("1301")
        dispatcher.press("f3")
        agent.log_in("1203")
        agent.type("13800000000")
        agent.press("tab", "tab", "3", "tab")
        agent.type("横水镇")
        agent.wait_for("横水镇(崇义县)")
        agent.press("enter", "tab")
        agent.type("路灯不亮三天了")
        agent.settle()
        agent.press("ctrl+s")
        dispatcher.wait_for("路灯不亮", 30)
        agent.wait_for("请读给诉求人")


@SIZES
def test_ctrl_q_leaves_the_terminal_as_it_was(
    sit_down: SitDown, store: Path, columns: int, rows: int
) -> None:
    with sit_down("--store", str(store), columns=columns, rows=rows) as seat:
        seat.log_in("1301")
        seat.press("ctrl+q")
        seat.wait_for_the_end()
        assert seat.exit_status == 0
        assert LEFT_THE_ALTERNATE_SCREEN in seat.tail
        assert SHOWED_THE_CURSOR in seat.tail
