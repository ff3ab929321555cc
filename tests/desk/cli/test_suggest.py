"""`desk suggest`: from the duty list alone, on a store or as delivered."""

import json
from pathlib import Path

import pytest

from desk.cli import front
from tests.desk.cli.conftest import Command
from tests.world import START


@pytest.fixture
def seeded(at_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new store as `desk init` makes it, and administrator 1001 signed in."""
    path = at_home / "seeded.db"
    front.make_store(path, site="CY01", staff_no="1001", name="管理员", pin="246810", now=START)
    (at_home / "pin").write_text("246810", encoding="utf-8")
    monkeypatch.setenv("DESK_STORE", str(path))
    monkeypatch.setenv("DESK_AS", "1001")
    monkeypatch.setenv("DESK_PIN_FILE", str(at_home / "pin"))
    return path


def test_a_text_gets_units_with_share_and_reason(seeded: Path, bare: Command) -> None:
    ran = bare("suggest", "小区物业公司乱收物业费", "--top", "2")
    assert ran.status == 0
    first = ran.out.splitlines()[0]
    assert first.startswith("1 县住建局")
    assert "清单第" in first
    assert "%" in first


def test_a_file_is_answered_line_by_line(seeded: Path, bare: Command, at_home: Path) -> None:
    lines = [
        {
            "id": "7",
            "subject": "老板拖欠工资",
            "detail": "包工头欠农民工工资三个月",
            "time": "2026-01-01 10:00:00",
        },
        {"id": 8, "subject": "", "detail": "🙂🙂🙂", "time": ""},
    ]
    file = at_home / "ask.jsonl"
    file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    ran = bare("suggest", "--from", file, "--json", "--learn")
    assert ran.status == 0
    told = [json.loads(line) for line in ran.out.splitlines()]
    assert [each["id"] for each in told] == ["7", 8]
    best = told[0]["suggestions"][0]
    assert best["department"] == "人社局"
    assert set(best) == {"unit", "department", "section", "score", "why"}
    assert 0 < best["score"] <= 1
    assert told[1]["suggestions"] == []


def test_a_file_teaches_as_it_is_answered_and_leaves_no_lesson_behind(
    seeded: Path, bare: Command, at_home: Path
) -> None:
    line = {
        "id": 1,
        "subject": "蓝鲸广场的喷泉不喷水",
        "detail": "蓝鲸广场喷泉停了半年",
        "department": "文旅局",
    }
    file = at_home / "ask.jsonl"
    file.write_text("\n".join([json.dumps(line, ensure_ascii=False)] * 2), encoding="utf-8")
    for _ in range(2):
        ran = bare("suggest", "--from", file, "--json", "--learn")
        first, again = (json.loads(told)["suggestions"] for told in ran.out.splitlines())
        assert [each["department"] for each in first[:1]] != ["文旅局"]
        assert again[0]["department"] == "文旅局"


def test_to_learn_needs_a_file(seeded: Path, bare: Command) -> None:
    ran = bare("suggest", "路灯不亮", "--learn")
    assert ran.status == 2
    assert "--learn 须与 --from 文件 一起用" in ran.err


def test_without_a_store_the_delivered_duty_list_answers(bare: Command) -> None:
    ran = bare("suggest", "路灯不亮好几天了", "--json")
    assert ran.status == 0
    assert json.loads(ran.out)["suggestions"][0]["unit"]
    assert "未指明工号" in ran.err


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('{"id": "1", "subject": "停水"', "ask.jsonl 第 2 行：不是完整的 JSON"),
        ('{"subject": "停水", "detail": "停水"}', "ask.jsonl 第 2 行 id：缺少编号"),
        ('{"id": "1", "subject": 5, "detail": "停水"}', "ask.jsonl 第 2 行 subject：须为文字"),
        ('{"id": "1"}', "ask.jsonl 第 2 行 detail：缺少诉求内容"),
    ],
)
def test_a_bad_line_is_named_before_anything_is_answered(
    bare: Command, at_home: Path, line: str, words: str
) -> None:
    (at_home / "ask.jsonl").write_text(f'{{"id": "0", "detail": "停电"}}\n{line}\n', encoding="utf-8")
    ran = bare("suggest", "--from", at_home / "ask.jsonl", "--json")
    assert (ran.status, ran.out) == (2, "")
    assert words in ran.err


@pytest.mark.parametrize("words", [(), ("停水", "--from", "x.jsonl"), (" ",), ("停水", "--top", "0")])
def test_suggest_wants_one_text_or_one_file(bare: Command, words: tuple[str, ...]) -> None:
    ran = bare("suggest", *words)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.count("\n") == 1
