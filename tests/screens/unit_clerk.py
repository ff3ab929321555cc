"""A person at F4 on a real store, for the tests of 我的工单."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from screens.app import DeskApp
from screens.widgets import MessageLine
from tests.screens.support import FakeOpening, put_in_place, settled, text_of, the_app
from tests.world import World


@asynccontextmanager
async def at(
    world: World, monkeypatch: pytest.MonkeyPatch, staff_no: str, size: tuple[int, int] = (120, 36)
) -> AsyncIterator[Pilot[Any]]:
    """The desk of one person, open at F4, on the real store."""
    opening = FakeOpening(desk=world.desk(staff_no))  # type: ignore[arg-type]
    put_in_place(
        monkeypatch,
        cli__front={"open_store": lambda options: opening},
        session={"log_out": lambda desk: None},
    )
    app = the_app()
    async with app.run_test(size=size) as pilot:
        await _calm(pilot)
        await pilot.press("f4")
        await _calm(pilot)
        yield pilot


def _app(pilot: Pilot[Any]) -> DeskApp:
    assert isinstance(pilot.app, DeskApp)
    return pilot.app


def shown(pilot: Pilot[Any]) -> str:
    """The screen as text."""
    return text_of(_app(pilot))


def said(pilot: Pilot[Any]) -> str:
    """What stands in the message line."""
    return pilot.app.screen.query_one(MessageLine).words


async def _calm(pilot: Pilot[Any]) -> None:
    """Wait for the workers; the live store's answers may replace one while it is waited for."""
    for _ in range(20):
        with suppress(WorkerCancelled):
            await settled(pilot)
            return
    raise AssertionError("the screen never came to rest")


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys and wait for what they do."""
    await pilot.press(*keys)
    await _calm(pilot)
