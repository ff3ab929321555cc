"""评议员库: who comes in, with what relations, out as a table and in again (practice P29)."""

from pathlib import Path

import pytest

from db.codes import Profession, Role
from desk import social_review
from desk.errors import BadInput, NotAllowed
from desk.importing import read_table
from desk.session import log_in, open_store
from desk.social_review import NewPanelist, PoolTakenIn
from tests.desk import panel_life
from tests.world import PIN, World

KEEPER = "1501"
FULL = NewPanelist(
    "9001",
    "姚远",
    "人大代表",
    "360725100001",
    "崇义中学",
    "CY-RSJ",
    "CY-CGJ；县人社局",
    "李先生；13800000000",
    "0797-3812345",
)


def test_somebody_new_has_an_account_of_one_role_and_no_way_in(world: World) -> None:
    row = social_review.keep_panelist(world.desk(KEEPER), FULL)
    assert (row.profession, row.area, row.units) == (
        Profession.PEOPLE_DEPUTY,
        "老城社区",
        ("CY-CGJ", "CY-RSJ"),
    )
    assert row.people == ("李先生", "13800000000")
    account = world.row("SELECT id, pin_hash FROM staff WHERE staff_no = '9001'")
    assert account["pin_hash"] is None
    roles = world.rows("SELECT role FROM staff_roles WHERE staff_id = :id", id=account["id"])
    assert [each["role"] for each in roles] == [Role.PANELIST]
    with pytest.raises(NotAllowed):
        log_in(open_store(world.path), "9001", PIN)


@pytest.mark.parametrize(
    ("changes", "match"),
    [
        ({"staff_no": "12"}, "工号须为"),
        ({"staff_no": "1203"}, "是别人的"),
        ({"name": " "}, "请填写姓名"),
        ({"profession": "理发师"}, "界别只能写"),
        ({"area_code": "999"}, "没有区划代码"),
        ({"employer_code": "CY-12345"}, "热线中心的人员"),
        ({"employer_code": "没有的局"}, "没有单位"),
        ({"units": "没有的局"}, "没有单位"),
        ({"mobile": "12"}, "不像电话"),
    ],
)
def test_what_cannot_be_is_refused(world: World, changes: dict[str, str], match: str) -> None:
    given = {"staff_no": "9001", "name": "姚远", "profession": "律师", **changes}
    with world.nothing_written(), pytest.raises(BadInput, match=match):
        social_review.keep_panelist(world.desk(KEEPER), NewPanelist(**given))


def test_what_stands_already_leaves_no_event(world: World) -> None:
    social_review.keep_panelist(world.desk(KEEPER), FULL)
    with world.nothing_written():
        social_review.keep_panelist(world.desk(KEEPER), FULL)
    social_review.keep_panelist(world.desk(KEEPER), NewPanelist("9001", "姚远", "律师"))
    row = social_review.pool(world.desk(KEEPER))[0]
    assert (row.profession, row.units, row.people) == (Profession.LAWYER, (), ())


def test_whoever_leaves_is_drawn_no_more_and_has_no_pin(world: World) -> None:
    panel_life.pooled(world, 12)
    session = panel_life.drawn(world, panel_life.told(world))
    pins = social_review.give_pins(world.desk(KEEPER), session.id)
    gone = social_review.leave_pool(world.desk(KEEPER), pins[0].staff_no)
    assert not gone.is_active
    with pytest.raises(NotAllowed, match="停用"):
        log_in(open_store(world.path), pins[0].staff_no, pins[0].pin)
    with pytest.raises(BadInput, match="没有工号"):
        social_review.leave_pool(world.desk(KEEPER), "9999")


@pytest.mark.parametrize("form", [".xlsx", ".csv"])
def test_a_pool_comes_back_as_it_went_out(world: World, tmp_path: Path, form: str) -> None:
    desk = world.desk(KEEPER)
    social_review.keep_panelist(desk, FULL)
    panel_life.pooled(world, 3)
    before = social_review.pool(desk)
    done = social_review.export_pool(desk, tmp_path / f"pool{form}")
    assert done.count == 3
    with world.nothing_written():
        assert social_review.take_in_pool(desk, read_table(done.path)) == PoolTakenIn(0, 3)
    assert social_review.pool(desk) == before


HEAD = "工号,姓名,界别,居住地代码,居住地,工作单位,单位代码,回避单位,回避人,电话,在册\n"


def test_a_table_brings_people_in_and_takes_them_out(world: World, tmp_path: Path) -> None:
    desk = world.desk(KEEPER)
    path = tmp_path / "in.csv"
    path.write_text(HEAD + "9001,姚远,律师,,,,,,,,是\n9002,罗敏,教师,,,,,,,,是\n", encoding="utf-8")
    assert social_review.take_in_pool(desk, read_table(path)) == PoolTakenIn(2, 0)
    path.write_text(HEAD + "9002,罗敏,教师,,,,,,,,否\n", encoding="utf-8")
    assert social_review.take_in_pool(desk, read_table(path)) == PoolTakenIn(1, 0)
    assert [row.is_active for row in social_review.pool(desk)] == [True, False]


@pytest.mark.parametrize(
    ("lines", "match"),
    [
        ("9001,姚远,理发师,,,,,,,,是\n", "第 2 行.*界别"),
        ("9001,姚远,律师,,,,,,,,也许\n", "第 2 行.*在册"),
        ("9001,姚远,律师,,,,,,,,是\n9001,罗敏,律师,,,,,,,,是\n", "第 3 行.*重复"),
        ("9001,姚远,律师,,,,,,,,是\n1203,罗敏,律师,,,,,,,,是\n", "第 3 行.*别人"),
    ],
)
def test_a_table_with_one_wrong_line_is_not_half_taken(
    world: World, tmp_path: Path, lines: str, match: str
) -> None:
    path = tmp_path / "in.csv"
    path.write_text(HEAD + lines, encoding="utf-8")
    with world.nothing_written(), pytest.raises(BadInput, match=match):
        social_review.take_in_pool(world.desk(KEEPER), read_table(path))


@pytest.mark.parametrize("staff_no", ["1203", "2102", "1701"])
def test_who_may_keep_the_pool(world: World, staff_no: str) -> None:
    with world.nothing_written(), pytest.raises(NotAllowed):
        social_review.keep_panelist(world.desk(staff_no), FULL)
