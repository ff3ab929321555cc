"""F5 as it really is, for the tests of what opens over it."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot

from screens.app import DeskApp
from tests.screens.support import FakeOpening, FakeStore, settled, the_app
from tests.world import World


@pytest.fixture(autouse=True)
def real_screen(store: FakeStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """F5 is the real one."""
    import screens.app

    monkeypatch.setitem(screens.app._SCREENS, "emergency", ("screens.emergency", "EmergencyScreen"))


def at_the_desk(store: FakeStore, world: World, staff_no: str = "1401") -> DeskApp:
    """The App with somebody signed in at the small hotline."""
    store.opening = FakeOpening(desk=world.desk(staff_no))  # type: ignore[arg-type]
    return the_app()


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys, each once the last one's work is done."""
    for key in keys:
        await pilot.press(key)
        await settled(pilot)
