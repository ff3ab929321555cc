"""F6: 督办 with level and limit, its tab, and the answer that is judged, by keys alone at both sizes."""

from __future__ import annotations

import pytest

from db.codes import Deed, PressureLevel
from desk import my_tickets, review
from screens.review.pressing import wrong_days, wrong_verdict
from screens.widgets import Tabs
from tests.desk import review_life as life
from tests.screens.review_desk import BOTH, Sign, at_review, hints, sign_in
from tests.screens.support import settled, text_of
from tests.world import World

__all__ = ["sign_in"]


@BOTH
async def test_a_supervision_is_ordered_at_a_level_and_its_answer_judged(
    sign_in: Sign, world: World, size: tuple[int, int]
) -> None:
    order_no = life.sent(world)
    app = sign_in(life.LEADER)
    async with app.run_test(size=size) as pilot:
        await at_review(pilot)
        app.screen.query_one(Tabs).switch("supervision")
        await settled(pilot)
        assert "没有待回复、待评价的督办催办" in text_of(app)
    review.remind(world.desk(life.AUDITOR), order_no, "请抓紧[/b]")
    app = sign_in("1002")
    async with app.run_test(size=size) as pilot:
        await at_review(pilot)
        app.screen.query_one(Tabs).switch("supervision")
        await settled(pilot)
        assert "经办催办" in text_of(app)
        await pilot.press("d")
        await settled(pilot)
        assert "单位负责人" in text_of(app)
        await pilot.press(*"go", "tab", "3", "tab", "ctrl+u", *"99", "ctrl+s")
        await settled(pilot)
        assert "1 至 60" in text_of(app)
        await pilot.press("ctrl+u", "4", "ctrl+s")
        await settled(pilot)
        assert world.events(order_no)[-1] == Deed.SUPERVISE
        row = world.row("SELECT level, due_at FROM requests ORDER BY id DESC LIMIT 1")
        assert row["level"] in set(PressureLevel)
        assert world.event_data(order_no)["supervision_due"]["explanation"].startswith("督办 4 个工作日")
        assert "督办" in text_of(app)
    my_tickets.answer_supervision(world.desk(life.HANDLER), order_no, "正在办理[/b]")
    app = sign_in("1002")
    async with app.run_test(size=size) as pilot:
        await at_review(pilot)
        app.screen.query_one(Tabs).switch("supervision")
        await settled(pilot)
        assert "已回待评" in text_of(app)
        assert "经办甲：正" in text_of(app)
        assert "R" in hints(app).split()
        await pilot.press("R")
        await settled(pilot)
        assert "经办甲回复：正在办理[/b]" in text_of(app)
        await pilot.press("2", "ctrl+s")
        await settled(pilot)
        assert "写明还要什么" in text_of(app)
        await pilot.press("tab", *"more", "ctrl+s")
        await settled(pilot)
        assert world.events(order_no)[-1] == Deed.PRESS_AGAIN


async def test_an_answer_is_accepted_with_two_keys(sign_in: Sign, world: World) -> None:
    order_no = life.sent(world)
    review.supervise(world.desk(life.AUDITOR), order_no, "书面说明")
    my_tickets.answer_supervision(world.desk(life.HANDLER), order_no, "已说明")
    app = sign_in(life.AUDITOR)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_review(pilot)
        app.screen.query_one(Tabs).switch("supervision")
        await settled(pilot)
        await pilot.press("R")
        await settled(pilot)
        await pilot.press("1", "ctrl+s")
        await settled(pilot)
        assert "没有待回复、待评价的督办催办" in text_of(app)
    assert world.events(order_no)[-1] == Deed.ACCEPT_ANSWER


@pytest.mark.parametrize("typed", ["", "0", "61", "两", "２", "-1"])
def test_a_limit_is_a_number_of_days(typed: str) -> None:
    answers = {"verdict": "again", "text": "再查", "days": typed, "level": "leader"}
    assert wrong_days(answers) == wrong_verdict(answers) != ""
    assert wrong_verdict({**answers, "verdict": "accepted"}) == ""
