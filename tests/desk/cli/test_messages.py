"""`desk messages`: sent by a timer, listed and tried again without a screen (practice P19)."""

import json
from pathlib import Path

from tests.desk.cli.conftest import Command
from tests.world import World


def test_a_timer_sends_and_says_what_failed(command: Command, world: World, tmp_path: Path) -> None:
    world.order()
    assert "没有配置" in command("messages", "send").out
    assert "没有配置" in command("messages", "list", "--as", "1203").out
    with world.database.write() as writer:
        for key, value in {"messages.command": [str(tmp_path / "gone")], "messages.pauses": []}.items():
            writer.insert("settings", {"key": key, "value": json.dumps(value)})
    ran = command("messages", "send", "--json")
    none = {"sent": 0, "again": 0, "failed": 0}
    assert (ran.status, json.loads(ran.out)) == (1, {**none, "failed": 1, "steps": none})
    row = json.loads(command("messages", "list", "--json", "--as", "1203").out)
    assert (row["state"], row["failure"], row["number"]) == ("failed", "没有这个发送程序", "13800000000")
    assert "已排队重发" in command("messages", "retry", row["id"], "--as", "1203").out
    assert "messages.accepted：【12345热线】" in command("messages", "templates", "--as", "1203").out
