"""F2 where an operator stumbled: whose code is read out, words that are no entry, what stands beside the form."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from textual.pilot import Pilot

from db.ids import new_uid
from db.times import to_ms
from desk import intake
from desk.codes import OrderKind
from desk.intake import CallNote, OrderForm
from desk.telephone import RingRow
from screens.intake.panel import HISTORY, NOTICES, OldOrders
from screens.widgets import Field, Tabs
from tests.screens import test_intake as stage
from tests.screens.support import SIZES, settled, text_of
from tests.screens.test_intake import PHONE, WORDS, at_the_form, fill, looked_up, write
from tests.world import World

world, opened = stage.world, stage.opened
OTHER = "13911112222"


def known_caller(world: World, orders: int = 1, **changes: Any) -> None:
    """李先生 has called from `PHONE` and left orders."""
    for count in range(orders):
        form = OrderForm(
            **{
                "kind": OrderKind.COMPLAINT,
                "number": PHONE,
                "name": "李先生",
                "place": "老城",
                "content": f"路灯不亮 {count}",
                **changes,
            }
        )
        intake.register(world.desk("1204"), form, CallNote(number=PHONE))


def focused(pilot: Pilot[Any]) -> str:
    assert pilot.app.focused is not None
    return str(pilot.app.focused.id)


async def test_a_draft_taken_back_takes_the_code_of_the_other_caller_away(opened: Any) -> None:
    app = opened()
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await at_the_form(pilot)
        await write(pilot, OTHER)
        await pilot.press("enter", *"chen")
        await pilot.press("ctrl+n")
        await settled(pilot)
        await fill(pilot)
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "请读给诉求人" in text_of(app)
        for _ in range(6):
            await pilot.press("ctrl+g")
        await settled(pilot)
        assert "请读给诉求人" in text_of(app)
        await pilot.press("enter")
        await settled(pilot)
        assert screen.form.values()["number"] == OTHER
        assert "请读给诉求人" not in text_of(app)
        assert screen.panel.sentence == ""


async def test_what_was_told_of_an_old_order_goes_with_its_caller(opened: Any, world: World) -> None:
    known_caller(world)
    app = opened()
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await at_the_form(pilot)
        await write(pilot, PHONE)
        await looked_up(pilot)
        await pilot.press("ctrl+g", "p")
        await settled(pilot)
        await write(pilot, "李先生")
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "正在转派" in screen.panel.sentence
        await pilot.press("ctrl+n")
        await settled(pilot)
        assert screen.panel.sentence == ""


@pytest.mark.parametrize("leaves", [True, False])
async def test_words_that_are_no_area_are_kept_and_it_is_said(
    opened: Any, world: World, *, leaves: bool
) -> None:
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_form(pilot)
        await write(pilot, PHONE)
        screen.form.part("kind").value = "complaint"
        screen.form.part("content").value = WORDS
        screen.form.focus_part("area")
        await write(pilot, "hengxu")
        if leaves:
            await settled(pilot)
            await pilot.press("tab")
            await settled(pilot)
            assert "查无此地“hengxu”，按原话记录；可从候选中选乡镇" in text_of(app)
        await pilot.press("ctrl+s")
        await settled(pilot)
        row = world.row("SELECT place, area_code FROM work_orders")
        assert (row["place"], row["area_code"]) == ("hengxu", None)
        assert "“hengxu”没有对应的乡镇，已按原话记入地点" in "".join(
            line.strip() for line in text_of(app).splitlines()
        )


async def test_a_known_number_brings_its_orders_forward_and_the_name(opened: Any, world: World) -> None:
    known_caller(world, 2)
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_form(pilot)
        screen.query_one(Tabs).switch(NOTICES)
        await pilot.press("ctrl+n")
        await settled(pilot)
        await write(pilot, PHONE)
        await looked_up(pilot)
        assert screen.query_one(Tabs).active == HISTORY
        assert "1123-0002" in text_of(app)
        assert screen.form.values()["name"] == "李先生"
        await pilot.press("enter")
        await write(pilot, "王")
        assert screen.form.values()["name"] == "王", "typing takes the place of what was proposed"
        await pilot.press("backspace")
        screen.reload()
        await looked_up(pilot)
        assert "name" not in screen.form.values(), "a name deleted by hand stays away"


async def test_a_proposed_name_goes_with_its_number_and_with_secrecy(opened: Any, world: World) -> None:
    known_caller(world)
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_form(pilot)
        await write(pilot, PHONE)
        await looked_up(pilot)
        assert screen.form.values()["name"] == "李先生"
        screen.form.focus_part("kind")
        await pilot.press("4")
        await looked_up(pilot)
        assert "name" not in screen.form.values()
        await pilot.press("ctrl+n")
        await settled(pilot)
        await write(pilot, PHONE)
        await looked_up(pilot)
        screen.form.part("number").value = OTHER
        await looked_up(pilot)
        assert screen.form.values() == {"number": OTHER}
        assert "该号码没有工单" in text_of(app)


async def test_a_known_caller_who_gave_up_leaves_an_empty_form(opened: Any, world: World) -> None:
    known_caller(world)
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_form(pilot)
        rings = RingRow("A1", PHONE, "12345", "T1203", world.clock.now, None, None)
        screen.take_calls((rings,))
        await looked_up(pilot)
        assert screen.form.values() == {"number": PHONE, "name": "李先生"}
        screen.take_calls(())
        await settled(pilot)
        assert screen.form.is_empty


@pytest.mark.parametrize("size", SIZES)
async def test_the_fold_gives_the_cursor_back_and_leaves_no_row(opened: Any, size: tuple[int, int]) -> None:
    app = opened()
    async with app.run_test(size=size) as pilot:
        screen = await at_the_form(pilot)
        await pilot.press("tab")
        assert focused(pilot) == "name"
        await pilot.press("ctrl+o")
        await settled(pilot)
        assert focused(pilot) == "accused"
        await pilot.press("ctrl+o")
        await settled(pilot)
        assert focused(pilot) == "name"
        assert "被反映" not in text_of(app)
        await pilot.press("ctrl+o")
        await settled(pilot)
        await write(pilot, "某某")
        await pilot.press("ctrl+o")
        await settled(pilot)
        assert "被反映" in text_of(app) or size[1] < 30
        assert screen.form.has_class("-open"), "what will be registered stays in the form"


async def test_words_typed_after_f9_are_words_of_the_matter(opened: Any) -> None:
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_form(pilot)
        await fill(pilot)
        await pilot.press("ctrl+s")
        await settled(pilot)
        await pilot.press("f9")
        await settled(pilot)
        await write(pilot, "路灯不亮")
        assert screen.form.values()["content"] == "路灯不亮"


async def test_words_typed_into_a_choice_are_refused_aloud(opened: Any) -> None:
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_form(pilot)
        screen.form.focus_part("kind")
        await pilot.pause()
        await write(pilot, "噪")
        await pilot.pause()
        assert "“类型”只能选" in text_of(app)


async def test_a_notice_about_something_else_is_one_line_below(opened: Any, world: World) -> None:
    now = to_ms(world.clock.now)
    with world.database.write() as writer:
        for title in ("老城区上街片区停水", "农民工工资专项检查"):
            values = {
                "uid": new_uid(),
                "title": title,
                "sentence": f"{title}的说法",
                "area_code": "360725100000",
            }
            writer.insert(
                "notices",
                {**values, "starts_at": now - 1, "published_at": now - 1, "ends_at": now + 3_600_000},
            )
    app = opened()
    async with app.run_test(size=(120, 36)) as pilot:
        await at_the_form(pilot)
        await fill(pilot, "老城区上街工地拖欠农民工工资")
        await looked_up(pilot)
        shown = text_of(app)
        assert "公告：农民工工资专项检查" in shown
        assert "农民工工资专项检查的说法" in shown
        assert "同地公告：老城区上街片区停水" in shown
        assert "老城区上街片区停水的说法" not in shown


async def test_a_tip_off_is_told_where_the_unit_belongs(opened: Any) -> None:
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_form(pilot)
        screen.form.focus_part("kind")
        await pilot.press("4")
        await pilot.pause()
        assert "在“被反映单位”选单位" in text_of(app)


async def test_a_long_name_is_read_from_its_start_when_the_cursor_is_elsewhere(opened: Any) -> None:
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_form(pilot)
        await pilot.press("ctrl+o")
        await settled(pilot)
        await write(pilot, "崇义县人力")
        await settled(pilot)
        await pilot.press("enter")
        screen.form.part("place").value = "长长的路" * 20
        await settled(pilot)
        for name in ("accused", "place"):
            field = screen.query_one(f"#{name}", Field)
            assert field.value.startswith(("崇义县人力资源", "长长"))
            assert field.scroll_offset.x == 0, name


async def test_an_emergency_names_its_area_once(opened: Any, world: World) -> None:
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_form(pilot)
        await fill(pilot, "煤气味很重")
        screen.form.part("place").value = "阳岭大道15号"
        await pilot.press("ctrl+e")
        await settled(pilot)
        assert "已选地点：横水镇" in text_of(app)
        await pilot.press("1", "ctrl+s")
        await settled(pilot)
        row = world.row("SELECT area_code, place, title FROM work_orders")
        assert (row["area_code"], row["place"]) == ("360725100000", "阳岭大道15号")
        assert "横水镇" not in row["title"]


async def test_who_left_a_secret_order_is_not_called_nameless(opened: Any, world: World) -> None:
    app = opened()
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await at_the_form(pilot)
        await fill(pilot)
        screen.form.part("kind").value = "tip_off"
        await pilot.press("ctrl+s")
        await settled(pilot)
        await looked_up(pilot)
        shown = text_of(app)
        assert world.row("SELECT requester_name FROM work_orders")["requester_name"] == "李先生"
        assert "来电人（保密，不显示）" in shown
        assert "未留姓名" not in shown
        assert "没有工单" not in shown
        assert "李先生" not in shown
        await pilot.press("ctrl+n")
        await settled(pilot)
        await write(pilot, PHONE)
        await looked_up(pilot)
        assert "保密" not in "\n".join(line[66:] for line in text_of(app).splitlines()), (
            "known to this call only"
        )


async def test_the_directory_shows_numbers_and_what_they_are_for(opened: Any) -> None:
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_form(pilot)
        await pilot.press("ctrl+t")
        await settled(pilot)
        for words in ("110", "公安报警", "违法犯罪", "119", "火灾"):
            assert words in text_of(app)


async def test_the_list_shows_times_in_full_and_its_own_keys(opened: Any, world: World) -> None:
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_form(pilot)
        await fill(pilot)
        await pilot.press("ctrl+n")
        await settled(pilot)
        screen.query_one(OldOrders).focus()
        await pilot.pause()
        assert " u 催单  b 补充  w 撤诉  p 进度  x 作废" in text_of(app)
        for _ in range(5):
            await pilot.press("ctrl+g")
        await settled(pilot)
        shown = text_of(app)
        assert "11-23 09:00" in shown
        assert "评级" in shown
        assert "时限" in shown
        assert "Enter 取回草稿" in shown
        await pilot.press("escape")
        await pilot.pause()
        assert "^S 受理" in text_of(app)
        assert "u 催单" not in text_of(app)
        await pilot.press("f1")
        await settled(pilot)
        for _ in range(3):
            if "下方/右侧列表" in text_of(app):
                break
            await pilot.press("pagedown")
            await pilot.pause()
        assert "下方/右侧列表" in text_of(app)


async def test_the_hint_of_the_place_is_whole(opened: Any) -> None:
    for size in SIZES:
        app = opened()
        async with app.run_test(size=size) as pilot:
            await at_the_form(pilot)
            assert "组、桩号、栋单元，或“不详”" in text_of(app)


async def test_urging_what_is_over_says_to_register_anew(opened: Any, world: World) -> None:
    known_caller(world)
    order = world.row("SELECT order_no FROM work_orders")["order_no"]
    intake.withdraw(world.desk("1203"), order, "好了")
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_form(pilot)
        await write(pilot, PHONE)
        await looked_up(pilot)
        await pilot.press("ctrl+g", "u")
        await settled(pilot)
        assert "有新情况请按 ^S 新登记" in text_of(app).replace("\n", "").replace(" ", "").replace(
            "^S", " ^S "
        )


async def test_a_new_call_waits_until_the_order_under_way_is_made(
    opened: Any, world: World, monkeypatch: Any
) -> None:
    register, may_go = intake.register, threading.Event()

    def slowly(*args: Any) -> Any:
        may_go.wait(10)
        return register(*args)

    monkeypatch.setattr(intake, "register", slowly)
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_form(pilot)
        await fill(pilot)
        await pilot.press("ctrl+s", "ctrl+n")
        assert screen.form.values()["content"] == WORDS
        may_go.set()
        await settled(pilot)
        assert "已受理" in screen.panel.sentence
        assert screen.form.is_empty
        assert intake.drafts(world.desk("1203")) == ()


async def test_a_number_in_full_width_digits_is_plain_when_it_is_left(opened: Any, world: World) -> None:
    known_caller(world)
    async with opened().run_test(size=(80, 24)) as pilot:
        screen = await at_the_form(pilot)
        await write(pilot, "１３８００００００００")
        await pilot.press("tab")
        await settled(pilot)
        assert screen.form.part("number").value == PHONE
