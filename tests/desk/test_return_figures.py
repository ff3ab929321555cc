"""退单 in figures: wrong dispatches count against the centre, unfounded returns and late signatures against the unit (P7)."""

from datetime import UTC, datetime, timedelta

import pytest

from db.codes import Role
from desk import dispatch, my_tickets, return_figures, return_words
from desk.errors import BadInput, NotAllowed
from desk.return_rows import ReturnFigures
from desk.rules.return_tally import Return, Tally, share, tally
from desk.rules.returns import Fate
from tests.desk.dispatching import ask_return, sent, unit_id
from tests.world import World


def figures(world: World, staff_no: str = "1002", month: str = "") -> ReturnFigures:
    return return_figures.figures(world.desk(staff_no), month)


def lines(world: World, staff_no: str) -> list[str]:
    return [line for part in return_words.sections(figures(world, staff_no)) for line in part.lines]


@pytest.fixture
def month(world: World) -> World:
    """Six dispatches: one returned rightly after an hour, one wrongly, one taken back, one late, one asleep, one plain."""
    world.clock.now = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
    right, wrong, back, late, asleep, plain = (sent(world) for _ in range(6))
    for order_no in (right, wrong, back, late):
        ask_return(world, order_no)
    world.clock.tick(hours=1)
    dispatch.grant_return(world.desk("1302"), right, "属实")
    dispatch.refuse_return(world.desk("1302"), wrong, "清单第118项")
    dispatch.recall(world.desk("1301"), back, "派错")
    my_tickets.sign(world.desk("2101"), plain)
    my_tickets.sign(world.desk("2101"), late)
    world.clock.now = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)
    my_tickets.sweep_unsigned(world.desk("1002"))
    dispatch.grant_return(world.desk("1002"), late, "属实")
    ask_return(world, asleep, finding="现场无施工")
    return world


def test_the_centre_sees_its_wrong_dispatches_and_how_fast_it_judged(month: World) -> None:
    found = figures(month)
    assert (found.whose, found.month, found.sent, found.sent_today, found.unsigned) == (
        "崇义",
        "2026-11",
        6,
        0,
        1,
    )
    assert found.returned_share == 83
    whole = found.whole
    assert (whole.asked, whole.wrong, whole.first_wrong, whole.refused, whole.pending) == (5, 3, 3, 1, 1)
    assert (whole.decided, whole.in_time, whole.late, whole.in_time_share) == (3, 2, 1, 67)
    # One hour, one hour, and from the 24th 9:00 to the 26th 9:00: 7 + 7 office hours.
    assert whole.mean == timedelta(hours=16) / 3
    assert found.today == Tally(asked=1, pending=1)


def test_a_return_of_a_second_dispatch_is_no_wrong_first_one(world: World) -> None:
    order_no = sent(world)
    ask_return(world, order_no)
    dispatch.grant_return(world.desk("1302"), order_no)
    dispatch.send(world.desk("1301"), order_no, unit_id(world, "CY-RSJ"))
    ask_return(world, order_no, by="2201", target="CY-HSZ")
    dispatch.grant_return(world.desk("1002"), order_no)
    whole = figures(world).whole
    assert (whole.wrong, whole.first_wrong) == (2, 1)


def test_units_are_told_apart_the_worst_first(month: World) -> None:
    order_no = sent(month)
    dispatch.reassign(month.desk("1301"), order_no, unit_id(month, "CY-RSJ"), reason="属人社")
    assert [
        (line.unit, line.received, line.unsigned, line.tally.refused) for line in figures(month).units
    ] == [("县城管局", 7, 1, 1)]
    ask_return(month, order_no, by="2201", target="CY-HSZ")
    assert [line.unit for line in figures(month).units] == ["县城管局", "县人社局"]


def test_the_supervisor_sees_everybody_a_dispatcher_only_himself(month: World) -> None:
    people = {line.name: line for line in figures(month).people}
    assert set(people) == {"派单甲", "派单乙", "班长甲"}
    assert (people["派单甲"].sent, people["派单甲"].wrong, people["派单甲"].judged.decided) == (6, 3, 0)
    assert (people["派单乙"].judged.decided, people["派单乙"].judged.in_time_share) == (2, 100)
    assert people["班长甲"].judged.in_time_share == 0
    assert [line.name for line in figures(month, "1302").people] == ["派单乙"]
    assert figures(month, "1203").people == ()


def test_a_unit_sees_its_own_and_no_person(month: World) -> None:
    found = figures(month, "2101")
    assert (found.whose, found.is_centre, found.people) == ("县城管局", False, ())
    assert (found.sent, found.whole.asked, found.whole.refused, found.unsigned) == (6, 5, 1, 1)
    assert figures(month, "2201").whole == Tally()
    assert lines(month, "2101") == [
        "今日：收单 0，退单 1（同意 0、不实 0、待定 1）",
        "本月：收单 6，退单 5（同意 3、不实 1、待定 1）",
        "退单不实（计本单位）1",
        "超时未签收（计本单位）1",
    ]


def test_the_lines_of_the_centre(month: World) -> None:
    said = lines(month, "1002")
    assert said[:5] == [
        "今日：派出 0，退单 1（派错 0、不实 0、待定 1）",
        "本月：派出 6，退单 5（派错 3、不实 1、待定 1），退单率 83%",
        "派错（计中心）3，其中首派 3",
        "不实（计单位）1；超时未签收（计单位）1",
        "裁定 3，平均 5小时20分，按时 67%，超期 1（办公时间）",
    ]
    assert "派单甲  派出 6，派错 3（50%）；裁定 0，平均 -，按时 -（办公时间）" in said


def test_another_month_is_another_count_and_has_no_today(month: World) -> None:
    found = figures(month, month="2026-10")
    assert (found.month, found.sent, found.whole, found.today, found.units) == (
        "2026-10",
        0,
        Tally(),
        None,
        (),
    )
    assert figures(month, month="2026-11").whole == figures(month).whole
    for odd in ("2026-13", "十一月", "2026", "\x00"):
        with pytest.raises(BadInput, match="月份"):
            figures(month, month=odd)


def test_the_month_ends_at_midnight_in_china(world: World) -> None:
    world.clock.now = datetime(2026, 11, 30, 15, 59, tzinfo=UTC)
    ask_return(world, sent(world))
    world.clock.tick(minutes=1)
    assert (figures(world).month, figures(world).whole.asked) == ("2026-12", 0)
    assert figures(world, month="2026-11").whole.asked == 1


def test_who_is_neither_at_the_centre_nor_in_a_unit_sees_none(world: World) -> None:
    with world.database.write() as writer:
        key = world.row("SELECT id FROM staff WHERE staff_no = '2301'")["id"]
        writer.run("DELETE FROM staff_roles WHERE staff_id = :id", id=key)
        writer.insert("staff_roles", {"staff_id": key, "role": str(Role.PANELIST)})
    with pytest.raises(NotAllowed, match="热线中心和承办单位"):
        figures(world, "2301")


def test_what_went_another_way_undecided_counts_against_nobody(world: World) -> None:
    order_no = sent(world)
    ask_return(world, order_no)
    with world.database.write() as writer:
        key = world.row("SELECT id FROM work_orders")["id"]
        writer.update("work_orders", key, {"status": "withdrawn"})
    world.clock.tick(days=3)
    assert figures(world).whole == Tally(asked=1, lapsed=1)


def test_rework_and_call_outs_are_no_dispatches(world: World) -> None:
    from tests.desk import review_life as life

    order_no = life.dissatisfied(world)
    before = figures(world).sent
    from desk import review

    review.rework(world.desk("1501"), order_no, "夜间巡查")
    assert (before, figures(world).sent) == (1, 1)


def test_the_plan_of_both_queries_reads_along_an_index(world: World) -> None:
    from db.queries import returns as queries

    plans = []
    for sql, more in ((queries._ASKED, {}), (queries._SENT, {"today": 0})):
        bound = {"since": 0, "until": 1, "centre_id": 1, **more}
        rows = world.rows("EXPLAIN QUERY PLAN " + sql.format(scope=queries.OF_CENTRE), **bound)
        plans.append(" ".join(str(row["detail"]) for row in rows))
    assert "ix_requests_asked" in plans[0]
    assert "ix_assignments_sent" in plans[1]


def test_shares_of_nothing_are_none() -> None:
    assert (share(0, 0), share(1, 3), Tally().in_time_share) == (None, 33, None)
    late = tally([Return(Fate.PENDING, 1, is_late=True)])
    assert (late.pending, late.in_time_share) == (1, 0)
