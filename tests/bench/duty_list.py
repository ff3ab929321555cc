"""A long 职责清单 checked and taken in: CPU an item, the longest transaction, the memory at its peak."""

import resource
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from desk import duties, importing
from tests.bench.table import Figure
from tests.desk.duty_files import NOISE, SUPERVISOR, file_of, fill
from tests.world import World

ITEMS, QUICK = 50_000, 5_000


@dataclass
class _Watch:
    """Stands in for the pause after each transaction, and keeps how long the longest one took (seconds)."""

    longest: float = 0.0
    begun: float = field(default_factory=time.perf_counter)

    def __call__(self, seconds: float) -> None:
        self.longest = max(self.longest, time.perf_counter() - self.begun)
        time.sleep(seconds)
        self.begun = time.perf_counter()


def figures(*, is_quick: bool) -> Iterator[Figure]:
    """Yield the time of an item for both forms; a quick run takes a tenth of the items."""
    count = QUICK if is_quick else ITEMS
    lines = [{**NOISE, "序号": 1_000 + n, "事项": f"夜间施工噪音{n}"} for n in range(count)]
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder) / "desk.db", is_throw_away=False)
        fill(world)
        desk = world.desk(SUPERVISOR)
        for form in ("xlsx", "csv"):
            source = file_of(Path(folder) / f"list.{form}", lines)
            cpu = time.process_time()
            plan = duties.examine(desk, importing.read_table(source, names_formulas=True))
            cpu = (time.process_time() - cpu) * 1000 / count
            yield Figure(
                f"{len(plan.added):,} items of a .{form} read and checked: CPU an item", cpu, None, "ms"
            )
        watch, wall = _Watch(), time.perf_counter()
        taken = duties.take_in(desk, plan, pause=watch)
        wall = time.perf_counter() - wall
        yield Figure(f"{taken.added:,} items taken in: wall in all", wall, None, "s")
        yield Figure("the same: longest transaction", watch.longest * 1000, 100, "ms")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield Figure("the same: memory at its peak", peak, None, "MB")
