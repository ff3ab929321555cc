"""How many keys a call costs beside the words themselves (issue 4, how it is shown to work)."""

from typing import Any

import pytest
from textual.pilot import Pilot

from tests.screens import test_intake as stage
from tests.screens.support import SIZES, settled
from tests.screens.test_intake import PHONE, WORDS, at_the_form
from tests.world import World

world, opened = stage.world, stage.opened


class Hand:
    """An operator's hand: words are typed for nothing, every other key counts."""

    def __init__(self, pilot: Pilot[Any]) -> None:
        self._pilot = pilot
        self.keys = 0

    async def types(self, words: str) -> None:
        """Type what the caller says."""
        await self._pilot.press(*words)
        await settled(self._pilot)

    async def presses(self, *keys: str) -> None:
        """Press keys that are no words."""
        self.keys += len(keys)
        await self._pilot.press(*keys)
        await settled(self._pilot)


async def test_a_plain_complaint_costs_at_most_twelve_keys(opened: Any, world: World) -> None:
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_form(pilot)
        hand = Hand(pilot)
        await hand.types(PHONE)
        await hand.presses("enter")
        await hand.types("李先生")
        await hand.presses("enter", "3", "tab")
        await hand.types("横水")
        await hand.presses("enter")
        await hand.types("老城社区3栋")
        await hand.presses("enter")
        await hand.types(WORDS)
        await hand.presses("ctrl+s")
    assert hand.keys <= 12
    order = world.row("SELECT kind, place, content, area_code, contact_phone FROM work_orders")
    assert order["kind"] == "complaint"
    assert (order["place"], order["content"]) == ("老城社区3栋", WORDS)
    assert (order["area_code"], order["contact_phone"]) == ("360725100000", PHONE)


async def test_a_caller_who_is_known_costs_fewer(opened: Any, world: World) -> None:
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_form(pilot)
        hand = Hand(pilot)
        for words in (WORDS, "路灯又坏了"):
            await hand.types(PHONE)
            await hand.presses("enter", "enter", "3", "tab")
            await hand.types("横水")
            await hand.presses("enter", "tab")
            await hand.types(words)
            await hand.presses("ctrl+s")
    assert hand.keys <= 2 * 8
    assert world.row("SELECT count(*) AS orders FROM work_orders")["orders"] == 2


@pytest.mark.parametrize("size", SIZES)
async def test_an_answered_question_costs_at_most_six_keys(
    opened: Any, world: World, size: tuple[int, int]
) -> None:
    app = opened()
    async with app.run_test(size=size) as pilot:
        screen = await at_the_form(pilot)
        hand = Hand(pilot)
        await hand.types(PHONE)
        await hand.presses("enter")
        await hand.types("李先生")
        await hand.presses("enter", "1", "ctrl+r")
        await hand.types("社保卡丢了怎么补办")
        await hand.presses("tab")
        await hand.types("带身份证到服务网点")
        await hand.presses("ctrl+s")
        assert screen.form.is_empty
    assert hand.keys <= 6
    order = world.row("SELECT kind, content, place, outcome, requester_name FROM work_orders")
    assert (order["kind"], order["outcome"], order["place"]) == ("inquiry", "direct_answer", "不详")
    assert (order["content"], order["requester_name"]) == ("社保卡丢了怎么补办", "李先生")
    assert world.row("SELECT said FROM answers")["said"] == "带身份证到服务网点"


async def test_two_held_calls_change_places_by_one_key(opened: Any) -> None:
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_form(pilot)
        hand = Hand(pilot)
        await hand.types(PHONE)
        await hand.presses("ctrl+n")
        await hand.types("13911112222")
        hand.keys = 0
        await hand.presses("ctrl+x")
        assert (hand.keys, screen.form.values()["number"]) == (1, PHONE)
