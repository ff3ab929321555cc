"""Sent back with reasons of the list, counted by reason, unit and month; mended by the drafter alone (issue 6, part 1)."""

from datetime import timedelta

import pytest

from db.codes import SendBackReason
from desk import my_tickets, review, send_backs
from desk.errors import BadInput, NotAllowed, Refused
from desk.rules.reply_checks import Check
from tests.desk.unit_desk import drafted, passed, sent, signed
from tests.world import World

HANDLER, REVIEWER, LIAISON, AUDITOR = "2102", "2103", "2101", "1501"


def answered(world: World) -> str:
    """Return the number of an order at 办结审核."""
    order_no = passed(world)
    my_tickets.log_answer(world.desk(HANDLER), order_no, said="已电话告知停工")
    return order_no


def test_every_check_has_its_reason_and_some_only_a_person_sees() -> None:
    assert {str(each) for each in Check} < {str(each) for each in SendBackReason}
    assert set(SendBackReason) - {SendBackReason(str(each)) for each in Check} == {
        SendBackReason.PAPERS_MISSING,
        SendBackReason.AGAINST_CALLBACK,
        SendBackReason.OTHER,
    }


def test_reasons_are_chosen_from_the_list_and_stand_in_the_event(world: World) -> None:
    order_no = drafted(world)
    desk = world.desk(REVIEWER)
    for reasons, line in (((), "请选择退回原因"), ((" ",), "请选择退回原因"), (("nice",), "没有“nice”")):
        with world.nothing_written(), pytest.raises(BadInput, match=line):
            my_tickets.send_back_reply(desk, order_no, "写明日期", reasons)
    my_tickets.send_back_reply(desk, order_no, "写明日期", ["promise", "basis", "promise"])
    assert world.event_data(order_no)["reasons"] == ["basis", "promise"]
    first = my_tickets.detail(world.desk(HANDLER), order_no).sections[0].lines
    assert "审核退回：没写依据、承诺过头 写明日期" in first


def test_the_centre_s_reasons_reach_the_unit_s_desk_and_the_card(world: World) -> None:
    order_no = answered(world)
    with world.nothing_written(), pytest.raises(BadInput, match="请选择退回原因"):
        review.send_back_close_review(world.desk(AUDITOR), order_no, "补材料", [])
    review.send_back_close_review(world.desk(AUDITOR), order_no, "补现场照片", ["papers_missing", "date"])
    ticket = my_tickets.detail(world.desk(HANDLER), order_no)
    assert ticket.sections[0].lines[1] == "办结审核退回：日期不实、材料不全 补现场照片"
    assert any("办结审核退回（日期不实、材料不全）" in line for line in ticket.sections[-1].lines)


def test_only_the_drafter_mends_what_was_sent_back(world: World) -> None:
    order_no = drafted(world)
    my_tickets.send_back_reply(world.desk(REVIEWER), order_no, "写明日期", ["date"])
    another = world.desk(REVIEWER)
    line = "答复由经办甲（2102）起草，退回后由起草人修改：要换人，请联络员按 z 转给新经办人再起草"
    with world.nothing_written(), pytest.raises(NotAllowed) as refused:
        my_tickets.submit_reply(another, order_no, "已停工", "您好，夜间施工已停止")
    assert refused.value.message == line
    my_tickets.submit_reply(world.desk(HANDLER), order_no, "已停工", "您好，夜间施工已停止")
    assert world.status(order_no) == "unit_review"


def test_what_the_centre_sent_back_is_its_drafter_s_too_until_the_liaison_hands_it_on(world: World) -> None:
    order_no = answered(world)
    review.send_back_close_review(world.desk(AUDITOR), order_no, "没写日期", ["date"])
    reviewer = world.desk(REVIEWER)
    ticket = my_tickets.detail(reviewer, order_no)
    assert any("由起草人修改" in line for line in ticket.refusals.values())
    with world.nothing_written(), pytest.raises(NotAllowed, match="由起草人修改"):
        my_tickets.submit_reply(reviewer, order_no, "已停工", "您好，夜间施工已停止")
    my_tickets.hand_on(world.desk(LIAISON), order_no, staff_no=REVIEWER)
    ticket = my_tickets.detail(world.desk(REVIEWER), order_no)
    assert ticket.reply is not None
    assert not ticket.reply.is_own, "who drafts in another's place begins anew"
    my_tickets.submit_reply(world.desk(REVIEWER), order_no, "已停工", "您好，夜间施工已停止")


def test_a_first_draft_is_anybody_s_who_may_draft(world: World) -> None:
    order_no = signed(world)
    my_tickets.submit_reply(world.desk(REVIEWER), order_no, "已停工", "您好，夜间施工已停止")
    assert world.status(order_no) == "unit_review"


def test_the_reviewer_is_shown_the_marks_and_what_they_speak_for(world: World) -> None:
    order_no = signed(world, content="工地夜里施工：1、噪音很大；2、渣土车不盖篷布")
    reply = "您好，经现场核查，夜间施工噪音属实，已停工。我局保证让您满意。"
    my_tickets.submit_reply(world.desk(HANDLER), order_no, "已停工", reply)
    ticket = my_tickets.detail(world.desk(REVIEWER), order_no)
    assert [each.check for each in ticket.findings] == [Check.UNANSWERED, Check.PROMISE]
    assert [reply[start:end] for start, end in ticket.findings[1].places] == ["保证让您满意"]
    assert [bool(each.answered_at) for each in ticket.points] == [True, False]
    assert ticket.proposed == (SendBackReason.UNANSWERED, SendBackReason.PROMISE)


def test_the_auditor_sees_the_same_marks_with_the_log_of_the_answer(world: World) -> None:
    order_no = signed(world)
    reply = "您好，经现场核查，夜间施工已停工，绝对不会再有噪音。"
    my_tickets.submit_reply(world.desk(HANDLER), order_no, "已停工", reply)
    my_tickets.pass_reply(world.desk(REVIEWER), order_no)
    my_tickets.log_answer(world.desk(HANDLER), order_no, said="已电话告知停工")
    looked = review.detail(world.desk(AUDITOR), order_no).checked
    assert looked is not None
    assert (looked.reply, {each.check for each in looked.findings}) == (
        reply,
        {Check.PROMISE, Check.ABSOLUTE},
    )
    assert looked.told[0].endswith("经办甲（2102）县城管局 电话 138****0000")
    assert looked.told[1] == "  说：已电话告知停工"
    assert looked.proposed == (SendBackReason.PROMISE, SendBackReason.ABSOLUTE)


def test_the_queue_of_the_audit_begins_with_the_nearest_limit(world: World) -> None:
    early = answered(world)
    world.clock.now += timedelta(hours=3)
    late = answered(world)
    rows = review.page(world.desk(AUDITOR), "close_review").rows
    assert [row.key for row in rows] == [early, late]
    assert rows[0].order.press_at is not None
    assert rows[1].order.press_at is not None
    assert rows[0].order.press_at <= rows[1].order.press_at


def test_reasons_are_counted_by_reason_unit_and_month(world: World) -> None:
    by_unit, by_centre = drafted(world), answered(world)
    my_tickets.send_back_reply(world.desk(REVIEWER), by_unit, "写明日期", ["date", "promise"])
    review.send_back_close_review(world.desk(AUDITOR), by_centre, "没写日期", ["date"])
    found = send_backs.figures(world.desk(AUDITOR))
    assert (found.month, found.by_units, found.by_centre) == ("2026-11", 1, 1)
    assert [(line.reason, line.by_units, line.by_centre) for line in found.reasons] == [
        ("date", 1, 1),
        ("promise", 1, 0),
    ]
    assert [(line.unit, line.by_unit, line.by_centre, dict(line.reasons)) for line in found.units] == [
        ("县城管局", 1, 1, {"date": 2, "promise": 1})
    ]
    sections = send_backs.sections(world.desk(LIAISON))
    assert sections[0].lines == ("退回 2：单位审核退回 1，办结审核退回 1",)
    assert sections[1].lines[0] == "日期不实 2（单位审核 1，办结审核 1）"
    assert send_backs.figures(world.desk("2201")).units == (), "another unit sees nothing of it"
    assert send_backs.figures(world.desk(AUDITOR), "2026-10").reasons == ()
    assert len(send_backs.sections(world.desk(AUDITOR), 1)) == 1
    with pytest.raises(BadInput):
        send_backs.figures(world.desk(AUDITOR), "November")


def test_of_a_secret_order_nothing_that_points_to_the_caller_reaches_the_unit(world: World) -> None:
    order_no = sent(world, is_confidential=True)
    my_tickets.sign(world.desk(HANDLER), order_no)
    my_tickets.submit_reply(world.desk(HANDLER), order_no, "已停工", "您好，夜间施工已停止")
    my_tickets.pass_reply(world.desk(REVIEWER), order_no)
    my_tickets.log_answer(world.desk(AUDITOR), order_no, said="已告知李先生")
    with world.nothing_written(), pytest.raises(Refused, match="诉求人"):
        review.send_back_close_review(world.desk(AUDITOR), order_no, "李先生 13800000000 说没停", ["other"])
    looked = review.detail(world.desk(AUDITOR), order_no).checked
    assert looked is not None
    assert "138" not in "".join(looked.told)
