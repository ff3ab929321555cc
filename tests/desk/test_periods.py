"""节假日、恶劣天气、重点事件: a named period has its own officer and lower thresholds while it runs."""

from datetime import timedelta
from pathlib import Path

import pytest

from db.codes import Deed
from desk import emergency
from desk.rules import periods
from desk.rules.calendar import CHINA
from desk.thresholds import threshold
from tests.desk.emergencies import an_emergency, brought_to
from tests.world import World

TYPHOON = {
    "from": "2026-11-23 08:00",
    "until": "2026-11-24 08:00",
    "officer": "1701",
    "acknowledge_minutes": 1,
    "alarm_minutes": [5, 10],
}


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path / "desk.db", settings={periods.PERIODS: {"台风": TYPHOON}})


def test_while_it_runs_its_thresholds_hold_and_its_officer_is_shown(world: World) -> None:
    desk = world.desk("1401")
    assert emergency.figures(desk).watch == "台风至11-24 领导甲1701"
    order_no = an_emergency(world).order_no
    brought_to(world, order_no, Deed.CALL_OUT)
    assert emergency.alarms(desk).minutes == (5, 10)
    world.clock.tick(minutes=1)
    assert any("分未接令" in line for line in emergency.detail(desk, order_no).sections[0].lines)


def test_when_it_is_over_the_citys_own_hold_again(world: World) -> None:
    desk = world.desk("1401")
    world.clock.tick(hours=23)
    assert emergency.figures(desk).watch == ""
    assert threshold(desk, "emergency.acknowledge_minutes", 3) == 3


def test_of_two_the_narrower_one_holds() -> None:
    outer = {"from": "2026-10-01 00:00", "until": "2026-10-08 00:00", "group_numbers": 4}
    inner = {"from": "2026-10-03 12:00", "until": "2026-10-04 12:00", "group_numbers": 2}
    value = {"国庆": outer, "暴雨": inner}
    begun = periods.periods_of(value)[1].begins
    assert begun.astimezone(CHINA).hour == 12
    for moment, name in (
        (begun - timedelta(minutes=1), "国庆"),
        (begun, "暴雨"),
        (begun + timedelta(days=1), "国庆"),
    ):
        found = periods.current(value, moment)
        assert found is not None
        assert found.name == name
    assert periods.current(value, begun - timedelta(days=9)) is None


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"台风": TYPHOON}, ""),
        ([], "按名称写时段"),
        ({"": TYPHOON}, "名称不超过"),
        ({"台风": {**TYPHOON, "until": "2026-11-22 08:00"}}, "结束要在开始之后"),
        ({"台风": {**TYPHOON, "from": "明天吧"}}, "台风的开始"),
        ({"台风": {**TYPHOON, "acknowledge_minutes": 0}}, "acknowledge_minutes 要写大于 0 的数"),
        ({"台风": {**TYPHOON, "alarm_minutes": 5}}, "alarm_minutes 要写大于 0 的数"),
        ({"台风": {**TYPHOON, "minuets": 5}}, "不认识 minuets"),
    ],
)
def test_a_period_that_cannot_hold_is_refused(value: object, said: str) -> None:
    flaw = periods.flaw_of(value)
    assert said in flaw
    assert bool(flaw) == bool(said)
