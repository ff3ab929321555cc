"""The unit's half of the journey of issue 2: from the signature to the logged answer, one event a step."""

from collections.abc import Callable

from db.codes import AnswerOutcome, Status
from desk import my_tickets
from desk.rows import OrderRow
from tests.desk.unit_desk import order_row, section_id, sent
from tests.world import World


def test_from_the_signature_to_the_logged_answer(world: World) -> None:
    order_no = sent(world)
    steps: tuple[tuple[Status, Callable[[], OrderRow]], ...] = (
        (Status.IN_PROGRESS, lambda: my_tickets.sign(world.desk("2102"), order_no)),
        (
            Status.IN_PROGRESS,
            lambda: my_tickets.hand_on(world.desk("2101"), order_no, section_id(world, "ZF"), "2102"),
        ),
        (
            Status.UNIT_REVIEW,
            lambda: my_tickets.submit_reply(world.desk("2102"), order_no, "已责令整改", "您好，已整改"),
        ),
        (Status.TO_ANSWER, lambda: my_tickets.pass_reply(world.desk("2103"), order_no)),
        (
            Status.CLOSE_REVIEW,
            lambda: my_tickets.log_answer(
                world.desk("2102"), order_no, AnswerOutcome.ANSWERED, said="电话告知整改结果"
            ),
        ),
    )
    for status, step in steps:
        world.clock.tick(minutes=20)
        assert step().status is status
        assert world.status(order_no) == status
    assert world.events(order_no) == [
        "register",
        "send",
        "sign",
        "hand_on",
        "submit_reply",
        "pass_reply",
        "log_answer",
    ]
    row = order_row(world, order_no)
    assert row["breach_count"] == 0
    assert row["signed_at"] < row["answered_at"] < row["unit_due_at"]
