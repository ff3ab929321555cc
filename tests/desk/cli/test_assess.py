"""`desk assess`: the figures of a month, the orders behind them, what is left out, scores, and a file."""

import json
from pathlib import Path

from desk import assessment
from tests.desk import assessed
from tests.desk.cli.conftest import Command
from tests.world import World


def test_the_figures_are_told_computed_and_scored_apart(command: Command, world: World) -> None:
    assert "2026-11 还没有可考核的" in command("assess", "--as", "1002").out
    assessed.handled_score(world)
    told = command("assess", "--as", "1002", "--month", "2026-11").out
    assert "县城管局  总分 " in told
    assert "  人评  处理成效 2.00（1 份）" in told
    assert "  计算  收件 1" in told
    rows = [json.loads(line) for line in command("assess", "--json", "--as", "1002").out.splitlines()]
    row = next(row for row in rows if row["unit"] == "县城管局")
    assert row["human"]["handling"] == {"value": "2.00", "part": 2, "whole": 1}
    assert row["computed"]["signed"] == {"value": "100%", "part": 1, "whole": 1}
    assert "handling" not in row["computed"]
    assert row["numbers"]["received"] == 1


def test_one_unit_its_orders_and_its_scores(command: Command, world: World) -> None:
    score_id = assessed.handled_score(world)
    assessment.appeal_score(world.desk("2101"), score_id, "当天已到场")
    order_no = world.row("SELECT order_no FROM work_orders ORDER BY id DESC LIMIT 1")["order_no"]
    one = command("assess", "--unit", "县城管局", "--as", "1002").out
    assert "县人社局" not in one
    assert order_no in command("assess", "--behind", "received", "--unit", "CY-CGJ", "--as", "1002").out
    assert "申诉待决：当天已到场" in command("assess", "--scores", "--as", "1002").out
    scored = json.loads(command("assess", "--scores", "--json", "--as", "2101").out)
    assert (scored["order"], scored["points"], scored["by"]) == (order_no, 2, "崇义")
    unknown = command("assess", "--unit", "没这家", "--as", "1002")
    assert (unknown.status, unknown.err.count("\n")) == (2, 1)


def test_what_is_left_out_says_why(command: Command, world: World) -> None:
    order_no = assessed.unreasonable(world)
    assert command("assess", "--left-out", "--as", "1002").out.endswith("社会评议不合理\n")
    told = json.loads(command("assess", "--left-out", "--json", "--as", "1002").out)
    assert (told["order"], told["why"]) == (order_no, "社会评议不合理")


def test_the_file_is_written_once_and_for_nobody_else(command: Command, world: World, tmp_path: Path) -> None:
    assessed.closed(world)
    path = tmp_path / "考核.xlsx"
    assert command("assess", "--save", path, "--as", "1002").out == f"已存 {path}\n"
    assert path.stat().st_mode & 0o777 == 0o600
    assert command("assess", "--save", path, "--as", "1002").status == 2
    assert command("assess", "--save", path, "--force", "--as", "1002").status == 0
    for wrong in (("--month", "2026-13"), ("--behind", "beauty"), ("--save", tmp_path / "考核.csv")):
        refused = command("assess", *wrong, "--as", "1002")
        assert (refused.status, refused.err.count("\n")) == (2, 1), wrong
    assert command("assess", "--save", tmp_path / "b.xlsx", "--as", "1203").status == 2


def test_the_figures_are_shown_to_be_what_the_events_say(command: Command, world: World) -> None:
    assessed.closed(world)
    assert "与办理经过逐条重算一致" in command("assess", "--verify", "--as", "1002").out
    with world.database.write() as writer:
        writer.run("DELETE FROM assessment_marks WHERE kind = 'received'")
    found = command("assess", "--verify", "--as", "1002")
    assert (found.status, "与办理经过不符" in found.out) == (1, True)
