"""F5 `r`: the roster of a day; a gap is seen, filled, exchanged and emptied by keys alone."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot

from desk import roster, stewardship
from desk.codes import TeamName
from screens.dialogs import Pick
from screens.dialogs.ask import AskForm, AskText
from screens.emergency import EmergencyScreen
from screens.emergency.roster import RosterPage
from tests.screens.emergency_desk import at_the_desk, press, real_screen  # noqa: F401 - a fixture
from tests.screens.support import SIZES, FakeStore, settled, text_of, until
from tests.world import World


def members(world: World, *names: str, keeper: str = "2101") -> None:
    for place, name in enumerate(names):
        stewardship.add_member(world.desk(keeper), name, f"1380000003{place}", team=TeamName.RESPONSE)


async def on_the_page(pilot: Pilot[Any]) -> None:
    await settled(pilot)
    await press(pilot, "f5")
    assert isinstance(pilot.app.screen, EmergencyScreen)
    await pilot.press("r")
    await until(pilot, lambda: isinstance(pilot.app.screen, RosterPage))
    await settled(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_a_gap_is_seen_and_filled_by_one_key_and_enter(
    store: FakeStore, world: World, size: tuple[int, int]
) -> None:
    members(world, "演练甲[/b]", "演练乙")
    app = at_the_desk(store, world)
    async with app.run_test(size=size) as pilot:
        await on_the_page(pilot)
        said = text_of(app)
        assert "2026-11-23 周一 工作日" in said
        assert "7 天内空 16 班" in said
        assert said.count("无人") == 4, "two in the list, two beside it"
        await press(pilot, "a")
        assert isinstance(app.screen, Pick)
        await press(pilot, "enter")
        said = text_of(app)
        assert "已排：县城管局 11-23 周一 白班 演练甲[/b]" in said
        assert "7 天内空 15 班" in said
        await press(pilot, "right")
        assert "2026-11-24 周二" in text_of(app)


async def test_days_are_planned_and_the_next_gap_is_one_key_away(store: FakeStore, world: World) -> None:
    members(world, "演练甲", "演练乙")
    app = at_the_desk(store, world)
    async with app.run_test(size=(80, 24)) as pilot:
        await on_the_page(pilot)
        await press(pilot, "p", *"x", "ctrl+s")
        assert isinstance(app.screen, AskForm), "nothing typed is lost over a date that cannot be read"
        assert "看不懂" in text_of(app)
        await press(pilot, "backspace", "ctrl+s")
        assert "排了 30 班，没有空班" in text_of(app)
        await press(pilot, "g")
        assert "往后没有空班" in text_of(app)
        turn = roster.gaps(world.desk("1401"), 20)[0]
        assert turn.duty.day.isoformat() == "2026-12-08"


async def test_a_turn_is_exchanged_and_taken_off_with_a_reason(store: FakeStore, world: World) -> None:
    members(world, "演练甲", "演练乙", "演练丙")
    day = roster.day(world.desk("1401"), roster.shift_now(world.desk("1401")).day)
    unit = day.units[0].unit_id
    first, second, _ = roster.people(world.desk("1401"), unit)
    roster.assign(world.desk("1401"), unit, day.day, "白班", first.key)
    app = at_the_desk(store, world)
    async with app.run_test(size=(80, 24)) as pilot:
        await on_the_page(pilot)
        await press(pilot, "t")
        assert "顶班，不换" in text_of(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, AskText)
        await press(pilot, *"病假", "ctrl+s")
        assert f"已换班：县城管局 11-23 周一 白班 {second.name}" in text_of(app)
        await press(pilot, "m", *"夜里再看一次[/b]", "ctrl+s")
        assert "留言：夜里再看一次[/b]" in text_of(app)
        await press(pilot, "x", *"排错", "ctrl+s")
        assert "已撤下" in text_of(app)
        assert roster.day(world.desk("1401"), day.day).units[0].stands["白班"] == ()
        await press(pilot, "x")
        assert "先按 a 排人" in text_of(app)


async def test_units_are_found_by_a_part_of_the_name(store: FakeStore, world: World) -> None:
    members(world, "演练甲")
    members(world, "演练丁", keeper="2301")
    app = at_the_desk(store, world)
    async with app.run_test(size=(80, 24)) as pilot:
        await on_the_page(pilot)
        assert "县城管局" in text_of(app)
        await press(pilot, "slash", *"横水", "ctrl+s")
        assert "县城管局" not in text_of(app)
        assert "横水镇" in text_of(app)
        await press(pilot, "slash", "backspace", "backspace", *"无此", "ctrl+s")
        assert "没有名称含“无此”的应急成员单位" in text_of(app)


async def test_who_may_not_change_it_reads_it_and_is_told_who_may(store: FakeStore, world: World) -> None:
    members(world, "演练甲")
    app = at_the_desk(store, world, "1301")
    async with app.run_test(size=(80, 24)) as pilot:
        await on_the_page(pilot)
        assert "自动排班" not in text_of(app)
        await press(pilot, "a")
        assert "排班由" in text_of(app)


async def test_without_a_team_the_page_says_what_to_do(store: FakeStore, world: World) -> None:
    app = at_the_desk(store, world)
    async with app.run_test(size=(80, 24)) as pilot:
        await on_the_page(pilot)
        assert "desk team import" in text_of(app)
        await press(pilot, "a")
        assert "desk team import" in text_of(app)
