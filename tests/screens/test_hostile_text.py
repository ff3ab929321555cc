"""What a store may hold, another program may have written, or somebody may paste: shown as text, obeyed by no terminal."""

from __future__ import annotations

import io
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from textual._compositor import CompositorUpdate
from textual.events import Paste
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from desk import promises
from desk.calls import CallNote
from screens.app import DeskApp
from screens.dialogs import Card, Finder
from screens.too_small import TooSmall
from screens.widgets import Field, LongText, MessageLine
from tests.desk import dispatching, hostile, review_life, unit_desk
from tests.desk.emergencies import an_emergency
from tests.screens.support import SIZES, FakeOpening, settled, text_of, the_app
from tests.world import World

both_sizes = pytest.mark.parametrize("size", SIZES)
FIVE: dict[str, tuple[str, str]] = {
    "f2": ("1203", "ctrl+r ctrl+e ctrl+t ctrl+b f7 f10 f12"),
    "f3": ("1301", "slash b y x g l"),
    "f4": ("2103", "n end w y h up b up d"),
    "f5": ("1401", "c x"),
    "f6": ("1501", "b d right_square_bracket h w right_square_bracket z x g"),
}
"""Each screen: who sits there, and the keys of its lists, which open its dialogs or do their deed."""

RAW = (
    "[/b][red]{x}\\n'; DROP TABLE x;-- 👍🏽👨\u200d👩\u200d👧🇨🇳１２３𠮷𡋾"
    "\x1b]52;c;ZWNobw==\x07\x1b[2J\x9b31m\u202e翻\u2066\u200b\ufeff\x00\x7f\r\n\t\u2028完" + "长" * 600
)
"""As a program that cleans nothing might have written it."""

TEXTS = {
    "work_orders": "title content place requester_name accused_name purpose forward_text occurred_words earlier_steps"
    " home_address answer_time language special_needs on_behalf",
    "requesters": "name language special_needs",
    "calls": "note language",
    "replies": "internal_result public_reply",
    "answers": "said",
    "assignments": "requirement due_explanation",
    "requests": "reason evidence decision",
    "callbacks": "note",
    "promises": "target question caller_name answer",
    "emergencies": "type",
    "units": "name short_name",
    "sections": "name",
    "areas": "name",
    "categories": "name",
    "staff": "name",
}
TERMINAL = Console(color_system="truecolor", force_terminal=True, file=io.StringIO(), legacy_windows=False)
_OWN = re.compile(r"\x1b\[[0-9;]*[mH]|\x1b\]8;[^\x1b]*\x1b\\")


@pytest.fixture
def spoilt(tmp_path: Path) -> World:
    """A hotline with an order at every desk, and hostile words in every column that holds words."""
    world = World(tmp_path / "desk.db")
    dispatching.fill_duty_list(world)
    world.order()
    an_emergency(world)
    for bring in (unit_desk.signed, unit_desk.drafted, unit_desk.passed, review_life.in_review):
        bring(world)
    review_life.dissatisfied(world)
    review_life.to_call_back(world)
    dispatching.ask_return(world, unit_desk.sent(world))
    promises.promise(world.desks["1203"], "supervisor:班长", "问", CallNote("13800000000"))
    with world.database.light_write() as writer:
        for table, columns in TEXTS.items():
            for column in columns.split():
                writer.run(f"UPDATE {table} SET {column} = :raw || {column}", raw=RAW)
    return world


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Everything that a terminal with all colours would be sent: headless runs send nothing."""
    sent: list[str] = []
    display = DeskApp._display

    def kept(self: DeskApp, screen: Any, renderable: Any) -> None:
        display(self, screen, renderable)
        if isinstance(renderable, CompositorUpdate):
            sent.append(renderable.render_segments(TERMINAL))

    monkeypatch.setattr(DeskApp, "_display", kept)
    return sent


@asynccontextmanager
async def at(
    world: World, monkeypatch: pytest.MonkeyPatch, staff_no: str, key: str, size: tuple[int, int]
) -> AsyncIterator[Pilot[Any]]:
    """One person's desk, open at one screen, on the real store."""
    opening = FakeOpening(desk=world.desk(staff_no))  # type: ignore[arg-type]
    monkeypatch.setattr("desk.cli.front.open_store", lambda options: opening)
    monkeypatch.setattr("desk.session.log_out", lambda desk: None)
    app = the_app()
    async with app.run_test(size=size) as pilot:
        await calm(pilot)
        await pilot.press(key)
        await calm(pilot)
        yield pilot


async def calm(pilot: Pilot[Any]) -> None:
    for _ in range(20):
        with suppress(WorkerCancelled):
            await settled(pilot)
            return


def assert_harmless(pilot: Pilot[Any], written: list[str]) -> None:
    """Fail when anything but text, colours and cursor moves has gone to the terminal."""
    app: Any = pilot.app
    for line in text_of(app).split("\n"):
        assert not hostile.STEERS.search(line), ascii(line)
    for sent in written:
        found = hostile.STEERS.search(_OWN.sub("", sent).replace("\r", ""))
        assert not found, ascii(sent[max(0, found.start() - 40) : found.start() + 40])
    written.clear()


async def seen_at_both_sizes(pilot: Pilot[Any], written: list[str]) -> None:
    """Look at what is shown, also on the wide terminal."""
    for size in reversed(SIZES):
        await pilot.resize_terminal(*size)
        await calm(pilot)
        assert "[/b][red]" in text_of(pilot.app)  # type: ignore[arg-type]
        assert_harmless(pilot, written)


@pytest.mark.parametrize("key", FIVE)
async def test_no_list_and_no_detail_lets_a_terminal_obey_however_small_it_becomes(
    spoilt: World, written: list[str], monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    async with at(spoilt, monkeypatch, FIVE[key][0], key, (80, 24)) as pilot:
        app: Any = pilot.app
        if key == "f2":
            await pilot.press(*"13800000000")
            await pilot.pause(0.6)
        else:
            await pilot.press("down", "up")
        await calm(pilot)
        assert_harmless(pilot, written)
        before, screen = text_of(app), app.screen
        await pilot.resize_terminal(40, 10)
        await pilot.pause()
        assert isinstance(app.screen, TooSmall)
        await pilot.press("x", "enter")
        await seen_at_both_sizes(pilot, written)
        assert app.screen is screen
        # What was typed and listed; below it the message line may have been read and gone.
        assert text_of(app).split("\n")[:4] == before.split("\n")[:4]


async def test_no_card_and_no_search_lets_a_terminal_obey(
    spoilt: World, written: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at(spoilt, monkeypatch, "1501", "f6", (80, 24)) as pilot:
        await pilot.press("ctrl+d")
        await calm(pilot)
        assert isinstance(pilot.app.screen, Card)
        await seen_at_both_sizes(pilot, written)
        for _ in range(4):
            await pilot.press("pagedown")
            assert_harmless(pilot, written)
        await pilot.press("escape", "ctrl+p", *"1123")
        await pilot.pause(0.4)
        await calm(pilot)
        assert isinstance(pilot.app.screen, Finder)
        await seen_at_both_sizes(pilot, written)
        pilot.app.screen.query_one(Field).post_message(Paste(RAW))
        await pilot.pause(0.4)
        await calm(pilot)
        assert_harmless(pilot, written)


@pytest.mark.parametrize("key", FIVE)
async def test_no_dialog_lets_a_terminal_obey(
    spoilt: World, written: list[str], monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    staff_no, keys = FIVE[key]
    async with at(spoilt, monkeypatch, staff_no, key, (80, 24)) as pilot:
        screen, opened = pilot.app.screen, 0
        for each in keys.split():
            await pilot.press(each)
            await calm(pilot)
            opened += pilot.app.screen is not screen
            if pilot.app.screen is not screen:
                for field in pilot.app.screen.query("Field, LongText"):
                    field.post_message(Paste(RAW))
                await pilot.pause()
                assert_harmless(pilot, written)
                await pilot.press("escape")
                await pilot.pause()
            assert pilot.app.screen is screen, (each, pilot.app.screen)
        assert opened >= 2


PASTED = "甲\x1b]52;c;ZWNobw==\x07乙\r\n丙\t丁\x00\ud83d\u202e\u200b [/b]'; DROP 𠮷👍🏽"
FREE_FIELDS = {"name", "place", "title", "content"}


async def paste(pilot: Pilot[Any], text: str) -> None:
    """Paste into every field of the form that takes free words, and let the form look things up."""
    for field in pilot.app.screen.query("Field, LongText"):
        if field.id in FREE_FIELDS:
            field.post_message(Paste(text))
    await pilot.pause(0.7)
    await calm(pilot)


@both_sizes
async def test_whatever_is_pasted_into_the_form_is_registered_as_text(
    world: World, written: list[str], monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    async with at(world, monkeypatch, "1203", "f2", size) as pilot:
        await pilot.press(*"13800000000", "enter", "tab", "3")
        await paste(pilot, PASTED)
        assert_harmless(pilot, written)
        await pilot.press("ctrl+s")
        await calm(pilot)
        said = pilot.app.screen.query_one(MessageLine).words
        assert said.startswith("已受理"), said
    row = world.row("SELECT requester_name, place, title, content FROM work_orders")
    assert row.pop("content") == "甲]52;c;ZWNobw==乙\n丙 丁 [/b]'; DROP 𠮷👍🏽"
    assert set(row.values()) == {"甲]52;c;ZWNobw==乙 丙 丁 [/b]'; DROP 𠮷👍🏽"}


async def test_ten_thousand_characters_are_cut_or_refused_in_words_and_nothing_is_lost(
    world: World, written: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at(world, monkeypatch, "1203", "f2", (80, 24)) as pilot:
        await pilot.press(*"13800000000", "enter", "tab", "3")
        with world.nothing_written():
            await paste(pilot, hostile.LONG)
            form, line = pilot.app.screen, pilot.app.screen.query_one(MessageLine)
            assert "最多" in line.words
            assert_harmless(pilot, written)
            await pilot.press("ctrl+s")
            await calm(pilot)
        assert line.words.startswith("姓名最多 40 字")
        assert form.query_one("#content", LongText).value == hostile.LONG
        form.query_one("#name", Field).value = "李先生"
        form.query_one("#place", Field).value = "老城"
        await pilot.press("ctrl+s")
        await calm(pilot)
        assert line.words.startswith("标题最多 100 字")
        form.query_one("#title", Field).value = "打桩"
        await pilot.press("ctrl+s")
        await calm(pilot)
        assert line.words.startswith("已受理"), line.words
    assert world.row("SELECT content FROM work_orders")["content"] == hostile.LONG
