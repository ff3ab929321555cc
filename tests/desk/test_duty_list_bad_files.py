"""What is wrong with a duty list is named by line, field and what to do, and nothing of it is taken in."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from desk import duties
from desk.errors import BadInput
from desk.importing import read_table
from tests.desk import hostile
from tests.desk.dispatching import add_unit
from tests.desk.duty_files import (
    ITEMS,
    LITTER,
    NOISE,
    SUPERVISOR,
    WAGES,
    file_of,
    fill,
    in_force,
    plan_of,
    table_of,
)
from tests.world import World

OTHER = {**NOISE, "序号": 300, "事项": "工地扬尘", "关键词": "扬尘"}
DATED = {"生效日期": "2026-11-23", "失效日期": "2026-11-23"}
BAD_CELLS: list[tuple[dict[str, Any], str, str]] = [
    ({"承办单位代码": "CY-CGX"}, "承办单位代码", "没有单位“CY-CGX”，相近的有：CY-CGJ"),
    ({"承办单位代码": "县城管"}, "承办单位代码", "用 desk units 文字 查代码"),
    ({"承办单位代码": ""}, "承办单位代码", "不能为空，请写单位代码或名称"),
    ({"承办单位代码": "CY-CGJ", "承办单位": "县人社局"}, "承办单位代码", "CY-CGJ 是“县城管局”，与“承办单位”一栏的“县人社局”不符"),
    ({"科室代码": "XX"}, "科室代码", "县城管局没有科室“XX”；用 desk units --sections 县城管局 查"),
    ({"科室代码": "LD"}, "科室代码", "县城管局没有科室“LD”，它属于县人社局"),
    ({"科室代码": "ZF", "科室": "环卫所"}, "科室代码", "ZF 是“执法大队”，与“科室”一栏的“环卫所”不符"),
    ({"分类编号": "999999"}, "分类编号", "没有分类“999999”，请写 6 位分类编号"),
    ({"分类编号": ""}, "分类编号", "不能为空"),
    ({"分类编号": "010000"}, "分类编号", "010000 是一级分类，请写到二级或三级"),
    ({"一级分类": "交通"}, "分类编号", "010101 的一级分类是“城市管理”，不是“交通”"),
    ({"分类编号": "", "一级分类": "城市管理", "三级分类": "灰尘"}, "分类编号", "没有分类“城市管理 > 灰尘”"),
    ({"协办单位代码": "CY-HSZ;CY-YYY"}, "协办单位代码", "没有单位“CY-YYY”"),
    ({"协办单位代码": "CY-HSZ;横水镇"}, "协办单位代码", "有重复的单位"),
    ({"协办单位代码": "CY-CGJ"}, "协办单位代码", "县城管局已是承办单位，不能又是协办"),
    ({"协办单位代码": "CY-HSZ", "协办单位": "县人社局"}, "协办单位代码", "与“协办单位”一栏的“县人社局”不符"),
    ({"诉求类型": "投诉;抱怨"}, "诉求类型", "不认识“抱怨”，可写：咨询、求助、投诉、举报、建议、表扬"),
    ({"诉求类型": "待定"}, "诉求类型", "不认识“待定”"),
    ({"诉求类型": "投诉;投诉"}, "诉求类型", "“投诉”写了两次"),
    ({"适用范围": "省级"}, "适用范围", "不认识“省级”，可写：市级、县级、乡镇级、村级"),
    ({"适用范围": ""}, "适用范围", "不能为空，可写：市级"),
    ({"适用范围": "市级"}, "适用范围", "是市级，而县城管局是县级单位：请改范围或单位"),
    ({"清单": "别的清单"}, "清单", "没有清单“别的清单”，可写：职责清单、根治欠薪工作责任清单"),
    ({"关键词": ""}, "关键词", "不能为空，至少写一个，多个用分号隔开"),
    ({"关键词": " ； ;"}, "关键词", "不能为空"),
    ({"关键词": "噪音;吵"}, "关键词", "“吵”太短，每个关键词至少 2 字"),
    ({"关键词": "噪" * 21}, "关键词", "太长，每个关键词最多 20 字"),
    ({"短语": "吵"}, "短语", "“吵”太短，每个短语至少 2 字"),
    ({"关键词": ";".join(f"噪音{n}" for n in range(81))}, "关键词", "有 81 个，最多 80 个"),
    ({"关键词": "噪音;噪音"}, "关键词", "“噪音”写了两次，请删去一个"),
    ({"关键词": "噪" * 4_001}, "关键词", "最多 4000 字"),
    ({"事项": ""}, "事项", "请填写事项"),
    ({"事项": "长" * 61}, "事项", "最多 60 字"),
    ({"事项": "噪\x00音"}, "事项", "第 2 个字是控制字符（U+0000）"),
    ({"法律依据": "长" * 201}, "法律依据", "最多 200 字"),
    ({"序号": ""}, "序号", "不能为空，新事项请接着最大的序号往下编"),
    ({"序号": "第三项"}, "序号", "“第三项”不是 1 至 999999 的整数"),
    ({"序号": "0"}, "序号", "不是 1 至 999999 的整数"),
    ({"序号": "3.5"}, "序号", "不是 1 至 999999 的整数"),
    ({"序号": "9" * 5_000}, "序号", "最多 4000 字"),
    ({"序号": "118"}, "序号", "118 与第 2 行重复，请改一个"),
    ({"版本": "二"}, "版本", "“二”不是版本号"),
    ({"序号": 7, "版本": 4}, "版本", "清单第7项没有第4版，现为第1版"),
    ({"生效日期": "去年"}, "生效日期", "“去年”看不懂，请写成 2026-11-23"),
    ({"生效日期": "2026-02-30"}, "生效日期", "“2026-02-30”不是存在的日期"),
    ({"生效日期": "2027-01-01"}, "生效日期", "2027-01-01 晚于今天"),
    ({"失效日期": "2027-01-01"}, "失效日期", "2027-01-01 晚于今天"),
    ({"生效日期": "2026-11-23", "失效日期": "2026-11-22"}, "失效日期", "2026-11-22 早于生效日期 2026-11-23"),
    ({"失效日期": "2026-11-23"}, "失效日期", "不在清单里的事项不能停用，请清空"),
    ({"序号": 7, "事项": "环境卫生", "失效日期": "2026-11-23"}, "失效日期", "停用和改动不能同时"),
    ({**LITTER, "生效日期": "2026-11-20"}, "生效日期", "由坐席台在导入时记载，不能改：请写 2026-11-23"),
    ({**LITTER, "失效日期": "2026-11-22"}, "失效日期", "2026-11-22 早于生效日期 2026-11-23"),
]  # fmt: skip


@pytest.fixture(autouse=True)
def _list(world: World) -> None:
    fill(world)


def with_columns(*items: dict[str, Any]) -> list[dict[str, Any]]:
    """The items with the same columns, every one that any of them has."""
    heads = list(dict.fromkeys(head for item in items for head in item))
    return [{head: item.get(head, "") for head in heads} for item in items]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize(("cells", "field", "reason"), BAD_CELLS)
def test_a_bad_cell_is_named_with_its_line_and_field(
    world: World, tmp_path: Path, cells: dict[str, Any], field: str, reason: str, form: str
) -> None:
    if form == "xlsx" and "\x00" in "".join(map(str, cells.values())):
        pytest.skip("a workbook holds no such character")
    path = file_of(tmp_path / f"a.{form}", with_columns(NOISE, {**OTHER, **cells}))
    plan = plan_of(world.desk(SUPERVISOR), path)
    named = [(flaw.line, flaw.field, flaw.reason) for flaw in plan.flaws]
    assert any(line == 3 and name == field and reason in said for line, name, said in named), named
    assert all(line == 3 for line, _, _ in named)
    before = table_of(world)
    with world.nothing_written(), pytest.raises(BadInput, match="未写入任何内容"):
        duties.take_in(world.desk(SUPERVISOR), plan)
    assert table_of(world) == before


def test_every_bad_field_of_every_bad_line_is_named_at_once(world: World, tmp_path: Path) -> None:
    lines = ({**NOISE, "关键词": "", "诉求类型": "x"}, LITTER, {**WAGES, "科室代码": "ZF", "事项": ""})
    plan = plan_of(world.desk(SUPERVISOR), file_of(tmp_path / "a.csv", lines))
    assert [(flaw.line, flaw.field) for flaw in plan.flaws] == [
        (2, "关键词"),
        (2, "诉求类型"),
        (4, "事项"),
        (4, "科室代码"),
    ]
    assert plan.unchanged == 1


class TestFiles:
    """What is no duty list at all."""

    @pytest.mark.parametrize("head", ["序号", "事项", "分类编号", "关键词", "短语", "诉求类型", "适用范围", "承办单位代码", "科室代码", "协办单位代码", "法律依据"])  # fmt: skip
    def test_a_missing_column_is_named(self, world: World, tmp_path: Path, head: str) -> None:
        lines = [{name: value for name, value in item.items() if name != head} for item in ITEMS]
        with pytest.raises(BadInput, match=f"第 1 行表头缺少列：{head}；desk duty import --help"):
            plan_of(world.desk(SUPERVISOR), file_of(tmp_path / "a.csv", lines))

    def test_a_column_that_is_there_twice_is_named(self, world: World, tmp_path: Path) -> None:
        path = file_of(tmp_path / "a.csv", [{**item, "keywords": "别的"} for item in ITEMS])
        with pytest.raises(BadInput, match="表头有两列“关键词”"):
            plan_of(world.desk(SUPERVISOR), path)

    def test_a_column_that_means_nothing_is_passed_over_and_told(self, world: World, tmp_path: Path) -> None:
        path = file_of(tmp_path / "a.csv", [{**item, "备注": "略"} for item in ITEMS])
        plan = plan_of(world.desk(SUPERVISOR), path)
        assert (plan.unknown_heads, plan.unchanged) == (("备注",), 3)

    @pytest.mark.parametrize(
        ("make", "reason"),
        [
            (lambda path: path.write_text("序号,事项\n", encoding="utf-8"), "不是 .xlsx 工作簿或已损坏"),
            (lambda path: path.write_bytes(b"PK\x03\x04 broken"), "不是 .xlsx 工作簿或已损坏"),
            (lambda path: _zip(path, {"readme.txt": "no"}), "不是 .xlsx 工作簿或已损坏"),
            (lambda path: _zip(path, {"[Content_Types].xml": "<a>"}), "不是 .xlsx 工作簿或已损坏"),
            (lambda path: path.write_bytes(_workbook(path)[:-200]), "不是 .xlsx 工作簿或已损坏"),
            (lambda path: path.write_bytes(_spoilt(path)), "不是 .xlsx 工作簿或已损坏"),
            (lambda path: path.write_bytes(b""), "是空的"),
            (lambda path: Workbook().save(path), "是空的"),
            (lambda path: path.mkdir(), "读不了"),
            (lambda path: None, "读不了"),
        ],
    )
    def test_what_is_no_workbook_is_said_to_be_none(
        self, world: World, tmp_path: Path, make: Callable[[Path], Any], reason: str
    ) -> None:
        path = tmp_path / "a.xlsx"
        make(path)
        with pytest.raises(BadInput, match=reason):
            plan_of(world.desk(SUPERVISOR), path)

    def test_a_broken_csv_names_the_line_where_it_breaks(self, world: World, tmp_path: Path) -> None:
        path = file_of(tmp_path / "a.csv", ITEMS)
        path.write_text(path.read_text(encoding="utf-8") + '9,"断', encoding="utf-8")
        with pytest.raises(BadInput, match="第 5 行起引号不成对"):
            plan_of(world.desk(SUPERVISOR), path)

    def test_a_line_with_too_many_cells_is_named(self, world: World, tmp_path: Path) -> None:
        path = file_of(tmp_path / "a.csv", ITEMS)
        path.write_text(path.read_text(encoding="utf-8") + f"9{',x' * 14}\n", encoding="utf-8")
        (flaw,) = plan_of(world.desk(SUPERVISOR), path).flaws
        assert (flaw.line, flaw.reason) == (5, "有 15 列，表头只有 12 列")

    def test_heads_alone_are_no_list(self, world: World, tmp_path: Path) -> None:
        path = file_of(tmp_path / "a.csv", ITEMS)
        path.write_text(path.read_text(encoding="utf-8").splitlines()[0], encoding="utf-8")
        with pytest.raises(BadInput, match="只有表头"):
            plan_of(world.desk(SUPERVISOR), path)

    def test_orders_are_no_list(self, world: World, tmp_path: Path) -> None:
        (tmp_path / "a.jsonl").write_text("{}\n")
        with pytest.raises(BadInput, match=r"只能是 .xlsx 或 .csv"):
            plan_of(world.desk(SUPERVISOR), tmp_path / "a.jsonl")

    def test_more_lines_than_any_list_has_are_refused(
        self, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("desk.duties.checking.MOST_LINES", 2)
        with pytest.raises(BadInput, match="有 3 行，一次最多 2 行"):
            plan_of(world.desk(SUPERVISOR), file_of(tmp_path / "a.csv", ITEMS))


def _zip(path: Path, parts: dict[str, str]) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)


def _workbook(path: Path) -> bytes:
    return file_of(path, ITEMS).read_bytes()


def _spoilt(path: Path) -> bytes:
    """A workbook whose sheet was damaged on its way."""
    data = bytearray(_workbook(path))
    place = data.index(b"xl/worksheets/sheet1.xml") + 60
    data[place : place + 40] = b"\xff" * 40
    return bytes(data)


@pytest.mark.parametrize("cell", ["=A1&B1", "=1/0"])
def test_a_formula_is_named_and_not_computed(world: World, tmp_path: Path, cell: str) -> None:
    path = file_of(tmp_path / "a.xlsx", ({**NOISE, "关键词": cell}, LITTER))
    (flaw,) = plan_of(world.desk(SUPERVISOR), path).flaws
    assert (flaw.line, flaw.field) == (2, "关键词")
    assert flaw.reason == "是公式，请改成文字（复制后选择性粘贴为数值）"


def test_an_error_of_a_workbook_is_no_text(world: World, tmp_path: Path) -> None:
    path = file_of(tmp_path / "a.xlsx", ({**NOISE, "短语": "#N/A"}, LITTER))
    assert [flaw.field for flaw in plan_of(world.desk(SUPERVISOR), path).flaws] == ["短语"]


def test_numbers_dates_and_names_of_a_workbook_are_taken_as_they_are_meant(
    world: World, tmp_path: Path
) -> None:
    from datetime import datetime

    line = {
        **{**OTHER, "序号": 300.0, "分类编号": 10101, "承办单位代码": "县城管局", "科室代码": "执法大队"},
        **{"协办单位代码": "横水镇人民政府、县人社局", "诉求类型": "投诉，举报", "适用范围": "县"},
        "生效日期": datetime(2026, 11, 1),
    }
    plan = plan_of(world.desk(SUPERVISOR), file_of(tmp_path / "a.xlsx", (line,)))
    (change,) = plan.added
    assert plan.is_good
    content = change.content
    assert (change.number, content.category_code, content.unit_code) == (300, "010101", "CY-CGJ")
    assert (content.section_code, content.co_unit_codes) == ("ZF", ("CY-HSZ", "CY-RSJ"))
    assert (content.kinds, content.area_scope) == (("complaint", "tip_off"), "county")
    duties.take_in(world.desk(SUPERVISOR), plan)
    row = world.row("SELECT valid_from FROM duty_items WHERE number = 300")
    assert row["valid_from"] == 1_793_462_400_000, "2026-11-01 00:00 in China"


def test_names_do_where_no_code_stands(world: World, tmp_path: Path) -> None:
    line = {
        **{**OTHER, "分类编号": "", "承办单位代码": "", "科室代码": "", "协办单位代码": ""},
        **{"一级分类": "城市管理", "二级分类": "市容环境", "三级分类": "噪音扰民"},
        **{"承办单位": "县城管局", "科室": "环卫所", "协办单位": "横水镇"},
    }
    (change,) = plan_of(world.desk(SUPERVISOR), file_of(tmp_path / "a.csv", (line,))).added
    content = change.content
    assert (content.category_code, content.unit_code, content.section_code) == ("010101", "CY-CGJ", "HW")
    assert content.co_unit_codes == ("CY-HSZ",)


class TestOverlaps:
    """One matter of one place has one item (the rule stands in `desk.duties.checking`)."""

    def conflicts(self, world: World, path: Path, *lines: dict[str, Any]) -> list[tuple[int, str]]:
        plan = plan_of(world.desk(SUPERVISOR), file_of(path, lines))
        assert plan.flaws == ()
        assert plan.is_good == (not plan.conflicts)
        return [(flaw.line, flaw.reason) for flaw in plan.conflicts]

    def test_two_units_for_one_matter_of_one_county(self, world: World, tmp_path: Path) -> None:
        twin = {**NOISE, "序号": 300, "承办单位代码": "CY-RSJ", "科室代码": "", "事项": "夜间 施工噪音"}
        ((line, reason),) = self.conflicts(world, tmp_path / "a.csv", twin)
        assert line == 2
        assert reason.startswith("第300项与第118项重叠：同一事项、同一分类，县级范围内已由县城管局承办")

    def test_the_same_unit_twice_is_no_better(self, world: World, tmp_path: Path) -> None:
        assert self.conflicts(world, tmp_path / "a.csv", {**NOISE, "序号": 300})

    def test_two_lines_of_one_file_name_the_later(self, world: World, tmp_path: Path) -> None:
        twins = ({**OTHER, "序号": 301}, OTHER)
        assert [line for line, _ in self.conflicts(world, tmp_path / "a.csv", *twins)] == [3]

    def test_a_changed_item_may_not_become_another(self, world: World, tmp_path: Path) -> None:
        assert self.conflicts(world, tmp_path / "a.csv", {**LITTER, "事项": "夜间施工噪音"})

    def test_names_may_change_places(self, world: World, tmp_path: Path) -> None:
        lines = ({**LITTER, "事项": "夜间施工噪音"}, {**NOISE, "事项": "环境卫生保洁"})
        assert self.conflicts(world, tmp_path / "a.csv", *lines) == []

    @pytest.mark.parametrize(
        "other",
        [{"清单": "欠薪"}, {"事项": "昼间施工噪音"}, {"分类编号": "010100"}, {"失效日期": "2026-11-23"}],
    )
    def test_another_list_name_or_category_is_another_matter(
        self, world: World, tmp_path: Path, other: dict[str, str]
    ) -> None:
        twin = {**NOISE, "序号": 300}
        lines = [{**NOISE, **other}, {**twin, "失效日期": ""}] if "失效日期" in other else [{**twin, **other}]
        assert self.conflicts(world, tmp_path / "a.csv", *lines) == []

    def test_another_county_is_another_place(self, world: World, tmp_path: Path) -> None:
        add_unit(world, "XF-CGJ", "信丰城管局", "CY-12345", level="county", area_code="360722000000")
        twin = {**NOISE, "序号": 300, "承办单位代码": "XF-CGJ", "科室代码": ""}
        assert self.conflicts(world, tmp_path / "a.csv", twin) == []

    def test_an_item_of_every_township_meets_one_of_any(self, world: World, tmp_path: Path) -> None:
        for code, area in (("CY-YTZ", "360725101000"), ("CY-CLZ", "360725102000")):
            add_unit(world, code, code, "CY-12345", level="township", area_code=area, department="街道乡镇")
        town = {**OTHER, "适用范围": "乡镇级", "科室代码": "", "协办单位代码": ""}
        one, two, all_ = (
            {**town, "序号": 301 + place, "承办单位代码": code}
            for place, code in enumerate(("CY-YTZ", "CY-CLZ", "TOWNSHIP"))
        )
        assert self.conflicts(world, tmp_path / "a.csv", one, two) == []
        assert [line for line, _ in self.conflicts(world, tmp_path / "b.csv", one, two, all_)] == [4]
        assert [line for line, _ in self.conflicts(world, tmp_path / "c.csv", all_, one, two)] == [3, 4]

    def test_what_overlaps_already_does_not_stop_a_file_that_leaves_it_alone(
        self, world: World, tmp_path: Path
    ) -> None:
        with world.database.write() as writer:
            row = world.row("SELECT * FROM duty_items WHERE number = 118")
            writer.insert("duty_items", {**row, "id": None, "number": 400})
        assert self.conflicts(world, tmp_path / "a.csv", NOISE, OTHER) == []


def test_a_section_of_all_townships_is_checked(world: World, tmp_path: Path) -> None:
    from db.ids import new_uid

    key = add_unit(world, "CY-YTZ", "扬眉镇", "CY-12345", level="township", department="街道乡镇")
    with world.database.write() as writer:
        writer.insert("sections", {"uid": new_uid(), "unit_id": key, "code": "CY-YTZ-04", "name": "村镇办"})
    town = {**OTHER, "适用范围": "乡镇", "承办单位代码": "事发地乡镇", "协办单位代码": ""}
    good = plan_of(
        world.desk(SUPERVISOR), file_of(tmp_path / "a.csv", ({**town, "科室代码": "TOWNSHIP-04"},))
    )
    assert good.added[0].content.section_code == "TOWNSHIP-04"
    bad = plan_of(world.desk(SUPERVISOR), file_of(tmp_path / "b.csv", ({**town, "科室代码": "ZF"},)))
    assert bad.flaws[0].reason.startswith("事发地乡镇没有科室“ZF”，它属于县城管局")


@pytest.mark.parametrize("text", [*hostile.UNHARMED, *hostile.FORBIDDEN, hostile.CHANGED, hostile.LONG])
@pytest.mark.parametrize("column", ["序号", "清单", "事项", "分类编号", "关键词", "短语", "诉求类型", "适用范围", "承办单位代码", "科室代码", "协办单位代码", "法律依据", "版本", "生效日期", "失效日期"])  # fmt: skip
def test_hostile_words_are_kept_unharmed_or_refused_clearly(
    world: World, tmp_path: Path, column: str, text: str
) -> None:
    path = tmp_path / "a.csv"
    lines = with_columns({**OTHER, "版本": "", "生效日期": "", "失效日期": "", column: text})
    path.write_bytes(file_of(path, lines, "utf-8").read_bytes() if _is_writable(text) else b"")
    if not _is_writable(text):
        return
    plan = plan_of(world.desk(SUPERVISOR), path)
    for flaw in plan.flaws:
        hostile.assert_clear(BadInput(flaw.said_of("a.csv"), flaw.field))
    assert bool(plan.flaws) != bool(plan.added)
    if plan.added and text in hostile.UNHARMED:
        content = plan.added[0].content
        assert text in (content.item, content.legal_basis, *content.keywords, *content.phrases) or ";" in text
    if plan.added:
        duties.take_in(world.desk(SUPERVISOR), plan)
        kept = "".join(
            str(value) for value in world.row("SELECT * FROM duty_items WHERE number = 300").values()
        )
        assert not hostile.STEERS.search(kept)


def _is_writable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


@pytest.mark.parametrize("text", [*hostile.UNHARMED, *hostile.FORBIDDEN, hostile.CHANGED, hostile.LONG])
def test_hostile_questions_are_answered_or_refused_clearly(world: World, text: str) -> None:
    desk = world.desk("1203")
    for ask in (lambda: duties.find(desk, text), lambda: duties.list_named(text)):
        try:
            ask()
        except BadInput as refusal:
            hostile.assert_clear(refusal)


def test_a_file_in_gb18030_is_read(world: World, tmp_path: Path) -> None:
    path = file_of(tmp_path / "a.csv", (OTHER,), "gb18030")
    assert plan_of(world.desk(SUPERVISOR), path).added[0].content.item == "工地扬尘"
    assert len(read_table(path).digest) == 64
    assert 300 not in in_force(world)
