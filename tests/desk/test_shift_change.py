"""交接班: what is open goes to the next shift line by line; another person signs, and nothing is lost between."""

import pytest

from db.check import check
from db.codes import Deed, HandoverKind, Status, TeamName, Urgency
from desk import counts, emergency, notices, shift_change, stewardship
from desk.errors import BadInput, NotAllowed, NotNow
from tests.desk.emergencies import an_emergency, brought_to
from tests.world import World

GOING, COMING, OTHER = "1002", "1401", "1301"


def kinds(page: shift_change.HandoverPage) -> list[HandoverKind]:
    return [line.kind for line in page.lines]


def a_day(world: World) -> str:
    """An emergency under way with 119 on it, an urgent order to send, a notice; return the emergency's number."""
    order_no = an_emergency(world).order_no
    brought_to(world, order_no, Deed.CALL_OUT)
    emergency.hand_to_rescue(world.desk(COMING), order_no, "119", "接警员", "")
    world.order(status=Status.TO_DISPATCH, urgency=Urgency.URGENT)
    world.order(status=Status.TO_DISPATCH)
    notices.announce(world.desk(GOING), notices.NoticeForm("停水", "上街停水，晚八点恢复", ends="20:00"))
    return order_no


def test_what_is_open_is_listed_the_most_urgent_first(world: World) -> None:
    order_no = a_day(world)
    page = shift_change.current(world.desk(GOING))
    assert kinds(page) == [
        HandoverKind.EMERGENCY,
        HandoverKind.RESCUE,
        HandoverKind.URGENT,
        HandoverKind.NOTICE,
    ]
    assert page.lines[0].order_no == page.lines[1].order_no == order_no
    assert page.lines[0].what.startswith("燃气泄漏 待签收 已1分")
    assert not page.handed_by


def test_the_next_shift_signs_line_by_line_and_the_last_one_ends_it(world: World) -> None:
    a_day(world)
    page = shift_change.hand_over(world.desk(GOING), "燃气现场盯紧")
    assert (page.note, page.is_mine) == ("燃气现场盯紧", True)
    coming = world.desk(COMING)
    assert counts.header_counts(coming).to_take == 4
    first, *others = shift_change.current(coming).lines
    page = shift_change.sign(coming, first.id, "已电话问过现场")
    assert page.lines[0].signed_by == "值班甲"
    assert page.lines[0].remark == "已电话问过现场"
    assert counts.header_counts(coming).to_take == 3
    page = shift_change.sign_all(world.desk(OTHER))
    assert not page.handed_by
    assert page.last.endswith("派单甲接班长甲的班")
    assert counts.header_counts(coming).to_take == 0
    signed = world.rows("SELECT * FROM events WHERE kind = :kind", kind=str(Deed.TAKE_SHIFT))
    assert len(signed) == 1 + len(others)
    assert list(check(world.database)) == []


def test_nobody_takes_over_from_himself_and_nothing_is_signed_twice(world: World) -> None:
    a_day(world)
    line = shift_change.hand_over(world.desk(GOING)).lines[0]
    with world.nothing_written():
        with pytest.raises(NotAllowed, match="交班人不能接自己的班"):
            shift_change.sign(world.desk(GOING), line.id)
        with pytest.raises(NotAllowed, match="交班人不能接自己的班"):
            shift_change.sign_all(world.desk(GOING))
    shift_change.sign(world.desk(COMING), line.id)
    with world.nothing_written():
        with pytest.raises(NotNow, match="已签收"):
            shift_change.sign(world.desk(COMING), line.id)
        with pytest.raises(NotNow, match="还没有人接完"):
            shift_change.hand_over(world.desk(COMING))
        with pytest.raises(BadInput, match="没有这一条"):
            shift_change.sign(world.desk(COMING), 999)


def test_a_quiet_shift_says_so_in_a_word(world: World) -> None:
    with pytest.raises(BadInput, match="没有未了的事项"):
        shift_change.hand_over(world.desk(GOING))
    page = shift_change.hand_over(world.desk(GOING), "平稳，无未了事项")
    assert page.lines == ()
    assert not shift_change.sign_all(world.desk(COMING)).handed_by
    with pytest.raises(NotNow, match="没有要接的班"):
        shift_change.sign_all(world.desk(COMING))


def test_gaps_of_the_roster_and_many_orders_are_a_number(world: World) -> None:
    stewardship.add_member(world.desk("2101"), "演练甲", "13800000011", team=TeamName.RESPONSE)
    for _ in range(52):
        world.order(status=Status.TO_COMPLETE)
    page = shift_change.current(world.desk(GOING))
    assert [line.what for line in page.lines if line.kind is HandoverKind.ROSTER] == [
        "应急值班表几天内空 16 班（F5 按 r）"
    ]
    completing = [line.what for line in page.lines if line.kind is HandoverKind.TO_COMPLETE]
    assert (len(completing), completing[-1]) == (51, "另有 2 件")


def test_a_line_says_nothing_that_a_secret_caller_said(world: World) -> None:
    order_no = an_emergency(world, is_confidential=True, title="举报某某所长", content="某某所长").order_no
    brought_to(world, order_no, Deed.CALL_OUT)
    shift_change.hand_over(world.desk(GOING))
    kept = world.rows("SELECT what FROM handover_lines")
    assert not any("某某" in row["what"] for row in kept)


@pytest.mark.parametrize("staff_no", ["2101", "2301"])
def test_a_unit_has_no_shift_to_hand_over(world: World, staff_no: str) -> None:
    for deed in (shift_change.current, shift_change.hand_over, shift_change.sign_all):
        with world.nothing_written(), pytest.raises(NotAllowed):
            deed(world.desk(staff_no))
