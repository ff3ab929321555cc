"""Shared by every test: a small hotline on a real store."""

from pathlib import Path

import pytest

from tests.world import World


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest tests first: those in a real terminal wait much, and the rest runs beside them."""
    items.sort(key=lambda item: "terminal" not in item.keywords)


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A fresh store with people in it and a clock that goes only when told to."""
    return World(tmp_path / "desk.db")
