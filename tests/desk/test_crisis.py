"""危机来电: seen only by those on it, ended only by 班长 after 110's result, never called back, told or searched (practice P25)."""

from pathlib import Path

import pytest

from db.codes import Deed, NotCalledRule
from desk import card, emergency, exporting, finder, intake, lists, reports, shift_change, sight
from desk.errors import BadInput, NotAllowed, NotNow, Refused
from desk.rules.callbacks import not_called_by
from tests.desk.emergencies import an_emergency, brought_to
from tests.world import World

OFFICER, SUPERVISOR, AGENT, OTHER, DISPATCHER, AUDITOR, UNIT = (
    "1401",
    "1002",
    "1203",
    "1204",
    "1301",
    "1501",
    "2101",
)
SAID = "站在桥上说不想活了"


def a_crisis(world: World) -> str:
    return an_emergency(world, "自杀风险", is_crisis=True, title="自杀风险：大桥", content=SAID).order_no


def contained(world: World) -> str:
    order_no = a_crisis(world)
    brought_to(world, order_no, Deed.CONTAIN)
    return order_no


def heard(world: World) -> str:
    order_no = contained(world)
    emergency.hand_to_rescue(world.desk(OFFICER), order_no, "110", "07", "")
    emergency.hear_rescue(world.desk(OFFICER), order_no, "110", "已劝下，家人接走")
    return order_no


@pytest.mark.parametrize(("kind", "expected"), [("自杀风险", 1), ("燃气泄漏", 0)])
def test_choosing_its_type_makes_it_one(tmp_path: Path, kind: str, expected: int) -> None:
    settings = {"emergency.types": ["自杀风险", "燃气泄漏"], "crisis.types": ["自杀风险"]}
    world = World(tmp_path / "desk.db", settings=settings)
    done = intake.register_emergency(world.desk(AGENT), "13800000099", "大桥", kind)
    row = world.row("SELECT is_crisis FROM work_orders WHERE order_no = :no", no=done.order_no)
    assert row["is_crisis"] == expected


@pytest.mark.parametrize("staff_no", [OTHER, DISPATCHER, AUDITOR])
def test_others_at_the_centre_see_only_that_there_is_one(world: World, staff_no: str) -> None:
    order_no = a_crisis(world)
    desk = world.desk(staff_no)
    with pytest.raises((NotAllowed, Refused)):
        card.card(desk, order_no)
    row = lists.load(desk, "o.order_no = :no", no=order_no).rows[0]
    assert row.title == "危机来电（只有经办的人能看）"
    assert (row.place, row.caller) == ("", "（保密）")
    assert [row.order_no for row in finder.find(desk, "大桥")] == []


@pytest.mark.parametrize("staff_no", [SUPERVISOR, OFFICER])
def test_who_is_on_it_sees_it(world: World, staff_no: str) -> None:
    order_no = a_crisis(world)
    assert card.card(world.desk(staff_no), order_no).order.title == "自杀风险：大桥"


def test_the_operator_who_took_the_call_and_the_unit_called_out_see_it(world: World) -> None:
    order_no = a_crisis(world)
    shown = card.card(world.desk(AGENT), order_no)
    assert shown.order.title == "自杀风险：大桥"
    assert any(SAID in str(part.lines) for part in shown.sections)
    brought_to(world, order_no, Deed.CALL_OUT)
    assert any(SAID in str(part.lines) for part in card.card(world.desk(UNIT), order_no).sections)


def test_only_the_supervisor_ends_it_and_only_after_110_has_said_what_came(world: World) -> None:
    order_no = contained(world)
    with world.nothing_written():
        with pytest.raises(NotAllowed, match="由班长"):
            emergency.finish(world.desk(OFFICER), order_no, "已劝下", "请放心")
        with pytest.raises(NotNow, match="110 的处置结果"):
            emergency.finish(world.desk(SUPERVISOR), order_no, "已劝下", "请放心")
    assert "由班长" in emergency.detail(world.desk(OFFICER), order_no).refusals[Deed.FINISH]


@pytest.mark.parametrize(
    ("care_on", "care_by", "said"),
    [
        ("", "王芳", "请填写下次关怀"),
        ("2026-11-25", "", "请填写下次关怀"),
        ("2026-11-20", "王芳", "关怀日期已过"),
    ],
)
def test_it_needs_a_next_day_of_care_and_a_name(world: World, care_on: str, care_by: str, said: str) -> None:
    order_no = heard(world)
    with world.nothing_written(), pytest.raises(BadInput, match=said):
        emergency.finish(
            world.desk(SUPERVISOR), order_no, "已劝下", "请放心", care_on=care_on, care_by=care_by
        )


def test_the_day_of_care_is_handed_over_from_shift_to_shift(world: World) -> None:
    order_no = heard(world)
    emergency.finish(
        world.desk(SUPERVISOR), order_no, "已劝下", "请放心", care_on="2026-11-25", care_by="王芳"
    )
    lines = [line.what for line in shift_change.current(world.desk(SUPERVISOR)).lines]
    assert not any("危机关怀" in line for line in lines)
    world.clock.tick(days=2)
    lines = [line.what for line in shift_change.current(world.desk(SUPERVISOR)).lines]
    assert "危机关怀 11-25 王芳" in lines
    world.clock.tick(days=8)
    lines = [line.what for line in shift_change.current(world.desk(SUPERVISOR)).lines]
    assert not any("危机关怀" in line for line in lines)
    world.clock.tick(days=-8)
    sections = emergency.detail(world.desk(SUPERVISOR), order_no).sections
    assert next(part.lines for part in sections if part.heading == "下次关怀") == ("2026-11-25 王芳",)


def test_it_is_neither_called_back_nor_told_nor_reported(world: World) -> None:
    order_no = heard(world)
    emergency.finish(
        world.desk(SUPERVISOR), order_no, "已劝下", "请放心", care_on="2026-11-25", care_by="王芳"
    )
    order = world.row("SELECT * FROM work_orders WHERE order_no = :no", no=order_no)
    assert sight.is_crisis(order)
    assert not_called_by(order) is NotCalledRule.CRISIS
    assert world.rows("SELECT * FROM messages WHERE to_phone <> ''") == []
    with pytest.raises(Refused, match="危机来电不写"):
        reports.proposed(world.desk(SUPERVISOR), order_no)


def test_it_leaves_the_centre_in_no_list(world: World, tmp_path: Path) -> None:
    a_crisis(world)
    plain = world.order()
    path = tmp_path / "工单.jsonl"
    assert exporting.export(world.desk("1001"), path).count == 1
    said = path.read_text(encoding="utf-8")
    assert plain.order_no in said
    assert SAID not in said
