"""What the centre says to a unit after dispatch tells it nothing of the caller on a secret order (practice P32 b)."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from db.codes import OrderKind, Role
from desk import card, dispatch, my_tickets, review
from desk.errors import NotAllowed, Refused
from desk.rules.secrecy import tells
from tests.desk import review_life as life
from tests.desk import unit_desk as unit
from tests.desk.review_life import AUDITOR, CALLER, SECOND_AUDITOR
from tests.world import World

NAME, PHONE, ADDRESS = "赵钱孙", "13812345678", "文昌路88号"
SECRET: dict[str, Any] = {
    "kind": OrderKind.TIP_OFF,
    "requester_name": NAME,
    "contact_phone": PHONE,
    "home_address": ADDRESS,
}
Say = Callable[[Any, str, str], Any]


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("请联系 138 1234 5678", PHONE),
        ("请联系138-1234-5678", PHONE),
        ("请联系１３８１２３４５６７８", PHONE),
        ("赵 钱 孙又来电", NAME),
        ("住文昌路８８号", ADDRESS),
    ],
)
def test_spacing_and_width_hide_nothing(text: str, known: str) -> None:
    assert tells(text, known)


@pytest.mark.parametrize("known", ["", "王", "李四"])
def test_what_is_not_known_or_too_short_is_not_found(known: str) -> None:
    assert not tells("王先生又来电", known)


@pytest.mark.parametrize("leak", [f"{NAME}又来电", "回 138 1234 5678", f"去{ADDRESS}看看"])
@pytest.mark.parametrize("say", [review.remind, review.supervise])
def test_pressure_on_the_unit_is_checked(world: World, say: Say, leak: str) -> None:
    order_no = unit.signed(world, **SECRET)
    with world.nothing_written(), pytest.raises(Refused, match="诉求人"):
        say(world.desk(AUDITOR), order_no, leak)
    say(world.desk(AUDITOR), order_no, "请三日内办结")


def test_what_another_round_is_asked_for_is_checked(world: World) -> None:
    order_no = life.dissatisfied(world, **SECRET)
    with world.nothing_written(), pytest.raises(Refused, match="诉求人姓名"):
        review.rework(world.desk(AUDITOR), order_no, f"{NAME}仍不满意")
    review.rework(world.desk(AUDITOR), order_no, "再核查一次")


def test_a_return_that_is_refused_tells_nothing_either(world: World) -> None:
    order_no = unit.sent(world, **SECRET)
    my_tickets.ask_return(
        world.desk("2101"),
        order_no,
        "not_our_duty",
        unit.unit_id(world, "CY-RSJ"),
        "不是我们的职责",
        "清单未列",
    )
    with world.nothing_written(), pytest.raises(Refused, match="诉求人姓名"):
        dispatch.refuse_return(world.desk("1302"), order_no, f"{NAME}说就是你们")


def test_a_unit_may_write_what_it_likes_and_learns_nothing_by_trying(world: World) -> None:
    order_no = unit.signed(world, **SECRET)
    my_tickets.submit_reply(world.desk("2102"), order_no, f"是不是{NAME}？", "已核查，请放心")


def test_what_the_centre_says_to_the_caller_is_not_shown_to_the_unit(world: World) -> None:
    order_no = unit.passed(world, **SECRET)
    my_tickets.log_contact_attempt(world.desk(AUDITOR), order_no, note=f"{NAME}未接")
    my_tickets.log_answer(world.desk(AUDITOR), order_no, said=f"已答复{NAME}，本人住{ADDRESS}")
    for staff_no in ("2101", "2102", "2103"):
        desk = world.desk(staff_no)
        for shown in (repr(card.card(desk, order_no)), repr(my_tickets.detail(desk, order_no))):
            assert not [leak for leak in (NAME, ADDRESS, PHONE) if leak in shown]
    assert NAME in repr(card.card(world.desk(AUDITOR), order_no))


def test_when_it_happened_in_the_callers_words_stays_at_the_centre(world: World) -> None:
    order_no = unit.signed(world, **SECRET, occurred_words="前晚在我表弟家吃饭时")
    assert "表弟" not in repr(card.card(world.desk("2102"), order_no))
    assert "表弟" not in repr(my_tickets.detail(world.desk("2102"), order_no))


class TestTheKind:
    def test_naming_a_tip_off_makes_the_order_secret(self, world: World) -> None:
        order_no = world.order(kind=OrderKind.UNDETERMINED, requester_name=NAME).order_no
        dispatch.send(
            world.desk("1301"),
            order_no,
            unit.unit_id(world, "CY-RSJ"),
            kind=OrderKind.TIP_OFF,
            forward_text="请核查",
        )
        assert unit.order_row(world, order_no)["is_confidential"]

    def test_a_tip_off_that_is_corrected_stays_secret(self, world: World) -> None:
        order_no = unit.signed(world, **SECRET, content=f"我是{NAME}")
        dispatch.correct(world.desk("1301"), order_no, kind=OrderKind.COMPLAINT, reason="实为投诉")
        assert unit.order_row(world, order_no)["is_confidential"]
        assert NAME not in repr(card.card(world.desk("2102"), order_no))


class TestSecondPersons:
    def test_who_audited_any_round_does_not_call_back(self, world: World) -> None:
        order_no = life.dissatisfied(world)
        review.rework(world.desk(AUDITOR), order_no, "再办一次")
        life.answered(world, order_no)
        review.pass_close_review(world.desk(SECOND_AUDITOR), order_no)
        auditor = world.desk(AUDITOR)
        auditor.actor = replace(auditor.actor, roles=frozenset({Role.CALLBACK_AGENT}))
        with world.nothing_written(), pytest.raises(NotAllowed, match="办结审核人"):
            review.log_callback_attempt(auditor, order_no, "无人接听")
        review.log_callback_attempt(world.desk(CALLER), order_no, "无人接听")

    def test_who_logged_the_answer_does_not_audit_it(self, world: World) -> None:
        order_no = unit.passed(world, **SECRET)
        my_tickets.log_answer(world.desk(AUDITOR), order_no, said="已答复")
        with world.nothing_written(), pytest.raises(NotAllowed, match="登记答复的人"):
            review.pass_close_review(world.desk(AUDITOR), order_no)
        review.pass_close_review(world.desk(SECOND_AUDITOR), order_no)

    def test_a_supervisor_does_not_lengthen_the_limit_that_he_set(self, world: World) -> None:
        order_no = world.order(kind=OrderKind.INQUIRY).order_no
        dispatch.correct(world.desk("1002"), order_no, title="咨询社保")
        with world.nothing_written(), pytest.raises(NotAllowed, match="另一名班长"):
            dispatch.correct(world.desk("1002"), order_no, kind=OrderKind.TIP_OFF, reason="实为举报")
