"""`desk receipt`: the paper of a 服务站 (practice P18)."""

from desk import intake
from tests.desk.cli.conftest import Command
from tests.desk.counter import COUNTER, MATTER
from tests.world import World

CLERK = "2301"


def test_a_receipt_is_saved_as_a_new_file(command: Command, world: World) -> None:
    done = intake.register_at_counter(world.desk(CLERK), MATTER, COUNTER)
    asked = ("receipt", done.order_no.lower(), "--as", CLERK)
    assert done.query_code in command(*asked).out
    assert command(*asked, "--save", "回执.txt").status == 0
    again = command(*asked, "--save", "回执.txt")
    assert (again.status, "已存在" in again.err) == (2, True)
    assert command(*asked, "--save", "回执.txt", "--force").status == 0
