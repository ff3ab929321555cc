"""法定程序: told in time it keeps the limit, waits in the pool as C, is solved by nothing, and comes back by itself (P9)."""

import pytest

from db.codes import Deed, Grade, ProcedureKind, Status, Urgency
from db.times import from_ms
from desk import card, my_tickets, review
from desk.errors import BadInput, NotAllowed, NotNow
from desk.procedures import (
    end_procedure,
    enter_procedure,
    expire_procedure,
    extend_procedure,
    refuse_procedure,
    sweep_procedures,
)
from desk.rules.calendar import local
from tests.desk import review_life as life
from tests.world import World

TERM = "2026-12-31"


def entered(world: World, order_no: str, **more: str) -> str:
    given = {
        "kind": "labour_inspection",
        "organ": "县劳动保障监察大队",
        "number": "崇劳监立〔2026〕18号",
        "due_on": TERM,
        "told": "已电话告知案号和期限",
        **more,
    }
    enter_procedure(world.desk(life.HANDLER), order_no, **given)  # type: ignore[arg-type]
    return order_no


def test_an_order_waits_in_the_pool_as_c_until_its_statutory_date(world: World) -> None:
    order_no = entered(world, life.sent(world))
    stored = life.order_row(world, order_no)
    assert (stored["status"], stored["grade"], stored["pool_grade"]) == (
        Status.IN_PROCEDURE,
        Grade.C,
        Grade.C,
    )
    assert f"{local(from_ms(stored['stage_due_at'])):%Y-%m-%d %H:%M}" == "2026-12-31 18:00"
    assert stored["closed_at"] is None
    lines = "\n".join(
        line
        for part in card.card(world.desk(life.AUDITOR), order_no).sections
        if part.heading == "法定程序"
        for line in part.lines
    )
    assert "劳动监察立案 县劳动保障监察大队 崇劳监立〔2026〕18号" in lines
    assert "已电话告知案号和期限" in lines
    call = world.row("SELECT * FROM calls ORDER BY id DESC LIMIT 1")
    assert (call["direction"], call["summary"]) == ("outbound", "unit_contact")


def test_it_comes_back_by_itself_with_a_limit_of_its_own_and_no_breach(world: World) -> None:
    order_no = entered(world, life.sent(world))
    with world.nothing_written(), pytest.raises(NotNow, match="未到"):
        expire_procedure(world.desk("1002"), order_no)
    world.clock.tick(days=60)
    assert my_tickets.sweep(world.desk("1002")) >= 1
    stored = life.order_row(world, order_no)
    assert (stored["status"], stored["pool_grade"], stored["breach_count"]) == (
        Status.IN_PROGRESS,
        Grade.C,
        0,
    )
    assert from_ms(stored["unit_due_at"]) > world.clock.now
    assert (
        world.row("SELECT due_at FROM assignments ORDER BY id DESC LIMIT 1")["due_at"]
        == stored["unit_due_at"]
    )
    assert sweep_procedures(world.desk("1002")) == 0
    words = [row["body"] for row in world.rows("SELECT body FROM messages")]
    assert any("法定期限已到" in each for each in words)


def test_with_the_result_the_unit_goes_on_at_once(world: World) -> None:
    order_no = entered(world, life.sent(world))
    end_procedure(world.desk(life.HANDLER), order_no, "责令限期支付，已付清")
    assert world.status(order_no) == Status.IN_PROGRESS
    life.answered(world, order_no)
    review.pass_close_review(world.desk(life.AUDITOR), order_no)
    review.close_satisfied(world.desk(life.CALLER), order_no)
    assert life.order_row(world, order_no)["pool_grade"] == Grade.C


def test_told_too_late_is_a_breach_and_refused_it_is_counted_with_the_answer(world: World) -> None:
    order_no = life.sent(world)
    world.clock.tick(days=20)
    entered(world, order_no)
    assert life.order_row(world, order_no)["breach_count"] == 2
    before = life.order_row(world, order_no)["unit_due_at"]
    refuse_procedure(world.desk(life.AUDITOR), order_no, "没有立案文书")
    stored = life.order_row(world, order_no)
    assert (stored["status"], stored["breach_count"]) == (Status.IN_PROGRESS, 0)
    assert stored["unit_due_at"] == before
    life.answered(world, order_no)
    assert life.order_row(world, order_no)["breach_count"] == 2


def test_the_term_may_be_lengthened_by_law_and_the_citizen_is_told(world: World) -> None:
    order_no, handler = entered(world, life.sent(world)), world.desk(life.HANDLER)
    with world.nothing_written(), pytest.raises(BadInput, match="须晚于"):
        extend_procedure(handler, order_no, "2026-12-20", "案情复杂", "已告知")
    extend_procedure(handler, order_no, "2027-01-29", "案情复杂，经批准延长30日", "已电话告知")
    stored = life.order_row(world, order_no)
    assert f"{local(from_ms(stored['stage_due_at'])):%Y-%m-%d}" == "2027-01-29"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("kind", "诉讼", "法定程序请选"),
        ("organ", " ", "办理机关"),
        ("number", "", "案号文号"),
        ("due_on", "2026-01-01", "已过"),
        ("due_on", "2028-01-01", "最长 365 天"),
        ("due_on", "下个月", "法定期限"),
        ("told", "", "告知诉求人的记录"),
        ("way", "pigeon", "告知方式"),
    ],
)
def test_what_is_missing_is_said_in_one_line_and_nothing_is_written(
    world: World, field: str, value: str, words: str
) -> None:
    order_no = life.sent(world)
    with world.nothing_written(), pytest.raises(BadInput, match=words):
        entered(world, order_no, **{field: value})


def test_an_emergency_has_no_time_for_it(world: World) -> None:
    order_no = life.sent(world, urgency=Urgency.CRITICAL)
    with world.nothing_written(), pytest.raises(NotNow, match="先处置险情"):
        entered(world, order_no)


def test_of_a_secret_order_the_centre_tells_and_enters(world: World) -> None:
    order_no = life.sent(world, is_confidential=True)
    with world.nothing_written(), pytest.raises(NotAllowed):
        entered(world, order_no)
    enter_procedure(
        world.desk(life.AUDITOR),
        order_no,
        ProcedureKind.PENALTY,
        "县城管局",
        "崇城罚立〔2026〕3号",
        TERM,
        "中心已电话告知",
    )
    lines = [
        line
        for part in card.card(world.desk(life.HANDLER), order_no).sections
        if part.heading == "法定程序"
        for line in part.lines
    ]
    assert "行政处罚 县城管局" in lines[0]
    assert not any("中心已电话告知" in line for line in lines)


def test_what_the_unit_had_asked_falls(world: World) -> None:
    order_no, handler = life.sent(world), world.desk(life.HANDLER)
    my_tickets.ask_extension(handler, order_no, 3, "材料未齐", "已告知诉求人")
    entered(world, order_no)
    asked = world.row("SELECT verdict FROM requests ORDER BY id DESC LIMIT 1")
    assert asked["verdict"] == "lapsed"
    assert world.events(order_no)[-1] == Deed.ENTER_PROCEDURE
