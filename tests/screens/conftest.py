from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

import screens.modes
from tests.screens import sample, support


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> support.FakeStore:
    """A fake store, and the sample screen in place of each of the five."""
    store = support.stand_in(monkeypatch)
    modules = dict.fromkeys(
        ("intake", "dispatch", "my_tickets", "emergency", "review"), ("tests.screens.sample", "SampleScreen")
    )
    for mode, place in modules.items():
        monkeypatch.setitem(screens.modes.SCREENS, mode, place)
    sent: list[Any] = []
    support.put_in_place(
        monkeypatch,
        sample={"page": lambda desk, start: sample.ROWS, "send": sent.append},
    )
    return store


@pytest.fixture
def flow(store: support.FakeStore) -> ModuleType:
    """The sample screen's flow, to be bent by a test."""
    import sys

    return sys.modules["desk.sample"]
