"""The tabs: counts, D on top, ages in working days, and only what this person may see and do."""

import pytest

from db.codes import Deed, Grade, WriteOffEvidence
from desk import review
from desk.errors import NotAllowed, NotNow, Refused
from desk.review.lists import _TABS, _scope
from tests.desk import panel_life
from tests.desk import review_life as life
from tests.world import World


def counts(world: World, staff_no: str) -> dict[str, int]:
    return {tab.key: tab.count for tab in review.tabs(world.desk(staff_no)) if tab.count}


def test_every_step_stands_in_its_tab(world: World) -> None:
    life.in_review(world)
    life.to_call_back(world)
    life.dissatisfied(world)
    order_no = life.reworked_and_satisfied(world)
    review.ask_write_off(
        world.desk(life.AUDITOR), order_no, WriteOffEvidence.SATISFIED_CALLBACK, "第二轮满意"
    )
    plain = life.to_call_back(world)
    review.close_satisfied(world.desk(life.CALLER), plain)
    assert counts(world, life.AUDITOR) == {
        "close_review": 1,
        "callback": 1,
        "pool": 2,
        "write_off": 1,
        "to_archive": 1,
    }
    (row,) = review.page(world.desk(life.LEADER), "write_off").rows
    assert row.asked == "审核甲：入池后回访满意"
    assert [row.key for row in review.page(world.desk(life.AUDITOR), "to_archive").rows] == [plain]


def test_the_pool_shows_d_before_c_with_age_in_working_days(world: World) -> None:
    watched = life.to_call_back(world)
    review.close_unsolved(world.desk(life.CALLER), watched, is_long_term=True, note="待改造")
    world.clock.tick(days=1)
    worse = life.dissatisfied(world)
    world.clock.tick(days=6)
    rows = review.page(world.desk(life.AUDITOR), "pool").rows
    assert [row.key for row in rows] == [worse, watched]
    stays = [row.pool for row in rows]
    assert all(stays)
    assert [stay.age_days for stay in stays if stay] == [4, 5]
    assert stays[1]
    assert stays[1].reason == "未解决，需长期：待改造"


def test_a_tab_with_an_overdue_or_d_order_cries_out(world: World) -> None:
    life.in_review(world)
    assert not any(tab.is_pressing for tab in review.tabs(world.desk(life.AUDITOR)))
    world.clock.tick(days=5)
    assert [tab.key for tab in review.tabs(world.desk(life.AUDITOR)) if tab.is_pressing] == ["close_review"]
    life.dissatisfied(world)
    pressing = [tab.key for tab in review.tabs(world.desk(life.AUDITOR)) if tab.is_pressing]
    assert pressing == ["close_review", "pool"]


def test_missed_calls_of_this_round_are_counted(world: World) -> None:
    order_no = life.to_call_back(world)
    review.log_callback_attempt(world.desk(life.CALLER), order_no)
    (row,) = review.page(world.desk(life.CALLER), "callback").rows
    assert row.missed_calls == 1


def test_a_unit_sees_its_own_watched_orders_and_no_others(world: World) -> None:
    order_no = life.dissatisfied(world)
    assert [row.key for row in review.page(world.desk(life.HANDLER), "pool").rows] == [order_no]
    assert review.page(world.desk("2201"), "pool").rows == ()
    with pytest.raises(NotAllowed):
        review.detail(world.desk("2201"), order_no)


def test_the_archive_is_the_centres_alone(world: World) -> None:
    order_no = life.to_call_back(world)
    review.close_satisfied(world.desk(life.CALLER), order_no)
    assert review.page(world.desk(life.HANDLER), "to_archive").total == 0


def test_the_detail_lays_claim_beside_reply_and_names_what_is_allowed(world: World) -> None:
    order_no = life.in_review(world)
    found = review.detail(world.desk(life.AUDITOR), order_no)
    assert any("打桩" in line for line in found.claim)
    assert any("已责令停工" in line for line in found.reply)
    assert {Deed.PASS_CLOSE_REVIEW, Deed.SEND_BACK_CLOSE_REVIEW, Deed.SUPERVISE} <= found.allowed
    assert Deed.CLOSE_SATISFIED not in found.allowed
    assert Deed.PASS_CLOSE_REVIEW not in review.detail(world.desk(life.CALLER), order_no).allowed


def test_what_separation_forbids_is_not_offered(world: World) -> None:
    order_no = life.in_review(world)
    supervisor = world.desk("1002")
    review.pass_close_review(supervisor, order_no)
    assert Deed.CLOSE_SATISFIED not in review.detail(supervisor, order_no).allowed
    assert Deed.CLOSE_SATISFIED in review.detail(world.desk(life.CALLER), order_no).allowed


def test_an_unknown_tab_is_refused(world: World) -> None:
    with pytest.raises(Refused):
        review.page(world.desk(life.AUDITOR), "nothing")


@pytest.mark.parametrize("tab", ["close_review", "callback", "panel", "pool", "to_archive"])
def test_no_tab_reads_every_order_there_is(world: World, tab: str) -> None:
    where, parameters = _scope(world.desk(life.AUDITOR), tab)
    sql = f"EXPLAIN QUERY PLAN SELECT o.id FROM work_orders o WHERE {where}{_TABS[tab].order_by} LIMIT 50"
    plan = [row["detail"] for row in world.rows(sql, **parameters)]
    assert plan[0].startswith("SEARCH o USING")
    assert "ix_work_orders" in plan[0]


def test_the_pool_says_when_an_order_may_be_written_off(world: World) -> None:
    order_no = life.dissatisfied(world)
    assert standing(world) == ""
    review.rework(world.desk(life.AUDITOR), order_no, "现场复核")
    life.answered(world, order_no)
    review.pass_close_review(world.desk(life.AUDITOR), order_no)
    world.clock.tick(minutes=10)
    review.close_satisfied(world.desk(life.CALLER), order_no)
    assert standing(world) == "已回访满意，可申请销号"
    review.ask_write_off(world.desk(life.AUDITOR), order_no, WriteOffEvidence.SATISFIED_CALLBACK, "满意")
    assert standing(world) == "销号待第二人审批"


def test_an_unreasonable_claim_may_be_written_off_once_it_is_explained(world: World) -> None:
    order_no = panel_life.judged(world, is_reasonable=False)
    assert standing(world) == ""
    review.log_explanation(world.desk(life.AUDITOR), order_no, "已向诉求人解释")
    assert standing(world) == "评议不合理且已解释，还缺兜底维稳、长效机制"
    life.steps_written(world, order_no)
    assert standing(world) == "评议不合理且已解释，可申请销号"
    review.ask_write_off(world.desk(life.AUDITOR), order_no, WriteOffEvidence.PANEL_UNREASONABLE, "已解释")


def test_a_c_order_may_leave_only_when_it_is_solved(world: World) -> None:
    order_no = life.to_call_back(world)
    review.set_grade(world.desk(life.AUDITOR), order_no, Grade.C, "待改造")
    world.clock.tick(minutes=10)
    assert standing(world) == ""
    review.close_satisfied(world.desk(life.CALLER), order_no)
    assert standing(world) == "已解决并回访，还缺兜底维稳、长效机制"
    life.steps_written(world, order_no)
    assert standing(world) == "已解决并回访，可申请销号"


def standing(world: World) -> str:
    (row,) = review.page(world.desk(life.AUDITOR), "pool").rows
    assert row.pool is not None
    return row.pool.standing


def test_a_key_that_would_be_refused_says_exactly_why(world: World) -> None:
    order_no = life.reworked_and_satisfied(world)
    auditor, second = world.desk(life.AUDITOR), world.desk(life.SECOND_AUDITOR)
    assert refusal(world, life.AUDITOR, order_no, Deed.APPROVE_WRITE_OFF).endswith("请先按 x 申请")
    review.ask_write_off(auditor, order_no, WriteOffEvidence.SATISFIED_CALLBACK, "满意")
    assert (
        refusal(world, life.AUDITOR, order_no, Deed.APPROVE_WRITE_OFF)
        == "申请人不能批准自己的销号，请由第二人审批"
    )
    assert "请由第二人审批" in refusal(world, life.SECOND_AUDITOR, order_no, Deed.ASK_WRITE_OFF)
    assert "请由审核员" in refusal(world, life.CALLER, order_no, Deed.APPROVE_WRITE_OFF)
    assert "须先销号再归档" in refusal(world, life.AUDITOR, order_no, Deed.ARCHIVE)
    assert "现为“办结”，不能重办" in refusal(world, life.AUDITOR, order_no, Deed.REWORK)
    review.check(second, order_no, Deed.APPROVE_WRITE_OFF)


def test_a_key_is_refused_by_its_own_word(world: World) -> None:
    order_no = life.in_review(world)
    with pytest.raises(NotNow, match="您没有“回访”的权限"):
        review.check(world.desk(life.HANDLER), order_no, Deed.CLOSE_SATISFIED, "回访")
    with pytest.raises(NotNow, match="没有待回复的督办"):
        review.check(world.desk(life.HANDLER), order_no, Deed.ANSWER_SUPERVISION)
    with pytest.raises(NotNow, match="不在监测池，不需要处置计划"):
        review.check(world.desk(life.AUDITOR), order_no, Deed.SET_PLAN)
    watched = life.dissatisfied(world)
    with pytest.raises(NotNow, match="还没有销号依据：D级须重办并回访满意"):
        review.check(world.desk(life.AUDITOR), watched, Deed.ASK_WRITE_OFF)
    assert Deed.ASK_WRITE_OFF not in review.detail(world.desk(life.AUDITOR), watched).allowed
    with pytest.raises(Refused, match="没有编号"):
        review.check(world.desk(life.AUDITOR), "CY01-20261123-9999", Deed.SET_PLAN)


def test_nobody_is_asked_for_words_before_enough_calls_were_made(world: World) -> None:
    order_no = life.to_call_back(world)
    caller = world.desk(life.CALLER)
    for days, refused in ((0, True), (0, True), (1, False)):
        world.clock.tick(days=days)
        review.log_callback_attempt(caller, order_no)
        assert (Deed.CLOSE_UNREACHED not in review.detail(caller, order_no).allowed) is refused
    review.check(caller, order_no, Deed.CLOSE_UNREACHED)


def refusal(world: World, staff_no: str, order_no: str, kind: Deed) -> str:
    with pytest.raises(NotNow) as refused, world.nothing_written():
        review.check(world.desk(staff_no), order_no, kind)
    return str(refused.value)


def test_the_replies_of_a_second_round_stand_first_under_what_was_asked(world: World) -> None:
    order_no = life.dissatisfied(world)
    one_round = review.detail(world.desk(life.AUDITOR), order_no)
    assert not any(line.startswith("==") for line in one_round.reply)
    review.rework(world.desk(life.AUDITOR), order_no, "现场复核，夜间巡查")
    found = review.detail(world.desk(life.AUDITOR), order_no)
    assert found.reply[:4] == (
        "== 第2轮（本轮） ==",
        "重办要求：现场复核，夜间巡查",
        "还没有答复",
        "== 第1轮（已重办） ==",
    )
    assert found.gist == ""
    life.answered(world, order_no)
    found = review.detail(world.desk(life.AUDITOR), order_no)
    assert found.reply[2].startswith("起草")
    assert found.gist == "已责令停工，夜间不再施工"
