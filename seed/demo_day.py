"""The invented day: some 400 orders brought to where they stand by the desk's own deeds, under a moving clock.

Each order is a life (`seed/lives.py`), a generator that does a deed and yields the moment of its next one. They are
run in the order of their moments, so that the chain of events reads as on a real desk.
"""

import heapq
import random
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from db import schema
from db.codes import Deed
from db.engine import Database
from db.times import to_ms
from desk import history, session
from desk.errors import Refused
from desk.history import Happening
from desk.session import Opening
from seed import load, told
from seed.cast import Cast, give_pins
from seed.lives import lives
from seed.story import Life

SITE = "CY01"
BEGUN_BEFORE = timedelta(days=30)
"""How long the invented store has stood: no event may come before its store."""


class MovingClock:
    """A clock that stands where the next life needs it."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """Return the moment, aware."""
        return self.now


def prepare(path: Path, now: datetime) -> Database:
    """Make the throw-away store with house and people, as of `now` (aware)."""
    begun = to_ms(now - BEGUN_BEFORE)
    schema.create_store(path, site=SITE, now_ms=begun, is_throw_away=True)
    database = Database(path, is_throw_away=True)
    with database.light_write() as writer:
        load.load_house(writer, now_ms=begun)
        load.load_people(writer)
        centre = writer.value("SELECT id FROM units WHERE code = 'CY-12345'")
        writer.update("store", 1, {"centre_id": centre})
        load.load_panelists(writer, now_ms=begun)
        load.load_notices(writer, now_ms=to_ms(now))
    return database


def fill(database: Database, now: datetime, *, seed: int = 12345) -> int:
    """Live the day up to `now` (aware) and return how many deeds were done. The same `seed`, the same day."""
    clock = MovingClock(now)
    opening = session.named(Opening(database, clock, "演示"))
    cast = Cast(opening, random.Random(seed))
    return _run(lives(cast, now, random.Random(seed)), clock, now)


def _run(all_lives: Iterator[tuple[datetime, Life]], clock: MovingClock, end: datetime) -> int:
    queue = [(moment, number, life) for number, (moment, life) in enumerate(all_lives)]
    heapq.heapify(queue)
    deeds = 0
    while queue:
        moment, number, life = heapq.heappop(queue)
        if moment > end:
            continue
        clock.now = moment
        deeds += 1
        try:
            heapq.heappush(queue, (max(next(life), moment), number, life))
        except (StopIteration, Refused):
            # A refusal is part of a lively day too (a unit accused, nobody there): that order stays where it is.
            continue
    return deeds


def main(arguments: list[str]) -> int:
    """Fill the store that `seed.demo` names; say `ready` when people stand."""
    path, now, staff_no = Path(arguments[0]), datetime.fromisoformat(arguments[1]), arguments[2]
    database = prepare(path, now)
    print("ready", flush=True)
    give_pins(database)
    fill(database, now)
    # Those whom the day has hired have none yet.
    give_pins(database)
    with database.light_write() as writer:
        told.post(writer)
        actor = writer.value("SELECT uid FROM staff WHERE staff_no = :no", no=staff_no)
        at = history.moment_after_head(writer, now)
        history.record(writer, Happening(Deed.LOG_IN, at, actor, "演示"))
    database.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
