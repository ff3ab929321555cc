"""^W 专席登记 by keys (press conference: 电话受理、后台审批; 预约上门)."""

from typing import Any

import pytest

from desk import intake
from tests.desk.at_the_seats import ID, SETTINGS, filed
from tests.screens import test_intake as stage
from tests.screens.support import SIZES, settled, text_of
from tests.screens.test_intake import PHONE, at_the_form, looked_up, write
from tests.world import World

opened = stage.opened
WORDS = {"special_seats.words": {"home_visit": ["走不动"]}}


@pytest.fixture
def world(tmp_path: Any) -> World:
    return World(tmp_path / "desk.db", settings={**stage.SETTINGS, **SETTINGS, **WORDS})


async def chosen(pilot: Any, digit: str) -> None:
    await pilot.press("ctrl+w", digit)
    await settled(pilot)


async def treatment(pilot: Any, number: str = ID) -> None:
    """异地就医备案, its questions answered by keys; name and phone stand there already."""
    await chosen(pilot, "2")
    await pilot.press("tab", *number, "tab", *"崇义县", "tab", "tab", "1", "tab")
    await pilot.press(*"广东省深圳市", "tab", "tab", *"2026-12-01", "tab", "tab", "tab", "tab", *"居住证")
    await pilot.press("ctrl+s")
    await settled(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_an_application_is_filed_with_its_call(
    opened: Any, world: World, size: tuple[int, int]
) -> None:
    app = opened()
    async with app.run_test(size=size) as pilot:
        screen = await at_the_form(pilot)
        await write(pilot, PHONE)
        await pilot.press("enter", *"李先生")
        await treatment(pilot, ID[:-1] + "1")
        shown = text_of(app)
        assert "身份证号校验位不对" in shown
        assert app.focused is not None
        assert app.focused.id == "id_number"
        for word in ("异地就医备案：逐项问", "参保人", "李先生", "1长期异地安置", "4急诊抢救", "欠缺材料"):
            assert word in shown
        await pilot.press("ctrl+u", *ID, "ctrl+s")
        await settled(pilot)
        assert "已为您登记异地就医备案，办件号 CY01-ZX20261123-0001" in screen.panel.sentence
        assert screen.form.is_empty
        assert screen.last_call is not None
        assert screen.last_call.is_kept
    row = world.row(
        "SELECT a.name, a.phone, c.summary, c.number FROM applications a JOIN calls c ON c.id = a.call_id"
    )
    assert (row["name"], row["phone"]) == ("李先生", PHONE)
    assert (row["summary"], row["number"]) == ("special_seat", PHONE)


async def test_a_matter_beside_it_stays_in_the_form_and_belongs_to_the_same_call(
    opened: Any, world: World
) -> None:
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_form(pilot)
        await stage.fill(pilot)
        await treatment(pilot)
        assert screen.form.values()["content"] == stage.WORDS
        await pilot.press("ctrl+s")
        await settled(pilot)
    assert world.row("SELECT count(*) AS n FROM calls")["n"] == 1
    assert world.row("SELECT count(*) AS n FROM call_orders")["n"] == 1


async def test_a_full_slot_comes_back_with_the_next_ones(opened: Any, world: World) -> None:
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_form(pilot)
        for _ in range(2):
            await chosen(pilot, "6")
            await pilot.press(*"陈奶奶", "tab", *PHONE, "tab", "1", "tab", "1", "tab", "tab")
            await pilot.press(*"横水镇老城", "tab", *"2026-11-25", "tab", "1", "ctrl+s")
            await settled(pilot)
        shown = text_of(app)
        assert "已约满" in shown
        assert "陈奶奶" in shown
        assert app.focused is not None
        assert app.focused.id == "day"
        await pilot.press("tab", "2", "ctrl+s")
        await settled(pilot)
        assert "已预约11月25日（周三）下午由县城管局上门办理身份证" in text_of(app)
    assert world.row("SELECT count(*) AS n FROM visits")["n"] == 2


async def test_what_was_answered_outlives_escape_and_the_desk(opened: Any, world: World) -> None:
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_form(pilot)
        await chosen(pilot, "5")
        await pilot.press(*"刘女士", "escape")
        await settled(pilot)
        await chosen(pilot, "3")
        await pilot.press("escape")
        await settled(pilot)
    (draft,) = intake.drafts(world.desk("1203"))
    assert draft.body["call"]["seats"] == {"talent": {"name": "刘女士"}}
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_form(pilot)
        await settled(pilot)
        await pilot.press("ctrl+w")
        await settled(pilot)
        assert "5  人才政策（已填一半，接着填）" in text_of(app)
        await pilot.press("5")
        await settled(pilot)
        assert "刘女士" in text_of(app)


async def test_what_is_said_and_what_runs_stands_beside_the_form(opened: Any, world: World) -> None:
    filed(world)
    app = opened()
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await at_the_form(pilot)
        await write(pilot, PHONE)
        screen.form.focus_part("content")
        await write(pilot, "我妈走不动")
        await looked_up(pilot)
        shown = text_of(app)
        assert "“走不动”：按 ^W 6 登记预约上门" in shown
        assert "办件 ZX1123-0001 异地就医备案 待审批" in shown
