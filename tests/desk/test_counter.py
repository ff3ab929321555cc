"""当面登记 at a 服务站: what must be asked, what is kept, what the paper says (practice P18)."""

from dataclasses import replace
from typing import Any

import pytest

from db.codes import OrderKind
from db.ids import new_uid
from desk import card, dispatch, finder, intake, my_tickets
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


def colleague(world: World, section: int | None = None) -> str:
    """Another clerk of the same township; of the same 服务站 unless a section of its own is named."""
    row = dict(world.row("SELECT * FROM staff WHERE staff_no = :no", no=CLERK))
    values = {name: value for name, value in row.items() if name != "id"}
    with world.database.write() as writer:
        key = writer.insert(
            "staff",
            {
                **values,
                "uid": new_uid(),
                "person_uid": new_uid(),
                "staff_no": "2309",
                "name": "站员乙",
                "section_id": section,
            },
        )
        writer.insert("staff_roles", {"staff_id": key, "role": "station_clerk"})
    return "2309"


def test_a_colleague_of_the_same_station_goes_on_where_the_other_left_off(world: World) -> None:
    order_no = intake.register_at_counter(world.desk(CLERK), MATTER, COUNTER).order_no
    other = world.desk(colleague(world))
    assert card.card(other, order_no).order.order_no == order_no
    assert [row.order_no for row in my_tickets.page(other, "station").rows] == [order_no]
    assert [row.order_no for row in finder.find(other, order_no)] == [order_no]
    intake.urge(other, order_no, words="又来问了一次")
    assert world.events(order_no)[-1] == "urge"


def test_a_secret_order_and_another_station_s_stay_with_whoever_made_them(world: World) -> None:
    secret = intake.register_at_counter(world.desk(CLERK), SECRET, COUNTER).order_no
    plain = intake.register_at_counter(world.desk(CLERK), MATTER, COUNTER).order_no
    section = world.row("SELECT id FROM sections LIMIT 1")["id"]
    elsewhere = world.desk(colleague(world, section))
    for order_no in (secret, plain):
        with pytest.raises((NotAllowed, Refused)):
            card.card(elsewhere, order_no)
    with world.database.write() as writer:
        writer.run("UPDATE staff SET section_id = NULL WHERE staff_no = '2309'")
    with pytest.raises((NotAllowed, Refused)):
        card.card(elsewhere, secret)
    assert card.card(elsewhere, plain)
