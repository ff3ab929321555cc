"""退单 is decided by another person, at most twice granted; refused, the order is signed by force (practice P7)."""

import pytest

from db.codes import Status
from desk import dispatch
from desk.errors import BadInput, NotAllowed, NotNow, Refused
from tests.desk.dispatching import ask_return, section_id, sign, unit_id
from tests.world import World


@pytest.fixture
def returned(world: World) -> str:
    order = world.order()
    dispatch.send(world.desk("1301"), order.order_no, unit_id(world, "CY-CGJ"), section_id(world, "ZF"))
    ask_return(world, order.order_no)
    return order.order_no


def test_an_asked_return_stands_in_its_tab_with_its_paper(world: World, returned: str) -> None:
    assert [row.order_no for row in dispatch.queue(world.desk("1302"), "returned").rows] == [returned]
    paper = dispatch.order_detail(world.desk("1302"), returned).return_paper
    assert paper is not None
    assert (paper.unit, paper.target, paper.words) == ("县城管局", "县人社局", "属劳动监察")


def test_granted_it_comes_back_to_the_queue_with_a_fresh_dispatch_limit(world: World, returned: str) -> None:
    citizen = world.row("SELECT citizen_due_at AS d FROM work_orders")["d"]
    world.clock.tick(hours=2)
    row = dispatch.grant_return(world.desk("1302"), returned, "属实")
    stored = world.row("SELECT * FROM work_orders")
    assert (row.status, row.steward) == (Status.TO_DISPATCH, "")
    assert (stored["citizen_due_at"], stored["unit_due_at"]) == (citizen, None)
    assert stored["stage_due_at"] - world.row("SELECT max(at) AS at FROM events")["at"] == 4 * 3_600_000
    request = world.row("SELECT * FROM requests")
    assert (request["verdict"], request["decision"]) == ("granted", "属实")
    assert world.events(returned)[-1] == "grant_return"


def test_refused_it_is_signed_by_force_and_keeps_the_old_due_time(world: World, returned: str) -> None:
    due = world.row("SELECT unit_due_at AS d FROM work_orders")["d"]
    with world.nothing_written(), pytest.raises(BadInput, match="理由"):
        dispatch.refuse_return(world.desk("1302"), returned, "")
    row = dispatch.refuse_return(world.desk("1302"), returned, "清单第118项")
    assert row.status == Status.IN_PROGRESS
    assert world.row("SELECT unit_due_at AS d FROM work_orders")["d"] == due
    part = world.row("SELECT * FROM assignments")
    assert part["is_signed_by_force"]
    assert part["signed_at"] is not None


def test_refused_after_the_signature_the_signature_stands(world: World) -> None:
    order = world.order()
    dispatch.send(world.desk("1301"), order.order_no, unit_id(world, "CY-CGJ"))
    sign(world, order.order_no)
    ask_return(world, order.order_no)
    dispatch.refuse_return(world.desk("1302"), order.order_no, "现场相符")
    assert not world.row("SELECT is_signed_by_force AS f FROM assignments")["f"]


def test_nobody_judges_the_return_of_their_own_dispatch(world: World, returned: str) -> None:
    with world.nothing_written():
        with pytest.raises(NotAllowed, match="自己派出"):
            dispatch.grant_return(world.desk("1301"), returned)
        with pytest.raises(NotAllowed, match="自己派出"):
            dispatch.refuse_return(world.desk("1301"), returned, "不同意")


def test_two_staff_numbers_of_one_person_are_one_judge(world: World, returned: str) -> None:
    person = world.row("SELECT person_uid AS p FROM staff WHERE staff_no = '1301'")["p"]
    with world.database.write() as writer:
        key = world.row("SELECT id FROM staff WHERE staff_no = '1302'")["id"]
        writer.update("staff", key, {"person_uid": person})
    with world.nothing_written(), pytest.raises(NotAllowed, match="自己派出"):
        dispatch.grant_return(world.desk("1302"), returned)


def test_the_second_return_has_another_judge_and_the_third_is_impossible(world: World, returned: str) -> None:
    dispatch.grant_return(world.desk("1302"), returned)
    dispatch.send(world.desk("1301"), returned, unit_id(world, "CY-RSJ"))
    ask_return(world, returned, by="2201", target="CY-CGJ")
    paper = dispatch.order_detail(world.desk("1302"), returned).return_paper
    assert paper is not None
    assert len(paper.earlier) == 1
    with world.nothing_written(), pytest.raises(NotAllowed, match="上一次退单由您裁定"):
        dispatch.grant_return(world.desk("1302"), returned)
    dispatch.grant_return(world.desk("1002"), returned, "再议")
    dispatch.send(world.desk("1302"), returned, unit_id(world, "CY-HSZ"))
    ask_return(world, returned, by="2301", target="CY-CGJ")
    with world.nothing_written(), pytest.raises(Refused, match="不能再退"):
        dispatch.grant_return(world.desk("1301"), returned)
    dispatch.refuse_return(world.desk("1301"), returned, "快速裁决：横水镇办理")
    assert world.status(returned) == Status.IN_PROGRESS


def test_without_a_request_there_is_nothing_to_decide(world: World) -> None:
    order = world.order()
    dispatch.send(world.desk("1301"), order.order_no, unit_id(world, "CY-CGJ"))
    with world.nothing_written(), pytest.raises(NotNow, match="没有待定的退单"):
        dispatch.grant_return(world.desk("1302"), order.order_no)


def test_a_recall_lets_the_request_lapse(world: World, returned: str) -> None:
    dispatch.recall(world.desk("1301"), returned, "改派别处")
    assert world.row("SELECT verdict FROM requests")["verdict"] == "lapsed"
    assert dispatch.queue(world.desk("1302"), "returned").total == 0
