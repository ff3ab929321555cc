"""F3: what may not be done is told before anything is asked, and a form that was refused loses no word."""

from __future__ import annotations

import pytest

from desk import dispatch
from desk.codes import OrderKind, Status, Urgency
from screens.dialogs.kept import KeptForm
from screens.dispatch import DispatchScreen
from screens.widgets import Choice, Field, LongText
from tests.desk.dispatching import ask_return, unit_id
from tests.screens.dispatcher import Open, opened
from tests.world import World

__all__ = ["opened"]


@pytest.mark.parametrize("key", ["enter", "1", "slash", "b", "y", "j", "x"])
async def test_an_agent_is_told_at_once(world: World, opened: Open, key: str) -> None:
    world.order()
    async with opened("1203") as desk:
        assert "派首选" not in desk.text
        with world.nothing_written():
            await desk.press(key)
        assert isinstance(desk.app.screen, DispatchScreen)
        assert "您没有“" in desk.text


async def test_who_sent_it_is_told_at_once_that_another_decides_its_return(
    world: World, opened: Open
) -> None:
    order = world.order()
    dispatch.send(world.desk("1301"), order.order_no, unit_id(world, "CY-CGJ"))
    ask_return(world, order.order_no)
    async with opened("1301") as desk:
        await desk.press("right_square_bracket")
        assert "t 裁定" not in desk.text
        await desk.press("t")
        assert isinstance(desk.app.screen, DispatchScreen)
        assert "不能裁定自己派出的工单的退单" in desk.text
    async with opened("1302") as desk:
        await desk.press("right_square_bracket")
        assert "t 裁定" in desk.text


async def test_a_correction_without_its_reason_stays_open(world: World, opened: Open) -> None:
    order = world.order()
    async with opened() as desk:
        await desk.press("g")
        desk.app.screen.query_one("#new_title", Field).value = "工地噪音"
        desk.app.screen.query_one("#kind", Choice).value = str(OrderKind.SUGGESTION)
        with world.nothing_written():
            await desk.press("ctrl+s")
        assert isinstance(desk.app.screen, KeptForm)
        assert "请填写更正理由" in desk.text
        desk.app.screen.query_one("#reason", LongText).value = "听录音核实"
        await desk.press("ctrl+s")
        row = world.row("SELECT title, kind FROM work_orders WHERE id = :id", id=order.id)
        assert tuple(row.values()) == ("工地噪音", "suggestion")


async def test_a_correction_that_the_desk_refuses_comes_back_as_it_was_typed(
    world: World, opened: Open
) -> None:
    world.order(urgency=Urgency.URGENT)
    async with opened() as desk:
        await desk.press("g")
        desk.app.screen.query_one("#new_title", Field).value = "工地噪音"
        desk.app.screen.query_one("#urgency", Choice).value = "normal"
        desk.app.screen.query_one("#reason", LongText).value = "核实不急"
        with world.nothing_written():
            await desk.press("ctrl+s")
        assert "放宽时限，须由第二人办理" in desk.text
        assert desk.app.screen.query_one("#new_title", Field).value == "工地噪音"
        assert desk.app.screen.query_one("#reason", LongText).value == "核实不急"


async def test_words_left_with_escape_or_by_a_lost_line_are_there_again(world: World, opened: Open) -> None:
    order = world.order()
    async with opened() as desk:
        await desk.press("g")
        desk.app.screen.query_one("#reason", LongText).value = "听录音核实"
        await desk.press("escape", "b")
        desk.app.screen.query_one("#text", LongText).value = "缺楼栋号"
        await desk.press("escape")
    async with opened() as desk:
        await desk.press("g")
        assert desk.app.screen.query_one("#reason", LongText).value == "听录音核实"
        await desk.press("escape", "b")
        assert desk.app.screen.query_one("#text", LongText).value == "缺楼栋号"
        await desk.press("ctrl+s")
        assert world.status(order.order_no) == Status.TO_COMPLETE
        assert dispatch.kept_forms(world.desk("1301")) == {
            (order.order_no, "correct"): {"reason": "听录音核实"}
        }
