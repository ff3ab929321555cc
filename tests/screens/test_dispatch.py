"""F3 派单 on a real store: sending by keys, then the screen and the store asked."""

from __future__ import annotations

import pytest

from desk import dispatch
from desk.codes import OrderKind, Status, Urgency
from screens.cells import width_of
from screens.dialogs import AskText, Confirm, Pick
from screens.dispatch.dialogs import AskKind, AskMarks
from screens.dispatch.keys import KEYS_TOLD
from screens.widgets import Detail
from tests.desk.dispatching import section_id
from tests.screens.dispatcher import Dispatcher, Open, opened
from tests.screens.support import SIZES, settled
from tests.world import World

__all__ = ["opened"]


@pytest.mark.parametrize("size", SIZES)
async def test_enter_sends_to_the_first_proposal_and_the_next_order_comes(
    world: World, opened: Open, size: tuple[int, int]
) -> None:
    first, second = world.order(), world.order(title="拖欠工资", content="三个月没发")
    world.clock.tick(minutes=12)
    async with opened(size=size) as desk:
        assert "待派单 2" in desk.text
        assert "县城管局 执法大队" in desk.text
        assert "清单第118项" in desk.text
        assert "老城社区工地夜里十二点还在打桩" in desk.text
        await desk.press("enter")
        assert world.status(first.order_no) == Status.TO_SIGN
        assert desk.screen.order_no() == second.order_no
        assert "县人社局 劳动监察大队" in desk.text
        assert "12分" in desk.text
        part = world.row("SELECT * FROM assignments")
        assert part["section_id"] == section_id(world, "ZF")
        assert world.row("SELECT duty_item_id AS d FROM work_orders ORDER BY id")["d"] == 1


async def test_the_most_pressing_is_first_with_its_time_left_and_waiting_time(
    world: World, opened: Open
) -> None:
    world.order()
    urgent = world.order(urgency=Urgency.URGENT, title="停水一整天")
    world.clock.tick(hours=3)
    async with opened() as desk:
        assert desk.screen.order_no() == urgent.order_no
        assert "!超期2时" in desk.text
        assert "紧急" in desk.text
        assert "3时" in desk.text


async def test_a_digit_sends_to_that_proposal(world: World, opened: Open) -> None:
    order = world.order(title="噪音和垃圾", content="还有工资没发")
    async with opened() as desk:
        await desk.press("2")
        second = desk.screen.last_sent
        assert second is not None
        assert (second.order_no, second.steward) == (order.order_no, "县人社局")
        await desk.press("1")
        assert "这里没有工单可派" in desk.text


async def test_a_digit_without_its_proposal_says_so(world: World, opened: Open) -> None:
    world.order()
    async with opened() as desk:
        await desk.press("5")
        assert "没有第 5 个建议" in desk.text


async def test_what_is_unclear_says_so_and_a_unit_is_found_by_words(world: World, opened: Open) -> None:
    order = world.order(title="您好", content="想问一下")
    async with opened() as desk:
        assert "不明确" in desk.text
        await desk.press("enter")
        assert world.status(order.order_no) == Status.TO_DISPATCH
        await desk.press("slash")
        assert isinstance(desk.app.screen, Pick)
        desk.app.screen.query_one("#query").value = "劳动监察"  # type: ignore[attr-defined]
        await desk.press("enter")
        assert world.row("SELECT section_id AS s FROM work_orders")["s"] == section_id(world, "LD")


@pytest.mark.parametrize("size", SIZES)
async def test_marked_orders_go_out_together_after_one_question(
    world: World, opened: Open, size: tuple[int, int]
) -> None:
    world.order()
    world.order(title="拖欠工资", content="三个月没发")
    vague = world.order(title="您好", content="想问一下")
    async with opened(size=size) as desk:
        await desk.press("space", "space", "space", "enter")
        assert isinstance(desk.app.screen, Confirm)
        await desk.press("enter")
        assert "已派 2 件，1 件未派" in desk.text
        assert desk.screen.queue.marked == ()
        assert desk.screen.order_no() == vague.order_no


async def test_a_kind_still_open_is_named_by_one_digit(world: World, opened: Open) -> None:
    order = world.order(kind=OrderKind.UNDETERMINED)
    async with opened() as desk:
        await desk.press("enter")
        assert isinstance(desk.app.screen, AskKind)
        await desk.press("3")
        row = world.row("SELECT kind, status FROM work_orders")
        assert (row["kind"], row["status"]) == ("complaint", "to_sign")
        assert world.events(order.order_no) == ["register", "send"]


async def test_marked_orders_whose_kind_is_open_are_named_together(world: World, opened: Open) -> None:
    orders = [world.order(kind=OrderKind.UNDETERMINED) for _ in range(2)]
    async with opened() as desk:
        await desk.press("space", "space", "enter", "enter", "enter")
        assert "请按数字选定类型" in desk.text
        await desk.press("3")
        assert [world.status(order.order_no) for order in orders] == [Status.TO_SIGN] * 2


async def test_enter_takes_the_kind_that_such_matters_mostly_are(world: World, opened: Open) -> None:
    world.order(kind=OrderKind.UNDETERMINED, title="垃圾没人清", content="一周了")
    async with opened() as desk:
        await desk.press("enter", "enter")
        assert world.row("SELECT kind FROM work_orders")["kind"] == "complaint"


@pytest.mark.parametrize("size", SIZES)
async def test_a_tip_off_goes_out_after_its_marked_words_were_looked_at(
    world: World, opened: Open, size: tuple[int, int]
) -> None:
    order = world.order(kind=OrderKind.TIP_OFF, content="我家住老城社区3栋，只有我知道垃圾没人清")
    async with opened(size=size) as desk:
        assert "派出前须核对转办内容" in desk.text
        await desk.press("enter")
        assert isinstance(desk.app.screen, AskMarks)
        assert "［已隐去］，［已隐去］垃圾没人清" in desk.text
        await desk.press("down", "space")
        assert "［已隐去］，只有我知道垃圾没人清" in desk.text
        await desk.press("space", "ctrl+s")
        assert isinstance(desk.app.screen, AskText)
        await desk.press("ctrl+s")
        assert world.status(order.order_no) == Status.TO_SIGN
        stored = world.row("SELECT forward_text AS f FROM work_orders")["f"]
        assert stored == "［已隐去］，［已隐去］垃圾没人清"


async def test_a_forwarded_text_that_is_refused_is_not_lost(world: World, opened: Open) -> None:
    world.order(kind=OrderKind.TIP_OFF, content="垃圾没人清")
    async with opened() as desk:
        await desk.press("enter", "ctrl+s")
        await desk.write("李先生说垃圾没人清")
        assert "请隐去后再提交" in desk.text
        await desk.press("enter")
        assert isinstance(desk.app.screen, AskText)
        assert "李先生说垃圾没人清" in desk.text
        await desk.write("垃圾没人清")
        assert world.row("SELECT forward_text AS f FROM work_orders")["f"] == "垃圾没人清"


async def test_what_was_half_written_is_there_at_the_next_sign_in(world: World, opened: Open) -> None:
    tip = world.order(kind=OrderKind.TIP_OFF, content="垃圾没人清")
    plain = world.order()
    async with opened() as desk:
        await desk.press("enter", "ctrl+s")
        desk.app.screen.query_one("#text").value = "有人举报垃圾没"  # type: ignore[attr-defined]
        await settled(desk.pilot)
    async with opened() as desk:
        assert "1 件工单的办理要求、转办内容已恢复" in desk.text
        await desk.press("enter")
        assert "有人举报垃圾没" in desk.text
        await desk.press("ctrl+s", "x")
        desk.app.screen.query_one("#text").value = "今晚"  # type: ignore[attr-defined]
        await settled(desk.pilot)
        await desk.press("escape")
    async with opened() as desk:
        assert world.status(tip.order_no) == Status.TO_SIGN
        assert desk.screen.order_no() == plain.order_no
        assert "已恢复" not in desk.text


async def test_demand_and_helping_unit_go_along_with_the_order(world: World, opened: Open) -> None:
    world.order()
    async with opened() as desk:
        await desk.press("x")
        await desk.write("今晚到场")
        await desk.press("j")
        desk.app.screen.query_one("#query").value = "横水"  # type: ignore[attr-defined]
        await desk.press("enter")
        assert "协办：横水镇" in desk.text
        assert "要求：今晚到场" in desk.text
        assert desk.screen.unsaved() != ""
        await desk.press("enter")
        parts = world.rows("SELECT part, requirement FROM assignments ORDER BY id")
        assert [part["part"] for part in parts] == ["steward", "co_handling"]
        assert {part["requirement"] for part in parts} == {"今晚到场"}
        assert desk.screen.unsaved() == ""


async def test_a_demand_left_with_escape_is_there_again_and_goes_nowhere(world: World, opened: Open) -> None:
    world.order()
    async with opened() as desk:
        await desk.press("x")
        desk.app.screen.query_one("#text").value = "今晚到场"  # type: ignore[attr-defined]
        await desk.press("escape")
        assert "今晚到场" not in desk.text
        await desk.press("x")
        assert "今晚到场" in desk.text
        await desk.press("escape", "enter")
        assert world.row("SELECT requirement AS r FROM assignments")["r"] == ""


async def test_enter_after_a_form_sends_no_other_order_than_the_one_read(world: World, opened: Open) -> None:
    taken, other = world.order(), world.order()
    async with opened() as desk:
        page = desk.screen
        assert page.order_no() == taken.order_no
        await desk.press("x")
        desk.app.screen.query_one("#text").value = "今晚到场"  # type: ignore[attr-defined]
        dispatch.put_into_triage(world.desk("1302"), taken.order_no, "", "blurred_duty")
        page.reload()
        await desk.press("ctrl+s")
        assert desk.screen.order_no() == other.order_no
        assert "已由别人办理" in desk.text
        await desk.press("enter")
        assert "请看清再按" in desk.text
        assert world.status(other.order_no) == Status.TO_DISPATCH
        await desk.press("enter")
        assert world.status(other.order_no) == Status.TO_SIGN


async def test_a_helping_unit_chosen_again_is_let_go(world: World, opened: Open) -> None:
    world.order()
    async with opened() as desk:
        for said, shown in (("派出时加派 横水镇 协办", True), ("已去掉协办 横水镇", False)):
            await desk.press("j")
            desk.app.screen.query_one("#query").value = "横水"  # type: ignore[attr-defined]
            await desk.press("enter")
            assert said in desk.text
            assert ("协办：横水镇" in desk.text) is shown
        await desk.press("enter")
        assert [part["part"] for part in world.rows("SELECT part FROM assignments")] == ["steward"]


def keys_told(desk: Dispatcher) -> dict[str, list[str]]:
    """The keys of each group of the F1 page that is shown."""
    sections = desk.app.screen.query_one(Detail).sections
    return {section.heading: [line[0].strip() for line in section.lines if line] for section in sections}


@pytest.mark.parametrize(("tab", "first", "not_here"), [(0, "Enter", "t"), (1, "t", "s"), (3, "y", "b")])
async def test_f1_tells_the_keys_of_the_tab_shown_and_each_once(
    opened: Open, tab: int, first: str, not_here: str
) -> None:
    async with opened() as desk:
        await desk.press(*["right_square_bracket"] * tab, "f1")
        told = keys_told(desk)
        here, others = told["本页"], told["派单的其他栏"]
        assert here[0] == first
        assert not_here in others
        assert len({*here, *others}) == len([*here, *others]) == len(KEYS_TOLD)


async def test_f1_on_the_returns_tells_how_to_judge_one(opened: Open) -> None:
    async with opened() as desk:
        await desk.press("right_square_bracket", "f1")
        assert {"t", "p", "y", "i", "r"} <= set(keys_told(desk)["本页"])


@pytest.mark.parametrize("size", [(80, 24), (240, 40)])
async def test_the_key_row_names_what_it_can_and_says_when_that_is_not_all(
    world: World, opened: Open, size: tuple[int, int]
) -> None:
    world.order()
    async with opened(size=size) as desk:
        row = desk.text.splitlines()[-1].rstrip()
        is_wide = size[0] == 240
        assert row.endswith("F1 帮助" if is_wide else "F1 更多键")
        assert all((words in row) is is_wide for words in ("x 要求", "r 关联", "o 范围"))
        assert width_of(row) <= size[0]
