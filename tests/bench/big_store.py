"""Stores as large as a city's: closed orders by the hundred thousand, open ones by number, written in bulk.

The rows are plausible copies of one another; only what indexes and counts see differs, and the words if they are given.
"""

import random
from collections.abc import Callable, Mapping
from pathlib import Path

from db import search
from db.connections import connect
from db.ids import new_uid
from db.times import FAR, to_ms
from tests.world import START, World

_BATCH = 20_000
_DAY_MS = 86_400_000
_OPEN_STATUSES = (
    "to_dispatch",
    "to_sign",
    "in_progress",
    "unit_review",
    "to_answer",
    "close_review",
    "to_call_back",
)


Words = Callable[[random.Random], Mapping[str, object]]
"""Gives title, content and the like to one order, by chance."""


def make(
    folder: Path, *, orders: int, open_orders: int, is_searchable: bool = False, words: Words | None = None
) -> World:
    """Return a world whose store holds `orders` orders, of which `open_orders` are open."""
    world = World(folder / f"big-{orders}-{open_orders}.db")
    world.order()
    template = world.row("SELECT * FROM work_orders LIMIT 1")
    units = [row["id"] for row in world.rows("SELECT id FROM units WHERE NOT is_centre")]
    connection = connect(world.path, is_throw_away=True)
    chance = random.Random(12345)
    names = [name for name in template if name != "id"]
    sql = f"INSERT INTO work_orders ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
    for start in range(1, orders, _BATCH):
        numbers = range(start, min(start + _BATCH, orders))
        rows = [_row(template, number, orders - number < open_orders, units, chance) for number in numbers]
        rows = [{**row, **words(chance)} for row in rows] if words else rows
        connection.execute("BEGIN")
        connection.executemany(sql, [[row[name] for name in names] for row in rows])
        connection.execute("COMMIT")
    if is_searchable:
        with world.database.write() as writer:
            search.rebuild(writer)
    connection.execute("ANALYZE")
    connection.close()
    return world


def _row(
    template: dict[str, object], number: int, is_open: bool, units: list[int], chance: random.Random
) -> dict[str, object]:
    day = to_ms(START) - chance.randrange(900) * _DAY_MS
    status = chance.choice(_OPEN_STATUSES) if is_open else "archived"
    due = to_ms(START) + chance.randrange(-2 * _DAY_MS, 5 * _DAY_MS)
    is_held = status not in ("to_dispatch",)
    rank = chance.choices((0, 1, 2), (2, 20, 978))[0] if is_open else 2
    return {
        **template,
        "uid": new_uid(),
        "order_no": f"CY01-20240101-{number:07d}",
        "counter": number,
        "query_code": f"0101-{number:07d}",
        "contact_phone": f"139{chance.randrange(10**8):08d}",
        "accepted_at": day,
        "raised_at": day,
        "status": status,
        "is_open": int(is_open),
        "steward_id": chance.choice(units) if is_held else None,
        "press_at": due if is_open else FAR,
        "sort_rank": rank,
        "pool_grade": "D" if rank == 1 else None,
    }
