"""What the pool and the callbacks show on top and beside each order, and the third 不满意 that goes up."""

import pytest

from db.codes import Deed, DissatisfactionCause, Grade, HandlingWay, Satisfaction
from db.queries import requests as asked
from desk import hotline_day, my_tickets, review
from desk.errors import BadInput, NotNow
from desk.procedures import enter_procedure
from desk.review_rows import ReviewRow
from desk.rules.calendar import local
from desk.rules.callbacks import Survey
from desk.ruling_rows import RulingForm
from tests.desk import review_life as life
from tests.world import World


def row_of(world: World, tab: str, order_no: str, by: str = life.AUDITOR) -> ReviewRow:
    return next(row for row in review.page(world.desk(by), tab).rows if row.key == order_no)


def not_accepted_again(world: World, order_no: str) -> None:
    life.answered(world, order_no)
    review.pass_close_review(world.desk(life.AUDITOR), order_no)
    review.record_dissatisfaction(
        world.desk(life.CALLER),
        order_no,
        Satisfaction.DISSATISFIED,
        cause=DissatisfactionCause.RESULT,
        note="夜里还在施工",
    )


def third_time(world: World) -> str:
    order_no = life.dissatisfied(world)
    for _ in range(2):
        review.rework(world.desk(life.AUDITOR), order_no, "现场复核")
        not_accepted_again(world, order_no)
    return order_no


def test_the_third_time_goes_to_the_leader_and_is_not_reworked_before_he_spoke(world: World) -> None:
    order_no, auditor = third_time(world), world.desk(life.AUDITOR)
    assert (world.event_data(order_no)["times"], world.event_data(order_no)["escalated"]) == (3, True)
    waiting = world.row("SELECT reason, verdict FROM requests WHERE kind = 'escalation'")
    assert (waiting["reason"], waiting["verdict"]) == ("第3次不满意，按规定提级调度", "pending")
    with world.nothing_written(), pytest.raises(NotNow, match="待分管领导调度"):
        review.rework(auditor, order_no, "再查")
    with pytest.raises(NotNow, match="待分管领导调度"):
        review.check(auditor, order_no, Deed.REWORK)
    my_tickets.rule_escalation(world.desk(life.LEADER), order_no, "城管局局长包案，一周内停工整改")
    review.rework(auditor, order_no, "按调度意见办理")
    assert life.order_row(world, order_no)["round"] == 4


def test_the_second_time_is_reworked_as_before(world: World) -> None:
    order_no = life.dissatisfied(world)
    review.rework(world.desk(life.AUDITOR), order_no, "现场复核")
    not_accepted_again(world, order_no)
    with world.database.read() as reader:
        order_id = life.order_row(world, order_no)["id"]
        assert asked.pending(reader, order_id, "escalation") is None  # type: ignore[arg-type]
    review.rework(world.desk(life.AUDITOR), order_no, "再次复核")


def test_rework_names_the_unit_s_fault_and_policy_is_none(world: World) -> None:
    order_no, auditor = life.dissatisfied(world), world.desk(life.AUDITOR)
    with world.nothing_written(), pytest.raises(BadInput, match="政策原因"):
        review.rework(auditor, order_no, "再查", DissatisfactionCause.POLICY)
    review.rework(auditor, order_no, "再查", DissatisfactionCause.ATTITUDE)
    assert world.event_data(order_no)["fault"] == "attitude"


def test_the_pool_says_age_plan_last_step_and_lights_up_what_stands_still(world: World) -> None:
    order_no = life.dissatisfied(world)
    stay = row_of(world, "pool", order_no).pool
    assert stay is not None
    assert (stay.idle_days, stay.last_step.split(" ", 1)[1][:4]) == (0, "回访不满")
    world.clock.tick(days=10)
    stay = row_of(world, "pool", order_no).pool
    assert stay is not None
    assert stay.idle_days == 8
    assert "!久未动 1" in review.figures(world.desk(life.AUDITOR), "pool")
    review.remind(world.desk(life.AUDITOR), life.sent(world), "请抓紧")
    review.set_plan(world.desk(life.AUDITOR), order_no, "每晚巡查，十日内装隔音墙")
    stay = row_of(world, "pool", order_no).pool
    assert stay is not None
    assert (stay.idle_days, stay.plan) == (0, "每晚巡查，十日内装隔音墙")
    shown = "\n".join(review.detail(world.desk(life.AUDITOR), order_no).watched)
    assert "处置计划：每晚巡查" in shown
    assert "最近一步：" in shown


def test_the_figures_of_the_pool_count_in_and_out_age_and_unit(world: World) -> None:
    auditor = world.desk(life.AUDITOR)
    assert review.figures(auditor, "pool") == "本月入池 0，出池 0"
    life.dissatisfied(world)
    first = life.to_call_back(world)
    review.finish_callback(
        world.desk(life.CALLER),
        first,
        Survey(Satisfaction.SATISFIED, is_solved=False, is_long_term=True),
        "待改造",
    )
    assert (
        review.figures(auditor, "pool")
        == "D级 1，C级 1；本月入池 2，出池 0；平均 0 日，最长 0 日；县城管局 2"
    )
    assert review.figures(world.desk(life.HANDLER), "pool") == ""
    assert review.figures(auditor, "close_review") == ""


def test_the_coverage_of_callbacks_counts_who_was_heard_and_who_could_not_be_reached(world: World) -> None:
    auditor, caller = world.desk(life.AUDITOR), world.desk(life.CALLER)
    assert review.figures(auditor, "callback") == "本月还没有应回访的工单"
    heard, unreached = life.to_call_back(world), life.to_call_back(world)
    life.to_call_back(world)
    review.close_satisfied(caller, heard)
    for _ in range(2):
        review.log_callback_attempt(caller, unreached)
    world.clock.tick(days=1)
    review.log_callback_attempt(caller, unreached)
    review.close_unreached(caller, unreached)
    words = "本月应回访 3：已回访 1，无法回访 1，待回访 1；覆盖率 66%"
    assert review.figures(auditor, "callback") == words


def test_the_queue_of_callbacks_says_tries_and_wishes_to_the_centre_alone(world: World) -> None:
    order_no = life.to_call_back(
        world, answer_time="晚上", language="客家话", on_behalf="女儿", is_confidential=True
    )
    review.log_callback_attempt(world.desk(life.CALLER), order_no)
    row = row_of(world, "callback", order_no, life.CALLER)
    assert (row.missed_calls, row.wishes) == (1, "晚上 客家话 代诉：女儿")
    assert row.last_missed == world.clock.now
    assert all(row.wishes == "" for row in review.page(world.desk(life.HANDLER), "callback").rows)


def test_what_waits_for_the_law_has_a_tab_and_never_lights_up(world: World) -> None:
    order_no = life.sent(world)
    enter_procedure(
        world.desk(life.HANDLER), order_no, "penalty", "县城管局", "立案3号", "2026-12-31", "已电话告知"
    )
    world.clock.tick(days=20)
    row = row_of(world, "procedure", order_no)
    assert row.awaited == "县城管局 立案3号"
    assert f"{local(row.awaited_at):%m-%d %H:%M}" == "12-31 18:00"  # type: ignore[arg-type]
    assert row.pool is not None
    assert row.pool.idle_days == 0


def test_a_long_term_matter_is_watched_as_c_on_a_tab_of_its_own(world: World) -> None:
    order_no = life.sent(world)
    leader = world.desk(life.LEADER)
    day = hotline_day.plan_day(leader, "2026-11-24 09:00", "李县长", "二楼会议室")
    hotline_day.put_on_agenda(leader, order_no, "年内不能解决")
    world.clock.tick(days=2)
    hotline_day.decide_by_day(
        leader,
        order_no,
        RulingForm(
            way=HandlingWay.LONG_TERM,
            steward="县城管局",
            requirement="列入明年改造计划",
            days="60",
            leader="李县长",
            told="已告知诉求人列入长期事项",
        ),
    )
    assert day is not None
    row = row_of(world, "long_term", order_no)
    assert row.awaited == "李县长 列入明年改造计划"
    assert life.order_row(world, order_no)["pool_grade"] == Grade.C


def test_a_plan_says_beforehand_what_it_does_to_the_next_review(world: World) -> None:
    order_no = life.dissatisfied(world)
    words = review.plan_words(world.desk(life.AUDITOR), order_no)
    review.set_plan(world.desk(life.AUDITOR), order_no, "每晚巡查")
    stay = row_of(world, "pool", order_no).pool
    assert stay is not None
    assert stay.review_at is not None
    assert words == f"写下即算复核一次：下次复核 {local(stay.review_at):%m-%d}"
    assert review.plan_words(world.desk(life.HANDLER), order_no) == ""


def test_what_has_to_be_answered_first_stands_first_under_supervision(world: World) -> None:
    late, soon = life.sent(world), life.sent(world)
    auditor = world.desk(life.AUDITOR)
    review.supervise(auditor, late, "三日内到现场", 5)
    review.supervise(auditor, soon, "今天到现场", 1)
    assert [row.key for row in review.page(auditor, "supervision").rows] == [soon, late]
