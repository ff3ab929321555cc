"""Duty lists for the tests of exchange: three items in force on the small hotline, and files as people write them."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from db.queries import duty_items
from db.times import to_ms
from desk import duties
from desk.context import Desk
from desk.duties import Plan, TakenIn
from desk.importing import read_table
from tests.world import World

SUPERVISOR, ADMIN = "1002", "1001"

NOISE: dict[str, Any] = {
    "序号": 118,
    "清单": "职责清单",
    "事项": "夜间施工噪音",
    "分类编号": "010101",
    "关键词": "施工噪音;打桩;噪音",
    "短语": "夜里打桩",
    "诉求类型": "投诉;求助",
    "适用范围": "县级",
    "承办单位代码": "CY-CGJ",
    "科室代码": "ZF",
    "协办单位代码": "CY-HSZ",
    "法律依据": "《噪声污染防治法》第四十三条",
}
"""An item as a line of a file; the other two have its columns."""

LITTER = {
    **NOISE,
    "序号": 7,
    "事项": "环境卫生保洁",
    "关键词": "垃圾;保洁",
    "短语": "",
    "科室代码": "HW",
    "协办单位代码": "",
    "法律依据": "",
}
WAGES = {
    **NOISE,
    "序号": 201,
    "清单": "根治欠薪工作责任清单",
    "事项": "拖欠工资",
    "关键词": "工资;讨薪",
    "短语": "拖欠工资",
    "承办单位代码": "CY-RSJ",
    "科室代码": "LD",
    "协办单位代码": "CY-CGJ;CY-HSZ",
}
ITEMS = (NOISE, LITTER, WAGES)

_STORED = (
    (118, "duty", "夜间施工噪音", "施工噪音;打桩;噪音", "夜里打桩", "CY-CGJ", "ZF", "CY-HSZ", "《噪声污染防治法》第四十三条"),
    (7, "duty", "环境卫生保洁", "垃圾;保洁", "", "CY-CGJ", "HW", "", ""),
    (201, "wages", "拖欠工资", "工资;讨薪", "拖欠工资", "CY-RSJ", "LD", "CY-CGJ;CY-HSZ", "《噪声污染防治法》第四十三条"),
)  # fmt: skip
_COLUMNS = [
    "number",
    "list_name",
    "item",
    "keywords",
    "phrases",
    "unit_code",
    "section_code",
    "co_unit_codes",
    "legal_basis",
]


def fill(world: World) -> None:
    """Write the three items as a new store has them: first versions, of no import."""
    same = {"category_code": "010101", "kinds": "complaint;help_request", "area_scope": "county"}
    with world.database.write() as writer:
        for values in _STORED:
            row = dict(zip(_COLUMNS, values, strict=True))
            duty_items.add(writer, **row, **same, valid_from=to_ms(world.clock.now))


def file_of(path: Path, items: Iterable[dict[str, Any]], encoding: str = "utf-8") -> Path:
    """Write lines as a .csv or .xlsx, whatever the name says, under the heads of the first."""
    rows = [list(item.values()) for item in items]
    rows.insert(0, list(next(iter(items))))
    if path.suffix == ".xlsx":
        book = Workbook()
        sheet = book.worksheets[0]
        for row in rows:
            sheet.append(row)
        book.save(path)
    else:
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        path.write_text(text.getvalue(), encoding=encoding, newline="")
    return path


def plan_of(desk: Desk, path: Path, *, is_whole: bool = False) -> Plan:
    """Check a file as the command does."""
    return duties.examine(desk, read_table(path, names_formulas=True), is_whole=is_whole)


def taken(desk: Desk, path: Path, *, is_whole: bool = False) -> TakenIn:
    """Check a file and take it in."""
    return duties.take_in(desk, plan_of(desk, path, is_whole=is_whole), pause=lambda _: None)


def in_force(world: World) -> dict[int, tuple[int, str]]:
    """Return version and keywords of every item in force, by number."""
    with world.database.read() as reader:
        rows = duty_items.in_force(reader)
    return {row["number"]: (row["version"], row["keywords"]) for row in rows}


def table_of(world: World) -> list[dict[str, Any]]:
    """Return everything that stands in the two tables of the list."""
    return world.rows("SELECT * FROM duty_items ORDER BY id") + world.rows("SELECT * FROM duty_editions")
