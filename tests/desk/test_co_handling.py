"""协办 that is not answered in time shows at the steward and is counted for the assessment."""

import pytest

from db.codes import Role
from desk import co_handling, dispatch, my_tickets, return_figures, review
from desk.co_handling import CoFigures
from desk.errors import BadInput, NotAllowed
from tests.desk.dispatching import add_staff, part_of, unit_id
from tests.desk.unit_desk import passed, sent, signed
from tests.world import World

STEWARD, HELPER, OTHER, SUPERVISOR = "2102", "2201", "2301", "1002"


def now_lines(world: World, order_no: str) -> tuple[str, ...]:
    return my_tickets.detail(world.desk(STEWARD), order_no).sections[0].lines


def mark(world: World, order_no: str) -> str:
    desk = world.desk(STEWARD)
    return my_tickets.waiting(desk, my_tickets.page(desk).rows).get(order_no, "")


def test_the_steward_reads_who_still_owes_an_answer_and_until_when(world: World) -> None:
    order_no = signed(world, co=("CY-RSJ", "CY-HSZ"))
    assert "协办待答复：县人社局，限 11-25 18:00" in now_lines(world, order_no)
    my_tickets.co_reply(world.desk(OTHER), order_no, "我镇已核")
    assert not any("横水镇" in line for line in now_lines(world, order_no))
    assert mark(world, order_no) == ""
    world.clock.tick(days=3)
    assert "!协办逾期：县人社局，应于 11-25 18:00 前答复，计入该单位" in now_lines(world, order_no)
    assert mark(world, order_no) == "协办逾期"
    my_tickets.co_reply(world.desk(HELPER), order_no, "已核")
    assert mark(world, order_no) == ""
    assert not any("协办" in line for line in now_lines(world, order_no))


def test_what_was_answered_late_or_not_at_all_is_counted_by_unit(world: World) -> None:
    in_time, late, _owed = (sent(world, co=("CY-RSJ",)) for _ in range(3))
    given_back = sent(world, co=("CY-RSJ",))
    elsewhere = sent(world, co=("CY-HSZ",))
    for order_no in (in_time, elsewhere):
        my_tickets.co_reply(world.desk(HELPER if order_no == in_time else OTHER), order_no, "已核")
    my_tickets.co_sign(world.desk(HELPER), given_back)
    my_tickets.ask_part_return(
        world.desk(HELPER), given_back, "not_our_duty", "与我局无关", "清单未列", finding="现场无欠薪"
    )
    key = part_of(world, given_back, "co_handling")["id"]
    dispatch.grant_part_return(world.desk("1302"), given_back, int(str(key)), "属实")
    assert co_handling.figures(world.desk(SUPERVISOR))[0].late == 0
    world.clock.tick(days=3)
    my_tickets.co_reply(world.desk(HELPER), late, "已核")
    found = co_handling.figures(world.desk(SUPERVISOR))
    assert found == (CoFigures("县人社局", 3, 2, 2), CoFigures("横水镇", 1, 1, 0))
    assert co_handling.figures(world.desk(HELPER)) == (CoFigures("县人社局", 3, 2, 2),)
    assert co_handling.figures(world.desk(STEWARD)) == ()
    assert co_handling.figures(world.desk(SUPERVISOR), "2026-10") == ()
    lines = return_figures.sections(world.desk(SUPERVISOR))[-1].lines
    assert lines[:2] == (
        "请协办 4，已答复 3，逾期（计协办单位）2",
        "县人社局：请协办 3，已答复 2，逾期 2",
    )


def test_who_could_not_answer_any_more_is_not_late(world: World) -> None:
    order_no = passed(world, co=("CY-RSJ",))
    my_tickets.log_answer(world.desk(STEWARD), order_no, said="已停工")
    world.clock.tick(days=5)
    assert co_handling.figures(world.desk(HELPER)) == (CoFigures("县人社局", 1, 0, 0),)
    review.pass_close_review(world.desk("1501"), order_no)
    assert co_handling.figures(world.desk(HELPER)) == (CoFigures("县人社局", 1, 0, 0),)


def test_a_month_that_is_none_and_a_person_without_a_unit_are_refused(world: World) -> None:
    with pytest.raises(BadInput, match="月份"):
        co_handling.figures(world.desk(SUPERVISOR), "2026-13")
    add_staff(world, "2909", "代办甲", unit_id(world, "CY-HSZ"), Role.STATION_CLERK)
    with pytest.raises(NotAllowed):
        co_handling.figures(world.desk("2909"))
