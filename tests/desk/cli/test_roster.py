"""`desk team` and `desk roster`: teams and a month of roster out as tables and in again, whole or not at all."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from db.codes import TeamName
from desk import stewardship
from tests.desk.cli.conftest import Command
from tests.world import World

TEN_DAYS = ("--from", "2027-01-01", "--until", "2027-01-10")


@pytest.fixture
def team(command: Command, world: World) -> None:
    for place in range(3):
        world.clock.tick(seconds=1)
        stewardship.add_member(
            world.desk("2101"), f"演练{'甲乙丙'[place]}", f"1380000002{place}", team=TeamName.RESPONSE
        )


def _book(path: Path) -> tuple[object, object, list[object]]:
    book = load_workbook(path)
    page = book.active
    assert page is not None
    return book, page, [cell.value for cell in page[1]]


@pytest.mark.usefixtures("team")
def test_a_month_is_planned_shown_and_without_gap(command: Command, world: World) -> None:
    assert command("roster", "gaps").status == 1
    assert "空班 2026-11-23 工作日 白班 县城管局" in command("roster", "gaps").out
    assert "排了 62 班，没有空班" in command("roster", "plan").out
    gaps = command("roster", "gaps")
    assert (gaps.status, gaps.out) == (0, "没有空班\n")
    said = command("roster", "list", "--day", "2026-11-29").out.splitlines()
    assert said[0].startswith("2026-11-29 周末 白班 08:00-18:00 夜班 18:00-08:00")
    assert len(said) == 3
    assert all("演练" in line for line in said[1:])


@pytest.mark.usefixtures("team")
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_roster_comes_back_unchanged(command: Command, tmp_path: Path, form: str) -> None:
    command("roster", "plan", *TEN_DAYS)
    path = tmp_path / f"值班.{form}"
    assert "共 20 行" in command("roster", "export", path, *TEN_DAYS).out
    assert command("roster", "import", path).out == "无变化，未写入任何内容\n"


@pytest.mark.usefixtures("team")
def test_a_changed_line_counts_and_an_emptied_one_is_a_gap(
    command: Command, world: World, tmp_path: Path
) -> None:
    command("roster", "plan", *TEN_DAYS)
    path = tmp_path / "值班.xlsx"
    command("roster", "export", path, *TEN_DAYS)
    book, page, heads = _book(path)
    place = heads.index("姓名") + 1
    assert page.cell(2, heads.index("日期性质") + 1).value == "周五 元旦"  # type: ignore[attr-defined]
    before = page.cell(2, place).value  # type: ignore[attr-defined]
    page.cell(2, place).value = next(name for name in ("演练甲", "演练乙") if name != before)  # type: ignore[attr-defined]
    page.cell(3, place).value = None  # type: ignore[attr-defined]
    for row in (2, 3):
        page.cell(row, heads.index("电话") + 1).value = None  # type: ignore[attr-defined]
    book.save(path)  # type: ignore[attr-defined]
    assert command("roster", "import", path).out == "已导入：新排 1 班，撤下 2 班，照旧 18 班，空 1 班\n"
    said = command("roster", "list", "--day", "2027-01-01", "--json").out.splitlines()
    assert json.loads(said[0])["stands"]["夜班"] == []


@pytest.mark.usefixtures("team")
@pytest.mark.parametrize(
    ("head", "value", "said"),
    [
        ("姓名", "无名氏", "第 2 行：无名氏不是县城管局的应急队员"),
        ("班次", "午班", "第 2 行：没有班次“午班”"),
        ("日期", "10月1日吧", "第 2 行：日期"),
        ("单位代码", "CY-没有", "第 2 行："),
        ("姓名", "=1+1", "第 2 行 姓名 是公式"),
    ],
)
def test_one_bad_line_and_nothing_is_taken(
    command: Command, world: World, tmp_path: Path, head: str, value: str, said: str
) -> None:
    command("roster", "plan", *TEN_DAYS)
    path = tmp_path / "值班.xlsx"
    command("roster", "export", path, *TEN_DAYS)
    book, page, heads = _book(path)
    page.cell(2, heads.index(head) + 1).value = value  # type: ignore[attr-defined]
    page.cell(3, heads.index("姓名") + 1).value = None  # type: ignore[attr-defined]
    book.save(path)  # type: ignore[attr-defined]
    before = world.rows("SELECT * FROM roster_shifts")
    ran = command("roster", "import", path)
    assert world.rows("SELECT * FROM roster_shifts") == before
    assert ran.status == 2
    assert said in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.usefixtures("team")
def test_the_teams_come_back_and_what_the_file_says_of_a_unit_is_all_of_it(
    command: Command, world: World, tmp_path: Path
) -> None:
    path = tmp_path / "队伍.xlsx"
    assert "已导出 3 人" in command("team", "export", path).out
    assert command("team", "import", path).out == "无变化，未写入任何内容\n"
    book, page, heads = _book(path)
    page.cell(2, heads.index("角色") + 1).value = "队长"  # type: ignore[attr-defined]
    page.delete_rows(4)  # type: ignore[attr-defined]
    book.save(path)  # type: ignore[attr-defined]
    assert command("team", "import", path).out == "已导入：新增 1 人，移出 2 人，照旧 1 人\n"
    said = command("team", "list", "--emergency").out.splitlines()
    assert len(said) == 2
    assert any("队长" in line for line in said)
    page.cell(2, heads.index("角色") + 1).value = "司令"  # type: ignore[attr-defined]
    book.save(path)  # type: ignore[attr-defined]
    ran = command("team", "import", path)
    assert (ran.status, "第 2 行：角色只能写队长、副队长、队员" in ran.err) == (2, True)


@pytest.mark.usefixtures("team")
def test_one_turn_is_set_and_dropped(command: Command) -> None:
    at = ("--unit", "县城管局", "--day", "2026-12-01", "--shift", "夜班")
    assert command("roster", "set", *at, "--name", "演练甲").out == "已排：县城管局 12-01 周二 夜班 演练甲\n"
    assert command("roster", "set", *at, "--name", "演练丁").status == 2
    key = json.loads(command("roster", "list", "--day", "2026-12-01", "--json").out)["stands"]["夜班"][0][
        "key"
    ]
    assert command("roster", "drop", key, "--why", "排错").out.startswith("已撤下：县城管局")
    assert command("roster", "drop", key, "--why", "排错").status == 2
