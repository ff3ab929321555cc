"""回避, 转办内容 and the way through a lower centre (practice P6, P32)."""

from datetime import UTC, datetime

import pytest

from db.codes import OrderKind, Status
from db.times import to_ms
from desk import card, dispatch
from desk.errors import BadInput, NotAllowed, Refused
from tests.desk.dispatching import (
    D,
    add_unit,
    due,
    order_row,
    part_of,
    unit_id,
)
from tests.world import World


class TestRecusal:
    def test_the_accused_unit_and_what_stands_below_it_are_refused_and_the_reason_is_said(
        self, world: World
    ) -> None:
        order = world.order(accused_unit_id=unit_id(world, "CY-CGJ"))
        station = add_unit(world, "CY-CGJ-1", "城管一中队", "CY-CGJ")
        for unit in (unit_id(world, "CY-CGJ"), station):
            with world.nothing_written(), pytest.raises(NotAllowed, match="须回避"):
                dispatch.send(world.desk(D), order.order_no, unit)

    def test_the_superior_organ_above_an_accused_station_may_get_it(self, world: World) -> None:
        station = add_unit(world, "CY-CGJ-1", "城管一中队", "CY-CGJ")
        order = world.order(accused_unit_id=station)
        dispatch.send(world.desk(D), order.order_no, unit_id(world, "CY-CGJ"))
        assert world.status(order.order_no) == Status.TO_SIGN

    def test_an_accused_unit_does_not_help_either(self, world: World) -> None:
        order = world.order(accused_name="横水镇政府干部")
        accused = unit_id(world, "CY-HSZ")
        with world.nothing_written(), pytest.raises(NotAllowed, match="须回避"):
            dispatch.send(world.desk(D), order.order_no, unit_id(world, "CY-CGJ"), co_unit_ids=[accused])
        dispatch.send(world.desk(D), order.order_no, unit_id(world, "CY-CGJ"))
        with world.nothing_written(), pytest.raises(NotAllowed, match="须回避"):
            dispatch.add_unit(world.desk(D), order.order_no, accused)
        with world.nothing_written(), pytest.raises(NotAllowed, match="须回避"):
            dispatch.reassign(world.desk(D), order.order_no, accused, reason="属地")

    def test_a_shop_in_a_township_does_not_rule_the_township_out(self, world: World) -> None:
        order = world.order(accused_name="横水镇老王烧烤店")
        dispatch.send(world.desk(D), order.order_no, unit_id(world, "CY-HSZ"))
        assert world.status(order.order_no) == Status.TO_SIGN


class TestSecrets:
    def tip_off(self, world: World, **values: object) -> str:
        words = {"content": "我家住老城社区3栋，只有我知道他收钱", "home_address": "老城社区3栋"}
        return world.order(kind=OrderKind.TIP_OFF, **{**words, **values}).order_no  # type: ignore[arg-type]

    def test_a_tip_off_goes_out_only_with_a_confirmed_text(self, world: World) -> None:
        order_no = self.tip_off(world)
        with world.nothing_written(), pytest.raises(BadInput, match="转办内容"):
            dispatch.send(world.desk(D), order_no, unit_id(world, "CY-CGJ"))
        dispatch.send(world.desk(D), order_no, unit_id(world, "CY-CGJ"), forward_text="反映有人收钱")
        assert order_row(world, order_no)["forward_text"] == "反映有人收钱"

    @pytest.mark.parametrize("leak", ["李先生反映", "请回电13800000000", "老城社区3栋有人收钱"])
    def test_the_callers_name_number_and_address_do_not_go_out(self, world: World, leak: str) -> None:
        order_no = self.tip_off(world)
        unit = unit_id(world, "CY-CGJ")
        with world.nothing_written():
            with pytest.raises(Refused, match="请隐去"):
                dispatch.send(world.desk(D), order_no, unit, forward_text=leak)
            with pytest.raises(Refused, match="请隐去"):
                dispatch.send(world.desk(D), order_no, unit, forward_text="有人收钱", requirement=leak)

    def test_words_that_point_to_a_person_are_marked(self, world: World) -> None:
        order_no = self.tip_off(world, content="李先生在城管上班，只有我知道这事")
        text = dispatch.forward_text(world.desk(D), order_no)
        words = {span.word for span in text.spans}
        assert any("李先生" in word for word in words)
        assert any("只有我" in word for word in words)
        with pytest.raises(NotAllowed):
            dispatch.forward_text(world.desk("1601"), order_no)

    def test_a_tip_off_named_while_sending_needs_its_text_too(self, world: World) -> None:
        order_no = world.order(kind=OrderKind.UNDETERMINED).order_no
        with world.nothing_written(), pytest.raises(BadInput, match="转办内容"):
            dispatch.send(world.desk(D), order_no, unit_id(world, "CY-CGJ"), kind=OrderKind.TIP_OFF)

    def test_the_unit_reads_the_forwarded_text_and_nothing_of_the_caller(self, world: World) -> None:
        order_no = self.tip_off(world)
        desk = world.desk(D)
        dispatch.correct(desk, order_no, title="李先生举报收钱", reason="写清")
        dispatch.send(desk, order_no, unit_id(world, "CY-CGJ"), forward_text="反映有人收钱")
        seen = "\n".join(card.card(world.desk("2101"), order_no).as_lines)
        assert "反映有人收钱" in seen
        for secret in ("李先生", "13800000000", "3栋"):
            assert secret not in seen


class TestLowerCentre:
    @pytest.fixture
    def lower(self, world: World) -> int:
        return add_unit(world, "CY-YQ", "园区中心", "CY-12345", is_centre=True, department="热线中心")

    def test_a_lower_centre_gets_the_order_into_its_own_queue_from_the_first_dispatch(
        self, world: World, lower: int
    ) -> None:
        order = world.order()
        world.clock.tick(hours=1)
        row = dispatch.send(world.desk(D), order.order_no, lower, requirement="请核实")
        stored = order_row(world, order.order_no)
        assert (row.status, stored["centre_id"]) == (Status.TO_DISPATCH, lower)
        assert world.events(order.order_no) == ["register", "send_to_centre"]
        part = part_of(world, order.order_no, "centre")
        assert part["due_at"] == to_ms(datetime(2026, 11, 30, 10, 0, tzinfo=UTC))
        assert due(world, order.order_no, "stage_due_at") == "11-23 14:00"
        assert dispatch.queue(world.desk(D), "to_dispatch").total == 0

    def test_the_lower_centres_unit_has_the_outer_limit_less_a_margin(self, world: World, lower: int) -> None:
        order = world.order()
        dispatch.send(world.desk(D), order.order_no, lower)
        world.clock.tick(days=1)
        with world.database.write() as writer:
            key = world.row("SELECT id FROM staff WHERE staff_no = '1302'")["id"]
            writer.update("staff", key, {"unit_id": lower})
        unit = add_unit(world, "YQ-CGJ", "园区城管", "CY-YQ")
        dispatch.send(world.desk("1302"), order.order_no, unit)
        assert due(world, order.order_no) == "11-27 18:00"
        assert due(world, order.order_no, "citizen_due_at") == "11-30 18:00"

    def test_a_unit_of_a_lower_centre_is_reached_through_it(self, world: World, lower: int) -> None:
        order = world.order()
        unit = add_unit(world, "YQ-CGJ", "园区城管", "CY-YQ")
        with world.nothing_written(), pytest.raises(Refused, match="园区中心"):
            dispatch.send(world.desk(D), order.order_no, unit)

    def test_an_order_is_not_handed_down_to_where_it_is(self, world: World) -> None:
        order = world.order()
        with world.nothing_written(), pytest.raises(Refused, match="已在"):
            dispatch.send(world.desk(D), order.order_no, unit_id(world, "CY-12345"))
