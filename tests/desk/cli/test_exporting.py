"""`desk export`: masked, without formulas, secret orders as a number only, and an event that says who took them."""

import csv
import json
import os
from pathlib import Path

import pytest
from openpyxl import load_workbook

from db.codes import OrderKind
from desk import exporting
from tests.desk.cli.conftest import Command
from tests.world import World


def _csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _jsonl(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _xlsx(path: Path) -> list[dict[str, str]]:
    rows = list(load_workbook(path).worksheets[0].iter_rows(values_only=True))
    return [
        dict(zip(rows[0], ("" if cell is None else cell for cell in row), strict=True)) for row in rows[1:]
    ]  # type: ignore[arg-type]


READERS = {"csv": _csv, "jsonl": _jsonl, "xlsx": _xlsx}


@pytest.mark.parametrize("form", READERS)
def test_orders_leave_the_house_masked(command: Command, world: World, at_home: Path, form: str) -> None:
    order = world.order(
        content="请打我电话13912345678，或 0797-8212345，身份证 360725199001011234", place="上街"
    )
    file = at_home / f"out.{form}"
    ran = command("export", file)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("已导出 1 件：")
    (row,) = READERS[form](file)
    assert row["工单编号"] == order.order_no
    assert (row["诉求人"], row["联系电话"], row["地点"]) == ("李先生", "138****0000", "上街")
    assert (row["诉求类型"], row["状态"], row["受理时间"]) == ("投诉", "待派单", "2026-11-23 09:00")
    assert tuple(row) == exporting.HEADS
    text = file.read_bytes() if form != "xlsx" else json.dumps(row, ensure_ascii=False).encode()
    for number in ("13912345678", "13800000000", "8212345", "360725199001011234"):
        assert number.encode() not in text


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("words", ["=cmd|' /C calc'!A0", "+1+2", "-1", "@SUM(A1)", "＝１", "  =1"])
def test_no_cell_becomes_a_formula(
    command: Command, world: World, at_home: Path, form: str, words: str
) -> None:
    world.order(title=words, content=words, place=words)
    command("export", at_home / f"out.{form}")
    (row,) = READERS[form](at_home / f"out.{form}")
    for head in ("标题", "诉求内容", "地点"):
        assert row[head] == f"'{words}"
    if form == "xlsx":
        cells = load_workbook(at_home / "out.xlsx").worksheets[0]
        assert all(cell.data_type != "f" for line in cells.iter_rows() for cell in line)


@pytest.mark.parametrize("who", ["1001", "1002"])
def test_a_secret_order_leaves_only_its_number(
    command: Command, world: World, at_home: Path, who: str
) -> None:
    tip_off = world.order(kind=OrderKind.TIP_OFF, title="某店偷排", content="我住三单元", place="上街九号")
    kept = world.order(is_confidential=True, title="某人占道", content="我是邻居", place="上街九号")
    command("export", at_home / "out.jsonl", "--as", who)
    rows = _jsonl(at_home / "out.jsonl")
    assert [(row["工单编号"], row["标题"]) for row in rows] == [
        (tip_off.order_no, "举报（保密）"),
        (kept.order_no, "保密工单"),
    ]
    text = (at_home / "out.jsonl").read_text(encoding="utf-8")
    for secret in ("偷排", "三单元", "上街", "邻居", "占道", "李先生", "138"):
        assert secret not in text


def test_an_order_about_the_reader_is_left_out(command: Command, world: World, at_home: Path) -> None:
    world.order(kind=OrderKind.TIP_OFF, accused_name="班长甲")
    other = world.order()
    command("export", at_home / "out.jsonl", "--as", "1002")
    assert [row["工单编号"] for row in _jsonl(at_home / "out.jsonl")] == [other.order_no]


def test_closed_orders_are_exported_too_in_windows(
    command: Command, world: World, at_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "_WINDOW", 2)
    numbers = [world.order().order_no for _ in range(5)]
    with world.database.write() as writer:
        writer.update("work_orders", 3, {"status": "archived", "is_open": False})
    command("export", at_home / "out.jsonl")
    assert [row["工单编号"] for row in _jsonl(at_home / "out.jsonl")] == numbers


def test_an_export_is_one_event_that_says_who_took_how_many(
    command: Command, world: World, at_home: Path
) -> None:
    world.order()
    file = at_home / "out.csv"
    told = json.loads(command("export", file, "--json").out)
    assert told == {"file": str(file), "orders": 1}
    row = world.row(
        "SELECT e.kind, e.data, e.uid, s.staff_no FROM events e JOIN staff s ON s.uid = e.actor_uid"
        " ORDER BY seq DESC LIMIT 1"
    )
    assert (row["kind"], row["staff_no"]) == ("exported", "1001")
    assert json.loads(row["data"]) == {"form": ".csv", "orders": 1}
    assert world.row("SELECT body FROM event_texts WHERE event_uid = :uid", uid=row["uid"])["body"] == str(
        file
    )
    assert os.name == "nt" or file.stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_there_is_not_overwritten_unasked(
    command: Command, world: World, at_home: Path
) -> None:
    file = at_home / "out.csv"
    file.write_text("mine", encoding="utf-8")
    ran = command("export", file)
    assert ran.status == 2
    assert "已存在，未做任何改动" in ran.err
    assert file.read_text(encoding="utf-8") == "mine"
    assert "exported" not in [row["kind"] for row in world.rows("SELECT kind FROM events")]
    assert command("export", file, "--force").status == 0
    assert _csv(file) == []


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("out.pdf",), "out.pdf 的格式不认识，只能导出 .jsonl .csv .xlsx"),
        (("none/out.csv",), "打不开（文件夹不存在或无权限）"),
        (("out.csv", "--as", "1203"), "您没有“导出”的权限，请由班长、管理员办理"),
    ],
)
def test_what_cannot_be_exported_is_said_and_leaves_nothing(
    command: Command, at_home: Path, words: tuple[str, ...], line: str
) -> None:
    before = sorted(at_home.iterdir())
    ran = command("export", *words)
    assert (ran.status, ran.out) == (2, "")
    assert line in ran.err
    assert [
        path for path in sorted(at_home.iterdir()) if path not in before and "desk." not in path.name
    ] == []
