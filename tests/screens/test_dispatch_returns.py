"""F3, the tab 退单: its clock and marks, one key that grants and sends, 研判, 快速裁决, the figures, 班长's line."""

from __future__ import annotations

import pytest

from desk import dispatch
from desk.codes import Deed, Status
from screens.cells import width_of
from screens.dialogs import AskText, Pick
from screens.dialogs.kept import KeptForm
from screens.dialogs.return_figures import ReturnFiguresPage
from screens.dispatch import DispatchScreen
from screens.dispatch.proposal_pane import ProposalPane
from screens.dispatch.returning import month_words
from screens.widgets import Choice
from tests.desk.dispatching import ask_return, decide_late, sent, unit_id
from tests.screens.dispatcher import Dispatcher, Open, opened
from tests.screens.support import SIZES
from tests.world import World

__all__ = ["opened"]

NEXT, LAST = "right_square_bracket", "left_square_bracket"


def head_and_row(desk: Dispatcher) -> tuple[str, str]:
    """The column titles of the list, and its first row."""
    lines = desk.text.splitlines()
    at = next(place for place, line in enumerate(lines) if "工单号" in line)
    return lines[at], lines[at + 1]


def returned_twice(world: World) -> str:
    order_no = sent(world)
    ask_return(world, order_no)
    dispatch.grant_return(world.desk("1302"), order_no, "属实")
    dispatch.send(world.desk("1302"), order_no, unit_id(world, "CY-RSJ"))
    ask_return(world, order_no, by="2201", target="CY-CGJ")
    return order_no


@pytest.mark.parametrize("size", SIZES)
async def test_the_tab_shows_the_office_time_that_is_left_who_asks_and_where_to(
    world: World, opened: Open, size: tuple[int, int]
) -> None:
    ask_return(world, sent(world))
    world.clock.tick(minutes=48)
    async with opened("1302", size) as desk:
        await desk.press(NEXT)
        head, row = head_and_row(desk)
        assert [
            word for word in ("裁定", "次", "退单单位", "理由", "建议改派", "标题") if word not in head
        ] == []
        assert "剩1:12" in row
        for words in ("县城管局", "县人社局", "非本单位职责", "夜间施工"):
            assert words in row
        for words in ("裁定剩1:12", "职责依据：清单第201项", "建议改派：县人社局（按 p 同意并改派）"):
            assert words in desk.text
        assert "退1" in desk.text


@pytest.mark.parametrize("size", SIZES)
async def test_past_the_limit_the_row_is_marked_and_a_dispatcher_is_told_at_once(
    world: World, opened: Open, size: tuple[int, int]
) -> None:
    order_no = sent(world)
    ask_return(world, order_no)
    decide_late(world, order_no)
    async with opened("1302", size) as desk:
        await desk.press(NEXT)
        assert "待班长" in head_and_row(desk)[1]
        assert "待班长裁定" in desk.text
        assert "t 裁定" not in desk.text
        with world.nothing_written():
            for key in ("t", "p", "n", "c"):
                await desk.press(key)
                assert "由班长裁定" in desk.text
                assert isinstance(desk.app.screen, DispatchScreen)
    async with opened("1002", size) as desk:
        await desk.press(NEXT, "t", "2", "ctrl+s")
        assert world.status(order_no) == Status.TO_DISPATCH


async def test_long_names_and_the_marks_of_the_order_are_read_in_the_list(world: World, opened: Open) -> None:
    order_no = sent(world)
    dispatch.set_marks(world.desk("1301"), order_no, ["leader"])
    with world.database.light_write() as writer:
        writer.run("UPDATE units SET short_name = '县交通运输局' WHERE code = 'CY-RSJ'")
    ask_return(world, order_no)
    async with opened("1302") as desk:
        await desk.press(NEXT)
        row = head_and_row(desk)[1]
        assert "县交通运输局" in row
        assert "批示 " in row
        assert ".." not in row.partition("批示")[0]


async def test_what_one_may_still_do_is_read_whole(world: World, opened: Open) -> None:
    order_no = sent(world)
    ask_return(world, order_no)
    decide_late(world, order_no)
    async with opened("1302") as desk:
        await desk.press(NEXT)
        why = desk.screen.shown.refusals[Deed.REDIRECT_RETURN]  # type: ignore[union-attr]
        pane = desk.app.screen.query_one(ProposalPane)
        assert width_of(f"建议改派：县人社局（{why}）") > pane.content_size.width
        assert f"（{why}）" in "".join(line.rstrip() for line in str(pane.render()).splitlines())


async def test_one_key_grants_and_sends_and_the_next_one_is_not_judged_unread(
    world: World, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("screens.dispatch.sending.READING_SECONDS", 60.0)
    first, second = sent(world), sent(world)
    ask_return(world, first)
    ask_return(world, second)
    async with opened("1302") as desk:
        await desk.press(NEXT, "p")
        assert "已同意退单" in desk.text
        assert world.events(first)[-1] == "redirect_return"
        await desk.pilot.press("p")
        await desk.press("f1", "escape")
        assert world.events(second)[-1] == "ask_return"


async def test_the_verdict_is_chosen_by_hand_among_what_one_may_do(world: World, opened: Open) -> None:
    order_no = sent(world)
    ask_return(world, order_no)
    async with opened("1302") as desk:
        await desk.press(NEXT, "enter")
        form = desk.app.screen
        assert isinstance(form, KeptForm)
        assert [words for _, words in form.query_one(Choice).options] == [
            "同意并改派县人社局",
            "同意退单",
            "不同意",
        ]
        await desk.press("ctrl+s")
        assert "请选择裁定" in desk.text
        assert isinstance(desk.app.screen, KeptForm)
        await desk.press("1", "ctrl+s")
        assert world.events(order_no)[-1] == "redirect_return"


async def test_a_second_return_goes_to_the_panel(world: World, opened: Open) -> None:
    order_no = returned_twice(world)
    async with opened("1301") as desk:
        await desk.press(NEXT)
        assert "县人社局第2次申请退单" in desk.text
        assert "派单乙 同意：属实" in desk.text
        assert "（县城管局已退过本单）" in desk.text
        await desk.press("y")
        assert isinstance(desk.app.screen, AskText)
        await desk.write("职能交叉")
        assert world.events(order_no)[-1] == "refer_return"
        assert "待研判" in head_and_row(desk)[1]
        assert "待研判裁定" in desk.text


async def test_a_first_return_does_not_go_to_the_panel(world: World, opened: Open) -> None:
    ask_return(world, sent(world))
    async with opened("1302") as desk:
        await desk.press(NEXT, "y")
        assert "首次退单请直接裁定" in desk.text


async def test_what_was_returned_twice_is_given_for_good_by_k(world: World, opened: Open) -> None:
    order_no = returned_twice(world)
    dispatch.grant_return(world.desk("1002"), order_no, "再议")
    async with opened("1301") as desk:
        assert "由班长或研判组员按 k 快速裁决" in desk.text
        assert "派首选" not in desk.text
        await desk.press("enter")
        assert "快速裁决派定" in desk.text
        await desk.press("k")
        assert isinstance(desk.app.screen, Pick)
        desk.app.screen.query_one("#query").value = "横水镇"  # type: ignore[attr-defined]
        await desk.press("enter")
        await desk.write("属地管理")
        assert world.events(order_no)[-1] == "rule_finally"
        assert "不得再退" in desk.text


async def test_k_says_why_it_does_nothing(world: World, opened: Open) -> None:
    world.order()
    async with opened("1002") as desk:
        await desk.press("k")
        assert "本单没有退过，退满 2 次才快速裁决：请照常派单或按 n 改派" in desk.text
    async with opened("1302") as desk:
        await desk.press("k")
        assert "您没有“快速裁决”的权限" in desk.text


@pytest.mark.parametrize("size", SIZES)
async def test_the_figures_open_and_turn_to_another_month(
    world: World, opened: Open, size: tuple[int, int]
) -> None:
    order_no = sent(world)
    ask_return(world, order_no)
    dispatch.refuse_return(world.desk("1302"), order_no, "属你单位")
    async with opened("1002", size) as desk:
        await desk.press("i")
        assert isinstance(desk.app.screen, ReturnFiguresPage)
        for words in ("2026-11 崇义", "不实（计单位）1", "【分单位】", "【分派单员】", "派单乙"):
            assert words in desk.text
        await desk.press(LAST)
        assert "2026-10 崇义" in desk.text
        await desk.press(NEXT, NEXT)
        assert "已是本月" in desk.text
        await desk.press("escape")
        assert isinstance(desk.app.screen, DispatchScreen)


def test_the_corner_fits_its_cells() -> None:
    from desk.rules.return_tally import Tally

    month = Tally(asked=120, wrong=45, refused=30)
    assert month_words(month, is_wide=False) == "退120错45不实30 "
    assert width_of(month_words(month, is_wide=False)) <= 16
    assert width_of(month_words(month, is_wide=True)) <= 24
