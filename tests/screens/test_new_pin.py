"""A PIN is changed: at the first log-in because one must, at any other because one wants to. On a real store."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot

from desk import people, session
from desk.cli import front
from desk.launch import LaunchOptions
from screens.app import DeskApp
from screens.log_in import LogIn
from screens.set_up import NewPin
from tests.screens.sample import SampleScreen
from tests.screens.support import SIZES, FakeStore, put_in_place, settled, text_of
from tests.world import PIN, World

GIVEN, OWN = "111222", "975310"
KINDS = "SELECT kind FROM events ORDER BY seq DESC LIMIT 1"


@pytest.fixture
def world(tmp_path: Any) -> World:
    return World(tmp_path / "desk.db")


@pytest.fixture
def app(store: FakeStore, world: World, monkeypatch: pytest.MonkeyPatch) -> DeskApp:
    """The App before the log-in page of a real store; only its screens are stood in for."""
    put_in_place(
        monkeypatch,
        cli__front={"open_store": front.open_store, "log_in": front.log_in},
        session={"log_out": session.log_out},
    )
    return DeskApp(LaunchOptions(store=str(world.path)))


async def log_in(pilot: Pilot[Any], pin: str, key: str = "enter") -> None:
    await settled(pilot)
    await pilot.press(*"1203", "enter", *pin, key)
    await settled(pilot)


async def choose(pilot: Pilot[Any], pin: str, again: str) -> None:
    await pilot.press(*pin, "enter", *again, "enter")
    await settled(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_a_pin_that_an_administrator_gave_is_changed_before_anything_else(
    app: DeskApp, world: World, size: tuple[int, int]
) -> None:
    people.reset_pin(world.desk("1001"), "1203", GIVEN)
    async with app.run_test(size=size) as pilot:
        await log_in(pilot, GIVEN)
        assert isinstance(app.screen, NewPin)
        assert "由管理员设置" in text_of(app)
        await pilot.press("f3", "f1", "ctrl+p", "ctrl+l")
        await settled(pilot)
        assert isinstance(app.screen, NewPin)
        assert app.desk is None
        await choose(pilot, OWN, "975311")
        assert "两次输入的 PIN 不一致" in text_of(app)
        await choose(pilot, "123", "123")
        assert "PIN 须为至少 6 位数字" in text_of(app)
        await choose(pilot, GIVEN, GIVEN)
        assert "新 PIN 不能与原 PIN 相同" in text_of(app)
        await choose(pilot, OWN, OWN)
        assert isinstance(app.screen, SampleScreen)
        assert world.row(KINDS)["kind"] == "change_pin"
    opening = front.open_store(app.options)
    assert not front.log_in(opening, "1203", OWN).actor.must_change_pin


async def test_who_will_not_change_it_is_logged_out(app: DeskApp, world: World) -> None:
    people.reset_pin(world.desk("1001"), "1203", GIVEN)
    async with app.run_test(size=(80, 24)) as pilot:
        await log_in(pilot, GIVEN)
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(app.screen, LogIn)
        assert "没有修改 PIN，已退出登录" in text_of(app)
        assert app.desk is None
        assert world.row(KINDS)["kind"] == "log_out"
        await pilot.press(*GIVEN, "enter")
        await settled(pilot)
        assert isinstance(app.screen, NewPin)
    assert world.row(KINDS)["kind"] == "log_out", "leaving from the page is a log-out too"


async def test_f9_changes_the_pin_at_any_log_in(app: DeskApp, world: World) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await log_in(pilot, PIN, "f9")
        assert isinstance(app.screen, NewPin)
        await choose(pilot, OWN, OWN)
        assert isinstance(app.screen, SampleScreen)
        await pilot.press("ctrl+l")
        await settled(pilot)
        await pilot.press(*PIN, "enter")
        await settled(pilot)
        assert "工号或 PIN 不对" in text_of(app)
        await pilot.press(*OWN, "f9")
        await settled(pilot)
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(app.screen, SampleScreen)
        assert not isinstance(app.screen, LogIn)
