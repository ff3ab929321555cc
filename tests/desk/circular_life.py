"""A week at two units, for the tests of 通报: one order that went well, one that went badly, one that nobody may hear of."""

from datetime import UTC, datetime, timedelta
from typing import Any

from db.codes import DissatisfactionCause, OrderKind, Satisfaction
from desk import circulars, dispatch, my_tickets, review
from tests.desk.rules.days import at
from tests.desk.unit_desk import unit_id
from tests.world import World

AUDITOR, SECOND_AUDITOR, SUPERVISOR, LEADER, CALLER = "1501", "1502", "1002", "1701", "1601"
GOOD_TITLE, BAD_TITLE = "咨询工伤认定材料", "张德胜家13900001111门口垃圾成堆"


def moment(text: str) -> datetime:
    return at(text).astimezone(UTC)


def answered(world: World, order_no: str, handler: str, checker: str) -> None:
    my_tickets.submit_reply(world.desk(handler), order_no, "已办理", "您好，已经办理完毕，依据有关规定。")
    my_tickets.pass_reply(world.desk(checker), order_no)
    my_tickets.log_answer(world.desk(handler), order_no, said="已电话告知办理结果")


def sent(world: World, unit: str, handler: str, **order: Any) -> str:
    is_secret = order.get("kind") == OrderKind.TIP_OFF
    order_no = world.order(**order).order_no
    forward = "请核查" if is_secret else None
    dispatch.send(world.desk("1301"), order_no, unit_id(world, unit), forward_text=forward)
    my_tickets.sign(world.desk(handler), order_no)
    return order_no


def good(world: World, *, title: str = GOOD_TITLE) -> str:
    """县人社局 answers within an hour, the caller is very satisfied."""
    order_no = sent(world, "CY-RSJ", "2201", kind=OrderKind.HELP_REQUEST, title=title, content=title)
    world.clock.tick(hours=1)
    answered(world, order_no, "2201", "2202")
    review.pass_close_review(world.desk(AUDITOR), order_no)
    world.clock.tick(minutes=10)
    review.close_satisfied(
        world.desk(CALLER), order_no, Satisfaction.VERY_SATISFIED, was_contacted=True, is_solved=True
    )
    return order_no


def bad(world: World, **order: Any) -> str:
    """县城管局 answers after its limit and a 督办, is sent back, the caller is dissatisfied; reworked since."""
    words = {
        "title": BAD_TITLE,
        "content": "张德胜反映家门口垃圾成堆，电话13900001111",
        "requester_name": "张德胜",
    }
    order_no = sent(
        world,
        "CY-CGJ",
        "2102",
        **{**words, "contact_phone": "13900001111", "area_code": "360725100001", **order},
    )
    review.supervise(world.desk(AUDITOR), order_no, "限期清理", 1)
    world.clock.now = moment("2026-12-01 10:00")
    my_tickets.answer_supervision(world.desk("2102"), order_no, "正在清理")
    answered(world, order_no, "2102", "2103")
    review.send_back_close_review(world.desk(AUDITOR), order_no, "没有逐点答复", ["other"])
    answered(world, order_no, "2102", "2103")
    review.pass_close_review(world.desk(AUDITOR), order_no)
    world.clock.tick(minutes=10)
    review.record_dissatisfaction(
        world.desk(CALLER),
        order_no,
        Satisfaction.DISSATISFIED,
        cause=DissatisfactionCause.RESULT,
        note="还是脏",
    )
    world.clock.tick(minutes=10)
    review.rework(world.desk(AUDITOR), order_no, "重新清理")
    return order_no


def fortnight(world: World) -> tuple[str, str]:
    """Return the numbers of a good and a bad order; it is Friday, 4 December, then."""
    found = good(world), bad(world)
    world.clock.now = moment("2026-12-04 10:00")
    return found


def bad_again(world: World) -> str:
    """县城管局 has another order under 督办 since yesterday; its answer is due today at 18:00."""
    now = world.clock.now
    world.clock.now = now - timedelta(days=1)
    order_no = sent(world, "CY-CGJ", "2102")
    review.supervise(world.desk(AUDITOR), order_no, "书面说明", 1)
    world.clock.now = now
    return order_no


def drafted(world: World) -> int:
    """Return the key of a draft about them."""
    fortnight(world)
    return circulars.draft(world.desk(AUDITOR), "any", "2026-11-23", "2026-12-04").id


def signed(world: World) -> int:
    """Return the key of a signed circular about them."""
    return circulars.approve(world.desk(LEADER), drafted(world)).id
