"""`desk incident`: the city's types of emergency out as a table and in again, whole or not at all."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from db.codes import Deed
from seed import load
from tests.desk.cli.conftest import Command
from tests.world import World


@pytest.fixture
def world(tmp_path: Path) -> World:
    seeded = {row["key"]: json.loads(row["value"]) for row in load.table("settings.csv")}
    return World(
        tmp_path / "desk.db", settings={k: v for k, v in seeded.items() if k.startswith("emergency.")}
    )


def _changes(world: World) -> list[dict[str, object]]:
    return world.rows("SELECT * FROM events WHERE kind = :kind", kind=str(Deed.SET_SETTING))


def test_a_type_is_shown_with_what_to_ask_and_whom_to_ring(command: Command, world: World) -> None:
    said = command("incident", "show", "燃气泄漏").out.splitlines()
    assert said[0] == "燃气泄漏"
    assert "移交：119" in said
    assert any(line.startswith("先说的话：不开关任何电器") for line in said)
    assert command("incident", "show", "外星来客").status == 2


def test_what_is_exported_comes_back_unchanged_and_a_change_counts_at_once(
    command: Command, world: World, tmp_path: Path
) -> None:
    path = tmp_path / "types.xlsx"
    assert command("incident", "export", path).status == 0
    assert command("incident", "import", path).out == "无变化，未写入任何内容\n"
    book = load_workbook(path)
    page = book.active
    assert page is not None
    heads = [cell.value for cell in page[1]]
    page.cell(2, heads.index("先说的话") + 1).value = "马上到室外；不点火"
    page.delete_rows(3)
    book.save(path)
    assert command("incident", "import", path).out.startswith("已导入，改动 8 项设置")
    shown = json.loads(command("incident", "show", "燃气泄漏", "--json").out)
    assert shown["advice"] == ["马上到室外", "不点火"]
    assert "道路救援" not in command("incident", "list").out
    assert len(_changes(world)) == 8


def test_a_table_with_one_wrong_cell_changes_nothing(command: Command, world: World, tmp_path: Path) -> None:
    path = tmp_path / "types.csv"
    path.write_text("类型,移交\n燃气泄漏,911\n", encoding="utf-8")
    refused = command("incident", "import", path)
    assert refused.status == 2
    assert refused.err == "types.csv 第 2 行 移交：燃气泄漏 移交只能是 110、119、120、122，不能是“911”\n"
    path.write_text("类型\n燃气泄漏\n燃气泄漏\n", encoding="utf-8")
    assert "类型“燃气泄漏”重复" in command("incident", "import", path).err
    path.write_text("名称\n燃气泄漏\n", encoding="utf-8")
    assert "没有“类型”列" in command("incident", "import", path).err
    assert _changes(world) == []


def test_only_an_administrator_changes_the_types(command: Command, world: World, tmp_path: Path) -> None:
    path = tmp_path / "types.csv"
    path.write_text("类型\n燃气泄漏\n", encoding="utf-8")
    assert command("incident", "import", path, "--as", "1203").status != 0
    assert _changes(world) == []
