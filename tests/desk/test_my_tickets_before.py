"""What F4 says before a form opens, why an order is there again, and what its list tells beside the status."""

import pytest

from db.codes import Deed, DissatisfactionCause, Grade, OrderKind, ReturnReason, Urgency
from desk import my_tickets, review
from desk.deed import deed_on
from desk.errors import BadInput
from desk.pool import enter_pool
from desk.rows import CardSection
from tests.desk.unit_desk import drafted, passed, sent, signed, unit_id
from tests.world import World

HANDLER, CHECKER, CENTRE, AUDITOR = "2102", "2103", "1301", "1501"


def _line(world: World, order_no: str, deed: Deed, staff_no: str = HANDLER) -> str:
    return my_tickets.detail(world.desk(staff_no), order_no).refusals.get(deed, "")


# -- refused before anything is asked


def test_a_suspension_says_at_once_how_many_attempts_are_missing(world: World) -> None:
    order_no = signed(world)
    assert "3 次，现有效 0 次" in _line(world, order_no, Deed.ASK_SUSPENSION)
    for _ in range(3):
        my_tickets.log_contact_attempt(world.desk(HANDLER), order_no)
        world.clock.tick(minutes=61)
    assert _line(world, order_no, Deed.ASK_SUSPENSION) == ""


@pytest.mark.parametrize(
    ("order", "word"),
    [
        ({"kind": OrderKind.INQUIRY}, "咨询"),
        ({"kind": OrderKind.HELP_REQUEST, "urgency": Urgency.URGENT}, "紧急"),
    ],
)
def test_what_is_never_extended_says_so_at_once(world: World, order: dict[str, object], word: str) -> None:
    line = _line(world, signed(world, **order), Deed.ASK_EXTENSION)
    assert word in line
    assert "不能延期" in line


def test_a_second_request_and_a_late_one_are_refused_at_once(world: World) -> None:
    order_no = signed(world)
    my_tickets.ask_extension(world.desk(HANDLER), order_no, 2, "检测", "已告知")
    assert "已有一份延期申请等待裁定" in _line(world, order_no, Deed.ASK_EXTENSION)
    late = signed(world)
    world.clock.tick(days=12)
    assert "单位时限已到" in _line(world, late, Deed.ASK_EXTENSION)
    assert "现已超过" in _line(world, late, Deed.ASK_RETURN)
    assert "原时限已到" in _line(world, order_no, Deed.GRANT_EXTENSION, CENTRE)


def test_an_urgent_order_is_not_returned(world: World) -> None:
    order_no = signed(world, kind=OrderKind.HELP_REQUEST, urgency=Urgency.URGENT)
    assert "先办后议" in _line(world, order_no, Deed.ASK_RETURN)


def test_looking_writes_nothing(world: World) -> None:
    order_no = signed(world)
    with world.nothing_written():
        my_tickets.detail(world.desk(HANDLER), order_no)


# -- a reply that is sent back


def test_a_reply_that_was_sent_back_is_not_handed_in_unchanged(world: World) -> None:
    order_no = drafted(world)
    my_tickets.send_back_reply(world.desk(CHECKER), order_no, "写明日期", ["other"])
    desk = world.desk(HANDLER)
    with world.nothing_written(), pytest.raises(BadInput, match="一字未改"):
        my_tickets.submit_reply(desk, order_no, "已责令停工整改", "您好，工地已停止夜间施工")
    my_tickets.submit_reply(desk, order_no, "已责令停工整改", "您好，工地自11月24日起停止夜间施工")
    assert world.status(order_no) == "unit_review"


# -- why it is here again


def _complain(world: World, order_no: str, staff_no: str) -> None:
    review.record_dissatisfaction(
        world.desk(staff_no), order_no, cause=DissatisfactionCause.RESULT, note="夜里又在打桩"
    )


def _reworked(world: World, **order: object) -> str:
    order_no = passed(world, **order)
    my_tickets.log_answer(world.desk(HANDLER), order_no, said="已停工")
    review.pass_close_review(world.desk(AUDITOR), order_no)
    world.clock.tick(days=1)
    _complain(world, order_no, "1601")
    review.rework(world.desk(AUDITOR), order_no, "请夜间到现场核实")
    return order_no


def test_a_second_round_shows_what_is_asked_and_said_and_was_replied(world: World) -> None:
    order_no = _reworked(world)
    again = {part.heading: "；".join(part.lines) for part in _again(world, order_no)}
    assert again["重办要求（第2轮）"] == "请夜间到现场核实"
    assert "夜里又在打桩" in again["诉求人为什么不满意"]
    assert "您好，工地已停止夜间施工" in again["以前的答复"]
    assert _again(world, signed(world)) == ()


def test_what_the_citizen_of_a_secret_order_said_stays_at_the_centre(world: World) -> None:
    order_no = passed(world, is_confidential=True)
    my_tickets.log_answer(world.desk(AUDITOR), order_no, said="已停工")
    review.pass_close_review(world.desk("1502"), order_no)
    world.clock.tick(days=1)
    _complain(world, order_no, "1601")
    review.rework(world.desk(AUDITOR), order_no, "请夜间到现场核实")
    assert "夜里又在打桩" not in str(_again(world, order_no))


def test_an_order_that_the_audit_gave_back_says_why(world: World) -> None:
    order_no = passed(world)
    my_tickets.log_answer(world.desk(HANDLER), order_no, said="已停工")
    review.send_back_close_review(world.desk(AUDITOR), order_no, "没有写怎么防止再犯", ["other"])
    again = {part.heading: part.lines for part in _again(world, order_no)}
    assert again["办结审核退回意见"] == ("没有写怎么防止再犯",)
    assert "第1轮公开答复：您好，工地已停止夜间施工" in again["以前的答复"]


def _again(world: World, order_no: str) -> tuple[CardSection, ...]:
    return my_tickets.detail(world.desk(HANDLER), order_no).why_again


# -- what the list tells


def test_the_list_tells_what_waits_and_what_came_back(world: World) -> None:
    desk = world.desk(HANDLER)
    plain, extended, returned, refused = signed(world), signed(world), sent(world), drafted(world)
    my_tickets.ask_extension(desk, extended, 2, "检测", "已告知")
    my_tickets.ask_return(
        world.desk("2101"),
        returned,
        next(iter(ReturnReason)),
        unit_id(world, "CY-RSJ"),
        "不属本单位",
        "清单未列",
    )
    my_tickets.send_back_reply(world.desk(CHECKER), refused, "写明日期", ["other"])
    rows = my_tickets.page(desk).rows
    assert my_tickets.waiting(desk, rows) == {
        extended: "延期待批",
        returned: "退单待批",
        refused: "审核退回",
    }
    assert plain in {row.order_no for row in rows}
    assert my_tickets.waiting(desk, ()) == {}
    my_tickets.submit_reply(desk, refused, "已整改", "您好，已整改")
    assert refused not in my_tickets.waiting(desk, rows)


def test_what_only_the_pool_watches_stands_behind_what_is_to_be_done(world: World) -> None:
    over = passed(world)
    desk = world.desk(HANDLER)
    my_tickets.log_answer(desk, over, said="已停工")
    review.pass_close_review(world.desk(AUDITOR), over)
    with deed_on(world.desk(CENTRE), Deed.NOTE, over) as deed:
        enter_pool(deed, Grade.D, "不满意")
    world.clock.tick(days=1)
    review.close_satisfied(world.desk("1601"), over)
    running = signed(world)
    assert [row.order_no for row in my_tickets.page(desk).rows] == [running, over]
    world.clock.tick(days=90)
    assert [row.order_no for row in my_tickets.page(desk, "overdue").rows] == [running]
