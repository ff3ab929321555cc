"""不予受理 judged by another person: who insists is heard, a share is looked at again (practice P9)."""

from typing import Any

import pytest

from db.codes import OrderKind
from db.ids import new_uid
from desk import dispatch, intake
from desk.dispatch_rows import DeclinedTurn
from desk.errors import BadInput, NotAllowed, NotNow
from desk.intake_rows import OrderForm
from desk.rules.declining import DECLINE_REASONS, is_sampled
from desk.settings import Settings
from tests.world import World

FORM = OrderForm(kind=OrderKind.COMPLAINT, content="法院判错了", number="13800001111", name="李")
WHY, SENTENCE = "属本县职责", "经复核仍请到法院反映，12368"


def declined(world: World, percent: int = 0) -> str:
    desk = world.desk("1203")
    desk.take(Settings({"declined.sample_percent": percent}))
    return intake.decline(desk, FORM, "lawsuit").order_no


def insisted(world: World) -> str:
    order_no = declined(world)
    intake.insist(world.desk("1203"), order_no, "我就要你们管")
    return order_no


def turns(world: World, staff_no: str = "1301") -> dict[str, DeclinedTurn]:
    marks = dispatch.declined_page(world.desk(staff_no)).marks
    return {order_no: mark.turn for order_no, mark in marks.items()}


def standing(world: World, order_no: str) -> dict[str, Any]:
    sql = (
        "SELECT status, outcome, closed_at IS NULL AS runs, is_open, citizen_due_at, stage_due_at"
        " FROM work_orders WHERE order_no = :no"
    )
    found: dict[str, Any] = world.row(sql, no=order_no)
    return found


class TestInsisting:
    def test_it_goes_to_the_dispatcher_with_the_callers_words(self, world: World) -> None:
        order_no = insisted(world)
        assert world.status(order_no) == "declined"
        assert turns(world) == {order_no: DeclinedTurn.DECIDE}
        assert dispatch.figures(world.desk("1301")).counts["declined"] == 1
        paper = dispatch.order_detail(world.desk("1301"), order_no).declined
        assert paper is not None
        assert (paper.words, paper.reason, paper.left) == ("我就要你们管", "诉讼", "剩2:00")
        assert "12368" in paper.sentence

    def test_it_is_asked_once(self, world: World) -> None:
        order_no = insisted(world)
        with world.nothing_written(), pytest.raises(NotNow, match="等候回电"):
            intake.insist(world.desk("1204"), order_no)
        dispatch.confirm_declined(world.desk("1301"), order_no, SENTENCE)
        with world.nothing_written(), pytest.raises(NotNow, match="维持不予受理"):
            intake.insist(world.desk("1204"), order_no)

    def test_only_what_was_declined(self, world: World) -> None:
        order_no = world.order().order_no
        with world.nothing_written(), pytest.raises(NotNow):
            intake.insist(world.desk("1203"), order_no)

    def test_accepted_it_is_an_order_whose_clock_began_with_the_first_acceptance(self, world: World) -> None:
        order_no = insisted(world)
        plain = standing(world, world.order(kind=OrderKind.COMPLAINT).order_no)
        world.clock.tick(hours=26)
        dispatch.accept_declined(world.desk("1301"), order_no, WHY)
        found = standing(world, order_no)
        assert (found["status"], found["outcome"], found["runs"], found["is_open"]) == (
            "to_dispatch",
            None,
            1,
            1,
        )
        assert found["citizen_due_at"] == plain["citizen_due_at"]
        assert found["stage_due_at"] == plain["stage_due_at"] + 26 * 3_600_000
        assert turns(world) == {}
        assert world.events(order_no) == ["decline", "insist", "accept_declined"]
        told = [row["template"] for row in world.rows("SELECT template FROM messages ORDER BY id")]
        assert told[0] == "declined"
        assert told[-1] == "accepted"

    def test_confirmed_the_caller_is_rung_with_the_sentence(self, world: World) -> None:
        order_no = insisted(world)
        dispatcher = world.desk("1301")
        dispatch.confirm_declined(dispatcher, order_no, SENTENCE)
        assert turns(world) == {order_no: DeclinedTurn.RING}
        paper = dispatch.order_detail(dispatcher, order_no).declined
        assert paper is not None
        assert paper.sentence == SENTENCE
        dispatch.tell_declined(dispatcher, order_no, was_answered=False)
        assert turns(world) == {order_no: DeclinedTurn.RING}
        dispatch.tell_declined(dispatcher, order_no, "本人接听")
        assert turns(world) == {}
        calls = world.rows(
            "SELECT number, answered_at IS NULL AS missed FROM calls WHERE summary = 'told' ORDER BY id"
        )
        assert calls == [{"number": "13800001111", "missed": missed} for missed in (1, 0)]
        with world.nothing_written(), pytest.raises(NotNow):
            dispatch.tell_declined(dispatcher, order_no)

    def test_after_three_calls_in_vain_nothing_is_owed(self, world: World) -> None:
        order_no = insisted(world)
        dispatch.confirm_declined(world.desk("1301"), order_no, SENTENCE)
        for _ in range(3):
            dispatch.tell_declined(world.desk("1302"), order_no, was_answered=False)
        assert turns(world) == {}

    def test_without_a_number_nobody_is_rung(self, world: World) -> None:
        desk = world.desk("1203")
        order_no = intake.decline(desk, OrderForm(content="判错了", is_anonymous=True), "lawsuit").order_no
        intake.insist(desk, order_no)
        dispatch.confirm_declined(world.desk("1301"), order_no, SENTENCE)
        assert turns(world) == {}

    def test_who_declined_it_does_not_judge_it_and_words_are_needed(self, world: World) -> None:
        order_no = insisted(world)
        with world.database.write() as writer:
            keys = {row["staff_no"]: row["id"] for row in writer.all("SELECT id, staff_no FROM staff")}
            writer.insert("staff_roles", {"staff_id": keys["1203"], "role": "dispatcher"})
        for deed in (dispatch.accept_declined, dispatch.confirm_declined):
            with world.nothing_written(), pytest.raises(NotAllowed, match="自己作出"):
                deed(world.desk("1203"), order_no, WHY)
            with world.nothing_written(), pytest.raises(BadInput):
                deed(world.desk("1301"), order_no, " ")


class TestSamples:
    def test_the_same_share_whoever_asks(self) -> None:
        uids = [new_uid() for _ in range(4000)]
        drawn = [uid for uid in uids if is_sampled(uid, 10)]
        assert 300 < len(drawn) < 500
        assert [uid for uid in uids if is_sampled(uid, 10)] == drawn
        assert not any(is_sampled(uid, 0) for uid in uids)
        assert all(is_sampled(uid, 100) for uid in uids)

    def test_it_is_for_the_supervisor_alone(self, world: World) -> None:
        order_no = declined(world, 100)
        assert turns(world) == {}
        assert turns(world, "1002") == {order_no: DeclinedTurn.SAMPLE}
        with world.nothing_written(), pytest.raises(NotAllowed):
            dispatch.accept_declined(world.desk("1301"), order_no, WHY)
        with world.nothing_written(), pytest.raises(NotAllowed):
            dispatch.pass_declined(world.desk("1301"), order_no)
        dispatch.pass_declined(world.desk("1002"), order_no)
        assert turns(world, "1002") == {}
        assert world.status(order_no) == "declined"
        assert declined(world) not in turns(world, "1002")

    def test_a_wrong_one_is_opened_as_an_order(self, world: World) -> None:
        order_no = declined(world, 100)
        with world.nothing_written(), pytest.raises(BadInput):
            dispatch.accept_declined(world.desk("1002"), order_no, "")
        dispatch.accept_declined(world.desk("1002"), order_no, WHY)
        assert world.status(order_no) == "to_dispatch"
        verdict = world.row("SELECT verdict, decision FROM requests WHERE kind = 'sample'")
        assert verdict == {"verdict": "refused", "decision": WHY}


def test_every_reason_has_where_to_go() -> None:
    assert all(reason.where and reason.basis for reason in DECLINE_REASONS)
