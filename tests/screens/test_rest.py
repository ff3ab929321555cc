"""F10 `r`: 小休 begins and ends, and the top line says that it lasts (practice P31)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desk import counts, seats, watch
from screens.app import DeskApp
from screens.dialogs.calls import SeatCalls
from tests.screens.support import (
    SIZES,
    FakeOpening,
    FakeStore,
    put_in_place,
    settled,
    text_of,
    the_app,
    until,
)
from tests.world import World


@pytest.fixture
def opened(store: FakeStore, world: World, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], DeskApp]:
    """Begin the App of one person, over the real store and the real watch."""
    put_in_place(monkeypatch, watch={"watch": watch.watch}, counts={"header_counts": counts.header_counts})

    def begin(staff_no: str) -> DeskApp:
        store.opening = FakeOpening(desk=world.desk(staff_no))  # type: ignore[arg-type]
        return the_app()

    return begin


@pytest.mark.parametrize("size", SIZES)
async def test_a_seat_rests_and_takes_calls_again(
    opened: Callable[[str], DeskApp], world: World, size: tuple[int, int]
) -> None:
    app = opened("1203")
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await until(pilot, lambda: len(seats.taken(world.desks["1002"])) == 1)
        await pilot.press("f10")
        await settled(pilot)
        assert isinstance(app.screen, SeatCalls)
        await pilot.press("r")
        await settled(pilot)
        assert "已小休，不派来电" in text_of(app)
        rest = app.background.rest
        assert rest is not None
        await until(pilot, lambda: rest.since is not None)
        assert seats.resting_since(world.desks["1203"]) is not None
        await pilot.press("escape")
        await until(pilot, lambda: "小休 0 分" in text_of(app))
        await pilot.press("f10")
        await settled(pilot)
        await pilot.press("r")
        await settled(pilot)
        assert "小休结束" in text_of(app)
        await until(pilot, lambda: rest.since is None)
        await pilot.press("escape")
        await until(pilot, lambda: "小休 0 分" not in text_of(app))
