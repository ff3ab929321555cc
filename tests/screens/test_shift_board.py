"""F6 `i`: 当班 tells what the centre is doing now, by itself, and opens what is behind each line (practice P31)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from textual.pilot import Pilot

import screens.review.shift_board as page
from desk import seats, telephone
from desk.session import Opening
from screens.app import DeskApp
from screens.dialogs.card import Card
from screens.review.shift_board import BehindPage, ShiftBoardPage, lasting
from screens.widgets.header import Header
from screens.widgets.row_list import RowList
from tests.screens.review_desk import BOTH, Sign, at_review, sign_in
from tests.screens.support import settled, text_of, until
from tests.world import START, World

__all__ = ["sign_in"]


async def on_the_page(pilot: Pilot[Any], app: DeskApp) -> None:
    await at_review(pilot)
    await pilot.press("i")
    await settled(pilot)
    assert isinstance(app.screen, ShiftBoardPage)


async def to_line(pilot: Pilot[Any], app: DeskApp, key: str) -> None:
    assert app.screen.query_one(RowList).go_to(key)
    await pilot.press("enter")
    await settled(pilot)


@BOTH
async def test_the_shift_stands_on_one_page_and_each_line_opens(
    sign_in: Sign, world: World, size: tuple[int, int]
) -> None:
    seats.sit_down(world.desks["1203"])
    exchange = Opening(world.database, world.clock, "pbx", site="CY01")
    telephone.ring(exchange, "13800001111", "12345", seat="T1203", call_id="A1")
    telephone.answer(exchange, "A1")
    telephone.hang_up(exchange, "A1", "pbx")
    order_no = world.order(title="夜间施工[/b]").order_no
    world.clock.tick(minutes=1)
    app = sign_in("1002")
    async with app.run_test(size=size) as pilot:
        await on_the_page(pilot, app)
        shown = text_of(app)
        assert "白班 08:00-18:00  签入 1 席" in shown
        for words in ("王芳", "话后整理", "!1 通", "!0/1", "待派单 1 件", "!派单员", "接通 100%"):
            assert words in shown
        await to_line(pilot, app, "no_summary:")
        assert isinstance(app.screen, BehindPage)
        assert "138****1111 没有小结" in text_of(app)
        await pilot.press("enter")
        await settled(pilot)
        assert "这一行没有工单" in text_of(app)
        await pilot.press("escape")
        await settled(pilot)
        await to_line(pilot, app, "queue:to_dispatch")
        assert "夜间施工[/b]" in text_of(app)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, Card)
        assert order_no in text_of(app)
        await pilot.press("escape", "escape")
        await settled(pilot)
        assert isinstance(app.screen, ShiftBoardPage)


async def test_it_reads_itself_again_only_while_it_is_shown(
    sign_in: Sign, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "EVERY_SECONDS", 0.05)
    app = sign_in("1002")
    async with app.run_test(size=(80, 24)) as pilot:
        await on_the_page(pilot, app)
        assert "签入 0 席" in text_of(app)
        seats.sit_down(world.desks["1203"])
        await until(pilot, lambda: "签入 1 席" in text_of(app))
        seats.rest(world.desks["1203"])
        await until(pilot, lambda: "小休" in text_of(app))
        board = app.screen
        assert isinstance(board, ShiftBoardPage)
        await pilot.press("f1")
        await settled(pilot)
        assert board._timer is None
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is board and board._timer is not None)
        await pilot.press("escape")
        await settled(pilot)
        assert board._timer is None


async def test_under_a_page_the_header_is_not_drawn(
    sign_in: Sign, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = sign_in("1002")
    async with app.run_test(size=(80, 24)) as pilot:
        await on_the_page(pilot, app)
        shown: list[object] = []
        monkeypatch.setattr(app.screen_stack[0].query_one(Header), "show", shown.append)
        app._tick()
        assert shown == []
        await pilot.press("escape")
        await settled(pilot)
        assert shown


async def test_the_page_is_the_supervisors(sign_in: Sign, world: World) -> None:
    app = sign_in("1501")
    async with app.run_test(size=(80, 24)) as pilot:
        await on_the_page(pilot, app)
        assert "当班页由班长查看" in text_of(app)


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(seconds=59), "不到1分"),
        (timedelta(minutes=12, seconds=59), "12分"),
        (timedelta(hours=3, minutes=5), "3时05分"),
        (timedelta(days=2, hours=4), "2天4时"),
        (timedelta(seconds=-5), "不到1分"),
    ],
)
def test_how_long_something_lasts_is_said_in_whole_minutes(span: timedelta, words: str) -> None:
    assert lasting(START, START + span) == words
