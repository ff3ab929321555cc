"""管家六步 and 变更管家 on the screens, at both sizes."""

from __future__ import annotations

import pytest

from desk import stewardship
from screens.dialogs import AskText, Card, Pick
from screens.dialogs.kept import KeptForm
from screens.widgets import Choice, LongText
from tests.desk import review_life, unit_desk
from tests.screens.support import SIZES
from tests.screens.unit_clerk import at, press, said, shown
from tests.world import World


def helped(world: World) -> str:
    return unit_desk.signed(world, co=("CY-RSJ",))


@pytest.mark.parametrize("size", SIZES)
async def test_the_unit_writes_a_step_with_one_key(
    world: World, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    unit_desk.signed(world)
    async with at(world, monkeypatch, "2102", size) as pilot:
        assert "六步" in shown(pilot) or size == SIZES[0]
        await press(pilot, "l")
        assert isinstance(pilot.app.screen, KeptForm)
        for words in ("调查研判", "兜底维稳", "长效机制", "是否需要"):
            assert words in shown(pilot), words
        await press(pilot, "6")
        pilot.app.screen.query_one("#words", LongText).value = "列入夜间巡查[/b]"
        await press(pilot, "ctrl+s")
        assert "已记入管家六步" in said(pilot)
    (row,) = world.rows("SELECT step, is_needed, note FROM step_notes")
    assert tuple(row.values()) == ("prevent", 1, "列入夜间巡查[/b]")


async def test_what_is_needless_says_why_and_a_step_that_never_is_comes_back(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    unit_desk.signed(world)
    async with at(world, monkeypatch, "2102") as pilot:
        await press(pilot, "l", "1")
        pilot.app.screen.query_one("#needed", Choice).value = "no"
        pilot.app.screen.query_one("#words", LongText).value = "嫌麻烦"
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, KeptForm)
        assert "不能写“不需要”" in said(pilot)
        pilot.app.screen.query_one("#step", Choice).value = "stabilise"
        await press(pilot, "ctrl+s")
        assert "已记入管家六步" in said(pilot)
    assert world.row("SELECT is_needed FROM step_notes")["is_needed"] == 0


@pytest.mark.parametrize("size", SIZES)
async def test_the_card_passes_the_lead_to_a_unit_that_helps(
    world: World, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    order_no = helped(world)
    async with at(world, monkeypatch, "1301", size) as pilot:
        pilot.app.push_screen(Card(order_no))
        await press(pilot)
        assert "变更管家" in shown(pilot)
        assert "六步" not in shown(pilot).splitlines()[-1]
        await press(pilot, "m")
        assert isinstance(pilot.app.screen, Pick)
        assert "县人社局" in shown(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, AskText)
        pilot.app.screen.query_one("#text", LongText).value = "主责在劳动监察"
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, Card)
        assert "工单管家已变更为县人社局" in said(pilot)
        for _ in range(3):
            if "主责在劳动监察" in shown(pilot):
                break
            await press(pilot, "pagedown")
        assert "派单甲 变更管家：主责在劳动监察" in shown(pilot)


async def test_nobody_to_take_over_is_said_at_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    order_no = unit_desk.signed(world)
    async with at(world, monkeypatch, "1301") as pilot:
        pilot.app.push_screen(Card(order_no))
        await press(pilot, "m")
        assert isinstance(pilot.app.screen, Card)
        assert "没有协办单位可接任" in said(pilot)


async def test_who_may_neither_sees_neither_key_and_is_told_why(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    order_no = helped(world)
    async with at(world, monkeypatch, "1203") as pilot:
        pilot.app.push_screen(Card(order_no))
        await press(pilot)
        assert "变更管家" not in shown(pilot).splitlines()[-1]
        await press(pilot, "m")
        assert "请由派单员" in said(pilot)
        await press(pilot, "l", "1")
        pilot.app.screen.query_one("#words", LongText).value = "x"
        await press(pilot, "ctrl+s")
        assert "权限" in said(pilot)
    assert world.rows("SELECT * FROM step_notes") == []


async def test_the_auditor_writes_what_the_unit_forgot(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    order_no = review_life.dissatisfied(world)
    async with at(world, monkeypatch, "1501") as pilot:
        pilot.app.push_screen(Card(order_no))
        await press(pilot, "l", "5")
        pilot.app.screen.query_one("#words", LongText).value = "已上门沟通"
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, Card)
        assert "已记入管家六步" in said(pilot)
    assert world.row("SELECT step FROM step_notes")["step"] == "stabilise"
    assert stewardship.teams(world.desk("1002")) == ()
