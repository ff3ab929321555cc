"""不予受理 by keys: the caller insists, the dispatcher decides and rings back (practice P9)."""

from typing import Any

import pytest

from desk import dispatch, intake
from desk.intake_rows import OrderForm
from tests.screens import dispatcher
from tests.screens import test_intake as stage
from tests.screens.dispatcher import Open
from tests.screens.support import SIZES, settled, text_of
from tests.screens.test_intake import at_the_form, fill
from tests.world import World

open_desk = dispatcher.opened
opened, world = stage.opened, stage.world


async def test_a_second_key_gives_it_to_the_dispatcher(opened: Any, world: World) -> None:
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_form(pilot)
        await fill(pilot)
        await pilot.press("ctrl+b")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert "12368" in text_of(app)
        await pilot.press("ctrl+b")
        await settled(pilot)
        await pilot.press(*"不服", "ctrl+s")
        await settled(pilot)
        assert "热线中心会给您回电" in text_of(app)
        await pilot.press("ctrl+b")
        await settled(pilot)
        assert "不予受理的理由" in text_of(app)
    assert world.row("SELECT kind, reason FROM requests WHERE kind = 'insist'") == {
        "kind": "insist",
        "reason": "不服",
    }
    assert world.row("SELECT count(*) AS n FROM calls") == {"n": 1}


@pytest.mark.parametrize("size", SIZES)
async def test_it_is_decided_and_rung_back(open_desk: Open, world: World, size: tuple[int, int]) -> None:
    agent = world.desk("1203")
    order_no = intake.decline(agent, OrderForm(content="判错了", number="13800001111"), "lawsuit").order_no
    intake.insist(agent, order_no, "我就要你们管")
    async with open_desk(size=size) as desk:
        await desk.press("[", "[")
        assert "我就要你们管" in desk.text
        assert "不受理 1" in desk.text
        await desk.press("t", "2", "ctrl+s")
        assert "已裁定" in desk.text
        assert "须回电告知" in desk.text
        await desk.press("t")
        assert "13800001111" in desk.text
        await desk.press("1", "ctrl+s")
        assert "没有坚持受理" in desk.text
    assert world.events(order_no) == [
        "decline",
        "insist",
        "confirm_declined",
        "reveal_phone",
        "tell_declined",
    ]
    assert dispatch.declined_page(world.desk("1301")).page.total == 0
