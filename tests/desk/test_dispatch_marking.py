"""标记: set and taken, shown on lists and cards, an upper organ's deadline presses like the desk's own (P21)."""

from typing import Any

import pytest

from db.codes import OrderMark
from desk import card, dispatch, intake, my_tickets
from desk.errors import BadInput, NotAllowed, NotNow
from tests.desk import unit_desk
from tests.desk.dispatching import D, order_row
from tests.world import World


def test_set_and_taken_with_one_event_each(world: World) -> None:
    order_no = world.order().order_no
    row = dispatch.set_marks(world.desk(D), order_no, ["media", "leader"])
    assert (row.marks, row.listed_title) == ((OrderMark.LEADER, OrderMark.MEDIA), "批示 媒体 夜间施工噪音")
    row = dispatch.set_marks(world.desk(D), order_no, [])
    assert (row.marks, row.listed_title) == ((), "夜间施工噪音")
    assert world.events(order_no) == ["register", "set_marks", "set_marks"]
    assert world.event_data(order_no)["before"] == "leader,media"


def test_an_upper_deadline_sorts_the_order_and_stands_on_its_card(world: World) -> None:
    plain, marked = world.order().order_no, world.order().order_no
    row = dispatch.set_marks(
        world.desk(D),
        marked,
        ["upstream"],
        upstream_no="赣督〔2026〕1号",
        upstream_due="2026-11-23 10:00",
        upstream_demand="当日报结果",
    )
    assert row.press_at is not None
    assert [each.order_no for each in dispatch.queue(world.desk(D)).rows] == [marked, plain]
    lines = card.card(world.desk(D), marked).as_lines
    for line in ("标记 上级督办件", "外部编号 赣督〔2026〕1号", "上级要求 当日报结果"):
        assert line in lines
    assert any(line.startswith("上级时限 2026-11-23 10:00  ") for line in lines)
    assert dispatch.marks(world.desk(D), marked).upstream_due == "2026-11-23 10:00"


def test_a_unit_reads_the_marks_of_a_secret_order_and_not_the_demand(world: World) -> None:
    order_no = unit_desk.sent(world, is_confidential=True)
    dispatch.set_marks(world.desk(D), order_no, ["upstream"], upstream_demand="李先生三次来访，请三日内报")
    told = "".join(card.card(world.desk("2102"), order_no).as_lines)
    assert ("上级督办件" in told, "李先生" in told) == (True, False)
    assert "李先生三次来访" in "".join(card.card(world.desk(D), order_no).as_lines)


def test_a_later_upper_deadline_leaves_the_desks_own_first(world: World) -> None:
    order_no = world.order().order_no
    before = order_row(world, order_no)["press_at"]
    dispatch.set_marks(world.desk(D), order_no, ["upstream"], upstream_due="2027-01-04 18:00")
    assert order_row(world, order_no)["press_at"] == before


def test_an_answer_after_the_upper_deadline_is_late(world: World) -> None:
    order_no = unit_desk.passed(world)
    dispatch.set_marks(world.desk(D), order_no, ["upstream"], upstream_due="2026-11-23 10:00")
    world.clock.tick(hours=2)
    assert my_tickets.page(world.desk("2102"), "overdue").rows[0].order_no == order_no
    my_tickets.log_answer(world.desk("2102"), order_no, said="已停工")
    assert world.event_data(order_no)["late"] == ["upstream"]
    assert order_row(world, order_no)["breach_count"] == 1
    assert any("!上级时限超期" in line for line in card.card(world.desk(D), order_no).history)


@pytest.mark.parametrize(
    ("values", "match"),
    [
        ({"marks": ["star"]}, "没有这种标记"),
        ({"marks": []}, "没有改动"),
        ({"marks": [], "upstream_demand": "三日内报"}, "须先标记"),
        ({"marks": [], "upstream_due": "2026-12-01 18:00"}, "须先标记"),
        ({"marks": ["upstream"], "upstream_due": "下周三"}, "看不懂"),
        ({"marks": ["upstream"], "upstream_due": "2026-11-20 18:00"}, "已过"),
        ({"marks": ["upstream"], "upstream_no": "督" * 65}, "最多 64 字"),
        ({"marks": ["upstream"], "upstream_demand": "报" * 501}, "最多 500 字"),
    ],
)
def test_refused(world: World, values: dict[str, Any], match: str) -> None:
    order_no = world.order().order_no
    with world.nothing_written(), pytest.raises(BadInput, match=match):
        dispatch.set_marks(world.desk(D), order_no, **values)


def test_by_a_dispatcher_only_and_not_after_the_end(world: World) -> None:
    order_no = world.order().order_no
    with world.nothing_written(), pytest.raises(NotAllowed, match="派单员"):
        dispatch.set_marks(world.desk("1203"), order_no, ["media"])
    done = world.order().order_no
    intake.withdraw(world.desk("1203"), done, "算了")
    with world.nothing_written(), pytest.raises(NotNow):
        dispatch.set_marks(world.desk(D), done, ["media"])
