"""F3 派单 on a real store: every other act by its key, and what the screen shows."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desk import dispatch
from desk.codes import Grade, OrderKind, Status, Urgency
from desk.dispatch_rows import DispatchFigures
from screens.dialogs import AskForm, AskText, Card
from screens.dispatch import DispatchScreen
from screens.dispatch.words import degree_cell, figure_words, waited
from screens.widgets import Detail, LongText
from tests.desk.dispatching import add_unit, ask_return, unit_id
from tests.screens.dispatcher import Open, opened
from tests.screens.support import NOW, SIZES, order_row
from tests.world import World

__all__ = ["opened"]


async def test_what_lacks_something_goes_back_to_the_operator(world: World, opened: Open) -> None:
    order = world.order()
    async with opened() as desk:
        await desk.press("b", "ctrl+s")
        assert isinstance(desk.app.screen, AskText)
        assert "请填写" in desk.text
        await desk.write("缺楼栋号")
        assert world.status(order.order_no) == Status.TO_COMPLETE
        assert "没有待派的工单" in desk.text


async def test_the_order_just_sent_is_taken_back_by_one_key_and_a_reason(world: World, opened: Open) -> None:
    order = world.order()
    async with opened() as desk:
        await desk.press("c")
        assert "没有刚派出的工单可撤回" in desk.text
        await desk.press("enter", "c")
        await desk.write("派错了")
        assert world.status(order.order_no) == Status.TO_DISPATCH
        assert desk.screen.order_no() == order.order_no


async def test_a_sent_order_is_reassigned_and_another_unit_added(world: World, opened: Open) -> None:
    order = world.order()
    dispatch.send(world.desk("1301"), order.order_no, unit_id(world, "CY-CGJ"))
    async with opened() as desk:
        await desk.press("left_square_bracket", "j")
        desk.app.screen.query_one("#query").value = "横水"  # type: ignore[attr-defined]
        await desk.press("enter")
        assert world.events(order.order_no)[-1] == "add_unit"
        await desk.press("n")
        desk.app.screen.query_one("#query").value = "人社"  # type: ignore[attr-defined]
        await desk.press("enter")
        await desk.write("属劳动监察")
        assert world.events(order.order_no)[-1] == "reassign"
        assert "承办：县人社局" in desk.text


@pytest.mark.parametrize("size", SIZES)
async def test_a_return_is_decided_in_its_tab(world: World, opened: Open, size: tuple[int, int]) -> None:
    order = world.order()
    dispatch.send(world.desk("1301"), order.order_no, unit_id(world, "CY-CGJ"))
    ask_return(world, order.order_no)
    async with opened("1302", size) as desk:
        assert "退单 1!" in desk.text
        await desk.press("right_square_bracket")
        assert "县城管局申请退单" in desk.text
        assert "建议改派：县人社局" in desk.text
        await desk.press("t", "3", "ctrl+s")
        assert isinstance(desk.app.screen, AskForm)
        assert "须写明理由" in desk.text
        desk.app.screen.query_one("#words").value = "清单第118项"  # type: ignore[attr-defined]
        await desk.press("ctrl+s")
        assert world.status(order.order_no) == Status.IN_PROGRESS
        assert "没有单位申请退单" in desk.text


async def test_nobody_decides_the_return_of_their_own_dispatch(world: World, opened: Open) -> None:
    order = world.order()
    dispatch.send(world.desk("1301"), order.order_no, unit_id(world, "CY-CGJ"))
    ask_return(world, order.order_no)
    async with opened("1301") as desk:
        await desk.press("right_square_bracket", "enter", "ctrl+s")
        assert "不能裁定自己派出的工单的退单" in desk.text
        assert world.status(order.order_no) == Status.TO_SIGN


async def test_title_and_kind_are_corrected_in_a_form(world: World, opened: Open) -> None:
    world.order(kind=OrderKind.SUGGESTION)
    async with opened() as desk:
        await desk.press("g")
        form = desk.app.screen
        form.query_one("#new_title").value = "打桩扰民"  # type: ignore[attr-defined]
        form.query_one("#kind").value = "inquiry"  # type: ignore[attr-defined]
        form.query_one("#reason").value = "是咨询"  # type: ignore[attr-defined]
        await desk.press("ctrl+s")
        row = world.row("SELECT title, kind FROM work_orders")
        assert (row["title"], row["kind"]) == ("打桩扰民", "inquiry")
        assert "打桩扰民" in desk.text


async def test_place_and_category_are_picked(world: World, opened: Open) -> None:
    world.order()
    async with opened() as desk:
        for key, words in (("a", "老城"), ("l", "噪音")):
            await desk.press(key)
            desk.app.screen.query_one("#query").value = words  # type: ignore[attr-defined]
            await desk.press("enter")
        row = world.row("SELECT area_code, category_code FROM work_orders")
        assert (row["area_code"], row["category_code"]) == ("360725100001", "010101")


async def test_a_township_not_known_is_named_before_it_is_sent_to(world: World, opened: Open) -> None:
    order = world.order(title="村道坏了", content="塌了半边", area_code="360725000000")
    async with opened() as desk:
        assert "属地不明" in desk.text
        await desk.press("enter")
        assert "还不知道是哪个乡镇" in desk.text
        await desk.press("a")
        desk.app.screen.query_one("#query").value = "横水"  # type: ignore[attr-defined]
        await desk.press("enter", "enter")
        assert world.status(order.order_no) == Status.TO_SIGN
        assert world.row("SELECT steward_id AS s FROM work_orders")["s"] == unit_id(world, "CY-HSZ")


async def test_the_faster_desk_wins_and_the_slower_one_is_told_who(world: World, opened: Open) -> None:
    order = world.order()
    async with opened("1301") as desk:
        dispatch.send(world.desk("1302"), order.order_no, unit_id(world, "CY-RSJ"))
        await desk.press("enter")
        assert "派单乙（1302）" in desk.text
        assert world.events(order.order_no) == ["register", "send"]


async def test_who_else_has_the_order_open_stands_above_it(world: World, opened: Open) -> None:
    order = world.order()
    dispatch.order_detail(world.desk("1302"), order.order_no)
    async with opened("1301") as desk:
        assert "派单乙 也打开了此单" in desk.text
        await desk.press("f2")
        later = dispatch.order_detail(world.desk("1302"), order.order_no)
        assert later.others == ()


async def test_a_lower_centre_is_sent_to_like_a_unit(world: World, opened: Open) -> None:
    order = world.order()
    centre = add_unit(world, "CY-YQ", "园区中心", "CY-12345", is_centre=True)
    async with opened() as desk:
        await desk.press("slash")
        desk.app.screen.query_one("#query").value = "园区中心"  # type: ignore[attr-defined]
        await desk.press("enter")
        assert world.events(order.order_no)[-1] == "send_to_centre"
        assert world.row("SELECT centre_id AS c FROM work_orders")["c"] == centre


@pytest.mark.parametrize("size", SIZES)
async def test_odd_texts_are_shown_unharmed(world: World, opened: Open, size: tuple[int, int]) -> None:
    world.order(title="[/b] '; DROP 𠮷 🙂", content="[P2]\x1b[31m" + "噪音" * 3_000)
    async with opened(size=size) as desk:
        assert "[/b] '; DROP 𠮷" in desk.text
        assert "\x1b" not in desk.text


async def test_every_key_answers_in_every_tab_even_when_it_is_empty(opened: Open) -> None:
    async with opened() as desk:
        for _ in range(5):
            for key in ("1", "5", "slash", "b", "y", "c", "n", "j", "x", "g", "a", "l", "t", "p", "k"):
                await desk.press(key)
                assert isinstance(desk.app.screen, DispatchScreen), key
                assert "没有" in desk.text.splitlines()[-2], key
            await desk.press("right_square_bracket")


async def test_enter_in_the_tabs_of_others_opens_the_card(world: World, opened: Open) -> None:
    order = world.order()
    dispatch.ask_completion(world.desk("1301"), order.order_no, "缺楼栋号")
    async with opened() as desk:
        await desk.press("right_square_bracket", "right_square_bracket", "1")
        assert "不能直接派" in desk.text
        await desk.press("enter")
        assert isinstance(desk.app.screen, Card)


async def test_a_long_queue_is_paged_and_the_cursor_keeps_its_order(world: World, opened: Open) -> None:
    for place in range(60):
        world.order(title=f"第{place}件")
    async with opened() as desk:
        await desk.press("end")
        assert desk.screen.order_no() == "CY01-20261123-0060"
        assert "第59件" in "\n".join(
            str(line)
            for part in desk.screen.query_one(Detail).sections
            for line in (part.heading, *part.lines)
        )


@pytest.mark.parametrize(
    ("span", "words"),
    [({"seconds": 20}, "0分"), ({"minutes": 59}, "59分"), ({"hours": 23}, "23时"), ({"days": 2}, "2天")],
)
def test_waiting_is_said_in_its_largest_unit(span: dict[str, float], words: str) -> None:
    assert waited(NOW - timedelta(**span), NOW) == words
    assert waited(NOW + timedelta(**span), NOW) == "0分"


def test_the_corner_says_todays_average_and_the_share_of_first_proposals() -> None:
    figures = DispatchFigures({}, timedelta(minutes=12), 8, first_share=75)
    assert figure_words(figures, is_wide=False) == "均12分 首75% "
    assert figure_words(figures, is_wide=True) == "今日8件 平均12分 首选75% "
    slow = DispatchFigures({}, timedelta(minutes=150), 1)
    assert figure_words(slow, is_wide=False) == "均2.5时 "
    assert figure_words(DispatchFigures({}, None, 0), is_wide=False) == ""


@pytest.mark.parametrize("size", SIZES)
async def test_the_column_says_what_it_holds_and_a_title_has_room(
    world: World, opened: Open, size: tuple[int, int]
) -> None:
    order = world.order(title="工地凌晨一点还在打桩吵得人睡不着")
    async with opened(size=size) as desk:
        head, *_ = [line for line in desk.text.splitlines() if "工单号" in line]
        assert "地点" in head
        assert "承办单位" not in head
        assert "工地凌晨一点还在打" in desk.text.splitlines()[desk.text.splitlines().index(head) + 1]
        dispatch.send(world.desk("1301"), order.order_no, unit_id(world, "CY-CGJ"))
        await desk.press("left_square_bracket")
        head, *_ = [line for line in desk.text.splitlines() if "工单号" in line]
        assert "承办单位" in head


def test_what_presses_most_stands_in_the_one_column() -> None:
    words = [
        degree_cell(order_row("1123-0001", urgency=urgency, pool_grade=grade, grade=None))
        for urgency in (Urgency.CRITICAL, Urgency.URGENT, Urgency.NORMAL)
        for grade in (Grade.D, Grade.C, None)
    ]
    shown = [cell if isinstance(cell, str) else cell[0] for cell in words]
    assert shown == ["特急", "特急", "特急", "!D级", "紧急", "紧急", "!D级", "C级", ""]


@pytest.mark.parametrize("size", SIZES)
async def test_what_has_just_gone_is_taken_back_without_a_word(
    world: World, opened: Open, size: tuple[int, int]
) -> None:
    world.order()
    async with opened("1301", size) as desk:
        await desk.press("U")
        assert "没有刚派出的工单可收回" in desk.text
        await desk.press("enter")
        assert "（U 收回）" in desk.text
        assert "首100%" in desk.text or "首选100%" in desk.text
        await desk.press("U")
        assert "已收回" in desk.text
    assert world.row("SELECT status FROM work_orders")["status"] == "to_dispatch"


async def test_an_exception_teaches_nothing_more(world: World, opened: Open) -> None:
    order_no = world.order().order_no
    dispatch.send(world.desk("1301"), order_no, unit_id(world, "CY-RSJ"))
    async with opened("1301", (120, 36)) as desk:
        await desk.press("left_square_bracket", "z")
        desk.app.screen.query_one(LongText).value = "节日临时安排"
        await desk.press("ctrl+s")
        assert "已定为不作先例" in desk.text
    assert world.row("SELECT kind FROM events ORDER BY seq DESC LIMIT 1")["kind"] == "forget_lesson"
