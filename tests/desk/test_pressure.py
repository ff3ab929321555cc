"""催办 and 督办 on the unit's desk: on top, with who asks and until when, and answered by a deed of their own."""

import pytest

from db.check import check
from db.codes import Deed, Grade, OrderKind, PressureLevel, RequestKind, Urgency
from desk import dispatch, my_tickets, review
from desk.card import card
from desk.deed import deed_on
from desk.errors import BadInput, NotAllowed, NotNow
from desk.pool import enter_pool
from desk.words import moment
from tests.desk.unit_desk import passed, sent, signed, unit_id
from tests.world import World

AUDITOR, LEADER, LIAISON, HANDLER = "1501", "1701", "2101", "2102"


def numbers(world: World, staff_no: str = LIAISON, tab: str = "all") -> list[str]:
    return [row.order_no for row in my_tickets.page(world.desk(staff_no), tab).rows]


def on_top(world: World, order_no: str, staff_no: str = LIAISON) -> str:
    return my_tickets.detail(world.desk(staff_no), order_no).sections[0].lines[0]


def pressed(world: World) -> dict[str, tuple[RequestKind, str]]:
    rows = my_tickets.page(world.desk(LIAISON)).rows
    found = my_tickets.pressed(world.desk(LIAISON), rows)
    return {no: (each.kind, moment(each.due_at) if each.due_at else "") for no, each in found.items()}


def on_the_tab(world: World, staff_no: str = AUDITOR) -> list[tuple[object, ...]]:
    rows = review.page(world.desk(staff_no), "supervision").rows
    found = [(row.order.order_no, row.pressed) for row in rows]
    return [(no, p.kind, p.level, p.asked_by, p.words) for no, p in found if p is not None]


def test_what_is_pressed_stands_below_emergencies_and_above_all_else(world: World) -> None:
    late, d_level, reminded, supervised = (signed(world) for _ in range(4))
    with deed_on(world.desk("1301"), Deed.NOTE, d_level) as deed:
        enter_pool(deed, Grade.D, "不满意")
    urgent = sent(world, kind=OrderKind.HELP_REQUEST, urgency=Urgency.CRITICAL)
    assert numbers(world) == [urgent, d_level, late, reminded, supervised]
    review.remind(world.desk(AUDITOR), reminded, "明日到期，请抓紧")
    review.supervise(world.desk(LEADER), supervised, "三日内到现场")
    assert numbers(world) == [urgent, reminded, supervised, d_level, late]
    assert numbers(world, tab="in_progress") == [reminded, supervised, d_level, late]
    assert pressed(world) == {
        reminded: (RequestKind.REMINDER, "2026-11-24 18:00"),
        supervised: (RequestKind.SUPERVISION, "2026-11-25 18:00"),
    }
    assert on_top(world, reminded) == (
        "!催办（经办人）：崇义 审核甲 11-23 09:00 提出，11-24 18:00 前回复：明日到期，请抓紧"
    )
    world.clock.tick(days=3)
    assert "11-25 18:00 前回复，!已逾期：三日内到现场" in on_top(world, supervised)


def test_answering_is_a_deed_of_the_unit_and_takes_the_order_from_the_top(world: World) -> None:
    plain, order_no = signed(world), signed(world)
    review.remind(world.desk(AUDITOR), order_no, "请抓紧")
    with world.nothing_written(), pytest.raises(BadInput, match="请填写催办回复"):
        my_tickets.answer_reminder(world.desk(HANDLER), order_no, " ")
    with world.nothing_written(), pytest.raises(NotAllowed):
        my_tickets.answer_reminder(world.desk("1203"), order_no, "快了")
    with world.nothing_written(), pytest.raises(NotNow, match="没有待回复的督办"):
        my_tickets.answer_supervision(world.desk(HANDLER), order_no, "已到现场")
    my_tickets.answer_reminder(world.desk(HANDLER), order_no, "明日办结")
    assert world.events(order_no)[-1] == "answer_reminder"
    assert world.event_data(order_no) == {}
    assert (numbers(world), pressed(world)) == ([plain, order_no], {})
    with world.nothing_written(), pytest.raises(NotNow, match="没有待回复的催办"):
        my_tickets.answer_reminder(world.desk(HANDLER), order_no, "又办")
    lines = [line for part in card(world.desk(AUDITOR), order_no).sections for line in part.lines]
    assert any(line.strip().startswith("已回复 11-23 09:00 经办甲 明日办结") for line in lines)
    assert list(check(world.database)) == []


def test_the_centre_sees_which_reminders_wait_for_their_answer(world: World) -> None:
    order_no = signed(world)
    review.remind(world.desk(AUDITOR), order_no, "请抓紧")
    assert on_the_tab(world) == [(order_no, RequestKind.REMINDER, PressureLevel.HANDLER, "审核甲", "请抓紧")]
    review.supervise(world.desk(LEADER), order_no, "三日内到现场")
    assert on_the_tab(world) == [
        (order_no, RequestKind.SUPERVISION, PressureLevel.LEADER, "领导甲", "三日内到现场")
    ]
    with world.nothing_written(), pytest.raises(NotNow, match="没有待回复的催办"):
        my_tickets.answer_reminder(world.desk(LIAISON), order_no, "已并入督办")
    my_tickets.answer_supervision(world.desk(LIAISON), order_no, "已到")
    (row,) = review.page(world.desk(AUDITOR), "supervision").rows
    assert row.pressed is not None
    assert (row.pressed.answer, row.pressed.was_late, row.pressed.is_judged) == ("已到", False, False)
    review.accept_answer(world.desk(LEADER), order_no)
    assert on_the_tab(world) == []
    review.remind(world.desk(AUDITOR), order_no, "再催")
    dispatch.reassign(world.desk("1301"), order_no, unit_id(world, "CY-RSJ"), reason="属地不符")
    assert review.page(world.desk(AUDITOR), "supervision").rows == (), "it was asked of another unit"


def test_an_answer_after_its_limit_is_counted(world: World) -> None:
    order_no = signed(world)
    review.remind(world.desk(AUDITOR), order_no, "请抓紧")
    world.clock.tick(days=2)
    my_tickets.answer_reminder(world.desk(HANDLER), order_no, "已办")
    assert world.event_data(order_no) == {"is_late": True}


def test_a_second_reminder_takes_up_the_first_and_keeps_its_limit(world: World) -> None:
    order_no = signed(world)
    review.remind(world.desk(AUDITOR), order_no, "请抓紧")
    world.clock.tick(hours=8)
    review.remind(world.desk(AUDITOR), order_no, "还没有消息")
    assert pressed(world)[order_no] == (RequestKind.REMINDER, "2026-11-24 18:00")
    assert "还没有消息" in on_top(world, order_no)
    kinds = world.rows("SELECT verdict FROM requests WHERE kind = 'reminder' ORDER BY id")
    assert [row["verdict"] for row in kinds] == ["lapsed", "pending"]


def test_an_urgent_order_is_answered_within_hours_whatever_day_it_is(world: World) -> None:
    world.clock.tick(days=5)
    order_no = signed(world, kind=OrderKind.HELP_REQUEST, urgency=Urgency.URGENT)
    review.remind(world.desk(AUDITOR), order_no, "还停着水")
    assert pressed(world)[order_no] == (RequestKind.REMINDER, "2026-11-28 11:00")


def test_the_logged_answer_to_the_citizen_ends_a_reminder_but_not_a_supervision(world: World) -> None:
    order_no = passed(world)
    review.remind(world.desk(AUDITOR), order_no, "请抓紧")
    review.supervise(world.desk(LEADER), order_no, "书面说明")
    my_tickets.log_answer(world.desk(HANDLER), order_no, said="已停工")
    assert pressed(world) == {order_no: (RequestKind.SUPERVISION, "2026-11-25 18:00")}
    assert numbers(world) == [order_no]
    my_tickets.answer_supervision(world.desk(LIAISON), order_no, "已书面说明")
    assert pressed(world) == {}


def test_a_reminder_does_not_follow_the_order_to_another_unit(world: World) -> None:
    order_no = signed(world)
    review.remind(world.desk(AUDITOR), order_no, "请抓紧")
    dispatch.reassign(world.desk("1301"), order_no, unit_id(world, "CY-RSJ"), reason="属地不符")
    assert not on_top(world, order_no, "2201").startswith("!催办")
    with world.nothing_written(), pytest.raises(NotNow, match="没有待回复的催办"):
        my_tickets.answer_reminder(world.desk("2201"), order_no, "不是我们的")
    review.remind(world.desk(AUDITOR), order_no, "请抓紧")
    assert on_top(world, order_no, "2201").startswith("!催办")
