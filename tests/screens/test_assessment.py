"""考核 on F6 and 评分 on F4, from the table to the card, by keys alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

import screens.app
from desk import assessment
from screens.app import DeskApp
from screens.dialogs.card import Card
from screens.dialogs.kept import KeptForm
from screens.dialogs.scores import ScoresPage
from screens.review.assessment import AssessmentPage, BehindList, FiguresPage, LeftOutList
from screens.widgets import RowList, Tabs
from tests.desk import assessed
from tests.screens.review_desk import BOTH, Sign, at_review, hints, sign_in
from tests.screens.support import settled, text_of
from tests.world import World

__all__ = ["sign_in"]


async def press(pilot: Pilot[int], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settled(pilot)


async def on_the_page(pilot: Pilot[int], app: DeskApp) -> None:
    await at_review(pilot)
    await press(pilot, "a")
    assert isinstance(app.screen, AssessmentPage)


def rows_of(app: DeskApp, name: str) -> RowList[object]:
    return app.screen.query_one(f"#{name}", RowList)


@BOTH
async def test_a_figure_opens_its_orders_and_an_order_its_card(
    sign_in: Sign, world: World, size: tuple[int, int]
) -> None:
    assessed.closed(world, title="夜里打桩[/b]")
    assessed.unreasonable(world)
    app = sign_in("1002")
    async with app.run_test(size=size) as pilot:
        await on_the_page(pilot, app)
        shown = text_of(app)
        assert "2026-11（本月，至此刻）" in shown
        assert "剔除 1 件" in shown
        assert "县城管局" in shown
        assert "50.0" in shown, "满意率 raw"
        await press(pilot, "down", "down", "enter")
        assert isinstance(app.screen, FiguresPage)
        assert "接单及时率" in text_of(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, BehindList)
        assert "夜里打桩[/b]" in text_of(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, Card)
        await press(pilot, "escape", "escape", "escape", "x")
        assert isinstance(app.screen, LeftOutList)
        assert "社会评议不合理" in text_of(app)
        await press(pilot, "escape", "left_square_bracket")
        assert "2026-10" in text_of(app)
        await press(pilot, "right_square_bracket", "right_square_bracket")
        assert "已是本月" in text_of(app)


async def test_a_share_shows_only_what_counts_against_it(sign_in: Sign, world: World) -> None:
    assessed.closed(world, co=())
    assessed.dissatisfied(world)
    app = sign_in("1002")
    async with app.run_test(size=(120, 36)) as pilot:
        await on_the_page(pilot, app)
        await press(pilot, "down", "enter")
        figures = rows_of(app, "figures")
        figures.go_to("satisfied")
        await press(pilot, "enter")
        assert rows_of(app, "orders").total == 2
        await press(pilot, "t")
        assert rows_of(app, "orders").total == 1
        assert "未达标的工单 1 件" in text_of(app)


@BOTH
async def test_a_closed_order_is_scored_on_the_list_of_f6(
    sign_in: Sign, world: World, size: tuple[int, int]
) -> None:
    order_no = assessed.closed(world)
    app = sign_in("1501")
    async with app.run_test(size=size) as pilot:
        await at_review(pilot)
        while app.screen.query_one(Tabs).active != "to_archive":
            await press(pilot, "right_square_bracket")
        assert "S" in hints(app).split()
        await press(pilot, "S")
        assert isinstance(app.screen, KeptForm)
        await press(pilot, "4", "tab", *"到场快", "ctrl+s")
        assert "已评处理成效" in text_of(app)
        assert "S" not in hints(app).split(), "scored once a round"
    row = assessment.scores(world.desk("1002")).rows[0]
    assert (row.order_no, row.points, row.reason) == (order_no, 4, "到场快")


async def test_a_score_is_given_behind_a_figure_too(sign_in: Sign, world: World) -> None:
    assessed.closed(world, co=())
    app = sign_in("1002")
    async with app.run_test(size=(80, 24)) as pilot:
        await on_the_page(pilot, app)
        await press(pilot, "down", "enter", "enter", "S", "5", "tab", *"好", "ctrl+s")
        assert "已评" in text_of(app)
        await press(pilot, "S", "5", "tab", *"好", "ctrl+s")
        assert "已评过" in text_of(app)


@BOTH
async def test_the_month_is_written_to_a_file(
    sign_in: Sign, world: World, tmp_path: Path, size: tuple[int, int]
) -> None:
    assessed.closed(world)
    app = sign_in("1002")
    async with app.run_test(size=size) as pilot:
        await on_the_page(pilot, app)
        await press(pilot, "o", "ctrl+u")
        field = app.screen.query_one("#path")
        field.value = str(tmp_path / "考核.xlsx")  # type: ignore[attr-defined]
        await press(pilot, "ctrl+s")
        assert "已存" in text_of(app)
    assert (tmp_path / "考核.xlsx").exists()


@BOTH
async def test_an_appeal_is_decided_by_keys(sign_in: Sign, world: World, size: tuple[int, int]) -> None:
    score_id = assessed.handled_score(world, 2)
    assessment.appeal_score(world.desk("2103"), score_id, "当天已到场")
    app = sign_in("1002")
    async with app.run_test(size=size) as pilot:
        await on_the_page(pilot, app)
        await press(pilot, "s")
        assert isinstance(app.screen, ScoresPage)
        shown = text_of(app)
        assert "申诉待决" in shown
        assert "当天已到场" in shown
        assert {"t", "b"} <= set(hints(app).split())
        await press(pilot, "t", "4", "tab", *"属实", "ctrl+s")
        assert "已同意申诉" in text_of(app)
        assert "申诉改4分" in text_of(app)
        assert "t" not in hints(app).split()
        await press(pilot, "b")
        assert "没有待您决定的申诉" in text_of(app)


async def test_who_scored_is_offered_no_decision(sign_in: Sign, world: World) -> None:
    score_id = assessed.handled_score(world, 2)
    assessment.appeal_score(world.desk("2103"), score_id, "当天已到场")
    app = sign_in("1501")
    async with app.run_test(size=(80, 24)) as pilot:
        await on_the_page(pilot, app)
        await press(pilot, "s")
        assert not {"t", "b"} & set(hints(app).split())
        await press(pilot, "t")
        assert "评分人、申诉人以外" in text_of(app)


@BOTH
async def test_a_unit_scores_its_helper_and_appeals_on_f4(
    sign_in: Sign, world: World, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    monkeypatch.setitem(screens.app._SCREENS, "my_tickets", ("screens.my_tickets", "MyTicketsScreen"))
    score_id = assessed.handled_score(world, 2)
    app = sign_in("2101")
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await press(pilot, "f4", "p")
        assert isinstance(app.screen, ScoresPage)
        assert "待评配合情况" in text_of(app)
        assert "县人社局" in text_of(app)
        await press(pilot, "p", "5", "tab", *"随叫随到", "ctrl+s")
        assert "已评 县人社局" in text_of(app)
        await settled(pilot)
        assert not app.screen.has_class("-owes")
        rows_of(app, "scores").go_to(str(score_id))
        await settled(pilot)
        assert "s" in hints(app).split()
        await press(pilot, "s", *"当天已到场", "ctrl+s")
        assert "已申诉" in text_of(app)
        assert "审核甲" not in text_of(app)
    assert assessment.score(world.desk("1002"), score_id).appeal == "当天已到场"


@BOTH
async def test_a_unit_sees_its_own_line_and_an_empty_month_says_what_counts(
    sign_in: Sign, world: World, size: tuple[int, int]
) -> None:
    app = sign_in("2101")
    async with app.run_test(size=size) as pilot:
        await on_the_page(pilot, app)
        assert "还没有可考核的" in text_of(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, AssessmentPage)
    assessed.closed(world)
    app = sign_in("2101")
    async with app.run_test(size=size) as pilot:
        await on_the_page(pilot, app)
        assert [line.name for line in app.screen._table.lines] == ["县城管局"]  # type: ignore[union-attr]
