"""签收, 转科室/经办人, 办理记录, 自动签收."""

from pathlib import Path

import pytest

from db.codes import OrderKind, Status, Urgency
from desk import my_tickets
from desk.errors import BadInput, NotAllowed, NotNow
from tests.desk.unit_desk import order_row, section_id, sent, signed, steward
from tests.world import World


def test_who_signs_as_handler_holds_the_order(world: World) -> None:
    order_no = sent(world)
    world.clock.tick(minutes=30)
    row = my_tickets.sign(world.desk("2102"), order_no)
    assert (row.status, row.handler) == (Status.IN_PROGRESS, "经办甲")
    part = steward(world, order_no)
    assert part["signed_at"] == order_row(world, order_no)["signed_at"]
    assert part["is_signed_by_force"] == 0
    assert world.events(order_no) == ["register", "send", "sign"]


def test_a_liaison_signs_for_the_unit_and_holds_nothing(world: World) -> None:
    assert my_tickets.sign(world.desk("2101"), sent(world)).handler == ""


def test_signing_ends_the_limit_to_sign_and_starts_that_of_the_first_contact(world: World) -> None:
    plain = order_row(world, signed(world))
    urgent = order_row(world, signed(world, urgency=Urgency.URGENT, kind=OrderKind.HELP_REQUEST))
    assert plain["stage_due_at"] is None
    assert urgent["stage_due_at"] == urgent["dispatched_at"] + 120 * 60_000


def test_another_unit_can_neither_sign_nor_see(world: World) -> None:
    order_no = sent(world)
    with world.nothing_written(), pytest.raises(NotAllowed):
        my_tickets.sign(world.desk("2201"), order_no)


def test_a_reviewer_without_the_right_does_not_sign(world: World) -> None:
    order_no = sent(world, "CY-RSJ")
    with world.nothing_written(), pytest.raises(NotAllowed, match="联络员、经办人"):
        my_tickets.sign(world.desk("2202"), order_no)


def test_what_is_signed_is_not_signed_again(world: World) -> None:
    order_no = signed(world)
    with world.nothing_written(), pytest.raises(NotNow, match="经办甲（2102）11-23 09:00 已签收"):
        my_tickets.sign(world.desk("2101"), order_no)


def test_several_are_signed_at_once_and_a_refusal_stops_nothing(world: World) -> None:
    numbers = [signed(world), sent(world), sent(world)]
    done = my_tickets.sign_all(world.desk("2101"), numbers)
    assert done.done == 2
    assert len(done.refusals) == 1
    assert done.line.startswith("已办 2 件，1 件未办：")
    assert [world.status(each) for each in numbers] == [Status.IN_PROGRESS] * 3


def test_handing_on_gives_section_person_and_an_inner_limit(world: World) -> None:
    order_no = signed(world)
    row = my_tickets.hand_on(world.desk("2101"), order_no, section_id(world, "ZF"), "2103")
    assert (row.section, row.handler) == ("执法大队", "审核人甲")
    inner = world.row("SELECT * FROM assignments WHERE part = 'inner'")
    day = 86_400_000
    assert inner["due_at"] == order_row(world, order_no)["unit_due_at"] - 3 * day  # over a weekend
    assert "提前 1 个工作日" in inner["due_explanation"]
    assert inner["parent_id"] == steward(world, order_no)["id"]


def test_handing_on_again_ends_the_inner_part_before(world: World) -> None:
    order_no = signed(world)
    my_tickets.hand_on(world.desk("2101"), order_no, staff_no="2103")
    my_tickets.hand_on(world.desk("2101"), order_no, section_id(world, "HW"))
    parts = world.rows("SELECT ended_at FROM assignments WHERE part = 'inner' ORDER BY id")
    assert [part["ended_at"] is None for part in parts] == [False, True]
    assert order_row(world, order_no)["handler_id"] is None


@pytest.mark.parametrize(
    ("section", "staff_no", "line"),
    [
        (None, None, "请选一个科室"),
        ("LD", None, "不属于本单位"),
        (None, "2201", "不是本单位"),
        (None, "9999", "不是本单位"),
        (None, "2101", "不是经办人"),
    ],
)
def test_an_order_is_handed_on_inside_the_unit_only(
    world: World, section: str | None, staff_no: str | None, line: str
) -> None:
    order_no = signed(world)
    with world.nothing_written(), pytest.raises(BadInput, match=line):
        my_tickets.hand_on(
            world.desk("2101"), order_no, section_id(world, section) if section else None, staff_no
        )


def test_only_what_is_signed_is_handed_on(world: World) -> None:
    order_no = sent(world)
    with world.nothing_written(), pytest.raises(NotNow):
        my_tickets.hand_on(world.desk("2101"), order_no, staff_no="2102")


def test_several_are_handed_on_at_once(world: World) -> None:
    numbers = [signed(world), signed(world)]
    assert my_tickets.hand_on_all(world.desk("2101"), numbers, None, "2103").line == "已办 2 件"
    assert {order_row(world, each)["handler_id"] for each in numbers} == {
        world.row("SELECT id FROM staff WHERE staff_no = '2103'")["id"]
    }


def test_a_note_is_words_of_the_history_and_changes_nothing_else(world: World) -> None:
    order_no = signed(world)
    my_tickets.note(world.desk("2102"), order_no, " 已到现场 ")
    assert world.events(order_no)[-1] == "note"
    assert world.row("SELECT body FROM event_texts WHERE field = 'note'")["body"] == "已到现场"
    for text in ("  ", "字" * 4001, "a\x00b"):
        with world.nothing_written(), pytest.raises(BadInput):
            my_tickets.note(world.desk("2102"), order_no, text)


def test_what_nobody_signs_in_time_is_signed_by_the_clock_and_counted(world: World) -> None:
    late = sent(world)
    world.clock.tick(days=1, hours=12)
    still_in_time = sent(world)
    swept = my_tickets.sweep_unsigned(world.desk("1002"))
    assert [row.order_no for row in swept] == [late]
    assert world.event_data(late)["late"] == ["stage"]
    part = steward(world, late)
    assert (part["is_signed_by_force"], part["signed_by"]) == (1, None)
    assert world.status(still_in_time) == Status.TO_SIGN
    assert my_tickets.sweep_unsigned(world.desk("1002")) == ()


def test_an_emergency_is_never_signed_by_the_clock(world: World) -> None:
    order_no = sent(world, urgency=Urgency.CRITICAL, kind=OrderKind.HELP_REQUEST)
    world.clock.tick(days=2)
    assert my_tickets.sweep_unsigned(world.desk("1301")) == ()
    with world.nothing_written(), pytest.raises(NotNow, match="接令"):
        my_tickets.auto_sign(world.desk("1301"), order_no)


def test_the_clock_signs_neither_early_nor_for_a_unit(world: World) -> None:
    order_no = sent(world)
    with world.nothing_written(), pytest.raises(NotNow, match="未到"):
        my_tickets.auto_sign(world.desk("1301"), order_no)
    with world.nothing_written(), pytest.raises(NotAllowed):
        my_tickets.auto_sign(world.desk("2101"), order_no)


def test_a_city_may_switch_the_automatic_signature_off(tmp_path: Path) -> None:
    world = World(tmp_path / "off.db", settings={"sign.auto_sign": False})
    sent(world)
    world.clock.tick(days=3)
    assert my_tickets.sweep_unsigned(world.desk("1002")) == ()
