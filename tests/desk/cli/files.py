"""Files as other systems write them, for the tests of import."""

import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from db.doors import Writer
from tests.world import World

OPEN_MESSAGES = Path(__file__).parents[4] / "shared" / "data" / "hotline_messages_open.jsonl"
needs_open_messages = pytest.mark.skipif(
    not OPEN_MESSAGES.exists(), reason="the folder of real messages is not on this machine"
)


def message(number: int, **more: Any) -> dict[str, Any]:
    return {
        "id": str(number),
        "subject": f"第{number}号路灯不亮",
        "detail": f"横水镇{number}号路灯坏了一个星期，晚上看不见路。",
        "time": "2020-11-20 21:05:00",
        "source": ["web"],
        **more,
    }


def jsonl(path: Path, messages: Iterable[Any], encoding: str = "utf-8") -> Path:
    lines = (each if isinstance(each, str) else json.dumps(each, ensure_ascii=False) for each in messages)
    path.write_text("".join(f"{line}\n" for line in lines), encoding=encoding)
    return path


def table(path: Path, rows: Iterable[Iterable[Any]], encoding: str = "utf-8") -> Path:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    path.write_text(text.getvalue(), encoding=encoding, newline="")
    return path


def count(world: World) -> int:
    return int(world.row("SELECT count(*) AS n FROM work_orders")["n"])


def add_village(writer: Writer) -> None:
    """A second 老城社区, in another township."""
    for code, name, level, parent in (
        ("360725200000", "过埠镇", "township", "360725000000"),
        ("360725200001", "老城社区", "village", "360725200000"),
    ):
        writer.run(
            "INSERT INTO areas (code, name, level, parent) VALUES (:code, :name, :level, :parent)",
            code=code,
            name=name,
            level=level,
            parent=parent,
        )


HEAD = (
    "编号",
    "标题",
    "内容",
    "时间",
    "诉求类型",
    "紧急程度",
    "联系电话",
    "姓名",
    "地点",
    "区域",
    "渠道",
    "保密",
)
ROW = (
    "A1",
    "停水",
    "老城区停水三天",
    "2026/11/20 8:30",
    "投诉",
    "紧急",
    "138-0000-0000",
    "李女士",
    "上街",
    "横水镇",
    "网站",
    "否",
)
