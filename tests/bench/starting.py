"""From the command to the first full frame, against a Textual hello-world in the same terminal."""

import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from tests.bench import big_store
from tests.bench.programs import DESK, Start, against_hello, ratio, running, so_far, start
from tests.bench.table import Figure
from tests.world import PIN

LOG_IN_PAGE = ("工号", "退出")
INTAKE_FORM = ("诉求内容", " F1 ")


def figures(*, is_quick: bool) -> Iterator[Figure]:
    """Yield CPU and wall of each start as multiples of hello-world's, pairwise medians of interleaved runs."""
    runs = 3 if is_quick else 7
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        store = big_store.make(home, orders=100_000, open_orders=400).path
        ways: tuple[tuple[str, Callable[[], Start], float], ...] = (
            ("the log-in page", partial(start, (*DESK, "--store", str(store)), home, LOG_IN_PAGE), 1.2),
            ("the intake form of --demo", partial(start, (*DESK, "--demo"), home, INTAKE_FORM), 1.8),
            ("rows of the first screen, 100,000 orders", partial(_first_rows, store, home), 2.6),
        )
        for name, way, bound in ways:
            ours, hellos = against_hello(home, way, runs=runs)
            yield Figure(f"{name}: CPU against hello-world", ratio(ours, hellos, "cpu"), bound)
            yield Figure(f"{name}: wall against hello-world", ratio(ours, hellos, "wall"), bound)
            yield Figure(f"{name}: peak memory against hello-world", ratio(ours, hellos, "peak"), 3)


def _first_rows(store: Path, home: Path) -> Start:
    """Log a dispatcher in as fast as the page takes keys; what it took until the first page of the queue stood."""
    with running((*DESK, "--store", str(store)), home) as terminal:
        terminal.wait_for("退出")
        terminal.type("1301\r")
        terminal.type(f"{PIN}\r")
        terminal.wait_for("夜间施工噪音")
        return so_far(terminal)
