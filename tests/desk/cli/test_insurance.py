"""`desk insurance`: the same checks without a screen (practice P17)."""

import json
from pathlib import Path

import pytest

from tests.desk.cli.conftest import Command
from tests.desk.insured import NUMBER, csv_file
from tests.world import World


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path / "desk.db", settings={"insurance.source": "none", "insurance.csv_path": ""})


@pytest.fixture
def number_file(tmp_path: Path) -> Path:
    path = tmp_path / "number.txt"
    path.write_text(NUMBER + "\n")
    return path


def test_a_city_sets_its_file_and_tries_it(command: Command, tmp_path: Path, number_file: Path) -> None:
    said = ("--call", "T9", "--name", "样例甲", "--fact", "参保地", "--id-file", number_file, "--as", "1203")
    refused = command("insurance", "look", *said, "--value", "章贡", "--agrees", "yes")
    assert (refused.status, "没有接入社保数据" in refused.err) == (2, True)
    for key, value in (("insurance.csv_path", csv_file(tmp_path)), ("insurance.source", "csv")):
        assert command("settings", "set", key, value, "--as", "1001").status == 0
    (tmp_path / "社保.csv").chmod(0o644)
    assert "社保.csv（本机其他账户也能读" in command("insurance", "source", "--as", "1203").out
    (tmp_path / "社保.csv").chmod(0o600)
    assert command("insurance", "source", "--as", "1203").out.endswith("社保.csv\n")
    refused = command("insurance", "look", *said, "--value", "南康")
    assert (refused.status, refused.err.count("\n"), "已记录" in refused.err) == (2, 1, True)
    record = json.loads(command("insurance", "look", "--json", *said, "--value", "章贡").out)
    assert record["记录"][1] == ["缴费状态", "正常参保"]
    assert "正常参保" in command("insurance", "look", *said, "--value", "章贡").out
    refused = command("insurance", "verify", *said[:-1], "2101", "--value", "章贡")
    assert (refused.status, "话务员" in refused.err) == (2, True)
