"""The seed's words: categories, invented matters, callers and notices hang together."""

import csv
import json
import re
from collections import Counter
from importlib.resources import files

import pytest

from db.codes import OrderKind, Urgency

SEED = files("seed")
CONTENT_FILES = ("categories.csv", "settings.csv", "stories.jsonl", "callers.csv", "notices.csv")
CHONGYI = "360725000000"
MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
IDENTITY_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")


def text(name):
    return (SEED / name).read_text(encoding="utf-8")


def table(name):
    return list(csv.DictReader(text(name).splitlines()))


@pytest.fixture(scope="module")
def categories():
    return table("categories.csv")


@pytest.fixture(scope="module")
def settings():
    return {row["key"]: json.loads(row["value"]) for row in table("settings.csv")}


@pytest.fixture(scope="module")
def stories():
    return [json.loads(line) for line in text("stories.jsonl").splitlines()]


@pytest.fixture(scope="module")
def townships():
    return {row["name"]: row["code"] for row in table("areas.csv") if row["parent"] == CHONGYI}


@pytest.fixture(scope="module")
def county_departments():
    return {row["department"] for row in table("units.csv") if row["area_code"].startswith("360725")}


def story_words(story):
    return story["title"] + story["content"]


def mentions(words, story):
    return any(word in story_words(story) for word in words)


# categories


def test_the_category_tree_has_about_15_90_300_nodes(categories):
    size = Counter(row["level"] for row in categories)
    assert size["1"] == 15
    assert 80 <= size["2"] <= 100
    assert 280 <= size["3"] <= 330


def test_category_codes_are_unique_and_of_2_2_2_digits(categories):
    codes = [row["code"] for row in categories]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"\d{6}", code) for code in codes)


def test_each_category_hangs_below_the_code_it_begins_with(categories):
    level_of = {row["code"]: int(row["level"]) for row in categories}
    for row in categories:
        level = int(row["level"])
        assert row["code"][level * 2 :] == "00" * (3 - level)
        if level == 1:
            assert row["parent"] == ""
        else:
            assert row["parent"] == row["code"][: (level - 1) * 2] + "00" * (4 - level)
            assert level_of[row["parent"]] == level - 1


def test_no_category_above_the_leaves_is_empty(categories):
    parents = {row["parent"] for row in categories}
    assert all(row["code"] in parents for row in categories if row["level"] != "3")


def test_no_two_categories_share_a_name(categories):
    names = Counter(row["name"] for row in categories)
    assert [name for name, times in names.items() if times > 1] == []


# stories


def test_there_are_about_220_stories_in_the_usual_mix(stories):
    kinds = Counter(story["kind"] for story in stories)
    degrees = Counter(story["urgency"] for story in stories)
    assert 210 <= len(stories) <= 240
    assert 0.5 <= kinds["complaint"] / len(stories) <= 0.6
    assert kinds.keys() == set(OrderKind) - {OrderKind.UNDETERMINED}
    assert degrees["critical"] >= 6
    assert degrees["urgent"] >= 15


def test_story_codes_and_categories_exist(stories, categories):
    leaves = {row["code"] for row in categories if row["level"] == "3"}
    for story in stories:
        assert story["kind"] in set(OrderKind)
        assert story["urgency"] in set(Urgency)
        assert story["category"] in leaves, story["title"]


def test_each_story_happens_in_a_township_and_village_that_exist(stories, townships):
    villages = {(row["parent"], row["name"]) for row in table("areas.csv")}
    for story in stories:
        township = townships[story["area"]]
        if "village" in story:
            assert (township, story["village"]) in villages, story["title"]
    assert {story["area"] for story in stories} == set(townships)


def test_each_story_is_for_a_department_that_the_county_has(stories, county_departments):
    assert {story["department"] for story in stories} <= county_departments


def test_stories_and_their_replies_have_a_natural_length(stories):
    for story in stories:
        assert 4 <= len(story["title"]) <= 24, story["title"]
        assert 40 <= len(story["content"]) <= 160, story["title"]
        assert story["place"], story["title"]
        assert story["purpose"], story["title"]
        assert story["internal"], story["title"]
        assert 25 <= len(story["reply"]) <= 140, story["title"]


def test_no_story_is_told_twice(stories):
    for field in ("title", "content", "reply"):
        assert len({story[field] for story in stories}) == len(stories), field


def test_only_emergencies_have_a_type_and_it_is_on_the_list(stories, settings):
    for story in stories:
        if story["urgency"] == Urgency.CRITICAL:
            assert story["emergency_type"] in settings["emergency.types"], story["title"]
        else:
            assert story["emergency_type"] == "", story["title"]


def test_each_tip_off_names_whom_it_accuses_and_nobody_else_does(stories):
    for story in stories:
        assert bool(story["accused"]) == (story["kind"] == OrderKind.TIP_OFF), story["title"]


def test_tip_offs_carry_words_that_point_to_a_person(stories, settings):
    markers = [word for kind in settings["secrecy.markers"] for word in settings[f"secrecy.{kind}_markers"]]
    unmarked = [
        story["title"]
        for story in stories
        if story["kind"] == OrderKind.TIP_OFF and not any(word in story["content"] for word in markers)
    ]
    assert unmarked == []


def test_words_of_danger_or_urgency_find_every_story_that_is_not_ordinary(stories, settings):
    alarming = settings["urgent.words"] + settings["danger.words"]
    missed = [s["title"] for s in stories if s["urgency"] != Urgency.NORMAL and not mentions(alarming, s)]
    assert missed == []


def test_words_of_danger_or_urgency_rarely_cry_wolf(stories, settings):
    alarming = settings["urgent.words"] + settings["danger.words"] + settings["crisis.words"]
    ordinary = [story for story in stories if story["urgency"] == Urgency.NORMAL]
    false_alarms = [story["title"] for story in ordinary if mentions(alarming, story)]
    assert len(false_alarms) <= len(ordinary) * 0.05, false_alarms


def test_no_reply_promises_too_much_or_passes_the_buck(stories, settings):
    words = settings["promise.words"] + settings["buck_passing.words"]
    assert [story["title"] for story in stories for word in words if word in story["reply"]] == []


# callers and notices


def test_callers_are_distinct_and_speak_the_languages_of_the_county():
    callers = table("callers.csv")
    assert len(callers) == 120
    assert len({caller["name"] for caller in callers}) == 120
    assert {caller["gender"] for caller in callers} == {"先生", "女士"}
    assert {caller["language"] for caller in callers} == {"普通话", "客家话", "赣州官话"}


def test_no_caller_bears_the_name_of_one_of_the_staff():
    staff = {row["name"] for row in table("staff.csv")}
    assert staff & {caller["name"] for caller in table("callers.csv")} == set()


def test_notices_have_an_area_a_unit_and_a_running_time(townships, county_departments):
    notices = table("notices.csv")
    assert len(notices) >= 6
    for notice in notices:
        assert notice["area_name"] in {*townships, "崇义县"}
        assert notice["unit_department"] in county_departments
        assert float(notice["hours_from"]) < float(notice["hours_to"])
        assert len(notice["sentence"]) >= 20


def test_some_notices_run_now_and_one_is_still_to_come():
    spans = [(float(row["hours_from"]), float(row["hours_to"])) for row in table("notices.csv")]
    assert any(start <= 0 < end for start, end in spans)
    assert any(start > 0 for start, _ in spans)


# nobody's private data


@pytest.mark.parametrize("name", CONTENT_FILES)
def test_no_private_number_stands_in_the_seed(name):
    assert MOBILE.findall(text(name)) == []
    assert IDENTITY_NUMBER.findall(text(name)) == []


@pytest.mark.parametrize("name", CONTENT_FILES)
def test_seed_files_are_clean_utf_8_with_unix_lines(name):
    raw = (SEED / name).read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert b"\x00" not in raw
    assert raw.endswith(b"\n")
