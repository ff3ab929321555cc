"""Ctrl+Y on F2: abbreviations become words, the cursor goes to what is to be filled; places and times as they are said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desk import intake
from desk.codes import OrderKind
from desk.intake_rows import OrderForm, PhraseForm
from screens.app import DeskApp
from screens.intake.fields import PlaceField
from screens.intake.phrase_list import PhraseList
from screens.widgets import LongText
from tests.screens.support import SIZES, FakeStore, settled, text_of, the_app
from tests.screens.test_intake import PHONE, at_the_form, looked_up, write
from tests.world import World

LAMP = PhraseForm("ld", "___路灯不亮，共___盏")


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = World(tmp_path / "desk.db", settings={"market.days": {"360725100000": [1, 4, 7]}})
    intake.add_phrase(world.desk("1002"), LAMP, is_shared=True)
    return world


@pytest.fixture
def opened(store: FakeStore, world: World, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Begin the App with 王芳 signed in on the real store, at her intake form."""
    monkeypatch.setitem(
        __import__("screens.app", fromlist=["_SCREENS"])._SCREENS,
        "intake",
        ("screens.intake", "IntakeScreen"),
    )

    def begin() -> DeskApp:
        desk: Any = world.desk("1203")
        store.opening.desk = desk
        return the_app()

    return begin


@pytest.mark.parametrize("size", SIZES)
async def test_an_abbreviation_becomes_its_words_and_the_gaps_are_filled(
    opened: Any, size: tuple[int, int]
) -> None:
    async with opened().run_test(size=size) as pilot:
        screen = await at_the_form(pilot)
        screen.form.focus_part("content")
        await write(pilot, "您好ld")
        await pilot.press("ctrl+y", *"上街", "ctrl+y", "5")
        assert screen.form.part("content").value == "您好上街路灯不亮，共5盏"
        await settled(pilot)
        await pilot.press("ctrl+y")
        await settled(pilot)
        assert isinstance(pilot.app.screen, PhraseList)
        assert "___路灯不亮" in text_of(pilot.app)


async def test_the_key_works_from_any_field_and_replaces_nothing(opened: Any) -> None:
    async with opened().run_test(size=(80, 24)) as pilot:
        screen = await at_the_form(pilot)
        await write(pilot, PHONE)
        await pilot.press("ctrl+y")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert screen.form.part("number").value == PHONE
        assert screen.form.part("content").value == LAMP.body


async def test_what_is_not_filled_is_shown_once_before_it_is_registered(opened: Any, world: World) -> None:
    async with opened().run_test(size=(80, 24)) as pilot:
        screen = await at_the_form(pilot)
        await screen.form.fill({"number": PHONE, "kind": "complaint", "place": "上街", "content": LAMP.body})
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "内容里还有没填的 ___" in text_of(pilot.app)
        assert world.rows("SELECT 1 FROM work_orders") == []
        content = screen.form.part("content")
        assert isinstance(content, LongText)
        assert content.selected_text == "___"
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert world.row("SELECT content FROM work_orders")["content"] == LAMP.body


async def test_ones_own_phrase_is_added_changed_and_removed_by_keys(opened: Any, world: World) -> None:
    async with opened().run_test(size=(80, 24)) as pilot:
        screen = await at_the_form(pilot)
        await pilot.press("ctrl+y")
        await settled(pilot)
        await pilot.press("ctrl+n", *"qx", "tab", *"欠薪", "ctrl+s")
        await settled(pilot)
        own = "SELECT body FROM phrases WHERE owner_id IS NOT NULL AND removed_at IS NULL"
        assert world.row(own)["body"] == "欠薪"
        await write(pilot, "qx")
        await pilot.press("ctrl+o", "tab", *"了", "ctrl+s")
        await settled(pilot)
        assert world.row(own)["body"] == "欠薪了"
        await pilot.press("escape", *"qx", "ctrl+y")
        await settled(pilot)
        assert screen.form.part("content").value == "欠薪了"
        await pilot.press("ctrl+y")
        await settled(pilot)
        await write(pilot, "qx")
        await pilot.press("ctrl+x", "enter")
        await settled(pilot)
        assert world.row(own) is None


async def test_what_was_said_of_a_place_is_offered_there_again(opened: Any, world: World) -> None:
    desk = world.desk("1203")
    said = OrderForm(
        kind=OrderKind.COMPLAINT,
        number=PHONE,
        area_code="360725100001",
        place="下坝组5号",
        content="路灯不亮",
    )
    intake.register(desk, said)
    intake.register(desk, replace(said, place="李屋屋场", is_confidential=True))
    assert intake.landmarks(desk, "360725100001") == ("下坝组",)
    async with opened().run_test(size=(80, 24)) as pilot:
        screen = await at_the_form(pilot)
        screen.form.focus_part("area")
        await write(pilot, "lcsq")
        await settled(pilot)
        await pilot.press("enter")
        await looked_up(pilot)
        assert "以往说过：下坝组" in text_of(pilot.app)
        await pilot.press("down", "enter")
        place = screen.query_one(PlaceField)
        assert place.value == "下坝组"
        await write(pilot, " G357K12+300")
        await settled(pilot)
        assert "识别：桩号 G357 K12+300" in text_of(pilot.app)
        await pilot.press("down")
        assert screen.form.part("content").has_focus


async def test_the_time_that_was_said_proposes_a_date_and_two_areas_are_kept(
    opened: Any, world: World
) -> None:
    async with opened().run_test(size=(120, 36)) as pilot:
        screen = await at_the_form(pilot)
        values = {"number": PHONE, "kind": "complaint", "area": "横水镇", "area_code": "360725100000"}
        await screen.form.fill(
            {**values, "content": "圩场占道", "occurred": "上个圩日下午", "area2": "老城社区"}
        )
        screen.form.part("area2").put("360725100001", "老城社区")
        await pilot.press("ctrl+o")
        screen.form.focus_part("occurred")
        await pilot.press("end", "三", "点")
        await looked_up(pilot)
        assert "拟为" in text_of(pilot.app)
        assert "周日 15:00 农历" in text_of(pilot.app)
        await pilot.press("ctrl+s")
        await settled(pilot)
        row = world.row("SELECT occurred_words, occurred_at, other_area_code FROM work_orders")
        assert row["occurred_words"] == "上个圩日下午三点"
        assert row["occurred_at"] is not None
        assert row["other_area_code"] == "360725100001"
