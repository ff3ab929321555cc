"""An export of 职责清单 comes back unchanged, holds no formula, and leaves an event that says who took it."""

import csv
import json
import os
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from db.codes import DutyListName
from desk import duties, exchange
from desk.duties.fields import label
from desk.errors import BadInput, Refused, StoreUnusable
from tests.desk.duty_files import ITEMS, LITTER, NOISE, SUPERVISOR, WAGES, file_of, fill, plan_of, taken
from tests.world import World

FORMS = ["xlsx", "csv"]
LABELS = [label(name) for name in duties.HEADS]


@pytest.fixture(autouse=True)
def _list(world: World) -> None:
    fill(world)


def read(path: Path) -> list[dict[str, Any]]:
    """The lines of an exported file, every cell as text."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))
    heads, *rows = load_workbook(path).worksheets[0].iter_rows(values_only=True)
    return [
        dict(zip(map(str, heads), ("" if cell is None else str(cell) for cell in row), strict=True))
        for row in rows
    ]


@pytest.mark.parametrize("form", FORMS)
def test_a_line_holds_codes_and_names_side_by_side(world: World, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"out.{form}"
    done = duties.export(world.desk(SUPERVISOR), path)
    assert (done.path, done.count) == (path, 3)
    litter, noise, wages = read(path)
    assert list(noise) == LABELS
    assert {name: noise[name] for name in NOISE} == {name: str(value) for name, value in NOISE.items()}
    assert (noise["一级分类"], noise["二级分类"], noise["三级分类"]) == ("城市管理", "市容环境", "噪音扰民")
    assert (noise["承办单位"], noise["科室"], noise["协办单位"]) == ("县城管局", "执法大队", "横水镇")
    assert (noise["版本"], noise["生效日期"], noise["失效日期"]) == ("1", "2026-11-23", "")
    assert (litter["序号"], wages["清单"]) == ("7", "根治欠薪工作责任清单")
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("all_versions", [False, True])
def test_it_comes_back_unchanged(world: World, tmp_path: Path, form: str, all_versions: bool) -> None:
    desk = world.desk(SUPERVISOR)
    taken(desk, file_of(tmp_path / "a.csv", ({**NOISE, "短语": "半夜打桩"},)))
    world.clock.tick(days=2)
    taken(desk, file_of(tmp_path / "b.csv", (LITTER,)), is_whole=True)
    world.clock.tick(days=2)
    taken(desk, file_of(tmp_path / "c.csv", (NOISE,)))
    path = tmp_path / f"out.{form}"
    count = duties.export(desk, path, all_versions=all_versions).count
    assert count == (5 if all_versions else 3)
    with world.nothing_written():
        plan = plan_of(desk, path, is_whole=True)
        assert plan.is_good, (plan.flaws, plan.conflicts)
        assert (plan.changes, plan.unchanged, plan.past) == ((), 3, count - 3)
        duties.take_in(desk, plan)


@pytest.mark.parametrize("form", FORMS)
def test_every_version_has_a_line_with_its_days(world: World, tmp_path: Path, form: str) -> None:
    world.clock.tick(days=1)
    taken(world.desk(SUPERVISOR), file_of(tmp_path / "a.csv", ({**NOISE, "短语": "半夜打桩"},)))
    path = tmp_path / f"out.{form}"
    duties.export(world.desk(SUPERVISOR), path, all_versions=True)
    lines = [line for line in read(path) if line["序号"] == "118"]
    assert [(line["版本"], line["生效日期"], line["失效日期"], line["短语"]) for line in lines] == [
        ("1", "2026-11-23", "2026-11-24", "夜里打桩"),
        ("2", "2026-11-24", "", "半夜打桩"),
    ]


@pytest.mark.parametrize("form", FORMS)
def test_one_list_alone(world: World, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"out.{form}"
    assert duties.export(world.desk(SUPERVISOR), path, duties.list_named("欠薪")).count == 1
    assert [line["事项"] for line in read(path)] == ["拖欠工资"]
    assert plan_of(world.desk(SUPERVISOR), path, is_whole=True).changes == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [("欠薪", "wages"), ("职责清单", "duty"), ("duty", "duty"), ("根治欠薪工作责任清单", "wages")],
)
def test_a_list_is_named_by_its_name_or_a_part_of_it(text: str, code: str) -> None:
    assert duties.list_named(text) is DutyListName(code)


@pytest.mark.parametrize("text", ["", "清单", "别的", "欠薪清单"])
def test_what_names_no_list_or_both_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="可写：职责清单、根治欠薪工作责任清单"):
        duties.list_named(text)


RISKY = ["=cmd|' /C calc'!A0", "+1+2", "-1+1", "@SUM(A1)", "＝１＋１", "'=1+1", "''@A1", "'普通'"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("words", RISKY)
def test_no_cell_becomes_a_formula_and_every_one_comes_back(
    world: World, tmp_path: Path, form: str, words: str
) -> None:
    desk = world.desk(SUPERVISOR)
    line = {**NOISE, "事项": words, "关键词": f"{words};噪音", "短语": words, "法律依据": words}
    written = {name: exchange.harmless(str(value)) for name, value in line.items()}
    taken(desk, file_of(tmp_path / "a.csv", (written,)))
    assert duties.item(desk, 118).versions[0].content.item == words
    path = tmp_path / f"out.{form}"
    duties.export(desk, path)
    if form == "xlsx":
        cells = [cell for row in load_workbook(path).worksheets[0].iter_rows() for cell in row]
        assert "f" not in {cell.data_type for cell in cells}
        assert words in {cell.value for cell in cells}
    else:
        assert not [cell for row in read(path) for cell in row.values() if cell and cell[0] in "=+-@＝＋"]
    plan = plan_of(desk, path, is_whole=True)
    assert (plan.flaws, plan.changes) == ((), ())


@pytest.mark.parametrize("form", FORMS)
def test_a_code_stays_a_text_when_somebody_edits_it(world: World, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"out.{form}"
    duties.export(world.desk(SUPERVISOR), path)
    if form == "xlsx":
        sheet = load_workbook(path).worksheets[0]
        cell = sheet["D2"]
        assert (cell.value, cell.data_type, cell.number_format) == ("010101", "s", "@")
        assert sheet["A2"].value == 7


def test_an_export_is_one_event(world: World, tmp_path: Path) -> None:
    desk = world.desk(SUPERVISOR)
    duties.export(desk, tmp_path / "out.xlsx")
    (event,) = world.rows("SELECT kind, actor_uid, data FROM events")
    assert (event["kind"], event["actor_uid"]) == ("exported", desk.actor.uid)
    assert json.loads(event["data"]) == {"duty_items": 3, "form": ".xlsx"}


def test_a_file_that_is_there_stays_unless_it_may_be_replaced(world: World, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("mine", encoding="utf-8")
    with world.nothing_written(), pytest.raises(Refused, match="已存在，未做任何改动"):
        duties.export(world.desk(SUPERVISOR), path)
    assert path.read_text(encoding="utf-8") == "mine"
    duties.export(world.desk(SUPERVISOR), path, may_overwrite=True)
    assert len(read(path)) == 3


@pytest.mark.parametrize("form", FORMS)
def test_a_full_disk_leaves_neither_file_nor_event(
    world: World, tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, *_: Any) -> None:
        path.write_text("half", encoding="utf-8")
        raise OSError(28, os.strerror(28), str(path))

    monkeypatch.setitem(exchange._WRITERS, f".{form}", full)
    with world.nothing_written(), pytest.raises(StoreUnusable, match="磁盘已满，本次未保存"):
        duties.export(world.desk(SUPERVISOR), tmp_path / f"out.{form}")
    assert [path.name for path in tmp_path.iterdir() if "out" in path.name] == []


@pytest.mark.parametrize(
    ("name", "reason"),
    [("out.pdf", "只能导出 .xlsx .csv"), ("none/out.csv", "打不开"), ("out", "格式不认识")],
)
def test_a_place_that_cannot_be_written_is_named(
    world: World, tmp_path: Path, name: str, reason: str
) -> None:
    with world.nothing_written(), pytest.raises(Refused, match=reason):
        duties.export(world.desk(SUPERVISOR), tmp_path / name)


class TestFinding:
    @pytest.mark.parametrize(
        ("text", "numbers"),
        [
            ("", [7, 118, 201]),
            ("打桩", [118]),
            ("城管局", [7, 118]),
            ("县城管局 垃圾", [7]),
            ("环卫所", [7]),
            ("噪音扰民", [7, 118, 201]),
            ("118", [118]),
            ("0101", [7, 118, 201]),
            ("没有这样的", []),
        ],
    )
    def test_every_word_has_to_stand_somewhere_in_the_item(
        self, world: World, text: str, numbers: list[int]
    ) -> None:
        assert [each.number for each in duties.find(world.desk("2101"), text).versions] == numbers

    def test_one_list_alone(self, world: World) -> None:
        found = duties.find(world.desk("1203"), "", DutyListName.WAGES)
        assert [each.number for each in found.versions] == [201]

    def test_an_item_that_is_not_there_is_refused(self, world: World) -> None:
        with pytest.raises(Refused, match="清单没有第99项；用 desk duty list 文字 查序号"):
            duties.item(world.desk("1203"), 99)


def test_the_three_items_of_the_tests_are_what_their_files_say(world: World, tmp_path: Path) -> None:
    plan = plan_of(world.desk(SUPERVISOR), file_of(tmp_path / "a.csv", ITEMS), is_whole=True)
    assert (plan.changes, plan.unchanged) == ((), len((NOISE, LITTER, WAGES)))
