"""The second half of the journey, every step by the flows themselves: 不满意, 重办, 满意, 销号, 归档."""

from db.codes import Grade, Status, WriteOffEvidence
from desk import card, dispatch, my_tickets, review
from tests.desk import review_life as life
from tests.world import World


def handled(world: World, order_no: str) -> None:
    """The unit drafts, another of its people passes, and the citizen is answered."""
    my_tickets.submit_reply(world.desk("2102"), order_no, "已到现场", "已责令夜间停工")
    world.clock.tick(minutes=5)
    my_tickets.pass_reply(world.desk("2103"), order_no)
    my_tickets.log_answer(world.desk("2102"), order_no, said="电话告知夜间停工")
    world.clock.tick(minutes=5)


def test_from_dissatisfied_to_archived(world: World) -> None:
    order_no = world.order().order_no
    unit = world.row("SELECT id FROM units WHERE code = 'CY-CGJ'")["id"]
    dispatch.send(world.desk("1301"), order_no, unit)
    my_tickets.sign(world.desk("2102"), order_no)
    handled(world, order_no)
    auditor, second, caller = world.desk("1501"), world.desk("1502"), world.desk("1601")
    review.pass_close_review(auditor, order_no)
    watched = review.record_dissatisfaction(caller, order_no, cause="result", note="夜里还在施工")
    assert (watched.status, watched.pool_grade) == (Status.DISSATISFIED, Grade.D)
    world.clock.tick(minutes=5)
    again = review.rework(auditor, order_no, "夜间巡查")
    assert (again.round, again.handler) == (2, "经办甲")
    handled(world, order_no)
    life.steps_written(world, order_no)
    review.pass_close_review(auditor, order_no)
    world.clock.tick(minutes=5)
    closed = review.close_satisfied(caller, order_no)
    assert (closed.status, closed.pool_grade) == (Status.CLOSED, Grade.D)
    review.ask_write_off(auditor, order_no, WriteOffEvidence.SATISFIED_CALLBACK, "第二轮回访满意")
    review.approve_write_off(second, order_no)
    archived = review.archive(auditor, order_no)
    assert (archived.status, archived.pool_grade) == (Status.ARCHIVED, None)
    told = "\n".join(card.card(auditor, order_no).history)
    for step in ("回访不满意", "重办", "回访满意", "申请销号", "同意销号", "归档"):
        assert step in told


def test_a_second_round_is_drafted_and_sent_back_like_the_first(world: World) -> None:
    order_no = life.dissatisfied(world)
    review.rework(world.desk("1501"), order_no, "夜间巡查")
    handled(world, order_no)
    review.send_back_close_review(world.desk("1501"), order_no, "缺巡查记录", ["other"])
    assert world.row("SELECT answered_at FROM assignments WHERE ended_at IS NULL")["answered_at"] is None
    handled(world, order_no)
    life.steps_written(world, order_no)
    assert review.pass_close_review(world.desk("1502"), order_no).status is Status.TO_CALL_BACK


def test_the_flow_of_a_unit_lists_the_order_again_after_rework(world: World) -> None:
    order_no = life.dissatisfied(world)
    review.rework(world.desk("1501"), order_no, "夜间巡查")
    handler = world.desk("2102")
    pages = [my_tickets.page(handler, tab.tab) for tab in my_tickets.tabs(handler)]
    shown = {row.order_no: row for page in pages for row in page.rows}
    assert shown[order_no].pool_grade is Grade.D
