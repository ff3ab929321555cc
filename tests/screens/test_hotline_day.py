"""热线日 over F3: planned, filled, decided, followed up, each by one key (practice P22, P8)."""

from __future__ import annotations

from typing import Any

import pytest

from desk import dispatch, hotline_day
from desk.codes import OrderKind
from screens.dialogs import Card, Confirm, Pick
from screens.dispatch.hotline_day import HotlineDayPage
from tests.desk import sessions
from tests.screens.dispatcher import Dispatcher, Open, opened
from tests.screens.support import SIZES
from tests.world import World

__all__ = ["opened"]
NEXT = "right_square_bracket"


def fill(desk: Dispatcher, **values: str) -> None:
    """Write into the fields of the form that is open."""
    for name, value in values.items():
        field: Any = desk.app.screen.query_one(f"#{name}")
        field.value = value


@pytest.mark.parametrize("size", SIZES)
async def test_a_month_without_a_session_cries_until_one_is_planned(
    world: World, opened: Open, size: tuple[int, int]
) -> None:
    async with opened("1002", size) as desk:
        assert "!11月还没有安排县长热线日：按 h 安排" in desk.text
        await desk.press("h")
        assert isinstance(desk.app.screen, HotlineDayPage)
        assert "!11月还没有安排县长热线日" in desk.text
        await desk.press("p", "ctrl+s")
        assert "请填写时间" in desk.text
        fill(desk, when="2026-11-23 15:00", leader="刘县长", place="三楼")
        await desk.press("ctrl+s")
        assert "下一期 11-23 15:00 刘县长 三楼 议程 0 件" in desk.text
        assert "今年已开 0 期，调度 0 件，解决 0 件" in desk.text
        await desk.press("p")
        assert "更改热线日" in desk.text
        fill(desk, place="一楼")
        await desk.press("ctrl+s")
        assert [day.place for day in hotline_day.days(world.desk("1002"))] == ["一楼"]
    async with opened("1301", size) as desk:
        assert "还没有安排" not in desk.text


@pytest.mark.parametrize("size", SIZES)
async def test_the_agenda_is_proposed_added_to_taken_from_and_decided(
    world: World, opened: Open, size: tuple[int, int]
) -> None:
    passed_on = sessions.escalated(world)
    from desk import my_tickets

    my_tickets.refer_to_day(world.desk("1701"), passed_on)
    by_hand = world.order(title="井盖没人管").order_no
    sessions.planned(world)
    async with opened("1002", size) as desk:
        await desk.press("h", "g")
        assert "已列入 1 件" in desk.text
        assert "分管领导提交" in desk.text
        await desk.press("a")
        assert isinstance(desk.app.screen, Pick)
        fill(desk, query="井盖")
        await desk.press("enter")
        fill(desk, words="四个单位都说不归自己")
        await desk.press("ctrl+s")
        assert "人工列入：四个" in desk.text
        await desk.press("down", "x")
        fill(desk, words="已自行解决")
        await desk.press("ctrl+s")
        assert world.events(by_hand)[-2:] == ["put_on_agenda", "take_off_agenda"]
        await desk.press("s")
        for word in ("承办单位", "协办单位", "办件方式", "工作要求", "时限", "包案领导", "告知诉求人"):
            assert word in desk.text, word
        fill(desk, way="leader", requirement="一周内拿出方案", days="5")
        await desk.press("ctrl+s")
        assert "须写明领导姓名" in desk.text
        fill(desk, leader="刘县长")
        await desk.press("ctrl+s")
        assert "已定" in desk.text
        assert world.events(passed_on)[-1] == "decide_by_day"


async def test_the_key_row_tells_of_the_card_only_beside_orders(world: World, opened: Open) -> None:
    sessions.decided(world)
    async with opened("1002", (120, 36)) as desk:
        await desk.press("h", NEXT)
        assert "Enter 卡片" in desk.text
        await desk.press(NEXT, NEXT)
        assert "主持领导" in desk.text
        assert "Enter 卡片" not in desk.text


@pytest.mark.parametrize("size", SIZES)
async def test_a_decision_is_overdue_in_words_until_it_is_done(
    world: World, opened: Open, size: tuple[int, int]
) -> None:
    order_no = sessions.decided(world)
    world.clock.tick(days=5)
    async with opened("1002", size) as desk:
        await desk.press("h", NEXT)
        assert "!超期1天" in desk.text
        assert "独立承办" in desk.text
        await desk.press("k", "ctrl+s")
        assert "请填写落实情况" in desk.text
        fill(desk, words="已到现场", is_done="yes")
        await desk.press("ctrl+s")
        assert "已落实" in desk.text
        assert "!超期" not in desk.text.partition("场次")[2]
        await desk.press("enter")
        assert isinstance(desk.app.screen, Card)
        assert order_no in desk.text


async def test_a_decision_before_the_day_is_refused_before_anything_is_typed(
    world: World, opened: Open
) -> None:
    sessions.on_agenda(world)
    day = hotline_day.days(world.desk("1002"))[0]
    hotline_day.plan_day(world.desk("1002"), "2026-11-26 15:00", day.leader, day.place, day.id)
    async with opened("1002") as desk:
        await desk.press("h", "s")
        assert isinstance(desk.app.screen, HotlineDayPage)
        assert "热线日定在 11-26，到会后再登记" in desk.text


async def test_a_long_matter_has_its_own_tab_and_next_date(world: World, opened: Open) -> None:
    sessions.decided(world, sessions.ruling(way="long_term", leader="刘县长", told="已电话告知", days="60"))
    async with opened("1002") as desk:
        await desk.press("h", NEXT)
        assert "没有热线日决定" in desk.text
        await desk.press(NEXT)
        assert "刘县长" in desk.text
        await desk.press("k")
        fill(desk, words="已立项")
        await desk.press("ctrl+s")
        assert "请填下次" in desk.text
        fill(desk, days="90")
        await desk.press("ctrl+s")
        assert world.row("SELECT note FROM decisions")["note"] == "已立项"


async def test_a_session_is_held_after_a_yes_and_counted(world: World, opened: Open) -> None:
    sessions.decided(world)
    async with opened("1002") as desk:
        await desk.press("h", "e")
        assert isinstance(desk.app.screen, Confirm)
        await desk.press("enter")
        assert "今年已开 1 期，调度 1 件，解决 0 件" in desk.text
        await desk.press(NEXT, NEXT, NEXT)
        assert "刘县长" in desk.text
        await desk.press("e")
        assert "没有待召开的热线日" in desk.text


async def test_keys_say_where_they_work_and_who_may(world: World, opened: Open) -> None:
    sessions.on_agenda(world)
    async with opened("1301") as desk:
        await desk.press("h", "k")
        assert "请在“决定落实、长期事项”一栏办" in desk.text
        await desk.press("s")
        assert "没有“热线日决定”的权限" in desk.text
        for key in ("p", "e"):
            await desk.press(key)
            assert "没有“安排热线日”的权限，请由调度领导、班长办理" in desk.text
        await desk.press(NEXT, "s")
        assert "请在“议程”一栏办" in desk.text
        await desk.press("k")
        assert "这一栏没有工单" in desk.text


async def test_the_tab_of_f3_holds_what_is_to_be_carried_out(world: World, opened: Open) -> None:
    order_no = sessions.decided(world, sessions.ruling(steward="县人社局"), kind=OrderKind.COMPLAINT)
    async with opened("1301") as desk:
        assert "热线日 1" in desk.text
        await desk.press(*([NEXT] * 5))
        assert "结论：独立承办 县人社局（v 按结论派）" in desk.text
        await desk.press("v")
        assert world.events(order_no)[-1] == "reassign"
        assert "已按结论交办" in desk.text
        assert dispatch.order_detail(world.desk("1301"), order_no).ruling == ""


async def test_a_secret_order_is_only_its_kind_on_every_list(world: World, opened: Open) -> None:
    sessions.on_agenda(world, kind=OrderKind.TIP_OFF, title="某厂偷排废水")
    async with opened("1301") as desk:
        await desk.press("h")
        assert "举报（保密）" in desk.text
        assert "偷排" not in desk.text


async def test_a_leader_finds_the_way_in_the_bottom_row(world: World, opened: Open) -> None:
    world.order()
    async with opened("1701") as desk:
        assert "h 热线日" in desk.text
        assert "由派单员" not in desk.text
    async with opened("1301") as desk:
        assert "h 热线日" not in desk.text
