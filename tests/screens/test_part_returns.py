"""退协办 by keys: asked on F4 with r, decided on F3's tab 退单 with t."""

from __future__ import annotations

import pytest

from db.codes import ReturnReason
from desk import my_tickets
from screens.dialogs.kept import KeptForm
from tests.desk.unit_desk import sent
from tests.screens.dispatcher import Open, opened
from tests.screens.support import SIZES
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
        assert "同意县人社局退协办，不另请" in desk.text
        await desk.press("1", "ctrl+s")
        assert "已裁定退协办" in desk.text
    assert ends(world) == ["returned", None]
    assert world.events(order_no)[-1] == "grant_part_return"


async def test_each_of_two_helpers_is_judged_by_itself_and_a_no_needs_words(
    world: World, opened: Open
) -> None:
    order_no = asked(world, ("2201", ""), ("2301", ""))
    async with opened("1302") as desk:
        await desk.press(NEXT, "t")
        assert "不同意横水镇退协办" in desk.text
        await desk.press("4", "ctrl+s")
        assert "不同意退协办须写明理由" in desk.text
        await desk.press("tab", *"need", "ctrl+s")
    assert ends(world) == [None, None]
    verdicts = [row["verdict"] for row in world.rows("SELECT verdict FROM requests ORDER BY id")]
    assert verdicts == ["pending", "refused"]
    assert world.events(order_no)[-1] == "refuse_part_return"


async def test_who_sent_the_helper_is_told_why_not(world: World, opened: Open) -> None:
    asked(world, ("2201", ""))
    async with opened("1301") as desk:
        await desk.press(NEXT)
        with world.nothing_written():
            await desk.press("t")
            assert "自己派出的协办" in desk.text
