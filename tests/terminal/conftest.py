"""A store as a county's desk has it: the seed's house and people, everybody with the same PIN."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.terminal.furnished import furnish
from tests.terminal.seat import Seat

pytestmark = pytest.mark.terminal
DESK = (sys.executable, "-m", "desk")


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store made once; tests take copies."""
    return furnish(tmp_path_factory.mktemp("furnished") / "desk.db")


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
