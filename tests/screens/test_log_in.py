from __future__ import annotations

import asyncio
import sys
import threading

import pytest
from textual import events

from desk.errors import StoreUnusable
from desk.launch import LaunchOptions
from screens.log_in import LogIn
from screens.set_up import SetUp
from screens.widgets import Field
from tests.screens.sample import SampleScreen
from tests.screens.support import SIZES, FakeDesk, FakeOpening, FakeStore, settled, text_of, the_app, until


@pytest.mark.parametrize("size", SIZES)
async def test_a_person_logs_in_with_number_and_pin(store: FakeStore, size: tuple[int, int]) -> None:
    app = the_app()
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, LogIn)
        assert "崇义县热线中心" in text_of(app)
        await pilot.press(*"1203", "enter", *"135790", "enter")
        await settled(pilot)
        await until(pilot, lambda: app.counts is not None)
        await settled(pilot)
        assert isinstance(app.screen, SampleScreen)
        assert ("log_in", "1203", "135790") in store.calls
        first = text_of(app).splitlines()[0]
        assert "14:32" in first
        assert ("超3" if size[0] == 80 else "超期3") in first


async def test_a_wrong_pin_is_refused_and_only_the_pin_is_typed_again(store: FakeStore) -> None:
    app = the_app(as_staff_no="1203")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press(*"111111", "enter")
        await settled(pilot)
        assert "工号或 PIN 不对" in text_of(app)
        assert app.screen.query_one("#pin", Field).value == ""
        assert app.screen.query_one("#staff_no", Field).value == "1203"
        assert "111111" not in text_of(app)


async def test_the_first_run_asks_for_site_and_administrator(store: FakeStore) -> None:
    store.opening = FakeOpening(is_new=True)
    app = the_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, SetUp)
        await pilot.press("tab", "tab", *"1001", "enter")
        app.screen.query_one("#name", Field).value = "王芳"
        await pilot.press("enter", *"135790", "enter", *"135799", "enter")
        await settled(pilot)
        assert "两次输入的 PIN 不一致" in text_of(app)
        await pilot.press(*"135790", "enter", *"135790", "enter")
        await settled(pilot)
        assert ("set_up", "CY01", "1001", "王芳", "135790") in store.calls
        assert isinstance(app.screen, SampleScreen)


async def test_the_first_run_can_open_the_demo_instead(store: FakeStore) -> None:
    store.opening = FakeOpening(is_new=True)
    app = the_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("right", "enter")
        await settled(pilot)
        assert app.options.demo
        assert isinstance(app.screen, SampleScreen)


async def test_the_demo_opens_with_the_form_and_signs_in_behind_it(store: FakeStore) -> None:
    app = the_app(demo=True)
    async with app.run_test(size=(80, 24)) as pilot:
        assert isinstance(app.screen, SampleScreen)
        await settled(pilot)
        assert app.desk is not None
        assert "CY01-20261123-0000" in text_of(app)


async def test_the_log_in_page_is_there_before_the_store_and_keeps_what_is_typed(
    store: FakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()

    def slow(options: LaunchOptions) -> FakeOpening:
        gate.wait(10)
        return store.opening

    monkeypatch.setattr(sys.modules["desk.cli.front"], "open_store", slow)
    app = the_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"1203", "enter", *"135790", "enter")
        await pilot.pause()
        assert "正在打开坐席库" in text_of(app)
        gate.set()
        await settled(pilot)
        await until(pilot, lambda: isinstance(app.screen, SampleScreen))


async def test_a_store_that_does_not_open_says_why(store: FakeStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(options: LaunchOptions) -> FakeOpening:
        raise StoreUnusable("x.db 不是坐席台的数据文件，未做任何改动")

    monkeypatch.setattr(sys.modules["desk.cli.front"], "open_store", refuse)
    app = the_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "x.db 不是坐席台的数据文件" in text_of(app)


async def test_a_locked_demo_says_its_pin(store: FakeStore) -> None:
    store.opening.hint = "演示工号的 PIN 都是 123456"
    store.opening.desk = FakeDesk()
    app = the_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+l")
        await settled(pilot)
        assert "崇义县热线中心  演示工号的 PIN 都是 123456" in text_of(app)
        await until(pilot, lambda: ("step_away",) in store.calls)


async def test_keys_that_come_while_enter_still_climbs_go_into_the_next_field(store: FakeStore) -> None:
    for pauses in range(12):
        app = the_app()
        async with app.run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            app.screen.query_one("#staff_no", Field).value = "1203"
            app.post_message(events.Key("enter", "\r"))
            for _ in range(pauses):
                await asyncio.sleep(0)
            for digit in "246":
                app.post_message(events.Key(digit, digit))
            await settled(pilot)
            assert app.screen.query_one("#staff_no", Field).value == "1203", pauses
            assert app.screen.query_one("#pin", Field).value == "246", pauses
