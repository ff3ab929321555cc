"""What is asked for most, among 100,000 orders and 5,000 entries: is all of it found, and how long is it waited for?"""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from db import search
from desk import finder, knowledge, sight
from desk.context import Desk
from desk.intake import panel
from desk.knowledge.reading import PAGE_SIZE
from tests.bench import big_city
from tests.bench.table import Figure
from tests.world import World

ASKED = ("噪音", "物业收费", "物业 收费", "广场舞噪音扰民", "水", "施工 夜间 横水镇")
MATTER = "横水镇小区物业收费不透明，多次反映没有结果"
WHO = {"the centre": "1203", "a unit with much": "2101", "a unit with little": "2301"}
RUNS = 25
_BOUND_MS = 30
_SEARCHED = (
    *("order_no", "query_code", "title", "content", "forward_text"),
    *("place", "accused_name", "purpose", "requester_name"),
)
Order = dict[str, Any]


def figures(*, is_quick: bool) -> Iterator[Figure]:
    """Yield median and worst wall time of each search, and how many of its hits a look at every row finds missing or false."""
    orders, entries = (20_000, 1_000) if is_quick else (100_000, 5_000)
    with tempfile.TemporaryDirectory() as folder:
        city = big_city.make(Path(folder), orders=orders, entries=entries)
        desks = {whose: city.desk(staff_no) for whose, staff_no in WHO.items()}
        agent = desks["the centre"]
        every_order, every_entry = _orders(city), _entries(city)
        for text in ASKED:
            for whose, desk in desks.items():
                yield from _timed(f"orders for {text}, {whose}", partial(finder.find, desk, text))
                yield _wrong(f"orders for {text}, {whose}", _hidden(desk, every_order, text))
            yield _wrong(f"all orders for {text}", _wrong_orders(city, every_order, text))
            yield from _timed(f"entries for {text}", partial(knowledge.page, agent, text))
            yield _wrong(f"entries for {text}", _wrong_entries(agent, every_entry, text))
        for name, part in (("alike", panel.similar), ("units", panel.likely_units), ("all", panel.matter)):
            yield from _timed(f"the side of the form, {name}", partial(part, agent, MATTER))


def _wrong(name: str, count: int) -> Figure:
    return Figure(f"{name}: missing or false", count, 0, "")


def _timed(name: str, work: Callable[[], object]) -> Iterator[Figure]:
    work()
    walls = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        work()
        walls.append((time.perf_counter() - begun) * 1000)
    yield Figure(f"{name}: median", statistics.median(walls), _BOUND_MS, "ms")
    yield Figure(f"{name}: worst of {RUNS}", max(walls), None, "ms")


def _wrong_orders(city: World, orders: Sequence[Order], text: str) -> int:
    """Compare all hits with a look at every order's words."""
    holding = {row["id"] for row in orders if _holds(row["body"], text)}
    with city.database.read() as reader:
        found = search.find(reader, text, limit=10**9)
    return len(holding ^ set(found)) + (found != sorted(found, reverse=True))


def _hidden(desk: Desk, orders: Sequence[Order], text: str) -> int:
    """How many of the newest orders that a person may see, and that hold the words, the search does not show."""
    holding = (row for row in reversed(orders) if _holds(row["body"], text))
    with desk.reading() as reader:
        seen = islice((row for row in holding if sight.may_see(reader, desk.actor, row)), finder.LIMIT)
        wanted = {row["order_no"] for row in seen}
    return len(wanted ^ {row.order_no for row in finder.find(desk, text)})


def _wrong_entries(desk: Desk, entries: Sequence[Order], text: str) -> int:
    holding = {row["number"] for row in entries if _holds(row["body"], text)}
    total = knowledge.page(desk, text).total
    pages = (knowledge.page(desk, text, offset) for offset in range(0, total, PAGE_SIZE))
    return len(holding ^ {row.number for page in pages for row in page.rows})


def _orders(city: World) -> list[Order]:
    """Every order with its words, the oldest first."""
    body = " || char(10) || ".join(f"coalesce(o.{name}, '')" for name in _SEARCHED)
    return city.rows(
        "SELECT o.id, o.uid, o.order_no, o.accused_unit_id, o.accused_name, c.path AS centre_path,"
        f" {body} AS body FROM work_orders o JOIN units c ON c.id = o.centre_id ORDER BY o.id"
    )


def _entries(city: World) -> list[Order]:
    return city.rows(
        "SELECT e.number, e.number || char(10) || v.title || char(10) || v.keywords || char(10) || v.topic"
        " || char(10) || v.answer || char(10) || v.basis AS body"
        " FROM knowledge_entries e JOIN knowledge_versions v ON v.entry_id = e.id"
    )


def _holds(body: str, text: str) -> bool:
    return all(word in body for word in text.split())
