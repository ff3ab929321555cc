"""A store for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.engine import Database
from tests.db.stores import add_order, make_store


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Database]:
    """A fresh store."""
    database = make_store(tmp_path / "desk.db")
    yield database
    database.close()


@pytest.fixture
def filled(empty: Database) -> Database:
    """A store with five orders."""
    with empty.write() as writer:
        for number in range(1, 6):
            add_order(writer, number)
    return empty
