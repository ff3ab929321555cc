"""F6 `q`: 质检 from the draw to the decision on a 申辩, by keys alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from textual.pilot import Pilot

from db.codes import CallSummary
from desk import quality
from screens.app import DeskApp
from screens.dialogs.card import Card
from screens.review.quality import QualityPage
from screens.review.quality_forms import JudgeForm
from tests.desk.quality_desk import AGENT, AUDITOR, SUPERVISOR, filed, judged, registered, set_to, to_check
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
    await press(pilot, "q")
    assert isinstance(app.screen, QualityPage)


@BOTH
async def test_what_the_rule_draws_is_judged_by_digits(
    sign_in: Sign,
    world: World,
    size: tuple[int, int],
) -> None:
    registered(world, content="工地夜里打桩[/b]")
    filed(world, summary=CallSummary.NUISANCE, recording_no="REC-1")
    app = sign_in(AUDITOR)
    async with app.run_test(size=size) as pilot:
        await on_the_page(pilot, app)
        shown = text_of(app)
        assert "新抽取" in shown
        assert "骚扰" in shown
        assert "录音编号 REC-1" in shown
        await press(pilot, "s")
        assert isinstance(app.screen, JudgeForm)
        await press(pilot, "ctrl+s")
        assert "请选择受理五要素 30" in text_of(app)
        await press(pilot, "3", "enter", "1", "enter", "3", "enter", "2", "enter", "1", "enter", "ctrl+s")
        assert "有不合格的项目，请写评语说明" in text_of(app)
        await press(pilot, *"语速太快", "escape")
        assert isinstance(app.screen, QualityPage)
        await press(pilot, "s")
        assert "语速太快" in text_of(app)
        await press(pilot, "ctrl+s")
        assert "已评分：64 分" in text_of(app)
        await press(pilot, "right_square_bracket", "right_square_bracket")
        assert "服务态度 20：不合格" in text_of(app)
        await press(pilot, "s")
        assert "已评过分" in text_of(app)


@BOTH
async def test_the_agent_finds_his_own_and_answers_another_decides(
    sign_in: Sign,
    world: World,
    size: tuple[int, int],
) -> None:
    judged(world)
    app = sign_in(AGENT)
    async with app.run_test(size=size) as pilot:
        await on_the_page(pilot, app)
        assert "我的 1" in text_of(app)
        assert "待检" not in text_of(app)
        assert {"a", "p"} <= set(hints(app).split())
        assert not {"s", "c", "n", "k"} & set(hints(app).split())
        await press(pilot, "a", *"清单当时如此", "ctrl+s")
        assert "已申辩，由另一人裁定" in text_of(app)
        await press(pilot, "a")
        assert "在时限内可以申辩一次" in text_of(app)
    app = sign_in(SUPERVISOR)
    async with app.run_test(size=size) as pilot:
        await on_the_page(pilot, app)
        await press(pilot, "right_square_bracket")
        assert "清单当时如此" in text_of(app)
        await press(pilot, "c", "enter", "enter", "1", "tab", "tab", "tab", *"改判", "ctrl+s")
        assert "已裁定：100 分" in text_of(app)


async def test_keys_that_need_something_say_what(sign_in: Sign, world: World, tmp_path: Path) -> None:
    app = sign_in(SUPERVISOR)
    async with app.run_test(size=(80, 24)) as pilot:
        await on_the_page(pilot, app)
        for key in "scapk":
            await press(pilot, key)
            assert "没有待检的记录" in text_of(app)
        order_no = registered(world).order_no
        await press(pilot, "n")
        app.screen.query_one("#about").value = order_no  # type: ignore[attr-defined]
        app.screen.query_one("#why").focus()
        await press(pilot, *"旁听", "ctrl+s")
        assert "已列入待检" in text_of(app)
        await press(pilot, "p")
        assert "没有配置播放程序" in text_of(app)
        await press(pilot, "k")
        app.screen.query_one("#number").value = "2101"  # type: ignore[attr-defined]
        await press(pilot, "ctrl+s")
        assert "热线中心没有这个工号" in text_of(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, Card)
        assert order_no in text_of(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, QualityPage)


async def test_a_recording_is_played(sign_in: Sign, world: World) -> None:
    set_to(world, "quality.player", [shutil.which("true"), "{recording}"])
    order_no = registered(world, is_confidential=True).order_no
    quality.add(world.desk(SUPERVISOR), order_no, "规程检查")
    app = sign_in(SUPERVISOR)
    async with app.run_test(size=(80, 24)) as pilot:
        await on_the_page(pilot, app)
        await press(pilot, "p")
        assert "事由" in text_of(app)
        await press(pilot, *"核对", "ctrl+s")
        assert "（已记入）" in text_of(app)
    assert world.row("SELECT count(*) AS n FROM events WHERE kind = 'hear_recording'")["n"] == 1


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_figures_are_read_and_written_out(
    sign_in: Sign,
    world: World,
    tmp_path: Path,
    size: tuple[int, int],
) -> None:
    to_check(world)
    app = sign_in(SUPERVISOR)
    async with app.run_test(size=size) as pilot:
        await on_the_page(pilot, app)
        await press(pilot, "f")
        assert "王芳 1203：话务 1，应检 1" in text_of(app)
        await press(pilot, "e")
        path = tmp_path / "质检.xlsx"
        app.screen.query_one("#path").value = str(path)  # type: ignore[attr-defined]
        await press(pilot, "ctrl+s")
        assert "已导出 2 行" in text_of(app)
        assert path.exists()


async def test_a_unit_has_no_such_page(sign_in: Sign, world: World) -> None:
    app = sign_in("2101")
    async with app.run_test(size=(80, 24)) as pilot:
        await on_the_page(pilot, app)
        assert "质检由热线中心办理" in text_of(app)
