"""The desk of a dispatcher over a real store, for the tests of F3."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import pytest
from textual.pilot import Pilot

import screens.app
from screens.app import DeskApp
from screens.dispatch import DispatchScreen
from tests.desk.dispatching import fill_duty_list
from tests.screens.support import FakeOpening, FakeStore, settled, text_of, the_app
from tests.world import World

Open = Callable[..., AbstractAsyncContextManager["Dispatcher"]]


class Dispatcher:
    """The desk of one dispatcher: presses keys and waits for what follows."""

    def __init__(self, app: DeskApp, pilot: Pilot[Any]) -> None:
        self.app, self.pilot = app, pilot

    async def press(self, *keys: str) -> None:
        await settled(self.pilot)
        for key in keys:
            await self.pilot.press(key)
            await settled(self.pilot)

    async def write(self, words: str) -> None:
        """Type into the focused text, whatever characters, and commit."""
        self.app.screen.query_one("#text").value = words  # type: ignore[attr-defined]
        await self.press("ctrl+s")

    @property
    def text(self) -> str:
        return text_of(self.app)

    @property
    def screen(self) -> DispatchScreen:
        assert isinstance(self.app.screen, DispatchScreen)
        return self.app.screen


@pytest.fixture
def opened(world: World, store: FakeStore, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Open the dispatch screen of one person over the world's store."""
    fill_duty_list(world)
    monkeypatch.setitem(screens.app._SCREENS, "dispatch", ("screens.dispatch", "DispatchScreen"))

    @asynccontextmanager
    async def open_desk(
        staff_no: str = "1301", size: tuple[int, int] = (80, 24)
    ) -> AsyncIterator[Dispatcher]:
        store.opening = FakeOpening(desk=world.desk(staff_no))  # type: ignore[arg-type]
        app = the_app()
        async with app.run_test(size=size) as pilot:
            desk = Dispatcher(app, pilot)
            await desk.press("f3")
            yield desk

    return open_desk
