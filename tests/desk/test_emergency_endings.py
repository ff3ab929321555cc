"""处置完毕, 降级, 误报: how an emergency ends."""

import pytest

from db.codes import Deed, Status, Urgency
from db.times import to_ms
from desk import emergency
from desk.errors import BadInput, NotAllowed, NotNow
from tests.desk.emergencies import an_emergency, brought_to, stamps
from tests.world import World


def test_finishing_keeps_a_passed_reply_and_waits_for_the_answer(world: World) -> None:
    born = an_emergency(world)
    brought_to(world, born.order_no, Deed.CONTAIN)
    done = emergency.finish(world.desk("1401"), born.order_no, "更换阀门一只", "漏点已修复，可以回家")
    assert done.order.status is Status.TO_ANSWER
    assert done.remainder_no == ""
    reply = world.row("SELECT * FROM replies WHERE order_id = :id", id=born.id)
    assert (reply["internal_result"], reply["public_reply"]) == ("更换阀门一只", "漏点已修复，可以回家")
    assert (reply["verdict"], reply["checked_by"]) == ("granted", world.desk("1401").actor.id)
    assert world.events(born.order_no)[-1] == "finish"


def test_what_is_left_becomes_an_ordinary_order_linked_to_it(world: World) -> None:
    born = an_emergency(world)
    brought_to(world, born.order_no, Deed.CONTAIN)
    done = emergency.finish(world.desk("1401"), born.order_no, "关阀", "已安全", remainder="更换整栋立管")
    rest = world.row("SELECT * FROM work_orders WHERE order_no = :no", no=done.remainder_no)
    assert (rest["main_order_id"], rest["urgency"], rest["status"]) == (born.id, "normal", "to_dispatch")
    assert (rest["content"], rest["contact_phone"]) == ("更换整栋立管", "13800000000")
    assert rest["title"].endswith("（余下事项）")
    assert world.events(done.remainder_no) == ["register"]
    assert world.events(born.order_no)[-1] == "finish"
    assert world.event_data(born.order_no)["remainder_uid"] == rest["uid"]
    times = [row["at"] for row in world.rows("SELECT at FROM events ORDER BY seq")]
    assert times == sorted(times)


def test_a_handler_without_the_right_to_register_leaves_no_half_done_end(world: World) -> None:
    born = an_emergency(world)
    brought_to(world, born.order_no, Deed.CONTAIN)
    with world.nothing_written(), pytest.raises(NotAllowed, match="受理"):
        emergency.finish(world.desk("2102"), born.order_no, "关阀", "已安全", remainder="换立管")
    assert stamps(world, born.id)["finished_at"] is None
    assert (
        emergency.finish(world.desk("2102"), born.order_no, "关阀", "已安全").order.status is Status.TO_ANSWER
    )


def test_finishing_needs_both_texts(world: World) -> None:
    born = an_emergency(world)
    brought_to(world, born.order_no, Deed.CONTAIN)
    desk = world.desk("1401")
    with world.nothing_written(), pytest.raises(BadInput, match="处置结果"):
        emergency.finish(desk, born.order_no, "", "已安全")
    with world.nothing_written(), pytest.raises(BadInput, match="答复口径"):
        emergency.finish(desk, born.order_no, "关阀", " ")


def test_an_order_finished_once_cannot_be_finished_again(world: World) -> None:
    born = an_emergency(world)
    brought_to(world, born.order_no, Deed.FINISH)
    with world.nothing_written(), pytest.raises(NotNow):
        emergency.finish(world.desk("1401"), born.order_no, "又好了", "又好了")


def test_a_downgraded_one_goes_on_with_fresh_clocks(world: World) -> None:
    born = an_emergency(world)
    world.clock.tick(minutes=10)
    row = emergency.downgrade(world.desk("1002"), born.order_no, Urgency.URGENT, "只是异味，无泄漏")
    assert (row.urgency, row.status, row.sort_rank) == (Urgency.URGENT, Status.TO_DISPATCH, 2)
    assert row.press_at is not None
    assert to_ms(row.press_at) == to_ms(world.clock.now) + 30 * 60_000
    ended = stamps(world, born.id)
    assert (ended["ended_at"], ended["end_reason"]) == (to_ms(world.clock.now), "downgraded")
    assert world.events(born.order_no)[-1] == "downgrade"
    (shown,) = emergency.running(world.desk("1401"))
    assert (shown.standing, shown.is_running, shown.is_over) == ("已降级", False, False)


def test_downgrading_at_the_unit_tells_the_steward_the_new_limit(world: World) -> None:
    born = an_emergency(world)
    brought_to(world, born.order_no, Deed.ACKNOWLEDGE)
    emergency.downgrade(world.desk("1002"), born.order_no, Urgency.NORMAL, "并无危险")
    row = world.row("SELECT * FROM work_orders WHERE id = :id", id=born.id)
    part = world.row("SELECT * FROM assignments WHERE order_id = :id", id=born.id)
    assert (row["status"], row["urgency"], row["stage_due_at"]) == ("in_progress", "normal", None)
    assert row["unit_due_at"] == part["due_at"] == row["citizen_due_at"] > to_ms(world.clock.now) + 86_400_000
    assert "5 个工作日" in part["due_explanation"]


def test_downgrading_is_the_supervisors_and_needs_a_reason(world: World) -> None:
    born = an_emergency(world)
    with world.nothing_written(), pytest.raises(NotAllowed, match="班长"):
        emergency.downgrade(world.desk("1401"), born.order_no, Urgency.URGENT, "不急")
    with world.nothing_written(), pytest.raises(BadInput, match="降级理由"):
        emergency.downgrade(world.desk("1002"), born.order_no, Urgency.URGENT, "")
    with world.nothing_written(), pytest.raises(BadInput, match="紧急或一般"):
        emergency.downgrade(world.desk("1002"), born.order_no, Urgency.CRITICAL, "不急")


def test_a_controlled_danger_was_one(world: World) -> None:
    born = an_emergency(world)
    brought_to(world, born.order_no, Deed.CONTAIN)
    supervisor = world.desk("1002")
    with world.nothing_written(), pytest.raises(NotNow, match="已控制"):
        emergency.downgrade(supervisor, born.order_no, Urgency.URGENT, "不急")
    with world.nothing_written(), pytest.raises(NotNow, match="已控制"):
        emergency.false_alarm(supervisor, born.order_no, "没事")


def test_a_false_alarm_closes_the_order_and_turns_the_unit_back(world: World) -> None:
    born = an_emergency(world)
    brought_to(world, born.order_no, Deed.DEPART)
    row = emergency.false_alarm(world.desk("1002"), born.order_no, "邻居烧菜糊锅")
    assert row.status is Status.CLOSED
    order = world.row("SELECT * FROM work_orders WHERE id = :id", id=born.id)
    assert (order["outcome"], order["is_open"], order["closed_at"]) == (
        "false_alarm",
        0,
        to_ms(world.clock.now),
    )
    assert world.row("SELECT ended_at FROM assignments WHERE order_id = :id", id=born.id)["ended_at"]
    assert world.events(born.order_no)[-1] == "false_alarm"
    assert emergency.alarms(world.desk("1401")).clocks == ()


def test_a_false_alarm_is_the_supervisors_and_needs_a_reason(world: World) -> None:
    born = an_emergency(world)
    with world.nothing_written(), pytest.raises(NotAllowed, match="班长"):
        emergency.false_alarm(world.desk("1401"), born.order_no, "没事")
    with world.nothing_written(), pytest.raises(BadInput, match="误报理由"):
        emergency.false_alarm(world.desk("1002"), born.order_no, "")


def test_nothing_can_be_stamped_after_the_end(world: World) -> None:
    born = an_emergency(world)
    brought_to(world, born.order_no, Deed.ACKNOWLEDGE)
    emergency.downgrade(world.desk("1002"), born.order_no, Urgency.URGENT, "不急")
    with world.nothing_written(), pytest.raises(NotNow, match="已经结束"):
        emergency.depart(world.desk("1401"), born.order_no)
