"""One 群体事件 from the ringing phone to the signed 专报, at two terminals that are open side by side on one store."""

import re
import time
from collections.abc import Callable
from pathlib import Path

from tests.terminal.seat import Seat

AGENT, OFFICER, SUPERVISOR = "1203", "1501", "1002"
MATTER = "四十多名工人堵门讨薪，打了横幅"
Note = Callable[[str], object]


def registered(agent: Seat, note: Note) -> str:
    """The operator types number, place and what was said; Ctrl+E and Ctrl+S make it an emergency. Return the 查询码."""
    agent.press("f2")
    agent.type("13807970091")
    agent.press("tab", "tab", "2", "tab")
    agent.type("横水镇")
    agent.wait_for("横水镇(崇义县)")
    agent.press("enter")
    agent.type("产业园一号门")
    agent.press("tab")
    agent.type(MATTER)
    agent.settle()
    note("话务员：号码、地点、事情")
    agent.do("ctrl+e", "群体事件")
    note("话务员按 ^E：类型已选好，先说什么、问什么")
    agent.do("ctrl+s", "查询码")
    note("话务员按 ^S：30 分钟开始走")
    found = re.search(r"查询码\s*(\d{4}-\d{4})", agent.text)
    assert found is not None, agent.text
    return found[1]


def heard(officer: Seat, number: str, note: Note) -> None:
    """At the other terminal it is there by itself."""
    officer.press("f5")
    officer.wait_for(number)
    officer.wait_for("群体事件")
    note("应急值班员：F5 里已有这一起")


def called_out(officer: Seat, note: Note) -> None:
    """Whom to ring, first who does not answer, then who goes; 接令, 出动, 到场."""
    officer.do("c", "叫谁")
    note("值班员按 c：最上面的是该叫的人")
    officer.do("enter", "结果")
    officer.press("2")
    officer.type("\t\t13900000001")
    officer.do("ctrl+s", "叫谁")
    note("无人接听也记一次呼叫，下一个已在最上面")
    officer.do("enter", "结果")
    officer.type("\t\t13900000002")
    officer.do("ctrl+s", "应急派出")
    for key, word in (("j", "接令"), ("o", "出动"), ("d", "到场")):
        officer.press(key)
        officer.settle(0.5)
        if "Enter/Y" in officer.text:
            officer.press("enter")
        stamped(officer, word)
    note("接令、出动、到场，各按一键")


def stamped(seat: Seat, step: str) -> None:
    """Wait until a step of the emergency under the cursor has its time."""
    ends = time.monotonic() + 30
    while not re.search(rf"{step} \d\d:\d\d \+", seat.text):
        assert time.monotonic() < ends, seat.text
        seat.pump(0.1)
    seat.settle()


def handed_over(officer: Seat, note: Note) -> None:
    """110 takes it over and says what came of it."""
    officer.do("h", "事项")
    officer.type("\t07\t")
    officer.do("ctrl+s", "已登记")
    note("移交 110，等回复")
    officer.do("h", "事项")
    officer.type("\t\t已到场维持秩序，工人撤离大门")
    officer.do("ctrl+s", "已登记")


def controlled(officer: Seat, note: Note) -> None:
    """The clock stops at 险情已控制."""
    officer.do("k", "确认人")
    officer.type("城管王队长")
    officer.do("ctrl+s", "已登记")
    note("险情已控制，时钟停")


def reported(officer: Seat, note: Note) -> None:
    """初报 is drafted from the order; the supervisor, another person, signs it."""
    officer.do("z", "该报")
    note("按 z：群体事件该写初报")
    officer.do("n", "现有人数")
    for _ in range(4):
        officer.press("tab")
    officer.type("约40人")
    officer.press("tab", "tab")
    officer.type("结清三个月工资")
    note("按 n：按工单写好的初稿，补上人数和诉求")
    officer.do("ctrl+s", "已存稿，待签发")
    officer.press("escape")
    officer.settle()
    officer.switch_to(SUPERVISOR)
    officer.press("f5")
    officer.wait_for("群体事件")
    officer.do("z", "待签发")
    officer.do("p", "签发")
    officer.do("enter", "已签发 12345专报")
    note("班长按 p：签发，编号")


def saved(officer: Seat, path: Path, note: Note) -> None:
    """The report as a file."""
    officer.do("o", "存成文件")
    officer.press("ctrl+u") if "清空" in officer.text else officer.press(*["backspace"] * 40)
    officer.type(str(path))
    officer.do("ctrl+s", "已存")
    note("按 o：存成文件")
