"""工单管家: one at every moment whatever becomes of the order, changed with a reason, its six steps on the card."""

from collections.abc import Iterable
from typing import Any

import pytest

from db.check import check
from db.codes import (
    AnswerOutcome,
    Deed,
    Grade,
    OrderKind,
    ReturnReason,
    Status,
    StewardStep,
    WriteOffEvidence,
)
from desk import card, dispatch, emergency, intake, my_tickets, review, stewardship
from desk.calls import CallNote
from desk.errors import BadInput, NotAllowed, NotNow, Refused
from desk.rules import lifecycle
from tests.desk import panel_life, review_life, sessions, unit_desk
from tests.desk.emergencies import an_emergency, brought_to, unit_key
from tests.world import World

DISPATCHER, OTHER, LIAISON, HANDLER, REVIEWER, HELPER = "1301", "1302", "2101", "2102", "2103", "2201"
AUDITOR, SECOND, CALLER, SUPERVISOR = "1501", "1502", "1601", "1002"
S = StewardStep


def stewards(world: World, order_no: str) -> list[str]:
    """The units whose steward part runs, and beside them the order's own word."""
    rows = world.rows(
        "SELECT u.code FROM assignments a JOIN work_orders o ON o.id = a.order_id JOIN units u ON u.id = a.unit_id"
        " WHERE o.order_no = :no AND a.part = 'steward' AND a.ended_at IS NULL",
        no=order_no,
    )
    return [row["code"] for row in rows]


def named(world: World, order_no: str) -> str | None:
    sql = "SELECT u.code FROM work_orders o LEFT JOIN units u ON u.id = o.steward_id WHERE o.order_no = :no"
    code: str | None = world.row(sql, no=order_no)["code"]
    return code


def section(world: World, order_no: str, heading: str, staff_no: str = AUDITOR) -> tuple[str, ...]:
    whole = card.card(world.desk(staff_no), order_no)
    return next((part.lines for part in whole.sections if part.heading == heading), ())


def helped(world: World, **order: Any) -> str:
    """In hand at 县城管局, with 县人社局 helping."""
    order_no = unit_desk.sent(world, co=("CY-RSJ",), **order)
    my_tickets.sign(world.desk(HANDLER), order_no)
    my_tickets.co_sign(world.desk(HELPER), order_no)
    return order_no


def change(world: World, order_no: str, unit: str = "CY-RSJ", by: str = DISPATCHER) -> None:
    stewardship.change_steward(world.desk(by), order_no, unit_key(world, unit), "主责在劳动监察")


# -- exactly one, at every moment


def _answer(world: World, order_no: str) -> None:
    my_tickets.submit_reply(world.desk(HANDLER), order_no, "已停工", "您好，已停工")
    my_tickets.send_back_reply(world.desk(REVIEWER), order_no, "写明日期", ["other"])
    my_tickets.submit_reply(world.desk(HANDLER), order_no, "已停工", "您好，自今日起停工")
    my_tickets.pass_reply(world.desk(REVIEWER), order_no)
    my_tickets.log_answer(world.desk(HANDLER), order_no, AnswerOutcome.ANSWERED, said="已停工")


def lives(world: World) -> Iterable[tuple[str, str]]:
    """Walk orders through every deed that moves one or its units; yield each with the steward it must have now ('' none)."""
    cgj, rsj = unit_key(world, "CY-CGJ"), unit_key(world, "CY-RSJ")
    dispatcher, other, auditor = world.desk(DISPATCHER), world.desk(OTHER), world.desk(AUDITOR)
    order_no = world.order().order_no
    yield order_no, ""
    dispatch.ask_completion(dispatcher, order_no, "门牌号")
    intake.complete(world.desk("1203"), order_no, "三单元")
    dispatch.put_into_triage(dispatcher, order_no, "职责不清")
    yield order_no, ""
    dispatch.rule_triage(dispatcher, order_no, sessions.panel())
    dispatch.send(dispatcher, order_no, cgj)
    yield order_no, "CY-CGJ"
    dispatch.recall(dispatcher, order_no, "派错")
    yield order_no, ""
    dispatch.send(dispatcher, order_no, rsj)
    my_tickets.ask_return(
        world.desk(HELPER), order_no, ReturnReason.NOT_OUR_DUTY, cgj, "属城管", "清单第118项"
    )
    dispatch.grant_return(other, order_no)
    yield order_no, ""
    dispatch.send(dispatcher, order_no, rsj)
    dispatch.reassign(dispatcher, order_no, cgj, reason="属城管")
    yield order_no, "CY-CGJ"
    my_tickets.ask_return(
        world.desk(LIAISON), order_no, ReturnReason.NOT_OUR_DUTY, rsj, "属人社", "清单第201项"
    )
    dispatch.refuse_return(world.desk(SUPERVISOR), order_no, "属你单位")
    yield order_no, "CY-CGJ"
    my_tickets.hand_on(world.desk(LIAISON), order_no, staff_no=HANDLER)
    dispatch.add_unit(dispatcher, order_no, rsj)
    yield order_no, "CY-CGJ"
    my_tickets.ask_extension(world.desk(HANDLER), order_no, 2, "检测", "已告知")
    my_tickets.grant_extension(dispatcher, order_no)
    change(world, order_no)
    yield order_no, "CY-RSJ"
    my_tickets.co_reply(world.desk(LIAISON), order_no, "已移交")
    change(world, order_no, "CY-CGJ")
    yield order_no, "CY-CGJ"
    _answer(world, order_no)
    yield order_no, "CY-CGJ"
    review.send_back_close_review(auditor, order_no, "缺记录", ["other"])
    _answer(world, order_no)
    review_life.steps_written(world, order_no)
    review.pass_close_review(auditor, order_no)
    yield order_no, "CY-CGJ"
    world.clock.tick(hours=1)
    review.record_dissatisfaction(world.desk(CALLER), order_no, cause="result", note="还在响")
    yield order_no, "CY-CGJ"
    review.rework(auditor, order_no, "夜间巡查")
    yield order_no, "CY-CGJ"
    _answer(world, order_no)
    review.pass_close_review(world.desk(SECOND), order_no)
    world.clock.tick(hours=1)
    review.record_dissatisfaction(world.desk(CALLER), order_no, cause="result", note="还在响")
    review.rework(auditor, order_no, "再查")
    yield order_no, "CY-CGJ"
    _answer(world, order_no)
    review.pass_close_review(world.desk(SECOND), order_no)
    world.clock.tick(hours=1)
    review.close_satisfied(world.desk(CALLER), order_no)
    yield order_no, "CY-CGJ"
    yield from _after_the_panel(world)
    yield from _reopened(world)
    yield from _in_danger(world)
    yield from _withdrawn(world)


def _after_the_panel(world: World) -> Iterable[tuple[str, str]]:
    panel_life.pooled(world, 24)
    order_no = panel_life.told(world)
    yield order_no, "CY-CGJ"
    panel_life.held(world, order_no, 1, 6)
    review.log_explanation(world.desk(CALLER), order_no, "已说明")
    yield order_no, "CY-CGJ"
    yield panel_life.judged(world, is_reasonable=True), "CY-CGJ"


def _reopened(world: World) -> Iterable[tuple[str, str]]:
    order_no, auditor = review_life.to_call_back(world), world.desk(AUDITOR)
    review.close_satisfied(world.desk(CALLER), order_no)
    review.archive(auditor, order_no)
    review.reopen(auditor, order_no, "问题反复")
    yield order_no, "CY-CGJ"


def _in_danger(world: World) -> Iterable[tuple[str, str]]:
    order_no = an_emergency(world).order_no
    yield order_no, ""
    brought_to(world, order_no, Deed.CONTAIN)
    yield order_no, "CY-CGJ"
    emergency.finish(world.desk("1401"), order_no, "已换阀", "已排除", "余下修路")
    yield order_no, "CY-CGJ"


def _withdrawn(world: World) -> Iterable[tuple[str, str]]:
    order_no = helped(world)
    intake.withdraw(world.desk("1203"), order_no, "不告了", CallNote(number="13800000000", line="12345"))
    assert world.status(order_no) == Status.WITHDRAWN
    yield order_no, "CY-CGJ"


def test_an_order_with_a_unit_has_exactly_one_steward_at_every_moment(world: World) -> None:
    moments = 0
    for order_no, wanted in lives(world):
        at = f"{world.status(order_no)} after {world.events(order_no)[-1]}"
        if lifecycle.is_running(Status(world.status(order_no))):
            assert stewards(world, order_no) == ([wanted] if wanted else []), at
        assert named(world, order_no) == (wanted or None), at
        assert [fault for fault in check(world.database) if fault.kind == "wrong_steward"] == [], at
        moments += 1
    assert moments > 20


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE assignments SET ended_at = 1 WHERE part = 'steward'",
        "UPDATE work_orders SET steward_id = NULL",
        "UPDATE work_orders SET steward_id = (SELECT id FROM units WHERE code = 'CY-RSJ')",
        "UPDATE assignments SET part = 'steward'",
        "UPDATE work_orders SET status = 'to_dispatch'",
    ],
)
def test_check_names_the_order_that_has_none_or_two(world: World, damage: str) -> None:
    order_no = helped(world)
    assert list(check(world.database)) == []
    with world.database.write() as writer:
        writer.run(damage)
    faults = [fault for fault in check(world.database) if fault.kind == "wrong_steward"]
    assert [fault.order_no for fault in faults] == [order_no]


# -- 变更管家


def test_the_lead_passes_without_starting_anew_and_both_are_told(world: World) -> None:
    order_no = helped(world)
    before = unit_desk.order_row(world, order_no)
    world.clock.tick(hours=3)
    change(world, order_no)
    after = unit_desk.order_row(world, order_no)
    for kept in (
        "status",
        "round",
        "unit_due_at",
        "citizen_due_at",
        "dispatched_at",
        "signed_at",
        "stage_due_at",
    ):
        assert after[kept] == before[kept], kept
    assert (stewards(world, order_no), named(world, order_no)) == (["CY-RSJ"], "CY-RSJ")
    parts = world.rows("SELECT part, unit_id, due_at FROM assignments WHERE ended_at IS NULL ORDER BY id")
    assert [part["part"] for part in parts] == ["steward", "co_handling"]
    assert parts[0]["due_at"] == before["unit_due_at"]
    told = {row["body"] for row in world.rows("SELECT body FROM messages WHERE template = 'steward_changed'")}
    assert told == {
        f"工单 {order_no} 工单管家已变更为县人社局，你单位转为协办",
        f"工单 {order_no} 你单位接任工单管家，时限不变",
    }
    assert world.events(order_no)[-1] == "change_steward"
    my_tickets.submit_reply(world.desk(HELPER), order_no, "已查", "您好，已办")
    my_tickets.co_reply(world.desk(LIAISON), order_no, "已移交")


def test_the_card_shows_every_earlier_steward_from_to_by_whom_and_why(world: World) -> None:
    order_no = helped(world)
    world.clock.tick(hours=1)
    change(world, order_no)
    world.clock.tick(hours=1)
    dispatch.reassign(world.desk(OTHER), order_no, unit_key(world, "CY-HSZ"), reason="属地更近")
    assert section(world, order_no, "工单管家") == (
        "县城管局  11-23 09:00 至 11-23 10:00  派单甲 变更管家：主责在劳动监察",
        "县人社局  11-23 10:00 至 11-23 11:00  派单乙 改派：属地更近",
        "横水镇  11-23 11:00 起",
    )


def test_rework_is_the_same_steward_going_on(world: World) -> None:
    order_no = review_life.dissatisfied(world)
    review.rework(world.desk(AUDITOR), order_no, "夜间巡查")
    (line,) = section(world, order_no, "工单管家")
    assert line.startswith("县城管局  11-23 09:00 起")


def test_what_the_former_steward_asked_for_falls(world: World) -> None:
    order_no = helped(world)
    my_tickets.ask_extension(world.desk(HANDLER), order_no, 2, "检测", "已告知")
    change(world, order_no)
    assert world.row("SELECT verdict FROM requests")["verdict"] == "lapsed"


def test_only_a_unit_that_helps_may_take_over(world: World) -> None:
    order_no = helped(world)
    with world.nothing_written():
        with pytest.raises(BadInput, match="正在协办"):
            change(world, order_no, "CY-HSZ")
        with pytest.raises(BadInput, match="正在协办"):
            change(world, order_no, "CY-CGJ")
        with pytest.raises(BadInput, match="变更理由"):
            stewardship.change_steward(world.desk(DISPATCHER), order_no, unit_key(world, "CY-RSJ"), " ")
        with pytest.raises(NotAllowed, match="派单员"):
            change(world, order_no, by=HANDLER)
    alone = unit_desk.signed(world)
    with world.nothing_written(), pytest.raises(NotNow, match="没有协办单位"):
        change(world, alone)
    with pytest.raises(NotNow, match="没有协办单位"):
        stewardship.successors(world.desk(DISPATCHER), alone)
    (choice,) = stewardship.successors(world.desk(DISPATCHER), order_no)
    assert (choice.key, choice.name) == (str(unit_key(world, "CY-RSJ")), "县人社局")


@pytest.mark.parametrize("step", ["submit", "undispatched", "unknown"])
def test_there_is_a_time_for_it(world: World, step: str) -> None:
    order_no = helped(world) if step == "submit" else world.order().order_no
    if step == "submit":
        my_tickets.submit_reply(world.desk(HANDLER), order_no, "已停工", "您好")
    with world.nothing_written():
        with pytest.raises(Refused):
            change(world, "CY01-20261123-9999" if step == "unknown" else order_no)
        with pytest.raises(Refused):
            stewardship.successors(
                world.desk(DISPATCHER), "CY01-20261123-9999" if step == "unknown" else order_no
            )


def test_an_accused_unit_never_takes_the_lead(world: World) -> None:
    order_no = helped(world)
    with world.database.write() as writer:
        writer.run("UPDATE work_orders SET accused_name = '县人社局'")
    with world.nothing_written(), pytest.raises(NotAllowed, match="回避"):
        change(world, order_no)


def test_a_running_emergency_keeps_the_unit_that_was_called_out(world: World) -> None:
    order_no = an_emergency(world).order_no
    brought_to(world, order_no, Deed.ARRIVE)
    with world.nothing_written(), pytest.raises(Refused):
        change(world, order_no)


def test_the_reason_on_a_secret_order_tells_nothing_of_the_caller(world: World) -> None:
    order_no = helped(world, is_confidential=True, requester_name="李小明")
    with world.nothing_written(), pytest.raises(Refused, match="隐去"):
        stewardship.change_steward(
            world.desk(DISPATCHER), order_no, unit_key(world, "CY-RSJ"), "李小明要求换"
        )
    change(world, order_no)
    assert "主责在劳动监察" in str(section(world, order_no, "工单管家", HELPER))


# -- 六步


def write(
    world: World, order_no: str, step: StewardStep, note: str = "已到现场", by: str = HANDLER, **more: Any
) -> None:
    stewardship.write_step(world.desk(by), order_no, step, note, **more)


def test_each_step_is_a_dated_line_of_the_card(world: World) -> None:
    order_no = helped(world)
    my_tickets.hand_on(world.desk(LIAISON), order_no, staff_no=HANDLER)
    write(world, order_no, S.INVESTIGATE, "现场测得夜间 68 分贝")
    world.clock.tick(hours=1)
    write(world, order_no, S.INVESTIGATE, "查明无夜间\n施工许可")
    write(world, order_no, S.PREVENT, "个案", is_needed=False)
    my_tickets.co_reply(world.desk(HELPER), order_no, "已核")
    assert section(world, order_no, "管家六步") == (
        "调查研判  11-23 09:00 经办甲（县城管局）：现场测得夜间 68 分贝",
        "调查研判  11-23 10:00 经办甲（县城管局）：查明无夜间 施工许可",
        "协调协办  11-23 09:00 请县人社局协办，11-23 10:00 已答复",
        "组织办理  11-23 09:00 交经办甲办理",
        "妥善回复  未写",
        "兜底维稳  未写",
        "长效机制  11-23 10:00 经办甲（县城管局）：不需要，个案",
    )
    assert world.events(order_no).count("write_step") == 3


def test_the_logged_answer_is_the_fourth_step_by_itself(world: World) -> None:
    order_no = unit_desk.passed(world)
    my_tickets.log_answer(world.desk(HANDLER), order_no, AnswerOutcome.ANSWERED, said="已停工")
    assert "妥善回复  11-23 09:00 经办甲：已答复（电话）" in section(world, order_no, "管家六步")


def test_an_order_that_nobody_holds_shows_no_steps(world: World) -> None:
    order_no = world.order().order_no
    assert section(world, order_no, "管家六步") == section(world, order_no, "工单管家") == ()


@pytest.mark.parametrize("step", [S.INVESTIGATE, S.ORGANISE, S.REPLY])
def test_nobody_does_without_looking_doing_and_telling(world: World, step: StewardStep) -> None:
    order_no = unit_desk.signed(world)
    with world.nothing_written(), pytest.raises(BadInput, match="不需要"):
        write(world, order_no, step, "嫌麻烦", is_needed=False)


def test_a_step_needs_its_words_its_name_and_its_unit(world: World) -> None:
    order_no, waiting = unit_desk.signed(world), world.order().order_no
    with world.nothing_written():
        with pytest.raises(BadInput, match="情况"):
            write(world, order_no, S.REPLY, " ")
        with pytest.raises(BadInput, match="理由"):
            write(world, order_no, S.PREVENT, " ", is_needed=False)
        with pytest.raises(BadInput, match="六步"):
            stewardship.write_step(world.desk(HANDLER), order_no, "seventh", "x")  # type: ignore[arg-type]
        with pytest.raises(NotAllowed):
            write(world, order_no, S.REPLY, by=HELPER)
        with pytest.raises(NotNow, match="待派单"):
            write(world, waiting, S.REPLY, by=AUDITOR)


def test_a_helping_unit_reads_the_steps_and_writes_none(world: World) -> None:
    order_no = helped(world)
    write(world, order_no, S.INVESTIGATE, "现场测得超标")
    assert "现场测得超标" in str(section(world, order_no, "管家六步", HELPER))
    with world.nothing_written(), pytest.raises(NotAllowed):
        write(world, order_no, S.ORGANISE, by=HELPER)


def test_what_the_centre_writes_on_a_secret_order_is_checked_and_the_units_words_are_its_own(
    world: World,
) -> None:
    order_no = helped(world, is_confidential=True, requester_name="李小明", contact_phone="13800000000")
    with world.nothing_written(), pytest.raises(Refused, match="隐去"):
        write(world, order_no, S.STABILISE, "李小明情绪稳定", by=AUDITOR)
    write(world, order_no, S.STABILISE, "已稳控", by=AUDITOR)
    write(world, order_no, S.INVESTIGATE, "现场测得超标")
    lines = str(card.card(world.desk(HANDLER), order_no).as_lines)
    assert "已稳控" in lines
    assert "现场测得超标" in lines
    assert "李小明" not in lines


# -- before closing


LINE = "办结前须写明"


def test_a_d_order_is_not_passed_before_both_are_written(world: World) -> None:
    order_no = review_life.dissatisfied(world)
    review.rework(world.desk(AUDITOR), order_no, "夜间巡查")
    _answer(world, order_no)
    assert LINE in str(section(world, order_no, "管家六步"))
    with world.nothing_written():
        with pytest.raises(NotNow, match="兜底维稳、长效机制"):
            review.pass_close_review(world.desk(SECOND), order_no)
        with pytest.raises(NotNow, match=LINE):
            review.check(world.desk(SECOND), order_no, Deed.PASS_CLOSE_REVIEW)
    write(world, order_no, S.STABILISE)
    with world.nothing_written(), pytest.raises(NotNow, match="须写明长效机制"):
        review.pass_close_review(world.desk(SECOND), order_no)
    write(world, order_no, S.PREVENT, "孤立个案，无共性", is_needed=False)
    assert LINE not in str(section(world, order_no, "管家六步"))
    review.pass_close_review(world.desk(SECOND), order_no)


def test_a_c_order_is_not_written_off_before_both_are_written(world: World) -> None:
    order_no = review_life.to_call_back(world)
    review.set_grade(world.desk(AUDITOR), order_no, Grade.C, "待改造")
    world.clock.tick(minutes=10)
    review.close_satisfied(world.desk(CALLER), order_no)
    given = (order_no, WriteOffEvidence.SOLVED_CALLBACK, "已解决")
    with world.nothing_written(), pytest.raises(NotNow, match="兜底维稳"):
        review.ask_write_off(world.desk(AUDITOR), *given)
    review_life.steps_written(world, order_no)
    review.ask_write_off(world.desk(AUDITOR), *given)
    review.approve_write_off(world.desk(SECOND), order_no)


def _told(world: World, times: int) -> str:
    order_no = world.order().order_no
    for _ in range(times - 1):
        dispatch.merge(world.desk(DISPATCHER), world.order().order_no, order_no)
    dispatch.send(world.desk(DISPATCHER), order_no, unit_key(world, "CY-CGJ"))
    my_tickets.sign(world.desk(HANDLER), order_no)
    _answer(world, order_no)
    return order_no


def test_the_third_telling_of_one_matter_asks_for_both(world: World) -> None:
    review.pass_close_review(world.desk(AUDITOR), _told(world, 2))
    order_no = _told(world, 3)
    with world.nothing_written(), pytest.raises(NotNow, match=LINE):
        review.pass_close_review(world.desk(AUDITOR), order_no)
    review_life.steps_written(world, order_no)
    review.pass_close_review(world.desk(AUDITOR), order_no)


def test_how_many_tellings_is_the_citys_to_say(world: World) -> None:
    with world.database.write() as writer:
        writer.insert("settings", {"key": "steward.repeated_times", "value": "2"})
    order_no = _told(world, 2)
    with pytest.raises(NotNow, match=LINE):
        review.pass_close_review(world.desk(AUDITOR), order_no)


# -- 快速处置专项队伍


def test_a_unit_keeps_its_team_and_the_centre_sees_it_on_the_card(world: World) -> None:
    order_no = unit_desk.signed(world)
    added = stewardship.add_member(world.desk(LIAISON), "演练甲", "138 0000 7777", "白班 8:00-18:00")
    assert (added.unit_code, added.phone) == ("CY-CGJ", "13800007777")
    line = "演练甲  13800007777  白班 8:00-18:00"
    assert section(world, order_no, "快速处置专项队伍", DISPATCHER) == (line,)
    assert section(world, order_no, "快速处置专项队伍", HANDLER) == (line,)
    stewardship.remove_member(world.desk(LIAISON), added.key)
    assert section(world, order_no, "快速处置专项队伍", DISPATCHER) == ()
    assert world.row("SELECT count(*) AS n FROM events WHERE kind = 'team_changed'")["n"] == 2
    assert list(check(world.database)) == []


def test_a_helping_unit_does_not_see_the_stewards_team(world: World) -> None:
    order_no = helped(world)
    stewardship.add_member(world.desk(LIAISON), "演练甲", "13800007777")
    assert section(world, order_no, "快速处置专项队伍", HELPER) == ()


def test_nobody_keeps_anothers_team(world: World) -> None:
    other = stewardship.add_member(world.desk(HELPER), "演练乙", "0797-8210000")
    with world.nothing_written():
        with pytest.raises(NotAllowed):
            stewardship.remove_member(world.desk(LIAISON), other.key)
        with pytest.raises(NotAllowed):
            stewardship.add_member(world.desk(LIAISON), "演练甲", "13800007777", unit="县人社局")
        with pytest.raises(NotAllowed):
            stewardship.teams(world.desk(LIAISON), "县人社局")
        with pytest.raises(NotAllowed, match="联络员"):
            stewardship.add_member(world.desk("1203"), "演练甲", "13800007777", unit="县城管局")
    assert stewardship.teams(world.desk(LIAISON)) == ()
    by_the_centre = stewardship.add_member(world.desk(SUPERVISOR), "演练甲", "13800007777", unit="县城管局")
    assert [row.name for row in stewardship.teams(world.desk(SUPERVISOR))] == ["演练甲", "演练乙"]
    assert stewardship.teams(world.desk(LIAISON)) == (by_the_centre,)


@pytest.mark.parametrize(
    ("name", "phone", "unit", "words"),
    [
        ("", "13800007777", "县城管局", "姓名"),
        ("演练甲", "", "县城管局", "电话"),
        ("演练甲", "十万", "县城管局", "电话"),
        ("演练甲", "13800007777", "没有的局", "单位"),
        ("演练甲", "13800007777", "", "承办单位"),
    ],
)
def test_a_member_is_somebody_with_a_number_in_a_unit(
    world: World, name: str, phone: str, unit: str, words: str
) -> None:
    with world.nothing_written():
        with pytest.raises(BadInput, match=words):
            stewardship.add_member(world.desk(SUPERVISOR), name, phone, unit=unit)
        with pytest.raises(BadInput, match="没有编号"):
            stewardship.remove_member(world.desk(SUPERVISOR), 99)


def test_what_a_praise_needs_is_nothing_more(world: World) -> None:
    order_no = review_life.in_review(world, kind=OrderKind.PRAISE)
    assert review.pass_close_review(world.desk(AUDITOR), order_no).status is Status.CLOSED
