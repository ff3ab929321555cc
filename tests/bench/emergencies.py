"""Two hundred emergencies at once on one desk: what a key costs on F5, and what the running clocks cost at rest."""

import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.bench.keys import cost, log_in, wait
from tests.bench.programs import DESK, running
from tests.bench.table import Figure
from tests.desk.emergencies import an_emergency
from tests.terminal.pty_desk import Terminal
from tests.world import World

MANY = 200
REST_SECONDS = 30.0
KEY_MS, REST_SHARE = 16, 5
"""Milliseconds of CPU for a key, and percent of one processor at rest (issue 5)."""


def figures(*, is_quick: bool) -> Iterator[Figure]:
    """Yield CPU per key at both sizes, and CPU at rest, with 200 clocks running."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        store = _many(home)
        for columns, rows in ((80, 24), (120, 36)):
            with running((*DESK, "--store", str(store)), home, columns=columns, rows=rows) as terminal:
                log_in(terminal, "1401")
                terminal.press("f5")
                terminal.wait_for(f"/{MANY}")
                terminal.settle(2.0)
                wait(terminal, 6.0)
                yield from _keys(terminal, f"{columns}x{rows}", 20 if is_quick else 60)
                yield from _rest(terminal, f"{columns}x{rows}", 10.0 if is_quick else REST_SECONDS)


def _many(home: Path) -> Path:
    """A store in which so many emergencies have begun within the last minutes, by the real clock."""
    world = World(home / "many.db")
    world.clock.now = datetime.now(UTC) - timedelta(minutes=2)
    for number in range(MANY):
        an_emergency(world, place=f"老城社区{number + 1}号楼")
    return world.path


def _keys(terminal: Terminal, size: str, count: int) -> Iterator[Figure]:
    costs = []
    for number in range(count):
        costs.append(cost(terminal, "down" if number % 3 else "up")[1])
        terminal.settle(0.3)
    yield Figure(
        f"a cursor move among {MANY} emergencies, {size}: CPU, median", statistics.median(costs), KEY_MS, "ms"
    )
    worst = sorted(costs)[int(0.95 * (len(costs) - 1))]
    yield Figure(f"a cursor move among {MANY} emergencies, {size}: CPU, 95 %", worst, None, "ms")


def _rest(terminal: Terminal, size: str, seconds: float) -> Iterator[Figure]:
    terminal.settle(2.0)
    before, begun = terminal.cpu_seconds(), time.monotonic()
    wait(terminal, seconds)
    share = 100 * (terminal.cpu_seconds() - before) / (time.monotonic() - begun)
    yield Figure(f"at rest with {MANY} clocks running, {size}: CPU", share, REST_SHARE, "%")
