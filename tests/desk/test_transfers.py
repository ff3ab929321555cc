"""A call goes from one seat to another with its draft, and comes back by itself (practice P13)."""

import json
from pathlib import Path
from typing import Any

import pytest

from db.codes import TransferState, TransferWay
from desk import card, intake, seats, telephone, transfers, watch
from desk.calls import CallNote
from desk.context import Desk
from desk.errors import BadInput, NotAllowed, Refused
from desk.intake_rows import OrderForm
from desk.session import Opening
from desk.transfer_rows import TransferRow
from tests.world import World

CALL, PHONE = "A1", "13800000000"
SPECIALIST = "specialist:驻点专员·市本级"
BODY = {"values": {"number": PHONE, "content": "厂里没交社保"}, "call": {"uid": CALL}}


@pytest.fixture
def world(tmp_path: Path) -> World:
    desks = {"驻点专员·市本级": ["1204"], "驻点专员·章贡区": []}
    return World(tmp_path / "desk.db", settings={"transfer.desks": desks, "transfer.seconds": 20})


@pytest.fixture
def wang(world: World) -> Desk:
    """王芳 with a call in hand, and two others who have signed in."""
    for staff_no in ("1203", "1204", "1002", "1301"):
        seats.be_seen(world.desks[staff_no])
    exchange = Opening(world.database, world.clock, "pbx", site="CY01")
    telephone.ring(exchange, PHONE, "12333", seat="T1203", call_id=CALL)
    telephone.answer(exchange, CALL)
    return world.desks["1203"]


def offered(wang: Desk, target: str = "seat:T1204") -> TransferRow:
    draft = intake.save_draft(wang, BODY, "13800000000 厂里没交社保", "draft")
    assert draft
    return transfers.offer(wang, CALL, target, draft, "13800000000 厂里没交社保")


def state(desk: Desk) -> TransferState:
    row = transfers.at_seat(desk).outgoing
    assert row is not None
    return row.state


def test_the_other_seat_takes_it_over_with_all_that_was_typed(world: World, wang: Desk) -> None:
    other = world.desks["1204"]
    with world.nothing_written():
        row = offered(wang)
        (told,) = transfers.at_seat(other).incoming
        assert (told.from_name, told.title, told.id) == ("王芳", "13800000000 厂里没交社保", row.id)
        assert transfers.at_seat(world.desks["1002"]).incoming == ()
        taken = transfers.take_over(other, row.id)
    assert taken.body == BODY
    assert [draft.title for draft in intake.drafts(other)] == ["13800000000 厂里没交社保"]
    assert intake.drafts(wang) == ()
    assert [call.call_id for call in telephone.at_seat(other)] == [CALL]
    assert telephone.at_seat(wang) == ()
    assert state(wang) is TransferState.TAKEN
    with pytest.raises(Refused, match="话务乙"):
        transfers.take_over(other, row.id)


def test_it_comes_back_by_itself_after_twenty_seconds(world: World, wang: Desk) -> None:
    row, other = offered(wang), world.desks["1204"]
    world.clock.tick(seconds=19.9)
    assert transfers.at_seat(other).incoming != ()
    assert state(wang) is TransferState.OFFERED
    world.clock.tick(seconds=0.1)
    assert transfers.at_seat(other).incoming == ()
    assert state(wang) is TransferState.LAPSED
    for late in (transfers.take_over, transfers.refuse):
        with pytest.raises(Refused, match="T1203"):
            late(other, row.id)
    assert [draft.id for draft in intake.drafts(wang)] == ["draft"]
    assert telephone.at_seat(wang)[0].call_id == CALL


def test_it_is_refused_or_taken_back(world: World, wang: Desk) -> None:
    row, other = offered(wang), world.desks["1204"]
    assert transfers.refuse(other, row.id).state is TransferState.REFUSED
    assert (state(wang), transfers.at_seat(other).incoming) == (TransferState.REFUSED, ())
    row = offered(wang)
    with pytest.raises(BadInput):
        transfers.withdraw(other, row.id)
    assert transfers.withdraw(wang, row.id).state is TransferState.WITHDRAWN
    with pytest.raises(Refused):
        transfers.withdraw(wang, row.id)
    with pytest.raises(NotAllowed):
        transfers.take_over(world.desks["1002"], row.id)


def test_a_desk_of_specialists_is_found_by_its_roster_and_the_first_who_takes_it_has_it(
    world: World, wang: Desk
) -> None:
    hints = {row.key: row.hint for row in transfers.inside_targets(wang)}
    assert hints == {
        "supervisor:班长": "空闲",
        SPECIALIST: "空闲",
        "specialist:驻点专员·章贡区": "没有排人",
        "seat:T1002": "空闲",
        "seat:T1204": "空闲",
    }
    row = offered(wang, SPECIALIST)
    assert transfers.at_seat(world.desks["1204"]).incoming == (row,)
    with pytest.raises(Refused, match="还没有排人"):
        offered(wang, "specialist:驻点专员·章贡区")
    for gone in ("seat:T1301", "seat:T9"):
        with pytest.raises(Refused, match="没有人签入"):
            offered(wang, gone)
    with pytest.raises(BadInput):
        offered(wang, "specialist:无")


def test_of_several_a_refusal_leaves_it_to_the_others_and_the_talking_are_spared(
    world: World, wang: Desk
) -> None:
    third = world.desk("1203")
    third.seat = "T3"
    wang.settings = third.settings = type(wang.settings)(
        {**wang.settings, "transfer.desks": {"驻点专员·市本级": ["1204", "1203"]}}
    )
    seats.be_seen(third)
    row, other = offered(wang, SPECIALIST), world.desks["1204"]
    assert transfers.refuse(other, row.id).state is TransferState.OFFERED
    assert transfers.at_seat(other).incoming == ()
    assert transfers.refuse(third, row.id).state is TransferState.REFUSED
    other.work.ring("B", phone="", line="12345", now_ms=1, seat=other.seat)
    other.work.take_ring("B", seat=other.seat, now_ms=2)
    offered(wang, SPECIALIST)
    assert transfers.at_seat(other).incoming == ()
    assert len(transfers.at_seat(third).incoming) == 1


def test_a_seat_that_is_silent_for_a_minute_and_a_half_is_empty(world: World, wang: Desk) -> None:
    world.clock.tick(seconds=91)
    seats.be_seen(world.desks["1002"])
    assert {row.key for row in transfers.inside_targets(wang) if row.key.startswith("seat")} == {"seat:T1002"}
    seats.stand_up(world.desks["1002"])
    assert not [row for row in transfers.inside_targets(wang) if row.key.startswith("seat")]


def test_the_call_record_keeps_the_way_and_no_event_comes_before_something_is_filed(
    world: World, wang: Desk
) -> None:
    other = world.desks["1204"]
    with world.nothing_written():
        offered(wang)
        world.clock.tick(seconds=20)
        transfers.note_outside(wang, CALL, "110", "公安报警", is_three_way=True)
        transfers.take_over(other, offered(wang, SPECIALIST).id)
    note = CallNote(PHONE, "12333", outside_id=CALL)
    form = OrderForm(kind=intake.OrderForm().kind, content="厂里没交社保", place="不详", contact_phone=PHONE)
    done = intake.decline(other, form, "lawsuit", note)
    kept: list[dict[str, Any]] = json.loads(world.row("SELECT transfers FROM calls")["transfers"])
    assert [(each["way"], each["to"], each["state"]) for each in kept] == [
        ("seat", "T1204", "lapsed"),
        ("three_way", "110", "connected"),
        ("specialist", "驻点专员·市本级", "taken"),
    ]
    assert kept[2]["to_staff"] == other.actor.uid
    assert PHONE not in json.dumps(kept)
    lines = card.card(other, done.order_no).as_lines
    assert any("座席 T1204 超时退回，三方通话 110 已转，驻点专员·市本级 已接" in line for line in lines)


def test_a_transfer_after_filing_is_kept_by_the_hang_up(world: World, wang: Desk) -> None:
    intake.decline(wang, OrderForm(content="厂里没交社保"), "lawsuit", CallNote(PHONE, outside_id=CALL))
    assert world.row("SELECT transfers FROM calls")["transfers"] == ""
    transfers.note_outside(wang, CALL, "12348", "法律服务", is_three_way=False)
    telephone.hang_up(Opening(world.database, world.clock, "pbx", site="CY01"), CALL, "pbx")
    assert json.loads(world.row("SELECT transfers FROM calls")["transfers"])[0]["to"] == "12348"


@pytest.mark.parametrize("staff_no", ["1301", "2101"])
def test_who_may_not_take_calls_may_not_put_them_through(world: World, wang: Desk, staff_no: str) -> None:
    row, desk = offered(wang), world.desks[staff_no]
    for asked in (
        lambda: transfers.offer(desk, CALL, "seat:T1204", "draft", ""),
        lambda: transfers.take_over(desk, row.id),
        lambda: transfers.call_supervisor(desk, CALL, ""),
        lambda: transfers.note_outside(desk, CALL, "110", "", is_three_way=True),
    ):
        with pytest.raises(NotAllowed):
            asked()


def test_what_a_call_is_about_is_forgotten_with_the_offer(world: World, wang: Desk) -> None:
    row = offered(wang)
    transfers.take_over(world.desks["1204"], row.id)
    offered(wang)
    world.clock.tick(seconds=21)
    transfers.note_outside(wang, "A2", "110", "公安报警", is_three_way=False)
    assert [each.title for each in wang.work.transfers.of_call(CALL)] == ["", ""]
    world.clock.tick(hours=25)
    transfers.note_outside(wang, "A3", "110", "公安报警", is_three_way=False)
    assert wang.work.transfers.of_call(CALL) == []


# -- 危机来电 (P25)


def test_a_supervisor_is_called_in_silence_even_while_he_talks_and_whenever_he_signs_in(
    world: World, wang: Desk
) -> None:
    with world.nothing_written():
        row = transfers.call_supervisor(wang, CALL, "13800000000 说不想活了")
        again = transfers.call_supervisor(wang, CALL, "13800000000 说要跳河")
        offered(wang)
    chief = world.desks["1002"]
    assert transfers.at_seat(chief).silent == (again,)
    assert row.way is TransferWay.SILENT
    assert transfers.at_seat(world.desks["1204"]).silent == ()
    with pytest.raises(NotAllowed):
        transfers.acknowledge(world.desks["1204"], again.id)
    with pytest.raises(NotAllowed):
        transfers.take_over(chief, again.id)
    transfers.acknowledge(chief, again.id)
    assert transfers.at_seat(chief).silent == ()
    assert telephone.at_seat(wang)[0].call_id == CALL, "the operator stays on the line"


def test_a_silent_call_ends_with_two_hours(world: World, wang: Desk) -> None:
    transfers.call_supervisor(wang, CALL, "说不想活了")
    world.clock.tick(hours=2)
    assert transfers.at_seat(world.desks["1002"]).silent == ()


def test_a_caller_who_hangs_up_is_offered_to_nobody_any_more_but_the_supervisor_still_knows(
    world: World, wang: Desk
) -> None:
    offered(wang)
    assert transfers.call_supervisor(wang, CALL, "说不想活了").is_heard
    telephone.hang_up(Opening(world.database, world.clock, "pbx", site="CY01"), CALL, "pbx")
    assert transfers.at_seat(world.desks["1204"]).incoming == ()
    assert len(transfers.at_seat(world.desks["1002"]).silent) == 1


def test_an_operator_is_told_when_no_supervisor_has_signed_in(world: World, wang: Desk) -> None:
    seats.stand_up(world.desks["1002"])
    assert not transfers.call_supervisor(wang, CALL, "说不想活了").is_heard


def test_on_12333_its_specialists_come_first_and_in_a_crisis_the_silent_call(
    world: World, wang: Desk
) -> None:
    def first(**how: Any) -> str:
        return intake.transfer_picks(wang, "", **how)[0].key

    assert first() == "110"
    assert first(line="12333") == SPECIALIST
    assert first(line="12333", is_crisis=True) == "silent:supervisor"
    assert [row.key for row in intake.transfer_picks(wang, "静默")] == ["silent:supervisor"]


def test_a_locked_seat_is_offered_no_call_until_somebody_sits_down_again(world: World, wang: Desk) -> None:
    other = world.desks["1204"]
    watching = watch.watch(other)
    watching.rings()
    watching.step_away()
    seats.be_seen(other)
    with pytest.raises(Refused, match="没有人签入"):
        offered(wang, SPECIALIST)
    watching.close()
    with pytest.raises(Refused, match="没有人签入"):
        offered(wang)
    again = watch.watch(other)
    again.rings()
    assert offered(wang, SPECIALIST).state is TransferState.OFFERED
    again.close()
