"""A unit with something due soon and nobody signed in is told, then its B角 (practice P6)."""

import pytest

from desk import card, my_tickets, session
from desk.unattended import tell_unattended
from tests.desk.unit_desk import signed
from tests.world import PIN, World

TWO_HOURS_BEFORE_THE_LIMIT = {"days": 7, "hours": 7}
"""From Monday 09:00 to the Monday after, 16:00: five working days end there at 18:00."""


@pytest.fixture
def order_no(world: World) -> str:
    """An order that 县城管局 has signed and whose limit is two hours away."""
    number = signed(world)
    world.clock.tick(**TWO_HOURS_BEFORE_THE_LIMIT)
    return number


def told(world: World) -> list[str]:
    """The templates of the messages about unattended orders, oldest first."""
    return [
        row["template"]
        for row in world.rows("SELECT template FROM messages WHERE template LIKE 'unatt%' ORDER BY id")
    ]


def test_the_unit_is_told_once(world: World, order_no: str) -> None:
    assert tell_unattended(world.desk("1002")) == 1
    assert tell_unattended(world.desk("1002")) == 0
    assert told(world) == ["unattended"]
    assert "无人在岗" in "\n".join(card.card(world.desk("1002"), order_no).as_lines)


def test_a_unit_that_sits_at_its_desk_is_left_in_peace(world: World, order_no: str) -> None:
    opening = session.open_store(world.path, now=world.clock, seat="C1")
    at_work = session.log_in(opening, "2102", PIN)
    assert tell_unattended(world.desk("1002")) == 0
    session.log_out(at_work)
    assert tell_unattended(world.desk("1002")) == 1


def test_an_hour_later_the_deputy_is_named(world: World, order_no: str) -> None:
    with world.database.write() as writer:
        writer.run(
            "UPDATE staff SET deputy_id = (SELECT id FROM staff WHERE staff_no = '2102') WHERE staff_no = '2101'"
        )
    tell_unattended(world.desk("1002"))
    world.clock.tick(minutes=61)
    assert tell_unattended(world.desk("1002")) == 1
    assert told(world) == ["unattended", "unattended_deputy"]
    assert "经办甲 2102" in world.row("SELECT body FROM messages ORDER BY id DESC LIMIT 1")["body"]
    assert tell_unattended(world.desk("1002")) == 0


def test_what_is_due_later_can_wait(world: World) -> None:
    signed(world)
    assert tell_unattended(world.desk("1002")) == 0


def test_the_minutely_sweep_tells_too(world: World, order_no: str) -> None:
    assert my_tickets.sweep(world.desk("1302")) >= 1
    assert told(world) == ["unattended"]
