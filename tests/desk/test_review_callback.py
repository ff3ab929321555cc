"""回访: every attempt is a call, every answer a grade, and the auditor never calls back what he audited."""

from pathlib import Path

import pytest

from db.codes import Deed, Grade, Outcome, Satisfaction, Status
from desk import card, review
from desk.errors import BadInput, NotAllowed, NotNow
from desk.rules.callbacks import Survey
from tests.desk import review_life as life
from tests.world import World

S = Satisfaction


def test_the_sheet_shows_the_number_by_one_event(world: World) -> None:
    order_no = life.to_call_back(world, answer_time="晚上", language="客家话")
    sheet = review.open_callback(world.desk(life.CALLER), order_no)
    assert sheet.number == "13800000000"
    assert sheet.said == "已电话告知处理结果"
    assert sheet.wishes == "方便时间 晚上，语言 客家话"
    assert sheet.warning == ""
    assert world.events(order_no)[-1] == Deed.REVEAL_PHONE


def test_outside_the_hours_the_sheet_warns_and_the_event_says_so(world: World) -> None:
    order_no = life.to_call_back(world)
    world.clock.tick(hours=4)
    assert "09:00–12:00、14:30–20:00" in review.open_callback(world.desk(life.CALLER), order_no).warning
    review.close_satisfied(world.desk(life.CALLER), order_no)
    assert world.event_data(order_no)["out_of_hours"] is True


def test_on_a_secret_order_others_hear_only_the_hotline_name(world: World) -> None:
    order_no = life.to_call_back(world, is_confidential=True)
    sheet = review.open_callback(world.desk(life.CALLER), order_no)
    assert "只说“12345 回访”" in sheet.to_others
    assert sheet.caller == "（保密）"
    assert "噪音" not in sheet.title


def test_the_auditor_is_stopped_before_he_rings(world: World) -> None:
    order_no = life.to_call_back(world)
    supervisor = world.desk("1002")
    second = life.in_review(world)
    review.pass_close_review(supervisor, second)
    review.open_callback(supervisor, order_no)
    with world.nothing_written(), pytest.raises(NotAllowed, match="另一名回访员"):
        review.open_callback(supervisor, second)
    with world.nothing_written(), pytest.raises(NotAllowed, match="另一名回访员"):
        review.close_satisfied(supervisor, second)


def test_no_sheet_before_the_audit(world: World) -> None:
    order_no = life.in_review(world)
    with world.nothing_written(), pytest.raises(NotNow, match="不在待回访"):
        review.open_callback(world.desk(life.CALLER), order_no)


def test_an_attempt_is_an_outbound_call_that_nobody_answered(world: World) -> None:
    order_no = life.to_call_back(world)
    review.log_callback_attempt(world.desk(life.CALLER), order_no, "关机")
    review.log_callback_attempt(world.desk(life.CALLER), order_no, "无人接听")
    call = world.row("SELECT * FROM calls ORDER BY id DESC LIMIT 1")
    assert (call["direction"], call["summary"], call["answered_at"]) == ("outbound", "callback", None)
    assert world.row("SELECT count(*) AS n FROM call_orders")["n"] == 2
    assert world.event_data(order_no)["attempt"] == 2
    assert world.status(order_no) == Status.TO_CALL_BACK


def test_unreached_needs_three_attempts_on_two_days(world: World) -> None:
    order_no, caller = life.to_call_back(world), world.desk(life.CALLER)
    for _ in range(3):
        review.log_callback_attempt(caller, order_no)
    with world.nothing_written(), pytest.raises(NotNow, match="已拨 3 次、1 天"):
        review.close_unreached(caller, order_no)
    world.clock.tick(days=1)
    review.log_callback_attempt(caller, order_no)
    review.close_unreached(caller, order_no, "三次未接")
    stored = life.order_row(world, order_no)
    assert (stored["status"], stored["outcome"], stored["grade"]) == ("closed", Outcome.UNREACHED, Grade.B)
    assert world.event_data(order_no)["attempts"] == 4


@pytest.mark.parametrize(
    ("result", "grade"),
    [
        (S.VERY_SATISFIED, Grade.A),
        (S.SATISFIED, Grade.A),
        (S.BASICALLY_SATISFIED, Grade.B),
        (S.NOT_RATED, Grade.B),
    ],
)
def test_solved_and_accepted_closes_with_its_grade(world: World, result: S, grade: Grade) -> None:
    order_no = life.to_call_back(world)
    row = review.close_satisfied(world.desk(life.CALLER), order_no, result)
    stored = life.order_row(world, order_no)
    assert (row.status, row.grade, row.pool_grade) == (Status.CLOSED, grade, None)
    assert (stored["outcome"], stored["is_open"]) == (Outcome.SATISFIED, 0)
    assert world.row("SELECT end_reason FROM assignments")["end_reason"] == "done"
    assert world.row("SELECT result, is_reached FROM callbacks") == {"result": result, "is_reached": 1}
    assert world.row("SELECT grade FROM grades")["grade"] == grade


def test_an_accepted_explanation_is_b(world: World) -> None:
    order_no = life.to_call_back(world)
    row = review.close_unsolved(world.desk(life.CALLER), order_no, note="无产权证，理解")
    assert (row.status, row.grade, row.pool_grade) == (Status.CLOSED, Grade.B, None)
    assert life.order_row(world, order_no)["outcome"] == Outcome.ACCEPTED_EXPLANATION


def test_what_needs_long_is_c_and_watched_though_closed(world: World) -> None:
    order_no = life.to_call_back(world)
    row = review.close_unsolved(world.desk(life.CALLER), order_no, is_long_term=True, note="待管网改造")
    stored = life.order_row(world, order_no)
    assert (row.grade, row.pool_grade) == (Grade.C, Grade.C)
    assert (stored["outcome"], stored["is_open"]) == (Outcome.UNSOLVED, 1)
    assert stored["press_at"] == stored["pool_review_at"]
    assert world.row("SELECT ended_at FROM assignments")["ended_at"] is None


def test_dissatisfaction_is_d_in_the_pool_with_its_cause(world: World) -> None:
    order_no = life.to_call_back(world)
    row = review.record_dissatisfaction(
        world.desk(life.CALLER), order_no, S.VERY_DISSATISFIED, cause="result", note="没人来过"
    )
    entry = world.row("SELECT * FROM pool_entries")
    assert (row.status, row.grade, row.pool_grade) == (Status.DISSATISFIED, Grade.D, Grade.D)
    assert row.sort_rank == 1
    assert entry["reason"] == "回访不满意（结果）：没人来过"
    assert row.press_at is not None
    assert world.event_data(order_no)["cause"] == "result"
    assert world.events(order_no)[-1] == "record_dissatisfaction"


def test_dissatisfied_with_the_attitude_alone_is_d_too(world: World) -> None:
    order_no = life.to_call_back(world)
    row = review.record_dissatisfaction(
        world.desk(life.CALLER), order_no, S.SATISFIED, S.DISSATISFIED, cause="attitude", note="态度生硬"
    )
    assert row.pool_grade is Grade.D


def test_dissatisfaction_needs_its_cause(world: World) -> None:
    order_no = life.to_call_back(world)
    with world.nothing_written(), pytest.raises(BadInput, match="须选原因"):
        review.record_dissatisfaction(world.desk(life.CALLER), order_no, note="不满意")


def test_answers_that_say_something_else_are_not_filed_as_satisfied(world: World) -> None:
    order_no, caller = life.to_call_back(world), world.desk(life.CALLER)
    with world.nothing_written(), pytest.raises(BadInput, match="回访不满意"):
        review.close_satisfied(caller, order_no, S.DISSATISFIED)
    with world.nothing_written(), pytest.raises(BadInput, match="未解决"):
        review.close_satisfied(caller, order_no, is_solved=False)
    with world.nothing_written(), pytest.raises(BadInput, match="回访满意"):
        review.record_dissatisfaction(caller, order_no, S.SATISFIED, cause="result", is_solved=True, note="x")


def test_a_unit_never_calls_back(world: World) -> None:
    order_no = life.to_call_back(world)
    with world.nothing_written(), pytest.raises(NotAllowed, match="回访员"):
        review.close_satisfied(world.desk(life.HANDLER), order_no)


def test_what_the_caller_of_a_secret_order_says_never_reaches_the_unit(world: World) -> None:
    order_no = life.to_call_back(world, is_confidential=True)
    note = "我住老屋场三栋，李小明"
    review.record_dissatisfaction(world.desk(life.CALLER), order_no, cause="result", note=note)
    unit = world.desk(life.HANDLER)
    found = review.detail(unit, order_no)
    (row,) = review.page(unit, "pool").rows
    shown = f"{found}{row}{card.card(unit, order_no)}"
    assert "李小明" not in shown
    assert "老屋场" not in shown
    assert "李小明" in str(card.card(world.desk(life.AUDITOR), order_no))


def test_another_grade_than_by_rule_needs_a_reason_and_both_are_kept(world: World) -> None:
    order_no, caller = life.to_call_back(world), world.desk(life.CALLER)
    survey = Survey(S.SATISFIED)
    with world.nothing_written(), pytest.raises(BadInput, match="按规则为A级"):
        review.finish_callback(caller, order_no, survey, grade=Grade.B)
    review.finish_callback(caller, order_no, survey, grade=Grade.B, reason="只解决了一半")
    assert life.order_row(world, order_no)["grade"] == Grade.B
    assert world.event_data(order_no)["grade_by_rule"] == Grade.A
    lines = next(
        part.lines for part in card.card(caller, order_no).sections if part.heading == "评级与监测池"
    )
    assert "改评：只解决了一半" in lines[-1]


def test_a_caller_who_is_satisfied_may_still_be_watched_as_c(world: World) -> None:
    order_no, caller = life.to_call_back(world), world.desk(life.CALLER)
    review.finish_callback(caller, order_no, Survey(S.SATISFIED), grade=Grade.C, reason="要等管网改造")
    stored = life.order_row(world, order_no)
    assert (stored["status"], stored["grade"], stored["pool_grade"]) == (Status.CLOSED, Grade.C, Grade.C)


def test_the_grade_follows_the_rules_of_the_city(tmp_path: Path) -> None:
    strict = [
        {"grade": "D", "text": "不认可", "when": {"dissatisfied": True}},
        {"grade": "C", "text": "需长期", "when": {"solved": False, "long_term": True}},
        {"grade": "A", "text": "非常满意", "when": {"solved": True, "results": ["very_satisfied"]}},
        {"grade": "B", "text": "其余", "when": {}},
    ]
    world = World(tmp_path / "desk.db", settings={"grade.rules": strict})
    order_no = life.to_call_back(world)
    review.close_satisfied(world.desk(life.CALLER), order_no)
    assert life.order_row(world, order_no)["grade"] == Grade.B
