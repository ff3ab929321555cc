"""`desk duty`: what an import would do is read before it is done; what is wrong is named and stops everything."""

import json
from pathlib import Path

import pytest

from tests.desk.cli.conftest import Command
from tests.desk.duty_files import ITEMS, LITTER, NOISE, WAGES, file_of, fill, in_force, table_of
from tests.world import World

LOUDER = {**NOISE, "关键词": "施工噪音;打桩机;噪音", "科室代码": "", "诉求类型": "投诉"}
DUST = {**NOISE, "序号": 300, "事项": "工地扬尘", "关键词": "扬尘"}


@pytest.fixture(autouse=True)
def _list(world: World) -> None:
    fill(world)


def test_a_dry_run_shows_what_would_change_field_by_field(
    command: Command, world: World, at_home: Path
) -> None:
    before = table_of(world)
    ran = command(
        "duty", "import", file_of(at_home / "a.xlsx", (LOUDER, DUST, WAGES)), "--dry-run", "--whole"
    )
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "a.xlsx（整份清单，文件里没有的停用）",
        "新增 1 项",
        "  第300项 工地扬尘（第1版） 县城管局 执法大队",
        "改动 1 项",
        "  第118项 夜间施工噪音（第1版 → 第2版） 县城管局",
        "    关键词：施工噪音;打桩;噪音 → 施工噪音;打桩机;噪音（添 打桩机；减 打桩）",
        "    诉求类型：投诉;求助 → 投诉",
        "    科室：执法大队（ZF） → 空",
        "停用 1 项",
        "  第7项 环境卫生保洁（第1版，停用） 县城管局 环卫所",
        "无变化 1 项",
        "以上只是检查，什么也没有写入",
    ]
    assert table_of(world) == before
    assert [row["kind"] for row in world.rows("SELECT kind FROM events")] == ["log_in"]


def test_a_dry_run_as_json(command: Command, at_home: Path) -> None:
    path = file_of(at_home / "a.csv", (LOUDER, DUST, LITTER))
    lines = [
        json.loads(line) for line in command("duty", "import", path, "--dry-run", "--json").out.splitlines()
    ]
    added, changed, counts = lines
    assert (added["act"], added["number"], added["item"]) == ("added", 300, "工地扬尘")
    assert (changed["act"], changed["version"]) == ("changed", 2)
    assert changed["fields"]["科室"] == ["执法大队（ZF）", ""]
    assert {name: counts[name] for name in ("added", "changed", "retired", "unchanged", "bad")} == {
        **{"added": 1, "changed": 1, "retired": 0},
        **{"unchanged": 1, "bad": 0},
    }
    assert len(counts["sha256"]) == 64


def test_an_import_says_what_it_did_and_names_what_it_retired(
    command: Command, world: World, at_home: Path
) -> None:
    path = file_of(at_home / "a.csv", (LOUDER, DUST, WAGES))
    ran = command("duty", "import", path, "--whole", "--as", "1002")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "  第7项 环境卫生保洁（第1版，停用） 县城管局 环卫所",
        "已导入：新增 1 项，改动 1 项，停用 1 项，无变化 1 项；已生效，其他坐席随即按新清单建议",
    ]
    assert in_force(world)[118] == (2, "施工噪音;打桩机;噪音")
    assert [row["kind"] for row in world.rows("SELECT kind FROM events")] == ["log_in", "import_duty"]
    told = json.loads(command("duty", "import", path, "--whole", "--as", "1002", "--json").out)
    assert (told["edition"], told["unchanged"], told["changed"]) == (1, 3, 0)


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_what_was_exported_comes_back_without_a_change(command: Command, at_home: Path, form: str) -> None:
    path = at_home / f"out.{form}"
    assert command("duty", "export", path).out == f"已导出 3 项：{path}\n"
    ran = command("duty", "import", path, "--dry-run", "--whole")
    assert (ran.status, ran.out) == (0, f"out.{form}：无变化，3 项与现行清单相同\n")
    ran = command("duty", "import", path)
    assert (ran.status, ran.out) == (0, "无变化：3 项与现行清单相同，未写入任何内容\n")


def test_an_export_of_one_list_in_every_version(command: Command, at_home: Path) -> None:
    command("duty", "import", file_of(at_home / "a.csv", ({**WAGES, "短语": "欠薪"},)))
    ran = command("duty", "export", at_home / "out.csv", "--list", "欠薪", "--all-versions", "--json")
    assert json.loads(ran.out) == {"file": str(at_home / "out.csv"), "items": 2}
    ran = command("duty", "export", at_home / "out.csv")
    assert (ran.status, "已存在" in ran.err) == (2, True)
    assert command("duty", "export", at_home / "out.csv", "--force").out.startswith("已导出 3 项")


def test_every_bad_line_is_named_and_nothing_is_taken_in(
    command: Command, world: World, at_home: Path
) -> None:
    before = table_of(world)
    lines = (LOUDER, {**LITTER, "关键词": ""}, {**WAGES, "承办单位代码": "CY-XXX"}, {**NOISE, "序号": 300})
    path = file_of(at_home / "a.csv", lines)
    for more in ((), ("--dry-run",)):
        ran = command("duty", "import", path, *more)
        assert ran.status == 2
        said = ran.err.splitlines()
        assert said[0] == "a.csv 第 3 行 关键词：不能为空，至少写一个，多个用分号隔开"
        assert said[1] == "a.csv 第 4 行 承办单位代码：没有单位“CY-XXX”；用 desk units 文字 查代码"
        assert said[-1] == "a.csv 共 4 行，其中 3 行有错或有冲突，一项也没有导入；请修改后重新导入"
        conflict = "a.csv 第 5 行 事项：第300项与第118项重叠"
        assert any(conflict in line for line in (*said, *ran.out.splitlines()))
    assert table_of(world) == before
    assert "import_duty" not in [row["kind"] for row in world.rows("SELECT kind FROM events")]


def test_a_column_that_means_nothing_is_told(command: Command, at_home: Path) -> None:
    path = file_of(at_home / "a.csv", [{**item, "备注": "x"} for item in ITEMS])
    assert command("duty", "import", path, "--dry-run").err == "注意：不认识的列已略过：备注\n"


def test_show_tells_every_version(command: Command, at_home: Path, world: World) -> None:
    world.clock.tick(days=1)
    command("duty", "import", file_of(at_home / "a.csv", (LOUDER,)))
    ran = command("duty", "show", 118, "--as", "1203")
    assert ran.out.splitlines()[:3] == [
        "清单第118项（第2版，现行） 夜间施工噪音",
        "  有效     2026-11-24 09:00 起",
        "  清单     职责清单",
    ]
    assert "清单第118项（第1版，已不适用） 夜间施工噪音" in ran.out
    assert "  有效     2026-11-23 09:00 至 2026-11-24 09:00" in ran.out
    assert "  分类     010101 城市管理 > 市容环境 > 噪音扰民" in ran.out
    assert "  承办单位 县城管局（CY-CGJ）" in ran.out
    assert "  协办单位 横水镇（CY-HSZ）" in ran.out
    versions = [json.loads(line) for line in command("duty", "show", 118, "--json").out.splitlines()]
    assert [(each["版本"], each["科室"]) for each in versions] == [(2, ""), (1, "执法大队")]
    assert command("duty", "show", 999).err == "清单没有第999项；用 desk duty list 文字 查序号\n"
    assert "须为整数" in command("duty", "show", "一百").err


def test_list_finds_items_by_words(command: Command) -> None:
    ran = command("duty", "list", "县城管局", "噪音扰民", "--as", "2101")
    assert [line.split()[:4] for line in ran.out.splitlines()] == [
        ["7", "环境卫生保洁", "县城管局", "环卫所"],
        ["118", "夜间施工噪音", "县城管局", "执法大队"],
        ["共", "2", "项"],
    ]
    assert command("duty", "list", "--list", "欠薪").out.endswith("第1版\n共 1 项\n")
    assert command("duty", "list", "没有").out == "没有符合的事项，请换几个字再查\n"
    assert command("duty", "list", "--limit", "1").out.endswith(
        "共 3 项，已列出 1 项；加 --limit 0 列出全部\n"
    )
    assert [json.loads(line)["序号"] for line in command("duty", "list", "--json").out.splitlines()] == [
        7,
        118,
        201,
    ]
    assert command("duty", "list", "--limit", "-1").status == 2
    assert "没有清单“别的”" in command("duty", "list", "--list", "别的").err


@pytest.mark.parametrize("who", ["1203", "1301", "2101"])
def test_nobody_else_takes_a_list_out_or_in(command: Command, at_home: Path, who: str) -> None:
    path = file_of(at_home / "a.csv", ITEMS)
    for words in (("import", path, "--dry-run"), ("import", path), ("export", at_home / "out.csv")):
        ran = command("duty", *words, "--as", who)
        assert (ran.status, "请由班长、管理员办理" in ran.err) == (2, True)


def test_the_help_lists_the_columns(command: Command) -> None:
    ran = command("duty", "import", "--help")
    assert ran.status == 0
    for words in ("序号*", "承办单位代码*", "协办单位", "失效日期", "--whole", "--dry-run"):
        assert words in ran.out
    assert "export|import|show|list" in command("duty", "--help").out
