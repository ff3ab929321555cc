"""A store as a county's desk has it: the seed's house and people, everybody with the same PIN."""

import shutil
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desk import session
from desk.cli import front
from desk.session import open_store
from seed import load
from tests.terminal.seat import PIN, Seat

pytestmark = pytest.mark.terminal
DESK = (sys.executable, "-m", "desk")


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store made once; tests take copies."""
    path = tmp_path_factory.mktemp("furnished") / "desk.db"
    now = datetime.now(UTC) - timedelta(minutes=5)
    front.make_store(path, site="CY01", staff_no="8001", name="方立", pin=PIN, now=now)
    database = open_store(path).database
    with database.light_write() as writer:
        load.load_people(writer)
        writer.run("UPDATE staff SET pin_hash = :pin_hash", pin_hash=session.hash_pin(PIN))
    database.close()
    return path


@pytest.fixture
def store(furnished: Path, tmp_path: Path) -> Path:
    """A store of this test's own."""
    return Path(shutil.copy(furnished, tmp_path / "desk.db"))


@pytest.fixture
def sit_down(tmp_path: Path) -> Callable[..., Seat]:
    """Start the desk in a terminal, with a home of its own."""

    def start(*arguments: str, columns: int = 80, rows: int = 24, **env: str) -> Seat:
        return Seat((*DESK, *arguments), tmp_path, columns=columns, rows=rows, env=env)

    return start
