"""Drafts, presence, rings and seats: kept apart, and never a reason for a deed to fail."""

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from db.work import PRESENCE_LASTS_MS, WorkStore, work_path
from tests.db.stores import NOW, make_store

WANG = {"staff_uid": "wang", "seat": "A1"}


@pytest.fixture
def store(tmp_path: Path) -> Path:
    database = make_store(tmp_path / "desk.db")
    database.close()
    return database.path


@pytest.fixture
def work(store: Path) -> WorkStore:
    return WorkStore(store)


def save(work: WorkStore, title: str = "噪音", **changes: Any) -> str | None:
    values = {
        **WANG,
        "kind": "intake",
        "title": title,
        "body": {"content": "半句话"},
        "now_ms": NOW,
        **changes,
    }
    return work.save_draft(**values)


def test_a_draft_is_there_at_the_next_sign_in(work: WorkStore, store: Path) -> None:
    draft_id = save(work)
    assert draft_id is not None
    assert (
        save(work, "施工噪音", draft_id=draft_id, body={"content": "一整句话", "空": None}, now_ms=NOW + 5)
        == draft_id
    )
    work.close()
    (draft,) = WorkStore(store).drafts_of("wang")
    assert (draft.id, draft.title, draft.body) == (draft_id, "施工噪音", {"content": "一整句话", "空": None})
    assert (draft.seat, draft.kind, draft.is_held, draft.updated_at) == ("A1", "intake", False, NOW + 5)


def test_drafts_are_ones_own_newest_first(work: WorkStore) -> None:
    save(work, "一")
    save(work, "二", now_ms=NOW + 1, kind="reply")
    save(work, "三", now_ms=NOW + 2, is_held=True)
    other = save(work, "别人的", staff_uid="li", is_held=True)
    assert [draft.title for draft in work.drafts_of("wang")] == ["三", "二", "一"]
    assert [draft.title for draft in work.drafts_of("wang", "intake")] == ["三", "一"]
    assert [draft.title for draft in work.held_drafts()] == ["别人的", "三"]
    assert other is not None
    assert work.drop_draft(other)
    assert work.drafts_of("li") == []


def test_who_has_an_order_open(work: WorkStore) -> None:
    work.enter("o1", **WANG, staff_name="王芳", doing="reading", now_ms=NOW)
    work.enter("o1", staff_uid="li", seat="B2", staff_name="李强", doing="writing", now_ms=NOW + 1)
    work.enter("o1", **WANG, staff_name="王芳", doing="writing", now_ms=NOW + 2)
    seen = [(one.staff_name, one.doing, one.since) for one in work.who_has("o1", now_ms=NOW + 3)]
    assert seen == [("王芳", "writing", NOW), ("李强", "writing", NOW + 1)]
    assert [one.order_uid for one in work.all_present(now_ms=NOW + 3)] == ["o1", "o1"]
    work.leave("o1", **WANG)
    assert [one.staff_uid for one in work.who_has("o1", now_ms=NOW + 3)] == ["li"]
    assert work.who_has("o2", now_ms=NOW + 3) == []


def test_a_desk_that_died_has_no_order_open(work: WorkStore) -> None:
    work.enter("o1", **WANG, staff_name="王芳", doing="reading", now_ms=NOW)
    assert work.who_has("o1", now_ms=NOW + PRESENCE_LASTS_MS - 1) != []
    assert work.who_has("o1", now_ms=NOW + PRESENCE_LASTS_MS) == []


def test_a_call_is_taken_by_one_seat(work: WorkStore, store: Path) -> None:
    other = WorkStore(store)
    assert work.ring("c1", phone="13800000000", line="12345", now_ms=NOW)
    assert work.ring("c1", phone="13800000000", line="12345", now_ms=NOW + 9)
    assert work.ring("c2", phone="", line="12333", now_ms=NOW + 1, seat="B2")
    assert [ring.id for ring in work.waiting_rings("A1")] == ["c1"]
    assert [ring.id for ring in work.waiting_rings("B2")] == ["c1", "c2"]
    assert other.take_ring("c1", seat="A1", now_ms=NOW + 10)
    assert not work.take_ring("c1", seat="B2", now_ms=NOW + 11)
    running = work.running_ring("A1")
    assert running is not None
    assert (running.id, running.rang_at, running.answered_at, running.ended_at) == ("c1", NOW, NOW + 10, None)
    assert work.end_ring("c1", now_ms=NOW + 20)
    assert not work.end_ring("c1", now_ms=NOW + 21)
    assert work.running_ring("A1") is None
    ended = work.find_ring("c1")
    assert ended is not None
    assert ended.ended_at == NOW + 20
    assert work.find_ring("c9") is None
    assert not work.take_ring("c9", seat="A1", now_ms=NOW)


def test_seats(work: WorkStore) -> None:
    work.sit("A1", staff_uid="wang", staff_name="王芳", state="free", now_ms=NOW)
    work.sit("A1", staff_uid="wang", staff_name="王芳", state="free", now_ms=NOW + 5)
    work.sit("B2", staff_uid="li", staff_name="李强", state="free", now_ms=NOW)
    work.sit("B2", staff_uid="li", staff_name="李强", state="talking", now_ms=NOW + 7)
    assert [(one.seat, one.staff_name, one.state, one.since) for one in work.seats()] == [
        ("A1", "王芳", "free", NOW),
        ("B2", "李强", "talking", NOW + 7),
    ]
    assert {one.seat: one.signed_in_at for one in work.seats()} == {"A1": NOW, "B2": NOW}
    work.sit("B2", staff_uid="zhou", staff_name="周", state="free", now_ms=NOW + 8)
    work.sit("A1", staff_uid="wang", staff_name="王芳", state="free", now_ms=NOW + 11 * 60_000)
    assert {one.seat: one.signed_in_at for one in work.seats()} == {"A1": NOW + 11 * 60_000, "B2": NOW + 8}
    work.enter("o1", **WANG, staff_name="王芳", doing="reading", now_ms=NOW)
    work.stand_up("A1")
    assert [one.seat for one in work.seats()] == ["B2"]
    assert work.who_has("o1", now_ms=NOW) == []


def test_what_others_write_is_noticed(work: WorkStore, store: Path) -> None:
    other = WorkStore(store)
    work.changed()
    assert not work.changed()
    save(work)
    assert not work.changed()
    other.ring("c1", phone="13800000000", line="12345", now_ms=NOW)
    assert work.changed()
    assert not work.changed()


@pytest.mark.skipif(os.name == "nt", reason="modes are a matter of POSIX")
def test_only_the_owner_of_the_store_reads_the_work_file(work: WorkStore, store: Path) -> None:
    assert stat.S_IMODE(work.path.stat().st_mode) == 0o600
    assert work.path.parent == store.parent
    shared = store.with_name("shared.db")
    shared.touch()
    shared.chmod(0o660)
    assert stat.S_IMODE(WorkStore(shared).path.stat().st_mode) == 0o660


def test_two_stores_in_one_folder_share_no_drafts(work: WorkStore, tmp_path: Path) -> None:
    make_store(tmp_path / "other.db")
    save(work)
    assert WorkStore(tmp_path / "other.db").drafts_of("wang") == []


@pytest.mark.parametrize("garbage", [b"garbage" * 2000, b"SQLite format 3\x00" + b"\x01" * 8000])
def test_a_damaged_file_is_set_aside(store: Path, garbage: bytes) -> None:
    work_path(store).write_bytes(garbage)
    work = WorkStore(store)
    assert work.is_usable
    assert work.set_aside is not None
    assert work.set_aside.read_bytes() == garbage
    draft_id = save(work)
    assert [draft.id for draft in work.drafts_of("wang")] == [draft_id]


def test_drafts_are_carried_out_of_a_damaged_file(work: WorkStore, store: Path) -> None:
    for number in range(3):
        save(work, f"第{number}份", now_ms=NOW + number)
    work.close()
    with closing(sqlite3.connect(work.path)) as connection:
        page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'seats'").fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    with work.path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    again = WorkStore(store)
    assert again.set_aside is not None
    assert [draft.title for draft in again.drafts_of("wang")] == ["第2份", "第1份", "第0份"]


def test_a_file_damaged_under_a_running_desk_is_replaced(work: WorkStore) -> None:
    work.close()
    running = WorkStore(work.path.with_name("desk.db"))
    with running.path.open("r+b") as file:
        file.write(b"\xff" * running.path.stat().st_size)
    running.path.with_name("desk.work.db-wal").unlink(missing_ok=True)
    assert save(running) is not None
    assert len(running.drafts_of("wang")) == 1


def test_without_a_file_nothing_is_kept_and_nothing_fails(store: Path) -> None:
    work_path(store).mkdir()
    work = WorkStore(store)
    assert not work.is_usable
    assert save(work) is None
    assert work.drafts_of("wang") == []
    work.enter("o1", **WANG, staff_name="王芳", doing="reading", now_ms=NOW)
    assert work.who_has("o1", now_ms=NOW) == []
    assert not work.ring("c1", phone="", line="", now_ms=NOW)
    assert work.find_ring("c1") is None
    assert not work.changed()


def test_a_draft_that_is_no_object_hides_no_other(work: WorkStore) -> None:
    save(work)
    with closing(sqlite3.connect(work.path)) as connection, connection:
        connection.execute("INSERT INTO drafts VALUES ('x', 'wang', 'A1', 'intake', '', '[1', 0, 0)")
        connection.execute("INSERT INTO drafts VALUES ('y', 'wang', 'A1', 'intake', '', '[1]', 0, 0)")
    assert [draft.title for draft in work.drafts_of("wang")] == ["噪音"]
