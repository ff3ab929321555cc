"""Real messages taken in: CPU and wall an order, and that a second time adds nothing."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from desk import importing
from tests.bench.table import Figure, Skipped
from tests.world import World

MESSAGES = Path(__file__).parents[3] / "shared" / "data" / "hotline_messages_open.jsonl"
QUICK = 500


def figures(*, is_quick: bool) -> Iterator[Figure]:
    """Yield time an order for the file of real messages beside the repository; a quick run takes the first 500."""
    if not MESSAGES.exists():
        raise Skipped(f"{MESSAGES.name} is not beside the repository")
    with tempfile.TemporaryDirectory() as folder:
        source = _copy(Path(folder), QUICK if is_quick else None)
        world = World(Path(folder) / "desk.db", is_throw_away=False)
        first, wall, cpu = _taken(world, source)
        yield Figure(
            f"{first.imported:,} real messages imported: CPU an order", cpu / first.imported, None, "ms"
        )
        yield Figure("the same, wall an order", wall / first.imported, None, "ms")
        second, wall, _ = _taken(world, source)
        yield Figure("imported a second time: orders added", second.imported, 0, "")
        yield Figure("the same: wall in all", wall / 1000, None, "s")


def _copy(folder: Path, most: int | None) -> Path:
    lines = MESSAGES.read_text(encoding="utf-8").splitlines()[:most]
    copy = folder / MESSAGES.name
    copy.write_text("\n".join(lines), encoding="utf-8")
    return copy


def _taken(world: World, source: Path) -> tuple[importing.Taken, float, float]:
    """Return what an import did and took: wall and CPU in milliseconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    desk = world.desk("1002")
    checked = importing.examine(desk, importing.read_table(source), importing.DEFAULT_CHANNEL)
    taken = importing.take_in(desk, checked.messages, lambda *_: None)
    return taken, (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000
