"""Shared by every test: a small hotline on a real store."""

from pathlib import Path

import pytest

from tests.world import World


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest tests first, so that none of them runs alone at the end beside idle workers."""
    items.sort(key=_length)


LIVES = frozenset({"test_many_lives.py"})


def _length(item: pytest.Item) -> int:
    """Rank a test by how long its kind takes: a real terminal or many lives, a whole demo day, a screen, the rest."""
    if "terminal" in item.keywords or item.path.name in LIVES:
        return 0
    parts = item.path.parts
    if "test_demo.py" in parts:
        return 1
    return 2 if "screens" in parts else 3


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A fresh store with people in it and a clock that goes only when told to."""
    return World(tmp_path / "desk.db")
