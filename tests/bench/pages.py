"""A page of a queue and the header's counts, among few orders and among a city's million."""

import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from desk import counts, lists
from tests.bench import big_store
from tests.bench.stopwatch import cpu_ms
from tests.bench.table import Figure
from tests.world import World

QUEUE = "o.is_open = 1 AND o.centre_id = :centre_id AND o.status = 'to_dispatch'"


def figures(*, is_quick: bool) -> Iterator[Figure]:
    """Yield the figures; a quick run takes 100,000 orders for the large store."""
    most = 100_000 if is_quick else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        small = big_store.make(Path(folder), orders=1_000, open_orders=400)
        large = big_store.make(Path(folder), orders=most, open_orders=400)
        busy = big_store.make(Path(folder), orders=60_000, open_orders=50_000)
        for name, work in (("a page of the dispatch queue", _page), ("the header's counts", _counts)):
            few, many, crowd = (cpu_ms(partial(work, world)) for world in (small, large, busy))
            yield Figure(f"{name}, {most:,} orders against 1,000 (400 open)", many / few, 1.5)
            yield Figure(f"{name}, 50,000 open", crowd, 10, "ms")
            yield Figure(f"{name}, 1,000 orders", few, None, "ms")


def _page(world: World) -> object:
    desk = world.desks["1301"]
    return lists.load(desk, QUEUE, centre_id=desk.actor.centre_id)


def _counts(world: World) -> object:
    return counts.header_counts(world.desks["1301"])
