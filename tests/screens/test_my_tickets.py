"""我的工单 by keys alone, over a real store."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.codes import Deed, Grade, Status
from desk import dispatch, my_tickets, review
from desk.deed import deed_on
from desk.pool import enter_pool
from screens.my_tickets.reply import ReplyEditor
from screens.widgets import Field, KeyHints, LongText, Tabs
from tests.desk import sessions
from tests.desk.dispatching import ask_return, fill_duty_list, unit_id
from tests.desk.unit_desk import drafted, passed, sent, signed
from tests.screens.support import SIZES, until
from tests.screens.unit_clerk import at as _at
from tests.screens.unit_clerk import press as _press
from tests.screens.unit_clerk import said as _said
from tests.screens.unit_clerk import shown as _shown
from tests.world import World

both_sizes = pytest.mark.parametrize("size", SIZES)


@both_sizes
async def test_sign_draft_pass_and_answer_by_keys_alone(
    world: World, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    order_no = sent(world)
    async with _at(world, monkeypatch, "2102", size) as pilot:
        assert "1123-0001" in _shown(pilot)
        await _press(pilot, "s")
        assert "已签收" in _said(pilot)
        await _press(pilot, "d")
        assert isinstance(pilot.app.screen, ReplyEditor)
        pilot.app.screen.query_one("#internal", LongText).value = "已责令停工整改"
        await _press(pilot, "tab")
        pilot.app.screen.query_one(
            "#public", LongText
        ).value = "您好，经现场核查，夜间施工属实，工地已停工整改"
        await _press(pilot, "ctrl+s")
        assert world.status(order_no) == Status.UNIT_REVIEW
        await _press(pilot, "t")
        assert "审核人" in _said(pilot)
    async with _at(world, monkeypatch, "2103", size) as pilot:
        assert "待审答复" in _shown(pilot)
        await _press(pilot, "t")
        assert world.status(order_no) == Status.TO_ANSWER
    async with _at(world, monkeypatch, "2102", size) as pilot:
        await _press(pilot, "h")
        assert "李先生 13800000000" in _shown(pilot)
        assert (
            pilot.app.screen.query_one("#said", LongText).value
            == "您好，经现场核查，夜间施工属实，工地已停工整改"
        )
        await _press(pilot, "1", "ctrl+s")
        assert "已登记答复" in _said(pilot)
    assert world.status(order_no) == Status.CLOSE_REVIEW


@both_sizes
async def test_overdue_and_d_level_stand_on_top_in_words(
    world: World, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    signed(world)
    world.clock.tick(days=9)
    signed(world)
    bad = signed(world)
    with deed_on(world.desk("1301"), Deed.NOTE, bad) as deed:
        enter_pool(deed, Grade.D, "不满意")
    async with _at(world, monkeypatch, "2102", size) as pilot:
        lines = [line for line in _shown(pilot).splitlines() if "12" in line and "-000" in line]
        assert "!D级" in lines[0]
        assert "!超期" in lines[1]
        assert "超期 1!" in _shown(pilot)
        assert "D级 1!" in _shown(pilot)


@both_sizes
async def test_the_bottom_row_shows_only_what_this_person_may_do_now(
    world: World, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    sent(world)
    async with _at(world, monkeypatch, "2101", size) as pilot:
        hints = dict(pilot.app.screen.query_one(KeyHints).hints)
        assert set(hints) == {"s", "r", "n", "f", "Enter", "[ ]"}
        await _press(pilot, "d")
        assert "不能提交答复" in _said(pilot)
        await _press(pilot, "x")
        assert "协办" in _said(pilot) or "权限" in _said(pilot)
        await _press(pilot, "f8")
        assert "权限" in _said(pilot)


@both_sizes
async def test_what_is_pressed_is_on_top_in_words_and_answered_with_u(
    world: World, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    signed(world)
    pressed = signed(world)
    review.supervise(world.desk("1701"), pressed, "三日内到现场")
    review.remind(world.desk("1501"), pressed, "明日到期")
    async with _at(world, monkeypatch, "2102", size) as pilot:
        lines = [line for line in _shown(pilot).splitlines() if "1123-000" in line]
        assert "1123-0002  !领导督办限11-25" in lines[0]
        assert "!督办（分管领导）：崇义 领导甲" in _shown(pilot)
        assert "u 督办回复" in _shown(pilot)
        await _press(pilot, "u")
        pilot.app.screen.query_one("#words", LongText).value = "已到现场"
        await _press(pilot, "ctrl+s")
        assert "已回复督办" in _said(pilot)
        assert "!催办 限11-24" in _shown(pilot)
        world.clock.tick(days=2)
        await _press(pilot, "u", "escape", "]", "[")
        assert "!催办 逾期未回" in _shown(pilot)
        await _press(pilot, "u")
        pilot.app.screen.query_one("#words", LongText).value = "明日办结"
        await _press(pilot, "ctrl+s")
        assert "已回复催办" in _said(pilot)
        assert "!催办" not in _shown(pilot)
        await _press(pilot, "u")
        assert "没有待回复的" in _said(pilot)
    assert world.events(pressed)[-2:] == ["answer_supervision", "answer_reminder"]


@both_sizes
async def test_everything_is_signed_the_list_leaves_and_an_order_is_printed_by_keys(
    world: World, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], tmp_path: Path
) -> None:
    numbers = [sent(world), sent(world)]
    monkeypatch.chdir(tmp_path)
    async with _at(world, monkeypatch, "2101", size) as pilot:
        await _press(pilot, "S")
        assert "签收本单位待签收的 2 件" in _shown(pilot)
        await _press(pilot, "n")
        assert world.status(numbers[0]) == Status.TO_SIGN
        await _press(pilot, "S", "enter")
        assert "已办 2 件" in _said(pilot)
        assert {world.status(number) for number in numbers} == {Status.IN_PROGRESS}
        await _press(pilot, "S")
        assert "没有可以一起签收的" in _said(pilot)
        await _press(pilot, "E")
        assert pilot.app.screen.query_one("#file", Field).value == "全部20261123-0900.xlsx"
        await _press(pilot, "ctrl+s")
        assert "已导出 2 件" in _said(pilot)
        await _press(pilot, "E", "ctrl+s")
        assert "已存在" in _shown(pilot)
        await _press(pilot, "escape", "P")
        pilot.app.screen.query_one("#file", Field).value = "page"
        await _press(pilot, "ctrl+s")
        assert "page.docx" in _said(pilot)
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix in (".docx", ".xlsx")) == [
        "page.docx",
        "全部20261123-0900.xlsx",
    ]


@both_sizes
async def test_a_file_is_filed_and_checked_by_keys(
    world: World, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], tmp_path: Path
) -> None:
    order_no, photo = signed(world), tmp_path / "photo.jpg"
    photo.write_bytes(b"abc")
    async with _at(world, monkeypatch, "2102", size) as pilot:
        await _press(pilot, "c")
        assert "没有附件" in _said(pilot)
        await _press(pilot, "f")
        pilot.app.screen.query_one("#file", Field).value = str(tmp_path / "none.jpg")
        await _press(pilot, "ctrl+s")
        assert "没有这个文件" in _said(pilot)
        pilot.app.screen.query_one("#file", Field).value = str(photo)
        await _press(pilot, "ctrl+s")
        assert "已附" in _said(pilot)
        await _press(pilot, "c")
        assert "附件 1 件与登记一致" in _said(pilot)
        photo.write_bytes(b"abd")
        await _press(pilot, "c")
        assert "已改动：photo.jpg" in _said(pilot)
    assert world.events(order_no)[-1] == "add_attachment"


@both_sizes
async def test_the_steward_asks_a_unit_to_help_with_m(
    world: World, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    order_no = signed(world)
    async with _at(world, monkeypatch, "2102", size) as pilot:
        await _press(pilot, "m")
        assert "请哪个单位" in _shown(pilot)
        await _press(pilot, *"人社", "enter")
        assert "请 县人社局" in _shown(pilot)
        pilot.app.screen.query_one("#words", LongText).value = "请查务工台账"
        await _press(pilot, "ctrl+s")
        assert "已请协办" in _said(pilot)
        assert "协办待答复：县人社局，限 11-25 18:00" in _shown(pilot)
    assert world.events(order_no)[-1] == "ask_co_handling"


async def test_an_empty_tab_has_a_hint_and_keys_answer_there_too(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with _at(world, monkeypatch, "2102", (80, 24)) as pilot:
        assert "这一栏没有工单" in _shown(pilot)
        for key in ("s", "d", "t", "b", "h", "w", "x", "z", "v", "r", "y", "g", "n", "a", "f8"):
            await _press(pilot, key)
            assert "没有工单" in _said(pilot)


@both_sizes
async def test_marked_orders_are_signed_and_handed_on_together(
    world: World, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    numbers = [sent(world), sent(world)]
    async with _at(world, monkeypatch, "2101", size) as pilot:
        await _press(pilot, "space", "space", "s")
        assert "已办 2 件" in _said(pilot)
        await _press(pilot, "home", "space", "space", "z")
        assert "执法大队" in _shown(pilot)
        await _press(pilot, *"2103", "enter")
        assert "已办 2 件" in _said(pilot)
    assert [world.status(each) for each in numbers] == [Status.IN_PROGRESS] * 2
    rows = my_tickets.page(world.desk("2101")).rows
    assert {row.handler for row in rows} == {"审核人甲"}


@both_sizes
async def test_a_reply_left_with_esc_is_there_again_after_a_new_sign_in(
    world: World, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    signed(world)
    async with _at(world, monkeypatch, "2102", size) as pilot:
        await _press(pilot, "d", *"half")
        await _press(pilot, "escape")
        assert "草稿已留存" in _said(pilot)
    async with _at(world, monkeypatch, "2102", size) as pilot:
        assert "1 份答复草稿未提交" in _said(pilot)
        await _press(pilot, "d")
        assert pilot.app.screen.query_one("#internal", LongText).text == "half"
        assert "已恢复" in _said(pilot)


async def test_a_refused_form_comes_back_as_it_was_typed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    order_no = passed(world)
    async with _at(world, monkeypatch, "2102", (80, 24)) as pilot:
        await _press(pilot, "h", "1")
        pilot.app.screen.query_one("#number").value = "12"  # type: ignore[attr-defined]
        pilot.app.screen.query_one("#said", LongText).value = "已答复"
        await _press(pilot, "ctrl+s")
        assert "不像电话号码" in _said(pilot)
        assert pilot.app.screen.query_one("#said", LongText).value == "已答复"
        await _press(pilot, "escape", "h")
        assert pilot.app.screen.query_one("#said", LongText).value == "已答复"
        pilot.app.screen.query_one("#number").value = ""  # type: ignore[attr-defined]
        await _press(pilot, "ctrl+s")
    assert world.status(order_no) == Status.CLOSE_REVIEW


@both_sizes
async def test_an_extension_is_asked_at_the_unit_and_granted_at_the_centre(
    world: World, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    signed(world)
    async with _at(world, monkeypatch, "2102", size) as pilot:
        await _press(pilot, "y", *"3", "tab")
        pilot.app.screen.query_one("#words", LongText).value = "需检测"
        pilot.app.screen.query_one("#told", LongText).value = "已电话告知"
        await _press(pilot, "ctrl+s")
        assert "已申请延期" in _said(pilot)
    async with _at(world, monkeypatch, "1301", size) as pilot:
        assert "1123-0001" in _shown(pilot)
        await _press(pilot, "t")
        assert "C级入池" in _said(pilot)
    assert world.row("SELECT pool_grade AS g FROM work_orders")["g"] == "C"


@both_sizes
async def test_a_return_names_unit_reason_and_duty_item(
    world: World, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    sent(world)
    async with _at(world, monkeypatch, "2101", size) as pilot:
        await _press(pilot, "r", *"RSJ", "enter", "1")
        assert "应派 县人社局" in _shown(pilot)
        assert "现场情况" not in _shown(pilot)
        pilot.app.screen.query_one("#words", LongText).value = "属劳动监察"
        await _press(pilot, "ctrl+s")
        assert "请填写职责依据" in _shown(pilot)
        pilot.app.screen.query_one("#duty", Field).value = "清单第201项"
        await _press(pilot, "ctrl+s")
        assert "已申请退单" in _said(pilot)
    request = world.row("SELECT kind, reason, evidence, verdict FROM requests")
    assert tuple(request.values()) == ("return", "属劳动监察", "清单第201项", "pending")


@both_sizes
async def test_a_signed_order_is_returned_by_a_duty_item_and_what_the_site_showed(
    world: World, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    fill_duty_list(world)
    signed(world)
    async with _at(world, monkeypatch, "2101", size) as pilot:
        await _press(pilot, "r")
        pilot.app.screen.query_one("#query", Field).value = "欠薪"
        await _press(pilot, "enter", "1")
        assert pilot.app.screen.query_one("#duty", Field).value == "清单第201项 拖欠工资"
        pilot.app.screen.query_one("#words", LongText).value = "属劳动监察"
        await _press(pilot, "ctrl+s")
        assert "请填写现场情况" in _shown(pilot)
        pilot.app.screen.query_one("#finding", LongText).value = "工人讨薪，无施工"
        await _press(pilot, "ctrl+s")
        assert "已申请退单" in _said(pilot)
    request = world.row("SELECT evidence, finding, target_unit_id AS target FROM requests")
    assert tuple(request.values()) == ("清单第201项 拖欠工资", "工人讨薪，无施工", unit_id(world, "CY-RSJ"))


@both_sizes
async def test_a_unit_looks_at_its_own_figures(
    world: World, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    order_no = sent(world)
    ask_return(world, order_no)
    dispatch.refuse_return(world.desk("1302"), order_no, "清单第118项")
    async with _at(world, monkeypatch, "2101", size) as pilot:
        await _press(pilot, "i")
        for words in ("2026-11 县城管局", "退单不实（计本单位）1", "超时未签收（计本单位）0"):
            assert words in _shown(pilot)
        assert "派单" not in _shown(pilot)


async def test_f8_shows_the_number_and_covers_it_when_one_leaves(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    order_no = signed(world)
    async with _at(world, monkeypatch, "2102", (80, 24)) as pilot:
        assert "13800000000" not in _shown(pilot)
        await _press(pilot, "f8")
        assert "13800000000" in _said(pilot)
        await _press(pilot, "enter", "escape")
        assert "13800000000" not in _shown(pilot)
    assert world.events(order_no)[-1] == "reveal_phone"


async def test_without_a_number_the_visit_is_logged_all_the_same(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    order_no = passed(world, contact_phone=None)
    async with _at(world, monkeypatch, "2102", (80, 24)) as pilot:
        await _press(pilot, "h", "1", "down", "2", "ctrl+s")
        assert "已登记答复" in _said(pilot)
    assert world.status(order_no) == Status.CLOSE_REVIEW
    assert world.row("SELECT way FROM answers")["way"] == "visit"


async def test_a_secret_order_shows_the_unit_neither_caller_nor_place(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafted(world, is_confidential=True, place="老城社区三栋", requester_name="张三丰")
    async with _at(world, monkeypatch, "2103") as pilot:
        assert "保密" in _shown(pilot)
        for word in ("张三丰", "三栋", "13800000000"):
            assert word not in _shown(pilot)


async def test_enter_opens_the_card(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    order_no = sent(world)
    async with _at(world, monkeypatch, "2101", (80, 24)) as pilot:
        await _press(pilot, "enter")
        assert f"工单 {order_no}" in _shown(pilot)
        await _press(pilot, "escape")
        assert "待签" in _shown(pilot)


async def test_a_supervisor_s_desk_signs_what_nobody_signed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    order_no = sent(world)
    world.clock.tick(days=3)
    async with _at(world, monkeypatch, "1002", (80, 24)) as pilot:
        assert "自动办理 1 项" in _said(pilot)
    assert world.status(order_no) == Status.IN_PROGRESS


async def test_nobody_begins_on_an_empty_page_while_orders_wait_on_another(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with _at(world, monkeypatch, "1002", (80, 24)) as pilot:
        assert "待批延期" in _shown(pilot)
        assert "Enter 卡片" not in _shown(pilot), "there is no order to open"
    sessions.escalated(world)
    async with _at(world, monkeypatch, "1002", (80, 24)) as pilot:
        assert "1123-0001" in _shown(pilot)
        assert pilot.app.screen.query_one(Tabs).active == "escalation"


async def test_what_another_desk_sends_appears_by_itself(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with _at(world, monkeypatch, "2102", (80, 24)) as pilot:
        assert "这一栏没有工单" in _shown(pilot)
        sent(world)
        await until(pilot, lambda: "1123-0001" in _shown(pilot) and "s 签收" in _shown(pilot))


@both_sizes
async def test_a_helping_unit_signs_and_answers_on_its_own_tab(
    world: World, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    sent(world, co=("CY-RSJ",))
    async with _at(world, monkeypatch, "2201", size) as pilot:
        await _press(pilot, *(["right_square_bracket"] * 5))
        await _press(pilot, "s")
        assert "已协办签收" in _said(pilot)
        await _press(pilot, "x")
        pilot.app.screen.query_one("#words", LongText).value = "用工资质齐全"
        await _press(pilot, "ctrl+s")
        assert "已答复工单管家" in _said(pilot)
        assert "这一栏没有工单" in _shown(pilot)
