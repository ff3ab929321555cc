from __future__ import annotations

import threading
from types import ModuleType

import pytest

from desk.errors import Refused
from screens.widgets import Field, MessageLine
from tests.screens.support import FakeDesk, FakeStore, settled, text_of, the_app


async def test_a_refused_deed_says_why_and_eats_nothing(store: FakeStore, flow: ModuleType) -> None:
    def refuse(desk: FakeDesk) -> None:
        raise Refused("已由李明 14:30 派出[/b]")

    flow.send = refuse
    app = the_app(demo=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.screen.query_one("#name").focus()
        await pilot.press(*"abc", "ctrl+s")
        await settled(pilot)
        assert "已由李明 14:30 派出[/b]" in text_of(app)
        assert app.screen.query_one("#name", Field).value == "abc"


async def test_a_bug_in_a_worker_is_told_and_logged_without_anybodys_words(
    store: FakeStore, flow: ModuleType, caplog: pytest.LogCaptureFixture
) -> None:
    def stumble(desk: FakeDesk) -> None:
        raise ValueError("13800001111 says something private")

    flow.send = stumble
    app = the_app(demo=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "程序出错，已记入日志" in text_of(app)
        flow.send = lambda desk: None
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert app.screen.query_one(MessageLine).words == "已提交"
    assert "ValueError" in caplog.text
    assert "13800001111" not in caplog.text


async def test_a_key_pressed_twice_acts_once(store: FakeStore, flow: ModuleType) -> None:
    gate, sent = threading.Event(), []

    def slow(desk: FakeDesk) -> None:
        sent.append(desk)
        gate.wait(5)

    flow.send = slow
    app = the_app(demo=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+s", "ctrl+s")
        gate.set()
        await settled(pilot)
        assert len(sent) == 1
