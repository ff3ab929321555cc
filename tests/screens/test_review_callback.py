"""回访 by digits: one form, three satisfactions, and nothing filed that is not complete."""

from __future__ import annotations

from desk import review
from screens.review.forms import CallbackForm, survey_from, wrong_in
from screens.widgets import Choice, Field, Tabs
from tests.desk import review_life as life
from tests.screens.review_desk import BOTH, Sign, at_review, hints, sign_in
from tests.screens.support import settled, text_of
from tests.world import World

__all__ = ["sign_in"]


def answers(*digits: str) -> list[str]:
    """A digit chooses, Enter goes on: as in every form of the desk."""
    return [key for digit in digits for key in (digit, "enter")]


async def test_nothing_is_chosen_at_first_and_a_digit_stays_in_its_row(sign_in: Sign, world: World) -> None:
    life.to_call_back(world)
    app = sign_in(life.CALLER)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_review(pilot)
        await pilot.press("h")
        await settled(pilot)
        first, *others = app.screen.query(Choice)
        assert [each.value for each in (first, *others)] == [""] * 7
        await pilot.press("1", "2")
        assert first.has_focus
        assert first.value == "satisfied"
        assert [each.value for each in others] == [""] * 6
        await pilot.press("x")
        await settled(pilot)
        assert "“办理结果”只能选" in text_of(app)


@BOTH
async def test_a_dissatisfied_callback_is_three_digits_and_a_cause(
    sign_in: Sign, world: World, size: tuple[int, int]
) -> None:
    order_no = life.to_call_back(world, answer_time="evening")
    app = sign_in(life.CALLER)
    async with app.run_test(size=size) as pilot:
        await at_review(pilot)
        assert app.screen.query_one(Tabs).active == "callback"
        await pilot.press("h")
        await settled(pilot)
        assert isinstance(app.screen, CallbackForm)
        sheet = text_of(app)
        assert "13800000000" in sheet
        assert "12345 回访" in sheet
        assert "evening" in sheet
        await pilot.press(*answers("4", "2", "2", "1", "2", "1"))
        await pilot.press(*"still noisy")
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert world.status(order_no) == "dissatisfied"
        assert world.event_data(order_no)["cause"] == "result"
        await pilot.press("right_square_bracket")
        await settled(pilot)
        assert app.screen.query_one(Tabs).active == "pool"
        assert "!D级" in text_of(app)


async def test_a_survey_that_is_not_complete_stays_open(sign_in: Sign, world: World) -> None:
    order_no = life.to_call_back(world)
    app = sign_in(life.CALLER)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_review(pilot)
        await pilot.press("h")
        await settled(pilot)
        await pilot.press("ctrl+s")
        assert "请选择办理结果" in text_of(app)
        await pilot.press(*answers("4", "2", "2", "1"), "ctrl+s")
        assert "请选择是否解决" in text_of(app)
        await pilot.press(*answers("2", "5"), "ctrl+s")
        assert "须选原因" in text_of(app)
        assert isinstance(app.screen, CallbackForm)
    assert world.status(order_no) == "to_call_back"


async def test_nobody_answered_is_filed_from_the_form(sign_in: Sign, world: World) -> None:
    order_no = life.to_call_back(world)
    app = sign_in(life.CALLER)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_review(pilot)
        await pilot.press("h")
        await settled(pilot)
        await pilot.press("ctrl+n")
        await settled(pilot)
        assert "未通1次" in text_of(app)
    assert world.events(order_no)[-1] == "log_callback_attempt"


async def test_the_auditor_gets_no_callback_form_for_his_own_order(sign_in: Sign, world: World) -> None:
    order_no = life.in_review(world)
    review.pass_close_review(world.desk("1002"), order_no)
    app = sign_in("1002")
    async with app.run_test(size=(80, 24)) as pilot:
        await at_review(pilot)
        app.screen.query_one(Tabs).switch("callback")
        await settled(pilot)
        assert "h" not in hints(app).split()
        await pilot.press("h")
        await settled(pilot)
        assert not isinstance(app.screen, CallbackForm)
        assert "不能回访" in text_of(app)


ANSWERS = {
    "result": "dissatisfied",
    "attitude": "satisfied",
    "timeliness": "satisfied",
    "contacted": "yes",
    "solved": "no",
    "cause": "result",
    "text": "昨晚又响了",
}


def test_a_dissatisfied_caller_says_plainly_that_it_is_not_solved() -> None:
    assert wrong_in(ANSWERS) == ""
    survey = survey_from(ANSWERS)
    assert survey.is_dissatisfied
    assert not survey.is_solved
    assert not survey.is_long_term


def test_plainly_unsolved_yet_satisfied_is_asked_again() -> None:
    answers = {**ANSWERS, "result": "satisfied", "cause": ""}
    assert "接受解释" in wrong_in(answers)
    assert wrong_in({**answers, "solved": "explained"}) == ""


async def test_the_form_says_which_grade_the_answers_come_to_and_takes_another_with_a_reason(
    sign_in: Sign, world: World
) -> None:
    order_no = life.to_call_back(world)
    app = sign_in(life.CALLER)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_review(pilot)
        await pilot.press("h")
        await settled(pilot)
        assert "答完后按规则评级" in text_of(app)
        await pilot.press(*answers("2", "2", "2", "1", "1"))
        await settled(pilot)
        assert "按规则评为A级：已解决，诉求人满意" in text_of(app)
        app.screen.query_one("#grade", Choice).value = "B"
        await pilot.press("ctrl+s")
        assert "改评为B级须写明理由" in text_of(app)
        app.screen.query_one("#reason", Field).value = "只解决了一半"
        await pilot.press("ctrl+s")
        await settled(pilot)
    assert life.order_row(world, order_no)["grade"] == "B"
    assert world.event_data(order_no)["grade_by_rule"] == "A"


@BOTH
async def test_what_is_told_anew_is_registered_while_the_answers_stay(
    sign_in: Sign, world: World, size: tuple[int, int]
) -> None:
    life.to_call_back(world)
    app = sign_in(life.CALLER)
    async with app.run_test(size=size) as pilot:
        await at_review(pilot)
        await pilot.press("h")
        await settled(pilot)
        await pilot.press(*answers("2", "2"))
        await pilot.press("ctrl+o")
        await settled(pilot)
        await pilot.press("3", "enter", "enter", *"smoke", "ctrl+s")
        await settled(pilot)
        assert isinstance(app.screen, CallbackForm)
        assert "已另登" in text_of(app)
        assert app.screen.query_one("#result", Choice).value == "satisfied"
    assert world.row("SELECT count(*) AS n FROM work_orders")["n"] == 2
