"""F3 研判: the reason, the panel's record, its verdict carried out by one key; and what goes back up (practice P22, P6)."""

from __future__ import annotations

from typing import Any

import pytest

from desk import dispatch
from desk.codes import OrderKind, Status
from screens.dialogs import AskForm
from screens.dispatch.triage import PanelRecord
from screens.widgets import Field
from tests.desk import sessions
from tests.screens.dispatcher import Dispatcher, Open, opened
from tests.screens.support import SIZES
from tests.world import World

__all__ = ["opened"]
TO_TRIAGE = ("right_square_bracket",) * 3


def fill(desk: Dispatcher, **values: str) -> None:
    """Write into the fields of the form that is open."""
    for name, value in values.items():
        field: Any = desk.app.screen.query_one(f"#{name}")
        field.value = value


@pytest.mark.parametrize("size", SIZES)
async def test_an_unclear_order_goes_there_with_a_reason_of_the_source(
    world: World, opened: Open, size: tuple[int, int]
) -> None:
    order_no = world.order().order_no
    async with opened("1301", size) as desk:
        await desk.press("y", "ctrl+s")
        assert "请选择事由" in desk.text
        for reason in ("指向不明确", "职能界限模糊", "辖区交叉", "其他"):
            assert reason in desk.text
        await desk.press("4", "ctrl+s")
        assert "请写说明" in desk.text
        assert world.status(order_no) == Status.TO_DISPATCH
        await desk.press("2", "ctrl+s")
        assert world.status(order_no) == Status.IN_TRIAGE
        assert world.event_data(order_no) == {"reason": "blurred_duty"}


@pytest.mark.parametrize("size", SIZES)
async def test_the_record_is_one_page_and_sends_at_once(
    world: World, opened: Open, size: tuple[int, int]
) -> None:
    order_no = sessions.in_triage(world)
    async with opened("1301", size) as desk:
        await desk.press(*TO_TRIAGE)
        assert "研判事由（派单甲" in desk.text
        await desk.press("y")
        assert isinstance(desk.app.screen, PanelRecord)
        for word in (
            "行政审批局牵头",
            "联合研判",
            "参加人员",
            "各方意见",
            "承办单位",
            "先办后议",
            "时限",
            "随即派单",
        ):
            assert word in desk.text, word
        assert "两家都推" in desk.text
        assert desk.app.screen.query_one("#attendees", Field).value == "1301、"
        fill(
            desk,
            attendees="1301、县城管局",
            steward="城管局",
            co_units="横水",
            requirement="三日内到场",
            days="3",
        )
        await desk.press("ctrl+s")
        assert world.status(order_no) == Status.TO_SIGN
        assert world.events(order_no)[-2:] == ["rule_triage", "send"]
        assert "已按结论派" in desk.text


async def test_a_record_alone_waits_beside_the_order_until_its_key(world: World, opened: Open) -> None:
    order_no = sessions.in_triage(world)
    async with opened() as desk:
        await desk.press(*TO_TRIAGE, "y")
        fill(desk, steward="县人社局", requirement="牵头核查", days="2", send="no")
        await desk.press("ctrl+s")
        assert world.status(order_no) == Status.TO_DISPATCH
        await desk.press(*(["left_square_bracket"] * 3))
        assert "结论：独立承办 县人社局（v 按结论派）" in desk.text
        await desk.press("v")
        assert world.status(order_no) == Status.TO_SIGN
        assert world.row("SELECT requirement FROM assignments")["requirement"] == "牵头核查"


async def test_a_refused_record_comes_back_as_it_was_typed(world: World, opened: Open) -> None:
    order_no = sessions.in_triage(world, accused_name="县城管局")
    async with opened() as desk:
        await desk.press(*TO_TRIAGE, "y")
        fill(desk, arguments="城管：不归我局", steward="县城管局", requirement="核查", days="2")
        await desk.press("ctrl+s")
        assert "回避" in desk.text
        form: Any = desk.app.screen
        assert form.query_one("#arguments").value == "城管：不归我局"
        assert world.status(order_no) == Status.IN_TRIAGE


async def test_a_half_typed_record_is_found_again(world: World, opened: Open) -> None:
    sessions.in_triage(world)
    async with opened() as desk:
        await desk.press(*TO_TRIAGE, "y")
        fill(desk, arguments="住建：图纸在我局", steward="县城管局")
        await desk.press("escape")
    async with opened() as desk:
        await desk.press(*TO_TRIAGE, "y")
        form: Any = desk.app.screen
        assert form.query_one("#arguments").value == "住建：图纸在我局"
        assert "已恢复上次所填" in desk.text


async def test_a_secret_or_open_order_is_asked_about_before_it_goes_by_a_verdict(
    world: World, opened: Open
) -> None:
    order_no = sessions.ruled(world, kind=OrderKind.TIP_OFF)
    async with opened() as desk:
        await desk.press("v")
        assert "转办内容" in desk.text
        await desk.press("ctrl+s", "ctrl+s")
        assert world.status(order_no) == Status.TO_SIGN


async def test_without_a_verdict_the_key_says_so(world: World, opened: Open) -> None:
    world.order()
    async with opened() as desk:
        await desk.press("v")
        assert "没有待落实的研判结论" in desk.text


async def test_who_may_not_rule_is_told_before_the_form(world: World, opened: Open) -> None:
    sessions.in_triage(world)
    async with opened("1302") as desk:
        await desk.press(*TO_TRIAGE, "y")
        assert "没有“研判结论”的权限" in desk.text
        assert not isinstance(desk.app.screen, AskForm)


async def test_an_order_of_another_centre_goes_back_up_by_one_key(world: World, opened: Open) -> None:
    order_no = sessions.handed_down(world)
    async with opened("5301") as desk:
        assert "退回上级" in desk.text
        await desk.press("u")
        await desk.write("不在园区范围")
        assert world.events(order_no)[-1] == "hand_up"
        assert "没有待派的工单" in desk.text
    async with opened("1301") as desk:
        assert "退回上级（园区派单 11-23 09:00）：不在园区范围" in desk.text
        assert "u 退回上级" not in desk.text
        await desk.press("u")
        assert "不是上级中心转来的" in desk.text


async def test_a_lower_centre_is_found_and_gets_the_order_into_its_queue(world: World, opened: Open) -> None:
    sessions.lower_centre(world)
    order_no = world.order().order_no
    async with opened() as desk:
        await desk.press("slash")
        fill(desk, query="园区中心")
        await desk.press("enter")
        assert world.events(order_no)[-1] == "send_to_centre"
    assert [row.order_no for row in dispatch.queue(world.desk("5301")).rows] == [order_no]
