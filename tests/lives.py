"""2,000 random lives, and what must hold after them: `python -m tests.lives [ORDERS]` (make lives).

The suite lets some hundreds live; this is the whole promise, some minutes long, in two processes.
"""

import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.desk.test_many_lives import flaws, lived

AT_ONCE = 100
"""Orders of one world: each world has a seed and a store of its own."""


def run(seed: int) -> tuple[list[str], Counter[str], int]:
    """Let `AT_ONCE` orders live; return what is wrong afterwards, what was done, and how many ended C or D."""
    with tempfile.TemporaryDirectory() as folder:
        world, many = lived(Path(folder) / "desk.db", AT_ONCE, seed)
        wrong = flaws(world, AT_ONCE)
        graded = world.row("SELECT count(*) AS n FROM work_orders WHERE grade IN ('C', 'D')")["n"]
        world.database.close()
        return [f"seed {seed}: {line}" for line in wrong], many.done, graded


def main() -> int:
    """Print what was done and whatever is wrong; 1 when anything is."""
    orders = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    began, done, wrong, graded = time.monotonic(), Counter[str](), [], 0
    with ProcessPoolExecutor(max_workers=2) as workers:
        for lines, deeds, watched in workers.map(run, range(1, max(orders // AT_ONCE, 1) + 1)):
            wrong += lines
            done += deeds
            graded += watched
    for line in wrong:
        print(line)
    minutes = (time.monotonic() - began) / 60
    print(
        f"{orders} orders, {sum(done.values())} deeds, {graded} ended C or D, {len(wrong)} wrong, {minutes:.1f} min"
    )
    print(", ".join(f"{name} {count}" for name, count in done.most_common()))
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
