"""^W 1 欠薪登记 by keys (practice P17)."""

from typing import Any

import pytest

from desk import intake
from tests.screens import test_intake as stage
from tests.screens.support import SIZES, settled, text_of
from tests.screens.test_intake import PHONE, at_the_form, looked_up, write
from tests.world import World

opened = stage.opened


@pytest.fixture
def world(tmp_path: Any) -> World:
    words = {"wages.words": ["讨薪"], "wages.category_works": "010101", "wages.steps": "先核实台账"}
    return World(tmp_path / "desk.db", settings={**stage.SETTINGS, **words})


async def asked(pilot: Any, workers: str = "12") -> None:
    """The questions, answered by keys: 房建, 分包单位."""
    await pilot.press("ctrl+w", "1")
    await settled(pilot)
    await pilot.press(
        *"某劳务公司", "tab", "tab", *"阳光小区", "tab", "2", "tab", "tab", *"某建工", "tab", "tab"
    )
    await pilot.press("tab", *"12万元", "tab", *workers)


@pytest.mark.parametrize("size", SIZES)
async def test_the_answers_become_the_order(opened: Any, world: World, size: tuple[int, int]) -> None:
    app = opened()
    async with app.run_test(size=size) as pilot:
        screen = await at_the_form(pilot)
        await write(pilot, PHONE)
        await pilot.press("enter", *"李先生")
        screen.form.focus_part("content")
        await write(pilot, "工地讨薪")
        await looked_up(pilot)
        assert "按 ^W" in text_of(app)
        await asked(pilot)
        await pilot.press("ctrl+s")
        await settled(pilot)
        values = screen.form.values()
        assert values["content"].startswith("工地讨薪\n【群体】欠薪登记（")
        assert "施工总承包单位某建工先行清偿" in values["content"]
        assert values["title"] == "阳光小区拖欠12人工资12万元"
        assert (values["category_code"], values["urgency"]) == ("010101", "urgent")
        assert screen.panel.sentence == "先核实台账"
        assert "12 人按群体事项" in text_of(app)
        screen.form.part("area").focus()
        await write(pilot, "横水")
        await settled(pilot)
        await pilot.press("enter", "ctrl+s")
        await settled(pilot)
    order = world.row("SELECT title, accused_name, category_code, kind FROM work_orders")
    assert order["title"] == "阳光小区拖欠12人工资12万元"
    assert (order["accused_name"], order["kind"]) == ("某劳务公司", "complaint")


async def test_a_lead_without_a_name_is_no_group_of_one(opened: Any) -> None:
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_form(pilot)
        await asked(pilot, "1")
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert screen.form.values()["content"].startswith("【劳动监察线索，未实名】欠薪登记")
        assert "urgency" not in screen.form.values()
        assert "按劳动监察线索登记" in text_of(app)


async def test_what_was_answered_outlives_escape_and_the_desk(opened: Any, world: World) -> None:
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_form(pilot)
        await asked(pilot, "很多人")
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "人数请填数字" in text_of(app)
        await pilot.press("escape")
        await settled(pilot)
    (draft,) = intake.drafts(world.desk("1203"))
    assert draft.body["call"]["wages"]["employer"] == "某劳务公司"
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_form(pilot)
        await settled(pilot)
        await pilot.press("ctrl+w")
        await settled(pilot)
        assert "1  欠薪（已填一半，接着填）" in text_of(app)
        await pilot.press("1")
        await settled(pilot)
        assert "某劳务公司" in text_of(app)
