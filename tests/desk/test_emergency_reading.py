"""What the emergency screen reads: the list, one emergency, both figures, whom to call, what rings."""

from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from db.codes import CallOutcome, Deed
from db.doors import Reader
from db.ids import new_uid
from db.queries import emergencies
from desk import emergency, intake, stewardship
from desk.counts import header_counts
from desk.deed import deed_on
from desk.emergency.reading import ALIVE, scope
from desk.errors import NotAllowed, Refused
from tests.desk.emergencies import an_emergency, brought_to, unit_key
from tests.world import World


def test_the_most_pressing_stands_first_and_what_is_done_last(world: World) -> None:
    done = an_emergency(world)
    brought_to(world, done.order_no, Deed.FINISH)
    controlled = an_emergency(world)
    brought_to(world, controlled.order_no, Deed.CONTAIN)
    first = an_emergency(world)
    world.clock.tick(minutes=1)
    second = an_emergency(world)
    rows = emergency.running(world.desk("1401"))
    assert [row.order_no for row in rows] == [each.order_no for each in (first, second, controlled, done)]
    assert [row.standing for row in rows] == ["待派出", "待派出", "待完毕", "已完毕"]


def test_yesterdays_finished_ones_are_gone_today(world: World) -> None:
    born = an_emergency(world)
    brought_to(world, born.order_no, Deed.FINISH)
    world.clock.tick(days=1)
    assert emergency.running(world.desk("1401")) == ()


def test_a_withdrawn_emergency_does_not_run(world: World) -> None:
    born = an_emergency(world)
    with deed_on(world.desk("1203"), Deed.WITHDRAW, born.order_no):
        pass
    assert emergency.running(world.desk("1401")) == ()
    assert emergency.alarms(world.desk("1401")).clocks == ()


def test_a_unit_sees_its_own_emergencies_only(world: World) -> None:
    mine, others = an_emergency(world), an_emergency(world)
    emergency.call_out(world.desk("1401"), mine.order_no, unit_key(world))
    emergency.call_out(world.desk("1401"), others.order_no, unit_key(world, "CY-RSJ"))
    assert [row.order_no for row in emergency.running(world.desk("2102"))] == [mine.order_no]
    with pytest.raises(NotAllowed):
        emergency.detail(world.desk("2102"), others.order_no)


def test_a_row_tells_each_step_and_how_long_after_acceptance(world: World) -> None:
    born = an_emergency(world)
    brought_to(world, born.order_no, Deed.DEPART, minutes=2)
    (row,) = emergency.running(world.desk("1401"))
    after = {step.deed: step.after and step.after.total_seconds() / 60 for step in row.steps}
    assert after[Deed.CALL_OUT] == 2
    assert after[Deed.DEPART] == 6
    assert after[Deed.ARRIVE] is None
    assert row.run.total_seconds() == 360
    assert row.next_step is Deed.ARRIVE


def test_an_order_sent_and_signed_elsewhere_goes_on_with_departing(world: World) -> None:
    born = an_emergency(world)
    emergency.call_out(world.desk("1401"), born.order_no, unit_key(world))
    world.clock.tick(minutes=1)
    with deed_on(world.desk("2102"), Deed.SIGN, born.order_no) as deed:
        deed.set(signed_at=deed.at_ms)
    (row,) = emergency.running(world.desk("1401"))
    assert row.next_step is Deed.DEPART
    emergency.depart(world.desk("1401"), born.order_no)
    assert emergency.running(world.desk("1401"))[0].next_step is Deed.ARRIVE


def test_the_card_proposes_whom_to_call_until_somebody_is(world: World) -> None:
    born = an_emergency(world)
    card = emergency.detail(world.desk("1401"), born.order_no)
    assert [section.heading for section in card.sections][1] == "先派"
    assert "138****0000" in "".join(card.sections[0].lines)
    brought_to(world, born.order_no, Deed.CALL_OUT)
    card = emergency.detail(world.desk("1401"), born.order_no)
    assert card.sections[1].lines[0].startswith("崇义县城市管理局")


def test_an_ordinary_order_has_no_emergency_card(world: World) -> None:
    with pytest.raises(Refused, match="不是应急工单"):
        emergency.detail(world.desk("1401"), world.order().order_no)


def _add_unit(world: World, code: str, short_name: str, department: str) -> None:
    with world.database.write() as writer:
        centre = writer.one("SELECT id, path FROM units WHERE code = 'CY-12345'")
        assert centre is not None
        values = {
            "uid": new_uid(),
            "code": code,
            "name": short_name,
            "short_name": short_name,
            "level": "county",
            "parent_id": centre["id"],
            "area_code": "360725000000",
            "is_centre": False,
            "department": department,
        }
        key = writer.insert("units", values)
        writer.update("units", key, {"path": f"{centre['path']}{key}/"})


def test_a_gas_leak_calls_the_gas_company_the_fire_brigade_and_the_township(world: World) -> None:
    _add_unit(world, "CY-RQ", "县燃气公司", "燃气公司")
    _add_unit(world, "CY-XF", "县消防大队", "应急局")
    born = an_emergency(world)
    names = [unit.name for unit in emergency.callees(world.desk("1401"), born.order_no)]
    assert names[:3] == ["县燃气公司", "县消防大队", "横水镇"]


def test_the_duty_list_names_a_unit_too(world: World) -> None:
    item = {
        "number": 118,
        "version": 1,
        "item": "燃气泄漏处置",
        "keywords": "燃气;煤气",
        "phrases": "",
        "kinds": "help_request",
        "unit_code": "CY-CGJ",
        "valid_from": 0,
    }
    with world.database.write() as writer:
        writer.insert("duty_items", item)
    born = an_emergency(world)
    found = emergency.callees(world.desk("1401"), born.order_no)
    assert [(unit.name, unit.hint) for unit in found[:2]] == [("县城管局", "清单第118项"), ("横水镇", "属地")]


def test_the_citys_own_choice_of_first_units_overrides_the_table(tmp_path: Path) -> None:
    world = World(tmp_path / "own.db", settings={"emergency.first_units": {"燃气泄漏": ["城管局"]}})
    born = an_emergency(world)
    names = [unit.name for unit in emergency.callees(world.desk("1401"), born.order_no)]
    assert names[:2] == ["县城管局", "横水镇"]


def test_every_unit_but_the_centre_can_be_picked_the_proposed_ones_first(world: World) -> None:
    born = an_emergency(world)
    desk = world.desk("1401")
    assert [unit.name for unit in emergency.callees(desk, born.order_no)] == [
        "横水镇",
        "县城管局",
        "县人社局",
    ]
    assert [unit.name for unit in emergency.callees(desk, born.order_no, "人社")] == ["县人社局"]
    names = [unit.name for unit in emergency.sections(desk, unit_key(world))]
    assert names == ["执法大队", "环卫所"]


def test_a_unit_s_people_are_rung_one_after_another_with_numbers_and_shifts(tmp_path: Path) -> None:
    world = World(tmp_path / "own.db", settings={"emergency.first_units": {"燃气泄漏": ["城管局"]}})
    stewardship.add_member(world.desk("2101"), "演练甲", "13800007777", "白班")
    stewardship.add_member(world.desk("2101"), "演练乙", "13800006666")
    born = an_emergency(world)
    desk, no = world.desk("1401"), born.order_no
    rows = emergency.callees(desk, no)
    assert [(row.name, row.hint) for row in rows[:3]] == [
        ("县城管局 演练甲", "13800007777 燃气泄漏先派 白班"),
        ("县城管局 演练乙", "13800006666 燃气泄漏先派"),
        ("横水镇", "属地"),
    ]
    first = emergency.callee_of(rows[0].key)
    assert (first.unit_id, first.person, first.phone) == (unit_key(world), "演练甲", "13800007777")
    emergency.try_call_out(desk, no, first.unit_id, CallOutcome.NO_ANSWER, first.person, number=first.phone)
    world.clock.tick(minutes=2)
    rows = emergency.callees(desk, no)
    assert [row.name for row in rows[:3]] == ["县城管局 演练乙", "县城管局 演练甲", "横水镇"]
    assert rows[1].hint.startswith("2分前无人接听")
    (section,) = [each for each in emergency.detail(desk, no).sections if each.heading == "先派"]
    assert section.lines[0] == "1 县城管局 演练乙 13800006666（燃气泄漏先派）"


def test_both_figures_count_what_was_an_emergency_to_the_end(world: World) -> None:
    quick, slow = an_emergency(world), an_emergency(world)
    joke = an_emergency(world)
    emergency.false_alarm(world.desk("1002"), joke.order_no, "误报")
    brought_to(world, quick.order_no, Deed.CONTAIN, minutes=4)
    brought_to(world, slow.order_no, Deed.CONTAIN, minutes=4)
    today = emergency.figures(world.desk("1401")).today
    assert (today.count, today.judged, today.within) == (2, 2, 1)
    assert today.average_minutes == 30
    assert today.share == 0.5
    world.clock.tick(days=1)
    an_emergency(world)
    figures = emergency.figures(world.desk("1401"))
    assert (figures.today.count, figures.today.share) == (1, None)
    assert (figures.month.count, figures.month.share) == (3, 0.5)


def test_one_that_is_still_running_over_its_time_is_judged_already(world: World) -> None:
    an_emergency(world)
    world.clock.tick(minutes=31)
    today = emergency.figures(world.desk("1401")).today
    assert (today.judged, today.within, today.average_minutes) == (1, 0, None)


def test_it_rings_for_those_who_can_act(world: World) -> None:
    born = an_emergency(world)
    emergency.call_out(world.desk("1401"), born.order_no, unit_key(world))
    for staff_no, rings in (("1401", 1), ("1002", 1), ("2102", 1), ("2201", 0), ("1203", 0), ("1301", 0)):
        assert len(emergency.alarms(world.desk(staff_no)).clocks) == rings, staff_no
    alarm = emergency.alarms(world.desk("1401"))
    assert alarm.minutes == (10, 20, 25, 30)
    assert alarm.clocks[0].place == "横水镇老城社区二单元"


def test_the_header_counts_only_those_not_under_control(world: World) -> None:
    first = an_emergency(world)
    brought_to(world, first.order_no, Deed.CONTAIN)
    second = an_emergency(world)
    counts = header_counts(world.desk("1401"))
    assert counts.emergencies == 1
    assert counts.emergency_due_at == world.clock.now + timedelta(minutes=30)
    brought_to(world, second.order_no, Deed.CONTAIN)
    counts = header_counts(world.desk("1401"))
    assert (counts.emergencies, counts.emergency_due_at) == (0, None)


class _Plans:
    """A reader that notes how the store would go about each query."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.first_steps: list[str] = []

    def all(self, sql: str, **parameters: Any) -> Any:
        plan = self._reader.all(f"EXPLAIN QUERY PLAN {sql}", **parameters)
        self.first_steps.append(plan[0]["detail"])
        return self._reader.all(sql, **parameters)


@pytest.mark.parametrize("staff_no", ["1401", "2102"])
def test_emergencies_are_read_before_the_orders_however_many_there_are(world: World, staff_no: str) -> None:
    an_emergency(world)
    where, parameters = scope(world.desk(staff_no).actor)
    with world.database.read() as reader:
        plans = _Plans(reader)
        store = cast(Reader, plans)
        emergencies.running(store, f"{where} AND {ALIVE}", limit=50, **parameters)
        emergencies.controlled(store, where, ALIVE, since_ms=0, limit=50, **parameters)
        emergencies.spans(store, where, since_ms=0, **parameters)
    assert [step.split()[1] for step in plans.first_steps] == ["e", "e", "e"], plans.first_steps


def test_one_registered_at_intake_runs_here(world: World) -> None:
    done = intake.register_emergency(world.desk("1203"), "13800000000", "横水镇阳明社区", "燃气泄漏")
    (row,) = emergency.running(world.desk("1401"))
    assert (row.order_no, row.type, row.standing) == (done.order_no, "燃气泄漏", "待派出")
    assert row.due_at - row.started_at == timedelta(minutes=30)
