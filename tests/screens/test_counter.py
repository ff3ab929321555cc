"""F2 at the counter of a 服务站: by keys alone, on a narrow screen of a slow line too (practice P18)."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot

from screens.intake.counter import BEFORE_TYPING, IN_DANGER
from screens.intake.receipt import Receipt
from tests.screens.support import SIZES, FakeStore, settled, text_of, the_app
from tests.screens.test_intake import at_the_form, looked_up, write
from tests.screens.test_intake import world as world  # noqa: PLC0414
from tests.world import World

CLERK = "2301"


@pytest.fixture
def opened(store: FakeStore, world: World, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Begin the App with 横水甲 of 横水镇's station signed in, frames plain."""
    monkeypatch.setitem(
        __import__("screens.app", fromlist=["_SCREENS"])._SCREENS,
        "intake",
        ("screens.intake", "IntakeScreen"),
    )

    def begin() -> Any:
        desk: Any = world.desk(CLERK)
        store.opening.desk = desk
        return the_app(plain=True)

    return begin


async def in_f2(pilot: Pilot[Any]) -> None:
    await pilot.pause()
    await pilot.press("f2")
    await at_the_form(pilot)
    await settled(pilot)


async def told_by_hand(pilot: Pilot[Any], words: str) -> None:
    """A relative's errand from 身份 to 见证人, without a telephone."""
    await pilot.press("1", "tab", "2", "tab", "3", "tab", "tab")
    await write(pilot, "李老伯")
    await pilot.press("enter", "3", "tab")
    await write(pilot, "横水")
    await settled(pilot)
    await pilot.press("enter", "tab")
    await write(pilot, words)
    await pilot.press("tab", "tab", "tab")
    await write(pilot, "侄子周三来取")
    await pilot.press("enter", "2", "tab", "2", "tab")
    await write(pilot, "钟某")


@pytest.mark.parametrize("size", SIZES)
async def test_a_visit_is_registered_by_keys_alone(opened: Any, world: World, size: tuple[int, int]) -> None:
    app = opened()
    async with app.run_test(size=size) as pilot:
        await in_f2(pilot)
        shown = text_of(app)
        assert BEFORE_TYPING in shown
        assert "拨打热线" not in shown
        assert " 电话 " in shown
        assert "登记并出回执" in shown
        await told_by_hand(pilot, "屋后水渠堵了")
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert isinstance(app.screen, Receipt)
        assert "1123-0001" in text_of(app)
        assert "侄子周三来取" in text_of(app)
        await pilot.press("enter")
        await settled(pilot)
        row = world.row("SELECT * FROM station_orders s JOIN work_orders o ON o.id = s.order_id")
        assert (row["comer"], row["reason"], row["read_back"]) == ("family", "hearing", "witnessed")
        assert (row["witness"], row["channel"], row["line"]) == ("钟某", "station", "")
        assert app.focused is not None
        assert app.focused.id == "identity"


async def test_a_counter_has_no_call_and_sends_danger_to_the_telephone(opened: Any, world: World) -> None:
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await in_f2(pilot)
        for key in ("ctrl+r", "ctrl+t", "ctrl+b", "ctrl+x", "f7"):
            await pilot.press(key)
            await pilot.pause()
            assert "当面登记" in text_of(app), key
        await pilot.press("ctrl+e")
        await pilot.pause()
        assert IN_DANGER in text_of(app)
        app.screen.form.focus_part("content")
        await write(pilot, "灶房着火")
        await looked_up(pilot)
        assert f"危险词 着火：{IN_DANGER}" in text_of(app)
        with world.nothing_written():
            await pilot.press("ctrl+s")
            await settled(pilot)
        assert "请选择到站人" in text_of(app)
        assert app.focused is not None
        assert app.focused.id == "comer"


async def test_the_list_offers_only_what_a_clerk_may_do(opened: Any) -> None:
    app = opened()
    async with app.run_test(size=(120, 36)) as pilot:
        await in_f2(pilot)
        await pilot.press("ctrl+g")
        await settled(pilot)
        foot = text_of(app).splitlines()[-1]
        assert "b 补充" in foot
        assert not [word for word in ("作废", "标记", "进度") if word in foot]
        await pilot.press("w")
        assert "请先把光标移到一个工单上" in text_of(app)
        await pilot.press("escape")
        await settled(pilot)
        assert "请先把光标移到" not in text_of(app)
        await pilot.press("f1")
        await settled(pilot)
        assert "来电振铃" not in text_of(app)
