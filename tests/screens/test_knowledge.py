"""知识库 on the screen: beside the form, found, read aloud, and a caller answered in six keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from desk import knowledge
from screens.dialogs import Entry, Library
from screens.intake.panel import KNOWLEDGE, OldOrders
from screens.widgets import Detail, Field, LongText, RowList, Tabs
from tests.desk.test_knowledge import CARD, NOISE, published
from tests.screens import test_intake as stage
from tests.screens.support import SIZES, settled, text_of, until
from tests.screens.test_intake import PHONE, at_the_form, looked_up, write
from tests.world import World


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = World(tmp_path / "desk.db")
    published(world)
    published(world, NOISE)
    return world


opened = stage.opened


def last_order(world: World) -> dict[str, Any]:
    return world.rows("SELECT * FROM work_orders ORDER BY id DESC LIMIT 1")[0]


@pytest.mark.parametrize("size", SIZES)
async def test_a_question_is_answered_in_two_keys_beside_number_and_words(
    opened: Any, world: World, size: tuple[int, int]
) -> None:
    async with opened().run_test(size=size) as pilot:
        screen = await at_the_form(pilot)
        await write(pilot, PHONE)
        await pilot.press("ctrl+f")
        await until(pilot, lambda: isinstance(pilot.app.screen, Library))
        await write(pilot, "社保卡")
        await settled(pilot)
        assert "再带身份证到服务网点补办。" in text_of(pilot.app)
        await pilot.press("ctrl+r")
        await until(pilot, lambda: pilot.app.screen is screen)
        await settled(pilot)
        assert "已答复并登记" in text_of(pilot.app)
        assert screen.form.is_empty
    order = last_order(world)
    assert (order["kind"], order["outcome"], order["content"]) == ("inquiry", "direct_answer", "社保卡")
    assert world.event_data(order["order_no"])["entry"] == "ZSK-QT-0001"


async def test_what_is_typed_brings_entries_beside_the_form_and_on_top_of_the_library(
    opened: Any, world: World
) -> None:
    async with opened().run_test(size=(120, 36)) as pilot:
        screen = await at_the_form(pilot)
        await write(pilot, PHONE)
        screen.form.focus_part("content")
        await write(pilot, "社保卡丢了怎么补办")
        await looked_up(pilot)
        assert f"知识库：{CARD.title}" in text_of(pilot.app)
        screen.query_one(Tabs).switch(KNOWLEDGE)
        await settled(pilot)
        assert [row.words for row in screen.query_one(OldOrders).rows] == [f"社保 {CARD.title}"]
        await pilot.press("ctrl+f")
        await until(pilot, lambda: isinstance(pilot.app.screen, Library))
        await settled(pilot)
        assert [row.title for row in pilot.app.screen.query_one(RowList).rows] == [CARD.title]
        await pilot.press("ctrl+right")
        await settled(pilot)
        await pilot.press("ctrl+left")
        await settled(pilot)
        assert len(pilot.app.screen.query_one(RowList).rows) == 2
        await pilot.press("escape")
        await settled(pilot)
        assert screen.form.part("content").value == "社保卡丢了怎么补办"


async def test_an_entry_is_read_reported_and_its_owner_asked(opened: Any, world: World) -> None:
    async with opened().run_test(size=(80, 24)) as pilot:
        await at_the_form(pilot)
        await pilot.press("ctrl+f")
        await until(pilot, lambda: isinstance(pilot.app.screen, Library))
        await write(pilot, "社保卡")
        await settled(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, Entry))
        await settled(pilot)
        assert "责任单位：县人社局" in text_of(pilot.app)
        await pilot.press("r")
        await settled(pilot)
        await write(pilot, "电话已改")
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "有误或已过时" in text_of(pilot.app)
        await pilot.press("v")
        await settled(pilot)
        assert "第1版（现行）" in text_of(pilot.app)
        await pilot.press("a")
        await settled(pilot)
        await write(pilot, "异地能补吗")
        await pilot.press("ctrl+s")
        await settled(pilot)
    notes = knowledge.open_notes(world.desk("2201"))
    assert [note.words for note in notes] == ["电话已改", "异地能补吗"]


async def test_the_owner_settles_and_changes_and_the_supervisor_publishes(opened: Any, world: World) -> None:
    knowledge.report(world.desk("1203"), "ZSK-QT-0001", "电话已改")
    async with opened("2201").run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+f")
        await until(pilot, lambda: isinstance(pilot.app.screen, Library))
        await settled(pilot)
        await pilot.press("ctrl+r")
        assert "在 F2 受理页" in text_of(pilot.app)
        await pilot.press("ctrl+o")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        await write(pilot, "已改")
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "没有未办结的" in text_of(pilot.app)
        await pilot.press("escape")
        await write(pilot, "社保卡")
        await settled(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, Entry))
        await settled(pilot)
        await pilot.press("e")
        await settled(pilot)
        await write(pilot, "新")
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "待发布" in pilot.app.screen.query_one(Detail).sections[-2].heading or "待发布" in text_of(
            pilot.app
        )
    waits = knowledge.full(world.desk("1002"), "ZSK-QT-0001").waiting
    assert waits is not None
    assert waits.text.title == CARD.title + "新"
    async with opened("1002").run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        pilot.app.push_screen(Entry("ZSK-QT-0001"))
        await settled(pilot)
        await pilot.press("p")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
    current = knowledge.full(world.desk("1203"), "ZSK-QT-0001").current
    assert current is not None
    assert (current.version, current.title) == (2, CARD.title + "新")


@pytest.mark.parametrize("size", SIZES)
async def test_what_the_library_lacks_is_proposed_there_and_half_typed_words_stay(
    opened: Any, world: World, size: tuple[int, int]
) -> None:
    async with opened("2201").run_test(size=size) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+f")
        await until(pilot, lambda: isinstance(pilot.app.screen, Library))
        await settled(pilot)
        await write(pilot, "失业金怎么领")
        await settled(pilot)
        assert "^N 新条目" in text_of(pilot.app)
        await pilot.press("ctrl+n")
        await settled(pilot)
        assert pilot.app.screen.query_one("Field#title", Field).value == "失业金怎么领"
        await pilot.press("tab", *"社保", "tab", "tab")
        await write(pilot, "到县社保中心")
        await pilot.press("escape")
        await settled(pilot)
        await pilot.press("ctrl+n")
        await settled(pilot)
        assert "已恢复上次所填" in text_of(pilot.app)
        pilot.app.screen.query_one("#owner", Field).value = "县人社局"
        pilot.app.screen.query_one("#valid_to", Field).value = "明年"
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "失效日期看不懂" in text_of(pilot.app)
        assert pilot.app.focused is pilot.app.screen.query_one("#valid_to")
        pilot.app.screen.query_one("#valid_to", Field).value = ""
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "待第二人发布" in text_of(pilot.app)
        await pilot.press("ctrl+n")
        await settled(pilot)
        assert pilot.app.screen.query_one("#answer", LongText).value == ""
    (waits,) = knowledge.waiting(world.desk("1002"))
    assert (waits.title, waits.answer, waits.topic) == ("失业金怎么领", "到县社保中心", "社保")


async def test_a_report_half_typed_outlives_escape_and_an_agent_proposes_no_entry(
    opened: Any, world: World
) -> None:
    async with opened().run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        pilot.app.push_screen(Library())
        await settled(pilot)
        assert "^N 新条目" not in text_of(pilot.app)
        with world.nothing_written():
            await pilot.press("ctrl+n")
            await settled(pilot)
        assert isinstance(pilot.app.screen, Library)
        pilot.app.push_screen(Entry("ZSK-QT-0001"))
        await settled(pilot)
        for words in ("电话", "已改"):
            await pilot.press("r")
            await settled(pilot)
            await write(pilot, words)
            await pilot.press("escape" if words == "电话" else "ctrl+s")
            await settled(pilot)
    (note,) = knowledge.open_notes(world.desk("2201"))
    assert note.words == "电话已改"
