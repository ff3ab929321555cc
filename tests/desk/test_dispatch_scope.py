"""The queue shared by line and area, and what rings of it, by day and at night (practice P21)."""

from datetime import timedelta
from pathlib import Path

import pytest

from db.codes import Urgency
from desk import dispatch
from desk.errors import BadInput
from tests.desk.dispatching import D
from tests.world import World

GUOBU = "360725200000"


@pytest.fixture
def shared(tmp_path: Path) -> World:
    world = World(
        tmp_path / "shared.db", settings={"dispatch.area_groups": {"东片": ["360725100000", GUOBU]}}
    )
    with world.database.write() as writer:
        writer.insert(
            "areas", {"code": GUOBU, "name": "过埠镇", "level": "township", "parent": "360725000000"}
        )
    return world


def titles(world: World, by: str = D) -> set[str]:
    return {row.title for row in dispatch.queue(world.desk(by)).rows}


def test_narrowed_to_an_area_an_unknown_area_and_danger_stay_in_sight(shared: World) -> None:
    shared.order(title="横水")
    shared.order(title="过埠", area_code=GUOBU)
    shared.order(title="老城", area_code="360725100001")
    shared.order(title="不知道", area_code=None)
    shared.order(title="险情", area_code=GUOBU, urgency=Urgency.CRITICAL)
    desk = shared.desk(D)
    assert dispatch.narrow(desk, "area:360725100000") == "横水镇"
    assert titles(shared) == {"横水", "老城", "不知道", "险情"}
    figures = dispatch.figures(desk)
    assert (figures.counts["to_dispatch"], figures.outside["to_dispatch"], figures.scope) == (4, 1, "横水镇")
    assert len(titles(shared, "1302")) == 5


def test_chosen_again_is_dropped_and_all_is_all(shared: World) -> None:
    desk = shared.desk(D)
    assert dispatch.narrow(desk, "area:360725100000") == "横水镇"
    assert dispatch.narrow(desk, f"area:{GUOBU}") == "东片"
    assert dispatch.narrow(desk, "line:12333") == "12333线 东片"
    assert dispatch.narrow(desk, "area:360725100000") == "12333线 过埠镇"
    assert dispatch.narrow(desk, "line:12333") == "过埠镇"
    assert dispatch.narrow(desk, "group:东片") == "东片"
    assert dispatch.narrow(desk, "group:东片") == ""
    dispatch.narrow(desk, "line:12345")
    assert dispatch.narrow(desk, "all") == ""
    assert dispatch.figures(desk).outside == {}


def test_narrowed_to_a_line(shared: World) -> None:
    shared.order(title="社保", line="12333")
    shared.order(title="工伤", channel="phone_12333")
    shared.order(title="网上", channel="web")
    desk = shared.desk(D)
    dispatch.narrow(desk, "line:12333")
    assert titles(shared) == {"社保", "工伤"}
    dispatch.narrow(desk, "line:12345")
    assert titles(shared) == {"网上"}


def test_kept_beside_the_store_without_an_event(shared: World) -> None:
    with shared.nothing_written():
        dispatch.narrow(shared.desk(D), "line:12333")
    assert dispatch.figures(shared.desk(D)).scope == "12333线"


def test_the_choices_say_what_is_chosen(shared: World) -> None:
    desk = shared.desk(D)
    dispatch.narrow(desk, "area:360725100000")
    picks = {pick.name: pick.hint for pick in dispatch.scope_picks(desk)}
    assert picks["横水镇"] == "已选"
    assert (picks["全部"], picks["12333 热线"], picks["东片"]) == ("不分范围", "线路", "片区")
    assert "老城社区" not in picks
    assert [pick.name for pick in dispatch.scope_picks(desk, "老城")] == ["老城社区"]


@pytest.mark.parametrize("key", ["line:110", "village:1", "", "area"])
def test_an_unknown_choice_changes_nothing(shared: World, key: str) -> None:
    if key == "area":
        dispatch.narrow(shared.desk(D), "area:999999999999")
        assert dispatch.figures(shared.desk(D)).scope == "999999999999"
        return
    with pytest.raises(BadInput, match="没有这个范围"):
        dispatch.narrow(shared.desk(D), key)


class TestArrivals:
    def test_nothing_is_new_at_the_first_look(self, shared: World) -> None:
        born = shared.order()
        found = dispatch.arrivals(shared.desk(D), None)
        assert (found.newest, found.ringing) == (born.id, ())
        assert dispatch.arrivals(shared.desk(D), found.newest).ringing == ()

    def test_by_day_all_ring_and_at_night_what_is_urgent(self, shared: World) -> None:
        desk = shared.desk(D)
        for hours, wanted in ((0, {"一般", "紧急", "特急"}), (14, {"紧急", "特急"})):
            shared.clock.now += timedelta(hours=hours)
            since = dispatch.arrivals(desk, None).newest
            shared.order(title="一般")
            shared.order(title="紧急", urgency=Urgency.URGENT)
            shared.order(title="特急", urgency=Urgency.CRITICAL)
            assert {row.title for row in dispatch.arrivals(desk, since).ringing} == wanted

    def test_hours_that_are_none_count_as_not_set(self, tmp_path: Path) -> None:
        world = World(tmp_path / "odd.db", settings={"alarms.night_hours": ["late"]})
        world.order()
        assert len(dispatch.arrivals(world.desk(D), 0).ringing) == 1

    def test_what_is_not_minded_does_not_ring(self, shared: World) -> None:
        desk = shared.desk(D)
        dispatch.narrow(desk, f"area:{GUOBU}")
        shared.order(title="横水")
        shared.order(title="过埠", area_code=GUOBU)
        assert [row.title for row in dispatch.arrivals(desk, 0).ringing] == ["过埠"]
