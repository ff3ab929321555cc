"""Tabs, pages and the detail of 我的工单; drafts and things to choose from."""

from pathlib import Path

import pytest

from db.codes import Deed, Grade, OrderKind, Urgency, Verdict
from db.times import to_ms
from desk import dispatch, intake, my_tickets, people_changes, review
from desk.deed import deed_on
from desk.errors import BadInput, NotAllowed
from desk.my_tickets.ticket import DEEDS
from desk.my_tickets_rows import TicketRow
from desk.pool import enter_pool
from desk.rules.reply_checks import Check
from tests.desk.unit_desk import drafted, passed, sent, signed, unit_id
from tests.world import World

NOTES = {Deed.NOTE, Deed.ADD_ATTACHMENT}
"""What whoever works on an order may always add to it."""


def _counts(world: World, staff_no: str) -> dict[str, int]:
    return {tab.tab: tab.count for tab in my_tickets.tabs(world.desk(staff_no))}


def _numbers(world: World, staff_no: str, tab: str = "all") -> list[str]:
    return [row.order_no for row in my_tickets.page(world.desk(staff_no), tab).rows]


def _deputy(world: World, staff_no: str, deputy_no: str) -> None:
    people_changes.change_person(world.desk("1001"), staff_no, people_changes.Changes(deputy_no=deputy_no))


def _make_d(world: World, order_no: str) -> None:
    with deed_on(world.desk("1301"), Deed.NOTE, order_no) as deed:
        enter_pool(deed, Grade.D, "不满意")


# -- tabs and pages


def test_a_unit_sees_its_orders_stage_by_stage_and_nobody_else_s(world: World) -> None:
    waiting, running, checking, answering = sent(world), signed(world), drafted(world), passed(world)
    other = sent(world, "CY-RSJ", co=("CY-CGJ",))
    counts = _counts(world, "2101")
    assert list(counts) == [
        "all",
        "to_sign",
        "in_progress",
        "unit_review",
        "to_answer",
        "co",
        "sent_back",
        "rework",
        "overdue",
        "d_level",
    ]
    assert list(counts.values()) == [4, 1, 1, 1, 1, 1, 0, 0, 0, 0]
    for tab, order_no in (
        ("to_sign", waiting),
        ("in_progress", running),
        ("unit_review", checking),
        ("to_answer", answering),
        ("co", other),
    ):
        assert _numbers(world, "2101", tab) == [order_no]
    assert _numbers(world, "2201") == [other]


def test_emergencies_d_level_and_overdue_orders_come_first(world: World) -> None:
    late = signed(world)
    world.clock.tick(days=9)
    plain, d_level = signed(world), signed(world)
    _make_d(world, d_level)
    urgent = sent(world, kind=OrderKind.HELP_REQUEST, urgency=Urgency.CRITICAL)
    assert _numbers(world, "2101") == [urgent, d_level, late, plain]
    assert _numbers(world, "2101", "overdue") == [late]
    assert _numbers(world, "2101", "d_level") == [d_level]
    tabs = {tab.tab: tab for tab in my_tickets.tabs(world.desk("2101"))}
    assert [key for key, tab in tabs.items() if tab.is_alarming] == ["sent_back", "overdue", "d_level"]


def test_what_was_sent_back_has_a_tab_until_it_is_handed_in_again(world: World) -> None:
    by_unit, by_centre, untouched = drafted(world), passed(world), signed(world)
    my_tickets.send_back_reply(world.desk("2103"), by_unit, "没写整改时间", ["other"])
    my_tickets.log_answer(world.desk("2102"), by_centre, said="已停工")
    review.send_back_close_review(world.desk("1501"), by_centre, "未答复噪音检测结果", ["other"])
    assert _numbers(world, "2102", "sent_back") == [by_unit, by_centre]
    rows = my_tickets.page(world.desk("2102")).rows
    said = my_tickets.waiting(world.desk("2102"), rows)
    assert (said[by_unit], said[by_centre], said.get(untouched)) == ("审核退回", "办结退回", None)
    first = {no: _detail(world, "2102", no).sections[0].lines for no in (by_unit, by_centre)}
    assert "审核退回：没写整改时间" in first[by_unit]
    assert "办结审核退回：未答复噪音检测结果" in first[by_centre]
    my_tickets.submit_reply(world.desk("2102"), by_unit, "已整改", "您好，已停工整改")
    assert _numbers(world, "2102", "sent_back") == [by_centre]


def test_how_often_the_citizen_urged_stands_beside_the_status(world: World) -> None:
    order_no = signed(world)
    intake.urge(world.desk("1203"), order_no)
    intake.urge(world.desk("1203"), order_no)
    desk = world.desk("2102")
    assert my_tickets.waiting(desk, my_tickets.page(desk).rows) == {order_no: "催单2次"}


def test_what_was_sent_back_to_one_unit_is_fresh_work_at_the_next(world: World) -> None:
    order_no = drafted(world)
    my_tickets.send_back_reply(world.desk("2103"), order_no, "没写整改时间", ["other"])
    dispatch.reassign(world.desk("1301"), order_no, unit_id(world, "CY-RSJ"), reason="属地不符")
    my_tickets.sign(world.desk("2201"), order_no)
    assert _numbers(world, "2201", "sent_back") == []
    assert not any("审核退回" in line for line in _detail(world, "2201", order_no).sections[0].lines)


def test_a_deputy_sees_the_work_of_who_is_away_and_no_longer_when_back(world: World) -> None:
    _deputy(world, "2102", "2103")
    theirs, mine = signed(world), sent(world)
    my_tickets.sign(world.desk("2103"), mine)
    waiting = sent(world)
    assert "deputy" not in _counts(world, "2101")
    assert _numbers(world, "2103", "deputy") == [theirs]
    assert "经办人经办甲（2102）不在岗，您是B角" in _detail(world, "2103", theirs).sections[0].lines
    with world.database.write() as writer:
        writer.run("UPDATE staff SET signed_in_at = :at WHERE staff_no = '2102'", at=to_ms(world.clock.now))
    assert "deputy" not in _counts(world, "2103")
    world.clock.tick(hours=13)
    assert _counts(world, "2103")["deputy"] == 1
    _deputy(world, "2101", "2103")
    assert set(_numbers(world, "2103", "deputy")) == {theirs, waiting}


def test_a_co_order_leaves_the_tab_with_its_answer(world: World) -> None:
    order_no = sent(world, co=("CY-RSJ",))
    assert _numbers(world, "2201", "co") == [order_no]
    my_tickets.co_reply(world.desk("2201"), order_no, "已核查")
    assert _numbers(world, "2201", "co") == []


def test_a_complaint_about_a_person_is_not_on_that_person_s_list(world: World) -> None:
    order_no = sent(world, accused_name="联络甲")
    assert _numbers(world, "2101") == []
    assert _numbers(world, "2102") == [order_no]


def test_a_secret_order_shows_a_unit_its_kind_and_number_only(world: World) -> None:
    sent(world, kind=OrderKind.TIP_OFF, place="老王家隔壁")
    (row,) = my_tickets.page(world.desk("2102")).rows
    assert (row.title, row.caller, row.place) == ("举报（保密）", "（保密）", "")


def test_an_agent_sees_what_became_of_the_own_registrations(world: World) -> None:
    mine, hers = sent(world), sent(world, by="1204")
    assert _numbers(world, "1203", "registered") == [mine]
    assert _numbers(world, "1204", "registered") == [hers]
    assert list(_counts(world, "1203")) == ["registered", "overdue", "d_level", "over"]
    world.clock.tick(days=40)
    assert _counts(world, "1203")["registered"] == 0


def test_a_station_clerk_of_a_unit_has_the_own_registrations_beside_the_unit_s(world: World) -> None:
    born = world.order(by="2301")
    assert _numbers(world, "2301", "registered") == [born.order_no]


def test_who_decides_sees_what_waits_for_a_verdict(world: World) -> None:
    order_no = signed(world)
    my_tickets.ask_extension(world.desk("2102"), order_no, 2, "检测", "已告知")
    assert _numbers(world, "1301", "extension") == [order_no]
    assert _counts(world, "1301")["suspension"] == 0
    assert "suspension" not in _counts(world, "1701")
    assert "extension" not in _counts(world, "1203")


def test_the_centre_finds_the_secret_orders_it_answers_for_a_unit(world: World) -> None:
    secret, _ = passed(world, is_confidential=True), passed(world)
    assert _numbers(world, "1501", "for_the_unit") == [secret]
    assert "for_the_unit" not in _counts(world, "1601")


def test_a_tab_one_has_not_is_the_first_one(world: World) -> None:
    order_no = sent(world)
    assert _numbers(world, "2101", "extension") == [order_no]


# -- the detail


def _detail(world: World, staff_no: str, order_no: str) -> TicketRow:
    return my_tickets.detail(world.desk(staff_no), order_no)


def _may(world: World, staff_no: str, order_no: str) -> set[Deed]:
    ticket = _detail(world, staff_no, order_no)
    return {deed for deed in DEEDS if ticket.may(deed)}


def test_the_detail_says_what_counts_now_first(world: World) -> None:
    order_no = signed(world)
    my_tickets.log_contact_attempt(world.desk("2102"), order_no)
    first, second = _detail(world, "2102", order_no).sections[:2]
    assert (first.heading, second.heading) == ("现在", "诉求内容")
    lines = "\n".join(first.lines)
    assert "单位时限 2026-11-30 18:00  余7天9时" in lines
    assert "5 个工作日：11-24 周二" in lines
    assert "联系未果 1 次" in lines


def test_each_person_may_do_what_status_and_role_allow(world: World) -> None:
    order_no = sent(world)
    assert _may(world, "2101", order_no) == {Deed.SIGN, Deed.ASK_RETURN, *NOTES}
    assert _may(world, "1203", order_no) == {*NOTES, Deed.REVEAL_PHONE}
    assert _may(world, "1301", order_no) == {*NOTES, Deed.REVEAL_PHONE}
    world.clock.tick(days=3)
    assert Deed.AUTO_SIGN in _may(world, "1301", order_no)


def test_what_one_may_not_is_said_in_words(world: World) -> None:
    order_no = signed(world)
    my_tickets.submit_reply(world.desk("2103"), order_no, "已办", "您好，我们保证解决")
    own = _detail(world, "2103", order_no)
    assert "另一名审核人" in own.refusals[Deed.PASS_REPLY]
    assert "待单位审核" in own.refusals[Deed.SIGN]
    assert "审核人" in _detail(world, "2102", order_no).refusals[Deed.PASS_REPLY]
    secret = signed(world, is_confidential=True)
    assert "中心代为" in _detail(world, "2102", secret).refusals[Deed.REVEAL_PHONE]


def test_the_centre_may_grant_only_what_is_asked(world: World) -> None:
    order_no = signed(world)
    assert Deed.GRANT_EXTENSION not in _may(world, "1301", order_no)
    my_tickets.ask_extension(world.desk("2102"), order_no, 2, "检测", "已告知")
    assert {Deed.GRANT_EXTENSION, Deed.REFUSE_EXTENSION} <= _may(world, "1301", order_no)
    assert Deed.ASK_EXTENSION not in _may(world, "2102", order_no)


def test_a_helping_unit_may_sign_and_answer_its_own_part(world: World) -> None:
    order_no = sent(world, co=("CY-RSJ",))
    assert _may(world, "2201", order_no) == {Deed.CO_SIGN, Deed.CO_REPLY, Deed.ASK_PART_RETURN, *NOTES}
    my_tickets.co_reply(world.desk("2201"), order_no, "已核查")
    assert _may(world, "2201", order_no) == NOTES


def test_a_suspended_order_goes_on_before_it_is_answered(world: World) -> None:
    order_no = signed(world)
    for _ in range(3):
        world.clock.tick(minutes=70)
        my_tickets.log_contact_attempt(world.desk("2102"), order_no)
    my_tickets.ask_suspension(world.desk("2102"), order_no, "等材料")
    my_tickets.grant_suspension(world.desk("1301"), order_no)
    ticket = _detail(world, "2102", order_no)
    assert ticket.may(Deed.RESUME)
    assert "恢复计时" in ticket.refusals[Deed.SUBMIT_REPLY]
    assert any(line.startswith("挂起等待诉求人") for line in ticket.sections[0].lines)
    assert ticket.attempts == 3


def test_the_reviewer_is_shown_words_that_promise_too_much(tmp_path: Path) -> None:
    world = World(
        tmp_path / "w.db", settings={"promise.words": ["保证解决"], "buck_passing.words": ["不归我们管"]}
    )
    order_no = signed(world)
    my_tickets.submit_reply(world.desk("2102"), order_no, "已办", "保证解决，但这不归我们管")
    ticket = _detail(world, "2103", order_no)
    assert {Check.PROMISE, Check.BUCK_PASSING} <= {each.check for each in ticket.findings}
    assert ticket.reply is not None
    assert (ticket.reply.verdict, ticket.reply.drafter) == (Verdict.PENDING, "经办甲（2102）")


def test_the_drafter_and_the_reviewer_see_the_same_findings(world: World) -> None:
    order_no = signed(world)
    reply = "李先生您好，我们会尽快处理"
    found = my_tickets.check_reply(world.desk("2102"), order_no, reply)
    assert [each.check for each in found] == [Check.PERSONAL, Check.EMPTY]
    my_tickets.submit_reply(world.desk("2102"), order_no, "已查", reply)
    lines = next(
        part.lines for part in _detail(world, "2103", order_no).sections if part.heading == "待审答复"
    )
    assert lines[: len(found)] == tuple(f"!{number} {each.words}" for number, each in enumerate(found, 1))
    with pytest.raises(NotAllowed):
        my_tickets.check_reply(world.desk("2201"), order_no, reply)


def test_of_a_secret_order_the_findings_tell_nothing_of_the_caller(world: World) -> None:
    order_no = signed(world, is_confidential=True, title="王某倒卖指标")
    found = my_tickets.check_reply(world.desk("2102"), order_no, "李先生，13800000000")
    assert [each.check for each in found if each.check is Check.PERSONAL and not each.stops] == []
    assert not any("倒卖" in each.words or "李先生" in each.words for each in found)
    assert [each.words for each in found if each.stops] == [
        "有手机号 138****0000，不是诉求人的：删去，或改用单位座机"
    ]


def test_a_reply_with_somebody_else_s_number_is_refused(world: World) -> None:
    order_no = signed(world)
    with world.nothing_written(), pytest.raises(BadInput, match=r"手机号 139\*\*\*\*0001") as refused:
        my_tickets.submit_reply(world.desk("2102"), order_no, "已查", "夜间施工的事找 13900000001")
    assert refused.value.field == "公开答复"
    my_tickets.submit_reply(world.desk("2102"), order_no, "工地 13900000001", "已回您 13800000000")
    assert world.status(order_no) == "unit_review"


# -- drafts and choices


def test_a_reply_being_typed_is_kept_for_its_writer_and_dropped_at_the_end(world: World) -> None:
    order_no = signed(world)
    handler = world.desk("2102")
    first = my_tickets.keep_draft(handler, order_no, "已到现场", "")
    assert my_tickets.keep_draft(handler, order_no, "已到现场", "您好") == first
    again = my_tickets.draft_of(world.desk("2102"), order_no)
    assert again is not None
    assert (again.internal_result, again.public_reply) == ("已到现场", "您好")
    assert my_tickets.draft_of(world.desk("2103"), order_no) is None
    my_tickets.drop_draft(handler, order_no)
    assert my_tickets.drafts(handler) == ()


def test_one_hands_on_to_sections_and_handlers_of_the_own_unit(world: World) -> None:
    rows = my_tickets.receivers(world.desk("2101"))
    assert [row.name for row in rows] == ["执法大队", "环卫所", "经办甲（2102）", "审核人甲（2103）"]
    assert rows[2].key == "staff:2102"
    assert [row.name for row in my_tickets.receivers(world.desk("2101"), "环卫")] == ["环卫所"]


def test_the_city_s_phrases_for_replies_are_found_by_their_words(tmp_path: Path) -> None:
    world = World(tmp_path / "w.db", settings={"reply.phrases": ["根据《___》", "感谢您"]})
    desk = world.desk("2102")
    assert [row.key for row in my_tickets.reply_phrases(desk)] == ["根据《___》", "感谢您"]
    assert [row.key for row in my_tickets.reply_phrases(desk, "感谢")] == ["感谢您"]


def test_an_order_is_returned_towards_another_unit(world: World) -> None:
    names = {row.name: row.hint for row in my_tickets.target_units(world.desk("2101"))}
    assert "崇义县城市管理局" not in names.values()
    assert names["横水镇"] == "横水镇人民政府"
    assert [row.name for row in my_tickets.target_units(world.desk("2101"), "人力")] == ["县人社局"]
