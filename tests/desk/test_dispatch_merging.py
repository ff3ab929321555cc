"""合并: 主单 and 从单, each caller with his own answer and callback; 拆开合并 and 关联 (practice P10, P32)."""

from typing import Any

import pytest

from db.check import check
from db.codes import (
    AnswerOutcome,
    DissatisfactionCause,
    Grade,
    OrderKind,
    Outcome,
    Satisfaction,
    Status,
    Urgency,
)
from desk import card, dispatch, intake, my_tickets, review
from desk.calls import CallNote
from desk.errors import BadInput, NotAllowed, NotNow, Refused
from tests.desk import unit_desk
from tests.desk.dispatching import D, add_unit, order_row, part_of, sent, unit_id
from tests.world import World

SECOND = "13900000000"


def second(world: World, **values: Any) -> str:
    """Another caller's order about the same matter."""
    return world.order(**{"contact_phone": SECOND, "requester_name": "陈女士", **values}).order_no


def merged(world: World, **values: Any) -> tuple[str, str]:
    """A 主单 that waits for dispatch and its 从单."""
    main, other = world.order().order_no, second(world, **values)
    dispatch.merge(world.desk(D), other, main)
    return main, other


def answer(world: World, order_no: str, said: str = "已停止夜间施工") -> None:
    my_tickets.log_answer(world.desk("2102"), order_no, AnswerOutcome.ANSWERED, said=said)


def answered(world: World) -> tuple[str, str]:
    """A 主单 that was answered, and its 从单 that owes its caller the same."""
    main, other = unit_desk.passed(world), second(world)
    dispatch.merge(world.desk(D), other, main)
    world.clock.tick(minutes=5)
    answer(world, main)
    return main, other


def section(world: World, order_no: str, by: str = D, heading: str = "合并与关联") -> tuple[str, ...]:
    found = card.card(world.desk(by), order_no).sections
    return next((part.lines for part in found if part.heading == heading), ())


class TestMerge:
    def test_both_orders_get_one_event_and_the_member_waits(self, world: World) -> None:
        main, other = merged(world)
        assert world.events(other) == ["register", "merge"]
        assert world.events(main) == ["register", "take_in"]
        stored = order_row(world, other)
        assert (stored["status"], stored["outcome"], stored["is_open"]) == (Status.MERGED, Outcome.MERGED, 0)
        assert stored["main_order_id"] == order_row(world, main)["id"]
        assert stored["contact_phone"] == SECOND

    def test_the_sooner_limit_and_every_mark_go_over_to_the_main_order(self, world: World) -> None:
        main, other = world.order().order_no, second(world, kind=OrderKind.INQUIRY)
        dispatch.set_marks(world.desk(D), other, ["media"])
        sooner = order_row(world, other)["citizen_due_at"]
        assert sooner < order_row(world, main)["citizen_due_at"]
        dispatch.merge(world.desk(D), other, main)
        assert (order_row(world, main)["citizen_due_at"], order_row(world, main)["marks"]) == (
            sooner,
            "media",
        )

    def test_the_main_order_counts_persons_calls_and_orders(self, world: World) -> None:
        main, other = merged(world)
        third = second(world)
        dispatch.merge(world.desk(D), third, main)
        intake.urge(world.desk("1203"), other, _call())
        intake.urge(world.desk("1203"), other, _call())
        assert section(world, main)[0] == "反映 2人 4次 3件"
        assert section(world, other) == (f"从单：主单 {main}（待派单）",)
        assert any(line.startswith(f"从单 {other} ") for line in section(world, main))

    def test_a_member_keeps_its_own_urges_words_and_withdrawal(self, world: World) -> None:
        main, other = unit_desk.signed(world), second(world)
        dispatch.merge(world.desk(D), other, main)
        intake.urge(world.desk("1203"), other)
        intake.supplement(world.desk("1203"), other, "昨夜又打桩")
        assert (order_row(world, other)["urge_count"], order_row(world, main)["urge_count"]) == (1, 0)
        bodies = [row["body"] for row in world.rows("SELECT body FROM messages ORDER BY id")]
        assert [body for body in bodies if other in body] == []
        assert f"工单 {main} 的从单有群众催单，请尽快办理" in bodies
        assert intake.withdraw(world.desk("1203"), other, "解决了").status is Status.WITHDRAWN
        assert world.status(main) == Status.IN_PROGRESS

    @pytest.mark.parametrize("kind", ["举报", "保密"])
    def test_secret_orders_only_point_to_an_order(self, world: World, kind: str) -> None:
        values: dict[str, Any] = {"kind": OrderKind.TIP_OFF} if kind == "举报" else {"is_confidential": True}
        plain, secret = world.order().order_no, second(world, **values)
        for one, other in ((plain, secret), (secret, plain)):
            with world.nothing_written(), pytest.raises(NotNow, match="只能关联"):
                dispatch.merge(world.desk(D), one, other)

    def test_what_may_not_lead_is_refused(self, world: World) -> None:
        main, other = merged(world)
        plain = second(world)
        over = world.order().order_no
        intake.withdraw(world.desk("1203"), over, "算了")
        done, _ = answered(world)
        desk = world.desk(D)
        with world.nothing_written():
            with pytest.raises(NotNow, match=f"请并入它的主单 {main}"):
                dispatch.merge(desk, plain, other)
            with pytest.raises(NotNow, match="不能作主单"):
                dispatch.merge(desk, plain, over)
            with pytest.raises(NotNow, match="不能作主单"):
                dispatch.merge(desk, plain, done)
            with pytest.raises(NotNow, match="下有 1 件从单"):
                dispatch.merge(desk, main, plain)
            with pytest.raises(BadInput, match="同一工单"):
                dispatch.merge(desk, plain, plain)
            with pytest.raises(Refused, match="没有编号"):
                dispatch.merge(desk, plain, "CY01-19990101-0001")
            with pytest.raises(NotNow, match="合并"):
                dispatch.merge(desk, other, main)

    def test_a_dispatched_order_is_no_member_and_an_agent_merges_nothing(self, world: World) -> None:
        gone, plain = sent(world), world.order().order_no
        with world.nothing_written():
            with pytest.raises(NotNow):
                dispatch.merge(world.desk(D), gone, plain)
            with pytest.raises(NotAllowed, match="派单员"):
                dispatch.merge(world.desk("1203"), plain, gone)

    def test_the_more_urgent_order_leads(self, world: World) -> None:
        plain, urgent = world.order().order_no, second(world, urgency=Urgency.URGENT)
        critical = second(world, urgency=Urgency.CRITICAL)
        desk = world.desk(D)
        with world.nothing_written():
            with pytest.raises(NotNow, match="从单比主单紧急"):
                dispatch.merge(desk, urgent, plain)
            with pytest.raises(NotNow, match="应急工单不作从单"):
                dispatch.merge(desk, critical, plain)
        assert dispatch.merge(desk, plain, critical).status is Status.MERGED

    def test_orders_of_two_centres_do_not_merge(self, world: World) -> None:
        lower = add_unit(world, "XF-12345", "信丰县12345热线中心", "CY-12345", is_centre=True)
        main, other = world.order().order_no, second(world)
        dispatch.send(world.desk(D), main, lower)
        with world.nothing_written(), pytest.raises(NotNow, match="另一热线中心"):
            dispatch.merge(world.desk(D), other, main)
        dispatch.relate(world.desk(D), other, main)
        assert any(main in line for line in section(world, other))

    def test_no_unit_gets_what_is_about_it(self, world: World) -> None:
        accused = unit_id(world, "CY-CGJ")
        main, other = sent(world), second(world, accused_unit_id=accused)
        with world.nothing_written(), pytest.raises(NotAllowed, match="须回避"):
            dispatch.merge(world.desk(D), other, main)
        waiting = world.order().order_no
        dispatch.merge(world.desk(D), other, waiting)
        with world.nothing_written(), pytest.raises(NotAllowed, match="须回避"):
            dispatch.send(world.desk(D), waiting, accused)
        dispatch.send(world.desk(D), waiting, unit_id(world, "CY-RSJ"))

    def test_a_merged_order_becomes_no_tip_off(self, world: World) -> None:
        main, _ = merged(world)
        with world.nothing_written(), pytest.raises(NotNow, match="先拆开合并"):
            dispatch.correct(world.desk("1002"), main, kind=OrderKind.TIP_OFF, reason="实为举报")


class TestAnswer:
    def test_each_caller_is_answered_and_called_back_for_himself(self, world: World) -> None:
        main, other = answered(world)
        stored = order_row(world, other)
        assert (stored["status"], stored["is_open"], stored["outcome"]) == (Status.TO_ANSWER, 1, None)
        assert world.events(other)[-1] == "follow_main"
        assert world.events(main)[-1] == "log_answer"
        assert part_of(world, other)["unit_id"] == unit_id(world, "CY-CGJ")
        assert other in [row.order_no for row in my_tickets.page(world.desk("2102"), "to_answer").rows]
        ticket = my_tickets.detail(world.desk("2102"), other)
        assert ticket.reply is not None
        assert ticket.reply.public_reply == "您好，工地已停止夜间施工"
        answer(world, other, "已告知陈女士")
        for order_no in (main, other):
            review.pass_close_review(world.desk("1501"), order_no)
        waiting = [row.order.order_no for row in review.page(world.desk("1601"), "callback").rows]
        assert {main, other} <= set(waiting)

    def test_the_citizens_clock_of_a_member_goes_on(self, world: World) -> None:
        main, other = unit_desk.passed(world), second(world)
        due = order_row(world, other)["citizen_due_at"]
        dispatch.merge(world.desk(D), other, main)
        answer(world, main)
        stored = order_row(world, other)
        assert (stored["citizen_due_at"], stored["press_at"]) == (due, due)

    def test_a_member_is_no_dispatch_of_the_day(self, world: World) -> None:
        answered(world)
        assert dispatch.figures(world.desk(D)).sent_today == 1

    def test_the_matter_is_graded_by_the_worst(self, world: World) -> None:
        main, other = answered(world)
        answer(world, other)
        for order_no in (main, other):
            review.pass_close_review(world.desk("1501"), order_no)
        review.close_satisfied(world.desk("1601"), main)
        assert order_row(world, main)["grade"] == Grade.A
        review.record_dissatisfaction(
            world.desk("1601"), other, cause=DissatisfactionCause.RESULT, note="夜里还在打桩"
        )
        assert (order_row(world, main)["grade"], order_row(world, main)["pool_grade"]) == (Grade.D, None)
        assert order_row(world, other)["pool_grade"] == Grade.D
        assert world.events(main)[-1] == "grade_by_worst"
        reasons = [row["reason"] for row in world.rows("SELECT reason FROM grades ORDER BY id")]
        assert f"从单 {other} 评为D级" in reasons

    def test_a_main_order_is_never_better_than_its_members(self, world: World) -> None:
        main, other = answered(world)
        answer(world, other)
        for order_no in (main, other):
            review.pass_close_review(world.desk("1501"), order_no)
        review.close_unsolved(world.desk("1601"), other, Satisfaction.BASICALLY_SATISFIED, note="能理解")
        review.close_satisfied(world.desk("1601"), main)
        assert order_row(world, main)["grade"] == Grade.B

    @pytest.mark.parametrize("end", ["withdraw", "decline_order", "void"])
    def test_a_main_order_that_ends_unanswered_frees_its_members(self, world: World, end: str) -> None:
        main, other = merged(world)
        desk, words = world.desk("1002"), "lawsuit" if end == "decline_order" else "不办了"
        getattr(intake, end)(desk, main, words)
        assert world.status(other) == Status.TO_DISPATCH
        assert world.events(other)[-1] == "unmerge"
        assert order_row(world, other)["main_order_id"] is None
        assert order_row(world, other)["is_open"] == 1


class TestUndo:
    def test_a_member_goes_back_into_the_queue_with_its_clocks(self, world: World) -> None:
        main, other = world.order().order_no, second(world)
        before = order_row(world, other)
        dispatch.merge(world.desk(D), other, main)
        world.clock.tick(hours=1)
        row = dispatch.unmerge(world.desk(D), other, "不是同一工地")
        after = order_row(world, other)
        columns = (
            "status",
            "stage_due_at",
            "citizen_due_at",
            "press_at",
            "main_order_id",
            "closed_at",
            "outcome",
        )
        assert row.status is Status.TO_DISPATCH
        assert [after[name] for name in columns] == [before[name] for name in columns]
        assert world.events(main)[-1] == "let_go"
        assert section(world, main) == ()

    def test_a_member_that_owes_its_answer_leaves_the_unit(self, world: World) -> None:
        _, other = answered(world)
        dispatch.unmerge(world.desk(D), other, "另一处工地")
        assert (order_row(world, other)["steward_id"], part_of(world, other)["end_reason"]) == (
            None,
            "unmerged",
        )
        assert world.status(other) == Status.TO_DISPATCH

    def test_refused_without_a_reason_for_no_member_and_after_the_end(self, world: World) -> None:
        main, other = answered(world)
        plain = unit_desk.passed(world)
        review.pass_close_review(world.desk("1501"), main)
        review.close_satisfied(world.desk("1601"), main)
        with world.nothing_written():
            with pytest.raises(BadInput, match="拆开理由"):
                dispatch.unmerge(world.desk(D), other, "  ")
            with pytest.raises(NotNow, match="已办结"):
                dispatch.unmerge(world.desk(D), other, "不同")
            with pytest.raises(NotNow, match="不是从单"):
                dispatch.unmerge(world.desk(D), plain, "不同")
            with pytest.raises(NotAllowed):
                dispatch.unmerge(world.desk("1203"), other, "不同")

    def test_the_store_is_whole_after_merging_undoing_and_answering(self, world: World) -> None:
        _, other = merged(world)
        dispatch.unmerge(world.desk(D), other, "不同")
        answered(world)
        main, _ = merged(world)
        intake.withdraw(world.desk("1203"), main, "算了")
        assert list(check(world.database)) == []


class TestRelate:
    def test_a_tip_off_points_to_an_order_and_is_named_to_the_centre_only(self, world: World) -> None:
        plain = sent(world)
        secret = second(world, kind=OrderKind.TIP_OFF, title="城管队员收钱")
        dispatch.relate(world.desk(D), secret, plain)
        assert world.events(secret)[-1] == "relate"
        assert world.events(plain)[-1] == "send"
        assert "城管队员收钱" in section(world, plain)[0]
        assert "举报（保密）" in section(world, plain, by="1203")[0]
        assert section(world, plain, by="2102") == ()
        assert secret not in "".join(card.card(world.desk("2102"), plain).as_lines)

    def test_refused_twice_and_to_itself(self, world: World) -> None:
        one, other = world.order().order_no, second(world)
        dispatch.relate(world.desk(D), one, other)
        with world.nothing_written():
            with pytest.raises(BadInput, match="已有关联"):
                dispatch.relate(world.desk(D), other, one)
            with pytest.raises(BadInput, match="自己"):
                dispatch.relate(world.desk(D), one, one)
            with pytest.raises(Refused, match="没有编号"):
                dispatch.relate(world.desk(D), one, "CY01-19990101-0001")


class TestCandidates:
    def test_proposed_by_likeness_without_secret_and_finished_ones(self, world: World) -> None:
        like, other = world.order().order_no, second(world)
        second(world, kind=OrderKind.TIP_OFF)
        over = world.order().order_no
        intake.withdraw(world.desk("1203"), over, "算了")
        picks = dispatch.main_candidates(world.desk(D), other)
        assert [pick.key for pick in picks] == [like]
        assert picks[0].hint.startswith("像 100% 横水镇 待派单")

    def test_found_by_number_phone_and_words(self, world: World) -> None:
        main, other = world.order().order_no, second(world, title="下水道堵塞", content="横水镇下水道堵了")
        secret = second(world, kind=OrderKind.TIP_OFF)
        desk = world.desk(D)
        assert dispatch.main_candidates(desk, other) == []
        for text in (main, "13800000000", "打桩"):
            assert main in [pick.key for pick in dispatch.main_candidates(desk, other, text)]
        assert dispatch.main_candidates(desk, other, secret)[0].hint.startswith("只能关联 ")

    def test_a_member_stands_in_its_tab_until_its_main_order_is_closed(self, world: World) -> None:
        main, other = answered(world)
        desk = world.desk(D)
        assert [row.order_no for row in dispatch.queue(desk, "merged").rows] == [other]
        review.pass_close_review(world.desk("1501"), main)
        review.close_satisfied(world.desk("1601"), main)
        assert dispatch.queue(desk, "merged").rows == ()


def _call() -> CallNote:
    return CallNote(number=SECOND, line="12345")


def test_two_alike_orders_are_told_apart_by_where_they_are(world: World) -> None:
    places = ("阳岭大道工地", "中山北路工地")
    for place in places:
        world.order(place=place)
    other = world.order().order_no
    hints = [pick.hint for pick in dispatch.main_candidates(world.desk(D), other)]
    assert len(hints) == 2
    assert all(any(place in hint for hint in hints) for place in places)
