"""The telephone rings at a seat: `desk ring` on one side, the form on the other, one call record in the end."""

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
from tests.screens.support import FakeOpening, FakeStore, put_in_place, settled, text_of, the_app, until
from tests.world import World

PHONE, OTHER, SEAT = "13800000000", "13911112222", "T1203"
WORDS = "老城社区工地夜里十二点还在打桩"


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path / "desk.db")


@pytest.fixture
def exchange(world: World) -> Opening:
    """The telephone system's way to the store: another process, as far as the seat can tell."""
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


async def shown(pilot: Pilot[Any], words: str) -> None:
    await until(pilot, lambda: words in text_of(pilot.app))  # type: ignore[arg-type]
    await settled(pilot)


async def test_an_empty_form_takes_the_call_and_its_record_is_closed_by_the_hang_up(
    app: DeskApp, world: World, exchange: Opening
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        form = (await at_the_form(pilot)).form
        telephone.ring(exchange, PHONE, "12333", seat=SEAT, call_id="A1")
        await shown(pilot, f"来电 {PHONE} 拨打 12333")
        assert form.values() == {"number": PHONE, "line": "12333"}
        assert app.focused is not None
        assert app.focused.id == "name"
        world.clock.tick(seconds=9)
        telephone.answer(exchange, "A1")
        world.clock.tick(minutes=2)
        await pilot.press("tab", "3")
        form.part("content").value = WORDS
        form.part("place").value = "老城社区"
        await pilot.press("ctrl+s")
        await shown(pilot, "已受理")
        assert form.is_empty
        await pilot.pause(1.2)
        assert form.is_empty, "the same call is not taken twice"
    world.clock.tick(minutes=1)
    telephone.hang_up(exchange, "A1", "pbx")
    calls = world.rows(
        "SELECT outside_id, line, answered_at - rang_at AS rung, ended_at - rang_at AS all_ FROM calls"
    )
    assert calls == [{"outside_id": "A1", "line": "12333", "rung": 9_000, "all_": 189_000}]
    assert world.row("SELECT contact_phone FROM work_orders")["contact_phone"] == PHONE


async def test_a_call_that_ended_before_it_was_registered_has_its_end_too(
    app: DeskApp, world: World, exchange: Opening
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        form = (await at_the_form(pilot)).form
        telephone.ring(exchange, PHONE, "12345", seat=SEAT, call_id="A1")
        telephone.answer(exchange, "A1")
        await shown(pilot, f"来电 {PHONE}")
        world.clock.tick(seconds=50)
        telephone.hang_up(exchange, "A1", "pbx")
        await pilot.pause(1.2)
        assert form.values() == {"number": PHONE}, "an answered call stays until it is filed"
        await pilot.press("f7", "4")
        await shown(pilot, "话务小结已存")
    call = world.row("SELECT outside_id, ended_at - answered_at AS lasted FROM calls")
    assert call == {"outside_id": "A1", "lasted": 50_000}


async def test_a_half_typed_form_is_not_touched_until_ctrl_n(
    app: DeskApp, world: World, exchange: Opening
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_form(pilot)
        await pilot.press(*PHONE, "tab", *"li")
        telephone.ring(exchange, OTHER, "12345", seat=SEAT, call_id="B2")
        await shown(pilot, f"来电 {OTHER} 12345，Ctrl+N 接入")
        await pilot.press("u")
        assert screen.form.values() == {"number": PHONE, "name": "liu"}
        await pilot.press("ctrl+g", "ctrl+n")
        await until(pilot, lambda: screen.form.values() == {"number": OTHER})
        await settled(pilot)
        assert screen.focused is screen.form.part("name"), "what is typed next must not go into the number"
        assert "Ctrl+N 接入" not in text_of(app)
        ring = world.desk("1203").work.find_ring("B2")
        assert ring is not None
        assert (ring.seat, ring.answered_at is not None) == (SEAT, True)
        drafts = world.desk("1203").work.drafts_of(world.desk("1203").actor.uid)
        assert [draft.body["values"]["name"] for draft in drafts if draft.is_held] == ["liu"]
        assert telephone.answer(exchange, "B2", seat=SEAT).was_answered, "the system may tell it once more"


async def test_a_call_for_all_seats_waits_for_one_that_takes_it(
    app: DeskApp, world: World, exchange: Opening
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_form(pilot)
        telephone.ring(exchange, OTHER, "12345", call_id="B2")
        await shown(pilot, f"来电 {OTHER} 12345，Ctrl+N 接入")
        assert screen.form.is_empty
        telephone.answer(exchange, "B2", seat="another")
        await until(pilot, lambda: "Ctrl+N 接入" not in text_of(app))
        assert screen.form.is_empty


async def test_a_caller_who_gave_up_leaves_an_empty_form(
    app: DeskApp, world: World, exchange: Opening
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_form(pilot)
        telephone.ring(exchange, PHONE, "12345", seat=SEAT, call_id="A1")
        await until(pilot, lambda: screen.form.values() == {"number": PHONE})
        telephone.hang_up(exchange, "A1", "pbx")
        await shown(pilot, "已挂断，未接听")
        assert screen.form.is_empty
    assert [row["summary"] for row in world.rows("SELECT summary FROM calls")] == [None]


async def test_elsewhere_one_line_says_where_the_call_is_taken(
    app: DeskApp, world: World, exchange: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    bells: list[str] = []
    monkeypatch.setattr(app, "bell", lambda: bells.append("bell"))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_form(pilot)
        await pilot.press("f3")
        await settled(pilot)
        telephone.ring(exchange, PHONE, "12345", seat=SEAT, call_id="A1")
        await shown(pilot, f"来电 {PHONE} 12345，F2 接入")
        assert (app.current_mode, bells) == ("dispatch", ["bell"])
        await pilot.press("f2")
        await until(pilot, lambda: screen.form.values() == {"number": PHONE})


async def test_a_dialog_over_the_form_is_left_alone(app: DeskApp, world: World, exchange: Opening) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_form(pilot)
        await pilot.press("f7")
        await settled(pilot)
        telephone.ring(exchange, PHONE, "12345", seat=SEAT, call_id="A1")
        await shown(pilot, "关闭本页后接入")
        assert screen.form.is_empty
        await pilot.press("escape")
        await until(pilot, lambda: screen.form.values() == {"number": PHONE})
