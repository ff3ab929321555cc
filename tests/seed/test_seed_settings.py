"""The settings of the seed: the limits of the source, and lists that a rule can use."""

import csv
import json
import re
from importlib.resources import files
from pathlib import Path

import pytest

from db.codes import OrderKind, Urgency
from desk.rules import messages
from desk.rules.limits import Limits

CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def table():
    text = (files("seed") / "settings.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@pytest.fixture(scope="module")
def settings():
    return {row["key"]: json.loads(row["value"]) for row in table()}


def mostly_chinese(words):
    return sum("\u4e00" <= sign <= "\u9fff" for sign in words) >= len(words) / 2


def test_setting_keys_are_unique_dotted_and_titled_in_chinese():
    rows = table()
    assert len({row["key"] for row in rows}) == len(rows)
    for row in rows:
        assert re.fullmatch(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+", row["key"]), row["key"]
        assert mostly_chinese(row["title"]), row["key"]


@pytest.mark.parametrize(
    ("kind", "days"),
    [("inquiry", 2), ("complaint", 5), ("help_request", 5), ("suggestion", 5), ("tip_off", 10)],
)
def test_the_answer_limits_are_those_of_the_press_conference(settings, kind, days):
    assert settings[f"limits.{kind}.answer_days"] == days


def test_every_kind_of_order_has_a_limit_and_only_praise_has_none(settings):
    without = [kind for kind in OrderKind if settings[f"limits.{kind}.answer_days"] is None]
    assert without == [OrderKind.PRAISE]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("dispatch.normal_minutes", 240),
        ("dispatch.urgent_minutes", 30),
        ("sign.normal_days", 1),
        ("sign.urgent_minutes", 30),
        ("contact.urgent_minutes", 120),
        ("answer.urgent_hours", 24),
        ("emergency.minutes", 30),
        ("co_handling.days", 2),
        ("close_review.days", 1),
        ("callback.days", 2),
        ("inner.margin_days", 1),
        ("inner.inquiry_margin_days", 0.5),
        ("return.decide_hours", 2),
        ("extension.max_days", 10),
        ("extension.decide_hours", 4),
        ("suspension.max_days", 3),
        ("office.closes", "18:00"),
    ],
)
def test_the_defaults_are_those_of_the_practice_rules(settings, key, value):
    assert settings[key] == value


@pytest.mark.parametrize("key", ["office.hours", "callback.hours"])
def test_hours_are_ascending_and_do_not_overlap(settings, key):
    clocks = [clock for span in settings[key] for clock in span]
    assert all(CLOCK.fullmatch(clock) for clock in clocks)
    assert clocks == sorted(set(clocks))


def test_business_ends_when_the_last_office_hours_end(settings):
    assert settings["office.closes"] == settings["office.hours"][-1][1]


def test_the_last_alarm_rings_when_the_thirty_minutes_are_over(settings):
    alarms = settings["emergency.alarm_minutes"]
    assert alarms == sorted(alarms)
    assert alarms[-1] == settings["emergency.minutes"]


def test_codes_in_settings_are_codes_of_the_store(settings):
    assert set(settings["return.forbidden_urgencies"]) <= set(Urgency)
    assert set(settings["extension.forbidden_kinds"]) <= set(OrderKind)
    assert set(settings["secrecy.default_kinds"]) <= set(OrderKind)


def test_word_lists_hold_no_word_twice_and_no_single_sign(settings):
    lists = {key: value for key, value in settings.items() if key.endswith((".words", "_markers"))}
    assert len(lists) >= 8
    for key, words in lists.items():
        assert len(set(words)) == len(words), key
        assert [word for word in words if len(word) == 1 and word not in "姨侄"] == [], key


def test_every_kind_of_secrecy_marker_has_its_list(settings):
    for kind in settings["secrecy.markers"]:
        assert settings[f"secrecy.{kind}_markers"], kind


def test_a_new_store_has_the_same_limits_as_a_desk_without_settings(settings):
    assert Limits.from_settings(settings) == Limits()


def test_a_new_store_tells_people_in_the_words_of_the_rules(settings):
    for template in messages.TEMPLATES.values():
        assert settings[template.setting] == template.words
        assert messages.flaw_of(template, settings[template.setting]) == ""


def keys_read_in_the_code() -> set[str]:
    """Every setting that desk or screens ask for by name; a key with a part to fill in counts for all that fit."""
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for room in ("desk", "screens", "db")
        for path in Path(room).rglob("*.py")
    )
    return set(re.findall(r'["\']([a-z_]+\.[a-z_.{}]+)["\']', code))


def test_no_setting_is_for_show(settings):
    read = keys_read_in_the_code()
    patterns = [re.compile(re.sub(r"\{[a-z]+\}", "[a-z_]+", key)) for key in read if "{" in key]
    unread = [
        key for key in settings if key not in read and not any(each.fullmatch(key) for each in patterns)
    ]
    assert unread == []


def test_every_setting_that_is_asked_for_is_there_to_be_changed(settings):
    asked = set(re.findall(r'settings\.(?:get|words)\(\s*"([a-z_.]+)"', _code_of_desk()))
    assert asked <= set(settings)


def _code_of_desk() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in Path("desk").rglob("*.py"))


def test_every_type_of_emergency_has_its_card(settings):
    from desk.rules import incidents

    types = settings[incidents.TYPES]
    assert {"燃气泄漏", "道路救援", "山体滑坡", "水电气中断", "群体事件", "自杀风险", "走失"} <= set(types)
    for key in incidents.BY_TYPE:
        assert incidents.flaw_of(key, settings[key]) == ""
        assert set(settings[key]) <= set(types)
    for kind in types:
        found = incidents.incident(kind, settings)
        assert len(found.questions) >= 3, kind
        assert len(found.advice) >= 2, kind
        assert found.first_units, kind
        assert found.copied, kind
