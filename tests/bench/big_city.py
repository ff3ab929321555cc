"""A city's words: orders and a library as varied as those of the invented day, written in bulk for the benchmarks."""

import json
import random
from collections.abc import Mapping
from importlib import resources
from itertools import cycle, islice
from pathlib import Path

from db.doors import Writer
from db.queries import knowledge
from db.times import to_ms
from seed.load import table
from tests.bench import big_store
from tests.world import START, World

_PLACES = ("横水镇", "长龙镇", "扬眉镇", "过埠镇", "铅厂镇", "杰坝乡", "金坑乡", "思顺乡", "麟潭乡", "上堡乡")
_NOISE = ("广场舞噪音扰民", "夜间施工噪音大", "冷却塔噪音影响休息")
_CHARGES = ("小区物业收费不透明", "物业收费与合同不符", "空置房物业收费能否减免")
_NEAR = ("物业公司没有公示收费标准", "停车收费由物业代管", "楼上装修噪声不断")
_SHARES = ((0.04, _NOISE), (0.06, _CHARGES), (0.10, _NEAR))
"""Up to which part of the orders each kind of title goes; the rest are the invented day's."""


def make(folder: Path, *, orders: int, entries: int) -> World:
    """Return a world with `orders` searchable orders (a tenth open) and at least `entries` entries in 知识库."""
    city = big_store.make(folder, orders=orders, open_orders=orders // 10, is_searchable=True, words=_Words())
    with city.database.write() as writer:
        at = to_ms(START)
        _hand_out(writer)
        for number, row in enumerate(islice(cycle(table_rows()), entries), start=1):
            knowledge.load(writer, _entry(row, number), at)
        writer.run("ANALYZE")
    return city


def _hand_out(writer: Writer) -> None:
    """Give every order with a steward to that unit; 横水镇 holds few, the others the rest."""
    few, most = (
        writer.value("SELECT id FROM units WHERE code = :code", code=code) for code in ("CY-HSZ", "CY-CGJ")
    )
    moved = "UPDATE work_orders SET steward_id = :most WHERE steward_id = :few AND id % 100 <> 0"
    writer.run(moved, few=few, most=most)
    writer.run(
        "INSERT INTO assignments (uid, order_id, part, unit_id, sent_at)"
        " SELECT uid, id, 'steward', steward_id, accepted_at FROM work_orders WHERE steward_id IS NOT NULL"
    )


def table_rows() -> list[dict[str, str]]:
    """Return the sample entries of the seed."""
    return list(table("knowledge.csv"))


def _entry(row: Mapping[str, str], number: int) -> dict[str, object]:
    place = _PLACES[number % len(_PLACES)]
    values = {name: value for name, value in row.items() if name != "owner_department"}
    about = (*_NOISE, *_CHARGES, *_NEAR)[number % 9] if number % 20 == 0 else row["title"]
    title = f"{place}{about}" if number > len(table_rows()) or number % 20 == 0 else about
    return {**values, "number": f"ZSK-BX-{number:05d}", "title": title, "is_sample": False}


class _Words:
    def __init__(self) -> None:
        text = resources.files("seed").joinpath("stories.jsonl").read_text(encoding="utf-8")
        self._stories = [json.loads(line) for line in text.splitlines()]

    def __call__(self, chance: random.Random) -> dict[str, object]:
        story, place, draw = chance.choice(self._stories), chance.choice(_PLACES), chance.random()
        about = next((chance.choice(titles) for share, titles in _SHARES if draw < share), story["title"])
        number = chance.randrange(1, 400)
        content = (
            story["content"] if about == story["title"] else f"来电人反映{about}，多次向社区反映没有结果。"
        )
        return {
            "title": f"{place}{about}",
            "content": f"{place}{number}号：{content}",
            "place": f"{place}{chance.randrange(1, 60)}组",
            "area_code": None,
        }
