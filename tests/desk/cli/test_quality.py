"""`desk quality`: drawn, listed, judged, answered, decided, counted without the screens."""

import json
from pathlib import Path

from db.codes import CallSummary
from tests.desk.cli.conftest import Command
from tests.desk.quality_desk import filed, judged, to_check
from tests.world import World


def test_what_is_drawn_is_listed_and_judged(command: Command, world: World) -> None:
    assert command("quality", "list", "--as", "1501").out == "这一栏没有质检\n"
    filed(world, summary=CallSummary.NUISANCE, recording_no="REC-1")
    assert command("quality", "draw", "--as", "1501").out == "看过新记录 1 条，列入质检 1 条\n"
    listed = json.loads(command("quality", "list", "--json", "--as", "1501").out)
    assert (listed["reason"], listed["recording_no"], listed["staff_no"]) == ("nuisance", "REC-1", "1203")
    ran = command("quality", "judge", listed["id"], "--fail", "服务态度", "--none", "派单", "--as", "1501")
    assert (ran.status, "请写评语" in ran.err) == (2, True)
    ran = command(
        "quality",
        "judge",
        listed["id"],
        "--fail",
        "服务态度",
        "--none",
        "派单",
        "--words",
        "急躁",
        "--as",
        "1501",
    )
    assert "76 分" in ran.out
    assert "服务态度 20：不合格" in ran.out
    assert command("quality", "judge", 99, "--as", "1501").status == 2
    assert command("quality", "judge", listed["id"], "--fail", "礼貌", "--as", "1501").status == 2
    assert "已检" in command("quality", "list", "--view", "已检", "--as", "1501").out


def test_the_agent_answers_and_another_decides(command: Command, world: World) -> None:
    key = judged(world)
    assert command("quality", "answer", key, "--words", "", "--as", "1203").status == 2
    assert command("quality", "answer", key, "--words", "清单如此", "--as", "1203").status == 0
    ran = command("quality", "decide", key, "--pass", "派单", "--words", "改", "--as", "1501")
    assert (ran.status, "评分的人不能裁定" in ran.err) == (2, True)
    ran = command("quality", "decide", key, "--pass", "派单", "--words", "清单如此，改判", "--as", "1502")
    assert "裁定改判" in ran.out
    shown = json.loads(command("quality", "show", key, "--json", "--as", "1203").out)
    assert (shown["row"]["points"], shown["row"]["state"]) == (100, "settled")


def test_records_are_added_and_figures_exported(command: Command, world: World, tmp_path: Path) -> None:
    to_check(world)
    filed(world, recording_no="REC-2")
    assert (
        "已列入质检" in command("quality", "add", "REC-2", "--why", "旁听", "--complaint", "--as", "1002").out
    )
    assert command("quality", "add", "REC-2", "--why", "旁听", "--as", "1002").status == 2
    said = command("quality", "figures", "--month", "2026-11", "--as", "1002").out
    assert "王芳 1203：话务 2，应检 1，抽取 2，已检 0（0.0%）" in said
    assert json.loads(command("quality", "figures", "--json", "--as", "1002").out)["whole"]["drawn"] == 2
    path = tmp_path / "质检.xlsx"
    assert command("quality", "export", path, "--as", "1002").status == 0
    assert command("quality", "export", path, "--as", "1002").status == 2
    assert command("quality", "export", path, "--force", "--as", "1002").status == 0
    assert command("quality", "figures", "--month", "11月", "--as", "1002").status == 2
    assert command("quality", "list", "--view", "待检", "--as", "1203").status == 2
