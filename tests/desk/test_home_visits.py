"""预约上门: slots with room, moved, done, in vain, and counted (press conference)."""

from pathlib import Path

import pytest

from db.codes import Deed
from desk import special_seats
from desk.errors import BadInput, NotNow
from tests.desk.at_the_seats import SETTINGS, filed, last_event, state
from tests.world import World

UNIT, AGENT = "2101", "1203"


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path / "desk.db", settings=SETTINGS)


def outcomes(world: World) -> list[str]:
    return [row["outcome"] for row in world.rows("SELECT outcome FROM visits ORDER BY id")]


def test_a_visit_is_booked_with_the_unit_of_its_matter(world: World) -> None:
    number = filed(world, "home_visit")
    assert state(world, number) == "booked"
    (row,) = special_seats.page(world.desks[UNIT]).rows
    assert (row.slot, row.reminder, row.unit) == ("11月25日（周三）上午", "", "县城管局")
    assert row.able == {Deed.MOVE_VISIT}
    assert not special_seats.tab(world.desks[UNIT])[0].is_alarming


def test_a_full_slot_is_refused_and_the_next_free_ones_are_offered(world: World) -> None:
    filed(world, "home_visit")
    filed(world, "home_visit", half="afternoon")
    with world.nothing_written(), pytest.raises(BadInput) as raised:
        filed(world, "home_visit")
    assert str(raised.value) == (
        "县城管局 11月25日（周三）上午已约满；"
        "可约：11月26日（周四）上午、11月26日（周四）下午、11月27日（周五）上午"
    )
    filed(world, "home_visit", unit="县人社局")


@pytest.mark.parametrize(
    ("day", "why"), [("2026-11-23", "最早约明天"), ("2026-11-28", "周末"), ("2027-02-01", "最多提前 30 天")]
)
def test_visits_are_on_working_days_to_come(world: World, day: str, why: str) -> None:
    with world.nothing_written(), pytest.raises(BadInput, match=why):
        filed(world, "home_visit", day=day)


def test_the_day_before_reminds_and_afterwards_somebody_has_to_say_what_was(world: World) -> None:
    number = filed(world, "home_visit")
    with world.nothing_written(), pytest.raises(NotNow, match="还没到"):
        special_seats.log_visit(world.desks[UNIT], number)
    said = []
    for _ in range(3):
        world.clock.tick(days=1)
        said.append(special_seats.page(world.desks[UNIT]).rows[0].reminder)
        assert special_seats.tab(world.desks[UNIT])[0].is_alarming
    (row,) = special_seats.page(world.desks[UNIT]).rows
    assert row.able == {Deed.LOG_VISIT, Deed.MISS_VISIT, Deed.MOVE_VISIT}
    assert said == ["明天上门", "今天上门", "!未登记"]
    special_seats.log_visit(world.desks[UNIT], number, "身份证已采集")
    assert (state(world, number), last_event(world)) == ("visited", "log_visit")
    assert special_seats.page(world.desks[UNIT]).rows == ()


def test_nobody_at_home_is_counted_and_a_new_date_is_kept(world: World) -> None:
    number = filed(world, "home_visit")
    world.clock.tick(days=2)
    new = special_seats.miss_visit(
        world.desks[UNIT], number, "家中无人", no_show=True, day="2026-11-27", half="下午"
    )
    assert new is not None
    assert new.words == "11月27日（周五）下午"
    assert (state(world, number), outcomes(world)) == ("booked", ["no_show", "booked"])
    found = special_seats.figures(world.desks["1002"])
    assert found.visits == {"no_show": 1}


def test_in_vain_without_a_date_goes_back_to_the_operator_who_rings(world: World) -> None:
    number = filed(world, "home_visit")
    world.clock.tick(days=2)
    assert special_seats.miss_visit(world.desks[UNIT], number, "设备故障") is None
    assert (state(world, number), outcomes(world)) == ("to_rebook", ["failed"])
    (row,) = special_seats.page(world.desks[AGENT]).rows
    assert "上门未办成：设备故障" in row.to_tell
    special_seats.tell(world.desks[AGENT], number)
    special_seats.move_visit(world.desks[AGENT], number, "2026-11-26", "morning")
    assert (state(world, number), outcomes(world)) == ("booked", ["failed", "booked"])


def test_a_moved_or_withdrawn_visit_gives_its_slot_back(world: World) -> None:
    number = filed(world, "home_visit")
    with world.nothing_written(), pytest.raises(BadInput, match="时段"):
        special_seats.move_visit(world.desks[AGENT], number, "2026-11-26", "夜里")
    special_seats.move_visit(world.desks[AGENT], number, "2026-11-26", "morning", "家里有事")
    other = filed(world, "home_visit")
    special_seats.withdraw_application(world.desks[AGENT], other, "已好转，自己去")
    filed(world, "home_visit")
    assert outcomes(world) == ["moved", "booked", "cancelled", "booked"]


def test_the_free_slots_of_a_unit_can_be_asked_for(world: World) -> None:
    filed(world, "home_visit", day="2026-11-24")
    free = special_seats.next_free(world.desks[AGENT], "县城管局")
    assert [slot.words for slot in free] == [
        "11月24日（周二）下午",
        "11月25日（周三）上午",
        "11月25日（周三）下午",
    ]
