"""F5 `z`: 专报 from what is called for to 批示, by keys alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from db.codes import Deed
from desk import reports
from screens.emergency.reports import ReportForm, ReportsPage
from tests.desk.emergencies import an_emergency, brought_to
from tests.screens.emergency_desk import at_the_desk, press, real_screen  # noqa: F401 - a fixture
from tests.screens.support import SIZES, FakeStore, settled, text_of
from tests.world import World


async def on_the_page(pilot: Pilot[Any]) -> None:
    await settled(pilot)
    await press(pilot, "f5", "z")
    assert isinstance(pilot.app.screen, ReportsPage)


@pytest.mark.parametrize("size", SIZES)
async def test_a_report_goes_from_what_is_called_for_to_the_cabinet(
    store: FakeStore, world: World, tmp_path: Path, size: tuple[int, int]
) -> None:
    order_no = an_emergency(world, "群体事件", content="四十人堵门讨薪[/b]").order_no
    brought_to(world, order_no, Deed.ACKNOWLEDGE)
    app = at_the_desk(store, world, "1401")
    async with app.run_test(size=size) as pilot:
        await on_the_page(pilot)
        assert "该报" in text_of(app)
        assert "电话报告限 11-23 09:15，书面报告限 11-23 09:30" in text_of(app)
        await press(pilot, "n")
        assert isinstance(app.screen, ReportForm)
        assert "四十人堵门讨薪[/b]" in text_of(app)
        app.screen.query_one("#people_now").value = "约40人"  # type: ignore[attr-defined]
        app.screen.query_one("#demand").value = "结清工资"  # type: ignore[attr-defined]
        await press(pilot, "ctrl+s")
        assert "已存稿，待签发" in text_of(app)
        await press(pilot, "p")
        assert "“签发”由调度领导、班长办理" in text_of(app)
    app = at_the_desk(store, world, "1002")
    async with app.run_test(size=size) as pilot:
        await on_the_page(pilot)
        await press(pilot, "p", "enter")
        assert "已签发 12345专报〔2026〕1号" in text_of(app)
        await press(pilot, "down", "s", *"刘国平", "ctrl+s")
        assert "已送 刘国平" in text_of(app)
        await press(pilot, "y")
        assert "已阅" in text_of(app)
        await press(pilot, "i", *"当日结清", "ctrl+s")
        assert "已记批示，并转督办" in text_of(app)
        path = tmp_path / "专报.md"
        await press(pilot, "o", *"x", "ctrl+s")
        assert "以 .docx 或 .md 结尾" in text_of(app)
        app.screen.query_one("#path").value = str(path)  # type: ignore[attr-defined]
        await press(pilot, "ctrl+s")
        assert "已存" in text_of(app)
    assert "四十人堵门讨薪" in path.read_text(encoding="utf-8")
    assert world.row("SELECT count(*) AS n FROM requests WHERE kind = 'supervision'")["n"] == 1


async def test_words_that_are_half_typed_outlive_escape(store: FakeStore, world: World) -> None:
    an_emergency(world)
    app = at_the_desk(store, world, "1401")
    async with app.run_test(size=(80, 24)) as pilot:
        await on_the_page(pilot)
        assert "没有该报的" in text_of(app)
        await press(pilot, "n")
        await press(pilot, *"改过的标题", "escape", "n")
        assert "改过的标题" in text_of(app)
        await press(pilot, "ctrl+s")
        row = reports.page(world.desk("1401"))[0]
        assert row.title.startswith("改过的标题")
        await press(pilot, "x", *"误报", "ctrl+s")
        assert "已撤稿" in text_of(app)


async def test_without_anything_to_report_a_key_says_what_to_do(store: FakeStore, world: World) -> None:
    app = at_the_desk(store, world, "1401")
    async with app.run_test(size=(80, 24)) as pilot:
        await on_the_page(pilot)
        for key in "nesyox":
            await press(pilot, key)
            assert "按 z 再按 n 拟报" in text_of(app)


async def test_who_may_not_see_reports_is_told_so(store: FakeStore, world: World) -> None:
    app = at_the_desk(store, world, "1301")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "f5", "z")
        assert "由应急值班员、班长和调度领导办理" in text_of(app)
