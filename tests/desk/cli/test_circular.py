"""`desk circular`: from the figures of a period to a file of it."""

import json
from pathlib import Path

from tests.desk.circular_life import fortnight
from tests.desk.cli.conftest import Command
from tests.world import World


def test_a_circular_goes_from_draft_to_file(command: Command, world: World, tmp_path: Path) -> None:
    assert command("circular", "list", "--as", "1501").out == "没有通报\n"
    assert command("circular", "draft", "--week", "--as", "1501").status == 2, "nothing happened that week"
    fortnight(world)
    ran = command("circular", "draft", "--from", "2026-11-23", "--until", "2026-12-06", "--as", "1501")
    assert "反面" in ran.out
    assert "县城管局" in ran.out
    assert "【工作作风】" in ran.out
    row = json.loads(command("circular", "list", "--json", "--as", "1501").out)
    key = row["id"]
    assert (row["state"], row["until"]) == ("待签发", "2026-12-05T00:00:00+08:00")
    assert (
        "已有一份草稿"
        in command("circular", "draft", "--from", "2026-11-23", "--until", "2026-12-05", "--as", "1501").err
    )
    assert "待签发" in command("circular", "recount", key, "--as", "1501").out
    assert command("circular", "approve", key, "--as", "1501").status == 2
    assert "12345督查通报〔2026〕1号" in command("circular", "approve", key, "--as", "1701").out
    assert "已签收 0/2" in command("circular", "send", key, "--as", "1501").out
    assert "已签收 0/3" in command("circular", "send", key, "CY-HSZ", "--as", "1501").out
    assert "待签收" not in command("circular", "read", key, "--as", "2101").err
    assert "联络甲 签收" in command("circular", "show", key, "--as", "1501").out
    assert "CY01-" not in command("circular", "show", key, "--as", "2101").out
    path = tmp_path / "通报.docx"
    assert command("circular", "save", key, path, "--as", "2101").out == f"已存 {path}\n"
    assert command("circular", "save", key, path, "--as", "2101").status == 2
    assert json.loads(command("circular", "save", key, path, "--force", "--json", "--as", "2101").out) == {
        "file": str(path)
    }
    assert command("circular", "show", 99, "--as", "1501").status == 2
    assert command("circular", "list", "--as", "1203").status == 2
