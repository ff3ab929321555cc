"""One deed: one transaction, one event, and nothing at all when it is refused."""

import pytest

from db.codes import Deed, Status
from desk.deed import deed_on
from desk.errors import NotAllowed, NotNow, Refused
from tests.world import World


def test_a_new_order_has_number_clocks_event_and_index_entry(world: World) -> None:
    born = world.order()
    row = world.row("SELECT * FROM work_orders WHERE id = :id", id=born.id)
    assert born.order_no == "CY01-20261123-0001"
    assert born.query_code == "1123-0001"
    assert row["status"] == Status.TO_DISPATCH
    assert row["press_at"] == row["stage_due_at"] < row["citizen_due_at"]
    assert world.events(born.order_no) == ["register"]
    found = world.rows("SELECT rowid FROM order_search WHERE order_search MATCH '\"噪音\"'")
    assert [each["rowid"] for each in found] == [born.id]


def test_a_deed_leaves_exactly_one_event(world: World) -> None:
    order = world.order()
    with deed_on(world.desk("1301"), Deed.ASK_COMPLETION, order.order_no) as deed:
        deed.quote(missing="缺楼栋号")
    assert world.status(order.order_no) == Status.TO_COMPLETE
    assert world.events(order.order_no) == ["register", "ask_completion"]


def test_a_deed_without_the_right_is_refused_and_writes_nothing(world: World) -> None:
    order = world.order()
    with world.nothing_written(), pytest.raises(NotAllowed, match="派单员"):
        with deed_on(world.desk("1601"), Deed.ASK_COMPLETION, order.order_no):
            pass


def test_a_deed_that_comes_too_late_names_who_was_faster(world: World) -> None:
    order = world.order()
    with deed_on(world.desk("1302"), Deed.ASK_COMPLETION, order.order_no):
        pass
    with world.nothing_written(), pytest.raises(NotNow, match="派单乙（1302）11-23 09:00 已退回补充"):
        with deed_on(world.desk("1301"), Deed.ASK_COMPLETION, order.order_no):
            pass


def test_an_exception_inside_a_deed_writes_nothing(world: World) -> None:
    order = world.order()
    with world.nothing_written(), pytest.raises(RuntimeError):
        with deed_on(world.desk("1301"), Deed.ASK_COMPLETION, order.order_no) as deed:
            deed.set(title="改了")
            raise RuntimeError


def test_an_unknown_number_is_refused(world: World) -> None:
    with pytest.raises(Refused, match="没有编号"):
        with deed_on(world.desk("1301"), Deed.ASK_COMPLETION, "CY01-20261123-9999"):
            pass


def test_late_stages_are_counted_and_kept(world: World) -> None:
    order = world.order()
    world.clock.tick(hours=5)
    with deed_on(world.desk("1301"), Deed.ASK_COMPLETION, order.order_no):
        pass
    assert world.event_data(order.order_no)["late"] == ["stage"]


def test_a_clock_set_back_never_orders_events_backwards(world: World) -> None:
    order = world.order()
    world.clock.tick(hours=-2)
    with deed_on(world.desk("1301"), Deed.ASK_COMPLETION, order.order_no):
        pass
    times = [row["at"] for row in world.rows("SELECT at FROM events ORDER BY seq")]
    assert times == sorted(times)
