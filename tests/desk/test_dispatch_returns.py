"""退单 is decided by another person, at most twice granted; refused, the order is signed by force (practice P7)."""

from pathlib import Path

import pytest

from db.codes import Deed, OrderKind, Role, Status, Urgency
from db.ids import new_uid
from desk import card, dispatch, my_tickets
from desk.errors import BadInput, NotAllowed, NotNow, Refused
from tests.desk import unit_desk
from tests.desk.dispatching import (
    add_unit,
    ask_return,
    decide_late,
    fill_duty_list,
    order_row,
    part_of,
    section_id,
    sent,
    sign,
    unit_id,
)
from tests.desk.dispatching import due as due_of
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
    ask_return(world, order.order_no, finding="现场无施工")
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


def returned_twice(world: World, order_no: str) -> None:
    """The first return is granted by 1302, 县人社局 returns the order again."""
    dispatch.grant_return(world.desk("1302"), order_no, "属实")
    dispatch.send(world.desk("1301"), order_no, unit_id(world, "CY-RSJ"))
    ask_return(world, order_no, by="2201", target="CY-CGJ")


def third_dispatcher(world: World, *roles: Role) -> str:
    """Bring one more person into the centre and return their 工号."""
    with world.database.write() as writer:
        values = {"uid": new_uid(), "staff_no": "1303", "name": "派单丙", "person_uid": new_uid()}
        key = writer.insert("staff", {**values, "unit_id": unit_id(world, "CY-12345")})
        for role in roles or (Role.DISPATCHER,):
            writer.insert("staff_roles", {"staff_id": key, "role": str(role)})
    return "1303"


def messages(world: World, order_no: str) -> list[tuple[str, str]]:
    """Every message about an order but the first, 待签收: to whom, and what."""
    sql = (
        "SELECT u.short_name AS unit, m.body FROM messages m JOIN units u ON u.id = m.to_unit_id"
        " JOIN work_orders o ON o.id = m.order_id WHERE o.order_no = :no AND m.template <> 'to_sign' ORDER BY m.id"
    )
    return [
        (row["unit"], row["body"].removeprefix(f"工单 {order_no} ")) for row in world.rows(sql, no=order_no)
    ]


def test_the_second_return_has_another_judge_with_the_first_papers_before_him(
    world: World, returned: str
) -> None:
    returned_twice(world, returned)
    paper = dispatch.order_detail(world.desk("1002"), returned).return_paper
    assert paper is not None
    assert (paper.count, paper.duty_item, paper.target_note) == (2, "清单第201项", "县城管局已退过本单")
    first, verdict = paper.earlier
    assert "县城管局：非本单位职责 属劳动监察，依据 清单第201项，应派 县人社局" in first
    assert verdict.endswith("派单乙 同意：属实")
    with world.nothing_written(), pytest.raises(NotAllowed, match="上一次退单由您裁定"):
        dispatch.grant_return(world.desk("1302"), returned)
    dispatch.grant_return(world.desk("1002"), returned, "再议")
    assert world.status(returned) == Status.TO_DISPATCH


def test_a_second_return_may_go_to_the_panel_which_then_decides_it(world: World, returned: str) -> None:
    with world.nothing_written(), pytest.raises(NotNow, match="首次退单请直接裁定"):
        dispatch.refer_return(world.desk("1302"), returned, "职能交叉")
    returned_twice(world, returned)
    judge, member = third_dispatcher(world), "1304"
    with world.database.write() as writer:
        values = {"uid": new_uid(), "staff_no": member, "name": "研判丁", "person_uid": new_uid()}
        key = writer.insert("staff", {**values, "unit_id": unit_id(world, "CY-12345")})
        writer.insert("staff_roles", {"staff_id": key, "role": str(Role.TRIAGE_MEMBER)})
    with world.nothing_written():
        with pytest.raises(NotAllowed, match="由派单员或班长裁定"):
            dispatch.refuse_return(world.desk(member), returned, "属人社")
        with pytest.raises(BadInput, match="转研判事由"):
            dispatch.refer_return(world.desk(judge), returned, " ")
    dispatch.refer_return(world.desk(judge), returned, "职能交叉")
    assert dispatch.returned(world.desk(member)).marks[returned].turn == "待研判裁定"
    assert messages(world, returned)[-1] == ("县人社局", "退单已转研判，时限照走，裁定前请勿停办")
    with world.nothing_written():
        with pytest.raises(NotAllowed, match="已转研判"):
            dispatch.grant_return(world.desk(judge), returned)
        with pytest.raises(NotNow, match="已转研判"):
            dispatch.refer_return(world.desk(judge), returned, "再转")
    dispatch.refuse_return(world.desk(member), returned, "属人社")
    assert (world.status(returned), world.events(returned)[-1]) == (Status.IN_PROGRESS, "refuse_return")


def test_who_sent_it_may_ask_the_panel_but_past_the_limit_only_the_supervisor_may(
    world: World, returned: str
) -> None:
    returned_twice(world, returned)
    decide_late(world, returned)
    with world.nothing_written(), pytest.raises(NotAllowed, match="由班长裁定"):
        dispatch.refer_return(world.desk("1301"), returned, "职能交叉")
    world.clock.tick(minutes=-30)
    dispatch.refer_return(world.desk("1301"), returned, "职能交叉")
    with world.nothing_written(), pytest.raises(NotAllowed, match="自己派出"):  # 1301 sits on the panel too
        dispatch.refuse_return(world.desk("1301"), returned, "属人社")
    assert world.events(returned)[-1] == "refer_return"


def test_past_two_office_hours_the_supervisor_alone_decides(world: World, returned: str) -> None:
    mark = dispatch.returned(world.desk("1302")).marks[returned]
    assert (mark.left, mark.turn, mark.is_over) == ("剩2:00", "", False)
    decide_late(world, returned)
    mark = dispatch.returned(world.desk("1302")).marks[returned]
    assert (mark.left, mark.turn, mark.is_over) == ("!超期1分", "待班长裁定", True)
    other = unit_id(world, "CY-RSJ")
    with world.nothing_written():
        for deed in (
            lambda: dispatch.grant_return(world.desk("1302"), returned),
            lambda: dispatch.refuse_return(world.desk("1302"), returned, "属你单位"),
            lambda: dispatch.redirect_return(world.desk("1302"), returned),
            lambda: dispatch.recall(world.desk("1302"), returned, "收回"),
            lambda: dispatch.reassign(world.desk("1302"), returned, other, reason="属人社"),
        ):
            with pytest.raises(NotAllowed, match="由班长裁定"):
                deed()
    dispatch.add_unit(world.desk("1302"), returned, unit_id(world, "CY-HSZ"))
    dispatch.grant_return(world.desk("1002"), returned, "属实")
    assert world.event_data(returned)["late"] == ["verdict"]
    assert any("!退单裁定超期" in line for line in card.card(world.desk("1002"), returned).history)


def test_what_the_only_supervisor_sent_another_dispatcher_decides_even_late(world: World) -> None:
    order_no = sent(world, by="1002")
    ask_return(world, order_no)
    decide_late(world, order_no)
    with world.nothing_written(), pytest.raises(NotAllowed, match="自己派出"):
        dispatch.refuse_return(world.desk("1002"), order_no, "属你单位")
    dispatch.refuse_return(world.desk("1302"), order_no, "属你单位")
    assert world.status(order_no) == Status.IN_PROGRESS


def test_the_two_hours_are_a_setting(tmp_path: Path) -> None:
    world = World(tmp_path / "city.db", settings={"return.decide_hours": 4})
    order_no = sent(world)
    ask_return(world, order_no)
    assert dispatch.returned(world.desk("1302")).marks[order_no].left == "剩4:00"
    world.clock.tick(hours=3)  # 12:00
    dispatch.grant_return(world.desk("1302"), order_no)
    assert "late" not in world.event_data(order_no)


def test_a_city_without_returns_still_dispatches(tmp_path: Path) -> None:
    world = World(tmp_path / "city.db", settings={"return.max_times": 0})
    order_no = sent(world)
    with world.nothing_written(), pytest.raises(NotNow, match="不能再退"):
        ask_return(world, order_no)


def test_the_soonest_to_be_decided_stands_first(world: World) -> None:
    first, second = sent(world), sent(world)
    ask_return(world, second)
    world.clock.tick(minutes=20)
    ask_return(world, first)
    page = dispatch.returned(world.desk("1302"))
    assert [row.order_no for row in page.page.rows] == [second, first]
    assert [page.marks[row.order_no].left for row in page.page.rows] == ["剩1:40", "剩2:00"]
    assert page.marks[first].reason == "非本单位职责"


def test_one_key_grants_and_sends_to_the_unit_that_was_named(world: World, returned: str) -> None:
    before = order_row(world, returned)
    world.clock.tick(hours=1)
    row = dispatch.redirect_return(world.desk("1302"), returned, "属实")
    after = order_row(world, returned)
    assert (row.status, row.steward, row.section) == (Status.TO_SIGN, "县人社局", "")
    assert after["citizen_due_at"] == before["citizen_due_at"]
    assert after["dispatched_at"] == world.row("SELECT max(at) AS at FROM events")["at"]
    assert world.events(returned) == ["register", "send", "ask_return", "redirect_return"]
    assert world.row("SELECT verdict, decision FROM requests") == {"verdict": "granted", "decision": "属实"}
    assert messages(world, returned) == [
        ("县城管局", "已同意退单，改派其他单位，你单位不再办理"),
        ("县人社局", "改派你单位办理，请签收"),
    ]
    assert "同意退单并改派 县人社局" in card.card(world.desk("1302"), returned).history[-2]


def test_the_unit_named_by_a_granted_return_stands_first_but_no_batch_takes_it(
    world: World, returned: str
) -> None:
    fill_duty_list(world)
    dispatch.grant_return(world.desk("1302"), returned, "属实")
    found = dispatch.proposals(world.desk("1301"), returned)
    assert (found.rows[0].unit, found.rows[0].why) == ("县人社局", "县城管局退单时建议")
    assert found.unclear == "退单件：县城管局建议改派县人社局，请看清再派"
    assert dispatch.send_to_first(world.desk("1301"), [returned]).sent == ()


def test_where_the_named_unit_may_not_have_it_granting_alone_is_left(world: World) -> None:
    centre = add_unit(world, "CY-YQ", "园区中心", "CY-12345", is_centre=True)
    below = add_unit(world, "CY-YQ-CG", "园区城管", "CY-YQ")
    for target in (centre, below):
        order_no = sent(world)
        my_tickets.ask_return(world.desk("2101"), order_no, "wrong_area", target, "在园区", "清单未列")
        with world.nothing_written(), pytest.raises(Refused, match="中心"):
            dispatch.redirect_return(world.desk("1302"), order_no)
        assert Deed.REDIRECT_RETURN in dispatch.order_detail(world.desk("1302"), order_no).refusals
        dispatch.grant_return(world.desk("1302"), order_no)
        assert dispatch.proposals(world.desk("1301"), order_no).unclear != "退单件"


def test_a_secret_order_goes_on_with_the_text_that_was_confirmed(world: World) -> None:
    order_no = unit_desk.sent(world, kind=OrderKind.TIP_OFF, requester_name="赵钱孙")
    ask_return(world, order_no)
    with world.nothing_written(), pytest.raises(Refused, match="诉求人姓名"):
        dispatch.redirect_return(world.desk("1302"), order_no, "赵钱孙说的是人社局")
    dispatch.redirect_return(world.desk("1302"), order_no, "属劳动监察")
    lines = card.card(world.desk("2201"), order_no).as_lines
    assert "夜间施工，请核查" in lines
    assert not [line for line in lines if "赵钱孙" in line]


def test_an_order_accused_meanwhile_does_not_go_to_the_accused(world: World, returned: str) -> None:
    with world.database.write() as writer:
        key = order_row(world, returned)["id"]
        writer.update("work_orders", key, {"accused_unit_id": unit_id(world, "CY-RSJ")})
    with world.nothing_written(), pytest.raises(NotAllowed, match="回避"):
        dispatch.redirect_return(world.desk("1302"), returned)


def test_what_became_urgent_is_handled_first(world: World, returned: str) -> None:
    dispatch.correct(world.desk("1302"), returned, reason="停水", urgency=Urgency.URGENT)
    with world.nothing_written():
        for grant in (dispatch.grant_return, dispatch.redirect_return):
            with pytest.raises(NotNow, match="先办后议"):
                grant(world.desk("1302"), returned)
    dispatch.refuse_return(world.desk("1302"), returned, "先办后议")


def test_after_two_returns_only_a_final_ruling_sends_the_order(world: World, returned: str) -> None:
    with world.nothing_written(), pytest.raises(NotNow, match="本单只退单 1 次"):
        dispatch.rule_finally(world.desk("1002"), returned, unit_id(world, "CY-HSZ"), reason="属地")
    returned_twice(world, returned)
    dispatch.grant_return(world.desk("1002"), returned, "再议")
    other = unit_id(world, "CY-HSZ")
    with world.nothing_written():
        with pytest.raises(Refused, match="快速裁决"):
            dispatch.send(world.desk("1302"), returned, other)
        with pytest.raises(NotAllowed, match="快速裁决"):
            dispatch.rule_finally(world.desk("1302"), returned, other, reason="属地")
        with pytest.raises(BadInput, match="裁决理由"):
            dispatch.rule_finally(world.desk("1301"), returned, other, reason="")
    assert "按 k 快速裁决" in dispatch.proposals(world.desk("1301"), returned).unclear
    row = dispatch.rule_finally(
        world.desk("1301"), returned, other, reason="属地管理", requirement="三日内办"
    )
    assert (row.status, row.steward) == (Status.TO_SIGN, "横水镇")
    assert messages(world, returned)[-1] == ("横水镇", "经快速裁决派你单位办理，请签收，不得再退单")
    with world.nothing_written(), pytest.raises(NotNow, match="不得再退单"):
        ask_return(world, returned, by="2301", target="CY-CGJ")
    ticket = my_tickets.detail(world.desk("2301"), returned)
    assert "快速裁决派定：不得再退单" in ticket.sections[0].lines
    assert any("  快速裁决派定，不得再退单" in part.lines for part in ticket.sections)


def test_a_final_ruling_ends_a_second_return_that_still_waits(world: World, returned: str) -> None:
    returned_twice(world, returned)
    with world.nothing_written():
        with pytest.raises(NotAllowed, match="自己派出"):  # 1301 sits on the panel, and sent it
            dispatch.rule_finally(world.desk("1301"), returned, unit_id(world, "CY-HSZ"), reason="属地")
        with pytest.raises(BadInput, match="已在县人社局"):
            dispatch.rule_finally(world.desk("1002"), returned, unit_id(world, "CY-RSJ"), reason="属人社")
    dispatch.rule_finally(world.desk("1002"), returned, unit_id(world, "CY-HSZ"), reason="属地")
    assert [row["verdict"] for row in world.rows("SELECT verdict FROM requests")] == ["granted", "granted"]
    assert messages(world, returned)[-2:] == [
        ("县人社局", "经快速裁决改派其他单位，你单位不再办理"),
        ("横水镇", "经快速裁决派你单位办理，请签收，不得再退单"),
    ]


def test_the_last_return_is_redirected_by_panel_or_supervisor_only_and_finally(
    world: World, returned: str
) -> None:
    returned_twice(world, returned)
    judge = third_dispatcher(world)
    with world.nothing_written(), pytest.raises(NotAllowed, match="由班长或研判组员派定"):
        dispatch.redirect_return(world.desk(judge), returned)
    dispatch.redirect_return(world.desk("1002"), returned, "仍属城管")
    assert part_of(world, returned)["is_final"]
    with world.nothing_written(), pytest.raises(NotNow, match="不得再退单"):
        ask_return(world, returned)


def test_a_unit_refused_twice_loses_the_order_by_a_final_ruling_only(world: World, returned: str) -> None:
    dispatch.refuse_return(world.desk("1302"), returned, "属你单位")
    assert "本单不得再退" not in messages(world, returned)[-1][1]
    ask_return(world, returned, finding="现场无施工")
    dispatch.refuse_return(world.desk("1002"), returned, "属你单位")
    due = due_of(world, returned)
    assert messages(world, returned)[-1] == (
        "县城管局", f"退单未获同意，请继续办理，单位时限 {due} 不变，本单不得再退"
    )  # fmt: skip
    other = unit_id(world, "CY-RSJ")
    with world.nothing_written(), pytest.raises(Refused, match="快速裁决"):
        dispatch.reassign(world.desk("1302"), returned, other, reason="属人社")
    dispatch.rule_finally(world.desk("1002"), returned, other, reason="再核，属人社")
    assert [part["end_reason"] for part in world.rows("SELECT end_reason FROM assignments ORDER BY id")] == [
        "reassigned",
        None,
    ]


def test_who_takes_the_order_back_while_it_waits_has_owned_up_to_it(world: World, returned: str) -> None:
    dispatch.reassign(world.desk("1301"), returned, unit_id(world, "CY-RSJ"), reason="派错")
    ask_return(world, returned, by="2201", target="CY-CGJ")
    paper = dispatch.order_detail(world.desk("1302"), returned).return_paper
    assert paper is not None
    assert paper.count == 2
    assert "派单甲 自行收回改派" in paper.earlier[1]


def test_both_sides_are_told(world: World, returned: str) -> None:
    dispatch.add_unit(world.desk("1301"), returned, unit_id(world, "CY-HSZ"))
    dispatch.grant_return(world.desk("1302"), returned, "属实")
    assert messages(world, returned)[-2:] == [
        ("县城管局", "已同意退单，你单位不再办理"),
        ("横水镇", "已退回热线中心，你单位不再协办"),
    ]


def test_refused_before_the_signature_it_says_that_it_is_signed(world: World, returned: str) -> None:
    dispatch.refuse_return(world.desk("1302"), returned, "清单第118项")
    due = due_of(world, returned)
    assert messages(world, returned) == [
        ("县城管局", f"退单未获同意，视同已签收，请继续办理，单位时限 {due} 不变")
    ]


def test_a_helper_that_gets_the_order_helps_no_longer(world: World, returned: str) -> None:
    dispatch.add_unit(world.desk("1301"), returned, unit_id(world, "CY-RSJ"))
    dispatch.redirect_return(world.desk("1302"), returned)
    running = world.rows("SELECT part, unit_id FROM assignments WHERE ended_at IS NULL")
    assert running == [{"part": "steward", "unit_id": unit_id(world, "CY-RSJ")}]


def test_nobody_signed_in_time_is_counted_unless_the_centre_kept_the_unit_waiting(world: World) -> None:
    asleep, waiting = sent(world), sent(world)
    ask_return(world, waiting)
    world.clock.tick(days=2)
    my_tickets.sweep_unsigned(world.desk("1002"))
    counted = {row["order_no"]: row["late"] for row in world.rows(
        "SELECT o.order_no, a.is_signed_too_late AS late FROM assignments a JOIN work_orders o ON o.id = a.order_id"
    )}  # fmt: skip
    assert counted == {asleep: 1, waiting: 0}
    assert messages(world, asleep) == [("县城管局", "签收时限已到，系统自动签收，计入超时未签收，请即办理")]
    assert "超时未签收" in "".join(card.card(world.desk("2101"), asleep).as_lines)


def test_without_a_request_there_is_nothing_to_decide(world: World) -> None:
    order = world.order()
    dispatch.send(world.desk("1301"), order.order_no, unit_id(world, "CY-CGJ"))
    with world.nothing_written(), pytest.raises(NotNow, match="没有待定的退单"):
        dispatch.grant_return(world.desk("1302"), order.order_no)


def test_a_recall_lets_the_request_lapse(world: World, returned: str) -> None:
    dispatch.recall(world.desk("1301"), returned, "改派别处")
    assert world.row("SELECT verdict FROM requests")["verdict"] == "lapsed"
    assert dispatch.queue(world.desk("1302"), "returned").total == 0
