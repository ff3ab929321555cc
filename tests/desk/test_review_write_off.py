"""销号: evidence that the store holds, a second person, and no way into the archive before it."""

import pytest

from db.codes import Grade, OrderKind, Outcome, Status, Urgency, WriteOffEvidence
from desk import my_tickets, review
from desk.errors import BadInput, NotAllowed, NotNow
from tests.desk import panel_life
from tests.desk import review_life as life
from tests.world import World

E = WriteOffEvidence


def asked(world: World) -> str:
    order_no = life.reworked_and_satisfied(world)
    review.ask_write_off(world.desk(life.AUDITOR), order_no, E.SATISFIED_CALLBACK, "第二轮回访满意")
    return order_no


def test_after_a_satisfied_second_round_the_order_is_closed_and_still_watched(world: World) -> None:
    order_no = life.reworked_and_satisfied(world)
    stored = life.order_row(world, order_no)
    assert (stored["status"], stored["grade"], stored["pool_grade"]) == ("closed", "A", "D")
    assert (stored["is_open"], stored["sort_rank"]) == (1, 1)


def test_written_off_by_a_second_person_and_archived(world: World) -> None:
    order_no = asked(world)
    row = review.approve_write_off(world.desk(life.SECOND_AUDITOR), order_no, "核实无误")
    entry = world.row("SELECT * FROM pool_entries")
    assert (row.status, row.pool_grade) == (Status.CLOSED, None)
    assert entry["evidence"] == "入池后回访满意：第二轮回访满意"
    assert entry["left_at"] is not None
    assert world.event_data(order_no)["left_pool"] == "D"
    review.archive(world.desk(life.AUDITOR), order_no)
    stored = life.order_row(world, order_no)
    assert (stored["status"], stored["is_open"]) == (Status.ARCHIVED, 0)
    assert stored["archived_at"] is not None
    assert world.events(order_no)[-3:] == ["ask_write_off", "approve_write_off", "archive"]


def test_the_asker_does_not_decide_not_even_under_another_number(world: World) -> None:
    order_no = asked(world)
    with world.nothing_written(), pytest.raises(NotAllowed, match="第二人"):
        review.approve_write_off(world.desk(life.AUDITOR), order_no)
    with world.database.write() as writer:
        person = world.row("SELECT person_uid FROM staff WHERE staff_no = '1501'")["person_uid"]
        writer.run("UPDATE staff SET person_uid = :person WHERE staff_no = '1502'", person=person)
    with world.nothing_written(), pytest.raises(NotAllowed, match="第二人"):
        review.approve_write_off(world.desk(life.SECOND_AUDITOR), order_no)


def test_a_refused_write_off_stays_in_the_pool(world: World) -> None:
    order_no = asked(world)
    with world.nothing_written(), pytest.raises(BadInput, match="理由"):
        review.refuse_write_off(world.desk(life.LEADER), order_no, "")
    row = review.refuse_write_off(world.desk(life.LEADER), order_no, "请再观察一周")
    assert row.pool_grade is Grade.D
    assert world.row("SELECT verdict, decision FROM requests") == {
        "verdict": "refused",
        "decision": "请再观察一周",
    }
    with world.nothing_written(), pytest.raises(NotNow, match="没有待审批"):
        review.approve_write_off(world.desk(life.SECOND_AUDITOR), order_no)


def test_evidence_that_is_not_there_is_refused(world: World) -> None:
    order_no = life.dissatisfied(world)
    for kind in E:
        with world.nothing_written(), pytest.raises(NotNow, match="没有查到"):
            review.ask_write_off(world.desk(life.AUDITOR), order_no, kind, "已满意")


def test_evidence_of_an_earlier_round_does_not_hold(world: World) -> None:
    order_no = life.reworked_and_satisfied(world)
    review.reopen(world.desk(life.AUDITOR), order_no, "问题反复")
    with world.nothing_written(), pytest.raises(NotNow, match="没有查到"):
        review.ask_write_off(world.desk(life.AUDITOR), order_no, E.SATISFIED_CALLBACK, "上轮满意")


def test_a_request_lapses_when_the_order_is_reopened(world: World) -> None:
    order_no = asked(world)
    review.reopen(world.desk(life.SECOND_AUDITOR), order_no, "问题反复")
    assert world.row("SELECT verdict FROM requests")["verdict"] == "lapsed"


def test_one_request_at_a_time_and_only_for_watched_orders(world: World) -> None:
    order_no = asked(world)
    with world.nothing_written(), pytest.raises(NotNow, match="已有待审批"):
        review.ask_write_off(world.desk(life.SECOND_AUDITOR), order_no, E.SOLVED_CALLBACK, "已解决")
    plain = life.to_call_back(world)
    with world.nothing_written(), pytest.raises(NotNow, match="不在监测池"):
        review.ask_write_off(world.desk(life.AUDITOR), plain, E.SOLVED_CALLBACK, "已解决")


def test_a_c_entry_needs_solved_and_called_back(world: World) -> None:
    order_no = life.to_call_back(world)
    auditor, caller = world.desk(life.AUDITOR), world.desk(life.CALLER)
    review.close_unsolved(caller, order_no, is_long_term=True, note="待改造")
    world.clock.tick(days=30)
    with world.nothing_written(), pytest.raises(BadInput, match="已解决并回访"):
        review.ask_write_off(auditor, order_no, E.SATISFIED_CALLBACK, "满意")
    review.reopen(auditor, order_no, "改造完成")
    life.answered(world, order_no)
    review.pass_close_review(auditor, order_no)
    review.close_satisfied(caller, order_no)
    review.ask_write_off(world.desk(life.HANDLER), order_no, E.SOLVED_CALLBACK, "管网已通")
    assert review.approve_write_off(auditor, order_no).pool_grade is None


def test_a_watched_order_is_not_archived(world: World) -> None:
    order_no = life.reworked_and_satisfied(world)
    with world.nothing_written(), pytest.raises(NotNow, match="须先销号"):
        review.archive(world.desk(life.AUDITOR), order_no)


def test_unreasonable_by_the_panel_closes_and_leaves_the_assessment(world: World) -> None:
    order_no, auditor = panel_life.told(world), world.desk(life.AUDITOR)
    assert [row.key for row in review.page(auditor, "panel").rows] == [order_no]
    world.clock.tick(days=1)
    assert panel_life.held(world, order_no, 1, 6).unreasonable == 1
    with world.nothing_written(), pytest.raises(NotNow, match="解释说明"):
        review.ask_write_off(auditor, order_no, E.PANEL_UNREASONABLE, "评议不合理")
    review.log_explanation(world.desk(life.CALLER), order_no, "已说明评议意见和依据")
    life.steps_written(world, order_no)
    review.ask_write_off(auditor, order_no, E.PANEL_UNREASONABLE, "评议不合理，已解释")
    review.approve_write_off(world.desk(life.LEADER), order_no)
    stored = life.order_row(world, order_no)
    assert (stored["status"], stored["outcome"]) == (Status.CLOSED, Outcome.UNREASONABLE)
    assert stored["excluded_from_assessment"]


def test_reasonable_by_the_panel_goes_back_under_supervision(world: World) -> None:
    order_no = panel_life.judged(world, is_reasonable=True)
    row = life.order_row(world, order_no)
    assert (row["status"], row["round"], row["pool_grade"]) == (Status.IN_PROGRESS, 2, Grade.D)
    assert world.row("SELECT round FROM requests WHERE kind = 'supervision'")["round"] == 2


def test_tip_offs_and_late_orders_do_not_go_to_the_panel(world: World) -> None:
    tip_off = life.dissatisfied(world, kind=OrderKind.TIP_OFF)
    with world.nothing_written(), pytest.raises(NotNow, match="举报件"):
        my_tickets.ask_panel(world.desk(life.HANDLER), tip_off, "已依法办理", "已解释")
    late = life.sent(world)
    world.clock.tick(days=20)
    life.answered(world, late)
    review.pass_close_review(world.desk(life.AUDITOR), late)
    review.record_dissatisfaction(world.desk(life.CALLER), late, cause="timeliness", note="太慢")
    with world.nothing_written(), pytest.raises(NotNow, match="超期"):
        my_tickets.ask_panel(world.desk(life.HANDLER), late, "已依法办理", "已解释")


def test_emergencies_do_not_go_to_the_panel(world: World) -> None:
    order_no = life.dissatisfied(world, urgency=Urgency.CRITICAL)
    with world.nothing_written(), pytest.raises(NotNow, match="应急件"):
        my_tickets.ask_panel(world.desk(life.HANDLER), order_no, "已依法办理", "已解释")
