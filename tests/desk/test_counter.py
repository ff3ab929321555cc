"""当面登记 at a 服务站: what must be asked, what is kept, what the paper says (practice P18)."""

from dataclasses import replace
from typing import Any

import pytest

from db.codes import OrderKind
from desk import card, dispatch, intake
from desk.errors import BadInput, NotAllowed, Refused
from desk.receipt import SEALED, receipt
from tests.desk.counter import COUNTER, MATTER
from tests.desk.emergencies import unit_key
from tests.world import World

CLERK = "2301"
SECRET = replace(MATTER, is_confidential=True, content="组长把低保名额给了自家舅舅", title="低保")


def lines_of(world: World, staff_no: str, order_no: str) -> str:
    return "\n".join(card.card(world.desk(staff_no), order_no).as_lines)


def test_whoever_has_no_telephone_is_registered_with_who_came_and_why(world: World) -> None:
    done = intake.register_at_counter(world.desk(CLERK), MATTER, COUNTER)
    row = world.row("SELECT * FROM station_orders")
    assert (row["comer"], row["reason"], row["reach"]) == ("family", "hearing", COUNTER.reach)
    assert (row["witness"], row["arrived_at"]) == (COUNTER.witness, row["arrived_at"])
    assert world.events(done.order_no) == ["register"]
    data = world.event_data(done.order_no)
    assert (data["reason"], data["read_back"], data["consent"]) == ("hearing", "witnessed", True)
    assert "凭查询码" in done.sentence
    shown = lines_of(world, "1301", done.order_no)
    for words in ("到站人 亲属  代办原因 听力", COUNTER.reach, "见证人 邻居钟某", "已宣读，见证人确认"):
        assert words in shown
    assert "到中心" not in shown


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"comer": None}, "到站人"),
        ({"reason": None}, "代办原因"),
        ({"reach": " "}, "联系办法"),
        ({"has_consent": False}, "本人同意"),
        ({"read_back": None}, "宣读"),
        ({"witness": ""}, "见证人"),
    ],
)
def test_what_the_counter_must_ask_is_asked(world: World, change: dict[str, Any], field: str) -> None:
    with world.nothing_written(), pytest.raises(BadInput) as refused:
        intake.register_at_counter(world.desk(CLERK), MATTER, replace(COUNTER, **change))
    assert refused.value.field == field


def test_the_counter_is_the_clerks_and_the_telephone_is_not(world: World) -> None:
    with world.nothing_written():
        with pytest.raises(NotAllowed, match="服务站代办员"):
            intake.register_at_counter(world.desk("1203"), MATTER, COUNTER)
        with pytest.raises(NotAllowed, match="当面登记"):
            intake.register(world.desk(CLERK), replace(MATTER, number="13800000000"))


def test_the_receipt_is_what_was_read_back(world: World) -> None:
    done = intake.register_at_counter(world.desk(CLERK), MATTER, COUNTER)
    paper = "\n".join(receipt(world.desk(CLERK), done.order_no))
    for words in (done.order_no, done.query_code, "李老伯（到站人：亲属）", "屋后水渠", "邻居钟某", "签字"):
        assert words in paper
    assert max(len(line.encode("gbk")) for line in paper.splitlines()) <= 80


@pytest.mark.parametrize("change", [{"is_confidential": True}, {"kind": OrderKind.TIP_OFF}])
def test_of_a_sealed_matter_the_paper_and_the_clerk_see_no_word(world: World, change: dict[str, Any]) -> None:
    done = intake.register_at_counter(world.desk(CLERK), replace(SECRET, **change), COUNTER)
    paper = "\n".join(receipt(world.desk(CLERK), done.order_no))
    assert done.query_code in paper
    assert SEALED in paper
    for shown in (paper, lines_of(world, CLERK, done.order_no)):
        for words in ("低保", "舅舅", "李老伯", "水渠", COUNTER.reach, COUNTER.witness):
            assert words not in shown
    assert "舅舅" in lines_of(world, "1301", done.order_no)


def test_the_paper_of_a_matter_against_one_s_own_unit_is_still_given(world: World) -> None:
    done = intake.register_at_counter(
        world.desk(CLERK), replace(SECRET, accused_unit="CY-HSZ", accused_name="横水镇"), COUNTER
    )
    assert SEALED in receipt(world.desk(CLERK), done.order_no)
    with pytest.raises(NotAllowed):
        lines_of(world, CLERK, done.order_no)


def test_only_a_counter_gives_receipts_and_not_for_another_s(world: World) -> None:
    with pytest.raises(Refused, match="没有回执"):
        receipt(world.desk("1203"), world.order().order_no)
    done = intake.register_at_counter(world.desk(CLERK), MATTER, COUNTER)
    with pytest.raises(NotAllowed, match="打印"):
        receipt(world.desk("2101"), done.order_no)
    dispatch.send(world.desk("1301"), done.order_no, unit_key(world, "CY-CGJ"))
    assert receipt(world.desk("2101"), done.order_no)


def test_what_the_dispatcher_misses_comes_back_to_the_clerk(world: World) -> None:
    done = intake.register_at_counter(world.desk(CLERK), MATTER, COUNTER)
    intake.register_at_counter(world.desk(CLERK), MATTER, COUNTER)
    dispatch.ask_completion(world.desk("1301"), done.order_no, "哪个小组")
    assert [row.order_no for row in intake.to_complete(world.desk(CLERK))] == [done.order_no]
    intake.complete(world.desk(CLERK), done.order_no, "三组")
    assert intake.to_complete(world.desk(CLERK)) == ()
    assert world.status(done.order_no) == "to_dispatch"
