"""公告与口径 by keys: a clerk draws one up, 班长 publishes it, the operator reads it out (practice P14)."""

from typing import Any

import pytest

from desk import intake, notices
from desk.notices import NoticeForm
from desk.rows import HeaderCounts
from tests.screens import test_intake as stage
from tests.screens.support import SIZES, FakeStore, settled, text_of, until
from tests.screens.test_intake import at_the_form
from tests.world import World

world, opened = stage.world, stage.opened
FORM = NoticeForm("老城停水", "老城一带停水，18点恢复", "18:00", area="横水镇")


@pytest.mark.parametrize("size", SIZES)
async def test_an_operator_draws_one_up_by_keys(opened: Any, world: World, size: tuple[int, int]) -> None:
    app = opened()
    async with app.run_test(size=size) as pilot:
        await at_the_form(pilot)
        await pilot.press("ctrl+g", "n")
        await settled(pilot)
        assert "按 n 拟写" in text_of(app)
        await pilot.press("n")
        await settled(pilot)
        await pilot.press(*"停水", "tab", *"今日停水", "tab", "tab", "tab", *"8:00", "ctrl+s")
        await settled(pilot)
        assert "晚于" in text_of(app)
        app.screen.query_one("#ends").value = "18:00"
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "待班长发布" in text_of(app)
        assert "待发布" in text_of(app)
        await pilot.press("p")
        await settled(pilot)
        assert "没有“发布公告”的权限" in text_of(app)
    assert world.row("SELECT title, published_at FROM notices") == {"title": "停水", "published_at": None}


async def test_the_supervisor_finds_it_first_publishes_and_ends_it(opened: Any, world: World) -> None:
    notices.announce(world.desk("2101"), FORM)
    app = opened("1002")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.pause(0.5)
        await pilot.press("f2")
        await at_the_form(pilot)
        await pilot.press("ctrl+g", "ctrl+g", "ctrl+g", "ctrl+g")
        await settled(pilot)
        assert "待发布 老城停水" in text_of(app)
        await pilot.press("enter")
        await settled(pilot)
        assert "读给诉求人：老城一带停水" in text_of(app)
        await pilot.press("p")
        await settled(pilot)
        assert [notice.title for notice in intake.notices(world.desk("1203"))] == ["老城停水"]
        await pilot.press("e")
        await settled(pilot)
        await pilot.press(*"恢复了", "ctrl+s")
        await settled(pilot)
    assert intake.notices(world.desk("1203")) == ()


@pytest.mark.parametrize("size", SIZES)
async def test_one_for_staff_is_confirmed_and_an_order_is_made_all_the_same(
    opened: Any, world: World, store: FakeStore, size: tuple[int, int]
) -> None:
    store.counts = HeaderCounts(unread=1)
    notices.announce(world.desk("1002"), FORM)
    notices.announce(world.desk("1002"), NoticeForm("新口径", "转 12393", "18:00", for_staff=True))
    app = opened()
    async with app.run_test(size=size) as pilot:
        await at_the_form(pilot)
        await stage.fill(pilot)
        await settled(pilot)
        await until(pilot, lambda: "阅1" in text_of(app))
        for _ in range(4):
            await pilot.press("ctrl+g")
        await settled(pilot)
        await pilot.press("n")
        await settled(pilot)
        assert "待阅" in text_of(app)
        await pilot.press("y")
        await settled(pilot)
        assert "已阅：新口径" in text_of(app)
        await pilot.press("w")
        await settled(pilot)
        assert "由班长查看" in text_of(app)
        await pilot.press("escape", "d")
        await settled(pilot)
        await pilot.press(*"纪检")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert "请联系 纪检监察举报 12388" in text_of(app)
        await pilot.press("l")
        await settled(pilot)
        assert "已受理" in text_of(app)
    assert world.row("SELECT count(*) AS n FROM notice_orders") == {"n": 1}
    assert world.row("SELECT count(*) AS n FROM notice_reads") == {"n": 1}
