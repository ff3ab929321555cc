"""A 挂起 ends by itself when the citizen calls: about the order, about another matter, or only to ask (practice P8)."""

from datetime import timedelta
from typing import Any

import pytest

from db.codes import CallDirection, CallSummary, Deed, OrderKind
from db.times import from_ms
from desk import card, intake, my_tickets
from desk.errors import NotAllowed
from desk.intake import CallNote
from desk.intake_rows import OrderForm, Registered
from tests.desk.unit_desk import order_row, sent, signed
from tests.world import World

NUMBER, OTHER = "13800000001", "13900000009"
CALL = CallNote(number=NUMBER)


def suspended(world: World, **order: Any) -> str:
    """Return the number of an order whose unit has waited two days for its citizen."""
    order_no = signed(world, **{"contact_phone": NUMBER, **order})
    for _ in range(3):
        world.clock.tick(minutes=90)
        my_tickets.log_contact_attempt(world.desk("1501" if order else "2102"), order_no)
    my_tickets.ask_suspension(world.desk("2102"), order_no, "等诉求人提供合同")
    my_tickets.grant_suspension(world.desk("1301"), order_no)
    world.clock.tick(days=2)
    return order_no


def _register(
    world: World, kind: OrderKind = OrderKind.HELP_REQUEST, call: CallNote | int | None = None
) -> Registered:
    form = OrderForm(kind=kind, content="路灯不亮", number=NUMBER, place="文峰路口")
    return intake.register(world.desk("1203"), form, call)


def _bodies(world: World) -> list[str]:
    return [
        row["body"] for row in world.rows("SELECT body FROM messages WHERE template = 'resumed' ORDER BY id")
    ]


@pytest.mark.parametrize("deed", ["supplement", "urge"])
def test_a_call_about_the_order_ends_it_within_its_one_event(world: World, deed: str) -> None:
    order_no = suspended(world)
    before, events = order_row(world, order_no), world.events(order_no)
    if deed == "supplement":
        intake.supplement(world.desk("1203"), order_no, "合同找到了", CALL)
    else:
        intake.urge(world.desk("1203"), order_no, CALL)
    after = order_row(world, order_no)
    assert world.events(order_no) == [*events, deed]
    assert after["suspended_at"] is None
    assert from_ms(after["unit_due_at"]) == from_ms(before["unit_due_at"]) + timedelta(days=2)
    assert after["citizen_due_at"] == before["citizen_due_at"]
    data = world.event_data(order_no)
    assert (data["resumed"], data["unit_due"]["due_at"]) == ("citizen_called", after["unit_due_at"])
    assert "诉求人来电，挂起自动结束" in "\n".join(card.card(world.desk("2102"), order_no).history)
    assert _bodies(world) == [
        f"工单 {order_no} 诉求人来电，挂起自动结束，恢复计时，单位时限 12-02 18:00，请联系诉求人继续办理"
    ]
    my_tickets.submit_reply(world.desk("2102"), order_no, "已办", "您好，已办结")


def test_an_order_that_is_not_suspended_gets_no_such_word(world: World) -> None:
    order_no = signed(world, contact_phone=NUMBER)
    limit = order_row(world, order_no)["unit_due_at"]
    intake.supplement(world.desk("1203"), order_no, "补充一句", CALL)
    assert _bodies(world) == []
    assert "resumed" not in world.event_data(order_no)
    assert order_row(world, order_no)["unit_due_at"] == limit


def test_a_new_matter_of_the_number_ends_it_with_an_event_of_its_own(world: World) -> None:
    order_no = suspended(world)
    events = world.events(order_no)
    born = _register(world, call=CALL)
    assert world.events(order_no) == [*events, "resume"]
    assert world.events(born.order_no) == ["register"]
    event = world.row("SELECT actor_uid FROM events WHERE kind = 'resume'")
    assert event["actor_uid"] == world.row("SELECT uid FROM staff WHERE staff_no = '1203'")["uid"]
    assert order_row(world, order_no)["suspended_at"] is None
    assert len(_bodies(world)) == 1
    _register(world, call=born.call_id)
    assert world.events(order_no) == [*events, "resume"]


def test_who_comes_in_person_is_back_too(world: World) -> None:
    order_no = suspended(world)
    _register(world)
    assert world.events(order_no)[-1] == "resume"


def test_a_call_about_another_order_of_his_ends_it_too(world: World) -> None:
    order_no = suspended(world)
    other = sent(world, contact_phone=OTHER)
    intake.urge(world.desk("1203"), other, CallNote(number=NUMBER))
    assert world.events(order_no)[-1] == "resume"
    assert world.events(other)[-1] == "urge"


def test_who_only_asks_how_it_stands_has_called(world: World) -> None:
    order_no = suspended(world)
    intake.file_call(world.desk("1203"), CallNote(number=OTHER, summary=CallSummary.PROGRESS), (order_no,))
    assert world.events(order_no)[-1] == "resume"


@pytest.mark.parametrize(
    "call",
    [
        CallNote(number=NUMBER, summary=CallSummary.NUISANCE),
        CallNote(number=NUMBER, summary=CallSummary.PROGRESS, direction=CallDirection.OUTBOUND),
        CallNote(number=OTHER, summary=CallSummary.PROGRESS),
        CallNote(summary=CallSummary.PROGRESS),
    ],
)
def test_no_other_call_ends_it(world: World, call: CallNote) -> None:
    order_no = suspended(world)
    intake.file_call(world.desk("1203"), call)
    assert world.events(order_no)[-1] == "grant_suspension"
    assert order_row(world, order_no)["suspended_at"] is not None


def test_the_operator_cannot_end_it_by_hand(world: World) -> None:
    order_no = suspended(world)
    with world.nothing_written(), pytest.raises(NotAllowed):
        my_tickets.resume(world.desk("1203"), order_no)


def test_the_hour_of_a_call_never_ties_a_secret_order_to_another(world: World) -> None:
    secret = suspended(world, is_confidential=True)
    _register(world, call=CALL)
    assert order_row(world, secret)["suspended_at"] is not None
    plain = suspended(world)
    _register(world, OrderKind.TIP_OFF, CALL)
    intake.supplement(world.desk("1203"), secret, "还有一句", CALL)
    assert order_row(world, secret)["suspended_at"] is None
    assert order_row(world, plain)["suspended_at"] is not None
    assert Deed.RESUME not in world.events(plain)
