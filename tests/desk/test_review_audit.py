"""办结审核: passed, excused from the callback by a named rule, or sent back with a clock that never stopped."""

import pytest

from db.codes import Deed, NotCalledRule, OrderKind, Outcome, Status
from desk import review
from desk.deed import deed_on
from desk.errors import BadInput, NotAllowed, NotNow
from desk.rules import deadlines
from tests.desk import review_life as life
from tests.world import World


def test_a_passed_order_owes_its_callback_in_two_working_days(world: World) -> None:
    order_no = life.in_review(world)
    row = review.pass_close_review(world.desk(life.AUDITOR), order_no, "答复完整")
    stored = life.order_row(world, order_no)
    limits = world.desk(life.AUDITOR).settings.limits
    due = deadlines.callback_due(world.clock.now, limits, world.desk(life.AUDITOR).calendar)
    assert row.status is Status.TO_CALL_BACK
    assert row.press_at == due.at
    assert stored["review_passed_at"] is not None
    assert world.events(order_no)[-1] == "pass_close_review"


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"is_anonymous": True, "contact_phone": None}, "anonymous_without_number"),
        ({"contact_phone": None}, "no_number"),
        ({"needs_answer": False}, "not_wanted"),
        ({"kind": OrderKind.PRAISE}, "praise"),
    ],
)
def test_an_order_that_is_not_called_closes_at_once_and_names_the_rule(
    world: World, values: dict[str, object], rule: str
) -> None:
    order_no = life.in_review(world, **values)
    review.pass_close_review(world.desk(life.AUDITOR), order_no)
    stored = life.order_row(world, order_no)
    assert (stored["status"], stored["outcome"]) == (Status.CLOSED, Outcome.NOT_CALLED)
    assert stored["closed_at"] is not None
    assert not stored["is_open"]
    assert world.events(order_no)[-1] == "pass_without_callback"
    assert world.event_data(order_no)["rule"] == rule


def test_an_order_without_a_logged_answer_does_not_pass(world: World) -> None:
    order_no = life.sent(world)
    for deed, person in (
        (Deed.SUBMIT_REPLY, life.HANDLER),
        (Deed.PASS_REPLY, life.UNIT_REVIEWER),
        (Deed.LOG_ANSWER, life.HANDLER),
    ):
        with deed_on(world.desk(person), deed, order_no):
            pass
    with world.nothing_written(), pytest.raises(NotNow, match="没有答复诉求人的记录"):
        review.pass_close_review(world.desk(life.AUDITOR), order_no)


def test_only_an_auditor_passes(world: World) -> None:
    order_no = life.in_review(world)
    with world.nothing_written(), pytest.raises(NotAllowed, match="审核员"):
        review.pass_close_review(world.desk(life.CALLER), order_no)


def test_an_order_at_the_unit_is_not_passed(world: World) -> None:
    order_no = life.sent(world)
    with world.nothing_written(), pytest.raises(NotNow, match="办理中"):
        review.pass_close_review(world.desk(life.AUDITOR), order_no)


def test_sent_back_the_unit_clock_never_stopped(world: World) -> None:
    order_no = life.in_review(world)
    before = life.order_row(world, order_no)
    row = review.send_back_close_review(world.desk(life.AUDITOR), order_no, "没有回答停工时间", ["other"])
    after = life.order_row(world, order_no)
    assert row.status is Status.IN_PROGRESS
    assert after["answered_at"] is None
    assert after["unit_due_at"] == before["unit_due_at"]
    assert after["press_at"] == min(before["unit_due_at"], before["citizen_due_at"])
    assert world.events(order_no)[-1] == "send_back_close_review"


def test_a_late_answer_sent_back_is_counted_once(world: World) -> None:
    order_no = life.sent(world)
    world.clock.tick(days=20)
    life.answered(world, order_no)
    breaches = life.order_row(world, order_no)["breach_count"]
    review.send_back_close_review(world.desk(life.AUDITOR), order_no, "请补照片", ["other"])
    life.answered(world, order_no)
    assert breaches == 2
    assert life.order_row(world, order_no)["breach_count"] == breaches


def test_sending_back_needs_a_reason(world: World) -> None:
    order_no = life.in_review(world)
    with world.nothing_written(), pytest.raises(BadInput, match="退回理由"):
        review.send_back_close_review(world.desk(life.AUDITOR), order_no, "  ", ["other"])


def reopened(world: World) -> str:
    """An order that was closed as satisfied, reopened, and answered once more."""
    order_no = life.to_call_back(world)
    review.close_satisfied(world.desk(life.CALLER), order_no)
    review.reopen(world.desk(life.AUDITOR), order_no, "来电说夜里又响")
    return life.answered(world, order_no)


def test_nobody_is_asked_twice_about_one_result(world: World) -> None:
    order_no, auditor = reopened(world), world.desk(life.AUDITOR)
    found = review.detail(auditor, order_no).surveyed
    assert found.startswith("第1轮已回访：满意")
    assert found.endswith("本轮答复与该轮相同")
    review.pass_close_review(auditor, order_no, has_new_result=False)
    stored = life.order_row(world, order_no)
    assert (stored["status"], stored["outcome"], stored["grade"]) == ("closed", "not_called", "A")
    assert world.event_data(order_no)["rule"] == NotCalledRule.NO_NEW_RESULT


def test_a_new_result_is_asked_about(world: World) -> None:
    order_no = reopened(world)
    review.pass_close_review(world.desk(life.AUDITOR), order_no)
    assert world.status(order_no) == Status.TO_CALL_BACK


def test_without_a_word_to_stand_on_the_caller_is_called(world: World) -> None:
    first, auditor = life.in_review(world), world.desk(life.AUDITOR)
    with world.nothing_written(), pytest.raises(NotNow, match="须回访"):
        review.pass_close_review(auditor, first, has_new_result=False)
    watched = life.dissatisfied(world)
    review.rework(auditor, watched, "现场复核")
    life.answered(world, watched)
    assert review.detail(auditor, watched).surveyed == ""
    with world.nothing_written(), pytest.raises(NotNow, match="须回访"):
        review.pass_close_review(auditor, watched, has_new_result=False)
