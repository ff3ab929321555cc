"""What the seats are doing: 签入, 空闲, 通话, 小休, 离席, each since when (practice P31)."""

import json
from datetime import timedelta

import pytest

from db.codes import SeatState
from desk import seats, telephone, transfers
from desk.errors import Refused
from desk.session import Opening
from tests.desk.cli.conftest import Command, at_home, bare, command
from tests.world import START, World

__all__ = ["at_home", "bare", "command"]


@pytest.fixture
def exchange(world: World) -> Opening:
    return Opening(world.database, world.clock, "pbx", site="CY01")


def state(world: World, seat: str = "T1203") -> tuple[SeatState, int]:
    """What a seat does, and for how many minutes."""
    row = next(each for each in seats.taken(world.desks["1002"]) if each.seat == seat)
    return row.state, (world.clock.now - row.since) // timedelta(minutes=1)


def test_a_seat_is_free_talks_and_rests(world: World, exchange: Opening) -> None:
    desk = world.desks["1203"]
    seats.sit_down(desk)
    world.clock.tick(minutes=1)
    assert state(world) == (SeatState.FREE, 1)
    telephone.ring(exchange, "13800000000", "12345", seat="T1203", call_id="A1")
    telephone.answer(exchange, "A1")
    seats.be_seen(desk)
    world.clock.tick(minutes=1)
    assert state(world) == (SeatState.TALKING, 1)
    with pytest.raises(Refused, match="挂机后再小休"):
        seats.rest(desk)
    telephone.hang_up(exchange, "A1", "pbx")
    seats.rest(desk)
    world.clock.tick(minutes=1)
    seats.be_seen(desk)
    assert state(world) == (SeatState.REST, 1)
    assert seats.resting_since(desk) == START + timedelta(minutes=2)
    seats.sit_down(desk)
    assert state(world) == (SeatState.FREE, 0)
    assert seats.resting_since(desk) is None
    assert seats.taken(desk)[0].signed_in_at == START


def test_a_call_ends_the_rest_and_a_locked_seat_stays_away(world: World, exchange: Opening) -> None:
    desk = world.desks["1203"]
    seats.sit_down(desk)
    seats.rest(desk)
    telephone.ring(exchange, "13800000000", "12345", seat="T1203", call_id="A1")
    telephone.answer(exchange, "A1")
    seats.be_seen(desk)
    assert seats.resting_since(desk) is None
    telephone.hang_up(exchange, "A1", "pbx")
    seats.step_away(desk)
    seats.be_seen(desk)
    assert state(world)[0] is SeatState.AWAY


def test_no_call_is_put_through_to_a_seat_that_rests(world: World) -> None:
    for staff_no in ("1203", "1204"):
        seats.sit_down(world.desks[staff_no])
    assert [row.key for row in transfers.inside_targets(world.desks["1203"], "1204")] == ["seat:T1204"]
    seats.rest(world.desks["1204"])
    assert transfers.inside_targets(world.desks["1203"], "1204") == []


def test_a_desk_that_died_is_gone_after_a_while(world: World) -> None:
    seats.sit_down(world.desks["1203"])
    world.clock.tick(minutes=2)
    assert seats.taken(world.desks["1002"]) == ()


def test_the_telephone_system_says_who_rests(command: Command, world: World) -> None:
    assert command("seat", "list", "--as", "1002").out == "没有人签入\n"
    assert command("seat", "rest", "--seat", "T1203").status == 2
    assert command("seat", "rest").status == 2
    seats.sit_down(world.desks["1203"])
    assert command("seat", "rest", "--seat", "T1203").out == "座席 T1203 已小休\n"
    told = json.loads(command("seat", "list", "--json", "--as", "1002").out)
    assert (told["seat"], told["staff_no"], told["state"]) == ("T1203", "1203", "rest")
    assert "小休" in command("seat", "list", "--as", "1002").out
    ran = command("ring", "13800000000", "--seat", "T1203", "--call", "A9")
    assert (ran.status, ran.err) == (0, "座席 T1203 正在小休或离席：请改派别的座席\n")
    assert json.loads(command("seat", "back", "--seat", "T1203", "--json").out) == {
        "seat": "T1203",
        "resting": False,
    }
    assert state(world)[0] is SeatState.FREE
