"""热线日: planned, its agenda by rule and by hand, decisions and their follow-up, 提级 before it (practice P22, P8)."""

import pytest

from db.codes import AgendaReason, HandlingWay, OrderKind, Satisfaction, Status
from desk import card, dispatch, hotline_day, my_tickets, review
from desk.errors import BadInput, NotAllowed, NotNow, Refused
from desk.hotline_rows import DayFigures
from tests.desk import review_life, unit_desk
from tests.desk.dispatching import unit_id
from tests.desk.sessions import (
    DISPATCHER,
    LEADER,
    SUPERVISOR,
    decided,
    escalated,
    on_agenda,
    planned,
    ruling,
)
from tests.world import World


class TestPlanning:
    def test_a_session_has_its_date_leader_and_place_and_may_be_moved(self, world: World) -> None:
        day = planned(world)
        assert (day.leader, day.place, day.held_at, day.orders) == ("刘县长", "三楼会议室", None, 0)
        moved = hotline_day.plan_day(world.desk(LEADER), "2026-11-30 9:00", "刘县长", "一楼", day.id)
        assert (moved.id, moved.place) == (day.id, "一楼")
        assert hotline_day.board(world.desk(SUPERVISOR)).coming == moved
        kinds = [row["kind"] for row in world.rows("SELECT kind FROM events WHERE order_uid IS NULL")]
        assert kinds == ["plan_day", "plan_day"]

    @pytest.mark.parametrize(
        ("when", "leader", "place", "line"),
        [
            ("2026-11-22 15:00", "刘", "厅", "已过"),
            ("下周二", "刘", "厅", "看不懂"),
            ("2026-11-30", "", "厅", "主持领导"),
            ("2026-11-30", "刘", " ", "地点"),
        ],
    )
    def test_what_is_missing_or_past_is_refused(
        self, world: World, when: str, leader: str, place: str, line: str
    ) -> None:
        with world.nothing_written(), pytest.raises(BadInput, match=line):
            hotline_day.plan_day(world.desk(SUPERVISOR), when, leader, place)

    def test_only_the_supervisor_and_the_leader_plan_and_hold(self, world: World) -> None:
        day = planned(world)
        with world.nothing_written():
            with pytest.raises(NotAllowed, match="调度领导、班长"):
                hotline_day.plan_day(world.desk(DISPATCHER), "2026-11-30", "刘", "厅")
            with pytest.raises(NotAllowed):
                hotline_day.hold_day(world.desk("2101"), day.id)

    def test_it_is_held_once_and_not_before_its_day(self, world: World) -> None:
        later = hotline_day.plan_day(world.desk(SUPERVISOR), "2026-11-30 9:00", "刘县长", "一楼")
        with world.nothing_written(), pytest.raises(NotNow, match="定在 11-30"):
            hotline_day.hold_day(world.desk(SUPERVISOR), later.id)
        world.clock.tick(days=7)
        hotline_day.hold_day(world.desk(SUPERVISOR), later.id)
        with world.nothing_written(), pytest.raises(NotNow, match="已于 11-30 召开"):
            hotline_day.hold_day(world.desk(SUPERVISOR), later.id)
        with world.nothing_written(), pytest.raises(NotNow, match="已于"):
            hotline_day.plan_day(world.desk(SUPERVISOR), "2026-12-01", "刘", "厅", later.id)
        with world.nothing_written(), pytest.raises(BadInput, match="没有这一期"):
            hotline_day.hold_day(world.desk(SUPERVISOR), 99)

    def test_the_supervisor_is_told_once_when_none_is_planned_by_the_20th(self, world: World) -> None:
        assert hotline_day.board(world.desk(SUPERVISOR)).warning == "11月还没有安排县长热线日"
        desk = world.desk(SUPERVISOR)
        my_tickets.sweep(desk)
        my_tickets.sweep(desk)
        told = world.rows("SELECT * FROM messages WHERE template = 'hotline_day_unplanned'")
        assert [row["body"] for row in told] == ["请班长安排：11月还没有安排县长热线日"]
        assert told[0]["to_unit_id"] == unit_id(world, "CY-12345")
        world.clock.tick(days=28)
        my_tickets.sweep(desk)
        assert len(world.rows("SELECT * FROM messages WHERE template = 'hotline_day_unplanned'")) == 2

    def test_what_was_told_is_taken_back_once_it_is_planned(self, world: World) -> None:
        desk = world.desk(SUPERVISOR)
        my_tickets.sweep(desk)
        hotline_day.plan_day(desk, "2026-12-08 15:00", "刘县长", "一楼")
        assert _told_states(world) == ["waiting"]
        day = hotline_day.plan_day(desk, "2026-11-27 15:00", "刘县长", "一楼")
        my_tickets.sweep(desk)
        assert _told_states(world) == ["void"]
        hotline_day.plan_day(desk, "2026-12-01 15:00", "刘县长", "一楼", day.id)
        my_tickets.sweep(desk)
        assert _told_states(world) == ["void", "waiting"]

    def test_what_has_been_sent_stays_sent(self, world: World) -> None:
        desk = world.desk(SUPERVISOR)
        my_tickets.sweep(desk)
        with world.database.write() as writer:
            writer.run("UPDATE messages SET state = 'sent'")
        planned(world)
        assert _told_states(world) == ["sent"]

    def test_nobody_is_told_once_it_is_planned(self, world: World) -> None:
        planned(world)
        assert my_tickets.sweep(world.desk(SUPERVISOR)) == 0
        assert hotline_day.board(world.desk(SUPERVISOR)).warning == ""


def _told_states(world: World) -> list[str]:
    rows = world.rows("SELECT state FROM messages WHERE template = 'hotline_day_unplanned' ORDER BY id")
    return [row["state"] for row in rows]


class TestEscalation:
    def test_the_leader_decides_and_the_unit_reads_it(self, world: World) -> None:
        order_no = escalated(world)
        asked = my_tickets.page(world.desk(LEADER), "escalation")
        assert [row.order_no for row in asked.rows] == [order_no]
        now = my_tickets.detail(world.desk(LEADER), order_no).sections[0].lines
        assert "提级待批（联络甲 11-23 09:00 提出，2026-11-25 18:00 前裁定）：涉及三个单位，协调不动" in now
        with world.nothing_written(), pytest.raises(NotNow, match="已有一份提级申请"):
            my_tickets.ask_escalation(world.desk("2102"), order_no, "再问一次")
        my_tickets.rule_escalation(world.desk(LEADER), order_no, "由城管牵头，住建配合")
        assert world.status(order_no) == Status.IN_PROGRESS
        assert my_tickets.page(world.desk(LEADER), "escalation").rows == ()
        assert "由城管牵头，住建配合" in "\n".join(card.card(world.desk("2101"), order_no).as_lines)
        my_tickets.ask_escalation(world.desk("2101"), order_no, "住建不配合")

    def test_what_the_leader_passes_on_is_proposed(self, world: World) -> None:
        order_no = escalated(world)
        my_tickets.refer_to_day(world.desk(LEADER), order_no)
        planned(world)
        assert hotline_day.propose_agenda(world.desk(SUPERVISOR)).words == "已列入 1 件"
        line = hotline_day.lines(world.desk(SUPERVISOR), "agenda")[0]
        assert (line.order_no, line.reason, line.words) == (order_no, AgendaReason.ESCALATED, "分管领导提交")

    def test_what_nobody_asked_is_not_decided(self, world: World) -> None:
        order_no = unit_desk.signed(world)
        with world.nothing_written():
            for deed in (my_tickets.rule_escalation, my_tickets.refer_to_day):
                with pytest.raises(NotNow, match="没有待裁定的提级"):
                    deed(world.desk(LEADER), order_no, "x")
        with world.nothing_written(), pytest.raises(BadInput, match="提级理由"):
            my_tickets.ask_escalation(world.desk("2101"), order_no, "")
        asked = escalated(world)
        with world.nothing_written(), pytest.raises(NotAllowed):
            my_tickets.rule_escalation(world.desk("2101"), asked, "x")

    def test_a_request_lapses_when_the_order_leaves_the_unit(self, world: World) -> None:
        order_no = escalated(world)
        dispatch.reassign(world.desk(DISPATCHER), order_no, unit_id(world, "CY-RSJ"), reason="属人社")
        assert world.row("SELECT verdict FROM requests")["verdict"] == "lapsed"


class TestAgenda:
    def test_orders_that_were_d_twice_or_raised_by_many_are_proposed_with_their_reason(
        self, world: World
    ) -> None:
        twice = review_life.dissatisfied(world)
        review.rework(world.desk("1501"), twice, "现场复核")
        review_life.answered(world, twice)
        review.pass_close_review(world.desk("1501"), twice)
        review.record_dissatisfaction(
            world.desk("1601"), twice, Satisfaction.DISSATISFIED, cause="result", note="又响了"
        )
        main = world.order(contact_phone="13800000001").order_no
        for phone in ("13800000002", "13800000003"):
            other = world.order(contact_phone=phone).order_no
            dispatch.merge(world.desk(DISPATCHER), other, main)
        once = review_life.dissatisfied(world)
        with world.nothing_written(), pytest.raises(NotNow, match="还没有安排"):
            hotline_day.propose_agenda(world.desk(SUPERVISOR))
        planned(world)
        hotline_day.propose_agenda(world.desk(SUPERVISOR))
        lines = {line.order_no: line.words for line in hotline_day.lines(world.desk(SUPERVISOR), "agenda")}
        assert lines == {twice: "2次评为D级", main: "3人反映"}
        assert once not in lines
        assert hotline_day.propose_agenda(world.desk(SUPERVISOR)).words == "没有新的工单符合列入条件"

    def test_an_order_that_is_c_for_long_is_proposed(self, world: World) -> None:
        order_no = unit_desk.signed(world)
        my_tickets.ask_extension(world.desk("2102"), order_no, 2, "需检测", "已告知")
        my_tickets.grant_extension(world.desk(DISPATCHER), order_no)
        world.clock.tick(days=61)
        hotline_day.plan_day(world.desk(SUPERVISOR), "2027-01-25", "刘县长", "三楼")
        hotline_day.propose_agenda(world.desk(SUPERVISOR))
        line = hotline_day.lines(world.desk(SUPERVISOR), "agenda")[0]
        assert (line.reason, line.words) == (AgendaReason.C_LONG, "C级入池61天")

    def test_lines_come_and_go_by_hand_and_stay_off_once_taken_off(self, world: World) -> None:
        order_no = escalated(world)
        my_tickets.refer_to_day(world.desk(LEADER), order_no)
        planned(world)
        hotline_day.propose_agenda(world.desk(SUPERVISOR))
        with world.nothing_written(), pytest.raises(NotNow, match="已在本期议程上"):
            hotline_day.put_on_agenda(world.desk(SUPERVISOR), order_no, "再列")
        hotline_day.take_off_agenda(world.desk(SUPERVISOR), order_no, "已自行协调")
        assert hotline_day.lines(world.desk(SUPERVISOR), "agenda") == ()
        assert hotline_day.propose_agenda(world.desk(SUPERVISOR)).added == 0
        with world.nothing_written(), pytest.raises(NotNow, match="不在本期议程上"):
            hotline_day.take_off_agenda(world.desk(SUPERVISOR), order_no, "x")
        hotline_day.put_on_agenda(world.desk(SUPERVISOR), order_no, "又协调不动")
        assert hotline_day.lines(world.desk(SUPERVISOR), "agenda")[0].words == "人工列入：又协调不动"
        assert world.events(order_no)[-3:] == ["put_on_agenda", "take_off_agenda", "put_on_agenda"]

    def test_a_secret_order_is_only_its_kind_and_number_to_everybody(self, world: World) -> None:
        on_agenda(world, kind=OrderKind.TIP_OFF, title="举报某厂偷排")
        for staff_no in (SUPERVISOR, LEADER, DISPATCHER):
            assert [line.title for line in hotline_day.lines(world.desk(staff_no), "agenda")] == [
                "举报（保密）"
            ]
        assert [row.name for row in hotline_day.orders(world.desk(DISPATCHER), "1123-0001")] == [
            "举报（保密）"
        ]
        page = dispatch.queue(world.desk(DISPATCHER), "hotline_day")
        assert [row.title for row in page.rows] == ["举报（保密）"]

    def test_whom_an_order_is_about_does_not_see_its_line(self, world: World) -> None:
        on_agenda(world, by=DISPATCHER, accused_name="班长甲")
        assert hotline_day.lines(world.desk(SUPERVISOR), "agenda") == ()
        assert len(hotline_day.lines(world.desk(LEADER), "agenda")) == 1

    def test_a_unit_sees_no_list_and_an_unknown_list_is_refused(self, world: World) -> None:
        on_agenda(world)
        assert hotline_day.lines(world.desk("2101"), "agenda") == ()
        with pytest.raises(Refused, match="没有这一栏"):
            hotline_day.lines(world.desk(SUPERVISOR), "gossip")


class TestDecisions:
    def test_a_decision_tells_its_units_and_is_followed_up(self, world: World) -> None:
        order_no = decided(world, ruling(steward="县人社局", co_units="县城管局", way="joint"))
        line = hotline_day.lines(world.desk(SUPERVISOR), "decisions")[0]
        assert (line.order_no, line.steward, line.way) == (order_no, "县人社局", HandlingWay.JOINT)
        assert line.due_at is not None
        assert line.due_at.isoformat() == "2026-11-26T10:00:00+00:00"
        told = world.rows("SELECT to_unit_id FROM messages WHERE template = 'decided_by_day'")
        assert {row["to_unit_id"] for row in told} == {unit_id(world, "CY-CGJ"), unit_id(world, "CY-RSJ")}
        assert hotline_day.lines(world.desk(SUPERVISOR), "agenda")[0].is_decided
        with world.nothing_written(), pytest.raises(BadInput, match="落实情况"):
            hotline_day.follow_up(world.desk(SUPERVISOR), order_no, "")
        hotline_day.follow_up(world.desk(SUPERVISOR), order_no, "已约谈")
        assert hotline_day.lines(world.desk(SUPERVISOR), "decisions")[0].note == "已约谈"
        hotline_day.follow_up(world.desk("1501"), order_no, "已支付工资", is_done=True)
        done = hotline_day.lines(world.desk(SUPERVISOR), "decisions")[0]
        assert (done.note, done.done_at) == ("已支付工资", world.clock.now)
        with world.nothing_written(), pytest.raises(NotNow, match="没有待落实"):
            hotline_day.follow_up(world.desk(SUPERVISOR), order_no, "x")
        shown = "\n".join(card.card(world.desk(SUPERVISOR), order_no).as_lines)
        assert "热线日决定 11-23 09:00 牵头会办 县人社局 协办 县城管局  限 11-26 18:00" in shown
        assert "  已落实 11-23 09:00 审核甲：已支付工资" in shown

    def test_the_dispatcher_carries_it_out_by_one_key(self, world: World) -> None:
        order_no = decided(world, ruling(steward="县人社局", co_units="横水镇", way="joint"))
        assert [row.order_no for row in dispatch.queue(world.desk(DISPATCHER), "hotline_day").rows] == [
            order_no
        ]
        world.clock.tick(minutes=1)
        row = dispatch.carry_out(world.desk(DISPATCHER), order_no)
        assert (row.status, row.steward) == (Status.TO_SIGN, "县人社局")
        assert world.events(order_no)[-2:] == ["reassign", "add_unit"]
        with pytest.raises(NotNow, match="没有待落实"):
            dispatch.carry_out(world.desk(DISPATCHER), order_no)

    def test_only_what_is_on_the_agenda_is_decided_and_not_before_the_day(self, world: World) -> None:
        order_no = unit_desk.signed(world)
        with world.nothing_written(), pytest.raises(NotNow, match="不在热线日议程上"):
            hotline_day.decide_by_day(world.desk(LEADER), order_no, ruling())
        hotline_day.plan_day(world.desk(SUPERVISOR), "2026-11-30", "刘县长", "三楼")
        hotline_day.put_on_agenda(world.desk(SUPERVISOR), order_no, "三家都推")
        with world.nothing_written(), pytest.raises(NotNow, match="定在 11-30"):
            hotline_day.decide_by_day(world.desk(LEADER), order_no, ruling())
        with world.nothing_written(), pytest.raises(NotAllowed):
            hotline_day.decide_by_day(world.desk(DISPATCHER), order_no, ruling())

    def test_a_leader_takes_the_case_with_name_and_deadline(self, world: World) -> None:
        order_no = on_agenda(world)
        with world.nothing_written(), pytest.raises(BadInput, match="领导姓名"):
            hotline_day.decide_by_day(world.desk(LEADER), order_no, ruling(way="leader"))
        hotline_day.decide_by_day(world.desk(LEADER), order_no, ruling(way="leader", leader="刘县长"))
        line = hotline_day.lines(world.desk(LEADER), "decisions")[0]
        assert (line.way, line.leader) == (HandlingWay.LEADER, "刘县长")

    def test_the_accused_decides_nothing_and_gets_nothing(self, world: World) -> None:
        order_no = on_agenda(world, accused_name="刘县长")
        with world.nothing_written(), pytest.raises(BadInput, match="刘县长是被反映对象"):
            hotline_day.decide_by_day(world.desk(LEADER), order_no, ruling(way="leader", leader="刘县长"))
        other = on_agenda(world, accused_name="县人社局")
        with world.nothing_written(), pytest.raises(NotAllowed, match="回避"):
            hotline_day.decide_by_day(world.desk(LEADER), other, ruling(co_units="县人社局"))

    def test_a_long_matter_has_leader_plan_next_date_and_the_citizen_was_told(self, world: World) -> None:
        order_no = on_agenda(world)
        typed = {"way": "long_term", "leader": "刘县长", "days": "60"}
        with world.nothing_written(), pytest.raises(BadInput, match="先告知诉求人"):
            hotline_day.decide_by_day(world.desk(LEADER), order_no, ruling(**typed))
        hotline_day.decide_by_day(world.desk(LEADER), order_no, ruling(**typed, told="已电话告知"))
        assert hotline_day.lines(world.desk(LEADER), "decisions") == ()
        line = hotline_day.lines(world.desk(LEADER), "long_term")[0]
        assert (line.leader, line.words) == ("刘县长", "三日内到现场核查")
        with world.nothing_written(), pytest.raises(BadInput, match="下次"):
            hotline_day.follow_up(world.desk(SUPERVISOR), order_no, "已立项")
        hotline_day.follow_up(world.desk(SUPERVISOR), order_no, "已立项", days="90")
        assert hotline_day.lines(world.desk(LEADER), "long_term")[0].due_at != line.due_at

    def test_a_decision_answers_what_the_unit_had_asked(self, world: World) -> None:
        order_no = escalated(world)
        planned(world)
        hotline_day.put_on_agenda(world.desk(SUPERVISOR), order_no, "协调不动")
        hotline_day.decide_by_day(world.desk(LEADER), order_no, ruling())
        asked = world.row("SELECT verdict, decision FROM requests")
        assert (asked["verdict"], asked["decision"]) == ("granted", "独立承办：县城管局，三日内到现场核查")

    def test_words_that_tell_a_unit_who_called_are_refused(self, world: World) -> None:
        order_no = on_agenda(world, is_confidential=True)
        with world.nothing_written(), pytest.raises(Refused, match="仍有诉求人"):
            hotline_day.decide_by_day(world.desk(LEADER), order_no, ruling(requirement="上门找李先生核实"))

    def test_sessions_orders_and_solved_ones_are_counted(self, world: World) -> None:
        solved, open_one = decided(world), decided(world)
        assert hotline_day.board(world.desk(LEADER)).figures == DayFigures(0, 0, 0)
        day = hotline_day.days(world.desk(LEADER))[0]
        hotline_day.hold_day(world.desk(SUPERVISOR), day.id)
        assert hotline_day.board(world.desk(LEADER)).figures == DayFigures(1, 2, 0)
        review_life.answered(world, solved)
        review.pass_close_review(world.desk("1501"), solved)
        review.close_satisfied(world.desk("1601"), solved)
        assert hotline_day.board(world.desk(LEADER)).figures == DayFigures(1, 2, 1)
        assert open_one != solved
