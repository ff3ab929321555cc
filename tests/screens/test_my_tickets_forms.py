"""The forms of F4: what is old says so, nothing legal is chosen beforehand, what is forbidden never opens."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk import my_tickets, review
from screens.dialogs.kept import RESTORED, KeptForm
from screens.my_tickets.reply import ReplyEditor
from screens.widgets import Choice, Detail, Field, KeyHints, LongText, RowList
from tests.desk.unit_desk import drafted, passed, sent, signed
from tests.screens.support import SIZES, until
from tests.screens.unit_clerk import at, press, said, shown
from tests.world import World

both_sizes = pytest.mark.parametrize("size", SIZES)
HANDLER, AUDITOR = "2102", "1501"


# -- words that were kept


@both_sizes
async def test_kept_words_say_so_and_a_digit_takes_the_old_number_s_place(
    world: World, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    signed(world)
    async with at(world, monkeypatch, HANDLER, size) as pilot:
        await press(pilot, "y", "9")
        assert said(pilot) == ""
        assert dict(pilot.app.screen.query_one(KeyHints).hints)["Esc"] == "暂存并返回"
        await press(pilot, "escape")
        assert "已暂存" in said(pilot)
        await press(pilot, "y")
        assert said(pilot) == RESTORED
        assert pilot.app.screen.query_one("#days", Field).value == "9"
        await press(pilot, "5")
        assert pilot.app.screen.query_one("#days", Field).value == "5"


async def test_ctrl_u_empties_the_field_with_the_cursor_alone(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed(world)
    async with at(world, monkeypatch, HANDLER, (80, 24)) as pilot:
        await press(pilot, "y", "3", "tab", *"one", "enter", *"two", "escape", "y", "tab")
        words = pilot.app.screen.query_one("#words", LongText)
        assert words.value == "one\ntwo"
        await press(pilot, "ctrl+u")
        assert words.value == ""
        assert pilot.app.screen.query_one("#days", Field).value == "3"
        await press(pilot, "escape", "y")
        assert pilot.app.screen.query_one("#words", LongText).value == ""


async def test_a_form_that_was_left_empty_has_nothing_to_restore(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed(world)
    async with at(world, monkeypatch, HANDLER, (80, 24)) as pilot:
        await press(pilot, "n", "escape")
        assert said(pilot) == ""
        await press(pilot, "n")
        assert said(pilot) == ""


async def test_what_was_filed_is_not_restored(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    signed(world)
    async with at(world, monkeypatch, HANDLER, (80, 24)) as pilot:
        await press(pilot, "n", *"abc", "ctrl+s")
        assert "已记录" in said(pilot)
        await press(pilot, "n")
        assert pilot.app.screen.query_one("#words", LongText).value == ""
        assert said(pilot) == ""


# -- choices of law


@both_sizes
async def test_nothing_is_chosen_before_somebody_chooses(
    world: World, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    order_no = passed(world)
    async with at(world, monkeypatch, HANDLER, size) as pilot:
        before = world.events(order_no)
        await press(pilot, "w", "ctrl+s")
        assert "请选择结果" in said(pilot)
        await press(pilot, "x")
        assert "不能打字" in said(pilot)
        assert pilot.app.screen.query_one("#reached", Choice).value == ""
        await press(pilot, "escape", "h", "ctrl+s")
        assert "请选择结果" in said(pilot)
        assert [kind for kind in world.events(order_no)[len(before) :] if kind != "reveal_phone"] == []


# -- refused before the form


@both_sizes
async def test_a_key_that_a_rule_forbids_opens_no_form(
    world: World, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    signed(world)
    async with at(world, monkeypatch, HANDLER, size) as pilot:
        assert "g" not in dict(pilot.app.screen.query_one(KeyHints).hints)
        await press(pilot, "g")
        assert "须在不同时间联系诉求人 3 次" in said(pilot)
        assert not isinstance(pilot.app.screen, KeptForm)


async def test_a_refused_number_has_the_cursor(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    signed(world)
    async with at(world, monkeypatch, HANDLER, (80, 24)) as pilot:
        await press(pilot, "w", "1", "enter", *"12", "tab", *"abc", "ctrl+s")
        assert "号码不像电话号码" in said(pilot)
        assert pilot.app.screen.focused is pilot.app.screen.query_one("#number")


# -- the reply


@both_sizes
async def test_the_second_round_shows_why_it_came_back(
    world: World, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    order_no = passed(world)
    my_tickets.log_answer(world.desk(HANDLER), order_no, said="已停工")
    review.send_back_close_review(world.desk(AUDITOR), order_no, "没有写怎么防止再犯", ["other"])
    async with at(world, monkeypatch, HANDLER, size) as pilot:
        await press(pilot, "d")
        assert "没有写怎么防止再犯" in shown(pilot)
        assert "您好，工地已停止夜间施工" in shown(pilot)
        editor = pilot.app.screen
        assert isinstance(editor, ReplyEditor)
        matter = editor.query_one(Detail)
        beside = matter.region.bottom > editor.query_one("#public").region.y
        assert beside is (size[0] >= 110)


async def test_f9_turns_the_matter_s_pages_while_one_types(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed(world, content="\n".join(f"第{line}段诉求" for line in range(1, 30)))
    async with at(world, monkeypatch, HANDLER, (80, 24)) as pilot:
        await press(pilot, "d")
        assert "F9 翻看诉求" in shown(pilot)
        assert "第29段" not in shown(pilot)
        for _ in range(4):
            if "第29段" not in shown(pilot):
                await press(pilot, "f9")
        assert "第29段" in shown(pilot)
        assert pilot.app.screen.focused is pilot.app.screen.query_one("#internal")
        await press(pilot, "f9")
        assert "标题" in shown(pilot)


@both_sizes
async def test_the_checklist_speaks_while_one_writes_and_the_reviewer_reads_it_too(
    world: World, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    order_no = signed(world)
    async with at(world, monkeypatch, HANDLER, size) as pilot:
        await press(pilot, "d", *"x", "tab")
        assert "没写依据" not in shown(pilot)
        public = pilot.app.screen.query_one("#public", LongText)
        public.value = "夜间施工我们会尽快处理"
        await until(pilot, lambda: "只有套话" in shown(pilot))
        public.value = "经现场核查，夜间施工已停"
        await until(pilot, lambda: "只有套话" not in shown(pilot))
        public.value = "夜间施工请找 13900000001"
        await press(pilot, "ctrl+s")
        assert "改用单位座机" in said(pilot)
        public.value = "夜间施工已停"
        await press(pilot, "ctrl+s")
        assert world.status(order_no) == "unit_review"
    async with at(world, monkeypatch, "2103", size) as pilot:
        assert "!1 没写依据" in shown(pilot)


@both_sizes
async def test_a_phrase_is_put_at_the_cursor_and_its_gaps_are_filled_one_by_one(
    monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], tmp_path: Path
) -> None:
    phrases = ["根据《___》第___条，___。", "感谢您的监督。"]
    world = World(tmp_path / "w.db", settings={"reply.phrases": phrases})
    signed(world)
    async with at(world, monkeypatch, HANDLER, size) as pilot:
        await press(pilot, "d", "tab", *"ab", "ctrl+y")
        assert "感谢您的监督" in shown(pilot)
        await press(pilot, *"根据", "enter")
        public = pilot.app.screen.query_one("#public", LongText)
        assert (public.text, public.selected_text) == ("ab根据《___》第___条，___。", "___")
        await press(pilot, *"x", "ctrl+y", *"y", "ctrl+y", *"z", "ctrl+y")
        assert public.text == "ab根据《x》第y条，z。"
        assert "感谢您的监督" in shown(pilot)
        await press(pilot, "escape")
        assert public.text == "ab根据《x》第y条，z。"


async def test_a_reply_sent_back_is_not_submitted_unchanged(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    order_no = drafted(world)
    my_tickets.send_back_reply(world.desk("2103"), order_no, "写明日期", ["other"])
    async with at(world, monkeypatch, HANDLER, (80, 24)) as pilot:
        await press(pilot, "d")
        assert "写明日期" in shown(pilot)
        await press(pilot, "ctrl+s")
        assert "一字未改" in said(pilot)
        assert world.status(order_no) == "in_progress"


# -- the list


@both_sizes
async def test_the_list_and_the_pane_tell_what_waits(
    world: World, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    order_no = signed(world)
    my_tickets.ask_extension(world.desk(HANDLER), order_no, 2, "需要检测", "已告知")
    refused = drafted(world)
    my_tickets.send_back_reply(world.desk("2103"), refused, "写明日期", ["other"])
    async with at(world, monkeypatch, HANDLER, size) as pilot:
        assert "办理中 延期待批" in shown(pilot)
        assert "办理中 审核退回" in shown(pilot)
        assert "延期待批（经办甲" in shown(pilot)
        await press(pilot, "end")
        assert "审核退回：写明日期" in shown(pilot)


async def test_few_orders_leave_the_room_to_the_order_in_full(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent(world)
    async with at(world, monkeypatch, HANDLER, (80, 24)) as pilot:
        tickets, detail = pilot.app.screen.query_one("#tickets", RowList), pilot.app.screen.query_one(Detail)
        assert (tickets.size.height, detail.size.height) == (4, 16)
        for _ in range(20):
            sent(world)
        pilot.app.screen.reload()  # type: ignore[attr-defined]
        await press(pilot)
        assert (tickets.size.height, detail.size.height) == (10, 10)
        await pilot.resize_terminal(120, 36)
        await press(pilot)
        assert tickets.size.height == detail.size.height > 20


@both_sizes
async def test_a_closed_order_in_the_pool_names_the_pool_s_clock(
    world: World, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    order_no = passed(world)
    my_tickets.log_answer(world.desk(HANDLER), order_no, said="已停工")
    review.pass_close_review(world.desk(AUDITOR), order_no)
    world.clock.tick(days=1)
    review.close_unsolved(world.desk("1601"), order_no, is_long_term=True, note="等待来年改造")
    async with at(world, monkeypatch, HANDLER, size) as pilot:
        assert "池复核" in shown(pilot)
        assert "余" not in shown(pilot).split("池复核")[0].splitlines()[-1]


# -- 提级: the unit asks, the leader decides or passes it on


@both_sizes
async def test_a_unit_asks_the_leader_and_the_leader_decides(
    world: World, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    order_no = signed(world)
    async with at(world, monkeypatch, "2101", size) as pilot:
        await press(pilot, "e", "ctrl+s")
        assert "请填写理由" in said(pilot)
        await press(pilot, *"stuck", "ctrl+s")
        assert world.events(order_no)[-1] == "ask_escalation"
        assert "提级待批" in shown(pilot)
    async with at(world, monkeypatch, "1701", size) as pilot:
        assert "待批提级 1" in shown(pilot), "the page that has something to decide is open"
        await press(pilot, "k", *"do it", "ctrl+s")
        assert world.events(order_no)[-1] == "rule_escalation"
        assert "这一栏没有工单" in shown(pilot)


async def test_a_leader_passes_it_on_to_the_day(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    order_no = signed(world)
    my_tickets.ask_escalation(world.desk("2101"), order_no, "协调不动")
    async with at(world, monkeypatch, "1701", (80, 24)) as pilot:
        await press(pilot, "q", "ctrl+s")
        assert world.events(order_no)[-1] == "refer_to_day"
        assert "已提交热线日" in said(pilot)


async def test_what_nobody_asked_is_not_decided(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    signed(world)
    async with at(world, monkeypatch, HANDLER, (80, 24)) as pilot:
        await press(pilot, "k")
        assert "没有“提级调度”的权限" in said(pilot)
