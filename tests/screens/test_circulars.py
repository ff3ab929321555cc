"""F6 `c`: a circular from its figures to the units' receipts, by keys alone at both sizes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from desk import circulars
from screens.review.circulars import CircularForm, CircularsPage
from screens.widgets import Choice, Detail, Field, LongText
from tests.desk.circular_life import AUDITOR, LEADER, drafted, fortnight, signed
from tests.screens.review_desk import BOTH, Sign, at_review, hints, sign_in
from tests.screens.support import settled, text_of
from tests.world import World

__all__ = ["sign_in"]


async def on_the_page(pilot: Pilot[Any]) -> None:
    await at_review(pilot)
    await press(pilot, "c")
    assert isinstance(pilot.app.screen, CircularsPage)


async def press(pilot: Pilot[Any], *keys: str) -> None:
    await pilot.press(*keys)
    await settled(pilot)


def shown(pilot: Pilot[Any]) -> str:
    """What the pane holds, seen or scrolled away."""
    detail = pilot.app.screen.query_one("#circular", Detail)
    return "\n".join(line for section in detail.sections for line in (section.heading, *section.lines))


@BOTH
async def test_a_circular_is_drafted_mended_signed_sent_and_read(
    sign_in: Sign, world: World, tmp_path: Path, size: tuple[int, int]
) -> None:
    fortnight(world)
    app = sign_in(AUDITOR)
    async with app.run_test(size=size) as pilot:
        await on_the_page(pilot)
        assert "还没有通报：按 n 拟一份" in text_of(app)
        assert "p" not in hints(app).split()
        await press(pilot, "e")
        assert "还没有通报" in text_of(app)
        await press(pilot, "n")
        app.screen.query_one("#kind", Choice).value = "any"
        app.screen.query_one("#first", Field).value = "2026-11-23"
        await press(pilot, "ctrl+s")
        assert "已拟稿，待签发" in text_of(app)
        assert "【反面典型】" in shown(pilot)
        assert "县城管局" in text_of(app)
        await press(pilot, "e")
        assert isinstance(app.screen, CircularForm)
        app.screen.query_one("#demand", LongText).value = "三日内书面报告[/b]"
        await press(pilot, "escape", "e")
        assert app.screen.query_one("#demand", LongText).value == "三日内书面报告[/b]"
        await press(pilot, "ctrl+s")
        assert "已存稿" in text_of(app)
        assert "三日内书面报告[/b]" in shown(pilot)
        await press(pilot, "p")
        assert "“签发通报”由调度领导、班长办理" in text_of(app)
    app = sign_in(LEADER)
    async with app.run_test(size=size) as pilot:
        await on_the_page(pilot)
        await press(pilot, "p", "enter")
        assert "已签发" in text_of(app)
        assert "12345督查通报〔2026〕1号" in text_of(app)
    app = sign_in(AUDITOR)
    async with app.run_test(size=size) as pilot:
        await on_the_page(pilot)
        await press(pilot, "e")
        assert "已签发，不能再改" in text_of(app)
        await press(pilot, "s")
        assert "印发给本期有数据的 2 个单位" in text_of(app)
        await press(pilot, "enter")
        assert "0/2" in text_of(app)
        path = tmp_path / "通报.docx"
        await press(pilot, "o")
        app.screen.query_one("#path", Field).value = str(tmp_path / "通报.pdf")
        await press(pilot, "ctrl+s")
        assert "以 .docx 结尾" in text_of(app)
        app.screen.query_one("#path", Field).value = str(path)
        await press(pilot, "ctrl+s")
        assert path.exists()
    app = sign_in("2101")
    async with app.run_test(size=size) as pilot:
        await on_the_page(pilot)
        assert "待签收" in text_of(app)
        assert hints(app).split()[0] == "y"
        assert "CY01-" not in shown(pilot)
        await press(pilot, "y")
        assert "已签收" in text_of(app)
        await press(pilot, "y")
        assert "本单位已签收这份通报" in text_of(app)
    assert circulars.page(world.desk(AUDITOR)).rows[0].read_count == 1


async def test_the_table_of_units_fits_both_sizes(sign_in: Sign, world: World) -> None:
    signed(world)
    for size, widest in (((80, 24), 76), ((120, 36), 112)):
        app = sign_in(AUDITOR)
        async with app.run_test(size=size) as pilot:
            await on_the_page(pilot)
            lines = [line for line in shown(pilot).splitlines() if line.startswith(("单位", "县城管局  "))]
            assert len(lines) == (4 if size[0] == 80 else 2)
            assert all(len(line.encode("gbk", "replace")) <= widest for line in lines), lines


async def test_a_draft_is_counted_again_or_dropped(sign_in: Sign, world: World) -> None:
    key = drafted(world)
    app = sign_in(AUDITOR)
    async with app.run_test(size=(80, 24)) as pilot:
        await on_the_page(pilot)
        await press(pilot, "r", "enter")
        assert "已重算" in text_of(app)
        await press(pilot, "x", *"later", "ctrl+s")
        assert "已撤稿" in text_of(app)
        assert "还没有通报" in text_of(app)
    assert world.row("SELECT dropped_at FROM circulars WHERE id = :id", id=key)["dropped_at"] is not None


@pytest.mark.parametrize("key", "nerxpsy")
async def test_a_unit_without_any_is_told_so(sign_in: Sign, world: World, key: str) -> None:
    app = sign_in("2101")
    async with app.run_test(size=(80, 24)) as pilot:
        await on_the_page(pilot)
        assert "还没有发给本单位的通报" in text_of(app)
        await press(pilot, key)
        assert "办理" in text_of(app) or "还没有发给本单位的通报" in text_of(app)


async def test_who_may_not_see_any_is_told_so(sign_in: Sign, world: World) -> None:
    app = sign_in("1601")
    async with app.run_test(size=(80, 24)) as pilot:
        await at_review(pilot)
        await press(pilot, "c")
        assert "通报由审核员、班长、调度领导办理" in text_of(app)
