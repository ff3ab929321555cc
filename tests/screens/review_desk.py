"""F6 over a real store: what its tests share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot

import screens.app
from screens.app import DeskApp
from screens.widgets import KeyHints
from tests.screens.support import SIZES, FakeOpening, FakeStore, settled, the_app
from tests.world import World

Sign = Callable[[str], DeskApp]
BOTH = pytest.mark.parametrize("size", SIZES)


@pytest.fixture
def sign_in(store: FakeStore, world: World, monkeypatch: pytest.MonkeyPatch) -> Sign:
    """Open the desk on the world's store, signed in as one of its people."""
    monkeypatch.setitem(screens.app._SCREENS, "review", ("screens.review", "ReviewScreen"))

    def opened(staff_no: str) -> DeskApp:
        store.opening = FakeOpening(desk=world.desk(staff_no))  # type: ignore[arg-type]
        return the_app()

    return opened


async def at_review(pilot: Pilot[Any]) -> None:
    await settled(pilot)
    await pilot.press("f6")
    await settled(pilot)


def hints(app: DeskApp) -> str:
    return " ".join(key for key, _ in app.screen.query_one(KeyHints).hints)
