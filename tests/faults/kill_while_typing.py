"""A power cut at any key of a long text: how many seconds of typing are missing when the desk is opened again?

`python -m tests.faults.kill_while_typing [--trials 200] [--seats 2]`. Each seat types a 500-character text into 诉求内容 of
the real program, which is killed (SIGKILL) at a random key; it is started again, signed in, and the draft that it brings
back is compared with what was typed. The exit status is 1 when more than the last second is missing anywhere.
What a busy machine gave the desk no time to read is missing too: let nothing else run beside it.
"""

import argparse
import json
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from functools import partial
from importlib import resources
from pathlib import Path

from db.work import work_path
from tests.bench.programs import DESK, running
from tests.terminal.pty_desk import Terminal
from tests.world import PIN, World

LENGTH = 500
KEY_SECONDS = 0.05
"""Twenty keys a second: faster than anybody types for long."""
MOST_LOST = 1.0
"""Seconds of typing that may be missing."""
STAFF_NO = "1203"


@dataclass(frozen=True, slots=True)
class Trial:
    """One cut: keys typed before it, keys that came back, and how long before the cut the first missing key was typed."""

    typed: int
    kept: int
    lost_seconds: float


def main() -> int:
    """Run the trials on several seats at once and print the worst of them."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.kill_while_typing", description=__doc__)
    parser.add_argument("--trials", type=int, default=200)
    parser.add_argument("--seats", type=int, default=2, help="programs at the same time")
    given = parser.parse_args()
    shares = [len(range(seat, given.trials, given.seats)) for seat in range(given.seats)]
    with ProcessPoolExecutor(given.seats) as seats:
        found = [trial for each in seats.map(_at_a_seat, range(given.seats), shares) for trial in each]
    found.sort(key=lambda trial: trial.lost_seconds)
    lost = [trial.lost_seconds for trial in found]
    print(
        f"{len(found)} cuts, after {statistics.median(trial.typed for trial in found):.0f} keys in the middle"
    )
    print(f"{sum(seconds > MOST_LOST for seconds in lost)} of them lost more than {MOST_LOST:g} s")
    print(f"missing: median {statistics.median(lost):.2f} s, worst {lost[-1]:.2f} s (at most {MOST_LOST:g})")
    for trial in found[-3:]:
        print(f"  {trial.kept} of {trial.typed} keys came back, {trial.lost_seconds:.2f} s missing")
    return int(lost[-1] > MOST_LOST or len(found) != given.trials)


def _at_a_seat(seat: int, trials: int) -> list[Trial]:
    chance = random.Random(seat)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        world = World(home / "desk.db", is_throw_away=False)
        world.database.close()
        return list(
            _trials(partial(running, (*DESK, "--store", str(world.path)), home), world.path, trials, chance)
        )


def _trials(
    start: Callable[[], AbstractContextManager[Terminal]], store: Path, trials: int, chance: random.Random
) -> Iterator[Trial]:
    """Each start of the program shows what the cut before has left, and is cut in its turn."""
    text, keys = "", list[float]()
    for number in range(trials + 1):
        with start() as terminal:
            _log_in(terminal)
            if text:
                yield _compared(terminal, store, text, keys)
            if number < trials:
                text = _words(number, chance)
                keys = _type_and_cut(terminal, text, chance.randrange(1, LENGTH + 1))


def _words(number: int, chance: random.Random) -> str:
    """A text of 500 characters, another one each time; it begins with a sign that stands nowhere else on the screen."""
    lines = resources.files("seed").joinpath("stories.jsonl").read_text(encoding="utf-8").splitlines()
    chance.shuffle(lines)
    return (f"囗{number}次来电，" + "".join(json.loads(line)["content"] for line in lines[:30]))[:LENGTH]


def _log_in(terminal: Terminal) -> None:
    terminal.wait_for("退出", 60)
    terminal.type(f"{STAFF_NO}\r")
    terminal.type(f"{PIN}\r")
    terminal.wait_for(" F1 ", 60)
    terminal.settle(0.5)


def _type_and_cut(terminal: Terminal, text: str, keys: int) -> list[float]:
    """Type at a steady rate and cut right after one of the keys; return how long before the cut each key was typed."""
    terminal.press("ctrl+n")
    terminal.settle(0.3)
    terminal.press("ctrl+g", "escape")
    terminal.settle(0.3)
    terminal.send(text[0])
    while text[0] not in _shown(terminal):  # what goes into the list, or nowhere, is no typing into the form
        terminal.pump(0.05)
        assert not terminal.is_over, terminal.text
    typed = [time.perf_counter()]
    begun = time.perf_counter()
    for place, mark in enumerate(text[1:keys], start=1):
        while (left := begun + place * KEY_SECONDS - time.perf_counter()) > 0:
            terminal.pump(left)
        terminal.send(mark)
        typed.append(time.perf_counter())
    cut = time.perf_counter()
    terminal.kill()
    return [cut - each for each in typed]


def _compared(terminal: Terminal, store: Path, text: str, keys: list[float]) -> Trial:
    """What the desk brings back must be the beginning of what was typed; `keys` as `_type_and_cut` returns them."""
    kept = _kept(store)
    if not kept.startswith(text[:8]):
        kept = ""  # cut before anything was kept: what is there lies aside from an earlier cut
    assert text.startswith(kept), f"another text came back: {kept!r}"
    if kept:
        terminal.wait_for("已恢复")
        assert kept[:6] in _shown(terminal) or kept[-6:] in _shown(terminal), terminal.text
    missing = keys[len(kept) :]
    return Trial(len(keys), len(kept), missing[0] if missing else 0.0)


def _kept(store: Path) -> str:
    """The text of the draft that lies nowhere aside, '' for none."""
    with closing(sqlite3.connect(work_path(store))) as connection:
        row = connection.execute(
            "SELECT body FROM drafts WHERE is_held = 0 ORDER BY updated_at DESC"
        ).fetchone()
    return str(json.loads(row[0])["values"].get("content", "")) if row else ""


def _shown(terminal: Terminal) -> str:
    """The screen without its blanks, folded lines joined."""
    return "".join("".join(terminal.lines).split())


if __name__ == "__main__":
    sys.exit(main())
