"""The tab 专席 of F4: the unit decides, the operator rings (press conference; practice P5, P33)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from desk import special_seats
from screens.dialogs.application import ApplicationPage, SeatFiguresPage
from tests.desk.at_the_seats import ID, PHONE, SETTINGS, filed, last_event, state
from tests.screens.support import SIZES
from tests.screens.unit_clerk import at, press, said, shown
from tests.world import World

both_sizes = pytest.mark.parametrize("size", SIZES)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path / "desk.db", settings=SETTINGS)


async def to_the_tab(pilot: Any) -> None:
    if not pilot.app.screen.is_at_the_seats:  # the only page with something on it is open already
        await press(pilot, "left_square_bracket")
    assert pilot.app.screen.is_at_the_seats


@both_sizes
async def test_sent_back_mended_passed_and_told_by_keys_alone(
    world: World, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    number = filed(world)
    async with at(world, monkeypatch, "2201", size) as pilot:
        await to_the_tab(pilot)
        assert "专席 1" in shown(pilot)
        assert "异地就医" in shown(pilot)
        assert ID not in shown(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ApplicationPage)
        assert ID in shown(pilot)
        assert last_event(world) == "open_application"
        await press(pilot, "escape", "b", *"居住证不清", "ctrl+s")
        assert state(world, number) == "sent_back"
    async with at(world, monkeypatch, "1203", size) as pilot:
        await to_the_tab(pilot)
        assert "待回电" in shown(pilot)
        await press(pilot, "h")
        assert PHONE in shown(pilot)
        assert "还需补正：居住证不清" in "".join(shown(pilot).split())
        await press(pilot, "1", "ctrl+s")
        assert "回电告知已登记" in said(pilot)
        await press(pilot, "d")
        assert "证件号、账号空着即不改" in shown(pilot)
        await press(pilot, "ctrl+s")
        assert state(world, number) == "pending"
    async with at(world, monkeypatch, "2202", size) as pilot:
        await to_the_tab(pilot)
        await press(pilot, "t", "ctrl+s")
        assert state(world, number) == "passed"
        assert "没有待办的办件" in shown(pilot)


@both_sizes
async def test_a_visit_in_vain_is_moved_and_counted(
    world: World, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    number = filed(world, "home_visit")
    world.clock.tick(days=2)
    async with at(world, monkeypatch, "2101", size) as pilot:
        await to_the_tab(pilot)
        assert "今天上门" in shown(pilot)
        await press(pilot, "m", "2", "tab", *"家中无人", "tab", *"2026-11-28", "ctrl+s")
        assert "周末" in shown(pilot)
        await press(pilot, "ctrl+u", *"2026-11-27", "ctrl+s")
        assert state(world, number) == "booked"
        assert "11-27上午" in shown(pilot)
        await press(pilot, "i")
        assert isinstance(pilot.app.screen, SeatFiguresPage)
        assert "爽约 1" in shown(pilot)


async def test_keys_of_orders_do_nothing_on_the_tab_and_the_orders_come_back(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.desk.unit_desk import sent

    order_no = sent(world)
    filed(world, "home_visit")
    async with at(world, monkeypatch, "2101", (80, 24)) as pilot:
        await to_the_tab(pilot)
        for key in ("s", "n", "f8", "z"):
            await press(pilot, key)
            assert "没有这个键" in said(pilot)
        await press(pilot, "t")
        assert "不能办件通过" in said(pilot)
        await press(pilot, "v")
        assert "还没到" in said(pilot)
        await press(pilot, "h")
        assert "权限" in said(pilot)
        await press(pilot, "right_square_bracket")
        assert "夜间施工噪音" in shown(pilot)
        await press(pilot, "s")
        assert "已签收" in said(pilot)
    assert world.status(order_no) == "in_progress"


async def test_a_unit_without_applications_has_no_such_tab(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    filed(world)
    async with at(world, monkeypatch, "2101", (80, 24)) as pilot:
        assert "专席" not in shown(pilot)
    assert special_seats.tab(world.desk("2101")) == ()
