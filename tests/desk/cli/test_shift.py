"""`desk shift`: 当班 for a terminal, and for a wall display."""

import json

from desk import seats
from tests.desk.cli.conftest import Command
from tests.world import World


def test_the_shift_is_told_in_lines_and_as_one_object(command: Command, world: World) -> None:
    seats.sit_down(world.desks["1203"])
    order_no = world.order().order_no
    said = command("shift", "--as", "1002").out
    assert said.startswith("白班 08:00-18:00\n")
    (queue,) = [line for line in said.splitlines() if "待派单 1 件" in line]
    assert queue.split()[-5:] == ["自", "11-23", "09:00", "最久的", order_no]
    found = json.loads(command("shift", "--json", "--as", "1002").out)
    assert found["calls"]["answered_share"] is None
    (line,) = [each for each in found["lines"] if each["kind"] == "queue"]
    behind = json.loads(command("shift", "--behind", line["key"], "--json", "--as", "1002").out)
    assert behind["order_no"] == order_no
    assert order_no in command("shift", "--behind", line["key"], "--as", "1002").out
    assert command("shift", "--behind", "nothing", "--as", "1002").status == 2
    ran = command("shift", "--as", "1203")
    assert (ran.status, ran.err) == (2, "当班页由班长查看\n")
