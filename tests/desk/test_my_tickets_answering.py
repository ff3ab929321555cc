"""答复: drafted, checked by another, told to the citizen; and the numbers behind it."""

import pytest

from db.codes import AnswerOutcome, ContactWay, OrderKind, Status, Urgency
from desk import my_tickets
from desk.errors import BadInput, NotAllowed, NotNow, Refused
from tests.desk.unit_desk import drafted, order_row, passed, sent, signed, steward
from tests.world import World

HANDLER, REVIEWER, AUDITOR = "2102", "2103", "1501"


def _answers(world: World) -> list[dict[str, object]]:
    return world.rows("SELECT * FROM answers ORDER BY id")


# -- 起草与审核


def test_a_reply_keeps_the_internal_result_apart_from_the_public_reply(world: World) -> None:
    order_no = drafted(world)
    reply = world.row("SELECT * FROM replies")
    assert (reply["internal_result"], reply["public_reply"]) == ("已责令停工整改", "您好，工地已停止夜间施工")
    assert (reply["verdict"], reply["round"]) == ("pending", 1)
    assert world.status(order_no) == Status.UNIT_REVIEW


@pytest.mark.parametrize(("result", "public"), [("", "您好"), ("已办", "\n "), ("已办", "长" * 4001)])
def test_a_reply_needs_both_texts(world: World, result: str, public: str) -> None:
    order_no = signed(world)
    with world.nothing_written(), pytest.raises(BadInput):
        my_tickets.submit_reply(world.desk(HANDLER), order_no, result, public)


def test_rare_characters_stay_in_a_reply(world: World) -> None:
    order_no = signed(world)
    words = "𠮷[/b]'; DROP TABLE--😀１２"
    my_tickets.submit_reply(world.desk(HANDLER), order_no, words, words)
    assert world.row("SELECT public_reply AS p FROM replies")["p"] == words


def test_the_drafter_does_not_check_the_own_reply(world: World) -> None:
    order_no = signed(world)
    my_tickets.submit_reply(world.desk(REVIEWER), order_no, "已办", "您好，已办")
    with world.nothing_written(), pytest.raises(NotAllowed, match="另一名审核人"):
        my_tickets.pass_reply(world.desk(REVIEWER), order_no, "可以")
    with world.nothing_written(), pytest.raises(NotAllowed, match="另一名审核人"):
        my_tickets.send_back_reply(world.desk(REVIEWER), order_no, "可以", ["other"])


def test_a_passed_reply_is_to_be_told_to_the_citizen(world: World) -> None:
    order_no = passed(world)
    reply = world.row("SELECT * FROM replies")
    assert (reply["verdict"], reply["checked_by"] is not None) == ("granted", True)
    assert world.status(order_no) == Status.TO_ANSWER


def test_a_reply_sent_back_says_why_and_a_second_one_is_checked(world: World) -> None:
    order_no = drafted(world)
    with world.nothing_written(), pytest.raises(BadInput, match="退回意见"):
        my_tickets.send_back_reply(world.desk(REVIEWER), order_no, "", ["other"])
    my_tickets.send_back_reply(world.desk(REVIEWER), order_no, "请写明复查日期", ["other"])
    assert world.status(order_no) == Status.IN_PROGRESS
    my_tickets.submit_reply(world.desk(HANDLER), order_no, "已复查", "您好，复查合格")
    my_tickets.pass_reply(world.desk(REVIEWER), order_no)
    verdicts = [row["verdict"] for row in world.rows("SELECT verdict FROM replies ORDER BY id")]
    assert verdicts == ["refused", "granted"]


def test_only_the_unit_s_own_reviewer_passes(world: World) -> None:
    order_no = drafted(world)
    for person in (HANDLER, "2202", AUDITOR):
        with world.nothing_written(), pytest.raises(NotAllowed):
            my_tickets.pass_reply(world.desk(person), order_no)


# -- 答复诉求人


def test_the_logged_answer_stops_the_clock_and_is_a_call_record(world: World) -> None:
    order_no = passed(world)
    world.clock.tick(hours=1)
    my_tickets.log_answer(world.desk(HANDLER), order_no, AnswerOutcome.ANSWERED, said="已告知整改结果")
    row = order_row(world, order_no)
    assert (row["status"], row["answered_at"]) == (
        Status.CLOSE_REVIEW,
        steward(world, order_no)["answered_at"],
    )
    assert row["press_at"] == row["stage_due_at"] > row["answered_at"]
    (answer,) = _answers(world)
    assert (answer["outcome"], answer["way"], answer["number"]) == ("answered", "phone", "13800000000")
    call = world.row("SELECT * FROM calls")
    assert (call["direction"], call["summary"], call["id"]) == (
        "outbound",
        "unit_contact",
        answer["call_id"],
    )
    assert world.row("SELECT order_id FROM call_orders")["order_id"] == row["id"]
    assert world.events(order_no)[-1] == "log_answer"


def test_an_answer_after_the_limit_is_counted_against_both(world: World) -> None:
    order_no = passed(world)
    world.clock.tick(days=20)
    my_tickets.log_answer(world.desk(HANDLER), order_no, said="迟了")
    assert world.event_data(order_no)["late"] == ["unit", "citizen"]
    assert order_row(world, order_no)["breach_count"] == 2


def test_a_visit_is_no_call_and_the_event_holds_no_number(world: World) -> None:
    order_no = passed(world)
    my_tickets.log_answer(world.desk(HANDLER), order_no, "answered", "visit", said="上门说明")
    assert world.rows("SELECT id FROM calls") == []
    assert _answers(world)[0]["number"] is None
    assert "138" not in str(world.event_data(order_no))


def test_an_answer_goes_to_the_number_given(world: World) -> None:
    order_no = passed(world)
    my_tickets.log_answer(
        world.desk(HANDLER), order_no, "answered", ContactWay.PHONE, "０797-8212345", "已答复"
    )
    assert _answers(world)[0]["number"] == "07978212345"


@pytest.mark.parametrize(
    ("outcome", "way", "number", "said", "line"),
    [
        ("answered", "phone", "", " ", "答复内容"),
        ("answered", "phone", "12", "已答复", "不像电话号码"),
        ("answered", "pigeon", "", "已答复", "答复方式"),
        ("perhaps", "phone", "", "已答复", "答复结果"),
    ],
)
def test_an_answer_is_complete(
    world: World, outcome: str, way: str, number: str, said: str, line: str
) -> None:
    order_no = passed(world)
    with world.nothing_written(), pytest.raises(BadInput, match=line):
        my_tickets.log_answer(world.desk(HANDLER), order_no, outcome, way, number, said)


def test_unreachable_takes_three_attempts_at_different_times(world: World) -> None:
    order_no = passed(world)
    handler = world.desk(HANDLER)
    for wait in (1, 90, 10, 90):
        with world.nothing_written(), pytest.raises(NotNow, match="现有效"):
            my_tickets.log_answer(handler, order_no, AnswerOutcome.UNREACHABLE)
        world.clock.tick(minutes=wait)
        my_tickets.log_contact_attempt(handler, order_no, note="无人接听")
    my_tickets.log_answer(handler, order_no, AnswerOutcome.UNREACHABLE)
    assert world.status(order_no) == Status.CLOSE_REVIEW
    assert [row["outcome"] for row in _answers(world)] == [None, None, None, None, "unreachable"]
    calls = world.rows("SELECT direction, summary, answered_at FROM calls")
    assert len(calls) == 4
    assert {(c["direction"], c["summary"], c["answered_at"]) for c in calls} == {
        ("outbound", "unit_contact", None)
    }


def test_not_needed_only_where_the_form_says_so_or_nobody_can_be_answered(world: World) -> None:
    order_no = passed(world)
    with world.nothing_written(), pytest.raises(NotNow, match="要求答复"):
        my_tickets.log_answer(world.desk(HANDLER), order_no, AnswerOutcome.NOT_NEEDED)
    for wish in ({"needs_answer": False}, {"is_anonymous": True, "contact_phone": None}):
        other = passed(world, **wish)
        my_tickets.log_answer(world.desk(HANDLER), other, AnswerOutcome.NOT_NEEDED)
        assert world.status(other) == Status.CLOSE_REVIEW


def test_nobody_is_answered_before_the_unit_has_checked(world: World) -> None:
    order_no = drafted(world)
    with world.nothing_written(), pytest.raises(NotNow):
        my_tickets.log_answer(world.desk(HANDLER), order_no, said="先说了")


@pytest.mark.parametrize("order", [{"kind": OrderKind.TIP_OFF}, {"is_confidential": True}])
def test_the_centre_answers_in_the_unit_s_place_on_secret_orders(
    world: World, order: dict[str, object]
) -> None:
    order_no = passed(world, **order)
    handler = world.desk(HANDLER)
    for refused in (
        lambda: my_tickets.log_answer(handler, order_no, said="已答复"),
        lambda: my_tickets.log_contact_attempt(handler, order_no),
        lambda: my_tickets.reveal_phone(handler, order_no),
    ):
        with world.nothing_written(), pytest.raises(NotAllowed, match="热线中心代为"):
            refused()
    my_tickets.log_answer(world.desk(AUDITOR), order_no, said="12345 回访，已答复")
    assert world.status(order_no) == Status.CLOSE_REVIEW


def test_a_contact_that_reached_somebody_is_no_vain_attempt(world: World) -> None:
    order_no = signed(world)
    my_tickets.log_contact_attempt(world.desk(HANDLER), order_no, note="约定下午上门", reached=True)
    assert _answers(world) == []
    assert world.row("SELECT answered_at FROM calls")["answered_at"] is not None
    assert world.event_data(order_no)["reached"] is True


def test_the_first_contact_of_an_urgent_order_ends_its_limit_and_a_late_one_counts(world: World) -> None:
    early, late = signed(world, urgency=Urgency.URGENT), signed(world, urgency=Urgency.URGENT)
    world.clock.tick(minutes=100)
    my_tickets.log_contact_attempt(world.desk(HANDLER), early, reached=True)
    world.clock.tick(minutes=100)
    my_tickets.log_contact_attempt(world.desk(HANDLER), late)
    found = [
        (row["stage_due_at"], row["breach_count"])
        for row in (order_row(world, early), order_row(world, late))
    ]
    assert found == [(None, 0), (None, 1)]
    assert world.event_data(late)["late"] == ["stage"]


def test_an_attempt_needs_a_number(world: World) -> None:
    order_no = signed(world, contact_phone=None)
    with world.nothing_written(), pytest.raises(BadInput, match="没有留下号码"):
        my_tickets.log_contact_attempt(world.desk(HANDLER), order_no)


@pytest.mark.parametrize(("met", "attempts"), [(True, 0), (False, 1)])
def test_a_visit_is_a_contact_too_and_one_that_met_nobody_an_attempt(
    world: World, met: bool, attempts: int
) -> None:
    order_no = signed(world, urgency=Urgency.URGENT, contact_phone=None)
    my_tickets.log_visit(world.desk(HANDLER), order_no, "见到邻居，已清理", met=met)
    assert order_row(world, order_no)["stage_due_at"] is None
    assert len(_answers(world)) == attempts
    assert world.event_data(order_no)["way"] == "visit"
    assert world.rows("SELECT * FROM calls") == []
    with world.nothing_written():
        with pytest.raises(BadInput, match="联系说明"):
            my_tickets.log_visit(world.desk(HANDLER), order_no, " ")
        with pytest.raises(NotAllowed):
            my_tickets.log_visit(world.desk("2201"), order_no, "去了")


# -- 看号码


def test_the_handler_sees_the_number_and_each_opening_is_an_event(world: World) -> None:
    order_no = signed(world)
    shown = my_tickets.reveal_phone(world.desk(HANDLER), order_no)
    assert (shown.name, shown.number, shown.seconds) == ("李先生", "13800000000", 30)
    my_tickets.reveal_phone(world.desk(HANDLER), order_no)
    assert world.events(order_no)[-2:] == ["reveal_phone", "reveal_phone"]
    assert "13800000000" not in str(world.event_data(order_no))


def test_others_give_a_reason_or_have_no_right(world: World) -> None:
    order_no = signed(world)
    with world.nothing_written(), pytest.raises(BadInput, match="事由"):
        my_tickets.reveal_phone(world.desk("1301"), order_no)
    assert my_tickets.reveal_phone(world.desk("1301"), order_no, "核对地址").number == "13800000000"
    with world.nothing_written(), pytest.raises(NotAllowed):
        my_tickets.reveal_phone(world.desk("2101"), order_no, "好奇")


def test_without_a_number_there_is_nothing_to_show(world: World) -> None:
    order_no = signed(world, contact_phone=None)
    with world.nothing_written(), pytest.raises(Refused, match="没有留下号码"):
        my_tickets.reveal_phone(world.desk(HANDLER), order_no)


# -- 协办


def test_a_helping_unit_signs_and_answers_its_steward_once(world: World) -> None:
    order_no = sent(world, co=("CY-RSJ",))
    helper = world.desk("2201")
    my_tickets.co_sign(helper, order_no)
    with world.nothing_written(), pytest.raises(NotNow, match="已签收"):
        my_tickets.co_sign(helper, order_no)
    my_tickets.co_reply(helper, order_no, "已核查用工资质")
    part = world.row("SELECT * FROM assignments WHERE part = 'co_handling'")
    assert (part["answer"], part["answered_at"], part["ended_at"]) == (
        "已核查用工资质",
        part["signed_at"],
        None,
    )
    with world.nothing_written(), pytest.raises(NotNow, match="已答复"):
        my_tickets.co_reply(helper, order_no, "再答")
    assert world.status(order_no) == Status.TO_SIGN
    assert world.events(order_no)[-2:] == ["co_sign", "co_reply"]


def test_a_late_co_reply_is_marked_and_signs_for_the_unit(world: World) -> None:
    order_no = sent(world, co=("CY-RSJ",))
    world.clock.tick(days=5)
    my_tickets.co_reply(world.desk("2201"), order_no, "已核查")
    assert world.event_data(order_no)["co_late"] is True
    assert world.row("SELECT signed_at AS s FROM assignments WHERE part = 'co_handling'")["s"]


def test_the_steward_is_no_helper(world: World) -> None:
    order_no = sent(world, co=("CY-RSJ",))
    with world.nothing_written(), pytest.raises(NotAllowed):
        my_tickets.co_reply(world.desk("2101"), order_no, "代答")
    with world.nothing_written(), pytest.raises(BadInput, match="协办答复"):
        my_tickets.co_reply(world.desk("2201"), order_no, "")
