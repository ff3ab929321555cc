"""What a caller may do to an old order, and what the centre may do before it is sent."""

import pytest

from db.codes import Deed, OrderKind, Outcome, Status, Urgency
from db.queries import assignments
from db.times import to_ms
from desk import intake
from desk.deed import deed_on
from desk.errors import BadInput, NotAllowed, NotNow
from desk.intake import CallNote
from tests.world import World

CALL = CallNote(number="13800000000", line="12345")


def sent(world: World, order_no: str, order_id: int) -> None:
    """Put an order into the hands of 县城管局, as the dispatch flow does."""
    unit = world.row("SELECT id FROM units WHERE code = 'CY-CGJ'")["id"]
    with deed_on(world.desk("1301"), Deed.SEND, order_no) as deed:
        deed.set(steward_id=unit)
        assignments.add(
            deed.writer,
            order_id=order_id,
            part="steward",
            unit_id=unit,
            round=1,
            sent_at=deed.at_ms,
            sent_by=1,
        )


def test_a_supplement_is_appended_found_and_told_to_the_unit(world: World) -> None:
    order = world.order()
    sent(world, order.order_no, order.id)
    row = intake.supplement(world.desk("1204"), order.order_no, "工地叫铂悦府", CALL)
    stored = world.row("SELECT content, urge_count FROM work_orders")
    assert stored["content"].endswith("【补充 11-23 09:00】工地叫铂悦府")
    assert row.status is Status.TO_SIGN
    assert world.rows("SELECT rowid FROM order_search WHERE order_search MATCH '\"铂悦\"'") == [
        {"rowid": order.id}
    ]
    message = world.row("SELECT template, body FROM messages WHERE to_unit_id IS NOT NULL ORDER BY id DESC")
    assert message["template"] == "supplement"
    assert "铂悦府" not in message["body"]
    assert world.row("SELECT summary FROM calls")["summary"] == "supplement"


def test_an_order_that_is_over_takes_no_supplement(world: World) -> None:
    order = world.order()
    desk = world.desk("1203")
    intake.withdraw(desk, order.order_no, "不追究了")
    with world.nothing_written(), pytest.raises(NotNow):
        intake.supplement(desk, order.order_no, "还有一句")


@pytest.mark.parametrize("deed", ["urge", "withdraw", "supplement"])
def test_an_order_that_is_over_says_what_to_do_for_its_caller(world: World, deed: str) -> None:
    desk = world.desk("1203")
    order = world.order()
    intake.withdraw(desk, order.order_no, "解决了")
    words = () if deed == "urge" else ("还有一件事",)
    with world.nothing_written(), pytest.raises(NotNow, match="有新情况请按 \\^S 新登记"):
        getattr(intake, deed)(desk, order.order_no, *words)


def test_empty_words_are_refused(world: World) -> None:
    order = world.order()
    desk = world.desk("1203")
    with world.nothing_written(), pytest.raises(BadInput):
        intake.supplement(desk, order.order_no, " ")
    with world.nothing_written(), pytest.raises(BadInput):
        intake.withdraw(desk, order.order_no, "")


def test_urging_is_counted(world: World) -> None:
    order = world.order()
    desk = world.desk("1203")
    for count in (1, 2, 3):
        assert intake.urge(desk, order.order_no, CALL).urge_count == count
    assert world.events(order.order_no) == ["register", "urge", "urge", "urge"]
    assert world.event_data(order.order_no)["urge_count"] == 3
    assert world.row("SELECT count(*) AS n FROM call_orders")["n"] == 3


def test_a_caller_may_withdraw(world: World) -> None:
    order = world.order()
    sent(world, order.order_no, order.id)
    row = intake.withdraw(world.desk("1203"), order.order_no, "已经协商好了，不投诉了", CALL)
    assert row.status is Status.WITHDRAWN
    stored = world.row("SELECT outcome, is_open, closed_at FROM work_orders")
    assert (stored["outcome"], stored["is_open"]) == (Outcome.WITHDRAWN, 0)
    assert stored["closed_at"] == to_ms(world.clock.now)
    assert world.row("SELECT end_reason FROM assignments")["end_reason"] == "done"
    assert world.row("SELECT body FROM event_texts")["body"] == "已经协商好了，不投诉了"


def test_an_emergency_cannot_be_withdrawn(world: World) -> None:
    order = world.order(urgency=Urgency.CRITICAL)
    desk = world.desk("1203")
    with world.nothing_written(), pytest.raises(NotNow, match="应急"):
        intake.withdraw(desk, order.order_no, "算了")


def test_an_order_of_the_pool_cannot_be_withdrawn(world: World) -> None:
    order = world.order(pool_grade="D")
    desk = world.desk("1203")
    with world.nothing_written(), pytest.raises(NotNow, match="监测池"):
        intake.withdraw(desk, order.order_no, "算了")


def test_a_tip_off_goes_on_when_its_author_withdraws(world: World) -> None:
    order = world.order(kind=OrderKind.TIP_OFF)
    row = intake.withdraw(world.desk("1203"), order.order_no, "我怕，不举报了", CALL)
    assert row.status is Status.TO_DISPATCH
    assert world.events(order.order_no) == ["register", "supplement"]
    assert world.event_data(order.order_no)["wish"] == "withdraw"
    assert world.row("SELECT summary FROM calls")["summary"] == "withdraw"


def test_what_was_missing_is_completed(world: World) -> None:
    order = world.order()
    with deed_on(world.desk("1301"), Deed.ASK_COMPLETION, order.order_no) as deed:
        deed.quote(missing="缺楼栋号")
    row = intake.complete(world.desk("1203"), order.order_no, "3栋2单元", CALL, place="铂悦府3栋")
    assert (row.status, row.place) == (Status.TO_DISPATCH, "铂悦府3栋")
    with world.nothing_written(), pytest.raises(NotNow):
        intake.complete(world.desk("1203"), order.order_no, "再补")


def test_only_the_supervisor_voids_a_record(world: World) -> None:
    order = world.order()
    agent = world.desk("1203")
    with world.nothing_written(), pytest.raises(NotAllowed, match="班长"):
        intake.void(agent, order.order_no, "重复登记")
    assert intake.void(world.desk("1002"), order.order_no, "重复登记").status is Status.VOID


def test_a_registered_order_may_be_declined(world: World) -> None:
    order = world.order()
    assert intake.decline_order(world.desk("1203"), order.order_no, "petition").status is Status.DECLINED
    assert world.event_data(order.order_no)["reason"] == "petition"
