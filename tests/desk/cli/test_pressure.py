"""`desk press` for a timer, `desk pressure` for whoever wants to know what waits."""

import json

from desk import my_tickets, review
from tests.desk.cli.conftest import Command
from tests.desk.unit_desk import signed
from tests.world import World


def test_a_timer_presses_once_without_anybody_signed_in(command: Command, world: World) -> None:
    signed(world)
    assert command("press").out == "没有到档的工单\n"
    world.clock.tick(days=9)
    assert json.loads(command("press", "--json").out) == {"pressed": 1}
    assert command("press").out == "没有到档的工单\n"
    assert command("press", "--store", "/nowhere/desk.db").status == 2


def test_what_waits_is_listed_with_level_limit_and_answer(command: Command, world: World) -> None:
    assert command("pressure", "--as", "1501").out == "没有这样的催办、督办\n"
    order_no = signed(world)
    review.remind(world.desk("1501"), order_no, "请抓紧")
    review.supervise(world.desk("1701"), signed(world), "书面说明")
    lines = command("pressure", "--as", "1501").out.splitlines()
    assert len(lines) == 2
    assert "催办（经办人）" in lines[0]
    assert "限 11-24 18:00" in lines[0]
    assert "督办（分管领导）" in command("pressure", "--as", "1501", "--level", "分管领导").out
    assert "催办" not in command("pressure", "--as", "1501", "--level", "leader").out
    world.clock.tick(days=2)
    my_tickets.answer_reminder(world.desk("2102"), order_no, "在办")
    late = command("pressure", "--as", "2101", "--late", "--answered", "--json").out.splitlines()
    assert [(row["answer"], row["is_late"]) for row in map(json.loads, late)] == [("在办", True)]
    assert "!逾期" in command("pressure", "--as", "2101", "--answered").out
    assert command("pressure", "--level", "县长").status == 2
    assert command("pressure", "--as", "2201").out == "没有这样的催办、督办\n"
