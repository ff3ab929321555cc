"""专席: taken on the line, decided behind it, told by telephone (press conference; practice P5, P17, P33)."""

from pathlib import Path
from typing import Any

import pytest

from db.codes import Deed, Role
from desk import counts, intake, special_seats
from desk.calls import CallNote
from desk.errors import BadInput, NotAllowed, NotNow, Refused
from tests.desk.at_the_seats import ID, PHONE, SETTINGS, STOP, TALENT, TREATMENT, filed, last_event, state
from tests.world import World

UNIT, REVIEWER, STRANGER, AGENT = "2201", "2202", "2101", "1203"


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path / "desk.db", settings=SETTINGS)


def numbers(world: World, staff_no: str) -> list[str]:
    return [row.number for row in special_seats.page(world.desks[staff_no]).rows]


def test_a_form_is_taken_with_its_call_and_its_limit(world: World) -> None:
    done = special_seats.file_application(
        world.desks[AGENT], "treatment_elsewhere", TREATMENT, CallNote(number=PHONE, outside_id="c1")
    )
    assert done.number == "CY01-ZX20261123-0001"
    assert done.sentence == (
        "已为您登记异地就医备案，办件号 CY01-ZX20261123-0001，由县人社局办理，最迟11月25日（周三）前审批，结果我们回电告知您"
    )
    call = world.row("SELECT * FROM calls")
    assert (call["summary"], call["number"], call["direction"]) == ("special_seat", PHONE, "inbound")
    assert world.row("SELECT call_id FROM applications")["call_id"] == call["id"]
    assert last_event(world) == "file_application"
    event = world.row("SELECT data FROM events ORDER BY seq DESC LIMIT 1")["data"]
    assert ID not in event
    assert "李先生" not in event


def test_a_second_form_of_one_call_leaves_one_call(world: World) -> None:
    for form, answers in (("treatment_elsewhere", TREATMENT), ("stop_insurance", STOP)):
        special_seats.file_application(
            world.desks[AGENT], form, answers, CallNote(number=PHONE, outside_id="c1")
        )
    assert world.row("SELECT count(*) AS n FROM calls")["n"] == 1
    assert len(numbers(world, UNIT)) == 2


@pytest.mark.parametrize("staff_no", [UNIT, "1301", "1501"])
def test_only_the_seat_takes_forms(world: World, staff_no: str) -> None:
    with world.nothing_written(), pytest.raises(NotAllowed, match="话务员"):
        special_seats.file_application(world.desks[staff_no], "treatment_elsewhere", TREATMENT)


def test_a_form_that_is_not_whole_writes_nothing(world: World) -> None:
    with world.nothing_written(), pytest.raises(BadInput, match="就医地"):
        special_seats.file_application(world.desks[AGENT], "treatment_elsewhere", {**TREATMENT, "place": ""})
    with world.nothing_written(), pytest.raises(BadInput, match="办件种类"):
        special_seats.file_application(world.desks[AGENT], "fishing", TREATMENT)


def test_the_unit_passes_and_the_operator_rings(world: World) -> None:
    number = filed(world)
    special_seats.pass_application(world.desks[REVIEWER], number, "自12月1日起生效")
    assert (state(world, number), last_event(world)) == ("passed", "pass_application")
    assert numbers(world, UNIT) == []
    (row,) = special_seats.page(world.desks[AGENT]).rows
    assert row.to_tell == (
        "您好，这里是12345热线。您申请的异地就医备案，县人社局已审批通过：自12月1日起生效。"
    )
    assert row.able == {Deed.TELL_APPLICANT}
    assert special_seats.reveal_phone(world.desks[AGENT], number).number == PHONE
    special_seats.tell(world.desks[AGENT], number)
    assert last_event(world) == "tell_applicant"
    assert numbers(world, AGENT) == []
    call = world.row("SELECT direction, number, summary, answered_at FROM calls ORDER BY id DESC LIMIT 1")
    assert (call["direction"], call["number"], call["summary"]) == ("outbound", PHONE, "special_seat")
    assert call["answered_at"] is not None
    with pytest.raises(NotNow, match="没有要回电"):
        special_seats.tell(world.desks[AGENT], number)


def test_a_call_in_vain_is_counted_and_the_third_is_the_last(world: World) -> None:
    number = filed(world)
    special_seats.pass_application(world.desks[UNIT], number)
    assert [special_seats.tell(world.desks[AGENT], number, reached=False) for _ in range(3)] == [1, 2, 3]
    assert numbers(world, AGENT) == []
    assert world.row("SELECT count(*) AS n FROM calls WHERE answered_at IS NULL")["n"] == 3


def test_what_is_missing_is_mended_and_gets_a_new_limit(world: World) -> None:
    number = filed(world)
    world.clock.tick(days=1)
    special_seats.send_back(world.desks[UNIT], number, "居住证照片不清")
    (row,) = special_seats.page(world.desks[AGENT]).rows
    assert "还需补正：居住证照片不清" in row.to_tell
    assert {Deed.AMEND_APPLICATION, Deed.WITHDRAW_APPLICATION, Deed.TELL_APPLICANT} == row.able
    kept = special_seats.paper(world.desks[AGENT], number).answers
    assert "id_number" not in kept
    done = special_seats.amend(world.desks["1204"], number, {**kept, "shown": "居住证已重拍"})
    assert "11月26日（周四）" in done.sentence
    assert state(world, number) == "pending"
    paper = special_seats.open_application(world.desks[UNIT], number)
    content = "\n".join(paper.sections[1].lines)
    assert ID in content
    assert "居住证已重拍" in content


def test_a_refusal_needs_reason_and_basis(world: World) -> None:
    number = filed(world)
    with world.nothing_written(), pytest.raises(BadInput, match="依据"):
        special_seats.refuse(world.desks[UNIT], number, "未参保", " ")
    special_seats.refuse(world.desks[UNIT], number, "未查到参保记录", "经办规程第十条")
    (row,) = special_seats.page(world.desks[AGENT]).rows
    assert "理由是未查到参保记录，依据是经办规程第十条" in row.to_tell


def test_another_unit_and_the_centre_do_not_decide(world: World) -> None:
    number = filed(world)
    with world.nothing_written():
        with pytest.raises(Refused, match="没有编号"):
            special_seats.pass_application(world.desks[STRANGER], number)
        with pytest.raises(NotAllowed):
            special_seats.pass_application(world.desks[AGENT], number)
    assert numbers(world, STRANGER) == []
    assert special_seats.tab(world.desks[STRANGER]) == ()
    with pytest.raises(Refused):
        special_seats.open_application(world.desks[STRANGER], number)


def test_who_registered_never_decides_even_under_another_staff_number(world: World) -> None:
    number = filed(world)
    with world.database.write() as writer:
        writer.run(
            "UPDATE staff SET person_uid = (SELECT person_uid FROM staff WHERE staff_no = '1203')"
            " WHERE staff_no = '2201'"
        )
    desk = world.desk(UNIT)
    with world.nothing_written(), pytest.raises(NotAllowed, match="另一位同事"):
        special_seats.pass_application(desk, number)
    assert Deed.PASS_APPLICATION not in special_seats.page(desk).rows[0].able


def test_what_a_caller_has_running_stands_beside_the_form(world: World) -> None:
    number = filed(world)
    (row,) = intake.caller(world.desks["1204"], PHONE).applications
    assert (row.number, row.to_tell) == (number, "")
    special_seats.pass_application(world.desks[UNIT], number)
    (row,) = intake.caller(world.desks["1204"], PHONE).applications
    assert row.to_tell
    special_seats.tell(world.desks[AGENT], number)
    assert intake.caller(world.desks["1204"], PHONE).applications == ()
    assert intake.caller(world.desks[UNIT], PHONE).applications == ()


def test_words_of_a_matter_offer_the_form_that_takes_it(tmp_path: Path) -> None:
    words = {"special_seats.words": {"talent": ["人才公寓"], "home_visit": ["出不了门"]}}
    desk = World(tmp_path / "words.db", settings=words).desk(AGENT)
    assert intake.offer(desk, "想申请人才公寓").seat == ("talent", "人才公寓")
    assert intake.offer(desk, "路灯坏了").seat is None


def test_the_header_counts_what_a_unit_decides_and_whom_the_seat_rings(world: World) -> None:
    first, _ = filed(world), filed(world, "stop_insurance")
    unit, agent = world.desks[UNIT], world.desks[AGENT]
    assert (counts.header_counts(unit).mine, counts.header_counts(agent).mine) == (2, 0)
    special_seats.send_back(unit, first, "居住证")
    assert (counts.header_counts(unit).mine, counts.header_counts(agent).mine) == (1, 1)
    assert [row.state for row in special_seats.page(unit).rows] == ["pending", "sent_back"]
    assert [row.state for row in special_seats.page(agent).rows] == ["sent_back", "pending"]
    assert counts.header_counts(world.desks["1301"]).mine == 0


def test_it_is_decided_once(world: World) -> None:
    number = filed(world)
    special_seats.pass_application(world.desks[UNIT], number)
    with world.nothing_written(), pytest.raises(NotNow, match="现为“已通过”"):
        special_seats.send_back(world.desks[REVIEWER], number, "缺")
    with world.nothing_written(), pytest.raises(NotNow):
        special_seats.withdraw_application(world.desks[AGENT], number, "不办了")


def test_the_citizen_withdraws(world: World) -> None:
    number = filed(world)
    special_seats.withdraw_application(world.desks[AGENT], number, "本人不办了")
    assert (state(world, number), last_event(world)) == ("withdrawn", "withdraw_application")
    assert numbers(world, UNIT) == numbers(world, AGENT) == []


def test_id_and_account_are_covered_for_all_but_the_deciding_unit(world: World) -> None:
    number = filed(world, "stop_insurance")

    def text(paper: Any) -> str:
        return "\n".join(line for section in paper.sections for line in section.lines)

    for covered in (
        special_seats.paper(world.desks[UNIT], number),
        special_seats.open_application(world.desks[AGENT], number),
    ):
        assert ID not in text(covered)
        assert "6222000011112222" not in text(covered)
        assert PHONE not in text(covered)
    assert last_event(world) == "file_application"
    opened = text(special_seats.open_application(world.desks[UNIT], number))
    assert all(secret in opened for secret in (ID, "6222000011112222", PHONE))
    assert last_event(world) == "open_application"


def test_the_limit_that_was_missed_is_counted(world: World) -> None:
    number = filed(world)
    world.clock.tick(days=4)
    (row,) = special_seats.page(world.desks[UNIT]).rows
    assert row.is_overdue
    assert special_seats.tab(world.desks[UNIT])[0].is_alarming
    special_seats.pass_application(world.desks[UNIT], number)
    (form, *_) = special_seats.figures(world.desks[UNIT]).forms
    assert (form.filed, form.late) == (1, 1)


def test_a_talent_query_is_answered_by_an_entry_that_holds_or_passed_on(world: World) -> None:
    with world.nothing_written(), pytest.raises(BadInput, match="没有现行条目"):
        special_seats.file_application(
            world.desks[AGENT], "talent", {**TALENT, "way": "answered", "entry": "ZSK-RS-0001"}
        )
    number = filed(world, "talent")
    assert state(world, number) == "pending"
    assert numbers(world, UNIT) == [number]


def test_the_figures_say_what_became_of_each_form(world: World) -> None:
    passed, back = filed(world), filed(world, "stop_insurance")
    filed(world, "join_insurance")
    special_seats.pass_application(world.desks[UNIT], passed)
    special_seats.send_back(world.desks[UNIT], back, "缺账号")
    special_seats.tell(world.desks[AGENT], passed)
    found = special_seats.figures(world.desks["1002"], "2026-11-01", "2026-11-30")
    assert (found.told, found.calls) == (1, 3)
    assert {each.form.value: each.filed for each in found.forms} == {
        "treatment_elsewhere": 1,
        "stop_insurance": 1,
        "join_insurance": 1,
        "talent": 0,
        "home_visit": 0,
    }
    lines = "\n".join(line for part in special_seats.in_words(found) for line in part.lines)
    assert "异地就医备案 1：已通过 1" in lines
    assert "居民医保停保 1：退回补正 1" in lines
    assert special_seats.sections(world.desks["1002"], 1)[1].lines[0] == "异地就医备案 0"
    assert all(each.filed == 0 for each in special_seats.figures(world.desks[STRANGER]).forms)
    with pytest.raises(BadInput, match="早于"):
        special_seats.figures(world.desks["1002"], "2026-11-30", "2026-11-01")


def test_a_city_without_the_deciding_unit_says_which_setting_to_mend(tmp_path: Path) -> None:
    world = World(tmp_path / "other.db")
    with world.nothing_written(), pytest.raises(Refused, match="没有医保局单位"):
        special_seats.file_application(world.desks[AGENT], "treatment_elsewhere", TREATMENT)


def test_the_roles_of_seat_and_unit_are_apart() -> None:
    from desk.rules.rights import RIGHTS

    for deed in (Deed.PASS_APPLICATION, Deed.REFUSE_APPLICATION, Deed.SEND_BACK_APPLICATION):
        assert (Role.AGENT, deed) not in RIGHTS
        assert (Role.SUPERVISOR, deed) not in RIGHTS
