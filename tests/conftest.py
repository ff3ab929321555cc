"""Shared by every test: a small hotline on a real store."""

from pathlib import Path

import pytest

from tests.world import World


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A fresh store with people in it and a clock that goes only when told to."""
    return World(tmp_path / "desk.db")
