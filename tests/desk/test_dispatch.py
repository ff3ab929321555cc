"""派单: an order goes to the right unit with its clocks; of two dispatchers one wins; each deed one event."""

import threading
from datetime import UTC, datetime

import pytest

from db.codes import OrderKind, Status, Urgency
from db.queries import emergencies
from db.times import to_ms
from desk import dispatch
from desk.errors import BadInput, NotAllowed, NotNow, Refused
from tests.desk.dispatching import (
    D,
    due,
    fill_duty_list,
    order_row,
    part_of,
    section_id,
    sent,
    unit_id,
)
from tests.world import World


@pytest.fixture(autouse=True)
def _duty_list(world: World) -> None:
    fill_duty_list(world)


def test_sending_gives_the_unit_its_part_its_clock_and_leaves_one_event(world: World) -> None:
    order = world.order()
    world.clock.tick(minutes=5)
    row = dispatch.send(
        world.desk(D),
        order.order_no,
        unit_id(world, "CY-CGJ"),
        section_id(world, "ZF"),
        requirement="今晚到场",
        duty_item_id=1,
    )
    assert (row.status, row.steward, row.section) == (Status.TO_SIGN, "县城管局", "执法大队")
    assert world.events(order.order_no) == ["register", "send"]
    part, stored = part_of(world, order.order_no), order_row(world, order.order_no)
    assert (part["requirement"], part["due_at"]) == ("今晚到场", stored["unit_due_at"])
    assert "5 个工作日" in str(part["due_explanation"])
    assert due(world, order.order_no) == "11-30 18:00"
    assert stored["duty_item_id"] == 1
    data = world.event_data(order.order_no)
    assert (data["unit"], data["section"], data["duty_item"]) == ("CY-CGJ", "ZF", 118)
    assert data["unit_due"]["due_at"] == stored["unit_due_at"]


def test_praise_goes_out_without_a_limit(world: World) -> None:
    order_no = sent(world, kind=OrderKind.PRAISE)
    assert order_row(world, order_no)["unit_due_at"] is None
    assert part_of(world, order_no)["due_at"] is None


def test_an_urgent_order_has_a_day_by_the_wall_clock(world: World) -> None:
    assert due(world, sent(world, urgency=Urgency.URGENT)) == "11-24 09:00"


def test_helping_units_get_two_working_days_of_their_own(world: World) -> None:
    order = world.order()
    helper = unit_id(world, "CY-HSZ")
    dispatch.send(world.desk(D), order.order_no, unit_id(world, "CY-CGJ"), co_unit_ids=[helper])
    part = part_of(world, order.order_no, "co_handling")
    assert part["unit_id"] == helper
    assert part["due_at"] == to_ms(datetime(2026, 11, 25, 10, 0, tzinfo=UTC))


def test_of_two_dispatchers_exactly_one_wins_and_the_other_is_told_who(world: World) -> None:
    order = world.order()
    target, lines = unit_id(world, "CY-CGJ"), []
    start = threading.Barrier(2)

    def race(staff_no: str) -> None:
        desk = world.desk(staff_no)
        start.wait()
        try:
            dispatch.send(desk, order.order_no, target)
        except NotNow as error:
            lines.append((staff_no, error.message))

    threads = [threading.Thread(target=race, args=(staff_no,)) for staff_no in ("1301", "1302")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert world.events(order.order_no) == ["register", "send"]
    ((loser, line),) = lines
    winner = "派单乙（1302）" if loser == "1301" else "派单甲（1301）"
    assert f"{winner}11-23 09:00 已派单" in line


def test_a_kind_not_named_is_named_first(world: World) -> None:
    order = world.order(kind=OrderKind.UNDETERMINED)
    unit = unit_id(world, "CY-CGJ")
    with world.nothing_written(), pytest.raises(BadInput, match="先选定类型"):
        dispatch.send(world.desk(D), order.order_no, unit)
    row = dispatch.send(world.desk(D), order.order_no, unit, kind=OrderKind.INQUIRY)
    assert (row.status, row.kind) == (Status.TO_SIGN, OrderKind.INQUIRY)
    assert due(world, order.order_no) == due(world, order.order_no, "citizen_due_at") == "11-25 18:00"
    assert world.event_data(order.order_no)["kind"] == "inquiry"


def test_a_kind_that_is_named_is_not_renamed_in_passing(world: World) -> None:
    order = world.order()
    with world.nothing_written(), pytest.raises(BadInput, match="按 g 更正"):
        dispatch.send(world.desk(D), order.order_no, unit_id(world, "CY-CGJ"), kind=OrderKind.PRAISE)


def test_several_are_sent_each_to_its_first_proposal_and_what_is_unclear_stays(world: World) -> None:
    noise, wages = world.order(), world.order(title="拖欠工资", content="三个月没发")
    vague = world.order(title="您好", content="想问一下")
    tip = world.order(kind=OrderKind.TIP_OFF)
    orders = [noise, wages, vague, tip]
    batch = dispatch.send_to_first(world.desk(D), [order.order_no for order in orders])
    assert [row.steward for row in batch.sent] == ["县城管局", "县人社局"]
    assert [order_no for order_no, _ in batch.left] == [vague.order_no, tip.order_no]
    assert batch.words.startswith("已派 2 件，2 件未派（")
    opened = world.order(kind=OrderKind.UNDETERMINED)
    assert dispatch.send_to_first(world.desk(D), [opened.order_no]).left[0][1].startswith("诉求类型还是待定")
    named = dispatch.send_to_first(world.desk(D), [opened.order_no], kind=OrderKind.COMPLAINT)
    assert named.sent[0].kind is OrderKind.COMPLAINT
    assert [world.events(order.order_no)[-1] for order in orders] == ["send", "send", "register", "register"]


def test_a_running_emergency_is_called_out_and_not_dispatched(world: World) -> None:
    order = world.order(urgency=Urgency.CRITICAL)
    with world.database.write() as writer:
        emergencies.open_emergency(writer, order.id, "燃气泄漏", to_ms(order.at), to_ms(order.at) + 1_800_000)
    with world.nothing_written(), pytest.raises(Refused, match="在 F5 派出"):
        dispatch.send(world.desk(D), order.order_no, unit_id(world, "CY-CGJ"))


def test_an_unknown_unit_and_a_foreign_section_are_refused(world: World) -> None:
    order = world.order()
    with world.nothing_written():
        with pytest.raises(BadInput, match="没有这个单位"):
            dispatch.send(world.desk(D), order.order_no, 9_999)
        with pytest.raises(BadInput, match="没有这个科室"):
            dispatch.send(world.desk(D), order.order_no, unit_id(world, "CY-CGJ"), section_id(world, "LD"))
        with pytest.raises(BadInput, match="职责清单"):
            dispatch.send(world.desk(D), order.order_no, unit_id(world, "CY-CGJ"), duty_item_id=999)


def test_a_unit_account_may_not_dispatch(world: World) -> None:
    order = world.order()
    with world.nothing_written(), pytest.raises(NotAllowed):
        dispatch.send(world.desk("2101"), order.order_no, unit_id(world, "CY-CGJ"))
