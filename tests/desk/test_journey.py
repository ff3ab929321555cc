"""One order from the ringing phone to the monitoring pool and out of it, by the deeds alone (issue 2, the journey)."""

import pytest

from db.check import check
from db.codes import DissatisfactionCause, OrderKind, Satisfaction, Status, WriteOffEvidence
from desk import counts, dispatch, intake, my_tickets, review
from desk.card import card
from desk.errors import NotAllowed, NotNow
from desk.intake_rows import OrderForm
from tests.desk import review_life
from tests.world import World

PLEASED = Satisfaction.SATISFIED


def handled(world: World, order_no: str, reply: str) -> None:
    """Draft, pass in the unit, tell the citizen, pass 办结审核."""
    my_tickets.submit_reply(world.desk("2102"), order_no, "已到场查处", reply)
    my_tickets.pass_reply(world.desk("2103"), order_no)
    my_tickets.log_answer(world.desk("2102"), order_no, number="13800000000", said=reply)
    world.clock.tick(hours=1)
    review.pass_close_review(world.desk("1501"), order_no, "材料齐全")


@pytest.fixture
def order_no(world: World) -> str:
    """The order as it stands after a dissatisfied callback."""
    form = OrderForm(
        kind=OrderKind.COMPLAINT,
        number="13800000000",
        area_code="360725100000",
        content="横水镇老城社区工地夜里十二点还在打桩，影响休息",
    )
    number = intake.register(world.desk("1203"), form).order_no
    unit = world.row("SELECT id FROM units WHERE code = 'CY-CGJ'")["id"]
    world.clock.tick(minutes=20)
    dispatch.send(world.desk("1301"), number, unit)
    world.clock.tick(hours=1)
    my_tickets.sign(world.desk("2102"), number)
    handled(world, number, "已责令工地夜间停工")
    review.record_dissatisfaction(
        world.desk("1601"),
        number,
        Satisfaction.DISSATISFIED,
        PLEASED,
        PLEASED,
        cause=DissatisfactionCause.RESULT,
        was_contacted=True,
        is_solved=False,
        note="昨晚又响了",
    )
    return number


def test_a_dissatisfied_callback_makes_it_d_level_in_the_pool(world: World, order_no: str) -> None:
    row = world.row("SELECT * FROM work_orders WHERE order_no = :no", no=order_no)
    assert (row["status"], row["grade"], row["pool_grade"], row["sort_rank"]) == ("dissatisfied", "D", "D", 1)
    assert counts.header_counts(world.desk("1002")).d_level == 1
    assert counts.header_counts(world.desk("2102")).d_level == 1


def test_the_whole_way_out_of_the_pool(world: World, order_no: str) -> None:
    review.rework(world.desk("1501"), order_no, "请到现场复核")
    assert world.status(order_no) == Status.IN_PROGRESS
    world.clock.tick(hours=2)
    review_life.steps_written(world, order_no)
    handled(world, order_no, "已联合住建部门约谈施工单位，夜间施工已停")
    review.close_satisfied(world.desk("1601"), order_no, PLEASED, PLEASED, PLEASED)
    with pytest.raises(NotNow):
        review.archive(world.desk("1501"), order_no)
    review.ask_write_off(world.desk("1501"), order_no, WriteOffEvidence.SATISFIED_CALLBACK, "第二轮回访满意")
    with world.nothing_written(), pytest.raises(NotAllowed, match="第二人"):
        review.approve_write_off(world.desk("1501"), order_no)
    review.approve_write_off(world.desk("1502"), order_no)
    review.archive(world.desk("1501"), order_no)
    assert world.status(order_no) == Status.ARCHIVED
    assert world.events(order_no) == [
        "register",
        "send",
        "sign",
        "submit_reply",
        "pass_reply",
        "log_answer",
        "pass_close_review",
        "record_dissatisfaction",
        "rework",
        "write_step",
        "write_step",
        "submit_reply",
        "pass_reply",
        "log_answer",
        "pass_close_review",
        "close_satisfied",
        "ask_write_off",
        "approve_write_off",
        "archive",
    ]
    assert counts.header_counts(world.desk("1002")).d_level == 0
    history = "\n".join(card(world.desk("1002"), order_no).history)
    for who in (
        "王芳（1203）",
        "派单甲（1301）",
        "经办甲（2102）",
        "审核人甲（2103）",
        "审核乙（1502）",
        "回访甲（1601）",
    ):
        assert who in history
    assert list(check(world.database)) == []


def test_the_drafter_does_not_pass_their_own_reply_even_with_both_roles(world: World, order_no: str) -> None:
    review.rework(world.desk("1501"), order_no, "请到现场复核")
    my_tickets.submit_reply(world.desk("2103"), order_no, "已到场", "已再次处理")
    with world.nothing_written(), pytest.raises(NotAllowed, match="起草人"):
        my_tickets.pass_reply(world.desk("2103"), order_no)
