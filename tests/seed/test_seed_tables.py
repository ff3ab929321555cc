"""The seed's own tables fit together, are as many as promised, and name no real private number."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from db.codes import AreaLevel, DutyListName, OrderKind, Profession, Role, UnitLevel

SEED = Path(__file__).parents[2] / "seed"
TABLES = ("areas", "units", "sections", "area_managers", "staff", "panelists", "duty_items")
CHONGYI = "360725000000"
#: a duty item of this unit belongs to the township where the matter happened
TOWNSHIP = "TOWNSHIP"
DEPARTMENTS = frozenset(
    [
        "街道乡镇",
        "教育局",
        "交通运输局",
        "公安局",
        "城管局",
        "住建局",
        "人社局",
        "自然资源局",
        "交警",
        "生态环境局",
        "卫健局",
        "园区管委会",
        "水利局",
        "市场监管局",
        "文旅局",
        "发改局",
        "医保局",
        "征地拆迁",
        "农业农村局",
        "民政局",
        "供电公司",
        "应急局",
        "组织人事编办",
        "法院",
        "财政金融",
        "残联群团",
        "公积金中心",
        "政务信访",
        "司法局",
        "轨道铁路",
        "工信商务局",
        "燃气公司",
        "税务局",
        "邮政快递",
        "林业局",
        "退役军人局",
        "纪委监委",
        "通信公司",
    ]
)
OTHER_DEPARTMENTS = frozenset(["热线中心", "政府办", "科技局", "宣传统战", "政法委", "检察院", "审计统计"])


def table(name: str) -> list[dict[str, str]]:
    with (SEED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def column(name: str, field: str) -> list[str]:
    return [row[field] for row in table(name)]


def listed(cell: str) -> list[str]:
    return cell.split(";") if cell else []


def repeated(values: list[str]) -> list[str]:
    return [value for value, times in Counter(values).items() if times > 1]


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_plain_utf8_with_unix_lines_and_full_rows(name: str) -> None:
    raw = (SEED / f"{name}.csv").read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    rows = table(name)
    assert rows
    assert all(None not in row and None not in row.values() for row in rows)
    assert all(cell == cell.strip() for row in rows for cell in row.values())


@pytest.mark.parametrize("name", TABLES)
def test_no_mobile_number_stands_in_a_table(name: str) -> None:
    text = (SEED / f"{name}.csv").read_text(encoding="utf-8")
    assert not re.findall(r"(?<!\d)1[3-9]\d{9}(?!\d)", text)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("areas", "code"),
        ("units", "code"),
        ("units", "name"),
        ("units", "short_name"),
        ("sections", "code"),
        ("area_managers", "area_code"),
        ("staff", "staff_no"),
        ("duty_items", "number"),
        ("duty_items", "item"),
    ],
)
def test_keys_and_names_are_unique(name: str, key: str) -> None:
    assert repeated(column(name, key)) == []


def test_an_area_has_a_known_level_and_a_parent_that_exists() -> None:
    codes = set(column("areas", "code"))
    assert set(column("areas", "level")) == set(AreaLevel)
    orphans = [row["code"] for row in table("areas") if row["level"] != "city" and row["parent"] not in codes]
    assert orphans == []


def test_village_names_repeat_but_not_within_a_township() -> None:
    villages = [row for row in table("areas") if row["level"] == "village"]
    assert len(repeated([row["name"] for row in villages])) > 100
    assert repeated([row["parent"] + row["name"] for row in villages]) == []


def test_units_hang_on_one_city_centre() -> None:
    units = {row["code"]: row for row in table("units")}
    areas = set(column("areas", "code"))
    assert [code for code, row in units.items() if not row["parent_code"]] == ["GZ-12345"]
    for row in units.values():
        assert row["level"] in set(UnitLevel)
        assert row["area_code"] in areas
        assert row["is_centre"] in {"0", "1"}
        if row["parent_code"]:
            assert units[row["parent_code"]]["is_centre"] == "1"


def test_the_city_has_87_units_and_a_centre_for_each_county() -> None:
    units = table("units")
    assert len([row for row in units if row["level"] == "city" and row["is_centre"] == "0"]) == 87
    counties = {row["code"] for row in table("areas") if re.fullmatch(r"\d{6}0{6}", row["code"])}
    counties &= {row["code"] for row in table("areas") if row["level"] == "county"}
    assert len(counties) == 18
    assert counties <= {row["area_code"] for row in units if row["is_centre"] == "1"}


def test_chongyi_has_its_16_townships_and_its_bureaus() -> None:
    below = [row for row in table("units") if row["parent_code"] == "CY-12345"]
    townships = {row["area_code"] for row in below if row["level"] == "township"}
    wanted = {r["code"] for r in table("areas") if r["level"] == "township" and r["parent"] == CHONGYI}
    assert len(townships) == 16
    assert townships == wanted
    assert len([row for row in below if row["level"] == "county"]) >= 45


def test_every_department_is_known_and_every_type_of_unit_stands_somewhere() -> None:
    departments = set(column("units", "department"))
    assert departments - DEPARTMENTS - OTHER_DEPARTMENTS == set()
    assert DEPARTMENTS - departments == set()


def test_every_unit_has_sections_of_different_names() -> None:
    sections = table("sections")
    units = set(column("units", "code"))
    assert {row["unit_code"] for row in sections} == units
    assert repeated([row["unit_code"] + row["name"] for row in sections]) == []
    assert all(row["code"].startswith(row["unit_code"] + "-") for row in sections)


def test_the_sections_of_all_townships_are_the_same() -> None:
    townships = {row["code"] for row in table("units") if row["level"] == "township"}
    shapes = {code: [] for code in townships}
    for row in table("sections"):
        if row["unit_code"] in townships:
            shapes[row["unit_code"]].append((row["code"][-2:], row["name"]))
    assert len({tuple(shape) for shape in shapes.values()}) == 1


def test_an_area_is_managed_by_a_unit_that_exists() -> None:
    units, areas = set(column("units", "code")), set(column("areas", "code"))
    managers = {row["area_code"]: row["unit_code"] for row in table("area_managers")}
    assert set(managers) <= areas
    assert set(managers.values()) <= units
    assert {row["code"] for row in table("areas") if row["level"] == "county"} <= set(managers)
    assert managers["360702400000"] == "JK-12345"


def test_the_staff_hold_known_roles_in_units_and_sections_that_exist() -> None:
    staff = table("staff")
    section_unit = {row["code"]: row["unit_code"] for row in table("sections")}
    assert len(staff) == 39
    for row in staff:
        roles = listed(row["roles"])
        assert roles
        assert set(roles) <= set(Role)
        assert section_unit[row["section_code"]] == row["unit_code"]
    assert {role for row in staff for role in listed(row["roles"])} == set(Role) - {Role.PANELIST}


def test_a_deputy_is_a_colleague() -> None:
    unit_of = {row["staff_no"]: row["unit_code"] for row in table("staff")}
    for row in table("staff"):
        if row["deputy_no"]:
            assert row["deputy_no"] != row["staff_no"]
            assert unit_of[row["deputy_no"]] == row["unit_code"]


def test_sixty_panelists_of_every_profession_live_and_work_where_the_tables_know() -> None:
    pool = table("panelists")
    assert len(pool) == len({row["staff_no"] for row in pool}) == len({row["name"] for row in pool}) == 60
    assert {row["profession"] for row in pool} == {str(each) for each in Profession}
    assert min(Counter(row["profession"] for row in pool if row["is_active"] == "1").values()) >= 3
    areas, units = set(column("areas", "code")), set(column("units", "code"))
    assert {row["area_code"] for row in pool} <= areas
    assert {code for row in pool for code in (row["employer_code"], *listed(row["units"])) if code} <= units
    assert not {row["staff_no"] for row in pool} & set(column("staff", "staff_no"))
    assert not {row["name"] for row in pool} & set(column("staff", "name"))


def test_one_person_holds_two_staff_numbers() -> None:
    staff = table("staff")
    twice = repeated([row["person"] for row in staff])
    assert len(twice) == 1
    assert len({row["name"] for row in staff if row["person"] == twice[0]}) == 1
    assert repeated([row["name"] for row in staff if row["person"] != twice[0]]) == []


def test_every_unit_with_a_handler_has_another_person_to_review_him() -> None:
    staff = table("staff")
    for unit in {row["unit_code"] for row in staff if "handler" in listed(row["roles"])}:
        colleagues = [row for row in staff if row["unit_code"] == unit]
        drafters = {row["person"] for row in colleagues if "handler" in listed(row["roles"])}
        reviewers = {row["person"] for row in colleagues if "unit_reviewer" in listed(row["roles"])}
        assert any(drafters - {reviewer} for reviewer in reviewers)
        assert any("liaison" in listed(row["roles"]) for row in colleagues)


def test_a_duty_item_names_a_category_a_unit_and_its_section() -> None:
    categories = set(column("categories", "code"))
    units = set(column("units", "code")) | {TOWNSHIP}
    section_unit = {row["code"]: row["unit_code"] for row in table("sections")}
    any_township = next(row["code"] for row in table("units") if row["level"] == "township")
    for row in table("duty_items"):
        assert row["category_code"] in categories, row["item"]
        assert row["category_code"][2:] != "0000", row["item"]
        assert row["unit_code"] in units, row["item"]
        section = row["section_code"].replace(TOWNSHIP, any_township)
        assert section_unit[section] == row["unit_code"].replace(TOWNSHIP, any_township), row["item"]
        co_units = listed(row["co_unit_codes"])
        assert set(co_units) <= units - {row["unit_code"]}, row["item"]


def test_a_duty_item_stands_in_a_known_list() -> None:
    assert set(column("duty_items", "list_name")) <= set(DutyListName)


def test_a_duty_item_can_be_found_by_words_and_has_known_kinds() -> None:
    for row in table("duty_items"):
        words = listed(row["keywords"]) + listed(row["phrases"])
        assert len(words) >= 2, row["item"]
        assert all(len(word) >= 2 for word in words), row["item"]
        assert repeated(listed(row["keywords"])) == [], row["item"]
        assert set(listed(row["kinds"])) <= set(OrderKind), row["item"]


def test_the_scope_of_a_duty_item_is_the_level_of_its_unit() -> None:
    level_of = {row["code"]: row["level"] for row in table("units")} | {TOWNSHIP: "township"}
    wrong = [r["item"] for r in table("duty_items") if r["area_scope"] != level_of[r["unit_code"]]]
    assert wrong == []


def test_the_duty_list_is_long_enough_and_covers_every_department() -> None:
    rows = table("duty_items")
    assert len(rows) >= 450
    assert column("duty_items", "number") == [str(number) for number in range(1, len(rows) + 1)]
    department_of = {row["code"]: row["department"] for row in table("units")} | {TOWNSHIP: "街道乡镇"}
    covered = {department_of[row["unit_code"]] for row in rows}
    assert DEPARTMENTS - covered == set()
    assert len([row for row in rows if row["item"].startswith("根治欠薪")]) >= 15


def test_a_legal_basis_is_a_named_law_with_or_without_an_article() -> None:
    shape = re.compile(r"《[^《》]+》(第[一二三四五六七八九十百]+条)?")
    odd = [
        row["item"]
        for row in table("duty_items")
        if row["legal_basis"] and not shape.fullmatch(row["legal_basis"])
    ]
    assert odd == []


def test_every_chongyi_unit_has_a_duty() -> None:
    with_duty = set(column("duty_items", "unit_code"))
    bureaus = {r["code"] for r in table("units") if r["parent_code"] == "CY-12345" and r["level"] == "county"}
    assert bureaus - with_duty == set()
