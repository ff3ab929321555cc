"""派出 接令 出动 到场 险情已控制 续报: each works, refuses, leaves one event, and nothing when refused."""

import pytest

from db.codes import Deed, Status
from db.times import to_ms
from desk import dispatch, emergency, my_tickets
from desk.deed import deed_on
from desk.errors import BadInput, NotAllowed, NotNow, Refused
from desk.rules.emergency import STEPS
from tests.desk.emergencies import an_emergency, brought_to, stamps, unit_key
from tests.world import START, World


def test_a_call_out_makes_the_unit_steward_keeps_the_call_and_leaves_one_event(world: World) -> None:
    born = an_emergency(world)
    world.clock.tick(minutes=3)
    row = emergency.call_out(
        world.desk("1401"),
        born.order_no,
        unit_key(world),
        person="队长甲",
        note="带检测仪",
        number="13900000000",
    )
    assert row.status is Status.TO_SIGN
    assert row.steward == "县城管局"
    assert world.events(born.order_no) == ["register_emergency", "call_out"]
    call = world.row("SELECT * FROM calls")
    assert (call["direction"], call["summary"], call["number"]) == ("outbound", "call_out", "13900000000")
    part = world.row("SELECT * FROM assignments WHERE order_id = :id", id=born.id)
    assert (part["part"], part["requirement"], part["ended_at"]) == ("steward", "带检测仪", None)
    assert stamps(world, born.id)["called_out_at"] == to_ms(world.clock.now)


def test_the_units_clock_is_the_emergencys_own_from_acceptance(world: World) -> None:
    born = an_emergency(world)
    world.clock.tick(minutes=12)
    emergency.call_out(world.desk("1401"), born.order_no, unit_key(world))
    row = world.row("SELECT * FROM work_orders WHERE id = :id", id=born.id)
    assert row["unit_due_at"] == row["stage_due_at"] == row["press_at"] == to_ms(START) + 30 * 60_000
    due = world.event_data(born.order_no)["unit_due"]
    assert due["explanation"] == "特急 30 分钟（含节假日，到险情已控制止）：11-23 09:00 … 09:30"


def test_a_call_out_of_a_unit_that_cannot_go_is_refused(world: World) -> None:
    born = an_emergency(world)
    desk = world.desk("1401")
    section = world.row("SELECT id FROM sections WHERE code = 'LD'")["id"]
    for unit_id, section_id, why in (
        (9999, None, "没有这个单位"),
        (unit_key(world, "CY-12345"), None, "热线中心"),
        (unit_key(world), section, "没有这个科室"),
    ):
        with world.nothing_written(), pytest.raises(BadInput, match=why):
            emergency.call_out(desk, born.order_no, unit_id, section_id)
    with world.nothing_written(), pytest.raises(BadInput, match="电话"):
        emergency.call_out(desk, born.order_no, unit_key(world), number="喂")


def test_the_accused_unit_is_never_called_out(world: World) -> None:
    born = an_emergency(world, accused_unit_id=unit_key(world))
    with world.nothing_written(), pytest.raises(BadInput, match="被举报单位"):
        emergency.call_out(world.desk("1401"), born.order_no, unit_key(world))


def test_an_ordinary_order_cannot_be_called_out(world: World) -> None:
    born = world.order()
    with world.nothing_written(), pytest.raises(Refused, match="不是应急工单"):
        emergency.call_out(world.desk("1401"), born.order_no, unit_key(world))


def test_an_operator_cannot_call_out(world: World) -> None:
    born = an_emergency(world)
    with world.nothing_written(), pytest.raises(NotAllowed, match="应急值班员"):
        emergency.call_out(world.desk("1203"), born.order_no, unit_key(world))


def test_acknowledging_signs_for_the_unit(world: World) -> None:
    born = an_emergency(world)
    brought_to(world, born.order_no, Deed.ACKNOWLEDGE)
    row = world.row("SELECT * FROM work_orders WHERE id = :id", id=born.id)
    assert (row["status"], row["stage_due_at"]) == ("in_progress", None)
    assert row["signed_at"] == stamps(world, born.id)["acknowledged_at"] == to_ms(world.clock.now)
    part = world.row("SELECT * FROM assignments WHERE order_id = :id", id=born.id)
    assert part["signed_at"] == to_ms(world.clock.now)
    assert world.events(born.order_no)[-1] == "acknowledge"


def test_the_units_own_handler_who_acknowledges_becomes_the_handler(world: World) -> None:
    born = an_emergency(world)
    brought_to(world, born.order_no, Deed.CALL_OUT)
    row = emergency.acknowledge(world.desk("2102"), born.order_no)
    assert row.handler == "经办甲"


def test_another_units_handler_cannot_acknowledge(world: World) -> None:
    born = an_emergency(world)
    brought_to(world, born.order_no, Deed.CALL_OUT)
    with world.nothing_written(), pytest.raises(NotAllowed):
        emergency.acknowledge(world.desk("2201"), born.order_no)


def test_every_step_is_stamped_in_order_with_one_event_each(world: World) -> None:
    born = an_emergency(world)
    brought_to(world, born.order_no, Deed.FINISH, minutes=2)
    row = stamps(world, born.id)
    columns = ("called_out_at", "acknowledged_at", "departed_at", "arrived_at", "contained_at", "finished_at")
    assert [(row[column] - to_ms(START)) / 60_000 for column in columns] == [2, 4, 6, 8, 10, 12]  # type: ignore[operator]
    assert world.events(born.order_no) == ["register_emergency", *map(str, STEPS)]


def test_a_step_out_of_turn_is_refused(world: World) -> None:
    born = an_emergency(world)
    brought_to(world, born.order_no, Deed.ACKNOWLEDGE)
    desk = world.desk("1401")
    with world.nothing_written(), pytest.raises(NotNow, match="还没有登记“出动”"):
        emergency.arrive(desk, born.order_no)
    emergency.depart(desk, born.order_no)
    with world.nothing_written(), pytest.raises(NotNow, match="已登记过“出动”"):
        emergency.depart(desk, born.order_no)
    with world.nothing_written(), pytest.raises(NotNow, match="险情已控制"):
        emergency.finish(desk, born.order_no, "好了", "好了")


def test_control_from_afar_needs_a_reason(world: World) -> None:
    born = an_emergency(world)
    brought_to(world, born.order_no, Deed.ACKNOWLEDGE)
    desk = world.desk("1401")
    with world.nothing_written(), pytest.raises(NotNow, match="远程"):
        emergency.contain(desk, born.order_no, "调度员甲")
    emergency.contain(desk, born.order_no, "调度员甲", remote_reason="调压站已远程关阀")
    assert stamps(world, born.id)["contained_said_by"] == "调度员甲"
    emergency.finish(desk, born.order_no, "已检修", "燃气已恢复")
    assert world.status(born.order_no) == Status.TO_ANSWER


def test_control_needs_somebody_who_says_so(world: World) -> None:
    born = an_emergency(world)
    brought_to(world, born.order_no, Deed.ARRIVE)
    with world.nothing_written(), pytest.raises(BadInput, match="谁确认"):
        emergency.contain(world.desk("1401"), born.order_no, "  ")


def test_the_thirty_minutes_stop_at_control_and_the_rest_is_due_as_urgent(world: World) -> None:
    born = an_emergency(world)
    brought_to(world, born.order_no, Deed.CONTAIN, minutes=5)
    row = world.row("SELECT * FROM work_orders WHERE id = :id", id=born.id)
    assert row["citizen_due_at"] == row["unit_due_at"] == row["press_at"] == to_ms(START) + 24 * 3_600_000
    assert row["breach_count"] == 0
    assert "late" not in world.event_data(born.order_no)
    assert world.event_data(born.order_no)["run_ms"] == 25 * 60_000


def test_control_after_thirty_minutes_stays_marked(world: World) -> None:
    born = an_emergency(world)
    brought_to(world, born.order_no, Deed.CONTAIN, minutes=7)
    assert world.event_data(born.order_no)["late"] == ["citizen"]
    assert world.row("SELECT breach_count AS n FROM work_orders WHERE id = :id", id=born.id)["n"] == 1
    (row,) = emergency.running(world.desk("1401"))
    assert row.is_over
    emergency.finish(world.desk("1401"), born.order_no, "好了", "好了")
    (row,) = emergency.running(world.desk("1401"))
    assert row.is_over


def test_exactly_thirty_minutes_is_in_time(world: World) -> None:
    born = an_emergency(world)
    brought_to(world, born.order_no, Deed.CONTAIN, minutes=6)
    assert "late" not in world.event_data(born.order_no)


def test_a_report_is_kept_and_the_next_is_owed_thirty_minutes_later(world: World) -> None:
    born = an_emergency(world)
    desk = world.desk("1401")
    world.clock.tick(minutes=31)
    (row,) = emergency.running(desk)
    assert row.report_due_at == row.due_at
    emergency.report_on(desk, born.order_no, "已疏散 40 人，仍在抢修")
    (row,) = emergency.running(desk)
    assert row.report_due_at is not None
    assert to_ms(row.report_due_at) == to_ms(world.clock.now) + 30 * 60_000
    assert world.events(born.order_no)[-1] == "report_on"
    body = world.row("SELECT body FROM event_texts WHERE field = 'report'")["body"]
    assert body == "已疏散 40 人，仍在抢修"


def test_a_report_needs_words_and_a_danger(world: World) -> None:
    born = an_emergency(world)
    desk = world.desk("1401")
    with world.nothing_written(), pytest.raises(BadInput, match="续报内容"):
        emergency.report_on(desk, born.order_no, "\n")
    brought_to(world, born.order_no, Deed.CONTAIN)
    with world.nothing_written(), pytest.raises(NotNow, match="不用再续报"):
        emergency.report_on(desk, born.order_no, "好了")


def test_a_recalled_emergency_is_called_out_anew(world: World) -> None:
    born = an_emergency(world)
    brought_to(world, born.order_no, Deed.CALL_OUT)
    with deed_on(world.desk("1301"), Deed.RECALL, born.order_no):
        pass
    (row,) = emergency.running(world.desk("1401"))
    assert row.next_step is Deed.CALL_OUT
    world.clock.tick(minutes=1)
    emergency.call_out(world.desk("1401"), born.order_no, unit_key(world, "CY-HSZ"))
    assert stamps(world, born.id)["called_out_at"] == to_ms(world.clock.now)


def test_a_draft_does_not_end_the_thirty_minutes(world: World) -> None:
    order = an_emergency(world)
    brought_to(world, order.order_no, Deed.ACKNOWLEDGE)
    with world.nothing_written(), pytest.raises(NotNow, match="险情尚未控制"):
        my_tickets.submit_reply(world.desk("2102"), order.order_no, "已到场", "正在处置")


def test_a_helping_unit_that_is_called_out_helps_no_more(world: World) -> None:
    order_no = an_emergency(world).order_no
    emergency.call_out(world.desk("1401"), order_no, unit_key(world, "CY-CGJ"))
    dispatch.add_unit(world.desk("1301"), order_no, unit_key(world, "CY-RSJ"))
    world.clock.tick(minutes=3)
    emergency.call_out(world.desk("1401"), order_no, unit_key(world, "CY-RSJ"))
    running = world.rows("SELECT unit_id, part FROM assignments WHERE ended_at IS NULL")
    assert running == [{"unit_id": unit_key(world, "CY-RSJ"), "part": "steward"}]
