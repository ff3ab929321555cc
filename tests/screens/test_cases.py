"""典型案例 on the screens: proposed from the card, published by a second person, found from F2 and F3."""

from __future__ import annotations

import pytest

import screens.app
from desk import cases, review
from screens.dialogs import Card, Case, CaseList
from screens.dialogs.cases import CaseForm
from screens.dispatch.cases_pane import CasesLine, line
from screens.widgets import LongText, RowList
from tests.desk import review_life
from tests.desk.test_cases import MATTER, proposed, published
from tests.screens.dispatcher import Dispatcher, Open, opened
from tests.screens.stage import StageApp
from tests.screens.support import SIZES
from tests.world import World

__all__ = ["opened"]


def closed(world: World, **values: object) -> str:
    order_no = review_life.to_call_back(world, **values)
    review.close_satisfied(world.desk("1601"), order_no)
    return order_no


async def card_of(desk: Dispatcher, order_no: str) -> None:
    await desk.press()
    desk.app.push_screen(Card(order_no))
    await desk.press()


@pytest.mark.parametrize("size", SIZES)
async def test_the_card_proposes_a_case_that_a_person_checks_first(
    world: World, opened: Open, size: tuple[int, int]
) -> None:
    order_no = closed(
        world, requester_name="李小明", content="李小明（13800000000）说老城社区3栋旁工地打桩[/b]"
    )
    async with opened("1301", size) as desk:
        await card_of(desk, order_no)
        await desk.press("k")
        assert isinstance(desk.app.screen, CaseForm)
        for words in ("提出案例", "某某（某号码）说某处旁工地打桩[/b]", "经验"):
            assert words in desk.text, words
        assert "李小明" not in desk.text
        assert world.rows("SELECT * FROM cases") == []
        await desk.press("ctrl+s")
        assert isinstance(desk.app.screen, Card), desk.text
        assert "待第二人核对发布" in desk.text
    (case,) = world.rows("SELECT * FROM cases")
    assert (case["published_at"], case["matter"]) == (None, "某某（某号码）说某处旁工地打桩[/b]")


async def test_a_name_put_back_comes_back_with_the_cursor_on_it(world: World, opened: Open) -> None:
    order_no = closed(world, requester_name="李小明")
    async with opened("1301") as desk:
        await card_of(desk, order_no)
        await desk.press("k")
        desk.app.screen.query_one("#handling", LongText).value = "李小明很满意"
        await desk.press("ctrl+s")
        assert isinstance(desk.app.screen, CaseForm)
        assert "办理情况里还有“李小明”" in desk.text
        assert desk.app.screen.focused is desk.app.screen.query_one("#handling")
        assert desk.app.screen.query_one("#handling", LongText).value == "李小明很满意"
        await desk.press("escape", "k")
        assert desk.app.screen.query_one("#handling", LongText).value == "李小明很满意"
    assert world.rows("SELECT * FROM cases") == []


async def test_what_becomes_no_case_says_why_on_the_card(world: World, opened: Open) -> None:
    order_no = closed(world, is_confidential=True)
    async with opened("1301") as desk:
        await card_of(desk, order_no)
        await desk.press("k")
        assert isinstance(desk.app.screen, Card)
        assert "举报、保密工单不入案例库" in desk.text


@pytest.mark.parametrize("size", SIZES)
async def test_a_second_person_reads_and_publishes_it(
    world: World, opened: Open, size: tuple[int, int]
) -> None:
    order_no = closed(world)
    proposed(world, order_no)
    async with opened("1502", size) as desk:
        await card_of(desk, order_no)
        await desk.press("k")
        assert isinstance(desk.app.screen, Case)
        for words in ("AL-0001  夜间施工噪音", "待发布", MATTER, "核对发布", "撤下"):
            assert words in desk.text, words
        await desk.press("p")
        assert isinstance(desk.app.screen, CaseForm)
        await desk.press("ctrl+s")
        assert "已发布" in desk.text
        assert "核对发布" not in desk.text
        await desk.press("p")
        assert "已经发布" in desk.text
    assert cases.page(world.desk("1203")).total == 1


async def test_the_maker_is_told_that_it_takes_a_second_person(world: World, opened: Open) -> None:
    order_no = closed(world)
    proposed(world, order_no)
    async with opened("1501") as desk:
        await card_of(desk, order_no)
        await desk.press("k", "p")
        assert isinstance(desk.app.screen, Case)
        assert "请由第二人核对后发布" in desk.text


async def test_a_case_is_taken_away_with_a_reason(world: World, opened: Open) -> None:
    published(world)
    async with opened("1502") as desk:
        await desk.press("f", "enter", "x")
        await desk.write("政策已变")
        await desk.press("escape")
        assert isinstance(desk.app.screen, CaseList)
        assert "夜间施工噪音" not in desk.text
    assert world.row("SELECT retire_reason FROM cases")["retire_reason"] == "政策已变"


@pytest.mark.parametrize("size", SIZES)
async def test_f3_opens_the_library_at_what_is_like_the_order_in_hand(
    world: World, opened: Open, size: tuple[int, int]
) -> None:
    published(world)
    published(world, title="小区电梯困人[/b]", matter="电梯一周坏三回", handling="更换曳引机")
    world.order(title="工地夜间施工扰民", content="夜里打桩")
    async with opened("1301", size) as desk:
        await desk.press("f")
        assert isinstance(desk.app.screen, CaseList)
        assert "夜间施工噪音" in desk.text
        assert "像" in desk.text
        assert "电梯" not in desk.text
        await desk.press("电", "梯")
        assert "小区电梯困人[/b]" in desk.text
        assert "夜间施工噪音" not in desk.text
        await desk.press("enter")
        assert "更换曳引机" in desk.text
        await desk.press("escape", "escape")
        assert desk.screen


async def test_nothing_alike_says_how_to_find_the_others(world: World, opened: Open) -> None:
    published(world)
    world.order(title="养老金认证", content="手机不会用")
    async with opened("1301") as desk:
        await desk.press("f")
        assert "没有相似的案例：输入字词可查全部" in desk.text


async def test_f3_without_an_order_opens_the_whole_library_page_by_page(world: World, opened: Open) -> None:
    first = published(world)
    with world.database.write() as writer:
        writer.run("DROP INDEX uq_cases_order")
        columns = "order_id, kind, title, matter, handling, made_at, published_at"
        for number in range(70):
            writer.run(
                f"INSERT INTO cases (uid, {columns}) SELECT :uid, {columns} FROM cases WHERE id = :id",
                uid=f"copy {number}",
                id=first,
            )
    async with opened("1301") as desk:
        await desk.press("f")
        rows = desk.app.screen.query_one("#cases", RowList)
        assert rows.total == 71
        for _ in range(5):
            await desk.press("pagedown")
        assert rows.cursor_row is not None
        assert rows.cursor_row.id == first
        assert "AL-0001" in desk.text


async def test_f2_opens_the_library_over_a_half_typed_form(
    world: World, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(screens.app._SCREENS, "intake", ("screens.intake", "IntakeScreen"))
    published(world)
    async with opened("1203") as desk:
        await desk.press("f2", "1", "3", "8", "ctrl+k")
        assert isinstance(desk.app.screen, CaseList)
        assert "夜间施工噪音" in desk.text
        await desk.press("escape")
        assert "138" in desk.text


async def test_the_line_beside_the_proposals_tells_of_what_is_alike(world: World) -> None:
    published(world, title="夜间施工[/b]")
    order_no = world.order(title="工地夜间施工", content="半夜打桩").order_no
    found = cases.beside(world.desk("1301"), order_no)
    assert line(found).startswith("相似案例 1：夜间施工[/b]（县城管局 像")
    assert line(()) == ""
    widget = CasesLine()
    app = StageApp(widget)
    async with app.run_test() as pilot:
        widget.show(())
        assert not widget.display
        widget.show(found)
        await pilot.pause()
        assert widget.display
        assert "夜间施工[/b]" in str(widget.render())
