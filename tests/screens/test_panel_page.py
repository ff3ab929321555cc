"""The page of 社会评议 over F6: a whole session by keys, and nothing of a ballot (practice P29)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from textual.pilot import Pilot
from textual.widgets import Static

from desk import social_review
from desk.codes import Status
from screens.app import DeskApp
from screens.review.panel import PanelPage
from screens.review.panel_pins import PinsPage
from screens.widgets import Detail, KeyHints, LongText, MessageLine, RowList, Tabs
from tests.desk import panel_life
from tests.desk.review_life import AUDITOR, CALLER
from tests.screens.review_desk import BOTH, Sign, at_review, sign_in
from tests.screens.support import settled, text_of
from tests.world import World

__all__ = ["sign_in"]


async def press(pilot: Pilot[Any], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
    await settled(pilot)


async def go(pilot: Pilot[Any], tab: str) -> None:
    pilot.app.screen.query_one(Tabs).switch(tab)
    await settled(pilot)


def said(app: DeskApp) -> str:
    return app.screen.query_one(MessageLine).words


def rows(app: DeskApp) -> RowList[Any]:
    return app.screen.query_one("#lines", RowList)


@BOTH
async def test_a_session_is_held_by_keys(
    sign_in: Sign, world: World, tmp_path: Path, size: tuple[int, int]
) -> None:
    panel_life.pooled(world)
    order_no = panel_life.granted(world)
    app = sign_in(AUDITOR)
    async with app.run_test(size=size) as pilot:
        await at_review(pilot)
        await press(pilot, "m")
        assert isinstance(app.screen, PanelPage)
        assert "还没有安排评议会" in str(app.screen.query_one("#board", Static).render())
        await press(pilot, "p")
        await press(pilot, *f"{world.clock.now:%Y-%m-%d} 23:00", "tab", *"room", "ctrl+s")
        assert "已安排第 1 期" in said(app)
        await go(pilot, "waiting")
        await press(pilot, "a")
        assert "没有告知诉求人" in said(app)
        await press(pilot, "y")
        await press(pilot, "tab", *"told", "tab", *"my own page", "ctrl+s")
        assert "已登记告知" in said(app)
        await press(pilot, "f")
        app.screen.query_one("#claim", LongText).value = "夜里还在打桩"
        await press(pilot, "ctrl+s")
        assert "按 k 定稿" in said(app)
        await press(pilot, "k", "a")
        assert "已列入 1 件" in said(app)
        await go(pilot, "agenda")
        await press(pilot, "d")
        await press(pilot, "enter")
        assert app.screen.query_one(Tabs).active == "seats"
        assert rows(app).total == 7
        await press(pilot, "h")
        await press(pilot, *"cousin", "ctrl+s")
        await press(pilot, "r")
        assert "已补抽" in said(app)
        await press(pilot, "i")
        assert isinstance(app.screen, PinsPage)
        (section,) = app.screen.query_one(Detail).sections
        assert len(section.lines) == 7
        await press(pilot, "escape")
        session = social_review.board(world.desk(AUDITOR)).session
        assert session is not None
        for desk in panel_life.panel(world, session):
            social_review.sign_secrecy(desk)
        await press(pilot, "o")
        assert "评议开始" in said(app)
        panel_life.vote(world, session, 2, 5)
        app.screen.reload()
        await settled(pilot)
        assert panel_life.NO not in text_of(app)
        await press(pilot, "c", "enter")
        assert "诉求不合理 1" in said(app)
        assert "2:5" in text_of(app)
        assert world.status(order_no) == Status.DISSATISFIED
        await press(pilot, "w")
        app.screen.query_one("#path").value = str(tmp_path / "纪要.docx")  # type: ignore[attr-defined]
        await press(pilot, "ctrl+s")
        assert (tmp_path / "纪要.docx").exists()
        await press(pilot, "l")
        app.screen.query_one("#path").value = str(tmp_path / "函")  # type: ignore[attr-defined]
        await press(pilot, "ctrl+s")
        assert (tmp_path / "函.docx").exists()
        await go(pilot, "sessions")
        assert rows(app).total == 1
        assert "合理 0，不合理 1" in str(app.screen.query_one("#board", Static).render())


@BOTH
async def test_an_empty_page_says_what_to_do(sign_in: Sign, world: World, size: tuple[int, int]) -> None:
    app = sign_in(AUDITOR)
    async with app.run_test(size=size) as pilot:
        await at_review(pilot)
        await press(pilot, "m")
        for tab, hint in (
            ("agenda", "按 p 安排"),
            ("waiting", "F4 按 o"),
            ("seats", "按 d 抽取"),
            ("sessions", "按 p"),
        ):
            await go(pilot, tab)
            assert hint in rows(app).hint
        for key in ("x", "y", "f", "k", "g", "h", "d", "r", "i", "o", "c", "w", "l"):
            await press(pilot, key)
            assert app.screen.query_one(MessageLine).has_class("-refused"), key


@BOTH
async def test_a_file_that_names_somebody_comes_back_with_the_reason(
    sign_in: Sign, world: World, size: tuple[int, int]
) -> None:
    panel_life.told(world, requester_name="钟秀梅")
    app = sign_in(AUDITOR)
    async with app.run_test(size=size) as pilot:
        await at_review(pilot)
        await press(pilot, "m")
        await go(pilot, "waiting")
        await press(pilot, "f")
        app.screen.query_one("#claim", LongText).value = "钟秀梅说夜里还在打桩"
        await press(pilot, "ctrl+s")
        assert "钟秀梅" in said(app)
        assert app.screen.query_one("#claim", LongText).value == "钟秀梅说夜里还在打桩"


async def test_a_callback_agent_tells_and_may_do_no_more(sign_in: Sign, world: World) -> None:
    panel_life.granted(world)
    app = sign_in(CALLER)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_review(pilot)
        await press(pilot, "m")
        await go(pilot, "waiting")
        await press(pilot, "y")
        await press(pilot, "tab", *"told", "ctrl+s")
        assert "已登记告知" in said(app)
        await press(pilot, "p")
        await press(pilot, *"2026-12-08 15:00", "tab", *"room", "ctrl+s")
        assert "您没有" in said(app)


@BOTH
async def test_the_keys_of_each_list_fit_and_are_named(
    sign_in: Sign, world: World, size: tuple[int, int]
) -> None:
    panel_life.pooled(world)
    panel_life.drawn(world, panel_life.told(world))
    app = sign_in(AUDITOR)
    async with app.run_test(size=size) as pilot:
        await at_review(pilot)
        await press(pilot, "m")
        for tab, key in (("agenda", "d"), ("waiting", "y"), ("seats", "i"), ("sessions", "Enter")):
            await go(pilot, tab)
            assert key in [each for each, _ in app.screen.query_one(KeyHints).hints]
            assert all(len(line) <= size[0] for line in text_of(app).split("\n"))
