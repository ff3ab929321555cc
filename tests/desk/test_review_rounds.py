"""Grades by hand, 重办 and reopening, 催办 and 督办."""

import pytest

from db.codes import Deed, Grade, OrderKind, Status, Urgency
from desk import births, review
from desk.births import Birth
from desk.errors import BadInput, NotNow
from desk.rules import deadlines
from tests.desk import review_life as life
from tests.world import World


def test_rework_is_a_second_round_at_the_same_unit_and_stays_d(world: World) -> None:
    order_no = life.dissatisfied(world)
    desk = world.desk(life.AUDITOR)
    before = life.order_row(world, order_no)
    row = review.rework(desk, order_no, "夜间巡查一周")
    stored = life.order_row(world, order_no)
    due = deadlines.unit_due("complaint", "normal", world.clock.now, desk.settings.limits, desk.calendar)
    parts = world.rows("SELECT * FROM assignments ORDER BY id")
    assert due is not None
    assert (row.status, row.round, row.pool_grade) == (Status.IN_PROGRESS, 2, Grade.D)
    assert (row.unit_due_at, row.citizen_due_at) == (due.at, due.at)
    assert stored["steward_id"] == before["steward_id"]
    assert stored["answered_at"] is None
    assert [(part["round"], part["end_reason"]) for part in parts] == [(1, "done"), (2, None)]
    assert parts[1]["requirement"] == "夜间巡查一周"
    assert parts[1]["due_at"] == stored["unit_due_at"]
    assert world.event_data(order_no)["round"] == 2


def test_rework_needs_a_requirement_and_a_dissatisfied_order(world: World) -> None:
    order_no = life.dissatisfied(world)
    with world.nothing_written(), pytest.raises(BadInput, match="重办要求"):
        review.rework(world.desk(life.AUDITOR), order_no, "")
    other = life.to_call_back(world)
    with world.nothing_written(), pytest.raises(NotNow, match="待回访"):
        review.rework(world.desk(life.AUDITOR), other, "再办")


def test_a_controlled_emergency_comes_back_as_urgent(world: World) -> None:
    order_no = life.dissatisfied(world, urgency=Urgency.CRITICAL)
    row = review.rework(world.desk(life.AUDITOR), order_no, "复查")
    assert row.urgency is Urgency.URGENT
    assert row.sort_rank == 1


def test_a_closed_order_is_reopened_with_a_reason(world: World) -> None:
    order_no = life.to_call_back(world)
    review.close_satisfied(world.desk(life.CALLER), order_no)
    row = review.reopen(world.desk(life.AUDITOR), order_no, "问题反复")
    stored = life.order_row(world, order_no)
    assert (row.status, row.round) == (Status.IN_PROGRESS, 2)
    assert (stored["closed_at"], stored["outcome"], stored["is_open"]) == (None, None, 1)
    assert world.rows("SELECT id FROM assignments WHERE ended_at IS NULL AND part = 'steward'")


def test_an_order_no_unit_ever_held_is_not_reopened(world: World) -> None:
    desk = world.desk("1203")
    words = {"title": "公积金怎么提", "content": "问公积金", "channel": "phone_12345"}
    with desk.writing() as writer:
        birth = Birth(Deed.REGISTER_DIRECT_ANSWER, OrderKind.INQUIRY, Urgency.NORMAL, words)
        born = births.bear(desk, writer, birth)
    with world.nothing_written(), pytest.raises(NotNow, match="另登新工单"):
        review.reopen(world.desk(life.AUDITOR), born.order_no, "又来问")


def test_a_grade_by_hand_needs_a_reason_and_d_enters_the_pool(world: World) -> None:
    order_no = life.to_call_back(world)
    with world.nothing_written(), pytest.raises(BadInput, match="评级理由"):
        review.set_grade(world.desk(life.AUDITOR), order_no, Grade.D, "")
    row = review.set_grade(world.desk(life.AUDITOR), order_no, Grade.D, "群众来访不认可")
    assert (row.grade, row.pool_grade) == (Grade.D, Grade.D)
    assert world.events(order_no)[-1] == "set_grade"


def test_a_watched_order_is_not_graded_out_of_the_pool(world: World) -> None:
    order_no = life.dissatisfied(world)
    for grade in (Grade.A, Grade.C):
        with world.nothing_written(), pytest.raises(NotNow, match="申请销号"):
            review.set_grade(world.desk(life.AUDITOR), order_no, grade, "已好转")
    with world.nothing_written(), pytest.raises(NotNow, match="已是D级"):
        review.set_grade(world.desk(life.AUDITOR), order_no, Grade.D, "仍不满意")


def test_a_closed_order_may_be_graded_b_instead_of_a(world: World) -> None:
    order_no = life.to_call_back(world)
    review.close_satisfied(world.desk(life.CALLER), order_no)
    assert review.set_grade(world.desk(life.AUDITOR), order_no, Grade.B, "超期").grade is Grade.B
    assert world.event_data(order_no)["grade_before"] == "A"


def test_a_reminder_is_an_event_and_a_message_to_the_unit(world: World) -> None:
    order_no = life.sent(world)
    review.remind(world.desk(life.AUDITOR), order_no, "明日到期，请抓紧")
    message = world.row("SELECT body, state FROM messages WHERE template = 'remind'")
    assert message == {
        "body": f"工单 {order_no} 催办，请于11-24 18:00前回复：明日到期，请抓紧",
        "state": "waiting",
    }
    assert world.events(order_no)[-1] == "remind"
    not_sent = world.order().order_no
    with world.nothing_written(), pytest.raises(NotNow):
        review.remind(world.desk(life.AUDITOR), not_sent, "快派")


def test_supervision_has_a_limit_and_waits_for_its_answer(world: World) -> None:
    order_no = life.dissatisfied(world)
    review.supervise(world.desk(life.LEADER), order_no, "三日内到现场", days=3)
    asked = world.row("SELECT * FROM requests WHERE kind = 'supervision'")
    due = world.event_data(order_no)["supervision_due"]
    assert asked["due_at"] == due["due_at"]
    assert "3 个工作日" in due["explanation"]
    with world.nothing_written(), pytest.raises(NotNow, match="未回复"):
        review.supervise(world.desk(life.AUDITOR), order_no, "再督办")
    (row,) = review.page(world.desk(life.AUDITOR), "supervision").rows
    assert row.pressed is not None
    assert (row.pressed.asked_by, row.pressed.words) == ("领导甲", "三日内到现场")
    review.answer_supervision(world.desk("2101"), order_no, "已到现场")
    assert world.row("SELECT verdict FROM requests")["verdict"] == "granted"
    with world.nothing_written(), pytest.raises(NotNow, match="没有待回复"):
        review.answer_supervision(world.desk("2101"), order_no, "再答")


@pytest.mark.parametrize("days", [0, 61])
def test_supervision_within_reason(world: World, days: int) -> None:
    order_no = life.sent(world)
    with world.nothing_written(), pytest.raises(BadInput, match="督办时限"):
        review.supervise(world.desk(life.AUDITOR), order_no, "抓紧", days=days)


def test_a_plan_of_the_unit_stands_beside_the_order_and_moves_no_date(world: World) -> None:
    order_no = life.dissatisfied(world)
    before = life.order_row(world, order_no)["pool_review_at"]
    world.clock.tick(days=1)
    review.set_plan(world.desk(life.HANDLER), order_no, "每晚巡查，下周回访")
    (row,) = review.page(world.desk(life.AUDITOR), "pool").rows
    assert row.pool is not None
    assert row.pool.plan == "每晚巡查，下周回访"
    assert life.order_row(world, order_no)["pool_review_at"] == before


def test_a_plan_of_the_centre_is_the_review(world: World) -> None:
    order_no = life.dissatisfied(world)
    before = life.order_row(world, order_no)["pool_review_at"]
    world.clock.tick(days=1)
    row = review.set_plan(world.desk(life.AUDITOR), order_no, "同意单位计划")
    after = life.order_row(world, order_no)
    assert after["pool_review_at"] > before
    assert after["press_at"] == after["pool_review_at"]
    assert row.pool_grade is Grade.D
    assert world.events(order_no)[-1] == "set_plan"


def test_only_watched_orders_have_a_plan(world: World) -> None:
    order_no = life.to_call_back(world)
    with world.nothing_written(), pytest.raises(NotNow, match="不在监测池"):
        review.set_plan(world.desk(life.AUDITOR), order_no, "计划")
