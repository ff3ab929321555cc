"""`desk report`: what is called for, what there is, and a file of it."""

import json
from pathlib import Path

from desk import reports
from tests.desk.cli.conftest import Command
from tests.desk.emergencies import an_emergency
from tests.world import World


def test_reports_are_listed_shown_and_saved(command: Command, world: World, tmp_path: Path) -> None:
    assert command("report", "list", "--as", "1002").out == "没有该报的，也没有报告\n"
    order_no = an_emergency(world, "群体事件").order_no
    assert "该报" in command("report", "list", "--as", "1002").out
    kind, words = reports.proposed(world.desk("1401"), order_no)
    crowd = {"people_now": "约40人", "demand": "结清工资"}
    row = reports.draft(world.desk("1401"), kind, {**words, **crowd}, order_no)
    reports.send(world.desk("1401"), reports.approve(world.desk("1002"), row.id).id, "刘国平", "电话")
    listed = json.loads(command("report", "list", "--json", "--as", "1002").out.splitlines()[-1])
    assert listed["number"] == "12345专报〔2026〕1号"
    shown = command("report", "show", row.id, "--as", "1002").out
    assert shown.startswith("# 专报（初报）：群体事件")
    assert "- 刘国平 电话 未阅" in shown
    path = tmp_path / "专报.docx"
    assert command("report", "save", row.id, path, "--as", "1002").status == 0
    assert path.stat().st_mode & 0o777 == 0o600
    assert command("report", "save", row.id, path, "--as", "1002").status == 2
    assert command("report", "show", 99, "--as", "1002").status == 2
    assert command("report", "list", "--as", "1203").status == 2
