from __future__ import annotations

import subprocess
import sys
from types import ModuleType

import pytest

from screens.log_in import LogIn
from screens.too_small import TooSmall
from screens.widgets import Field, LongText, RowList
from tests.screens.sample import SampleScreen
from tests.screens.support import SIZES, FakeDesk, FakeStore, settled, text_of, the_app, until

HEAVY = ("sqlmodel", "sqlalchemy", "alembic", "sqlite3", "pydantic")


def test_importing_the_app_brings_no_store_with_it() -> None:
    code = f"import sys, screens.app; print([name for name in {HEAVY!r} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


async def test_every_global_key_works_from_every_focus(store: FakeStore) -> None:
    app = the_app(demo=True)
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        for wanted in ("#name", "#kind", "#content", "#rows", "#detail"):
            for key, mode in (
                ("f3", "dispatch"),
                ("f4", "my_tickets"),
                ("f5", "emergency"),
                ("f6", "review"),
                ("f2", "intake"),
            ):
                app.screen.query_one(wanted).focus()
                await pilot.press(key)
                await settled(pilot)
                assert app.current_mode == mode, (wanted, key)
            for key, opened in (("f1", "Help"), ("ctrl+p", "Finder"), ("ctrl+d", "Card")):
                app.screen.query_one(wanted).focus()
                await pilot.press(key)
                await pilot.pause()
                assert type(app.screen).__name__ == opened, (wanted, key)
                await pilot.press("f3")
                assert app.current_mode == "dispatch", "the phone rings while a dialog is open"
                await pilot.press("f2")
                await pilot.pause()
                assert type(app.screen).__name__ == opened
                await pilot.press("escape")
                await pilot.pause()
            app.screen.query_one(wanted).focus()
            await pilot.press("ctrl+l")
            await settled(pilot)
            assert isinstance(app.screen, LogIn), wanted
            await pilot.press("f3", "f1", "ctrl+p", "ctrl+d")
            assert isinstance(app.screen, LogIn)
            await pilot.press(*"135790", "enter")
            await settled(pilot)
            assert app.current_mode == "intake"
        assert app.screen.query_one("#name", Field).value == ""
        assert app.screen.query_one("#content", LongText).text == ""


async def test_who_only_locked_the_seat_finds_the_form_and_another_person_does_not(store: FakeStore) -> None:
    app = the_app(demo=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.screen.query_one("#name").focus()
        await pilot.press(*"abc", "ctrl+l")
        await settled(pilot)
        assert "abc" not in text_of(app)
        await pilot.press(*"135790", "enter")
        await settled(pilot)
        assert app.screen.query_one("#name", Field).value == "abc"
        await pilot.press("ctrl+l")
        await settled(pilot)
        app.screen.query_one("#staff_no", Field).value = "1300"
        await pilot.press(*"135790", "enter")
        await settled(pilot)
        assert app.desk is not None
        assert app.desk.actor.staff_no == "1300"
        assert ("log_out", "1203") in store.calls
        assert app.screen.query_one("#name", Field).value == ""


async def test_leaving_with_something_unsaved_asks_once_more(store: FakeStore) -> None:
    app = the_app(demo=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.screen.query_one("#name").focus()
        await pilot.press("a", "ctrl+q")
        await pilot.pause()
        assert "样表 还没有提交" in text_of(app)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, SampleScreen)
        await pilot.press("ctrl+q", "y")
        await pilot.pause()
    assert app.return_code == 0
    assert ("log_out", "1203") in store.calls


@pytest.mark.parametrize("size", SIZES)
async def test_a_terminal_shrunk_to_40x10_says_so_and_comes_back(
    store: FakeStore, size: tuple[int, int]
) -> None:
    app = the_app(demo=True)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        app.screen.query_one("#name").focus()
        await pilot.press(*"abc")
        before = text_of(app)
        await pilot.resize_terminal(40, 10)
        await pilot.pause()
        assert isinstance(app.screen, TooSmall)
        assert "窗口太小" in text_of(app)
        await pilot.press("x", "f3", "ctrl+p")
        await pilot.resize_terminal(*size)
        await settled(pilot)
        assert text_of(app) == before
        await pilot.press("d")
        assert app.screen.query_one("#name", Field).value == "abcd"


async def test_a_page_switched_while_the_terminal_is_too_small_is_hidden_too(store: FakeStore) -> None:
    app = the_app()
    async with app.run_test(size=(40, 10)) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, TooSmall)
        await app.signed_in(FakeDesk())
        await settled(pilot)
        assert isinstance(app.screen, TooSmall)
        await pilot.resize_terminal(80, 24)
        await settled(pilot)
        assert isinstance(app.screen, SampleScreen)


async def test_a_change_at_another_desk_shows_without_a_key(store: FakeStore, flow: ModuleType) -> None:
    app = the_app(demo=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await until(pilot, lambda: app.counts is not None)
        flow.page = lambda desk, start: []
        store.is_changed = True
        await until(pilot, lambda: app.screen.query_one(RowList).total == 0)
