"""知识库 as .xlsx, .csv and Markdown: comes back unchanged, is examined as a whole, and never half taken in."""

import csv
from pathlib import Path

import pytest

from desk import knowledge
from desk.errors import BadInput, NotAllowed, Refused, Stale, StoreUnusable
from desk.importing import read_table
from desk.knowledge.columns import HEADS
from desk.knowledge.exporting import export
from desk.knowledge.importing import Plan, examine, take_in
from desk.knowledge.markdown import read_folder
from desk.knowledge_rows import EntryText
from tests.desk.test_knowledge import AGENT, CARD, LABOUR, NOISE, SUPERVISOR, happened, published
from tests.world import World

CARD_NO, NOISE_NO = "ZSK-QT-0001", "ZSK-QT-0002"
FORMS = ["out.xlsx", "out.csv", "out"]
AWKWARD = EntryText(
    topic="社保",
    title="=1+1 为什么",
    answer="第一段。\n\n## 依据\n# 不是标题\n--- \n第二段。",
    keywords="@甲、乙: 丙",
    basis="一、甲法\n二、乙法",
    valid_from="1958-01-09",
    owner="CY-RSJ",
)


@pytest.fixture(autouse=True)
def _entries(world: World) -> None:
    published(world)
    published(world, NOISE)


def plan_of(world: World, path: Path, *, is_whole: bool = False) -> Plan:
    table = read_folder(path) if path.is_dir() else read_table(path, names_formulas=True)
    return examine(world.desk(SUPERVISOR), table, is_whole=is_whole)


def rows_of(world: World, folder: Path) -> list[dict[str, str]]:
    path = folder / "rows.csv"
    export(world.desk(SUPERVISOR), path, may_overwrite=True)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def file_of(folder: Path, rows: list[dict[str, str]]) -> Path:
    path = folder / "in.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.mark.parametrize("name", FORMS)
def test_what_goes_out_comes_back_unchanged(world: World, tmp_path: Path, name: str) -> None:
    made = knowledge.propose(world.desk(LABOUR), AWKWARD)
    knowledge.publish(world.desk(SUPERVISOR), made.number)
    done = export(world.desk(SUPERVISOR), tmp_path / name)
    assert done.count == 3
    plan = plan_of(world, tmp_path / name, is_whole=True)
    assert (plan.flaws, plan.changes, plan.unchanged, plan.unknown_heads) == ((), (), 3, ())
    before = happened(world)
    take_in(world.desk(SUPERVISOR), plan)
    assert happened(world) == before
    with pytest.raises((Refused, StoreUnusable)):
        export(world.desk(SUPERVISOR), tmp_path / name)
    assert export(world.desk(SUPERVISOR), tmp_path / name, may_overwrite=True).count == 3


def test_one_dry_run_shows_what_is_new_what_changes_and_what_ends(world: World, tmp_path: Path) -> None:
    rows = rows_of(world, tmp_path)
    rows[0]["答复"] = "现在可以网上补办。"
    rows[1]["停用"] = "是"
    rows.append({**rows[0], "编号": "ZSK-RS-0009", "版本": "", "标题": "新条目"})
    plan = plan_of(world, file_of(tmp_path, rows))
    assert plan.flaws == ()
    assert [each.number for each in plan.added] == ["ZSK-RS-0009"]
    assert [each.differences for each in plan.changed] == [(("答复", CARD.answer, "现在可以网上补办。"),)]
    assert [each.number for each in plan.retired] == [NOISE_NO]
    assert knowledge.page(world.desk(AGENT), "网上").total == 0
    take_in(world.desk(SUPERVISOR), plan)
    assert [each.state for each in knowledge.full(world.desk(AGENT), CARD_NO).versions] == ["现行", "旧版"]
    assert knowledge.page(world.desk(AGENT), "噪音").total == 0
    assert knowledge.page(world.desk(AGENT), "新条目").total == 1
    assert happened(world)[-1] == "import_knowledge"


def test_with_whole_what_the_file_does_not_name_ends_and_may_come_back(world: World, tmp_path: Path) -> None:
    rows = rows_of(world, tmp_path)
    path = file_of(tmp_path, rows[:1])
    assert plan_of(world, path).changes == ()
    take_in(world.desk(SUPERVISOR), plan_of(world, path, is_whole=True))
    assert knowledge.page(world.desk(AGENT), "").total == 1
    plan = plan_of(world, file_of(tmp_path, [{**row, "版本": ""} for row in rows]))
    assert [each.number for each in plan.added] == [NOISE_NO]
    take_in(world.desk(SUPERVISOR), plan)
    assert [each.state for each in knowledge.full(world.desk(AGENT), NOISE_NO).versions] == ["现行", "旧版"]


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("热线", "110", "热线"),
        ("失效日期", "明天", "失效日期"),
        ("失效日期", "2020-01-01", "早于生效日期"),
        ("责任单位代码", "没有的单位", "责任单位"),
        ("标题", "", "标题"),
        ("版本", "7", "重新导出"),
        ("停用", "也许", "停用"),
        ("编号", "../x", "编号"),
        ("编号", NOISE_NO, "重复"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_taken_in(
    world: World, tmp_path: Path, column: str, value: str, words: str
) -> None:
    rows = rows_of(world, tmp_path)
    rows.insert(0, {**rows[0], "编号": "ZSK-RS-0010", "版本": ""})
    if column == "编号" and value == NOISE_NO:
        rows[1], rows[2] = rows[2], rows[1]
        rows[2] = {**rows[2], column: value, "版本": ""}
    else:
        rows[1] = {**rows[1], column: value}
    plan = plan_of(world, file_of(tmp_path, rows))
    assert any(words in plan.said(flaw) for flaw in plan.flaws), plan.flaws
    assert all(plan.said(flaw).startswith("in.csv 第 ") for flaw in plan.flaws)
    with world.nothing_written(), pytest.raises(BadInput, match="有错"):
        take_in(world.desk(SUPERVISOR), plan)


def test_a_column_that_is_left_out_changes_nothing(world: World, tmp_path: Path) -> None:
    kept = ("编号", "主题", "标题", "答复")
    rows = [{name: row[name] for name in kept} for row in rows_of(world, tmp_path)]
    assert plan_of(world, file_of(tmp_path, rows)).changes == ()
    with pytest.raises(BadInput, match="缺少列：答复"):
        plan_of(world, file_of(tmp_path, [{name: row[name] for name in kept[:3]} for row in rows]))


def test_a_bad_file_of_a_folder_is_named(world: World, tmp_path: Path) -> None:
    export(world.desk(SUPERVISOR), tmp_path / "lib")
    (tmp_path / "lib" / "坏.md").write_text("没有栏", encoding="utf-8")
    plan = plan_of(world, tmp_path / "lib")
    assert [plan.said(flaw).partition("：")[0] for flaw in plan.flaws] == ["坏.md"]
    with pytest.raises(BadInput, match="没有 .md"):
        plan_of(world, Path(__file__).parents[1] / "db")


def test_an_import_that_was_overtaken_is_refused(world: World, tmp_path: Path) -> None:
    rows = rows_of(world, tmp_path)
    rows[0]["答复"] = "文件里的。"
    plan = plan_of(world, file_of(tmp_path, rows))
    knowledge.retire(world.desk(SUPERVISOR), CARD_NO, "政策已变")
    with world.nothing_written(), pytest.raises(Stale):
        take_in(world.desk(SUPERVISOR), plan)


def test_who_may_not_is_refused(world: World, tmp_path: Path) -> None:
    path = file_of(tmp_path, rows_of(world, tmp_path))
    with pytest.raises(NotAllowed):
        examine(world.desk(AGENT), read_table(path))
    with pytest.raises(NotAllowed):
        export(world.desk(AGENT), tmp_path / "no.csv")
    assert set(HEADS) >= {"number", "version", "retired"}
