"""Applications of the 专席 for the tests: whole forms that pass, and a store whose 人社局 decides them all."""

from typing import Any

from desk import special_seats
from desk.calls import CallNote
from tests.world import World

ID = "36072519800106000X"
"""A number of the right shape whose check digit fits; nobody's."""
PHONE = "13800000000"

SETTINGS: dict[str, Any] = {
    "special_seats.departments": dict.fromkeys(
        ("treatment_elsewhere", "stop_insurance", "join_insurance", "talent"), "人社局"
    ),
    "visits.departments": {"id_card": "城管局"},
    "visits.capacity": {"其他": 1},
}

TREATMENT = {
    "name": "李先生",
    "id_number": ID,
    "insured_place": "崇义县",
    "insurance": "resident",
    "kind": "settled",
    "place": "广东省深圳市",
    "starts": "2026-12-01",
    "phone": PHONE,
    "shown": "身份证、居住证",
}
STOP = {
    "name": "李先生",
    "id_number": ID,
    "insured_place": "崇义县横水镇",
    "reason": "employee",
    "starts": "2026年12月",
    "paid": "yes",
    "refund": "yes",
    "holder": "李先生",
    "bank": "崇义农商银行",
    "account": "6222 0000 1111 2222",
    "phone": PHONE,
    "shown": "身份证",
}
JOIN = {
    "name": "李小宝",
    "category": "newborn",
    "proof": "T360123456",
    "householder": "李先生",
    "address": "横水镇老城社区",
    "year": "2027",
    "period": "regular",
    "phone": PHONE,
    "missing": "户口簿",
}
TALENT = {
    "name": "刘女士",
    "phone": PHONE,
    "degree": "master",
    "topic": "housing",
    "question": "人才租房怎么申请",
    "way": "passed",
}
VISIT = {
    "name": "陈奶奶",
    "phone": PHONE,
    "reason": "old",
    "matter": "id_card",
    "address": "横水镇老城社区 3 栋 201",
    "day": "2026-11-25",
    "half": "morning",
}


def filed(world: World, form: str = "treatment_elsewhere", by: str = "1203", **changes: str) -> str:
    """File a whole form and return its number."""
    whole = {
        "treatment_elsewhere": TREATMENT,
        "stop_insurance": STOP,
        "join_insurance": JOIN,
        "talent": TALENT,
        "home_visit": VISIT,
    }[form]
    return special_seats.file_application(
        world.desks[by], form, {**whole, **changes}, CallNote(number=PHONE, line="12345")
    ).number


def state(world: World, number: str) -> str:
    """Return where an application stands."""
    return str(world.row("SELECT state FROM applications WHERE number = :no", no=number)["state"])


def last_event(world: World) -> str:
    """Return the kind of the newest event."""
    return str(world.row("SELECT kind FROM events ORDER BY seq DESC LIMIT 1")["kind"])


def query(world: World) -> str:
    """A talent query that waits for 人社局."""
    return filed(world, "talent")


def passed(world: World) -> str:
    """One that was decided: the citizen is to be rung."""
    number = query(world)
    special_seats.pass_application(world.desks["2201"], number)
    return number


def sent_back(world: World) -> str:
    """One to be mended."""
    number = query(world)
    special_seats.send_back(world.desks["2201"], number, "单位名称")
    return number


def booked(world: World) -> str:
    """A visit of 城管局 the day after tomorrow."""
    return filed(world, "home_visit", unit="县城管局")


def to_visit_today(world: World) -> str:
    """A visit whose day has come."""
    number = booked(world)
    world.clock.tick(days=2)
    return number
