"""A bug costs one key; a desk that ends, however it ends, has kept what was half typed."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

import pytest

import screens.app
from desk import my_tickets
from screens import journal
from screens.app import DeskApp
from screens.errands import BUG
from screens.intake import IntakeScreen
from screens.my_tickets.reply import ReplyEditor
from screens.widgets import Field, LongText
from tests.desk.unit_desk import signed
from tests.screens.sample import SampleScreen
from tests.screens.support import FakeOpening, FakeStore, settled, text_of, the_app, until
from tests.world import World


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path / "desk.db")


@pytest.fixture(autouse=True)
def in_earnest(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let the App treat bugs as it does for a person; returns the kinds that were logged."""
    monkeypatch.setattr(DeskApp, "is_tried", False)
    kinds: list[str] = []
    monkeypatch.setattr(journal._log, "error", lambda line, kind, *rest: kinds.append(kind))
    return kinds


def broken(*_: Any, **__: Any) -> None:
    raise ZeroDivisionError("13800000000 李先生")


@pytest.mark.parametrize("where", ["action", "widget", "timer", "call"])
async def test_a_bug_behind_a_key_is_said_and_everything_goes_on(
    store: FakeStore, monkeypatch: pytest.MonkeyPatch, in_earnest: list[str], where: str
) -> None:
    app = the_app(demo=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        screen = app.screen
        if where == "action":
            monkeypatch.setattr(app, "action_find", broken)
            await pilot.press("ctrl+p")
        elif where == "widget":
            screen.query_one("#name").focus()
            with monkeypatch.context() as patch:
                patch.setattr(Field, "_on_key", broken)
                await pilot.press("a")
                await pilot.pause()
        elif where == "timer":
            screen.set_timer(0.01, broken)
        else:
            app.call_later(broken)
        await until(pilot, lambda: BUG in text_of(app))
        assert in_earnest == ["ZeroDivisionError"]
        assert "李先生" not in text_of(app)
        field = screen.query_one("#name", Field)
        field.focus()
        await until(pilot, lambda: field.has_focus)
        await pilot.press("b")
        await until(pilot, lambda: field.value == "b")
        await pilot.press("f3")
        await settled(pilot)
        assert isinstance(app.screen, SampleScreen)
        assert app.current_mode == "dispatch"
        assert app._exit is False


async def test_an_endless_row_of_bugs_ends_the_desk(store: FakeStore) -> None:
    app = the_app(demo=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.screen.set_interval(0.01, broken)
        await until(pilot, lambda: app._exit)
    assert app.return_code == 1


def the_desk(store: FakeStore, world: World, monkeypatch: pytest.MonkeyPatch, staff_no: str) -> DeskApp:
    monkeypatch.setitem(screens.app._SCREENS, "intake", ("screens.intake", "IntakeScreen"))
    monkeypatch.setitem(screens.app._SCREENS, "my_tickets", ("screens.my_tickets", "MyTicketsScreen"))
    store.opening = FakeOpening(desk=world.desk(staff_no))  # type: ignore[arg-type]
    return the_app()


ENDS = [signal.SIGTERM, signal.SIGHUP, None]


@pytest.mark.parametrize("end", ENDS)
async def test_the_form_is_kept_to_the_last_key(
    store: FakeStore, world: World, monkeypatch: pytest.MonkeyPatch, end: signal.Signals | None
) -> None:
    monkeypatch.setattr("screens.intake.drafting.SAVE_AFTER", 60)
    app = the_desk(store, world, monkeypatch, "1203")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, IntakeScreen))
        await settled(pilot)
        await pilot.press(*"1380000")
        finish(app, end)
        await until(pilot, lambda: app._exit)
    assert app.return_code == (128 + end if end else 1)
    desk = world.desk("1203")
    assert [draft.body["values"] for draft in desk.work.drafts_of(desk.actor.uid)] == [{"number": "1380000"}]
    assert ("log_out", "1203") in store.calls


@pytest.mark.parametrize("end", ENDS)
async def test_a_reply_is_kept_to_the_last_key(
    store: FakeStore, world: World, monkeypatch: pytest.MonkeyPatch, end: signal.Signals | None
) -> None:
    monkeypatch.setattr("screens.my_tickets.reply.SAVE_AFTER", 60)
    order_no = signed(world)
    app = the_desk(store, world, monkeypatch, "2102")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.current_mode == "my_tickets")
        await settled(pilot)
        await pilot.press("d")
        await until(pilot, lambda: isinstance(app.screen, ReplyEditor))
        await settled(pilot)
        app.screen.query_one("#internal", LongText).value = "已到现场劝停"
        finish(app, end)
        await until(pilot, lambda: app._exit)
    draft = my_tickets.draft_of(world.desk("2102"), order_no)
    assert draft is not None
    assert draft.internal_result == "已到现场劝停"


def finish(app: DeskApp, end: signal.Signals | None) -> None:
    """End the desk: by a signal, or because Textual gave up."""
    if end is None:
        app.panic("the input thread died")
    else:
        os.kill(os.getpid(), end)
