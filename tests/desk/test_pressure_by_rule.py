"""Pressure that comes by itself: each stage once for a limit, at its level, told to whose matter it is, judged afterwards."""

import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from db.check import check
from db.codes import Deed, OrderKind, PressureLevel, RequestKind, Urgency
from db.queries import messages as message_queries
from desk import city_settings, dispatch, my_tickets, review
from desk.card import card
from desk.errors import BadInput, NotAllowed, NotNow
from desk.messages.sending import number_of
from desk.pressure import next_level
from desk.pressure_by_rule import press_all, press_by_rule, sweep_stages
from desk.pressure_listing import pressures
from desk.session import Opening
from tests.desk import review_life
from tests.desk.unit_desk import order_row, passed, sent, signed, unit_id
from tests.world import Clock, World

SUPERVISOR, DISPATCHER, AUDITOR, LEADER = "1002", "1301", "1501", "1701"
LIAISON, HANDLER, UNIT_REVIEWER = "2101", "2102", "2103"


def asked(world: World) -> list[tuple[str, str, str, str]]:
    sql = "SELECT kind, level, stage, verdict FROM requests WHERE kind IN ('reminder', 'supervision') ORDER BY id"
    return [(row["kind"], row["level"], row["stage"], row["verdict"]) for row in world.rows(sql)]


def told(world: World) -> list[tuple[str, str]]:
    sql = (
        "SELECT m.template, u.code FROM messages m JOIN units u ON u.id = m.to_unit_id WHERE m.template IN"
        " ('remind', 'supervise', 'pressed_reviewer', 'pressed_leader', 'overdue') ORDER BY m.id"
    )
    return [(row["template"], row["code"]) for row in world.rows(sql)]


def test_five_stages_come_one_after_the_other_and_each_once(world: World) -> None:
    """A complaint of Monday is due on Monday the 30th at 18:00."""
    order_no = signed(world)
    for when, put in (
        ("2026-11-30 11:59", 0),
        ("2026-11-30 12:00", 1),
        ("2026-11-30 18:00", 1),
        ("2026-12-01 17:59", 0),
        ("2026-12-01 18:00", 1),
        ("2026-12-03 18:00", 1),
        ("2026-12-07 18:00", 1),
        ("2026-12-31 18:00", 0),
    ):
        world.clock.now = _at(when)
        assert sweep_stages(world.desk(SUPERVISOR)) == put, when
        assert sweep_stages(world.desk(DISPATCHER)) == 0, when
    assert asked(world) == [
        ("reminder", "handler", "before", "lapsed"),
        ("reminder", "handler", "at", "lapsed"),
        ("supervision", "unit_head", "after_1", "lapsed"),
        ("supervision", "leader", "after_3", "lapsed"),
        ("supervision", "head", "after_5", "pending"),
    ]
    assert world.events(order_no)[-5:] == [Deed.PRESS_BY_RULE] * 5
    assert told(world) == [
        *[("remind", "CY-CGJ")] * 2,
        *[("supervise", "CY-CGJ"), ("pressed_reviewer", "CY-CGJ")],
        *[("supervise", "CY-CGJ"), ("pressed_reviewer", "CY-CGJ"), ("pressed_leader", "CY-12345")] * 2,
    ]
    assert list(check(world.database)) == []


def _at(text: str) -> datetime:
    from tests.desk.rules.days import at

    return at(text).astimezone(UTC)


def test_the_event_names_the_stage_and_the_rule_and_nobody_as_its_doer(world: World) -> None:
    order_no = signed(world)
    due_at = order_row(world, order_no)["unit_due_at"]
    world.clock.now = _at("2026-12-01 18:00")
    sweep_stages(world.desk(SUPERVISOR))
    row = world.row("SELECT actor_uid FROM events ORDER BY seq DESC LIMIT 1")
    assert row["actor_uid"] is None
    data = world.event_data(order_no)
    assert (data["stage"], data["level"], data["rule"]) == ("after_1", "unit_head", "pressure.stages")
    assert data["unit_due_at"] == due_at
    (asked_row,) = world.rows("SELECT * FROM requests")
    assert (asked_row["asked_by"], asked_row["stage_due_at"]) == (None, due_at)
    assert asked_row["due_at"] == data["answer_due_at"] == int(_at("2026-12-02 18:00").timestamp() * 1000)
    shown = card(world.desk(AUDITOR), order_no)
    lines = [line for part in shown.sections for line in part.lines]
    assert any("自动催办督办" in line and "系统" in line for line in shown.history)
    assert any(line.startswith("督办（单位负责人） 12-01 18:00 按规则") for line in lines)
    (top, *_) = my_tickets.detail(world.desk(LIAISON), order_no).sections[0].lines
    assert top.startswith(
        "!督办（单位负责人）：按规则 12-01 18:00 提出，12-02 18:00 前回复：已超期 1 个工作日"
    )


def test_two_desks_at_once_put_a_stage_once(world: World) -> None:
    signed(world), signed(world)
    world.clock.now = _at("2026-11-30 18:01")
    desks = [world.desk(SUPERVISOR), world.desk(DISPATCHER), world.desk("1302")]
    counts: list[int] = []
    threads = [threading.Thread(target=lambda d=desk: counts.append(sweep_stages(d))) for desk in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(counts) == 2
    assert asked(world) == [("reminder", "handler", "at", "pending")] * 2


def test_stages_that_were_slept_through_are_passed_over(world: World) -> None:
    signed(world)
    world.clock.now = _at("2026-12-20 09:00")
    assert sweep_stages(world.desk(SUPERVISOR)) == 1
    assert asked(world) == [("supervision", "head", "after_5", "pending")]


class TestWhoIsLeftAlone:
    def test_a_suspended_order_and_afterwards_by_its_new_limit(self, world: World) -> None:
        order_no = signed(world)
        for _ in range(3):
            world.clock.tick(hours=2)
            my_tickets.log_contact_attempt(world.desk(HANDLER), order_no, note="无人接听")
        my_tickets.ask_suspension(world.desk(HANDLER), order_no, "等诉求人")
        world.clock.now = _at("2026-11-30 09:00")
        my_tickets.grant_suspension(world.desk(DISPATCHER), order_no)
        world.clock.now = _at("2026-12-01 18:00")
        assert sweep_stages(world.desk(SUPERVISOR)) == 0
        with world.nothing_written(), pytest.raises(NotNow):
            press_by_rule(world.desk(SUPERVISOR), order_no)
        my_tickets.resume(world.desk(DISPATCHER), order_no, "诉求人来电")
        assert sweep_stages(world.desk(SUPERVISOR)) == 1, "its new limit is Tuesday, 18:00"
        assert asked(world) == [("reminder", "handler", "at", "pending")]

    def test_an_answered_order(self, world: World) -> None:
        order_no = passed(world)
        my_tickets.log_answer(world.desk(HANDLER), order_no, said="已停工")
        world.clock.now = _at("2026-12-20 18:00")
        assert sweep_stages(world.desk(SUPERVISOR)) == 0
        review.send_back_close_review(world.desk(AUDITOR), order_no, "没有逐点答复", ["other"])
        assert sweep_stages(world.desk(SUPERVISOR)) == 1, "sent back, its clock never stopped (P2)"

    def test_a_crisis(self, tmp_path: Path) -> None:
        order_no = signed(world := World(tmp_path / "desk.db"))
        with world.database.write() as writer:
            writer.run("UPDATE work_orders SET is_crisis = 1")
        world.clock.now = _at("2026-12-20 18:00")
        assert sweep_stages(world.desk(SUPERVISOR)) == 0
        with world.nothing_written(), pytest.raises(NotNow):
            press_by_rule(world.desk(SUPERVISOR), order_no)

    def test_the_unit_whose_citizen_the_centre_answers(self, world: World) -> None:
        order_no = passed(world, kind=OrderKind.TIP_OFF)
        world.clock.now = _at("2026-12-20 18:00")
        assert sweep_stages(world.desk(SUPERVISOR)) == 0
        with world.nothing_written(), pytest.raises(NotNow):
            press_by_rule(world.desk(SUPERVISOR), order_no)

    def test_everybody_where_the_city_wants_no_stages(self, tmp_path: Path) -> None:
        world = World(tmp_path / "desk.db", settings={"pressure.stages": []})
        signed(world)
        world.clock.now = _at("2026-12-20 18:00")
        assert sweep_stages(world.desk(SUPERVISOR)) == 0


def test_a_granted_extension_starts_anew_and_the_old_stage_stays_in_the_history(world: World) -> None:
    order_no = signed(world)
    world.clock.now = _at("2026-11-30 12:00")
    assert sweep_stages(world.desk(SUPERVISOR)) == 1
    my_tickets.ask_extension(world.desk(HANDLER), order_no, 2, "工地取证", "已电话告知")
    my_tickets.grant_extension(world.desk(DISPATCHER), order_no)
    assert asked(world) == [("reminder", "handler", "before", "lapsed")]
    world.clock.now = _at("2026-11-30 18:00")
    assert sweep_stages(world.desk(SUPERVISOR)) == 0
    world.clock.now = _at("2026-12-02 12:00")
    assert sweep_stages(world.desk(SUPERVISOR)) == 1
    assert asked(world) == [
        ("reminder", "handler", "before", "lapsed"),
        ("reminder", "handler", "before", "pending"),
    ]


def test_an_order_that_goes_to_another_unit_takes_no_stage_along(world: World) -> None:
    order_no = signed(world)
    world.clock.now = _at("2026-12-01 18:00")
    sweep_stages(world.desk(SUPERVISOR))
    dispatch.reassign(world.desk(DISPATCHER), order_no, unit_id(world, "CY-RSJ"), reason="属地不符")
    assert asked(world) == [("supervision", "unit_head", "after_1", "lapsed")]
    (top, *_) = my_tickets.detail(world.desk("2201"), order_no).sections[0].lines
    assert not top.startswith("!督办")


def test_an_order_that_has_ended_owes_no_answer(world: World) -> None:
    order_no = review_life.to_call_back(world)
    review.supervise(world.desk(LEADER), order_no, "书面说明")
    review.close_satisfied(world.desk(review_life.CALLER), order_no)
    row = world.row("SELECT verdict, decision, decided_by FROM requests")
    assert row == {"verdict": "lapsed", "decision": "工单已结束", "decided_by": None}
    assert review.page(world.desk(AUDITOR), "supervision").rows == ()


def test_urgent_orders_go_by_hours_holidays_included(tmp_path: Path) -> None:
    world = World(tmp_path / "desk.db", clock=Clock(_at("2026-10-01 20:00")))
    signed(world, kind=OrderKind.HELP_REQUEST, urgency=Urgency.URGENT)
    for when, put in (
        ("2026-10-02 18:00", 1),
        ("2026-10-02 20:00", 1),
        ("2026-10-02 22:00", 1),
        ("2026-10-03 02:00", 1),
        ("2026-10-03 08:00", 1),
    ):
        world.clock.now = _at(when)
        assert sweep_stages(world.desk(SUPERVISOR)) == put, when
    due = [row["due_at"] - row["asked_at"] for row in world.rows("SELECT * FROM requests ORDER BY id")]
    assert due[2:] == [2 * 3_600_000] * 3
    words = world.row("SELECT reason FROM requests WHERE stage = 'after_5'")["reason"]
    assert words.startswith("已超期 12 小时（时限 10-02 20:00）")


def test_the_heads_of_the_house_are_told_by_their_own_number(tmp_path: Path) -> None:
    world = World(tmp_path / "desk.db", settings={"pressure.heads": ["1001"]})
    with world.database.write() as writer:
        writer.run("UPDATE staff SET mobile = '13900009999' WHERE staff_no = '1001'")
        writer.run("UPDATE staff SET mobile = '13900008888' WHERE staff_no = '1701'")
        writer.run("UPDATE staff SET mobile = '13900007777' WHERE staff_no = '2103'")
    order_no = signed(world)
    review.supervise(world.desk(LEADER), order_no, "书面说明", level=PressureLevel.HEAD)
    with world.database.read() as reader:
        rows = reader.all("SELECT id FROM messages WHERE template LIKE 'pressed%' ORDER BY id")
        messages = [message_queries.by_id(reader, row["id"]) for row in rows]
        numbers = [number_of(reader, message) for message in messages if message is not None]
    assert numbers == ["13900007777", "13900008888", "13900009999"]


@pytest.mark.parametrize(
    ("key", "text", "flaw"),
    [
        ("pressure.stages", '[{"stage": "at"}]', "第 1 档须有且只有"),
        ("pressure.heads", '["9999"]', "工号 9999 不存在"),
        ("supervise.level", '"mayor"', "须为 handler"),
    ],
)
def test_a_city_cannot_set_what_would_not_work(world: World, key: str, text: str, flaw: str) -> None:
    with world.database.write() as writer:
        writer.insert("settings", {"key": key, "value": "[]" if "level" not in key else '"handler"'})
    with pytest.raises(BadInput, match=flaw):
        city_settings.set_setting(world.desk("1001"), key, text)


def test_normal_orders_wait_for_the_end_of_the_holidays(tmp_path: Path) -> None:
    """An inquiry of 28 September is due on the 30th; 国庆 lies between that and the next working day, 10-10 works."""
    world = World(tmp_path / "desk.db", clock=Clock(_at("2026-09-28 09:00")))
    signed(world, kind=OrderKind.INQUIRY)
    world.clock.now = _at("2026-09-30 18:00")
    assert sweep_stages(world.desk(SUPERVISOR)) == 1
    world.clock.now = _at("2026-10-08 17:59")
    assert sweep_stages(world.desk(SUPERVISOR)) == 0
    world.clock.now = _at("2026-10-10 18:00")
    assert sweep_stages(world.desk(SUPERVISOR)) == 1
    assert asked(world)[-1] == ("supervision", "leader", "after_3", "pending")


def test_what_a_leader_has_asked_already_stands_above_the_stage(world: World) -> None:
    order_no = signed(world)
    review.supervise(world.desk(LEADER), order_no, "三日内到现场", days=20)
    world.clock.now = _at("2026-12-01 18:00")
    messages = told(world)
    assert sweep_stages(world.desk(SUPERVISOR)) == 1
    assert sweep_stages(world.desk(SUPERVISOR)) == 0
    assert asked(world) == [
        ("supervision", "leader", None, "pending"),
        ("supervision", "unit_head", "after_1", "lapsed"),
    ]
    assert told(world) == messages, "the unit is not asked twice"
    assert "merged_into" in world.event_data(order_no)
    world.clock.now = _at("2026-12-07 18:00")
    sweep_stages(world.desk(SUPERVISOR))
    assert [row[3] for row in asked(world)] == ["lapsed", "lapsed", "pending"]


def test_the_sweep_of_a_running_desk_does_it_and_the_unit_is_not_told_twice(world: World) -> None:
    signed(world)
    world.clock.now = _at("2026-11-30 18:01")
    assert my_tickets.sweep(world.desk(SUPERVISOR)) == 1
    assert told(world) == [("remind", "CY-CGJ")]
    assert my_tickets.sweep(world.desk(HANDLER)) == 0


def test_a_timer_of_the_system_does_it_for_every_centre(world: World) -> None:
    signed(world)
    world.clock.now = _at("2026-11-30 18:01")
    opening = Opening(world.database, world.clock, "cron")
    assert press_all(opening) == 1
    assert press_all(opening) == 0
    row = world.row("SELECT actor_uid, seat FROM events ORDER BY seq DESC LIMIT 1")
    assert row == {"actor_uid": None, "seat": "cron"}


class TestByHand:
    def test_a_level_and_a_limit_may_be_named(self, world: World) -> None:
        order_no = signed(world)
        review.remind(world.desk(AUDITOR), order_no, "请抓紧", PressureLevel.UNIT_HEAD, 3)
        row = world.row("SELECT level, due_at FROM requests")
        assert row == {"level": "unit_head", "due_at": int(_at("2026-11-26 18:00").timestamp() * 1000)}
        for days in (0, 61):
            with world.nothing_written(), pytest.raises(BadInput, match="催办时限"):
                review.remind(world.desk(AUDITOR), order_no, "请抓紧", days=days)

    @pytest.mark.parametrize("level", [PressureLevel.LEADER, PressureLevel.HEAD])
    def test_the_leaders_levels_are_for_supervisors_and_leaders(
        self, world: World, level: PressureLevel
    ) -> None:
        order_no = signed(world)
        with world.nothing_written(), pytest.raises(NotAllowed, match="由班长或调度领导提出"):
            review.supervise(world.desk(AUDITOR), order_no, "抓紧", level=level)
        review.supervise(world.desk(SUPERVISOR), order_no, "抓紧", level=level)

    def test_a_higher_one_takes_up_the_lower_and_an_equal_one_waits(self, world: World) -> None:
        order_no = signed(world)
        review.supervise(world.desk(AUDITOR), order_no, "书面说明")
        with world.nothing_written(), pytest.raises(NotNow, match="提级督办"):
            review.supervise(world.desk(AUDITOR), order_no, "再说明")
        review.supervise(world.desk(LEADER), order_no, "到现场")
        assert asked(world) == [
            ("supervision", "unit_head", None, "lapsed"),
            ("supervision", "leader", None, "pending"),
        ]
        with world.database.read() as reader:
            assert next_level(world.desk(AUDITOR), reader, order_row(world, order_no)["id"]) == "head"

    def test_whoever_cannot_go_higher_is_told_before_the_form_opens(self, world: World) -> None:
        order_no = signed(world)
        review.supervise(world.desk(AUDITOR), order_no, "书面说明")
        with pytest.raises(NotNow, match="提级督办"):
            review.check(world.desk("1502"), order_no, Deed.SUPERVISE)
        review.check(world.desk(LEADER), order_no, Deed.SUPERVISE)
        choices = review.pressure_choices(world.desk(SUPERVISOR), order_no, RequestKind.SUPERVISION)
        assert choices.proposed is PressureLevel.LEADER
        assert choices.levels == tuple(PressureLevel)

    def test_a_leader_sees_his_own_level_alone(self, world: World) -> None:
        low, high, own = signed(world), signed(world), signed(world)
        review.supervise(world.desk(AUDITOR), low, "说明")
        review.supervise(world.desk(SUPERVISOR), high, "说明", level=PressureLevel.HEAD)
        review.remind(world.desk(LEADER), own, "请抓紧", PressureLevel.HANDLER)
        seen = {row.order.order_no for row in review.page(world.desk(LEADER), "supervision").rows}
        assert seen == {high, own}
        assert {row.order_no for row in pressures(world.desk(LEADER))} == {high, own}
        assert {row.order_no for row in pressures(world.desk(AUDITOR))} == {low, high, own}
        above = pressures(world.desk(UNIT_REVIEWER), level=PressureLevel.UNIT_HEAD)
        assert {row.order_no for row in above} == {low, high}
        assert pressures(world.desk("2201")) == ()


class TestJudging:
    def answered(self, world: World, by: str = AUDITOR) -> str:
        order_no = signed(world)
        review.supervise(world.desk(by), order_no, "书面说明")
        world.clock.tick(days=3)
        my_tickets.answer_supervision(world.desk(HANDLER), order_no, "正在办理")
        return order_no

    def test_who_ordered_it_or_a_supervisor_judges_the_answer(self, world: World) -> None:
        order_no = self.answered(world)
        with world.nothing_written(), pytest.raises(NotAllowed, match="请审核甲或班长评价"):
            review.accept_answer(world.desk("1502"), order_no)
        with world.nothing_written(), pytest.raises(NotAllowed):
            review.accept_answer(world.desk(LIAISON), order_no)
        review.accept_answer(world.desk(SUPERVISOR), order_no, "可以")
        with world.nothing_written(), pytest.raises(NotNow, match="没有待评价"):
            review.accept_answer(world.desk(SUPERVISOR), order_no)
        lines = [line for part in card(world.desk(AUDITOR), order_no).sections for line in part.lines]
        assert any("已回复（!逾期）" in line for line in lines)
        assert any("评价回复" in line and line.endswith("班长甲：认可") for line in lines)

    def test_an_answer_that_will_not_do_puts_the_unit_under_supervision_again(self, world: World) -> None:
        order_no = self.answered(world)
        with world.nothing_written(), pytest.raises(BadInput, match="再督办要求"):
            review.press_again(world.desk(AUDITOR), order_no, " ")
        with world.nothing_written(), pytest.raises(NotAllowed, match="由班长或调度领导提出"):
            review.press_again(world.desk(AUDITOR), order_no, "不够", level=PressureLevel.HEAD)
        review.press_again(world.desk(AUDITOR), order_no, "写明完成时间", 1)
        assert world.events(order_no)[-1] == Deed.PRESS_AGAIN
        rows = world.rows("SELECT level, verdict, is_accepted FROM requests ORDER BY id")
        assert [tuple(row.values()) for row in rows] == [
            ("unit_head", "granted", 0),
            ("unit_head", "pending", None),
        ]
        (row,) = review.page(world.desk(AUDITOR), "supervision").rows
        assert row.pressed is not None
        assert (row.pressed.kind, row.pressed.words) == (RequestKind.SUPERVISION, "写明完成时间")

    def test_again_is_never_below_the_level_before(self, world: World) -> None:
        order_no = self.answered(world, by=LEADER)
        review.press_again(world.desk(SUPERVISOR), order_no, "写明完成时间", level=PressureLevel.UNIT_HEAD)
        assert asked(world)[-1][1] == "leader"

    def test_what_a_rule_ordered_is_judged_by_who_may_order_it(self, world: World) -> None:
        order_no = signed(world)
        world.clock.now = _at("2026-12-01 18:00")
        sweep_stages(world.desk(SUPERVISOR))
        my_tickets.answer_supervision(world.desk(HANDLER), order_no, "正在办理")
        review.accept_answer(world.desk("1502"), order_no)
        (row,) = pressures(world.desk(AUDITOR), with_answered=True)
        assert (row.asked_by, row.is_judged, row.is_accepted) == ("按规则", True, True)


def test_a_list_of_what_is_late_leaves_out_the_rest(world: World) -> None:
    late, early = signed(world), sent(world)
    review.remind(world.desk(AUDITOR), late, "请抓紧")
    world.clock.tick(days=2)
    review.remind(world.desk(AUDITOR), early, "请抓紧")
    assert [row.order_no for row in pressures(world.desk(AUDITOR))] == [late, early]
    assert [row.order_no for row in pressures(world.desk(AUDITOR), only_late=True)] == [late]
    my_tickets.answer_reminder(world.desk(HANDLER), late, "在办")
    (row,) = pressures(world.desk(AUDITOR), only_late=True, with_answered=True)
    assert (row.answer, row.was_late) == ("在办", True)


SECRET: dict[str, Any] = {
    "kind": OrderKind.TIP_OFF,
    "requester_name": "赵钱孙",
    "contact_phone": "13812345678",
}


def test_of_a_secret_order_nothing_points_to_the_caller(world: World) -> None:
    order_no = signed(world, **SECRET)
    world.clock.now = _at("2026-12-20 18:00")
    sweep_stages(world.desk(SUPERVISOR))
    shown = [
        repr(pressures(world.desk(LIAISON))),
        repr(pressures(world.desk(LEADER))),
        repr(my_tickets.detail(world.desk(LIAISON), order_no)),
        repr(world.rows("SELECT body FROM messages")),
    ]
    assert not [each for each in shown if "赵钱孙" in each or "13812345678" in each or "打桩" in each]
