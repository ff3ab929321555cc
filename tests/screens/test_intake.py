"""F2 on a real store: keys in, orders out, nothing typed is lost."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from desk.codes import OrderKind
from desk.context import Desk
from screens.app import DeskApp
from screens.intake import IntakeScreen
from screens.intake.panel import OldOrders
from screens.widgets import Field, LongText
from tests.screens.support import SIZES, FakeStore, settled, text_of, the_app, until
from tests.world import World

PHONE = "13800000000"
WORDS = "老城社区工地夜里十二点还在打桩"
SETTINGS = {
    "danger.words": ["着火"],
    "urgent.words": ["停水"],
    "emergency.types": ["燃气泄漏", "道路救援"],
    "emergency.words": {"道路救援": ["车祸"]},
    "emergency.advice": {"燃气泄漏": ["不点火"], "道路救援": ["人到护栏外"]},
    "emergency.questions": {"道路救援": ["有没有人受伤"]},
    "emergency.hand_over": {"道路救援": ["110", "120"]},
    "directory.outside": {"110": "公安报警", "119": "消防"},
}


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path / "desk.db", settings=SETTINGS)


@pytest.fixture
def opened(store: FakeStore, world: World, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Begin the App with 王芳 signed in on the real store, at her intake form."""
    monkeypatch.setitem(
        __import__("screens.app", fromlist=["_SCREENS"])._SCREENS,
        "intake",
        ("screens.intake", "IntakeScreen"),
    )

    def begin(staff_no: str = "1203") -> DeskApp:
        desk: Any = world.desk(staff_no)
        store.opening.desk = desk
        return the_app()

    return begin


async def at_the_form(pilot: Pilot[Any]) -> IntakeScreen:
    await until(pilot, lambda: isinstance(pilot.app.screen, IntakeScreen))
    await settled(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, IntakeScreen)
    return screen


async def write(pilot: Pilot[Any], text: str) -> None:
    await pilot.press(*text)


async def fill(pilot: Pilot[Any], words: str = WORDS) -> None:
    """An ordinary 投诉 by keys alone: number, name, kind, area, text."""
    await write(pilot, PHONE)
    await pilot.press("enter")
    await write(pilot, "李先生")
    await pilot.press("enter", "3", "tab")
    await write(pilot, "横水")
    await settled(pilot)
    await pilot.press("enter", "tab")
    await write(pilot, words)


async def looked_up(pilot: Pilot[Any]) -> None:
    """Wait for the short pauses of the form, then for what they asked."""
    await pilot.pause(0.7)
    await settled(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_an_order_is_registered_by_keys_alone(opened: Any, world: World, size: tuple[int, int]) -> None:
    app = opened()
    async with app.run_test(size=size) as pilot:
        screen = await at_the_form(pilot)
        await fill(pilot)
        await pilot.press("ctrl+s")
        await settled(pilot)
        row = world.row("SELECT * FROM work_orders")
        assert (row["kind"], row["contact_phone"], row["requester_name"]) == ("complaint", PHONE, "李先生")
        assert (row["area_code"], row["content"], row["line"]) == ("360725100000", WORDS, "12345")
        assert "已受理，查询码 1123-0001，最迟11月30日（周一）前由承办单位答复您" in text_of(app)
        assert screen.form.is_empty
        assert app.focused is not None
        assert app.focused.id == "number"


@pytest.mark.parametrize("size", SIZES)
async def test_the_form_fits_the_screen(opened: Any, size: tuple[int, int]) -> None:
    app = opened()
    async with app.run_test(size=size) as pilot:
        await at_the_form(pilot)
        shown = text_of(app)
        for word in (
            "来电",
            "姓名",
            "类型",
            "3投诉",
            "地点",
            "诉求内容",
            "标题",
            "联系",
            "2匿名",
            "紧急",
            "历史来电",
            "受理",
        ):
            assert word in shown, word


async def test_what_is_missing_is_said_and_gets_the_cursor(opened: Any, world: World) -> None:
    app = opened()
    async with app.run_test(size=(120, 36)) as pilot:
        await at_the_form(pilot)
        with world.nothing_written():
            await pilot.press("ctrl+s")
            await settled(pilot)
        assert "请填写来电号码" in text_of(app)
        assert app.focused is not None
        assert app.focused.id == "number"
        # Whoever types on after the refusal fills the field that was missing.
        await write(pilot, PHONE)
        with world.nothing_written():
            await pilot.press("ctrl+s")
            await settled(pilot)
        assert "请选择诉求类型" in text_of(app)
        assert app.focused.id == "kind"
        await pilot.press("3")
        assert "请选择诉求类型" not in text_of(app)


async def test_an_answer_is_not_asked_for_before_the_kind_is_known(opened: Any, world: World) -> None:
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_form(pilot)
        await pilot.press("ctrl+r")
        await settled(pilot)
        assert "请先选择诉求类型" in text_of(app)
        assert app.focused is not None
        assert app.focused.id == "kind"


async def test_an_emergency_has_no_type_until_somebody_says_it(opened: Any, world: World) -> None:
    app = opened()
    async with app.run_test(size=(120, 36)) as pilot:
        await at_the_form(pilot)
        await fill(pilot)
        with world.nothing_written():
            await pilot.press("ctrl+e")
            await settled(pilot)
            app.screen.query_one("#number").value = ""
            await pilot.press("ctrl+s")
            await settled(pilot)
            assert "请选择应急类型" in text_of(app)
            await pilot.press("1", "ctrl+s")
            await settled(pilot)
            assert "不能回拨" in text_of(app)
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert world.row("SELECT count(*) AS n FROM emergencies")["n"] == 1


async def test_one_more_matter_keeps_caller_and_call(opened: Any, world: World) -> None:
    app = opened()
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await at_the_form(pilot)
        await fill(pilot)
        await pilot.press("f9")
        assert "先按 ^S" in text_of(app)
        await pilot.press("ctrl+s")
        await settled(pilot)
        await pilot.press("f9")
        await settled(pilot)
        assert screen.form.values() == {"number": PHONE, "name": "李先生"}
        assert app.focused is screen.form.part("content")
        screen.form.focus_part("kind")
        await pilot.press("2", "tab")
        await write(pilot, "老城")
        await settled(pilot)
        await pilot.press("enter", "tab")
        await write(pilot, "路灯不亮")
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert world.row("SELECT count(*) AS n FROM work_orders")["n"] == 2
        assert world.row("SELECT count(*) AS n FROM calls")["n"] == 1
        assert world.row("SELECT count(*) AS n FROM call_orders")["n"] == 2


async def test_the_side_fills_while_one_types(opened: Any, world: World) -> None:
    from desk import intake

    desk = world.desk("1204")
    intake.register(
        desk,
        intake.OrderForm(kind=OrderKind.COMPLAINT, number=PHONE, name="李先生", place="老城", content=WORDS),
        intake.CallNote(number=PHONE),
    )
    app = opened()
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await at_the_form(pilot)
        await write(pilot, PHONE)
        await looked_up(pilot)
        assert "历史来电 1" in text_of(app)
        assert "来电人 李先生" in text_of(app)
        screen.form.focus_part("content")
        await write(pilot, "工地夜里打桩，还着火了")
        await looked_up(pilot)
        shown = text_of(app)
        assert "相似工单 1" in shown
        assert "危险词 着火" in shown
        assert "工地夜里打桩" in str(screen.query_one("#title", Field).placeholder)


async def test_a_draft_is_kept_while_typing_and_comes_back(opened: Any, world: World) -> None:
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_form(pilot)
        await fill(pilot, "半句话𠮷[/b]")
        await looked_up(pilot)
    again = opened()
    async with again.run_test(size=(80, 24)) as pilot:
        screen = await at_the_form(pilot)
        values = screen.form.values()
        assert (values["number"], values["content"], values["area_code"]) == (
            PHONE,
            "半句话𠮷[/b]",
            "360725100000",
        )
        assert "已恢复" in text_of(again)
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert world.row("SELECT content FROM work_orders")["content"] == "半句话𠮷[/b]"
    third = opened()
    async with third.run_test(size=(80, 24)) as pilot:
        assert (await at_the_form(pilot)).form.is_empty


async def test_a_call_is_filed_with_a_digit(opened: Any, world: World) -> None:
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_form(pilot)
        await write(pilot, PHONE)
        await pilot.press("f7", "3")
        await settled(pilot)
        assert world.row("SELECT number, summary FROM calls") == {"number": PHONE, "summary": "silent"}
        assert "话务小结已存" in text_of(app)


async def test_a_broken_off_call_leaves_its_words_among_the_drafts(opened: Any, world: World) -> None:
    app = opened()
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await at_the_form(pilot)
        await fill(pilot)
        await pilot.press("f7", "2")
        await settled(pilot)
        assert world.row("SELECT summary FROM calls")["summary"] == "dropped"
        assert screen.form.is_empty
        assert "草稿 1" in text_of(app)
        for _ in range(6):
            await pilot.press("ctrl+g")
        await settled(pilot)
        assert "待回拨" in text_of(app)
        await pilot.press("enter")
        await settled(pilot)
        assert screen.form.values()["content"] == WORDS
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert world.row("SELECT count(*) AS n FROM work_orders")["n"] == 1


async def test_a_question_is_answered_on_the_line(opened: Any, world: World) -> None:
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_form(pilot)
        await fill(pilot)
        await pilot.press("ctrl+r")
        await settled(pilot)
        await write(pilot, "许可到二十二点")
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert world.row("SELECT status FROM work_orders")["status"] == "closed"
        assert world.row("SELECT said FROM answers")["said"] == "许可到二十二点"


async def test_an_emergency_takes_place_and_type(opened: Any, world: World) -> None:
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_form(pilot)
        await write(pilot, PHONE)
        await pilot.press("ctrl+e")
        await settled(pilot)
        await pilot.press("2", "tab")
        await write(pilot, "赣丰线12公里")
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert world.row("SELECT type FROM emergencies")["type"] == "道路救援"
        assert world.row("SELECT number FROM calls")["number"] == PHONE
        assert "应急处置" in text_of(app)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_the_type_that_was_spoken_of_comes_with_its_card(
    opened: Any, world: World, size: tuple[int, int]
) -> None:
    app = opened()
    async with app.run_test(size=size) as pilot:
        screen = await at_the_form(pilot)
        await write(pilot, PHONE)
        screen.form.focus_part("content")
        await write(pilot, "这里出了车祸")
        await pilot.press("ctrl+e")
        await settled(pilot)
        shown = text_of(app)
        assert "先转 110、120" in shown
        assert "先说：人到护栏外" in shown
        assert "要问：有没有人受伤" in shown
        await pilot.press("1")
        await settled(pilot)
        assert "先说：不点火" in text_of(app)
        await pilot.press("2", "tab")
        await write(pilot, "赣丰线12公里")
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "接着问" in text_of(app)
        assert "有没有人受伤" in text_of(app)
        await write(pilot, "13900000001")
        await settled(pilot)
        assert world.row("SELECT type FROM emergencies")["type"] == "道路救援"


async def test_calls_are_put_through_or_declined(opened: Any, world: World) -> None:
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_form(pilot)
        await write(pilot, PHONE)
        await pilot.press("ctrl+t")
        await settled(pilot)
        await write(pilot, "119")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert world.row("SELECT summary, note FROM calls") == {"summary": "transfer", "note": "转 119 消防"}
        await fill(pilot)
        await pilot.press("ctrl+b")
        await settled(pilot)
        await write(pilot, "仲裁")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert world.row("SELECT status FROM work_orders")["status"] == "declined"
        assert "12348" in text_of(app)


async def test_old_orders_are_urged_supplemented_asked_about_and_withdrawn(opened: Any, world: World) -> None:
    app = opened()
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await at_the_form(pilot)
        await fill(pilot)
        await pilot.press("ctrl+s")
        await settled(pilot)
        await pilot.press("ctrl+n")
        await settled(pilot)
        await write(pilot, PHONE)
        await looked_up(pilot)
        await pilot.press("ctrl+g", "u")
        await settled(pilot)
        assert world.row("SELECT urge_count FROM work_orders")["urge_count"] == 1
        assert "已记群众催单" in text_of(app)
        await pilot.press("b")
        await settled(pilot)
        await write(pilot, "在三栋")
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert world.row("SELECT content FROM work_orders")["content"].endswith("在三栋")
        await pilot.press("p")
        await settled(pilot)
        await write(pilot, "李先生")
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "正在转派承办单位" in screen.panel.sentence
        await pilot.press("w")
        await settled(pilot)
        await write(pilot, "解决了")
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert world.row("SELECT status FROM work_orders")["status"] == "withdrawn"
        assert world.row("SELECT count(*) AS n FROM calls")["n"] == 2
        await pilot.press("escape")
        assert app.focused is not None
        assert app.focused.id == "content"


async def test_the_rest_of_the_form_is_under_one_key(opened: Any, world: World) -> None:
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_form(pilot)
        assert not screen.form.is_unfolded
        await fill(pilot)
        await pilot.press("ctrl+o")
        await settled(pilot)
        await write(pilot, "城管")
        await settled(pilot)
        await pilot.press("enter")
        await write(pilot, "张队长")
        await pilot.press("enter")
        await write(pilot, "没有这类")
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "诉求分类请从列表中选" in text_of(app)
        screen.form.part("category").value = ""
        await pilot.press("ctrl+s")
        await settled(pilot)
        row = world.row("SELECT accused_name, accused_unit_id FROM work_orders")
        assert row["accused_name"] == "张队长"
        assert row["accused_unit_id"] is not None


async def test_an_order_sent_back_is_completed_from_the_list(opened: Any, world: World) -> None:
    from db.codes import Deed
    from desk.deed import deed_on

    order = world.order()
    with deed_on(world.desk("1301"), Deed.ASK_COMPLETION, order.order_no) as deed:
        deed.quote(missing="缺楼栋号")
    app = opened()
    async with app.run_test(size=(120, 36)) as pilot:
        await at_the_form(pilot)
        assert "补充 1!" in text_of(app)
        for _ in range(5):
            await pilot.press("ctrl+g")
        await settled(pilot)
        await pilot.press("b")
        await settled(pilot)
        await write(pilot, "三栋二单元")
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert world.status(order.order_no) == "to_dispatch"


@pytest.mark.parametrize("text", ["[/b]", "'; DROP TABLE", "🚰👨‍👩‍👧", "𠮷", "１３８", "长" * 10_000])
async def test_odd_text_never_breaks_a_field(opened: Any, text: str) -> None:
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_form(pilot)
        await pilot.press("ctrl+o")
        await settled(pilot)
        await screen.form.fill({str(part.id): text for part in screen.form.parts()})
        await looked_up(pilot)
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "程序出错" not in text_of(app)


async def test_a_store_that_is_busy_keeps_the_form(opened: Any, world: World, monkeypatch: Any) -> None:
    from desk import intake
    from desk.errors import Locked

    def busy(desk: Desk, *_: object) -> None:
        raise Locked("其他坐席正在写入")

    monkeypatch.setattr(intake, "register", busy)
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_form(pilot)
        await fill(pilot)
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "其他坐席正在写入" in text_of(app)
        assert screen.form.values()["content"] == WORDS


async def test_the_card_opens_from_the_list(opened: Any, world: World) -> None:
    app = opened()
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await at_the_form(pilot)
        await fill(pilot)
        await pilot.press("ctrl+s")
        await settled(pilot)
        await settled(pilot)
        screen.query_one(OldOrders).focus()
        await pilot.press("enter")
        await settled(pilot)
        assert "CY01-20261123-0001" in text_of(app)


async def test_what_is_typed_while_the_store_is_busy_is_put_aside(
    opened: Any, world: World, monkeypatch: Any
) -> None:
    from desk import intake

    register, may_go = intake.register, threading.Event()

    def slowly(*args: Any) -> Any:
        may_go.wait(10)
        return register(*args)

    monkeypatch.setattr(intake, "register", slowly)
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_form(pilot)
        await fill(pilot)
        await pilot.press("ctrl+s")
        await write(pilot, "又想起一句")
        may_go.set()
        await settled(pilot)
        assert world.row("SELECT content FROM work_orders")["content"] == WORDS
        assert screen.form.is_empty
        (draft,) = intake.drafts(world.desk("1203"))
        assert draft.body["values"]["content"] == f"{WORDS}又想起一句"


async def test_an_answer_that_was_refused_stands_there_again(opened: Any, world: World) -> None:
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_form(pilot)
        await write(pilot, PHONE)
        await pilot.press("tab")
        app.screen.query_one("#kind").value = "complaint"
        for _ in range(2):
            await pilot.press("ctrl+r")
            await settled(pilot)
            await write(pilot, "可以")
            await pilot.press("ctrl+s")
            await settled(pilot)
            assert "请填写事发地点" in text_of(app)
        await pilot.press("ctrl+r")
        await settled(pilot)
        assert app.screen.query_one("#answer", LongText).value == "可以可以"


async def test_a_small_screen_gives_the_room_of_the_list_to_the_fold(opened: Any) -> None:
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_form(pilot)
        await pilot.press("ctrl+o")
        await settled(pilot)
        assert "历史来电" not in text_of(app)
        assert "被反映对象" in text_of(app)
        await pilot.press("ctrl+o")
        await settled(pilot)
        assert "历史来电" in text_of(app)
