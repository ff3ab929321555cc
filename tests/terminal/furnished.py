"""A store as a county's desk has it: the seed's house and people, everybody with the same PIN."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from db.times import to_ms
from desk import session
from desk.cli import front
from desk.session import open_store
from seed import load
from tests.terminal.seat import PIN


def furnish(path: Path) -> Path:
    """Make such a store at `path`, founded five minutes ago, and return the path."""
    now = datetime.now(UTC) - timedelta(minutes=5)
    front.make_store(path, site="CY01", staff_no="8001", name="方立", pin=PIN, now=now)
    database = open_store(path).database
    with database.light_write() as writer:
        load.load_people(writer)
        load.load_panelists(writer, now_ms=to_ms(now))
        writer.run("UPDATE staff SET pin_hash = :pin_hash", pin_hash=session.hash_pin(PIN))
    database.close()
    return path
