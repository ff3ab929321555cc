"""`desk knowledge`, as one types it: listed, shown, out and in again, and what is due."""

import csv
import json
from pathlib import Path

import pytest

from tests.desk.cli.conftest import Command
from tests.desk.test_knowledge import CARD, NOISE, published
from tests.world import World

CARD_NO, NOISE_NO = "ZSK-QT-0001", "ZSK-QT-0002"


@pytest.fixture(autouse=True)
def _entries(world: World) -> None:
    published(world)
    published(world, NOISE)


def test_entries_are_listed_found_and_shown(command: Command) -> None:
    assert command("knowledge", "list").out.splitlines()[-1] == "共 2 条"
    assert command("knowledge", "list", "--limit", 1).out.splitlines()[-1] == "共 2 条，已列出 1 条"
    found = command("knowledge", "list", "噪", "--as", "1203").out.splitlines()
    assert found[0].split()[:3] == [NOISE_NO, "城管", NOISE.title]
    (row,) = map(json.loads, command("knowledge", "list", "--topic", "社保", "--json").out.splitlines())
    assert (row["number"], row["line"], row["owner"]) == (CARD_NO, "12333", "县人社局")
    shown = command("knowledge", "show", CARD_NO.lower()).out
    assert shown.splitlines()[0] == f"{CARD_NO} 第1版（现行） {CARD.title}"
    assert f"依据：{CARD.basis}" in shown
    assert json.loads(command("knowledge", "show", CARD_NO, "--json").out)["answer"] == CARD.answer


def test_a_file_goes_out_is_changed_tried_and_comes_in(command: Command, at_home: Path) -> None:
    assert command("knowledge", "export", "库.csv").out.startswith("已导出 2 条：")
    path = at_home / "库.csv"
    path.write_text(path.read_text("utf-8-sig").replace("补办。", f"{'补办，' * 20}或网上办。"), "utf-8")
    tried = command("knowledge", "import", path, "--dry-run")
    assert tried.out.splitlines()[0] == "改动 1 条"
    assert tried.out.splitlines()[-1] == "以上只是检查，什么也没有写入"
    assert command("knowledge", "list", "网上").out == "共 0 条\n"
    done = command("knowledge", "import", path, "--json")
    assert json.loads(done.out)["changed"] == [CARD_NO]
    assert command("knowledge", "list", "网上").out.splitlines()[-1] == "共 1 条"
    command("knowledge", "export", "新.csv")
    newer = at_home / "新.csv"
    newer.write_text(newer.read_text("utf-8-sig").replace("或网上办", "或掌上办"), "utf-8")
    tried = command("knowledge", "import", newer, "--dry-run").out
    assert "或掌上办" in tried, "the part that differs is shown, however far behind it stands"
    again = command("knowledge", "import", path)
    assert (again.status, again.out) == (2, "")
    assert "重新导出" in again.err


def test_a_folder_goes_out_and_comes_in(command: Command, at_home: Path) -> None:
    assert command("knowledge", "export", "库").status == 0
    assert sorted(each.name for each in (at_home / "库").iterdir()) == [f"{CARD_NO}.md", f"{NOISE_NO}.md"]
    (at_home / "库" / f"{NOISE_NO}.md").unlink()
    ran = command("knowledge", "import", at_home / "库", "--whole")
    assert ran.out.splitlines()[:2] == ["停用 1 条", f"  {NOISE_NO} {NOISE.title}"]


def test_a_bad_row_is_named_and_nothing_comes_in(command: Command, at_home: Path) -> None:
    command("knowledge", "export", "库.csv")
    with (at_home / "库.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[0]["答复"] = "改。"
    rows[1]["复核日期"] = "哪天"
    with (at_home / "坏.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    ran = command("knowledge", "import", "坏.csv")
    assert ran.status == 2
    assert "坏.csv 第 3 行 复核日期" in ran.err
    assert "坏.csv 共 2 条，其中 1 条有错，一条也没有导入" in ran.err
    assert command("knowledge", "list", "改").out == "共 0 条\n"


def test_what_is_due_is_listed(command: Command) -> None:
    assert command("knowledge", "expiring").out == "共 0 条\n"
    told = command("knowledge", "expiring", "--days", 300).out.splitlines()
    assert told[-1] == "共 1 条"
    assert "应于 2027-06-30 前复核" in told[0]


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("show", "ZSK-XX-0001"), "没有编号为"),
        (("show", "第一条"), "只能是字母"),
        (("list", "--limit", "-1"), "不能是负数"),
        (("expiring", "--days", "-1"), "不能是负数"),
        (("export", "库.pdf"), "格式不认识"),
        (("export", "库.csv", "--as", "1203"), "没有“导出”的权限"),
        (("import", "没有.csv"), "读不了"),
        ((), "缺少"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(command: Command, words: tuple[str, ...], line: str) -> None:
    ran = command("knowledge", *words)
    assert ran.status == 2
    assert line in ran.err
    assert len(ran.err.splitlines()) == 1


def test_what_is_no_folder_is_said_so(command: Command) -> None:
    ran = command("knowledge", "import", "没有这个夹")
    assert (ran.status, ran.err.count("\n"), "没有文件夹" in ran.err) == (2, 1, True)
