"""撤回, 改派, 加派, 退回补充 and 研判 (practice P21, P22)."""

import pytest

from db.codes import Status
from desk import dispatch
from desk.errors import BadInput, NotNow
from tests.desk.dispatching import (
    D,
    due,
    order_row,
    part_of,
    sent,
    sign,
    unit_id,
)
from tests.desk.sessions import panel, ruling
from tests.world import World


class TestBack:
    def test_recalled_until_signed_with_a_reason(self, world: World) -> None:
        order_no = sent(world)
        world.clock.tick(minutes=10)
        with world.nothing_written(), pytest.raises(BadInput, match="撤回理由"):
            dispatch.recall(world.desk(D), order_no, "  ")
        row = dispatch.recall(world.desk(D), order_no, "派错了")
        stored = order_row(world, order_no)
        assert (row.status, stored["steward_id"], stored["unit_due_at"]) == (Status.TO_DISPATCH, None, None)
        assert due(world, order_no, "stage_due_at") == "11-23 13:00"
        assert part_of(world, order_no)["end_reason"] == "recalled"

    def test_a_signed_order_is_not_recalled(self, world: World) -> None:
        order_no = sent(world)
        sign(world, order_no)
        with world.nothing_written(), pytest.raises(NotNow, match="联络甲"):
            dispatch.recall(world.desk(D), order_no, "派错了")

    def test_reassigned_with_a_new_unit_clock_and_the_citizens_kept(self, world: World) -> None:
        order_no = sent(world)
        sign(world, order_no)
        citizen = order_row(world, order_no)["citizen_due_at"]
        world.clock.tick(days=1)
        row = dispatch.reassign(world.desk(D), order_no, unit_id(world, "CY-RSJ"), reason="属劳动监察")
        stored = order_row(world, order_no)
        assert (row.status, row.steward, stored["signed_at"]) == (Status.TO_SIGN, "县人社局", None)
        assert stored["citizen_due_at"] == citizen
        assert due(world, order_no) == "12-01 18:00"
        told = {row["to_unit_id"]: row["body"] for row in world.rows("SELECT * FROM messages")}
        assert "改派县人社局" in told[unit_id(world, "CY-CGJ")]
        assert "请签收" in told[unit_id(world, "CY-RSJ")]
        old = world.row("SELECT * FROM assignments WHERE unit_id = :id", id=unit_id(world, "CY-CGJ"))
        assert old["end_reason"] == "reassigned"

    def test_the_same_unit_is_no_reassignment(self, world: World) -> None:
        order_no = sent(world)
        with world.nothing_written(), pytest.raises(BadInput, match="另一家"):
            dispatch.reassign(world.desk(D), order_no, unit_id(world, "CY-CGJ"), reason="x")

    def test_one_more_unit_helps_once(self, world: World) -> None:
        order_no = sent(world)
        helper = unit_id(world, "CY-HSZ")
        dispatch.add_unit(world.desk(D), order_no, helper, requirement="到场配合")
        assert part_of(world, order_no, "co_handling")["requirement"] == "到场配合"
        with world.nothing_written():
            with pytest.raises(BadInput, match="已在协办"):
                dispatch.add_unit(world.desk(D), order_no, helper)
            with pytest.raises(BadInput, match="工单管家"):
                dispatch.add_unit(world.desk(D), order_no, unit_id(world, "CY-CGJ"))

    def test_what_is_missing_goes_back_to_the_operator_and_the_clock_goes_on(self, world: World) -> None:
        order = world.order()
        before = order_row(world, order.order_no)["stage_due_at"]
        dispatch.ask_completion(world.desk(D), order.order_no, "缺楼栋号")
        assert world.status(order.order_no) == Status.TO_COMPLETE
        assert order_row(world, order.order_no)["stage_due_at"] == before
        detail = dispatch.order_detail(world.desk(D), order.order_no)
        assert detail.sections[0].lines == ("退回补充（派单甲 11-23 09:00）：缺楼栋号",)

    def test_triage_ends_with_a_verdict_and_back_in_the_queue(self, world: World) -> None:
        order = world.order()
        dispatch.put_into_triage(world.desk(D), order.order_no, "职能界限模糊")
        assert world.status(order.order_no) == Status.IN_TRIAGE
        verdict = panel(ruling(steward="县人社局"))
        dispatch.rule_triage(world.desk(D), order.order_no, verdict)
        assert world.status(order.order_no) == Status.TO_DISPATCH
        assert world.event_data(order.order_no)["unit"] == "CY-RSJ"
