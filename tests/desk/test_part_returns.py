"""退协办: a helping unit gives its own part back, and nothing else of the order moves (practice P7, P32)."""

from typing import Any

import pytest

from db.codes import Deed, ReturnReason, Status, Urgency
from desk import card, dispatch, my_tickets
from desk.errors import BadInput, NotAllowed, NotNow
from tests.desk.dispatching import ask_return
from tests.desk.unit_desk import order_row, passed, sent, steward, unit_id
from tests.world import World

HELPER, SECOND, SENDER, JUDGE, SUPERVISOR = "2201", "2301", "1301", "1302", "1002"


def ask(world: World, order_no: str, target: str = "横水镇", by: str = HELPER, **more: str) -> None:
    my_tickets.ask_part_return(
        world.desk(by), order_no, ReturnReason.NOT_OUR_DUTY, "不涉用工", "清单第118项", target, **more
    )


def parts(world: World) -> list[dict[str, Any]]:
    return world.rows("SELECT * FROM assignments WHERE part = 'co_handling' ORDER BY id")


def part_of(world: World, unit: str) -> int:
    return next(int(part["id"]) for part in parts(world) if part["unit_id"] == unit_id(world, unit))


def helped(world: World, **order: Any) -> str:
    """Return the number of an order that 县城管局 handles and 县人社局 helps with."""
    return sent(world, **{"co": ("CY-RSJ",), **order})


def test_the_part_goes_to_the_unit_named_and_the_order_stays_as_it_is(world: World) -> None:
    order_no = helped(world)
    my_tickets.sign(world.desk("2102"), order_no)
    rows = my_tickets.page(world.desk(HELPER), "co").rows
    assert [row.order_no for row in rows] == [order_no]
    assert my_tickets.waiting(world.desk(HELPER), rows) == {}
    order, lead = order_row(world, order_no), steward(world, order_no)
    ask(world, order_no)
    assert my_tickets.waiting(world.desk(HELPER), rows) == {order_no: "退协办待批"}
    assert my_tickets.waiting(world.desk("2101"), rows) == {}, "the steward unit's own row stays as it is"
    world.clock.tick(minutes=20)
    dispatch.grant_part_return(world.desk(JUDGE), order_no, part_of(world, "CY-RSJ"), "属实")
    assert order_row(world, order_no) == order
    assert steward(world, order_no) == lead
    old, new = parts(world)
    assert (old["end_reason"], old["ended_at"] is not None) == ("returned", True)
    assert (new["unit_id"], new["ended_at"], new["signed_at"]) == (unit_id(world, "CY-HSZ"), None, None)
    assert world.events(order_no)[-2:] == ["ask_part_return", "grant_part_return"]
    assert world.event_data(order_no)["verdict"] == "granted"
    told = {(row["to_unit_id"], row["body"].split(" ")[-1]) for row in world.rows("SELECT * FROM messages")}
    assert {
        (unit_id(world, "CY-RSJ"), "已同意退协办，你单位不再协办"),
        (unit_id(world, "CY-HSZ"), "请你单位协办，请签收"),
        (unit_id(world, "CY-CGJ"), "已改请横水镇协办"),
    } <= told
    my_tickets.co_sign(world.desk(SECOND), order_no)
    with pytest.raises(NotAllowed):
        my_tickets.co_reply(world.desk(HELPER), order_no, "已核")


@pytest.mark.parametrize("target", ["", "横水镇"])
def test_no_other_unit_helps_where_none_is_needed(world: World, target: str) -> None:
    order_no = helped(world)
    ask(world, order_no, target)
    part_id = part_of(world, "CY-RSJ")
    dispatch.grant_part_return(world.desk(JUDGE), order_no, part_id, is_replaced=not target)
    assert [part["end_reason"] for part in parts(world)] == ["returned"]


def test_refused_it_stays_with_its_limit_and_is_not_asked_again(world: World) -> None:
    order_no = helped(world)
    before = parts(world)
    ask(world, order_no)
    with world.nothing_written(), pytest.raises(BadInput, match="不同意的理由"):
        dispatch.refuse_part_return(world.desk(JUDGE), order_no, part_of(world, "CY-RSJ"), " ")
    dispatch.refuse_part_return(world.desk(JUDGE), order_no, part_of(world, "CY-RSJ"), "须核用工资质")
    assert parts(world) == before
    with world.nothing_written(), pytest.raises(NotNow, match="未获同意，不能再退"):
        ask(world, order_no)
    assert "须核用工资质" in "\n".join(card.card(world.desk(HELPER), order_no).as_lines)
    my_tickets.co_reply(world.desk(HELPER), order_no, "已核")


def test_two_helpers_ask_at_once_and_each_gets_its_own_verdict(world: World) -> None:
    order_no = helped(world, co=("CY-RSJ", "CY-HSZ"))
    ask(world, order_no, "")
    ask(world, order_no, "", by=SECOND)
    first, second = part_of(world, "CY-RSJ"), part_of(world, "CY-HSZ")
    papers = dispatch.order_detail(world.desk(JUDGE), order_no).part_papers
    assert [(paper.part_id, paper.unit) for paper in papers] == [(first, "县人社局"), (second, "横水镇")]
    dispatch.refuse_part_return(world.desk(JUDGE), order_no, first, "须核")
    assert [row.order_no for row in dispatch.returned(world.desk(JUDGE)).page.rows] == [order_no]
    dispatch.grant_part_return(world.desk(JUDGE), order_no, second)
    assert [part["end_reason"] for part in parts(world)] == [None, "returned"]
    assert dispatch.returned(world.desk(JUDGE)).page.rows == ()


def test_it_is_no_return_of_the_order(world: World) -> None:
    order_no = helped(world)
    ask(world, order_no)
    found = dispatch.returned(world.desk(JUDGE))
    mark = found.marks[order_no]
    assert (mark.unit, mark.reason, mark.target, mark.left) == ("县人社局", "退协办", "横水镇", "剩2:00")
    assert found.month.asked == 0
    with world.nothing_written(), pytest.raises(NotNow, match="没有待定的退单"):
        dispatch.grant_return(world.desk(JUDGE), order_no)
    ask_return(world, order_no, target="CY-HSZ")
    mark = dispatch.returned(world.desk(JUDGE)).marks[order_no]
    assert (mark.unit, mark.count) == ("县城管局", 1)
    dispatch.grant_return(world.desk(JUDGE), order_no)
    assert world.status(order_no) == Status.TO_DISPATCH
    verdicts = world.rows("SELECT kind, verdict FROM requests ORDER BY id")
    assert [tuple(row.values()) for row in verdicts] == [("part_return", "lapsed"), ("return", "granted")]


def test_who_answers_after_all_has_taken_its_paper_back(world: World) -> None:
    order_no = helped(world)
    ask(world, order_no)
    my_tickets.co_reply(world.desk(HELPER), order_no, "已核")
    assert world.row("SELECT verdict FROM requests")["verdict"] == "lapsed"
    assert dispatch.returned(world.desk(JUDGE)).page.rows == ()
    with world.nothing_written(), pytest.raises(NotNow, match="没有待定的退协办"):
        dispatch.grant_part_return(world.desk(JUDGE), order_no, part_of(world, "CY-RSJ"))


def test_once_the_citizen_is_answered_there_is_nothing_to_give_back(world: World) -> None:
    order_no = passed(world, co=("CY-RSJ",))
    ask(world, order_no)
    my_tickets.log_answer(world.desk("2102"), order_no, "answered", "phone", "", "已停工")
    assert world.row("SELECT verdict FROM requests")["verdict"] == "lapsed"
    assert dispatch.returned(world.desk(JUDGE)).page.rows == ()


def test_nobody_judges_his_own_dispatch_and_past_the_limit_it_is_the_supervisors(world: World) -> None:
    order_no = helped(world)
    ask(world, order_no)
    part_id = part_of(world, "CY-RSJ")
    with world.nothing_written(), pytest.raises(NotAllowed, match="自己派出的协办"):
        dispatch.grant_part_return(world.desk(SENDER), order_no, part_id)
    assert Deed.GRANT_PART_RETURN in dispatch.order_detail(world.desk(SENDER), order_no).refusals
    assert Deed.GRANT_PART_RETURN not in dispatch.order_detail(world.desk(JUDGE), order_no).refusals
    world.clock.tick(hours=3)
    with world.nothing_written(), pytest.raises(NotAllowed, match="由班长裁定"):
        dispatch.grant_part_return(world.desk(JUDGE), order_no, part_id)
    dispatch.grant_part_return(world.desk(SUPERVISOR), order_no, part_id)
    assert world.event_data(order_no)["late"] == ["verdict"]


@pytest.mark.parametrize("urgency", [Urgency.URGENT, Urgency.CRITICAL])
def test_what_is_urgent_is_never_given_back(world: World, urgency: Urgency) -> None:
    order_no = helped(world)
    with world.database.write() as writer:
        writer.run("UPDATE work_orders SET urgency = :urgency", urgency=str(urgency))
    with world.nothing_written(), pytest.raises(NotNow, match="先办后议，不能退协办"):
        ask(world, order_no)


def test_what_has_become_urgent_is_not_granted(world: World) -> None:
    order_no = helped(world)
    ask(world, order_no)
    with world.database.write() as writer:
        writer.run("UPDATE work_orders SET urgency = 'urgent'")
    with world.nothing_written(), pytest.raises(NotNow, match="先办后议"):
        dispatch.grant_part_return(world.desk(JUDGE), order_no, part_of(world, "CY-RSJ"))


def test_once_signed_it_needs_the_site_and_comes_within_a_day(world: World) -> None:
    order_no = helped(world)
    my_tickets.co_sign(world.desk(HELPER), order_no)
    with world.nothing_written(), pytest.raises(BadInput, match="现场情况"):
        ask(world, order_no)
    world.clock.tick(days=2)
    with world.nothing_written(), pytest.raises(NotNow, match="现已超过"):
        ask(world, order_no, finding="到场无用工")


@pytest.mark.parametrize(
    ("target", "line"),
    [
        ("县城管局", "已在办理"),
        ("县人社局", "不能是本单位"),
        ("CY-12345", "不能是热线中心"),
        ("没有的局", "没有单位"),
    ],
)
def test_a_unit_that_cannot_help_is_not_named(world: World, target: str, line: str) -> None:
    order_no = helped(world)
    with world.nothing_written(), pytest.raises(BadInput, match=line):
        ask(world, order_no, target)


def test_the_accused_unit_is_never_asked_to_help(world: World) -> None:
    order_no = helped(world, accused_unit_id=unit_id(world, "CY-HSZ"), accused_name="横水镇")
    with world.nothing_written(), pytest.raises(NotAllowed, match="回避"):
        ask(world, order_no)
    other = helped(world)
    ask(world, other)
    with world.database.write() as writer:
        writer.run("UPDATE work_orders SET accused_unit_id = :unit", unit=unit_id(world, "CY-HSZ"))
    part_id = parts(world)[-1]["id"]
    with world.nothing_written(), pytest.raises(NotAllowed, match="回避"):
        dispatch.grant_part_return(world.desk(JUDGE), other, part_id)
    dispatch.grant_part_return(world.desk(JUDGE), other, part_id, is_replaced=False)


def test_only_who_helps_may_ask_and_only_once(world: World) -> None:
    order_no = helped(world)
    with world.nothing_written(), pytest.raises(NotAllowed):
        ask(world, order_no, by="2101")
    ask(world, order_no)
    with world.nothing_written(), pytest.raises(NotNow, match="已申请退协办"):
        ask(world, order_no)
    said = "\n".join(my_tickets.detail(world.desk("2101"), order_no).sections[0].lines)
    assert "退协办待批（县人社局 11-23 09:00 提出，11-23 11:00 前裁定）：不涉用工" in said


def test_a_helper_that_takes_the_lead_has_no_part_to_give_back(world: World) -> None:
    order_no = helped(world)
    ask(world, order_no)
    dispatch.reassign(world.desk(SENDER), order_no, unit_id(world, "CY-RSJ"), reason="属人社")
    assert world.row("SELECT verdict FROM requests")["verdict"] == "lapsed"
    assert dispatch.returned(world.desk(JUDGE)).page.rows == ()
