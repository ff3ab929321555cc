"""派单研判小组: why an order goes there, the record of a panel, and its verdict carried out (practice P22, P32 a)."""

import pytest

from db.codes import HandlingWay, OrderKind, RequestKind, Status, TriageReason
from desk import card, dispatch, my_tickets
from desk.errors import BadInput, NotAllowed, NotNow, Refused
from desk.ruling_rows import PanelForm, PanelStart
from tests.desk.dispatching import D, add_staff, add_unit, due, order_row, part_of, unit_id
from tests.desk.sessions import in_triage, panel, ruled, ruling
from tests.world import World


class TestPuttingIn:
    def test_a_reason_of_the_source_needs_no_words(self, world: World) -> None:
        order_no = world.order().order_no
        dispatch.put_into_triage(world.desk(D), order_no, reason_code=TriageReason.CROSSING_AREAS)
        assert world.status(order_no) == Status.IN_TRIAGE
        assert world.event_data(order_no) == {"reason": "crossing_areas"}
        said = dispatch.order_detail(world.desk(D), order_no).sections[0].lines
        assert said == ("研判事由（派单甲 11-23 09:00）：辖区交叉",)

    def test_another_reason_is_written_down(self, world: World) -> None:
        order_no = world.order().order_no
        with world.nothing_written(), pytest.raises(BadInput, match="请写明研判事由"):
            dispatch.put_into_triage(world.desk(D), order_no)
        with world.nothing_written(), pytest.raises(BadInput, match="指向不明确"):
            dispatch.put_into_triage(world.desk(D), order_no, "x", "no_reason")
        dispatch.put_into_triage(world.desk(D), order_no, "新业态")
        assert dispatch.panel_start(world.desk(D), order_no).reason_code is TriageReason.OTHER


class TestRecord:
    def test_the_record_says_who_sat_why_and_what_was_argued(self, world: World) -> None:
        order_no = in_triage(world)
        add_unit(world, "CY-XFJ", "县信访局", "CY-12345", department="政务信访")
        start = dispatch.panel_start(world.desk(D), order_no)
        assert start == PanelStart("行政审批局", TriageReason.BLURRED_DUTY, "两家都推", "1301")
        row = dispatch.rule_triage(
            world.desk(D),
            order_no,
            panel(
                ruling(co_units="横水", way="joint"),
                kind="joint",
                attendees="1301、县城管局、县人社局、信访局",
            ),
        )
        assert row.status is Status.TO_DISPATCH
        kept = world.row("SELECT * FROM panels")
        assert (kept["kind"], kept["reason"], kept["led_by"]) == (
            "joint",
            "blurred_duty",
            "行政审批局、信访局",
        )
        sections = {part.heading: part.lines for part in card.card(world.desk(D), order_no).sections}
        assert sections["研判与热线日"] == (
            "联合研判 11-23 09:00 行政审批局、信访局牵头：职能界限模糊 都说不归自己",
            "  参加：派单甲、县城管局、县人社局、县信访局",
            "  县城管局：噪音归我局",
            "  县人社局：与我局无关",
            "研判结论 11-23 09:00 牵头会办 县城管局 协办 横水镇  限 11-26 18:00",
            "  要求：三日内到现场核查",
        )

    def test_words_that_belong_to_no_unit_are_kept_too(self, world: World) -> None:
        order_no = in_triage(world)
        dispatch.rule_triage(world.desk(D), order_no, panel(arguments="会前已到现场\n市局：另有意见"))
        rows = world.rows("SELECT argument FROM panel_members WHERE unit_id IS NULL AND staff_id IS NULL")
        assert [row["argument"] for row in rows] == ["会前已到现场\n市局：另有意见"]

    @pytest.mark.parametrize(
        ("form", "line"),
        [
            (panel(attendees=" 、"), "参加研判的单位和人员"),
            (panel(attendees="没有的局"), "没有单位或人员"),
            (panel(attendees="9999"), "没有工号 9999"),
            (panel(attendees="局"), "指哪一家"),
            (panel(kind="party"), "会议形式"),
            (panel(reason_code="other", reason_words=""), "研判事由"),
            (panel(ruling(steward="")), "请填写承办单位"),
            (panel(ruling(steward="县城管局、县人社局")), "承办单位只能是一家"),
            (panel(ruling(requirement=" ")), "工作要求"),
            (panel(ruling(days="0")), "1 至 250"),
            (panel(ruling(days="三天")), "1 至 250"),
            (panel(ruling(way="joint")), "须写明协办单位"),
            (panel(ruling(co_units="县城管局")), "已是承办单位"),
            (panel(ruling(way="leader", leader="刘县长")), "办件方式"),
        ],
    )
    def test_what_is_missing_or_unknown_is_said_and_nothing_written(
        self, world: World, form: PanelForm, line: str
    ) -> None:
        order_no = in_triage(world)
        with world.nothing_written(), pytest.raises(BadInput, match=line):
            dispatch.rule_triage(world.desk(D), order_no, form)
        assert world.rows("SELECT * FROM panels") == []

    def test_a_joint_panel_is_held_with_the_petitions_office(self, world: World) -> None:
        order_no = in_triage(world)
        key = add_unit(world, "CY-XFJ", "县信访局", "CY-12345", department="政务信访")
        add_staff(world, "2901", "信访甲", key)
        with world.nothing_written(), pytest.raises(BadInput, match="须有信访局参加"):
            dispatch.rule_triage(world.desk(D), order_no, panel(kind="joint"))
        assert world.rows("SELECT * FROM panels") == []
        dispatch.rule_triage(world.desk(D), order_no, panel(kind="joint", attendees="1301、信访甲"))
        assert world.row("SELECT kind FROM panels")["kind"] == "joint"

    def test_the_accused_neither_sits_nor_gets_the_order(self, world: World) -> None:
        order_no = in_triage(world, accused_unit_id=unit_id(world, "CY-CGJ"), accused_name="县城管局")
        other = ruling(steward="县人社局")
        with world.nothing_written():
            for form in (
                panel(attendees="1301、县人社局"),
                panel(other, attendees="1301、县城管局"),
                panel(other, attendees="1301、联络甲"),
                panel(ruling(steward="县人社局", co_units="县城管局"), attendees="1301"),
            ):
                with pytest.raises(NotAllowed, match="回避"):
                    dispatch.rule_triage(world.desk(D), order_no, form)
        dispatch.rule_triage(world.desk(D), order_no, panel(other, attendees="1301、县人社局"))

    def test_a_person_who_is_named_does_not_sit(self, world: World) -> None:
        order_no = in_triage(world, accused_name="人社甲")
        with world.nothing_written(), pytest.raises(NotAllowed, match="人社甲是被反映对象"):
            dispatch.rule_triage(world.desk(D), order_no, panel(attendees="1301、人社甲"))

    def test_a_demand_that_tells_who_called_is_refused(self, world: World) -> None:
        order_no = in_triage(world, kind=OrderKind.TIP_OFF)
        with world.nothing_written(), pytest.raises(Refused, match="仍有诉求人姓名"):
            dispatch.rule_triage(world.desk(D), order_no, panel(ruling(requirement="联系李先生核实")))

    def test_a_unit_reads_what_is_demanded_of_it_and_not_what_was_argued_over_a_secret(
        self, world: World
    ) -> None:
        order_no = ruled(world, kind=OrderKind.TIP_OFF)
        dispatch.carry_out(world.desk(D), order_no, forward_text="夜间施工，请核查")
        shown = "\n".join(card.card(world.desk("2101"), order_no).as_lines)
        assert "要求：三日内到现场核查" in shown
        assert "噪音归我局" not in shown
        assert "都说不归自己" not in shown
        assert "噪音归我局" in "\n".join(card.card(world.desk(D), order_no).as_lines)


class TestVerdict:
    def test_one_key_sends_it_to_everybody_with_demand_and_limit(self, world: World) -> None:
        order_no = ruled(world, ruling(co_units="县人社局、横水镇", way="joint", days="2"))
        detail = dispatch.order_detail(world.desk(D), order_no)
        assert detail.ruling == "牵头会办 县城管局 协办 县人社局、横水镇"
        row = dispatch.carry_out(world.desk(D), order_no)
        assert (row.status, row.steward) == (Status.TO_SIGN, "县城管局")
        parts = world.rows("SELECT part, requirement FROM assignments ORDER BY id")
        assert [part["part"] for part in parts] == ["steward", "co_handling", "co_handling"]
        assert {part["requirement"] for part in parts} == {"三日内到现场核查"}
        assert due(world, order_no) == "11-25 18:00"
        assert dispatch.order_detail(world.desk(D), order_no).ruling == ""
        with world.nothing_written(), pytest.raises(NotNow, match="没有待落实"):
            dispatch.carry_out(world.desk(D), order_no)

    def test_a_longer_limit_does_not_stretch_the_kinds_own(self, world: World) -> None:
        order_no = ruled(world, ruling(days="9"))
        dispatch.carry_out(world.desk(D), order_no)
        assert due(world, order_no) == "11-30 18:00"

    def test_a_limit_that_has_run_out_gives_the_kinds_own(self, world: World) -> None:
        order_no = ruled(world, ruling(days="1"))
        world.clock.tick(days=3)
        dispatch.carry_out(world.desk(D), order_no)
        assert due(world, order_no) == "12-03 18:00"

    def test_who_acts_first_may_not_give_it_back(self, world: World) -> None:
        order_no = ruled(world, ruling(way=HandlingWay.ACT_FIRST))
        dispatch.carry_out(world.desk(D), order_no)
        with world.nothing_written(), pytest.raises(NotNow, match="先办后议，不能退单"):
            my_tickets.ask_return(
                world.desk("2101"),
                order_no,
                "not_our_duty",
                unit_id(world, "CY-RSJ"),
                "不归我局",
                "清单第118项",
            )
        dispatch.reassign(world.desk(D), order_no, unit_id(world, "CY-RSJ"), reason="争议已裁定")
        my_tickets.ask_return(
            world.desk("2201"), order_no, "not_our_duty", unit_id(world, "CY-CGJ"), "不归我局", "清单第118项"
        )
        assert world.row("SELECT kind FROM requests")["kind"] == RequestKind.RETURN

    def test_a_granted_return_does_not_bring_the_old_verdict_back(self, world: World) -> None:
        order_no = ruled(world)
        dispatch.carry_out(world.desk(D), order_no)
        my_tickets.ask_return(
            world.desk("2101"), order_no, "not_our_duty", unit_id(world, "CY-RSJ"), "不归我局", "清单第118项"
        )
        dispatch.grant_return(world.desk("1302"), order_no)
        assert dispatch.order_detail(world.desk(D), order_no).ruling == ""

    def test_without_a_verdict_there_is_nothing_to_carry_out(self, world: World) -> None:
        with pytest.raises(NotNow, match="没有待落实"):
            dispatch.carry_out(world.desk(D), world.order().order_no)
        with pytest.raises(NotNow):
            dispatch.carry_out(world.desk(D), "CY01-20261123-9999")

    def test_a_kind_still_open_is_named_while_sending(self, world: World) -> None:
        order_no = ruled(world, kind=OrderKind.UNDETERMINED)
        with world.nothing_written(), pytest.raises(BadInput, match="先选定类型"):
            dispatch.carry_out(world.desk(D), order_no)
        dispatch.carry_out(world.desk(D), order_no, kind=OrderKind.INQUIRY)
        assert order_row(world, order_no)["kind"] == "inquiry"
        assert part_of(world, order_no)["requirement"] == "三日内到现场核查"
