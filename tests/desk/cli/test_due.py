"""`desk due` against the official calendars, with and without a store."""

import json

import pytest

from tests.desk.cli.conftest import Command
from tests.world import World

CASES = [
    (("投诉", "--from", "2026-09-30T10:00"), "2026-10-13 18:00"),
    (("咨询", "--from", "2026-02-13T16:00"), "2026-02-24 18:00"),
    (("举报", "--from", "2026-04-30T09:00"), "2026-05-18 18:00"),
    (("举报", "--from", "2027-02-01"), "2027-02-19 18:00 暂定（放假安排未公布）"),
    (("求助", "--urgency", "紧急", "--from", "2026-10-01T22:00"), "2026-10-02 22:00"),
    (("complaint", "--from", "2026年9月30日10时00分"), "2026-10-13 18:00"),
    (("表扬", "--from", "2026-09-30"), "不设时限"),
]


@pytest.mark.parametrize(("words", "first_line"), CASES)
def test_due_needs_no_store(bare: Command, words: tuple[str, ...], first_line: str) -> None:
    ran = bare("due", *words)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines()[0] == first_line


def test_due_explains_how_it_counted(bare: Command) -> None:
    lines = bare("due", "投诉", "--from", "2026-09-30T10:00").out.splitlines()
    assert (
        lines[1]
        == "5 个工作日：10-08 周四 … 10-13 周二 18:00（除去 10-01 至 10-07 国庆，10-10 周六补班计入）"
    )
    assert lines[2].startswith("签收 1 个工作日")


def test_due_in_json(bare: Command) -> None:
    ran = bare("due", "求助", "--urgency", "紧急", "--from", "2026-10-01T22:00", "--json")
    told = json.loads(ran.out)
    assert told["due_at"] == "2026-10-02T22:00+08:00"
    assert told["provisional"] is False
    assert [step["step"] for step in told["steps"]] == ["签收", "首次联系"]
    assert told["steps"][1]["due_at"] == "2026-10-02T00:00+08:00"


def test_due_follows_the_settings_of_the_store(
    bare: Command, at_home: object, tmp_path_factory: object
) -> None:
    world = World(at_home / "own.db", settings={"limits.complaint.answer_days": 3})
    ran = bare("due", "投诉", "--from", "2026-09-30T10:00", "--store", world.path)
    assert ran.out.splitlines()[0] == "2026-10-10 18:00"


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("表杨", "--from", "2026-10-01"), "诉求类型 不认识“表杨”"),
        (("投诉", "--from", "2026-02-30T10:00"), "--from “2026-02-30T10:00”不是存在的日期或时间"),
        (("投诉", "--from", "昨天"), "--from “昨天”看不懂"),
        (("投诉", "--from", "0001-01-01"), "年份不在 1980 至 2199 之间"),
        (("投诉", "--from", "2026-10-01", "--urgency", "急"), "--urgency 不认识“急”"),
        (("投诉", "--from", "2026-10-01", "--store", "none.db"), "none.db 不存在"),
    ],
)
def test_due_names_what_it_cannot_read(bare: Command, words: tuple[str, ...], line: str) -> None:
    ran = bare("due", *words)
    assert (ran.status, ran.out) == (2, "")
    assert line in ran.err
