"""更正 keeps the old value, moves the due times, and takes the 班长 where it would lengthen them (practice P3)."""

from typing import Any

import pytest

from db.codes import OrderKind, Urgency
from db.times import from_ms
from desk import dispatch
from desk.errors import BadInput, NotAllowed, Refused
from desk.rules.calendar import local
from tests.desk.dispatching import sign, unit_id
from tests.world import World


def due(world: World, column: str) -> str:
    moment = world.row(f"SELECT {column} AS d FROM work_orders")["d"]
    return f"{local(from_ms(moment)):%m-%d %H:%M}"


def test_the_old_title_place_and_category_stay_in_the_event(world: World) -> None:
    order = world.order()
    row = dispatch.correct(
        world.desk("1301"),
        order.order_no,
        title="打桩扰民",
        area_code="360725100001",
        category_code="010101",
    )
    assert (row.title, row.area) == ("打桩扰民", "老城社区")
    data = world.event_data(order.order_no)
    assert data["before"] == {"area_code": "360725100000", "category_code": None}
    texts = {row["field"]: row["body"] for row in world.rows("SELECT field, body FROM event_texts")}
    assert (texts["title_before"], texts["title_after"]) == ("夜间施工噪音", "打桩扰民")
    found = world.rows("SELECT rowid FROM order_search WHERE order_search MATCH '\"打桩 桩扰 扰民\"'")
    assert [each["rowid"] for each in found] == [order.id]


def test_a_shorter_type_needs_a_reason_and_moves_both_due_times(world: World) -> None:
    order = world.order(kind=OrderKind.SUGGESTION)
    desk = world.desk("1301")
    with world.nothing_written(), pytest.raises(BadInput, match="更正理由"):
        dispatch.correct(desk, order.order_no, kind=OrderKind.INQUIRY)
    dispatch.correct(desk, order.order_no, kind=OrderKind.INQUIRY, reason="是咨询")
    assert due(world, "citizen_due_at") == "11-25 18:00"
    dispatch.send(desk, order.order_no, unit_id(world, "CY-CGJ"))
    assert due(world, "unit_due_at") == "11-25 18:00"


def test_a_longer_limit_takes_the_supervisor(world: World) -> None:
    order = world.order(kind=OrderKind.INQUIRY)
    change: dict[str, Any] = {"kind": OrderKind.SUGGESTION, "reason": "是建议"}
    with world.nothing_written(), pytest.raises(NotAllowed, match="请班长更正"):
        dispatch.correct(world.desk("1301"), order.order_no, **change)
    dispatch.correct(world.desk("1002"), order.order_no, **change)
    assert world.event_data(order.order_no)["before"] == {"kind": "inquiry"}


def test_naming_a_kind_that_was_open_is_no_lengthening(world: World) -> None:
    order = world.order(kind=OrderKind.UNDETERMINED)
    dispatch.correct(world.desk("1301"), order.order_no, kind=OrderKind.TIP_OFF, reason="举报")
    assert world.row("SELECT kind FROM work_orders")["kind"] == "tip_off"
    with world.nothing_written(), pytest.raises(BadInput, match="不能再改回"):
        dispatch.correct(world.desk("1002"), order.order_no, kind=OrderKind.UNDETERMINED, reason="x")


def test_a_raised_urgency_runs_from_now_and_never_gives_more_time(world: World) -> None:
    order = world.order()
    dispatch.send(world.desk("1301"), order.order_no, unit_id(world, "CY-CGJ"))
    sign(world, order.order_no)
    world.clock.tick(hours=3)
    dispatch.correct(world.desk("1301"), order.order_no, urgency=Urgency.URGENT, reason="已停水")
    assert due(world, "unit_due_at") == "11-24 12:00"
    assert due(world, "stage_due_at") == "11-23 14:00"
    part = world.row("SELECT * FROM assignments")
    assert part["due_at"] == world.row("SELECT unit_due_at AS d FROM work_orders")["d"]
    assert part["due_explanation"].startswith("紧急 24 小时")


def test_a_lowered_urgency_takes_the_supervisor(world: World) -> None:
    order = world.order(urgency=Urgency.URGENT)
    with world.nothing_written(), pytest.raises(NotAllowed, match="请班长更正"):
        dispatch.correct(world.desk("1301"), order.order_no, urgency=Urgency.NORMAL, reason="不急")
    dispatch.correct(world.desk("1002"), order.order_no, urgency=Urgency.NORMAL, reason="不急")
    assert due(world, "stage_due_at") == "11-23 13:00"


@pytest.mark.parametrize("before", [Urgency.NORMAL, Urgency.CRITICAL])
def test_an_emergency_is_neither_made_nor_unmade_here(world: World, before: Urgency) -> None:
    order = world.order(urgency=before)
    after = Urgency.NORMAL if before is Urgency.CRITICAL else Urgency.CRITICAL
    with world.nothing_written(), pytest.raises(Refused, match="绿色通道"):
        dispatch.correct(world.desk("1002"), order.order_no, urgency=after, reason="x")


def test_a_rework_keeps_the_due_times_that_it_gave(world: World) -> None:
    order = world.order(kind=OrderKind.SUGGESTION)
    dispatch.send(world.desk("1301"), order.order_no, unit_id(world, "CY-CGJ"))
    with world.database.write() as writer:
        writer.update("work_orders", order.id, {"round": 2})
    before = due(world, "unit_due_at")
    dispatch.correct(world.desk("1301"), order.order_no, kind=OrderKind.COMPLAINT, reason="是投诉")
    assert due(world, "unit_due_at") == before


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, "没有改动"),
        ({"title": "夜间施工噪音"}, "没有改动"),
        ({"title": "  "}, "标题"),
        ({"title": "长" * 61}, "标题"),
        ({"title": "坏\x00"}, "标题"),
        ({"area_code": "999999999999"}, "没有这个地区"),
        ({"category_code": "990000"}, "没有这个诉求分类"),
        ({"category_code": "%"}, "没有这个诉求分类"),
    ],
)
def test_what_cannot_be_taken_is_refused_by_field(world: World, change: dict[str, str], words: str) -> None:
    order = world.order()
    with world.nothing_written(), pytest.raises(BadInput, match=words):
        dispatch.correct(world.desk("1301"), order.order_no, **change)  # type: ignore[arg-type]
