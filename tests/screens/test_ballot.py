"""The one page of a 评议员: signed, read, voted, emptied; and no key that leads anywhere else (practice P29)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from desk import social_review
from screens.app import DeskApp
from screens.ballot import BallotForm, BallotScreen
from screens.dialogs import Help
from screens.widgets import Detail, KeyHints, MessageLine
from tests.desk import panel_life
from tests.desk.review_life import AUDITOR
from tests.screens.support import SIZES, FakeOpening, FakeStore, settled, text_of, the_app, until
from tests.world import World

BOTH = pytest.mark.parametrize("size", SIZES)
Sign = Callable[[str], DeskApp]
CLAIM = "工地夜里还在打桩"


@pytest.fixture
def sign_in(store: FakeStore, world: World) -> Sign:
    def opened(staff_no: str) -> DeskApp:
        store.opening = FakeOpening(desk=world.desk(staff_no))  # type: ignore[arg-type]
        return the_app()

    return opened


def seat_of(world: World, session: Any) -> str:
    return str(panel_life.panel(world, session)[0].actor.staff_no)


def drawn(world: World) -> Any:
    panel_life.pooled(world)
    return panel_life.drawn(world, panel_life.told(world, content=CLAIM))


def file_of(app: DeskApp) -> str:
    sections = app.screen_stack[0].query_one(Detail).sections
    return "\n".join(f"{part.heading}\n{part.lines}" for part in sections)


def hints(app: DeskApp) -> list[str]:
    return [key for key, _ in app.screen.query_one(KeyHints).hints]


async def there(pilot: Pilot[Any]) -> None:
    await settled(pilot)
    await until(pilot, lambda: isinstance(pilot.app.screen, BallotScreen))
    await settled(pilot)


@BOTH
async def test_he_signs_first_reads_then_and_votes_at_last(
    sign_in: Sign, world: World, size: tuple[int, int]
) -> None:
    session = drawn(world)
    app = sign_in(seat_of(world, session))
    async with app.run_test(size=size) as pilot:
        await there(pilot)
        assert CLAIM not in file_of(app)
        assert "保密承诺" in text_of(app)
        await pilot.press("1")
        await settled(pilot)
        assert "签署保密承诺" in app.screen.query_one(MessageLine).words
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert CLAIM in file_of(app)
        assert "13800000000" not in text_of(app)
        assert "李先生" not in text_of(app)
        await pilot.press("1")
        await settled(pilot)
        assert "还没有开始" in app.screen.query_one(MessageLine).words
        for desk in panel_life.panel(world, session)[1:]:
            social_review.sign_secrecy(desk)
        social_review.open_session(world.desk(AUDITOR), session.id)
        await until(pilot, lambda: "1" in hints(app))
        await pilot.press("1")
        await settled(pilot)
        assert isinstance(app.screen, BallotForm)
        await pilot.press(*"still there", "ctrl+s")
        await settled(pilot)
        assert "已投票" in app.screen.query_one(MessageLine).words
        assert "合理" in text_of(app)
        await pilot.press("2")
        await settled(pilot)
        await pilot.press(*"lawful", "ctrl+s")
        await settled(pilot)
        rows = world.rows("SELECT choice, reason FROM panel_ballots")
        assert rows == [{"choice": "unreasonable", "reason": "lawful"}]


@BOTH
async def test_when_it_is_over_the_page_is_empty(sign_in: Sign, world: World, size: tuple[int, int]) -> None:
    panel_life.pooled(world)
    session = panel_life.opened(world, panel_life.told(world, content=CLAIM))
    app = sign_in(seat_of(world, session))
    async with app.run_test(size=size) as pilot:
        await there(pilot)
        assert CLAIM in file_of(app)
        await pilot.press("1")
        await settled(pilot)
        await pilot.press(*"half typed")
        social_review.close_session(world.desk(AUDITOR), session.id)
        await until(pilot, lambda: isinstance(app.screen, BallotScreen))
        await settled(pilot)
        assert file_of(app) == ""
        assert CLAIM not in text_of(app)
        assert "材料已收回" in app.screen.query_one(MessageLine).words
        assert world.desk(AUDITOR).work.held_drafts() == []


LEAVING = [
    "f2 f3 f4 f5 f6 f7 f8 f9 f10 f11",
    "ctrl+p ctrl+e ctrl+d ctrl+f ctrl+l ctrl+t",
    "escape ctrl+n ctrl+k ctrl+o m c a q z x",
]


@BOTH
@pytest.mark.parametrize("keys", LEAVING)
async def test_no_key_leads_anywhere_else(
    sign_in: Sign, world: World, size: tuple[int, int], keys: str
) -> None:
    session = drawn(world)
    app = sign_in(seat_of(world, session))
    async with app.run_test(size=size) as pilot:
        await there(pilot)
        await pilot.press("ctrl+s")
        await settled(pilot)
        for key in keys.split():
            await pilot.press(key)
            await settled(pilot)
            assert type(app.screen) is BallotScreen, key
            assert app.current_mode == "ballot", key


@BOTH
async def test_no_key_leads_out_of_the_ballot_form_either(
    sign_in: Sign, world: World, size: tuple[int, int]
) -> None:
    panel_life.pooled(world)
    session = panel_life.opened(world, panel_life.told(world))
    app = sign_in(seat_of(world, session))
    async with app.run_test(size=size) as pilot:
        await there(pilot)
        await pilot.press("1")
        await settled(pilot)
        for key in ("f1", "f2", "f6", "f10", "ctrl+p", "ctrl+f", "ctrl+l", "ctrl+d"):
            await pilot.press(key)
            await settled(pilot)
            assert isinstance(app.screen, BallotForm), key


@BOTH
async def test_the_page_counts_nothing_and_helps_only_with_its_own_keys(
    sign_in: Sign, world: World, size: tuple[int, int]
) -> None:
    session = drawn(world)
    app = sign_in(seat_of(world, session))
    async with app.run_test(size=size) as pilot:
        await there(pilot)
        assert app.background.live is None
        shown = text_of(app)
        assert not [
            word for word in ("待派", "派12", "超期", "超3", "应急", "F2", "F6", "D级") if word in shown
        ]
        assert "评议员" in str(app.screen.query_one("#head", Static).render())
        await pilot.press("f1")
        await settled(pilot)
        assert isinstance(app.screen, Help)
        said = "\n".join(str(part.lines) for part in app.screen.query_one(Detail).sections)
        assert "F2" not in said
        assert "Ctrl+P" not in said
        assert "Ctrl+Q" in said


@BOTH
async def test_whoever_has_no_session_sees_an_empty_page(
    sign_in: Sign, world: World, size: tuple[int, int]
) -> None:
    panel_life.pooled(world, 1)
    app = sign_in("9001")
    async with app.run_test(size=size) as pilot:
        await there(pilot)
        assert "没有待开的评议会" in text_of(app)
        await pilot.press("ctrl+s", "1", "enter")
        await settled(pilot)
        assert type(app.screen) is BallotScreen
