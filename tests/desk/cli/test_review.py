"""`desk review`: reasons of what was sent back, and the checker on a file of replies."""

import json
from pathlib import Path

from desk import my_tickets
from tests.desk.cli.conftest import Command
from tests.desk.unit_desk import drafted
from tests.world import World


def test_reasons_of_a_month_in_lines_and_as_json(command: Command, world: World) -> None:
    my_tickets.send_back_reply(world.desk("2103"), drafted(world), "写明日期", ["date", "promise"])
    ran = command("review", "reasons", "--as", "1501")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "2026-11 崇义",
        "  退回 1：单位审核退回 1，办结审核退回 0",
        "按原因（一次退回可有几个原因）",
        "  承诺过头 1（单位审核 1，办结审核 0）",
        "  日期不实 1（单位审核 1，办结审核 0）",
        "按单位",
        "  县城管局 1（单位审核 1，办结审核 0）：承诺过头 1、日期不实 1",
    ]
    found = json.loads(command("review", "reasons", "--month", "2026-11", "--json", "--as", "2101").out)
    assert (found["by_units"], [line["reason"] for line in found["reasons"]]) == (1, ["promise", "date"])
    assert command("review", "reasons", "--month", "Nov", "--as", "1501").status == 2


def test_a_file_of_replies_is_looked_through(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "replies.jsonl"
    claim = {
        "title": "楼道灯不亮",
        "content": "3栋楼道灯不亮",
        "accepted": "2026-11-16",
        "replied": "2026-11-23",
    }
    good = {**claim, "id": "1", "reply": "经现场查看，楼道灯不亮属实，已于11月20日更换。"}
    bad = {**claim, "id": "2", "reply": f"{good['reply']}我们保证让您满意。"}
    file.write_text("\n".join(json.dumps(row) for row in (good, bad)) + "\n\n", encoding="utf-8")
    ran = command("review", "check", str(file), "--as", "1501")
    assert ran.out.splitlines() == [
        "第2行 楼道灯不亮：承诺过头：“保证让您满意”，只写做得到的",
        "共 2 件，有提示的 1 件",
    ]
    lines = [
        json.loads(line)
        for line in command("review", "check", str(file), "--json", "--as", "1501").out.splitlines()
    ]
    (start, end) = lines[1]["findings"][0]["places"][0]
    assert (lines[0]["findings"], lines[1]["findings"][0]["check"]) == ([], "promise")
    assert bad["reply"][start:end] == "保证让您满意"


def test_a_file_that_will_not_do_says_which_line(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "replies.jsonl"
    for text, line in (
        ('{"title": "x"}', "第 1 行不是带 title"),
        ("nonsense", "第 1 行"),
        ("[1]", "第 1 行"),
    ):
        file.write_text(text, encoding="utf-8")
        ran = command("review", "check", str(file), "--as", "1501")
        assert ran.status == 2
        assert line in ran.err
    assert command("review", "check", str(tmp_path / "none.jsonl"), "--as", "1501").status == 2
