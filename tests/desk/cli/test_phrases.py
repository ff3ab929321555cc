"""`desk phrase`: one's own phrases and the hotline's, without the screen."""

import json

from tests.desk.cli.conftest import Command


def test_a_phrase_is_added_listed_changed_and_removed(command: Command) -> None:
    added = command("phrase", "add", "TS", "自___起停水", "--line", "12345", "--as", "1203")
    assert (added.status, added.out.split()) == (0, ["已添加：ts", "自己", "12345", "-", "自___起停水"])
    changed = command("phrase", "change", "ts", "停水了", "--to", "tsh", "--as", "1203", "--json")
    assert json.loads(changed.out)["body"] == "停水了"
    listed = [
        json.loads(line) for line in command("phrase", "list", "--json", "--as", "1203").out.splitlines()
    ]
    assert [(row["abbreviation"], row["line"], row["is_own"]) for row in listed] == [("tsh", "12345", True)]
    assert command("phrase", "remove", "tsh", "--as", "1203").status == 0
    assert command("phrase", "list", "--as", "1203").out.strip() == "还没有短语：用 desk phrase add 添加"


def test_a_shared_phrase_is_the_supervisors(command: Command) -> None:
    refused = command("phrase", "add", "ts", "停水", "--shared", "--as", "1203")
    assert refused.status == 2
    assert "公用短语变更" in refused.err
    assert command("phrase", "add", "ts", "停水", "--shared", "--as", "1002").status == 0
    assert "公用" in command("phrase", "list", "--as", "1203").out
    assert command("phrase", "remove", "ts", "--as", "1203").status == 2
    assert command("phrase", "remove", "ts", "--shared", "--as", "1002").status == 0


def test_an_abbreviation_on_two_lines_needs_the_line(command: Command) -> None:
    for line in ("12345", "12333"):
        command("phrase", "add", "zc", "职称", "--line", line, "--as", "1203")
    refused = command("phrase", "remove", "zc", "--as", "1203")
    assert (refused.status, refused.err.strip()) == (2, "缩写 zc 有 2 条，请用 --line 写明线路")
    assert command("phrase", "remove", "zc", "--line", "12333", "--as", "1203").status == 0
    assert command("phrase", "remove", "none", "--as", "1203").status == 2
