from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from desk.rows import HeaderCounts
from screens import journal, live
from tests.screens.support import FakeDesk, put_in_place


class FlakyWatch:
    """Breaks at its first question, then says once that something changed."""

    opened = 0

    def __init__(self) -> None:
        FlakyWatch.opened += 1
        self.answers = iter([True])

    def changed(self) -> bool:
        if FlakyWatch.opened == 1:
            raise OSError("the USB stick was pulled out")
        return next(self.answers, False)

    def rings(self) -> None:
        return None

    def close(self) -> None:
        pass


def test_the_watch_outlives_a_store_that_was_away(monkeypatch: pytest.MonkeyPatch) -> None:
    FlakyWatch.opened = 0
    monkeypatch.setattr(live, "AWAY_SECONDS", 0.01)
    monkeypatch.setattr(live, "POLL_SECONDS", 0.01)
    put_in_place(
        monkeypatch,
        watch={"watch": lambda desk: FlakyWatch()},
        counts={"header_counts": lambda desk: HeaderCounts(1)},
    )
    told, is_told = [], threading.Event()

    def report(counts: HeaderCounts) -> None:
        told.append(counts)
        is_told.set()

    desk: Any = FakeDesk()
    watching = live.Live(desk, report, lambda calls: None)
    watching.start()
    assert is_told.wait(5)
    is_told.clear()
    watching.look_now()
    assert is_told.wait(5)
    watching.stop()
    watching._thread.join(5)
    assert not watching._thread.is_alive()
    assert FlakyWatch.opened == 2
    assert set(told) == {HeaderCounts(1)}


def test_bugs_are_written_by_kind_and_place_and_without_their_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal._log, "propagate", True)
    monkeypatch.setattr(journal._log, "handlers", [])
    path = journal.open_journal(tmp_path / "log")
    assert path is not None
    try:
        raise ValueError("13800001111 住在老城社区")
    except ValueError as bug:
        journal.note_bug(bug, "here")
    text = path.read_text("utf-8")
    assert "ValueError in here" in text
    assert "test_live.py" in text
    assert "13800001111" not in text
    assert "老城" not in text


def test_without_a_writable_folder_there_is_no_journal_and_no_crash(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert journal.open_journal(tmp_path / "file" / "log") is None
