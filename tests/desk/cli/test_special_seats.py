"""`desk special-seats`: what waits, one in full, the figures, the free slots."""

import json

from tests.desk.at_the_seats import ID, filed
from tests.desk.cli.conftest import Command
from tests.world import World


def test_applications_are_listed_shown_and_counted(command: Command, world: World) -> None:
    number = filed(world, "talent")
    booked = filed(world, "home_visit", unit="县城管局", day="2026-11-24")
    listed = command("special-seats", "list", "--as", "1203").out
    assert number in listed
    assert "11月24日（周二）上午" in listed
    (row,) = command("special-seats", "list", "--json", "--as", "2201").out.splitlines()
    assert json.loads(row)["form"] == "talent"
    shown = command("special-seats", "show", booked, "--as", "1203").out
    assert "横水镇老城社区 3 栋 201" in shown
    assert "138****0000" in shown
    found = json.loads(command("special-seats", "figures", "--json", "--as", "1002").out)
    assert found["forms"]["talent"] == {"filed": 1, "amended": 0, "late": 0, "pending": 1}
    assert "人才政策 1：待审批 1" in command("special-seats", "figures", "--as", "1002").out
    free = command("special-seats", "slots", "县城管局", "--as", "1203").out.splitlines()
    assert free[0] == "11月24日（周二）上午"
    assert ID not in shown + listed


def test_a_stranger_is_told_in_one_line(command: Command, world: World) -> None:
    number = filed(world, "talent")
    ran = command("special-seats", "show", number, "--as", "2101")
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert "没有编号" in ran.err
    assert "没有待办的办件" in command("special-seats", "list", "--as", "2101").out
