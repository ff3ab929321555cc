"""申请退单, 延期, 挂起, and what the centre decides."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db.codes import OrderKind, RequestKind, ReturnReason, Status, Urgency
from db.times import from_ms, to_ms
from desk import dispatch, my_tickets, review
from desk.errors import BadInput, NotAllowed, NotNow
from tests.desk import review_life as life
from tests.desk.dispatching import fill_duty_list
from tests.desk.unit_desk import order_row, passed, sent, signed, steward, unit_id
from tests.world import World

HANDLER, LIAISON, DISPATCHER, LEADER = "2102", "2101", "1301", "1701"


def _return(
    world: World, order_no: str, target: str = "CY-RSJ", by: str = LIAISON, finding: str = "现场无施工"
) -> None:
    reason = ReturnReason.NOT_OUR_DUTY
    my_tickets.ask_return(
        world.desk(by), order_no, reason, unit_id(world, target), "属人社", "清单第201项", finding
    )


def _extend(world: World, order_no: str, days: int = 3) -> None:
    my_tickets.ask_extension(
        world.desk(HANDLER), order_no, days, "需第三方检测", "11-24 电话告知李先生，同意"
    )


def _attempts(world: World, order_no: str, times: int, gap: int = 90) -> None:
    for _ in range(times):
        world.clock.tick(minutes=gap)
        my_tickets.log_contact_attempt(world.desk(HANDLER), order_no)


def _requests(world: World) -> list[dict[str, object]]:
    return world.rows("SELECT * FROM requests ORDER BY id")


# -- 退单


def test_a_unit_asks_to_return_an_order_and_its_clock_goes_on(world: World) -> None:
    order_no = sent(world)
    before = order_row(world, order_no)["unit_due_at"]
    _return(world, order_no)
    (request,) = _requests(world)
    assert (request["kind"], request["verdict"], request["reason_code"]) == (
        "return",
        "pending",
        "not_our_duty",
    )
    assert request["target_unit_id"] == unit_id(world, "CY-RSJ")
    assert from_ms(int(str(request["due_at"]))) == datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
    assert (world.status(order_no), order_row(world, order_no)["unit_due_at"]) == (Status.TO_SIGN, before)
    assert world.events(order_no)[-1] == "ask_return"


def test_a_signed_order_is_returned_within_one_working_day(world: World) -> None:
    early, late = signed(world), signed(world)
    world.clock.tick(days=1, hours=8)
    _return(world, early)
    world.clock.tick(hours=2)
    with world.nothing_written(), pytest.raises(NotNow, match="1 个工作日"):
        _return(world, late)


@pytest.mark.parametrize("urgency", [Urgency.URGENT, Urgency.CRITICAL])
def test_what_is_urgent_is_handled_first(world: World, urgency: Urgency) -> None:
    order_no = sent(world, urgency=urgency)
    with world.nothing_written(), pytest.raises(NotNow, match="先办后议"):
        _return(world, order_no)


def test_only_one_return_waits_at_a_time(world: World) -> None:
    order_no = sent(world)
    _return(world, order_no)
    with world.nothing_written(), pytest.raises(NotNow, match="联络甲"):
        _return(world, order_no)


def test_a_third_return_is_impossible(world: World) -> None:
    order_no = sent(world)
    for judge in ("1302", "1002"):
        _return(world, order_no)
        dispatch.refuse_return(world.desk(judge), order_no, "属你单位职责")
    with world.nothing_written(), pytest.raises(NotNow, match="快速裁决"):
        _return(world, order_no)


@pytest.mark.parametrize("target", ["CY-CGJ", "nowhere"])
def test_a_return_names_another_unit(world: World, target: str) -> None:
    order_no = sent(world)
    with world.nothing_written(), pytest.raises(BadInput):
        my_tickets.ask_return(
            world.desk(LIAISON),
            order_no,
            "wrong_area",
            9999 if target == "nowhere" else unit_id(world, target),
            "x",
            "清单未列",
        )


@pytest.mark.parametrize(
    ("code", "reason", "duty"),
    [
        ("no_wish", "x", "清单未列"),
        ("wrong_area", " ", "清单未列"),
        ("wrong_area", "长" * 501, "清单未列"),
        ("wrong_area", "x", " "),
        ("wrong_area", "x", "长" * 501),
    ],
)
def test_a_return_needs_its_reason_and_its_duty_item(world: World, code: str, reason: str, duty: str) -> None:
    order_no = sent(world)
    with world.nothing_written(), pytest.raises(BadInput):
        my_tickets.ask_return(
            world.desk(LIAISON), order_no, code, unit_id(world, "CY-RSJ"), reason, duty, "现场无施工"
        )


def test_once_signed_a_return_says_what_the_site_showed(world: World) -> None:
    unsigned, order_no = sent(world), signed(world)
    _return(world, unsigned, finding="")
    with world.nothing_written(), pytest.raises(BadInput, match="现场情况"):
        _return(world, order_no, finding="")
    _return(world, order_no, finding="工地属交通局围挡")
    assert [row["finding"] for row in _requests(world)] == ["", "工地属交通局围挡"]


def test_the_centre_that_sent_it_is_not_where_it_should_go(world: World) -> None:
    order_no = sent(world)
    with world.nothing_written(), pytest.raises(BadInput, match="热线中心"):
        _return(world, order_no, "CY-12345")


def test_the_unit_that_is_accused_cannot_be_named(world: World) -> None:
    order_no = sent(world, kind=OrderKind.TIP_OFF, accused_unit_id=unit_id(world, "CY-RSJ"))
    with world.nothing_written(), pytest.raises(NotAllowed, match="回避"):
        _return(world, order_no)
    keys = [row.key for row in my_tickets.target_units(world.desk(LIAISON), "", order_no)]
    assert keys == [str(unit_id(world, "CY-HSZ"))]


def test_a_target_is_found_by_unit_or_by_duty_item(world: World) -> None:
    fill_duty_list(world)
    desk = world.desk(LIAISON)
    assert [row.name for row in my_tickets.target_units(desk)] == ["县人社局", "横水镇"]
    (found,) = my_tickets.target_units(desk, " 欠薪 ")
    item = world.row("SELECT id FROM duty_items WHERE number = 201")["id"]
    assert (found.key, found.hint) == (f"{unit_id(world, 'CY-RSJ')}/{item}", "清单第201项 拖欠工资")
    assert my_tickets.target_units(desk, "打桩") == ()  # one's own duty


def test_the_window_and_the_urgencies_are_settings(tmp_path: Path) -> None:
    city = {"return.after_sign_days": 3, "return.forbidden_urgencies": ["critical"], "return.max_times": 1}
    world = World(tmp_path / "city.db", settings=city)
    urgent, late = sent(world, urgency=Urgency.URGENT), signed(world)
    _return(world, urgent)
    dispatch.refuse_return(world.desk("1302"), urgent, "属你单位职责")
    with world.nothing_written(), pytest.raises(NotNow, match="本单已退单 1 次"):
        _return(world, urgent)
    world.clock.tick(days=3)
    _return(world, late)
    assert world.events(late)[-1] == "ask_return"


def test_a_reply_lets_the_return_fall(world: World) -> None:
    order_no = signed(world)
    _return(world, order_no)
    my_tickets.submit_reply(world.desk(HANDLER), order_no, "已办", "您好，已办")
    assert _requests(world)[0]["verdict"] == "lapsed"


def test_a_reworked_order_stays_but_a_unit_that_gets_it_anew_may_return_it(world: World) -> None:
    order_no = life.dissatisfied(world)
    review.rework(world.desk("1501"), order_no, "夜间巡查")
    with world.nothing_written(), pytest.raises(NotNow, match="重办"):
        _return(world, order_no)
    dispatch.reassign(world.desk("1301"), order_no, unit_id(world, "CY-RSJ"), reason="属人社")
    world.clock.tick(minutes=5)
    my_tickets.sign(world.desk("2201"), order_no)
    _return(world, order_no, "CY-HSZ", by="2201")
    assert world.events(order_no)[-1] == "ask_return"


# -- 延期


def test_an_extension_moves_both_limits_and_enters_the_pool_as_c(world: World) -> None:
    order_no = signed(world)
    before = order_row(world, order_no)
    _extend(world, order_no)
    assert order_row(world, order_no)["unit_due_at"] == before["unit_due_at"]
    row = my_tickets.grant_extension(world.desk(DISPATCHER), order_no, "同意")
    after = order_row(world, order_no)
    assert after["unit_due_at"] == _requests(world)[0]["wanted_due_at"]
    assert from_ms(after["unit_due_at"]) == datetime(2026, 12, 3, 10, 0, tzinfo=UTC)
    assert after["citizen_due_at"] - before["citizen_due_at"] == 3 * 86_400_000
    assert (row.grade, row.pool_grade) == ("C", "C")
    assert steward(world, order_no)["due_explanation"].startswith("延期 3 个工作日")
    data = world.event_data(order_no)
    assert data["old_unit_due_at"] == before["unit_due_at"]
    assert (data["days"], data["grade"], data["verdict"]) == (3, "C", "granted")
    assert world.events(order_no)[-2:] == ["ask_extension", "grant_extension"]


def test_the_inner_limit_follows_an_extension(world: World) -> None:
    order_no = signed(world)
    my_tickets.hand_on(world.desk(LIAISON), order_no, staff_no=HANDLER)
    _extend(world, order_no)
    my_tickets.grant_extension(world.desk(DISPATCHER), order_no)
    inner = world.row("SELECT due_at FROM assignments WHERE part = 'inner'")["due_at"]
    assert from_ms(inner) == datetime(2026, 12, 2, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize("days", [0, -1, 6, 99])
def test_an_extension_is_no_longer_than_the_kind_s_own_limit(world: World, days: int) -> None:
    order_no = signed(world)
    with world.nothing_written(), pytest.raises(BadInput, match="最多可延期 5 个工作日"):
        _extend(world, order_no, days)


@pytest.mark.parametrize(
    ("kind", "urgency", "word"),
    [
        (OrderKind.INQUIRY, Urgency.NORMAL, "咨询"),
        (OrderKind.COMPLAINT, Urgency.URGENT, "紧急"),
        (OrderKind.COMPLAINT, Urgency.CRITICAL, "特急"),
    ],
)
def test_some_orders_are_never_extended(world: World, kind: OrderKind, urgency: Urgency, word: str) -> None:
    order_no = signed(world, kind=kind, urgency=urgency)
    with world.nothing_written(), pytest.raises(NotNow, match=f"{word}工单不能延期"):
        _extend(world, order_no, 1)


def test_an_extension_is_asked_before_the_limit_ends(world: World) -> None:
    order_no = signed(world)
    world.clock.now = from_ms(order_row(world, order_no)["unit_due_at"]) + timedelta(minutes=1)
    with world.nothing_written(), pytest.raises(NotNow, match="时限已到"):
        _extend(world, order_no)


def test_an_extension_needs_the_log_that_the_citizen_was_told(world: World) -> None:
    order_no = signed(world)
    for reason, told, field in (("", "已告知", "延期理由"), ("检测", " ", "告知诉求人的记录")):
        with world.nothing_written(), pytest.raises(BadInput) as refused:
            my_tickets.ask_extension(world.desk(HANDLER), order_no, 2, reason, told)
        assert refused.value.field == field


def test_only_one_extension_waits_and_only_a_leader_grants_the_second(world: World) -> None:
    order_no = signed(world)
    _extend(world, order_no)
    with world.nothing_written(), pytest.raises(NotNow, match="等待裁定"):
        _extend(world, order_no)
    my_tickets.grant_extension(world.desk(DISPATCHER), order_no)
    _extend(world, order_no)
    with world.nothing_written(), pytest.raises(NotAllowed, match="分管领导"):
        my_tickets.grant_extension(world.desk(DISPATCHER), order_no)
    my_tickets.grant_extension(world.desk(LEADER), order_no)
    with world.nothing_written(), pytest.raises(NotNow, match="热线日"):
        _extend(world, order_no)


def test_a_refused_extension_changes_no_limit_and_may_be_asked_again(world: World) -> None:
    order_no = signed(world)
    before = order_row(world, order_no)
    _extend(world, order_no)
    with world.nothing_written(), pytest.raises(BadInput, match="不同意的理由"):
        my_tickets.refuse_extension(world.desk(DISPATCHER), order_no, " ")
    my_tickets.refuse_extension(world.desk(DISPATCHER), order_no, "请加快办理")
    after = order_row(world, order_no)
    assert (after["unit_due_at"], after["pool_grade"]) == (before["unit_due_at"], None)
    assert _requests(world)[0]["decision"] == "请加快办理"
    _extend(world, order_no)


def test_a_unit_does_not_grant_its_own_extension(world: World) -> None:
    order_no = signed(world)
    _extend(world, order_no)
    for person in (HANDLER, "2103", "1203"):
        with world.nothing_written(), pytest.raises(NotAllowed):
            my_tickets.grant_extension(world.desk(person), order_no)


def test_nothing_asked_is_nothing_granted(world: World) -> None:
    order_no = signed(world)
    for decide in (my_tickets.grant_extension, my_tickets.grant_suspension):
        with world.nothing_written(), pytest.raises(NotNow, match="没有待裁定"):
            decide(world.desk(DISPATCHER), order_no)


def test_what_nobody_decides_before_the_limit_is_not_granted(world: World) -> None:
    order_no = signed(world)
    _extend(world, order_no)
    assert my_tickets.sweep_lapsed(world.desk(DISPATCHER)) == ()
    world.clock.now = from_ms(order_row(world, order_no)["unit_due_at"]) + timedelta(minutes=1)
    with world.nothing_written(), pytest.raises(NotNow, match="按不同意处理"):
        my_tickets.grant_extension(world.desk(DISPATCHER), order_no)
    assert [row.order_no for row in my_tickets.sweep_lapsed(world.desk(DISPATCHER))] == [order_no]
    assert _requests(world)[0]["verdict"] == "lapsed"


# -- 挂起


def test_a_suspension_stops_the_unit_s_clock_only_and_gives_it_the_days_back(world: World) -> None:
    order_no = signed(world)
    _attempts(world, order_no, 3)
    before = order_row(world, order_no)
    my_tickets.ask_suspension(world.desk(HANDLER), order_no, "等诉求人提供合同")
    my_tickets.grant_suspension(world.desk(DISPATCHER), order_no)
    paused = order_row(world, order_no)
    assert paused["suspended_at"] == to_ms(world.clock.now)
    assert paused["press_at"] == paused["citizen_due_at"] > paused["unit_due_at"] - 1
    world.clock.tick(days=2)
    my_tickets.resume(world.desk(HANDLER), order_no, "诉求人来电")
    after = order_row(world, order_no)
    assert after["suspended_at"] is None
    assert from_ms(after["unit_due_at"]) == from_ms(before["unit_due_at"]) + timedelta(days=2)
    assert after["citizen_due_at"] == before["citizen_due_at"]
    assert world.events(order_no)[-3:] == ["ask_suspension", "grant_suspension", "resume"]


def test_a_suspension_needs_three_attempts_at_different_times(world: World) -> None:
    order_no = signed(world)
    _attempts(world, order_no, 5, gap=20)
    with world.nothing_written(), pytest.raises(NotNow, match="现有效 2 次"):
        my_tickets.ask_suspension(world.desk(HANDLER), order_no, "等诉求人")


def test_a_suspension_comes_once_and_not_for_an_emergency(world: World) -> None:
    order_no = signed(world)
    _attempts(world, order_no, 3)
    my_tickets.ask_suspension(world.desk(HANDLER), order_no, "等诉求人")
    with world.nothing_written(), pytest.raises(NotNow, match="等待裁定"):
        my_tickets.ask_suspension(world.desk(HANDLER), order_no, "等诉求人")
    with world.nothing_written(), pytest.raises(NotNow, match="已有一份挂起申请"):
        _extend(world, order_no)
    my_tickets.grant_suspension(world.desk(DISPATCHER), order_no)
    with world.nothing_written(), pytest.raises(NotNow, match="恢复计时"):
        my_tickets.submit_reply(world.desk(HANDLER), order_no, "已办", "您好")
    my_tickets.resume(world.desk(DISPATCHER), order_no)
    with world.nothing_written(), pytest.raises(NotNow, match="已挂起 1 次"):
        my_tickets.ask_suspension(world.desk(HANDLER), order_no, "再等")
    urgent = signed(world, urgency=Urgency.CRITICAL)
    with world.nothing_written(), pytest.raises(NotNow, match="应急"):
        my_tickets.ask_suspension(world.desk(HANDLER), urgent, "等")


def test_a_refused_suspension_leaves_the_clock(world: World) -> None:
    order_no = signed(world)
    _attempts(world, order_no, 3)
    my_tickets.ask_suspension(world.desk(HANDLER), order_no, "等诉求人")
    my_tickets.refuse_suspension(world.desk(DISPATCHER), order_no, "已可办理")
    assert order_row(world, order_no)["suspended_at"] is None
    assert [each["verdict"] for each in _requests(world)] == ["refused"]


def test_a_suspension_ends_by_itself_after_three_working_days(world: World) -> None:
    order_no = signed(world)
    _attempts(world, order_no, 3)
    my_tickets.ask_suspension(world.desk(HANDLER), order_no, "等诉求人")
    my_tickets.grant_suspension(world.desk(DISPATCHER), order_no)
    world.clock.tick(days=2)
    assert my_tickets.sweep_suspensions(world.desk(DISPATCHER)) == ()
    world.clock.tick(days=2)
    assert [row.order_no for row in my_tickets.sweep_suspensions(world.desk("1002"))] == [order_no]
    with world.nothing_written(), pytest.raises(NotNow, match="没有挂起"):
        my_tickets.resume(world.desk(DISPATCHER), order_no)


def test_an_answer_lets_a_waiting_extension_fall(world: World) -> None:
    order_no = passed(world)
    _extend(world, order_no)
    my_tickets.log_answer(world.desk(HANDLER), order_no, said="已当面答复")
    assert _requests(world)[0]["verdict"] == "lapsed"
    assert world.event_data(order_no)[f"lapsed_{RequestKind.EXTENSION}"] == _requests(world)[0]["uid"]


def test_time_alone_decides_only_at_a_desk_that_may_sign_for_others(world: World) -> None:
    unsigned, asked = sent(world), signed(world)
    _extend(world, asked)
    world.clock.tick(days=9)
    assert my_tickets.sweep(world.desk(HANDLER)) == 0
    # Signed for, the extension refused, and both pressed: their limit passed a working day ago.
    assert my_tickets.sweep(world.desk("1002")) == 4
    assert world.status(unsigned) == Status.IN_PROGRESS
    assert my_tickets.sweep(world.desk("1002")) == 0
