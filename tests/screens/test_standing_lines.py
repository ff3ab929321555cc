"""A line about something stays no longer than the thing: another row, another tab, a dialog; and late answers fall."""

from __future__ import annotations

from threading import Event

import pytest

from screens.base import DeskScreen
from screens.dialogs import AskText
from screens.my_tickets.screen import MyTicketsScreen
from screens.widgets import Detail, RowList, Tabs
from tests.desk.unit_desk import sent, signed
from tests.screens.support import SIZES, until
from tests.screens.unit_clerk import at, press, said, shown
from tests.world import World

both_sizes = pytest.mark.parametrize("size", SIZES)


@both_sizes
async def test_a_refusal_goes_with_the_row_it_was_about(
    world: World, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    sent(world)
    sent(world)
    async with at(world, monkeypatch, "2102", size) as pilot:
        await press(pilot, "h")
        assert "不能" in said(pilot)
        await press(pilot, "down")
        assert said(pilot) == ""
        await press(pilot, "h", "right_square_bracket")
        assert said(pilot) == ""


async def test_a_refusal_is_not_found_again_behind_a_dialog(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent(world)
    async with at(world, monkeypatch, "2102", (80, 24)) as pilot:
        await press(pilot, "h")
        assert said(pilot)
        await pilot.app.push_screen(AskText("问"))
        await press(pilot, "escape")
        assert said(pilot) == ""


async def test_a_refusal_outlives_a_row_that_went_by_itself(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent(world)
    sent(world)
    async with at(world, monkeypatch, "2102", (80, 24)) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, DeskScreen)
        screen.refuse("已被别人签收")
        rows = screen.query_one("#tickets", RowList)
        rows.set_page(rows.rows[1:], 1)
        await pilot.pause()
        assert "已被别人签收" in said(pilot)


async def test_an_answer_for_the_tab_before_is_not_shown(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent(world)
    async with at(world, monkeypatch, "2102", (80, 24)) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, MyTicketsScreen)
        asked, go, seen = Event(), Event(), []

        def slow(flow: object, desk: object) -> str:
            asked.set()
            go.wait(5)
            return "old"

        screen.read(slow, seen.append)
        await until(pilot, asked.is_set)
        screen.read(lambda flow, desk: "new", seen.append)
        go.set()
        await until(pilot, lambda: seen)
        await press(pilot)
        assert seen == ["new"]


@both_sizes
async def test_between_two_tabs_there_are_no_rows_and_no_deeds(
    world: World, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    order_no = sent(world)
    signed(world)
    async with at(world, monkeypatch, "2102", size) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, MyTicketsScreen)
        with monkeypatch.context() as still:
            still.setattr(screen, "_read_rows", lambda start: None)
            await press(pilot, "right_square_bracket", "s")
            assert "还在读取" in said(pilot)
            assert "1123-0001" not in shown(pilot)
            assert not screen.query_one(Detail).sections
        assert world.status(order_no) == "to_sign"
        screen.reload()
        await press(pilot)
        assert screen.rows_of == screen.query_one(Tabs).active == "to_sign"
        assert "1123-0001" in shown(pilot)
