"""请协办: the steward asks a unit to help, which has a part and a limit of its own."""

import pytest

from db.check import check
from db.codes import OrderKind, Urgency
from desk import my_tickets
from desk.errors import BadInput, NotAllowed, NotNow
from tests.desk.dispatching import part_of
from tests.desk.unit_desk import sent, signed, unit_id
from tests.world import World

LIAISON, HANDLER, HELPER = "2101", "2102", "2201"


def test_the_helper_gets_its_part_its_limit_and_a_message(world: World) -> None:
    order_no = signed(world)
    my_tickets.ask_co_handling(world.desk(HANDLER), order_no, unit_id(world, "CY-RSJ"), "请查务工台账")
    part = part_of(world, order_no, "co_handling")
    assert (part["requirement"], part["answered_at"]) == ("请查务工台账", None)
    assert world.events(order_no)[-1] == "ask_co_handling"
    assert world.event_data(order_no)["co_units"] == ["CY-RSJ"]
    assert world.status(order_no) == "in_progress"
    (row,) = my_tickets.page(world.desk(HELPER), "co").rows
    assert row.order_no == order_no
    message = world.row("SELECT body FROM messages ORDER BY id DESC LIMIT 1")
    assert message["body"] == f"工单 {order_no} 请你单位协办，请签收"
    my_tickets.co_reply(world.desk(HELPER), order_no, "无此人")
    lines = [
        line for part in my_tickets.detail(world.desk(HANDLER), order_no).sections for line in part.lines
    ]
    assert any("协办答复" in line and "无此人" in line for line in lines)
    assert any(line.strip() == "要求：请查务工台账" for line in lines)
    assert list(check(world.database)) == []


def test_whom_one_cannot_ask(world: World) -> None:
    order_no = signed(world, accused_name="横水镇人民政府")
    handler = world.desk(HANDLER)
    my_tickets.ask_co_handling(handler, order_no, unit_id(world, "CY-RSJ"), "请查")
    with world.nothing_written():
        for code, refused, line in (
            ("CY-RSJ", BadInput, "已在协办"),
            ("CY-CGJ", BadInput, "已是工单管家"),
            ("CY-HSZ", NotAllowed, "横水镇"),
        ):
            with pytest.raises(refused, match=line):
                my_tickets.ask_co_handling(handler, order_no, unit_id(world, code), "请查")
        with pytest.raises(BadInput, match="没有这个单位"):
            my_tickets.ask_co_handling(handler, order_no, 999, "请查")
        with pytest.raises(BadInput, match="请填写协办事项"):
            my_tickets.ask_co_handling(handler, order_no, unit_id(world, "CY-HSZ"), " ")


def test_who_may_not_ask_and_when(world: World) -> None:
    target = unit_id(world, "CY-RSJ")
    fresh, order_no = sent(world), signed(world)
    secret = signed(world, is_confidential=True)
    critical = signed(world, kind=OrderKind.HELP_REQUEST, urgency=Urgency.CRITICAL)
    with world.nothing_written():
        for staff_no in (HELPER, "1203", "1601"):
            with pytest.raises(NotAllowed):
                my_tickets.ask_co_handling(world.desk(staff_no), order_no, target, "请查")
        with pytest.raises(NotNow, match="待签收"):
            my_tickets.ask_co_handling(world.desk(LIAISON), fresh, target, "请查")
        with pytest.raises(NotNow, match="热线中心加派"):
            my_tickets.ask_co_handling(world.desk(LIAISON), secret, target, "请查")
        with pytest.raises(NotNow, match="应急值班员"):
            my_tickets.ask_co_handling(world.desk(LIAISON), critical, target, "请查")
