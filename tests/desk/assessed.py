"""Orders that were closed, for the tests of what is counted and scored afterwards."""

from typing import Any

from db.codes import DissatisfactionCause, Satisfaction
from desk import assessment, my_tickets, review
from tests.desk import panel_life, unit_desk
from tests.desk.review_life import steps_written
from tests.world import World

STEWARD, HELPER = "CY-CGJ", "CY-RSJ"
AUDITOR, SECOND_AUDITOR, SUPERVISOR, CALLER = "1501", "1502", "1002", "1601"
STEWARD_LIAISON, STEWARD_HANDLER, STEWARD_REVIEWER = "2101", "2102", "2103"
HELPER_LIAISON, HELPER_REVIEWER = "2201", "2202"


def to_call_back(world: World, *, co: tuple[str, ...] = (), **order: Any) -> str:
    """The number of an order of 县城管局 that is to be called back."""
    order_no = unit_desk.passed(world, co=co, **order)
    is_secret = order.get("is_confidential") or order.get("kind") == "tip_off"
    teller = SECOND_AUDITOR if is_secret else STEWARD_HANDLER
    my_tickets.log_answer(world.desk(teller), order_no, said="已告知处理结果")
    review.pass_close_review(world.desk(AUDITOR), order_no)
    return order_no


def closed(world: World, *, co: tuple[str, ...] = (HELPER,), **order: Any) -> str:
    """The number of an order that 县城管局 handled with helpers, called back and closed."""
    order_no = to_call_back(world, co=co, **order)
    review.close_satisfied(world.desk(CALLER), order_no)
    return order_no


def dissatisfied(world: World, **order: Any) -> str:
    """The number of an order that its caller does not accept."""
    order_no = to_call_back(world, **order)
    desk = world.desk(CALLER)
    review.record_dissatisfaction(
        desk, order_no, Satisfaction.DISSATISFIED, cause=DissatisfactionCause.RESULT, note="还在施工"
    )
    return order_no


def unreasonable(world: World, **order: Any) -> str:
    """The number of an order that a panel found unreasonable, explained and written off."""
    order_no = dissatisfied(world, **order)
    world.clock.tick(minutes=5)
    auditor = world.desk(AUDITOR)
    panel_life.before_the_panel(world, order_no)
    panel_life.held(world, order_no, 1, 6)
    world.clock.tick(minutes=5)
    review.log_explanation(auditor, order_no, "依法只能如此，已说明")
    steps_written(world, order_no)
    review.ask_write_off(auditor, order_no, "panel_unreasonable", "评议不合理并已解释")
    review.approve_write_off(world.desk(SECOND_AUDITOR), order_no)
    return order_no


def handled_score(world: World, points: int = 2) -> int:
    """The key of a score of 处理成效 that 审核甲 gave."""
    order_no = closed(world)
    assessment.score_handling(world.desk(AUDITOR), order_no, points, "答复笼统")
    return last_score(world)


def appealed(world: World) -> int:
    """The key of a score against which its unit has spoken."""
    score_id = handled_score(world)
    assessment.appeal_score(world.desk(STEWARD_LIAISON), score_id, "当天已到场")
    return score_id


def last_score(world: World) -> int:
    """The key of the newest score."""
    return int(world.row("SELECT max(id) AS id FROM scores")["id"])
