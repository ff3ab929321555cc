"""考核: figures, scores with a second person over every appeal, what is left out, and the orders behind a figure."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from db.codes import NotAssessed, Verdict
from desk import assessment, card, city_settings, dispatch, intake, my_tickets, review
from desk.errors import BadInput, NotAllowed, NotNow, Refused
from desk.procedures import enter_procedure, refuse_procedure
from desk.rules import assessment_figures as figures
from desk.rules.calendar import local
from tests.desk import assessed, unit_desk
from tests.desk.assessed import (
    AUDITOR,
    CALLER,
    HELPER,
    HELPER_LIAISON,
    HELPER_REVIEWER,
    SECOND_AUDITOR,
    STEWARD,
    STEWARD_HANDLER,
    STEWARD_LIAISON,
    STEWARD_REVIEWER,
    SUPERVISOR,
)
from tests.desk.review_life import steps_written
from tests.world import World


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path / "desk.db")


def numbers(world: World, unit: str = "县城管局", month: str = "", by: str = SUPERVISOR) -> dict[str, int]:
    table = assessment.table(world.desk(by), month)
    return next((dict(line.numbers) for line in table.lines if line.name == unit), {})


def value(world: World, key: str, unit: str = "县城管局") -> str:
    table = assessment.table(world.desk(SUPERVISOR))
    line = next(line for line in table.lines if line.name == unit)
    return line.value(figures.figure(key)).text


# -- scores


def test_the_centre_scores_how_a_closed_order_was_handled_once_each_round(world: World) -> None:
    order_no = assessed.closed(world)
    row = assessment.score_handling(world.desk(AUDITOR), order_no, 4, "办理及时")
    assert row.order_no == order_no
    assert world.events(order_no)[-1] == "score_handling"
    data = world.event_data(order_no)
    unit = world.row("SELECT uid FROM units WHERE code = :code", code=STEWARD)["uid"]
    assert (data["points"], data["unit_uid"]) == (4, unit)
    with world.nothing_written(), pytest.raises(NotNow, match="已评过"):
        assessment.score_handling(world.desk(SUPERVISOR), order_no, 5, "再评")
    assert value(world, "handling") == "4.00"


@pytest.mark.parametrize("points", [0, 6, -1, True, "5", None])
def test_points_outside_one_to_five_are_refused(world: World, points: Any) -> None:
    order_no = assessed.closed(world)
    with world.nothing_written(), pytest.raises(BadInput, match="1 至 5"):
        assessment.score_handling(world.desk(AUDITOR), order_no, points, "理由")


def test_a_score_needs_its_reason_and_an_order_that_is_closed(world: World) -> None:
    order_no = assessed.to_call_back(world)
    with world.nothing_written():
        with pytest.raises(BadInput, match="评分理由"):
            assessment.score_handling(world.desk(AUDITOR), order_no, 3, " ")
        with pytest.raises(NotNow, match="待回访"):
            assessment.score_handling(world.desk(AUDITOR), order_no, 3, "理由")


@pytest.mark.parametrize("staff_no", ["1203", "1301", CALLER, "1701", STEWARD_LIAISON, "1001"])
def test_only_auditors_and_supervisors_score_the_handling(world: World, staff_no: str) -> None:
    order_no = assessed.closed(world)
    with world.nothing_written(), pytest.raises(NotAllowed):
        assessment.score_handling(world.desk(staff_no), order_no, 3, "理由")


def test_the_steward_scores_its_helper_within_five_working_days_of_closing(world: World) -> None:
    order_no = assessed.closed(world)
    helper = unit_desk.unit_id(world, HELPER)
    found = assessment.to_score(world.desk(STEWARD_HANDLER))
    assert [(row.order_no, row.unit) for row in found] == [(order_no, "县人社局")]
    assert f"{local(found[0].until):%m-%d %H:%M}" == "11-30 18:00"
    assessment.score_cooperation(world.desk(STEWARD_HANDLER), order_no, helper, 5, "随叫随到")
    assert assessment.to_score(world.desk(STEWARD_HANDLER)) == ()
    assert numbers(world, "县人社局") == {"helped": 1, "cooperation": 1, "cooperation_points": 5}
    with world.nothing_written(), pytest.raises(NotNow, match="已评过"):
        assessment.score_cooperation(world.desk(STEWARD_LIAISON), order_no, helper, 1, "改评")


def test_a_helper_not_scored_in_time_stays_unscored_and_is_not_counted(world: World) -> None:
    order_no = assessed.closed(world)
    world.clock.tick(days=5)
    assert assessment.to_score(world.desk(STEWARD_HANDLER)), (
        "Monday to Saturday: the fifth working day is Monday"
    )
    world.clock.tick(days=3)
    helper = unit_desk.unit_id(world, HELPER)
    assert assessment.to_score(world.desk(STEWARD_HANDLER)) == ()
    with world.nothing_written(), pytest.raises(NotNow, match="按未评处理"):
        assessment.score_cooperation(world.desk(STEWARD_HANDLER), order_no, helper, 5, "好")
    assert numbers(world, "县人社局", "2026-11") == {"helped": 1, "unscored": 1}


def test_a_helper_scores_neither_itself_nor_the_handling(world: World) -> None:
    order_no = assessed.closed(world)
    helper = unit_desk.unit_id(world, HELPER)
    with world.nothing_written():
        with pytest.raises(NotAllowed, match="工单管家评"):
            assessment.score_cooperation(world.desk(HELPER_LIAISON), order_no, helper, 5, "好")
        with pytest.raises(NotAllowed):
            assessment.score_handling(world.desk(HELPER_LIAISON), order_no, 1, "差")
        with pytest.raises(NotAllowed):
            assessment.score_cooperation(world.desk("2301"), order_no, helper, 5, "别家")


def test_only_who_helped_is_scored_for_it(world: World) -> None:
    order_no = assessed.closed(world)
    with world.nothing_written(), pytest.raises(BadInput, match="没有协办"):
        assessment.score_cooperation(
            world.desk(STEWARD_HANDLER), order_no, unit_desk.unit_id(world, "CY-HSZ"), 5, "好"
        )


def test_the_steward_is_told_whom_to_score_and_until_when(world: World) -> None:
    order_no = assessed.closed(world)
    told = world.rows("SELECT body, to_unit_id FROM messages WHERE template = 'to_score'")
    assert [row["body"] for row in told] == [
        f"工单 {order_no} 已办结，请于 11-30 18:00 前在 F4 按 p 评县人社局的配合情况"
    ]
    assert told[0]["to_unit_id"] == unit_desk.unit_id(world, STEWARD)
    assessed.closed(world, co=())
    assert len(world.rows("SELECT id FROM messages WHERE template = 'to_score'")) == 1


# -- appeals


def test_a_granted_appeal_replaces_the_score_in_its_month_and_keeps_the_old_one(world: World) -> None:
    score_id = assessed.handled_score(world, 2)
    assessment.appeal_score(world.desk(STEWARD_REVIEWER), score_id, "当天已到场")
    assert assessment.score(world.desk(SUPERVISOR), score_id).may_decide
    assert assessment.table(world.desk(SUPERVISOR)).appeals == 1
    world.clock.tick(days=10)
    assessment.grant_appeal(world.desk(SUPERVISOR), score_id, 4, "核对属实")
    found = numbers(world, month="2026-11")
    assert (found["handling"], found["handling_points"]) == (1, 4)
    assert "handling" not in numbers(world, month="2026-12")
    old, new = (
        assessment.score(world.desk(SUPERVISOR), key) for key in (score_id, assessed.last_score(world))
    )
    assert (old.points, old.verdict, old.state) == (2, Verdict.GRANTED, "申诉改4分")
    assert old.ended_at is not None
    assert (new.points, new.is_correction, new.ended_at) == (4, True, None)
    assert not new.may_appeal


def test_a_granted_appeal_may_remove_the_score(world: World) -> None:
    score_id = assessed.handled_score(world)
    assessment.appeal_score(world.desk(STEWARD_LIAISON), score_id, "不是本单位职责")
    assessment.grant_appeal(world.desk(SECOND_AUDITOR), score_id, None, "撤销")
    assert value(world, "handling") == "-"
    assert assessment.score(world.desk(STEWARD_LIAISON), score_id).state == "申诉撤销"


def test_a_refused_appeal_leaves_the_score_and_says_why(world: World) -> None:
    score_id = assessed.handled_score(world)
    assessment.appeal_score(world.desk(STEWARD_LIAISON), score_id, "不服")
    with world.nothing_written(), pytest.raises(BadInput, match="决定理由"):
        assessment.refuse_appeal(world.desk(SUPERVISOR), score_id, "")
    assessment.refuse_appeal(world.desk(SUPERVISOR), score_id, "两次催办有记录")
    row = assessment.score(world.desk(STEWARD_LIAISON), score_id)
    assert (row.points, row.state, row.decision, row.ended_at) == (2, "申诉不成立", "两次催办有记录", None)
    told = world.row("SELECT body, to_unit_id FROM messages WHERE template = 'appeal_decided'")
    assert (told["to_unit_id"], "原分不变" in told["body"]) == (unit_desk.unit_id(world, STEWARD), True)
    with world.nothing_written(), pytest.raises(NotNow, match="一次"):
        assessment.appeal_score(world.desk(STEWARD_LIAISON), score_id, "再诉")


def test_who_scored_never_decides_the_appeal_nor_does_another_number_of_the_same_person(world: World) -> None:
    score_id = assessed.handled_score(world)
    assessment.appeal_score(world.desk(STEWARD_LIAISON), score_id, "不服")
    with world.nothing_written():
        for decide in (
            lambda desk: assessment.grant_appeal(desk, score_id, 5, "同意"),
            lambda desk: assessment.refuse_appeal(desk, score_id, "不同意"),
        ):
            with pytest.raises(NotAllowed, match="评分人"):
                decide(world.desk(AUDITOR))
    with world.database.write() as writer:
        writer.run(
            "UPDATE staff SET person_uid = (SELECT person_uid FROM staff WHERE staff_no = :one) WHERE staff_no = :other",
            one=AUDITOR,
            other=SUPERVISOR,
        )
    with world.nothing_written(), pytest.raises(NotAllowed, match="评分人"):
        assessment.grant_appeal(world.desk(SUPERVISOR), score_id, 5, "同意")
    assert not assessment.score(world.desk(SUPERVISOR), score_id).may_decide


@pytest.mark.parametrize("staff_no", [HELPER_REVIEWER, "2302", STEWARD_HANDLER, SUPERVISOR, "1203"])
def test_only_the_scored_unit_s_speakers_appeal(world: World, staff_no: str) -> None:
    score_id = assessed.handled_score(world)
    with world.nothing_written(), pytest.raises(Refused):
        assessment.appeal_score(world.desk(staff_no), score_id, "不服")


def test_a_helper_appeals_against_its_steward_s_score_and_the_centre_decides(world: World) -> None:
    order_no = assessed.closed(world)
    helper = unit_desk.unit_id(world, HELPER)
    assessment.score_cooperation(world.desk(STEWARD_LIAISON), order_no, helper, 1, "叫不动")
    score_id = assessed.last_score(world)
    with world.nothing_written(), pytest.raises(NotNow, match="被评单位"):
        assessment.appeal_score(world.desk(STEWARD_REVIEWER), score_id, "代诉")
    assessment.appeal_score(world.desk(HELPER_LIAISON), score_id, "当天到场，有照片")
    with world.nothing_written(), pytest.raises(NotAllowed):
        assessment.grant_appeal(world.desk(STEWARD_REVIEWER), score_id, 5, "同意")
    assessment.grant_appeal(world.desk(AUDITOR), score_id, 4, "照片属实")
    assert value(world, "cooperation", "县人社局") == "4.00"


def test_an_appeal_comes_within_five_working_days(world: World) -> None:
    score_id = assessed.handled_score(world)
    world.clock.tick(days=8)
    with world.nothing_written(), pytest.raises(NotNow, match="前提出"):
        assessment.appeal_score(world.desk(STEWARD_LIAISON), score_id, "迟了")


def test_what_is_granted_must_change_something(world: World) -> None:
    score_id = assessed.handled_score(world, 2)
    assessment.appeal_score(world.desk(STEWARD_LIAISON), score_id, "不服")
    with world.nothing_written(), pytest.raises(BadInput, match="原分"):
        assessment.grant_appeal(world.desk(SUPERVISOR), score_id, 2, "同意")


def test_a_unit_sees_its_own_scores_but_no_name_of_the_centre(world: World) -> None:
    score_id = assessed.handled_score(world)
    row = assessment.scores(world.desk(STEWARD_LIAISON)).rows[0]
    assert (row.id, row.points, row.may_appeal) == (score_id, 2, True)
    assert row.scorer == "崇义"
    assert assessment.scores(world.desk("2301")).total == 0
    with pytest.raises(Refused, match="没有这份评分"):
        assessment.score(world.desk("2301"), score_id)
    own = "\n".join(card.card(world.desk(STEWARD_LIAISON), row.order_no).as_lines)
    assert "处理成效 县城管局 2分" in own
    assert "处理成效评分" not in own, "who scored at the centre"
    helper = "\n".join(card.card(world.desk(HELPER_LIAISON), row.order_no).as_lines)
    assert "答复笼统" not in helper
    assert "处理成效" not in helper
    assert "处理成效评分" in "\n".join(card.card(world.desk(SUPERVISOR), row.order_no).as_lines)


def test_a_helper_s_score_is_read_by_it_and_its_steward_not_by_another_helper(world: World) -> None:
    order_no = assessed.closed(world, co=(HELPER, "CY-HSZ"))
    helper = unit_desk.unit_id(world, HELPER)
    assessment.score_cooperation(world.desk(STEWARD_LIAISON), order_no, helper, 1, "叫不动")
    for staff_no, is_read in ((HELPER_LIAISON, True), (STEWARD_HANDLER, True), ("2301", False)):
        told = "\n".join(card.card(world.desk(staff_no), order_no).as_lines)
        assert ("叫不动" in told) == is_read, staff_no
        assert assessment.scores(world.desk(staff_no)).total == int(is_read), staff_no


# -- figures


def test_a_plain_life_counts_for_unit_and_centre_in_the_month_of_each_thing(world: World) -> None:
    assessed.closed(world, co=())
    assert numbers(world) == {
        "received": 1,
        "signed_in_time": 1,
        "answered_in_time": 1,
        "solved": 1,
        "satisfied": 1,
        "raw_solved": 1,
        "raw_satisfied": 1,
    }
    assert numbers(world, "崇义") == {
        "sent_in_time": 1,
        "first_sent": 1,
        "first_right": 1,
        "audited_in_time": 1,
        "to_call_back": 1,
        "called_back": 1,
        "called_in_time": 1,
        "citizen_in_time": 1,
    }
    assert assessment.table(world.desk(SUPERVISOR), "2026-10").lines == ()


def test_what_a_panel_found_unreasonable_leaves_the_rates_but_stands_beside_them_raw(world: World) -> None:
    assessed.closed(world, co=())
    assert value(world, "satisfied") == "100%"
    order_no = assessed.unreasonable(world)
    assert (value(world, "satisfied"), value(world, "raw_satisfied")) == ("100%", "50.0%")
    assert (value(world, "solved"), value(world, "raw_solved")) == ("100%", "50.0%")
    assert (value(world, "graded_d"), value(world, "received")) == ("0", "1")
    page = assessment.left_out(world.desk(SUPERVISOR), "2026-11")
    assert [(row.order.order_no, row.why) for row in page.rows] == [(order_no, NotAssessed.UNREASONABLE)]
    with world.nothing_written(), pytest.raises(NotNow, match="不纳入考核"):
        assessment.score_handling(world.desk(AUDITOR), order_no, 5, "理由")


def test_what_the_citizen_withdrew_is_left_out_and_listed_even_raw(world: World) -> None:
    order_no = unit_desk.signed(world)
    intake.withdraw(world.desk("1203"), order_no, "自己解决了")
    assert numbers(world) == {"left_out": 1}
    row = assessment.left_out(world.desk(STEWARD_LIAISON), "").rows[0]
    assert (row.order.order_no, row.why) == (order_no, NotAssessed.WITHDRAWN)


def test_a_dispatch_that_was_taken_back_is_as_if_it_had_never_been(world: World) -> None:
    order_no = unit_desk.sent(world)
    dispatch.recall(world.desk("1301"), order_no, "派错了")
    assert numbers(world) == {}
    assert numbers(world, "崇义") == {}


def test_unsigned_is_late_unless_a_return_waits_for_the_centre(world: World) -> None:
    asleep, waiting = unit_desk.sent(world), unit_desk.sent(world)
    my_tickets.ask_return(
        world.desk(STEWARD_LIAISON),
        waiting,
        "not_our_duty",
        unit_desk.unit_id(world, HELPER),
        "不归我们",
        "清单",
    )
    world.clock.tick(days=3)
    my_tickets.auto_sign(world.desk("1301"), asleep)
    my_tickets.auto_sign(world.desk("1301"), waiting)
    assert numbers(world)["signed_late"] == 1
    assert "signed_in_time" not in numbers(world)


def test_an_overdue_order_shows_at_once_and_stays_counted_when_it_leaves_the_unit(world: World) -> None:
    order_no = unit_desk.signed(world)
    world.clock.tick(days=20)
    desk = world.desk(SUPERVISOR)
    line = next(line for line in assessment.table(desk).lines if line.name == "县城管局")
    assert line.numbers == {"overdue_now": 1}
    rows = assessment.orders(desk, "", line.unit_id, "overdue_now").rows
    assert [row.order_no for row in rows] == [order_no]
    dispatch.reassign(world.desk("1302"), order_no, unit_desk.unit_id(world, HELPER), reason="改由其办理")
    assert numbers(world)["left_late"] == 1


def test_a_procedure_that_is_not_accepted_erases_no_lateness_and_counts_it_once(world: World) -> None:
    order_no = unit_desk.signed(world)
    world.clock.tick(days=8)
    handler = world.desk(STEWARD_HANDLER)
    enter_procedure(handler, order_no, "penalty", "执法大队", "罚立1号", "2027-01-15", "已电话告知")
    assert numbers(world, month="2026-12")["left_late"] == 1
    refuse_procedure(world.desk(AUDITOR), order_no, "没有立案书")
    assert "left_late" not in numbers(world, month="2026-12")
    my_tickets.submit_reply(handler, order_no, "已查处", "您好，已依法查处")
    my_tickets.pass_reply(world.desk(STEWARD_REVIEWER), order_no)
    my_tickets.log_answer(handler, order_no, said="已告知")
    steps_written(world, order_no)
    review.pass_close_review(world.desk(AUDITOR), order_no)
    assert numbers(world, month="2026-12")["answered_late"] == 1
    assert assessment.verify(world.desk(SUPERVISOR)).differing == ()


def test_a_wrong_first_dispatch_counts_against_the_centre_in_its_own_month(world: World) -> None:
    order_no = unit_desk.sent(world)
    dispatch.reassign(world.desk("1302"), order_no, unit_desk.unit_id(world, HELPER), reason="派错")
    assert value(world, "first", "崇义") == "0%"
    assert numbers(world, "县人社局") == {"received": 1}


def test_every_figure_opens_the_orders_behind_it(world: World) -> None:
    good, bad = assessed.closed(world, co=()), assessed.dissatisfied(world)
    desk, unit = world.desk(SUPERVISOR), unit_desk.unit_id(world, STEWARD)
    centre = unit_desk.unit_id(world, "CY-12345")
    for line in assessment.table(desk).lines:
        for found in line.values:
            page = assessment.orders(desk, "2026-11", line.unit_id, found.figure.key)
            assert bool(page.total) == bool(found.part or found.whole), found.figure.key
    both = assessment.orders(desk, "2026-11", unit, "satisfied")
    assert {row.order_no for row in both.rows} == {good, bad}
    only = assessment.orders(desk, "2026-11", unit, "satisfied", only_bad=True)
    assert [row.order_no for row in only.rows] == [bad]
    assert assessment.orders(desk, "2026-11", centre, "coverage").total == 2
    assert assessment.orders(desk, "2026-11", centre, "coverage", only_bad=True).total == 0


def test_an_unknown_figure_and_a_month_that_is_none_are_refused(world: World) -> None:
    desk = world.desk(SUPERVISOR)
    with pytest.raises(BadInput, match="指标"):
        assessment.orders(desk, "2026-11", 0, "beauty")
    with pytest.raises(BadInput, match="月份"):
        assessment.table(desk, "2026-13")


def test_the_city_sets_the_weights_and_what_is_said_of_them(tmp_path: Path) -> None:
    kept = {"assessment.weights": {"signed": 10}, "assessment.weights_text": "按签收"}
    world = World(tmp_path / "weighed.db", settings=kept)
    assessed.closed(world, co=())
    assessed.dissatisfied(world)
    line = assessment.table(world.desk(SUPERVISOR)).units[0]
    assert (line.total, assessment.table(world.desk(SUPERVISOR)).weights_text) == (100, "按签收")
    admin = world.desk("1001")
    for bad in ('{"beauty": 3}', '{"signed": -1}', '{"signed": 0}', "{}", '{"signed": "x"}'):
        with world.nothing_written(), pytest.raises(BadInput, match=r"assessment\.weights"):
            city_settings.set_setting(admin, "assessment.weights", bad)
    city_settings.set_setting(admin, "assessment.weights", '{"signed": 10, "satisfied": 30}')
    assert assessment.table(world.desk(SUPERVISOR)).units[0].total == pytest.approx(62.5)


# -- sight


def test_units_see_their_own_line_only_and_nobody_else_sees_any(world: World) -> None:
    assessed.closed(world)
    own = assessment.table(world.desk(STEWARD_LIAISON))
    assert [line.name for line in own.lines] == ["县城管局"]
    with pytest.raises(NotAllowed, match="权限范围"):
        assessment.orders(world.desk(STEWARD_LIAISON), "", unit_desk.unit_id(world, HELPER), "helped")
    clerk = world.desk("2301")
    object.__setattr__(clerk.actor, "roles", frozenset({"station_clerk"}))
    with pytest.raises(NotAllowed, match="热线中心和承办单位"):
        assessment.table(clerk)


def test_a_unit_reads_nothing_of_an_order_that_turned_out_to_be_about_itself(world: World) -> None:
    order_no = assessed.closed(world, co=())
    desk = world.desk(STEWARD_LIAISON)
    unit = unit_desk.unit_id(world, STEWARD)
    assert assessment.orders(desk, "", unit, "received").total == 1
    with world.database.write() as writer:
        writer.run(
            "UPDATE work_orders SET accused_unit_id = :unit WHERE order_no = :no", unit=unit, no=order_no
        )
    assert assessment.orders(desk, "", unit, "received").total == 0
    assert numbers(world)["received"] == 1


def test_a_secret_order_is_bare_to_whoever_may_not_read_it(world: World) -> None:
    order_no = assessed.closed(world, co=(), is_confidential=True, requester_name="李先生")
    assessment.score_handling(world.desk(AUDITOR), order_no, 3, "按时")
    unit = unit_desk.unit_id(world, STEWARD)
    for staff_no in (STEWARD_LIAISON, "1203"):
        desk = world.desk(staff_no)
        row = assessment.orders(desk, "", unit, "received").rows[0]
        assert (row.title, row.caller) == ("保密工单", "（保密）")
        assert assessment.scores(desk).rows[0].title == "保密工单"
    assessment.appeal_score(world.desk(STEWARD_LIAISON), assessed.last_score(world), "不服")
    with world.nothing_written(), pytest.raises(Refused, match="诉求人姓名"):
        assessment.refuse_appeal(world.desk(SUPERVISOR), assessed.last_score(world), "李先生说没有")


# -- the file


def _sheets(path: Path) -> dict[str, list[list[Any]]]:
    book = load_workbook(path)
    return {page.title: [list(row) for row in page.iter_rows(values_only=True)] for page in book}


def test_the_file_has_four_sheets_and_is_an_event(world: World, tmp_path: Path) -> None:
    score_id = assessed.handled_score(world)
    assessment.appeal_score(world.desk(STEWARD_LIAISON), score_id, "请回电 13912345678 核实")
    assessed.unreasonable(world)
    made = assessment.save(world.desk(SUPERVISOR), "2026-11", tmp_path / "考核.xlsx")
    found = _sheets(made.path)
    assert list(found) == ["单位", "中心", "剔除清单", "评分与申诉"]
    units = {row[0]: dict(zip(found["单位"][0], row, strict=True)) for row in found["单位"][1:]}
    assert units["县城管局"]["满意率"] == "100%"
    assert units["县城管局"]["满意率原始"] == "50.0%"
    assert units["县城管局"]["处理成效（人评）"] == "2.00"
    assert found["中心"][1][0] == "崇义"
    assert found["剔除清单"][1][-1] == "社会评议不合理"
    assert "申诉待决" in found["评分与申诉"][1]
    assert "13912345678" not in str(found)
    event = world.row("SELECT kind, data FROM events ORDER BY seq DESC LIMIT 1")
    assert event["kind"] == "exported"
    assert '"assessment":"2026-11"' in event["data"]
    with pytest.raises(Refused, match="已存在"):
        assessment.save(world.desk(SUPERVISOR), "2026-11", made.path)
    with pytest.raises(BadInput, match=".xlsx"):
        assessment.save(world.desk(SUPERVISOR), "2026-11", tmp_path / "考核.csv")


def test_the_file_tells_nothing_of_a_secret_order_nor_the_number_of_a_crisis(
    world: World, tmp_path: Path
) -> None:
    secret = assessed.closed(world, co=(), is_confidential=True)
    assessment.score_handling(world.desk(AUDITOR), secret, 3, "当事人身份敏感")
    crisis = unit_desk.signed(world)
    with world.database.write() as writer:
        writer.run("UPDATE work_orders SET is_crisis = 1 WHERE order_no = :no", no=crisis)
    made = assessment.save(world.desk(SUPERVISOR), "2026-11", tmp_path / "考核.xlsx")
    told = str(_sheets(made.path))
    for words in ("夜间施工噪音", "李先生", "13800000000", "当事人身份敏感", crisis):
        assert words not in told, words
    assert "危机来电 1 件" in told


def test_who_may_not_export_gets_no_file(world: World, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        assessment.save(world.desk("1203"), "", tmp_path / "a.xlsx")
    assert not (tmp_path / "a.xlsx").exists()


def test_reworked_rounds_are_counted_each_by_itself(world: World) -> None:
    order_no = assessed.dissatisfied(world)
    review.rework(world.desk(AUDITOR), order_no, "现场复核")
    found = numbers(world)
    assert (found["reworked"], found["graded_d"], found["dissatisfied"], found["received"]) == (1, 1, 1, 1)
