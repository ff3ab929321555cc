"""Commands run as a person would type them, on a small hotline with a clock that goes only when told to."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from desk import session
from desk.cli.main import main
from tests.world import PIN, World


@dataclass(frozen=True)
class Ran:
    """What a command left: its exit status and what it said."""

    status: int
    out: str
    err: str


Command = Callable[..., Ran]


@pytest.fixture
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder without a store, and an environment that names nothing."""
    for name in ("DESK_STORE", "DESK_AS", "DESK_PIN_FILE", "DESK_NEW_PIN_FILE", "DESK_SEAT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DESK_STORE", str(tmp_path / "none" / "desk.db"))
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def bare(at_home: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run a command where nothing is known: no store, no person."""

    def run(*words: object) -> Ran:
        capsys.readouterr()
        status = main([str(word) for word in words])
        said = capsys.readouterr()
        return Ran(status, said.out, said.err)

    return run


@pytest.fixture
def command(world: World, bare: Command, at_home: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run a command on the small hotline as administrator 1001, unless it says otherwise."""
    pin_file = at_home / "pin"
    pin_file.write_text(f"{PIN}\n", encoding="utf-8")
    monkeypatch.setenv("DESK_STORE", str(world.path))
    monkeypatch.setenv("DESK_AS", "1001")
    monkeypatch.setenv("DESK_PIN_FILE", str(pin_file))
    defaults: dict[str, Any] = session.open_store.__kwdefaults__ or {}
    monkeypatch.setitem(defaults, "now", world.clock)
    return bare
