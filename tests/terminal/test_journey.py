"""The journey of issue 2, by keys alone, in a real terminal: from the ringing phone to the archive, in two rounds."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.terminal.conftest import DESK
from tests.terminal.seat import PIN, Seat

pytestmark = pytest.mark.terminal

AGENT, DISPATCHER = "1203", "1301"
HANDLER, UNIT_REVIEWER = "2101", "2102"
AUDITOR, CALLER, SECOND = "1401", "1402", "1403"
MATTER = "生活垃圾堆了四天没人清运，臭味很重"


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (120, 36)])
def test_one_order_from_the_ringing_phone_to_the_archive(
    sit_down: Callable[..., Seat], store: Path, tmp_path: Path, columns: int, rows: int
) -> None:
    with sit_down("--store", str(store), columns=columns, rows=rows) as seat:
        seat.log_in(AGENT)
        order_no = registered(seat)
        dispatched(seat)
        seat.switch_to(HANDLER)
        seat.press("f4")
        seat.do("s", "已签收")
        answered(seat, "已派环卫车清运", "您好，经现场核查，菜市场后巷垃圾成堆属实，已派环卫车清运")
        closed(seat)
        called_back_dissatisfied(seat)
        stands_out(seat)
        reworked(seat)
        steps_written(seat)
        answered(seat, "已加设垃圾桶，每日清运", "您好，经现场核查，菜市场后巷已加设垃圾桶，今后每日清运")
        closed(seat)
        called_back_satisfied(seat)
        written_off_by_two(seat)
        seat.press("ctrl+q")
        seat.wait_for_the_end()
    shown = desk(store, tmp_path, "show", order_no, "--as", "1002")
    steps = re.findall(
        r"^\d\d-\d\d \d\d:\d\d (\S+)(?: 县城管局)?(?: -> (\S+))?  \S+（(\d+)）", shown, re.MULTILINE
    )
    assert [step for step in steps if step[0] != "查看号码"] == STEPS, shown
    assert "派单 县城管局 -> 待签收" in shown
    assert "第1轮" in shown
    assert "第2轮" in shown
    assert "完整" in desk(store, tmp_path, "check")


def one_round(*ending: tuple[str, str, str]) -> list[tuple[str, str, str]]:
    """What every round goes through, and how it ends: deed, next status, who."""
    return [
        ("提交答复", "待单位审核", HANDLER),
        ("单位审核通过", "待答复诉求人", UNIT_REVIEWER),
        ("答复诉求人", "待办结审核", HANDLER),
        ("办结审核通过", "待回访", AUDITOR),
        *ending,
    ]


STEPS = [
    ("受理", "待派单", AGENT),
    ("派单", "待签收", DISPATCHER),
    ("签收", "办理中", HANDLER),
    *one_round(("回访不满意", "不满意待定", CALLER), ("重办", "办理中", AUDITOR)),
    ("六步记录", "", HANDLER),
    ("六步记录", "", HANDLER),
    *one_round(("回访满意", "办结", CALLER)),
    ("申请销号", "", AUDITOR),
    ("同意销号", "", SECOND),
    ("归档", "归档", AUDITOR),
]


def registered(seat: Seat) -> str:
    """Take the call and register the order; return its number as the list beside the form shows it."""
    seat.press("f2")
    seat.type("13800000000")
    seat.press("tab", "tab", "3", "tab")
    seat.type("横水镇")
    seat.wait_for("横水镇(崇义县)")
    seat.press("enter")
    seat.type("老城社区菜市场后巷")
    seat.press("tab")
    seat.type(MATTER)
    seat.settle()
    seat.press("ctrl+s")
    seat.wait_for("请读给诉求人")
    found = re.search(r"查询码 (\d{4}-\d{4})，最迟", seat.text)
    assert found is not None, seat.text
    return found[1]


def dispatched(seat: Seat) -> None:
    seat.switch_to(DISPATCHER)
    seat.press("f3")
    seat.wait_for("生活垃圾")
    seat.wait_for("1 县城管局")
    seat.do("enter", "已派 ")


def answered(seat: Seat, internal: str, public: str) -> None:
    """As the unit: draft, pass, tell the citizen. The handler sits here."""
    seat.do("d", "公开答复")
    seat.type(internal)
    seat.press("tab")
    seat.type(public)
    seat.do("ctrl+s", "已提交")
    seat.switch_to(UNIT_REVIEWER)
    seat.press("f4")
    seat.do("t", "审核通过，请答复")
    seat.switch_to(HANDLER)
    seat.press("f4")
    seat.do("h", "已答复")
    seat.press("1")
    seat.do("ctrl+s", "已登记")


def closed(seat: Seat) -> None:
    seat.switch_to(AUDITOR)
    seat.press("f6")
    seat.wait_for("【诉求】")
    seat.do("s", "Esc 返回")
    seat.do("enter", "已办结审核通过")


def chosen(*digits: str) -> list[str]:
    """A digit chooses, Enter goes to the next field."""
    return [key for digit in digits for key in (digit, "enter")]


def called_back_dissatisfied(seat: Seat) -> None:
    seat.switch_to(CALLER)
    seat.press("f6")
    seat.do("h", "办理结果")
    seat.press(*chosen("4", "2", "2", "1", "2", "1"))
    seat.type("第二天又堆满了")
    seat.do("ctrl+s", "已登记")


def stands_out(seat: Seat) -> None:
    """The order is in the pool and says !D级 on F6, and on F4 of its unit."""
    seat.press("]")
    seat.wait_for("!D级")
    seat.wait_for("监测池 1")
    seat.switch_to(HANDLER)
    seat.press("f4")
    seat.wait_for("!D级")


def reworked(seat: Seat) -> None:
    seat.switch_to(AUDITOR)
    seat.press("f6", "]", "]")
    seat.wait_for("!D级")
    seat.do("z", "重办要求")
    seat.press(*chosen("1"))
    seat.type("请到现场复核，加设垃圾桶")
    seat.do("ctrl+s", "已")
    seat.switch_to(HANDLER)
    seat.press("f4")
    seat.wait_for("第2轮")


def steps_written(seat: Seat) -> None:
    """A D order closes only with 兜底维稳 and 长效机制 on its card (practice P23)."""
    for step, words in (("5", "已上门说明，情绪平稳"), ("6", "列入每日巡查")):
        seat.do("l", "是否需要")
        seat.press(*chosen(step, "1"))
        seat.type(words)
        seat.do("ctrl+s", "已记")


def called_back_satisfied(seat: Seat) -> None:
    seat.switch_to(CALLER)
    seat.press("f6")
    seat.do("h", "办理结果")
    seat.press(*chosen("2", "2", "2", "1", "1"))
    seat.do("ctrl+s", "已登记")


def written_off_by_two(seat: Seat) -> None:
    seat.switch_to(AUDITOR)
    seat.press("f6", "]", "]")
    seat.wait_for("!D级")
    seat.do("x", "依据")
    seat.press(*chosen("1"))
    seat.type("第二轮回访满意")
    seat.do("ctrl+s", "已")
    seat.switch_to(SECOND)
    seat.press("f6", *["]"] * 6)
    seat.wait_for("!D级")
    seat.do("p", "意见")
    seat.do("ctrl+s", "已")
    seat.switch_to(AUDITOR)
    seat.press("f6", *["]"] * 8)
    seat.wait_for("生活垃圾")
    seat.do("k", "归档 1 件")
    seat.do("enter", "已归档")


def desk(store: Path, home: Path, *arguments: str) -> str:
    """Run a headless command and return what it printed."""
    pin = home / "pin"
    pin.write_text(PIN, encoding="utf-8")
    command = [*DESK, *arguments[:1], "--store", str(store), *arguments[1:]]
    if "--as" in arguments:
        command += ["--pin-file", str(pin)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
