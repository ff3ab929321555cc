"""F12: 身份核验 by keys, the record while the call runs, and nothing of it anywhere afterwards (practice P17)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

import screens.app
from desk import telephone, watch
from desk.session import Opening
from screens.app import DeskApp
from screens.intake import IntakeScreen
from screens.intake.insurance import IdentityForm, RecordPage
from tests.desk.insured import NUMBER, csv_settings
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

PHONE, SEAT = "13800000017", "T1203"


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path / "desk.db", settings=csv_settings(tmp_path))


@pytest.fixture
def exchange(world: World) -> Opening:
    return Opening(world.database, world.clock, "pbx", site="CY01")


@pytest.fixture
def app(store: FakeStore, world: World, monkeypatch: pytest.MonkeyPatch) -> DeskApp:
    """王芳 at her form, over the real store and the real watch."""
    monkeypatch.setitem(screens.app._SCREENS, "intake", ("screens.intake", "IntakeScreen"))
    put_in_place(monkeypatch, watch={"watch": watch.watch})
    store.opening = FakeOpening(desk=world.desk("1203"))  # type: ignore[arg-type]
    return the_app()


async def at_the_form(pilot: Pilot[Any]) -> IntakeScreen:
    await until(pilot, lambda: isinstance(pilot.app.screen, IntakeScreen))
    await settled(pilot)
    assert isinstance(pilot.app.screen, IntakeScreen)
    return pilot.app.screen


async def on_page(pilot: Pilot[Any], page: type) -> None:
    await until(pilot, lambda: isinstance(pilot.app.screen, page))
    await settled(pilot)


async def say(pilot: Pilot[Any], number: str, place: str) -> None:
    """Fill the form as the caller answers: name, number, one more fact."""
    await pilot.press("tab", *"样例甲", "tab", *number, "tab", "tab", *place, "ctrl+s")


@pytest.mark.parametrize("size", SIZES)
async def test_a_record_is_shown_while_the_call_runs_and_left_nowhere(
    app: DeskApp, world: World, exchange: Opening, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        screen = await at_the_form(pilot)
        await pilot.press("f12")
        assert "先录来电号码" in text_of(app)
        telephone.ring(exchange, PHONE, "12333", seat=SEAT, call_id="A1")
        await until(pilot, lambda: screen.form.values().get("number") == PHONE)
        telephone.answer(exchange, "A1")
        await settled(pilot)
        assert "F12 社保核验" in text_of(app), "named in the key row on 12333"
        await pilot.press("f12")
        await on_page(pilot, IdentityForm)
        await say(pilot, NUMBER[:-1] + "1", "南康")
        assert "校验位不对" in text_of(app)
        await pilot.press("shift+tab", "shift+tab", "backspace", "X", "ctrl+s")
        await settled(pilot)
        assert "核验未通过，已记录" in text_of(app)
        app.screen.query_one("#value").value = "章贡"  # type: ignore[attr-defined]
        await pilot.press("ctrl+s")
        await on_page(pilot, RecordPage)
        await until(pilot, lambda: "正常参保" in text_of(app))
        assert "13800000017" not in text_of(app)
        await pilot.press("escape", "f12")
        await on_page(pilot, RecordPage)
        telephone.hang_up(exchange, "A1", "pbx")
        await on_page(pilot, IntakeScreen)
        assert "社保记录已收起" in text_of(app)
        assert screen.call.identity is None
        assert NUMBER not in str(screen.form.values()) + str(screen.call.as_body()) + repr(screen.call)
    kinds = [row["kind"] for row in world.rows("SELECT kind FROM events ORDER BY seq")]
    assert kinds == ["verify_identity", "verify_identity", "look_insurance", "look_insurance"]
    assert world.rows("SELECT id FROM work_orders") == []


async def test_a_check_that_has_run_out_is_asked_anew(app: DeskApp, world: World) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_form(pilot)
        await pilot.press(*PHONE)
        await settled(pilot)
        await pilot.press("f12")
        await on_page(pilot, IdentityForm)
        await say(pilot, NUMBER, "章贡")
        await on_page(pilot, RecordPage)
        await pilot.press("escape")
        world.clock.tick(minutes=11)
        await pilot.press("f12")
        await on_page(pilot, IntakeScreen)
        assert "重新核验" in text_of(app)
        await pilot.press("f12")
        await on_page(pilot, IdentityForm)


async def test_a_call_that_ends_as_the_question_opens_closes_it(app: DeskApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_form(pilot)
        await pilot.press(*PHONE)
        await settled(pilot)
        screen.call.was_answered = True
        screen.action_identify()
        page = pilot.app.screen
        assert isinstance(page, IdentityForm)
        page.hear_calls(())
        await until(pilot, lambda: "没有做完" in text_of(app))
        assert isinstance(pilot.app.screen, IntakeScreen)


async def test_the_question_ends_with_the_call_and_is_nobody_else_s_business(
    store: FakeStore, app: DeskApp, world: World, exchange: Opening
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_form(pilot)
        telephone.ring(exchange, PHONE, "12333", seat=SEAT, call_id="A1")
        await until(pilot, lambda: screen.form.values().get("number") == PHONE)
        await pilot.press("f12")
        await on_page(pilot, IdentityForm)
        telephone.hang_up(exchange, "A1", "pbx")
        await on_page(pilot, IntakeScreen)
        await until(pilot, lambda: "没有做完" in text_of(app))
    store.opening = FakeOpening(desk=world.desk("1301"))  # type: ignore[arg-type]
    app = the_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.current_mode == "dispatch")
        await pilot.press("f2")
        await at_the_form(pilot)
        await pilot.press(*PHONE, "f12")
        assert "由话务员、班长办理" in text_of(app)
