"""Several calls at one seat, and callers whom 班长 has marked (issue 4, point 1; practice P15)."""

from typing import Any

import pytest

from db.codes import CallSummary
from desk import intake
from desk.codes import OrderKind
from desk.intake import CallNote, OrderForm
from tests.screens import test_intake as stage
from tests.screens.support import SIZES, settled, text_of
from tests.screens.test_intake import PHONE, at_the_form, looked_up, write
from tests.world import World

world, opened = stage.world, stage.opened
OTHER = "13911112222"


@pytest.mark.parametrize("size", SIZES)
async def test_two_held_calls_change_places_by_one_key(opened: Any, size: tuple[int, int]) -> None:
    app = opened()
    async with app.run_test(size=size) as pilot:
        screen = await at_the_form(pilot)
        await write(pilot, PHONE)
        await pilot.press("enter", *"李先生", "ctrl+n")
        await settled(pilot)
        await write(pilot, OTHER)
        await pilot.press("enter", *"陈女士")
        for number, name in ((PHONE, "李先生"), (OTHER, "陈女士"), (PHONE, "李先生")):
            await pilot.press("ctrl+x")
            await settled(pilot)
            assert screen.form.values()["number"] == number
            assert screen.form.values()["name"] == name
        assert "已换到" in text_of(app)


async def test_three_calls_come_round_in_the_order_in_which_they_wait(opened: Any, world: World) -> None:
    app = opened()
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await at_the_form(pilot)
        for number in ("13800000001", "13800000002"):
            await write(pilot, number)
            await pilot.press("ctrl+n")
            await settled(pilot)
            world.clock.tick(seconds=20)
        await write(pilot, "13800000003")
        seen = []
        for _ in range(4):
            world.clock.tick(seconds=20)
            await pilot.press("ctrl+x")
            await settled(pilot)
            seen.append(screen.form.values()["number"][-1])
        assert seen == ["1", "2", "3", "1"]


async def test_without_a_held_call_nothing_typed_is_touched(opened: Any) -> None:
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_form(pilot)
        await write(pilot, PHONE)
        await pilot.press("ctrl+x")
        await settled(pilot)
        assert screen.form.values()["number"] == PHONE
        assert "没有搁置的通话" in text_of(app)


@pytest.mark.parametrize("size", SIZES)
async def test_a_finished_matter_is_read_out_and_filed_in_two_keys(
    opened: Any, world: World, size: tuple[int, int]
) -> None:
    form = OrderForm(kind=OrderKind.INQUIRY, number=PHONE, name="李先生", place="老城", content="补偿款不对")
    done = intake.register_direct_answer(world.desk("1204"), form, "已裁决", CallNote(number=PHONE))
    intake.mark_settled(world.desk("1002"), done.order_no, "崇府复〔2026〕3号")
    app = opened()
    async with app.run_test(size=size) as pilot:
        await at_the_form(pilot)
        await write(pilot, PHONE)
        await looked_up(pilot)
        assert "已依法办结" in text_of(app)
        await pilot.press("f7", "j")
        await settled(pilot)
        assert "话务小结已存" in text_of(app)
    call = world.row("SELECT id, summary, note FROM calls ORDER BY id DESC LIMIT 1")
    assert call["summary"] == "direct_answer"
    assert "崇府复〔2026〕3号" in call["note"]
    linked = world.row("SELECT o.order_no FROM call_orders l JOIN work_orders o ON o.id = l.order_id"
                       f" WHERE l.call_id = {call['id']}")  # fmt: skip
    assert linked["order_no"] == done.order_no


async def test_warnings_spoken_are_counted_and_danger_comes_first(opened: Any, world: World) -> None:
    for _ in range(3):
        intake.file_call(world.desk("1204"), CallNote(number=PHONE, summary=CallSummary.NUISANCE))
    intake.mark_nuisance(world.desk("1002"), PHONE, "反复辱骂")
    app = opened()
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await at_the_form(pilot)
        await write(pilot, PHONE)
        await looked_up(pilot)
        assert "骚扰来电（班长标记" in text_of(app)
        await pilot.press("f7", "w")
        await settled(pilot)
        assert screen.form.values()["number"] == PHONE
        screen.form.focus_part("content")
        await write(pilot, "楼上着火了")
        await looked_up(pilot)
        assert "骚扰来电（班长标记" not in text_of(app)
        await pilot.press("f7", "4")
        await settled(pilot)
    note = world.row("SELECT note FROM calls ORDER BY id DESC LIMIT 1")["note"]
    assert note == "已口头警告 1 次"


async def test_the_supervisor_marks_and_unmarks_by_keys(opened: Any, world: World) -> None:
    form = OrderForm(kind=OrderKind.INQUIRY, number=PHONE, name="李先生", place="老城", content="补偿款不对")
    intake.register_direct_answer(world.desk("1204"), form, "已裁决", CallNote(number=PHONE))
    app = opened("1002")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.pause(0.5)
        await pilot.press("f2")
        await at_the_form(pilot)
        await write(pilot, PHONE)
        await looked_up(pilot)
        await pilot.press("ctrl+g", "m")
        await settled(pilot)
        await pilot.press("tab", *"崇府复3号", "ctrl+s")
        await settled(pilot)
        assert "已标记来电人" in text_of(app)
        assert [mark.ground for mark in intake.caller(world.desk("1002"), PHONE).marks] == ["崇府复3号"]
        await pilot.press("m", "3", "tab", *"误标", "ctrl+s")
        await settled(pilot)
        assert intake.caller(world.desk("1002"), PHONE).marks == ()


@pytest.mark.parametrize("size", SIZES)
async def test_a_call_back_in_vain_is_counted_in_the_list(
    opened: Any, world: World, size: tuple[int, int]
) -> None:
    app = opened()
    async with app.run_test(size=size) as pilot:
        await at_the_form(pilot)
        await write(pilot, PHONE)
        await pilot.press("enter", *"李先生", "ctrl+n")
        await settled(pilot)
        await pilot.press("ctrl+g", "c")
        await settled(pilot)
        assert "请先把光标移到" in text_of(app)
        await pilot.press("ctrl+left")
        await settled(pilot)
        await pilot.press("c")
        await settled(pilot)
        assert "待回拨 已拨1次" in text_of(app)
    assert world.row("SELECT number FROM calls WHERE direction = 'outbound'")["number"] == PHONE
