"""F5 `g`: 交接班 by keys alone, at both sizes."""

from __future__ import annotations

import pytest

from db.codes import Status, Urgency
from desk import shift_change
from screens.emergency.shift_change import ShiftPage
from tests.screens.emergency_desk import at_the_desk, press, real_screen  # noqa: F401 - a fixture
from tests.screens.support import SIZES, FakeStore, settled, text_of
from tests.world import World


@pytest.mark.parametrize("size", SIZES)
async def test_one_hands_over_and_another_signs(
    store: FakeStore, world: World, size: tuple[int, int]
) -> None:
    for _ in range(2):
        world.order(status=Status.TO_DISPATCH, urgency=Urgency.URGENT)
    app = at_the_desk(store, world, "1002")
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await press(pilot, "f5", "g")
        assert isinstance(app.screen, ShiftPage)
        assert "现在交班会交出 2 条未了事项" in text_of(app)
        await press(pilot, "enter")
        assert "没有要接的班" in text_of(app)
        await press(pilot, "h", *"留意施工[/b]", "ctrl+s")
        said = text_of(app)
        assert "未签 2/2（您交的班" in said
        assert "留意施工[/b]" in said
        await press(pilot, "enter")
        assert "交班人不能接自己的班" in text_of(app)
    app = at_the_desk(store, world, "1401")
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await press(pilot, "f5", "g", "enter")
        assert "已签收，还有 1 条" in text_of(app)
        await press(pilot, "down", "m", *"已问", "ctrl+s")
        assert "接班完成" in text_of(app)
    assert not shift_change.current(world.desk("1401")).handed_by


async def test_the_rest_is_signed_at_once_after_one_question(store: FakeStore, world: World) -> None:
    for _ in range(3):
        world.order(status=Status.TO_DISPATCH, urgency=Urgency.URGENT)
    shift_change.hand_over(world.desk("1002"))
    app = at_the_desk(store, world, "1401")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "f5", "g", "a")
        assert "余下 3 条" in text_of(app)
        await press(pilot, "escape")
        assert shift_change.current(world.desk("1401")).handed_by
        await press(pilot, "a", "enter")
        assert "接班完成" in text_of(app)
