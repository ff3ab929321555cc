"""The knowledge of the seed: whole rows, each said once, owned by a known department, valid in time."""

import csv
import re
from datetime import date
from importlib.resources import files

import pytest

SEED = files("seed")
COLUMNS = [
    "number",
    "line",
    "topic",
    "title",
    "keywords",
    "answer",
    "basis",
    "owner_department",
    "valid_from",
    "valid_to",
    "review_by",
]
TOPICS = {"社保", "就业", "人事考试", "职称", "医保", "公积金", "户籍", "不动产", "城管", "教育"}
MUST_BE_FILLED = ("number", "topic", "title", "keywords", "answer", "basis", "owner_department", "valid_from")
FEWEST_ROWS = 240
FEWEST_OF_A_LINE = 100
ANSWER_SIGNS = (60, 220)
KEYWORDS = (3, 8)
LONG_NUMBER = re.compile(r"\d{11}")
FIRST_REVIEW, LAST_REVIEW = date(2027, 1, 31), date(2027, 11, 30)


def table(name):
    return list(csv.DictReader((SEED / name).read_text(encoding="utf-8").splitlines()))


@pytest.fixture(scope="module")
def rows():
    return table("knowledge.csv")


def test_knowledge_has_its_columns_and_enough_whole_rows(rows):
    assert list(rows[0]) == COLUMNS
    assert len(rows) >= FEWEST_ROWS
    for row in rows:
        assert None not in (*row, *row.values()), row["number"]
        assert all(row[name].strip() == row[name] for name in COLUMNS), row["number"]
        assert all(row[name] for name in MUST_BE_FILLED), row["number"]


@pytest.mark.parametrize("column", ["number", "title", "answer"])
def test_no_knowledge_is_written_twice(rows, column):
    values = [row[column] for row in rows]
    assert sorted({value for value in values if values.count(value) > 1}) == []


def test_numbers_tell_one_topic_area_and_run_without_gaps(rows):
    places = {}
    for row in rows:
        match = re.fullmatch(r"ZSK-([A-Z]{2})-(\d{4})", row["number"])
        assert match, row["number"]
        places.setdefault(match[1], []).append(int(match[2]))
    for letters, numbers in places.items():
        assert numbers == list(range(1, len(numbers) + 1)), letters


def test_every_topic_of_both_lines_is_answered(rows):
    assert {row["topic"] for row in rows} >= TOPICS
    lines = [row["line"] for row in rows]
    assert set(lines) <= {"12345", "12333", ""}
    assert lines.count("12345") >= FEWEST_OF_A_LINE
    assert lines.count("12333") >= FEWEST_OF_A_LINE


def test_owners_are_departments_of_the_unit_list(rows):
    departments = {row["department"] for row in table("units.csv")}
    assert {row["owner_department"] for row in rows} <= departments


def test_dates_are_real_and_in_order(rows):
    for row in rows:
        begins, review = date.fromisoformat(row["valid_from"]), date.fromisoformat(row["review_by"])
        assert begins < FIRST_REVIEW <= review <= LAST_REVIEW, row["number"]
        if row["valid_to"]:
            assert begins < date.fromisoformat(row["valid_to"]), row["number"]


def test_some_policies_end_and_most_do_not(rows):
    ending = [row for row in rows if row["valid_to"]]
    assert 0 < len(ending) < len(rows) / 10


def test_answers_can_be_read_aloud(rows):
    shortest, longest = ANSWER_SIGNS
    for row in rows:
        assert shortest <= len(row["answer"]) <= longest, row["number"]
        assert row["answer"].endswith("。"), row["number"]


def test_keywords_are_few_and_differ(rows):
    fewest, most = KEYWORDS
    for row in rows:
        words = row["keywords"].split("、")
        assert fewest <= len(words) <= most, row["number"]
        assert len(set(words) - {""}) == len(words), row["number"]


def test_no_row_holds_a_personal_number(rows):
    assert [row["number"] for row in rows if LONG_NUMBER.search("".join(row.values()))] == []


def test_the_house_word_for_being_late_is_kept(rows):
    assert [row["number"] for row in rows if "逾期" in "".join(row.values())] == []
