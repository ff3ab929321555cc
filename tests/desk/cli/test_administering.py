"""`desk staff` and `desk settings`: an administrator's deeds, each one event."""

import json
from pathlib import Path
from typing import Any

import pytest

from db.times import to_ms
from tests.desk.cli.conftest import Command
from tests.world import World


@pytest.fixture
def new_pin(at_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with the PIN that somebody is to get."""
    path = at_home / "new-pin"
    path.write_text("135791\n", encoding="utf-8")
    monkeypatch.setenv("DESK_NEW_PIN_FILE", str(path))
    return path


ADD = ("staff", "add", "--no", "1205", "--name", "李四", "--unit", "CY-12345", "--roles", "agent,派单员")


def test_a_new_person_can_sign_in_and_has_to_change_the_pin(
    command: Command, world: World, new_pin: Path
) -> None:
    ran = command(*ADD, "--deputy", "1203")
    assert ran.status == 0
    assert "已添加：1205" in ran.out
    assert "话务员、派单员" in ran.out
    row = world.row("SELECT must_change_pin, deputy_id, unit_id FROM staff WHERE staff_no = '1205'")
    assert row["must_change_pin"] == 1
    assert row["deputy_id"] == world.row("SELECT id FROM staff WHERE staff_no = '1203'")["id"]
    event = world.row("SELECT kind, data FROM events ORDER BY seq DESC LIMIT 1")
    assert event["kind"] == "staff_changed"
    assert json.loads(event["data"])["roles"] == ["agent", "dispatcher"]
    assert "李四" not in event["data"]
    assert command("list", "--as", "1205", "--pin-file", new_pin).status == 0


def test_a_section_is_taken_by_code_or_name(command: Command, world: World, new_pin: Path) -> None:
    words = ("--unit", "CY-CGJ", "--roles", "handler", "--json")
    told = json.loads(command("staff", "add", "--no", "2110", "--name", "甲", "--section", "HW", *words).out)
    assert (told["section"], told["unit"], told["roles"]) == ("环卫所", "县城管局", ["handler"])
    told = json.loads(
        command("staff", "add", "--no", "2111", "--name", "乙", "--section", "执法大队", *words).out
    )
    assert told["section"] == "执法大队"


def test_a_second_number_of_one_person_stays_one_person(
    command: Command, world: World, new_pin: Path
) -> None:
    command(*ADD, "--same-person-as", "1501")
    persons = world.rows("SELECT person_uid FROM staff WHERE staff_no IN ('1205', '1501')")
    assert len({row["person_uid"] for row in persons}) == 1


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("--no", "1203"), "工号 1203 已有人使用"),
        (("--no", "十二"), "工号须为 3 至 8 位数字"),
        (("--name", " "), "姓名不能为空"),
        (("--unit", "CY-NONE"), "没有单位“CY-NONE”"),
        (("--roles", "boss"), "没有角色“boss”，可写：话务员（agent）"),
        (("--roles", ","), "至少要有一个角色"),
        (("--section", "某科"), "没有科室“某科”"),
        (("--deputy", "9999"), "B角的工号 9999 不存在"),
        (("--as", "1203"), "您没有“人员变更”的权限，请由管理员办理"),
    ],
)
def test_what_is_wrong_with_a_new_person_is_named(
    command: Command, world: World, new_pin: Path, words: tuple[str, ...], line: str
) -> None:
    people = world.row("SELECT count(*) AS n FROM staff")["n"]
    ran = command(*ADD, *words)
    assert (ran.status, ran.out) == (2, "")
    assert line in ran.err
    assert world.row("SELECT count(*) AS n FROM staff")["n"] == people
    assert "staff_changed" not in [row["kind"] for row in world.rows("SELECT kind FROM events")]


def test_a_short_first_pin_is_refused(command: Command, new_pin: Path) -> None:
    new_pin.write_text("123", encoding="utf-8")
    assert "PIN 须为至少 6 位数字" in command(*ADD).err


def test_a_reset_pin_unlocks_and_has_to_be_changed(command: Command, world: World, new_pin: Path) -> None:
    with world.database.write() as writer:
        key = world.row("SELECT id FROM staff WHERE staff_no = '1203'")["id"]
        writer.update("staff", key, {"locked_until": to_ms(world.clock.now) + 600_000, "failures": 3})
    assert command("list", "--as", "1203").status == 2
    assert "已重置 PIN：1203" in command("staff", "pin", "1203").out
    row = world.row("SELECT failures, locked_until, must_change_pin FROM staff WHERE staff_no = '1203'")
    assert row == {"failures": 0, "locked_until": None, "must_change_pin": 1}
    assert command("list", "--as", "1203", "--pin-file", new_pin).status == 0
    assert "没有工号 7777" in command("staff", "pin", "7777").err


def test_one_changes_ones_own_pin_without_being_an_administrator(
    command: Command, world: World, new_pin: Path, at_home: Path
) -> None:
    assert command("staff", "pin", "--as", "1203").out == "PIN 已修改\n"
    assert world.rows("SELECT kind FROM events")[-1]["kind"] == "change_pin"
    assert command("list", "--as", "1203").status == 2
    assert command("list", "--as", "1203", "--pin-file", new_pin).status == 0
    ran = command("staff", "pin", "--as", "1203", "--pin-file", new_pin)
    assert "新 PIN 不能与原 PIN 相同" in ran.err


def test_staff_list_shows_everybody_to_an_administrator_only(command: Command) -> None:
    ran = command("staff", "list")
    assert len(ran.out.splitlines()) == 18
    assert "2103  审核人甲   县城管局" in ran.out
    assert command("staff", "list", "--as", "1301").status == 2


def data_of_last_event(world: World) -> dict[str, Any]:
    event = world.row("SELECT kind, data FROM events ORDER BY seq DESC LIMIT 1")
    assert event["kind"] == "staff_changed"
    return dict(json.loads(event["data"]))


def test_a_disabled_number_signs_in_no_more_until_it_is_enabled(command: Command, world: World) -> None:
    assert command("staff", "disable", "1203").out.startswith("已停用：1203  王芳")
    assert data_of_last_event(world)["act"] == "disabled"
    assert "已停用" in next(line for line in command("staff", "list").out.splitlines() if "1203" in line)
    assert command("list", "--as", "1203").status == 2
    ran = command("staff", "disable", "1203")
    assert (ran.status, ran.err) == (2, "工号 1203 已经停用，未做改动\n")
    assert command("staff", "enable", "1203").status == 0
    assert data_of_last_event(world)["act"] == "enabled"
    assert command("list", "--as", "1203").status == 0


def test_somebody_gets_other_roles_unit_section_deputy_and_name(command: Command, world: World) -> None:
    words = ("--unit", "县城管局", "--section", "环卫所", "--roles", "经办人、联络员", "--deputy", "2102")
    told = json.loads(command("staff", "set", "1204", *words, "--name", "李新", "--json").out)
    assert (told["unit_code"], told["section"], told["deputy_no"]) == ("CY-CGJ", "环卫所", "2102")
    assert (told["name"], told["roles"]) == ("李新", ["handler", "liaison"])
    data = data_of_last_event(world)
    assert data["roles"] == {"before": ["agent"], "after": ["handler", "liaison"]}
    assert (data["unit"], data["section"], data["deputy"]) == ("CY-CGJ", "HW", "2102")
    assert "李新" not in json.dumps(data, ensure_ascii=False)
    kinds = [row["kind"] for row in world.rows("SELECT kind FROM events")]
    assert kinds.count("staff_changed") == 1
    moved = json.loads(command("staff", "set", "1204", "--unit", "崇义县人力资源和社会保障局", "--json").out)
    assert (moved["unit_code"], moved["section"], moved["deputy_no"]) == ("CY-RSJ", "", "2102")
    assert json.loads(command("staff", "set", "1204", "--deputy", "", "--json").out)["deputy_no"] == ""


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("disable", "1001"), "工号 1001 是最后一名管理员"),
        (("set", "1001", "--roles", "班长"), "工号 1001 是最后一名管理员"),
        (("set", "1203"), "没有写要改什么"),
        (("set", "7777", "--name", "甲"), "没有工号 7777"),
        (("disable", "7777"), "没有工号 7777"),
        (("set", "1203", "--name", " "), "请填写姓名"),
        (("set", "1203", "--unit", "城管"), "没有单位“城管”，相近的有：县城管局（CY-CGJ）"),
        (("set", "2101", "--section", "某科"), "县城管局没有科室“某科”，可写：执法大队（ZF）"),
        (("set", "1203", "--deputy", "1203"), "B角须是另一个工号"),
        (("set", "1203", "--roles", "boss"), "没有角色“boss”"),
        (("enable", "1203"), "工号 1203 没有停用"),
        (("disable", "1204", "--as", "1203"), "您没有“人员变更”的权限"),
    ],
)
def test_a_change_that_cannot_be_is_one_line_and_changes_nothing(
    command: Command, world: World, words: tuple[str, ...], line: str
) -> None:
    before = world.rows("SELECT name, unit_id, is_active FROM staff"), world.rows("SELECT * FROM staff_roles")
    ran = command("staff", *words)
    assert (ran.status, ran.out) == (2, "")
    assert line in ran.err
    after = world.rows("SELECT name, unit_id, is_active FROM staff"), world.rows("SELECT * FROM staff_roles")
    assert after == before
    assert "staff_changed" not in [row["kind"] for row in world.rows("SELECT kind FROM events")]


def test_of_two_administrators_one_can_go(command: Command) -> None:
    assert command("staff", "set", "1002", "--roles", "admin").status == 0
    assert command("staff", "disable", "1001").status == 0
    assert "最后一名管理员" in command("staff", "disable", "1002", "--as", "1002").err


def test_units_are_found_by_any_of_their_names(command: Command) -> None:
    assert len(command("units").out.splitlines()) == 4
    assert command("units", "城管").out.split() == ["CY-CGJ", "县城管局", "城管局", "科室", "2"]
    assert [line.split()[1] for line in command("units", "--sections", "cy-cgj").out.splitlines()] == [
        "执法大队",
        "环卫所",
    ]
    assert json.loads(command("units", "横水", "--json").out)["name"] == "横水镇人民政府"
    assert command("units", "没有的").out == "没有符合的单位，请换几个字再查\n"
    assert "没有单位“城管”" in command("units", "--sections", "城管").err


def test_a_unit_is_taken_by_its_short_name(command: Command, new_pin: Path) -> None:
    told = json.loads(command(*ADD, "--unit", "县城管局", "--section", "环卫所", "--json").out)
    assert (told["unit_code"], told["section"]) == ("CY-CGJ", "环卫所")


@pytest.fixture
def city(tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch) -> World:
    """A hotline with a few settings."""
    settings = {
        "sign.normal_days": 1,
        "office.closes": "18:00",
        "sign.auto_sign": True,
        "urgent.words": ["停水"],
        "limits.praise.answer_days": None,
        "transfer.desks": {"医保专席": []},
        "insurance.source": "none",
        "insurance.csv_path": "",
        "insurance.endpoint": "",
    }
    world = World(tmp_path / "city.db", settings=settings)
    monkeypatch.setenv("DESK_STORE", str(world.path))
    return world


def test_a_setting_is_changed_with_one_event_that_keeps_the_old_value(command: Command, city: World) -> None:
    ran = command("settings", "set", "sign.normal_days", "2")
    assert (ran.status, ran.out.split("  ")[0]) == (0, "sign.normal_days = 2")
    assert city.row("SELECT value FROM settings WHERE key = 'sign.normal_days'")["value"] == "2"
    event = city.row("SELECT kind, data FROM events ORDER BY seq DESC LIMIT 1")
    assert event["kind"] == "set_setting"
    assert json.loads(event["data"]) == {"key": "sign.normal_days", "before": 1, "after": 2}
    assert "2026-10-09" not in command("due", "投诉", "--from", "2026-09-30").out.splitlines()[0]
    assert "签收 2 个工作日" in command("due", "投诉", "--from", "2026-09-30").out


@pytest.mark.parametrize(
    ("key", "given", "kept"),
    [
        ("office.closes", "17:30", "17:30"),
        ("office.closes", '"17:30"', "17:30"),
        ("sign.auto_sign", "false", False),
        ("urgent.words", '["停水", "停电"]', ["停水", "停电"]),
        ("limits.praise.answer_days", "3", 3),
    ],
)
def test_values_are_json_or_plain_text(
    command: Command, city: World, key: str, given: str, kept: object
) -> None:
    told = json.loads(command("settings", "set", key, given, "--json").out)
    assert told["value"] == kept
    assert json.loads(city.row("SELECT value FROM settings WHERE key = :key", key=key)["value"]) == kept


@pytest.mark.parametrize(
    ("key", "given", "line"),
    [
        ("nope", "1", "没有设置 nope"),
        ("sign.normal_days", "两天", "sign.normal_days 的值看不懂"),
        ("sign.normal_days", "0", "sign.normal_days 的值不能用"),
        ("sign.normal_days", "-1", "sign.normal_days 不能是负数"),
        ("sign.normal_days", "true", "sign.normal_days 须为数字"),
        ("office.closes", "25:00", "office.closes 的值不能用"),
        ("sign.auto_sign", "1", "sign.auto_sign 须为true 或 false"),
        ("urgent.words", "[1]", "urgent.words 的每一项须为文字"),
        ("urgent.words", '"停水"', "urgent.words 须为列表"),
        ("transfer.desks", '{"医保专席": ["7777"]}', "7777 不存在或已停用"),
        ("transfer.desks", '{"医保专席": "1203"}', "每席写名称和工号"),
        ("insurance.source", "ftp", "只能是 none、csv、http"),
        ("insurance.source", "csv", "请管理员先填写"),
        ("insurance.csv_path", "here.csv", "须是文件的完整路径"),
        ("insurance.csv_path", "/nowhere/here.csv", "不在或读不了"),
        ("insurance.endpoint", "ftp://insurance", "须以 https:// 开头"),
    ],
)
def test_a_value_that_cannot_be_is_named_and_nothing_changes(
    command: Command, city: World, key: str, given: str, line: str
) -> None:
    before = city.rows("SELECT * FROM settings")
    ran = command("settings", "set", key, given)
    assert (ran.status, ran.out) == (2, "")
    assert line in ran.err
    assert city.rows("SELECT * FROM settings") == before
    assert "set_setting" not in [row["kind"] for row in city.rows("SELECT kind FROM events")]


def test_settings_are_listed_by_prefix_and_changed_by_administrators(command: Command, city: World) -> None:
    assert len(command("settings", "list").out.splitlines()) == 9
    assert len(command("settings", "list", "sign.").out.splitlines()) == 2
    ran = command("settings", "set", "sign.normal_days", "2", "--as", "1301")
    assert ran.status == 2
    assert "您没有“修改设置”的权限，请由管理员办理" in ran.err


def test_a_setting_that_the_store_lacks_is_filled_in_first(command: Command, city: World) -> None:
    key = "messages.command"
    ran = command("settings", "set", key, '["/usr/bin/send", "{to}"]')
    assert (ran.status, "desk init --refresh" in ran.err) == (2, True)
    assert city.row("SELECT value FROM settings WHERE key = :key", key=key) is None
    assert command("init", "--refresh").status == 0
    refused = command("settings", "set", key, '["send"]')
    assert (refused.status, "完整路径" in refused.err) == (2, True)
    assert command("settings", "set", key, '["/usr/bin/send", "{to}"]').status == 0
    kept = city.row("SELECT value, title FROM settings WHERE key = :key", key=key)
    assert kept == {"value": '["/usr/bin/send", "{to}"]', "title": "发送告知的命令"}
