"""考核 of a month: the table, the orders behind a figure, 剔除清单; among a hundred thousand orders, all of one month at worst."""

import random
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from time import perf_counter

from db.connections import connect
from db.times import to_ms
from desk import assessment
from tests.bench import big_store
from tests.bench.table import Figure
from tests.world import START, World

MONTH, THIS = "2026-11", 202611
EARLIER = tuple(year * 100 + month for year in (2024, 2025) for month in range(1, 13)) + tuple(
    2026 * 100 + month for month in range(6, 11)
)
OF_THE_UNIT = (
    ("received", 1.0),
    ("signed_in_time", 0.95),
    ("signed_late", 0.05),
    ("answered_in_time", 0.9),
    ("answered_late", 0.05),
    ("sent_back", 0.04),
    ("graded_d", 0.06),
    ("solved", 0.75),
    ("satisfied", 0.8),
    ("unreached", 0.03),
)
OF_THE_CENTRE = (
    ("sent_in_time", 1.0),
    ("first_sent", 1.0),
    ("first_wrong", 0.03),
    ("audited_in_time", 0.95),
    ("to_call_back", 0.9),
    ("called_in_time", 0.88),
    ("citizen_in_time", 0.93),
)
"""What an order counts for, and how many orders do."""


def figures(*, is_quick: bool) -> Iterator[Figure]:
    """Yield the figures; a quick run takes 20,000 orders."""
    most = 20_000 if is_quick else 100_000
    for name, share in ((f"{most:,} orders of 30 months", 1 / 30), (f"{most:,} orders of one month", 1.0)):
        with tempfile.TemporaryDirectory() as folder:
            world = _made(Path(folder), most, share)
            for what, work in (
                ("the table", _table),
                ("orders behind a figure", _behind),
                ("剔除清单", _left_out),
            ):
                yield Figure(f"{what}: {name}", _seconds(partial(work, world)), 2.0, "s")
            world.database.close()


def _made(folder: Path, orders: int, share: float) -> World:
    """A store whose orders have what they count for; `share` of them in this month, one in fifty left out."""
    world = big_store.make(folder, orders=orders, open_orders=400)
    connection, chance = connect(world.path, is_throw_away=True), random.Random(30)
    units = [row["id"] for row in world.rows("SELECT id FROM units WHERE NOT is_centre")]
    centre = world.row("SELECT id FROM units WHERE is_centre")["id"]
    connection.execute("BEGIN")
    connection.execute("UPDATE work_orders SET status = 'withdrawn' WHERE id % 50 = 0")
    for start in range(1, orders, 10_000):
        rows = [
            row
            for key in range(start, min(start + 10_000, orders))
            for row in _marks(
                key, chance, units, centre, THIS if chance.random() < share else chance.choice(EARLIER)
            )
        ]
        connection.executemany(
            "INSERT INTO assessment_marks (order_id, unit_id, kind, round, month, at) VALUES (?, ?, ?, 1, ?, ?)",
            rows,
        )
    connection.execute("COMMIT")
    connection.execute("ANALYZE")
    connection.close()
    return world


def _marks(
    key: int, chance: random.Random, units: list[int], centre: int, month: int
) -> Iterator[tuple[int, int, str, int, int]]:
    unit, at = chance.choice(units), to_ms(START)
    for owner, kinds in ((unit, OF_THE_UNIT), (centre, OF_THE_CENTRE)):
        for kind, share in kinds:
            if chance.random() < share:
                yield key, owner, kind, month, at


def _seconds(work: partial[object]) -> float:
    """The best of three: by the clock, for a person waits for it."""
    spans = []
    for _ in range(3):
        begun = perf_counter()
        work()
        spans.append(perf_counter() - begun)
    return min(spans)


def _table(world: World) -> object:
    return assessment.table(world.desks["1002"], MONTH)


def _behind(world: World) -> object:
    unit = world.row("SELECT id FROM units WHERE code = 'CY-CGJ'")["id"]
    return assessment.orders(world.desks["1002"], MONTH, unit, "satisfied")


def _left_out(world: World) -> object:
    return assessment.left_out(world.desks["1002"], MONTH)
