"""退协办 by keys: asked on F4 with r, decided on F3's tab 退单 with t."""

from __future__ import annotations

import pytest

from db.codes import ReturnReason
from desk import my_tickets
from screens.dialogs.kept import KeptForm
from screens.widgets import Field, LongText
from tests.desk.dispatching import ask_return
from tests.desk.unit_desk import sent
from tests.screens.dispatcher import Open, opened
from tests.screens.support import SIZES
from tests.screens.unit_clerk import at, press, said, shown
from tests.world import World

__all__ = ["opened"]

NEXT = "right_square_bracket"


def asked(world: World, *units: tuple[str, str]) -> str:
    """Return the number of an order that 县城管局 handles, some of whose helpers ask to be let go."""
    order_no = sent(world, co=("CY-RSJ", "CY-HSZ"))
    for by, target in units:
        reason = ReturnReason.NOT_OUR_DUTY
        my_tickets.ask_part_return(world.desk(by), order_no, reason, "不涉用工", "清单第118项", target)
    return order_no


def ends(world: World) -> list[str | None]:
    rows = world.rows("SELECT end_reason FROM assignments WHERE part = 'co_handling' ORDER BY id")
    return [row["end_reason"] for row in rows]


@pytest.mark.parametrize("size", SIZES)
async def test_the_paper_is_read_and_granted_on_the_tab(
    world: World, opened: Open, size: tuple[int, int]
) -> None:
    order_no = asked(world, ("2201", ""))
    async with opened("1302", size) as desk:
        await desk.press(NEXT)
        for words in ("县人社局申请退协办", "非本单位职责：不涉用工", "改请协办：不必另请", "t 裁定退协办"):
            assert words in desk.text
        await desk.press("t")
        assert isinstance(desk.app.screen, KeptForm)
        assert "1同意，不另请 2不同意" in desk.text
        await desk.press("1", "ctrl+s")
        assert "已裁定退协办" in desk.text
    assert ends(world) == ["returned", None]
    assert world.events(order_no)[-1] == "grant_part_return"


async def test_each_of_two_helpers_is_judged_by_itself_and_a_no_needs_words(
    world: World, opened: Open
) -> None:
    order_no = asked(world, ("2201", ""), ("2301", ""))
    async with opened("1302") as desk:
        await desk.press(NEXT)
        assert "2家协办" in desk.text
        await desk.press("t")
        assert "1县人社局 2横水镇" in desk.text
        await desk.press("2", "tab", "2", "ctrl+s")
        assert "不同意退协办须写明理由" in desk.text
        await desk.press("tab", *"need", "ctrl+s")
    assert ends(world) == [None, None]
    verdicts = [row["verdict"] for row in world.rows("SELECT verdict FROM requests ORDER BY id")]
    assert verdicts == ["pending", "refused"]
    assert world.events(order_no)[-1] == "refuse_part_return"


async def test_the_unit_named_is_asked_to_help(world: World, opened: Open) -> None:
    order_no = sent(world, co=("CY-RSJ",))
    reason = ReturnReason.NOT_OUR_DUTY
    my_tickets.ask_part_return(world.desk("2201"), order_no, reason, "不涉用工", "清单第118项", "横水镇")
    async with opened("1302") as desk:
        await desk.press(NEXT, "t")
        assert "1同意并改请横水镇" in desk.text
        await desk.press("1", "ctrl+s")
    assert ends(world) == ["returned", None]


async def test_while_the_lead_returns_the_order_the_key_decides_that_first(
    world: World, opened: Open
) -> None:
    order_no = asked(world, ("2201", ""))
    ask_return(world, order_no)
    async with opened("1302") as desk:
        await desk.press(NEXT)
        assert ("t 裁定" in desk.text, "t 裁定退协办" in desk.text) == (True, False)
        await desk.press("t", "3", "tab", *"no", "ctrl+s")
        assert world.events(order_no)[-1] == "refuse_return"
        assert "t 裁定退协办" in desk.text


@pytest.mark.parametrize("size", SIZES)
async def test_a_helper_asks_with_r(
    world: World, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    sent(world, co=("CY-RSJ",))
    async with at(world, monkeypatch, "2201", size) as pilot:
        await press(pilot, *[NEXT] * 5)
        assert "r 申请退协办" in shown(pilot)
        await press(pilot, "r", "4")
        pilot.app.screen.query_one("#words", LongText).value = "不涉用工"
        pilot.app.screen.query_one("#duty", Field).value = "清单第118项"
        pilot.app.screen.query_one("#target", Field).value = "没有的局"
        await press(pilot, "ctrl+s")
        assert "没有单位或人员叫“没有的局”" in shown(pilot)
        pilot.app.screen.query_one("#target", Field).value = "横水镇"
        await press(pilot, "ctrl+s")
        assert "已申请退协办" in said(pilot)
    request = world.row("SELECT kind, reason, evidence, verdict FROM requests")
    assert tuple(request.values()) == ("part_return", "不涉用工", "清单第118项", "pending")


async def test_who_sent_the_helper_is_told_why_not(world: World, opened: Open) -> None:
    asked(world, ("2201", ""))
    async with opened("1301") as desk:
        await desk.press(NEXT)
        with world.nothing_written():
            await desk.press("t")
            assert "自己派出的协办" in desk.text
