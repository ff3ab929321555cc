"""呼叫, 移交 110/119/120 and 回拨: each attempt is a call, a hand-over stays open, the next in line is named (P24)."""

from pathlib import Path

import pytest

from db.codes import CallOutcome, Deed, Status
from db.times import to_ms
from desk import emergency, intake, stewardship, transfers
from desk.calls import CallNote
from desk.context import Desk
from desk.counts import header_counts
from desk.errors import BadInput, NotAllowed, NotNow
from tests.desk.emergencies import an_emergency, brought_to, stamps, unit_key
from tests.world import World


@pytest.fixture
def officer(world: World) -> Desk:
    return world.desk("1401")


def first_lines(desk: Desk, order_no: str) -> tuple[str, ...]:
    return emergency.detail(desk, order_no).sections[0].lines


def test_an_attempt_that_failed_is_a_call_and_leaves_the_order_where_it_is(
    world: World, officer: Desk
) -> None:
    born = an_emergency(world)
    row = emergency.try_call_out(
        officer, born.order_no, unit_key(world), CallOutcome.NO_ANSWER, "队长甲", number="13900000000"
    )
    assert row.status is Status.TO_DISPATCH
    assert world.events(born.order_no) == ["register_emergency", "try_call_out"]
    call = world.row("SELECT * FROM calls")
    assert (call["direction"], call["summary"], call["answered_at"]) == ("outbound", "call_out", None)
    kept = world.row("SELECT * FROM call_attempts")
    assert (kept["outcome"], kept["person"], kept["phone"]) == ("no_answer", "队长甲", "13900000000")
    assert kept["call_id"] == call["id"]
    emergency.call_out(officer, born.order_no, unit_key(world), person="队长乙")
    outcomes = [row["outcome"] for row in world.rows("SELECT outcome FROM call_attempts ORDER BY id")]
    assert outcomes == ["no_answer", "reached"]


def test_a_refusal_says_why_and_one_who_goes_is_called_out(world: World, officer: Desk) -> None:
    born = an_emergency(world)
    unit = unit_key(world)
    with world.nothing_written():
        with pytest.raises(BadInput, match="什么理由"):
            emergency.try_call_out(officer, born.order_no, unit, CallOutcome.REFUSED)
        with pytest.raises(BadInput, match="请登记派出"):
            emergency.try_call_out(officer, born.order_no, unit, CallOutcome.REACHED)
        with pytest.raises(BadInput, match="没有这个单位"):
            emergency.try_call_out(officer, born.order_no, 9999, CallOutcome.NO_ANSWER)
        with pytest.raises(BadInput, match="电话"):
            emergency.try_call_out(officer, born.order_no, unit, CallOutcome.NO_ANSWER, number="喂")
        with pytest.raises(NotAllowed):
            emergency.try_call_out(world.desk("1203"), born.order_no, unit, CallOutcome.NO_ANSWER)
    emergency.try_call_out(officer, born.order_no, unit, CallOutcome.REFUSED, note="车辆送修")
    brought_to(world, born.order_no, Deed.ACKNOWLEDGE)
    with world.nothing_written(), pytest.raises(NotNow):
        emergency.try_call_out(officer, born.order_no, unit, CallOutcome.NO_ANSWER)


def test_after_three_minutes_without_an_answer_the_next_one_is_called_out(tmp_path: Path) -> None:
    world = World(tmp_path / "own.db", settings={"emergency.first_units": {"燃气泄漏": ["城管局"]}})
    stewardship.add_member(world.desk("2101"), "演练甲", "13800007777")
    stewardship.add_member(world.desk("2101"), "演练乙", "13800006666")
    officer, unit = world.desk("1401"), unit_key(world)
    born = an_emergency(world)
    emergency.call_out(officer, born.order_no, unit, person="演练甲", number="13800007777")
    first = world.row("SELECT uid FROM assignments")["uid"]
    world.clock.tick(minutes=2)
    assert not any("未接令" in line for line in first_lines(officer, born.order_no))
    world.clock.tick(minutes=1)
    assert "!3分未接令，叫下一个（c）：县城管局 演练乙 13800006666（燃气泄漏先派）" in first_lines(
        officer, born.order_no
    )
    (nudge,) = emergency.alarms(officer).nudges
    assert nudge.words == "燃气泄漏 3 分未接令，请叫下一个：县城管局 演练乙 13800006666（燃气泄漏先派）"
    assert nudge.after.total_seconds() == 180
    emergency.call_out(officer, born.order_no, unit_key(world, "CY-RSJ"), person="演练丙")
    parts = world.rows("SELECT uid, end_reason FROM assignments ORDER BY id")
    assert [part["end_reason"] for part in parts] == ["reassigned", None]
    assert world.event_data(born.order_no)["instead_of"] == first
    assert stamps(world, born.id)["called_out_at"] == to_ms(world.clock.now)
    emergency.acknowledge(officer, born.order_no, "演练丙")
    assert emergency.alarms(officer).nudges == ()
    with world.nothing_written(), pytest.raises(NotNow):
        emergency.call_out(officer, born.order_no, unit)


def test_what_110_took_over_stays_open_until_they_have_said_what_came_of_it(
    world: World, officer: Desk
) -> None:
    born = an_emergency(world)
    no = born.order_no
    emergency.hand_to_rescue(officer, no, "119", "接警员 07", "两车")
    with world.nothing_written():
        with pytest.raises(NotNow, match="已移交 119"):
            emergency.hand_to_rescue(officer, no, "119")
        with pytest.raises(BadInput, match="移交只能是"):
            emergency.hand_to_rescue(officer, no, "911")
        with pytest.raises(BadInput, match="怎么说"):
            emergency.hear_rescue(officer, no, "119", " ")
        with pytest.raises(NotNow, match="没有等 120"):
            emergency.hear_rescue(officer, no, "120", "已到")
    assert header_counts(officer).handovers == 1
    (nudge,) = emergency.alarms(officer).nudges
    assert (nudge.words, nudge.after.total_seconds()) == ("移交 119 还没回复，请问处置结果", 7200)
    brought_to(world, no, Deed.CONTAIN)
    with world.nothing_written(), pytest.raises(NotNow, match="移交 119 还没有回复"):
        emergency.finish(officer, no, "已关阀", "已排除")
    choices = emergency.rescue_choices(officer, no)
    assert choices[0].words == "登记 119 回复"
    assert [each.service for each in choices] == ["119", "110", "120", "122"]
    emergency.hear_rescue(officer, no, "119", "到场关阀，无人受伤")
    assert header_counts(officer).handovers == 0
    emergency.finish(officer, no, "已关阀", "已排除")
    assert world.events(no)[-3:] == ["contain", "hear_rescue", "finish"]


def test_what_was_put_through_before_it_was_typed_is_handed_over_already(world: World) -> None:
    agent = world.desk("1203")
    transfers.note_outside(agent, "T1", "119", "消防", is_three_way=True)
    transfers.note_outside(agent, "T1", "12348", "法律服务", is_three_way=True)
    done = intake.register_emergency(agent, "13800000000", "老街", "燃气泄漏", CallNote(outside_id="T1"))
    assert [row["service"] for row in world.rows("SELECT service FROM rescue_handovers")] == ["119"]
    assert emergency.rescue_choices(world.desk("1401"), done.order_no)[0].words == "登记 119 回复"


def test_a_false_alarm_waits_for_the_answer_too(world: World, officer: Desk) -> None:
    born = an_emergency(world)
    emergency.hand_to_rescue(officer, born.order_no, "110")
    with world.nothing_written(), pytest.raises(NotNow, match="移交 110 还没有回复"):
        emergency.false_alarm(world.desk("1002"), born.order_no, "误报")


def test_a_type_that_must_be_handed_over_says_so_until_it_is(tmp_path: Path) -> None:
    world = World(tmp_path / "own.db", settings={"emergency.hand_over": {"燃气泄漏": ["119", "120"]}})
    officer = world.desk("1401")
    born = an_emergency(world)
    assert first_lines(officer, born.order_no)[0] == "!先转 119、120，按 h 登记"
    assert [each.service for each in emergency.rescue_choices(officer, born.order_no)][:2] == ["119", "120"]
    emergency.hand_to_rescue(officer, born.order_no, "119")
    assert first_lines(officer, born.order_no)[0] == "!先转 120，按 h 登记"


def test_the_caller_is_owed_a_call_when_help_is_on_its_way_and_at_the_end(
    world: World, officer: Desk
) -> None:
    born = an_emergency(world)
    no = born.order_no
    owed = "!请回拨诉求人：救援已在路上，按 b 登记"
    brought_to(world, no, Deed.ACKNOWLEDGE)
    assert owed not in first_lines(officer, no)
    world.clock.tick(minutes=1)
    emergency.depart(officer, no)
    assert owed in first_lines(officer, no)
    emergency.ring_back(officer, no, "", was_reached=False)
    assert owed in first_lines(officer, no)
    with world.nothing_written(), pytest.raises(BadInput, match="告诉诉求人什么"):
        emergency.ring_back(officer, no, " ")
    emergency.ring_back(officer, no, "十分钟到，请到楼下等")
    assert owed not in first_lines(officer, no)
    call = world.row("SELECT * FROM calls ORDER BY id DESC")
    assert (call["number"], call["direction"], call["summary"]) == ("13800000000", "outbound", "callback")
    page = "".join("".join(part.lines) for part in emergency.detail(officer, no).sections)
    assert "诉求人 接通：十分钟到" in page
    assert "13800000000" not in page
    world.clock.tick(minutes=1)
    emergency.arrive(officer, no)
    emergency.contain(officer, no, "队长甲")
    emergency.finish(officer, no, "已关阀", "已排除")
    assert "!请回拨诉求人：处置结果，按 b 登记" in first_lines(officer, no)


def test_a_caller_without_a_number_cannot_be_rung_back(world: World, officer: Desk) -> None:
    born = an_emergency(world, contact_phone="", is_anonymous=True)
    with world.nothing_written(), pytest.raises(BadInput, match="没有联系电话"):
        emergency.ring_back(officer, born.order_no, "已在路上")
    brought_to(world, born.order_no, Deed.DEPART)
    assert not any("回拨" in line for line in first_lines(officer, born.order_no))


def test_a_unit_reads_nothing_that_a_caller_who_is_kept_secret_said(world: World, officer: Desk) -> None:
    born = an_emergency(world, is_confidential=True)
    no = born.order_no
    brought_to(world, no, Deed.DEPART)
    emergency.ring_back(officer, no, "我是李先生，住三楼")
    emergency.hand_to_rescue(officer, no, "119")
    emergency.hear_rescue(officer, no, "119", "李先生已送医")
    for who, is_told in (("1401", True), ("2102", False)):
        parts = emergency.detail(world.desk(who), no).sections
        page = "".join("".join(part.lines) for part in parts)
        assert ("我是李先生" in page, "李先生已送医" in page) == (is_told, is_told)
        assert "按 b 登记" not in page
