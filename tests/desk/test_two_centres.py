"""Two-stage dispatch: a city hands an order down, a county's centre hands back up what is not its own (practice P6)."""

import pytest

from db.codes import Deed, Status
from desk import assessment, dispatch
from desk.errors import BadInput, NotAllowed, NotNow
from tests.desk.dispatching import due, fill_duty_list, order_row, part_of, sent, unit_id
from tests.desk.many_lives import table
from tests.desk.naive_scores import scores
from tests.desk.sessions import DISPATCHER, handed_down, lower_centre, ruled, ruling
from tests.world import World

LOWER = "5301"


def test_the_lower_centre_has_it_in_its_own_queue_and_sends_it_on(world: World) -> None:
    order_no = handed_down(world)
    assert [row.order_no for row in dispatch.queue(world.desk(LOWER)).rows] == [order_no]
    assert dispatch.queue(world.desk(DISPATCHER)).rows == ()
    row = dispatch.send(world.desk(LOWER), order_no, unit_id(world, "YQ-CGJ"))
    assert (row.status, row.steward) == (Status.TO_SIGN, "园区城管分局")
    assert due(world, order_no) == "11-27 18:00"


def test_what_is_not_its_own_goes_back_up_with_a_reason(world: World) -> None:
    order_no = handed_down(world)
    citizen = order_row(world, order_no)["citizen_due_at"]
    world.clock.tick(hours=1)
    with world.nothing_written(), pytest.raises(BadInput, match="退回理由"):
        dispatch.hand_up(world.desk(LOWER), order_no, " ")
    dispatch.hand_up(world.desk(LOWER), order_no, "不在园区范围")
    stored = order_row(world, order_no)
    assert (stored["status"], stored["centre_id"]) == (Status.TO_DISPATCH, unit_id(world, "CY-12345"))
    assert (stored["citizen_due_at"], stored["dispatched_at"]) == (citizen, None)
    assert due(world, order_no, "stage_due_at") == "11-23 14:00"
    assert part_of(world, order_no, "centre")["end_reason"] == "returned"
    assert dispatch.queue(world.desk(LOWER)).rows == ()
    detail = dispatch.order_detail(world.desk(DISPATCHER), order_no)
    assert detail.sections[0].lines == ("退回上级（园区派单 11-23 10:00）：不在园区范围",)
    told = world.row("SELECT to_unit_id, body FROM messages ORDER BY id DESC")
    assert told["to_unit_id"] == unit_id(world, "CY-12345")
    assert told["body"].endswith("园区中心退回，请另行派单")
    dispatch.send(world.desk(DISPATCHER), order_no, unit_id(world, "CY-CGJ"))
    assert due(world, order_no) == "11-30 18:00"


def test_a_centre_that_gave_it_back_is_not_proposed_again(world: World) -> None:
    fill_duty_list(world)
    order_no = handed_down(world)
    dispatch.hand_up(world.desk(LOWER), order_no, "不在园区范围")
    found = dispatch.proposals(world.desk(DISPATCHER), order_no)
    assert [row.unit for row in found.rows if row.is_centre] == []


def test_a_verdict_for_a_lower_centre_is_carried_out_once(world: World) -> None:
    lower_centre(world)
    order_no = ruled(world, ruling(steward="园区中心"))
    world.clock.tick(minutes=1)
    dispatch.carry_out(world.desk(DISPATCHER), order_no)
    assert [row.order_no for row in dispatch.queue(world.desk(LOWER)).rows] == [order_no]
    assert dispatch.order_detail(world.desk(LOWER), order_no).ruling == ""
    dispatch.hand_up(world.desk(LOWER), order_no, "不在园区范围")
    assert dispatch.order_detail(world.desk(DISPATCHER), order_no).ruling == ""


def test_only_what_came_from_above_goes_back_up(world: World) -> None:
    lower_centre(world)
    order_no = world.order().order_no
    with world.nothing_written(), pytest.raises(NotNow, match="不是上级中心转来的"):
        dispatch.hand_up(world.desk(DISPATCHER), order_no, "不归我们")
    at_a_unit = sent(world)
    with world.nothing_written(), pytest.raises(NotNow, match="现为“待签收”"):
        dispatch.hand_up(world.desk(DISPATCHER), at_a_unit, "不归我们")
    assert "不是上级中心转来的" in dispatch.why_not(world.desk(DISPATCHER), order_no, Deed.HAND_UP)


def test_it_may_be_handed_down_again(world: World) -> None:
    order_no = handed_down(world)
    dispatch.hand_up(world.desk(LOWER), order_no, "不在园区范围")
    world.clock.tick(minutes=5)
    dispatch.send(world.desk(DISPATCHER), order_no, unit_id(world, "CY-YQ"))
    assert [row.order_no for row in dispatch.queue(world.desk(LOWER)).rows] == [order_no]
    assert world.events(order_no) == ["register", "send_to_centre", "hand_up", "send_to_centre"]


def test_a_county_sees_its_own_units_in_the_assessment_and_the_city_all_of_them(world: World) -> None:
    order_no = handed_down(world)
    world.clock.tick(hours=1)
    dispatch.send(world.desk(LOWER), order_no, unit_id(world, "YQ-CGJ"))
    again = world.order().order_no
    dispatch.send(world.desk(DISPATCHER), again, unit_id(world, "CY-YQ"))
    dispatch.hand_up(world.desk(LOWER), again, "不在园区范围")
    dispatch.send(world.desk(DISPATCHER), again, unit_id(world, "CY-CGJ"))
    names = {"county": LOWER, "city": "1002"}
    seen = {
        who: [line.name for line in assessment.table(world.desk(staff_no)).lines]
        for who, staff_no in names.items()
    }
    assert seen["county"] == ["园区中心", "园区城管分局"]
    assert seen["city"] == ["崇义", "园区中心", "全部单位", "县城管局", "园区城管分局"]
    city = next(line for line in assessment.table(world.desk("1002")).lines if line.name == "崇义")
    assert (city.numbers["sent_in_time"], city.numbers["first_sent"]) == (3, 1)
    with pytest.raises(NotAllowed, match="权限范围"):
        assessment.orders(world.desk(LOWER), "", unit_id(world, "CY-CGJ"), "received")
    assert assessment.verify(world.desk("1002")).differing == ()
    assert table(world, "2026-11") == scores(world.path, "2026-11")
