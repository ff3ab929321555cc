"""告知 by keys: the list of what failed, sent again or rung instead (practice P19)."""

from typing import Any

import pytest

from tests.screens import test_intake as stage
from tests.screens.support import SIZES, settled, text_of
from tests.screens.test_intake import at_the_form
from tests.world import World

world, opened = stage.world, stage.opened


def fail_all(world: World) -> None:
    with world.database.write() as writer:
        writer.run("UPDATE messages SET state = 'failed', failure = '发送程序退出码 3'")


@pytest.mark.parametrize("size", SIZES)
async def test_what_failed_is_seen_to_by_keys(opened: Any, world: World, size: tuple[int, int]) -> None:
    world.order()
    world.order(contact_phone="13700000000")
    fail_all(world)
    app = opened()
    async with app.run_test(size=size) as pilot:
        await at_the_form(pilot)
        await settled(pilot)
        await pilot.press("ctrl+g", "t")
        await settled(pilot)
        shown = text_of(app)
        assert "13800000000" in shown
        assert "没有配置发送命令" in shown
        await pilot.press("x")
        await settled(pilot)
        assert "未接通" in text_of(app)
        await pilot.press("c")
        await settled(pilot)
        await pilot.press(*"本人", "ctrl+s")
        await settled(pilot)
        await pilot.press("r")
        await settled(pilot)
    assert [row["state"] for row in world.rows("SELECT state FROM messages ORDER BY id")] == [
        "rung",
        "waiting",
    ]
    assert len(world.rows("SELECT id FROM calls WHERE summary = 'told'")) == 2
