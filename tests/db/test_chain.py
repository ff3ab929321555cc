"""Whatever is changed behind the desk's back is found; what was erased by law is no damage."""

from collections.abc import Callable
from typing import Any

import pytest

from db.chain import PAGE, Fault, FaultKind, erased_texts, verify
from db.check import check
from db.doors import Writer
from db.engine import Database
from db.hashing import event_hash
from tests.db.stores import NOW, add_event, add_order

K = FaultKind


def faults(database: Database) -> list[Fault]:
    with database.read() as reader:
        return list(verify(reader))


def kinds(database: Database) -> set[FaultKind]:
    return {fault.kind for fault in faults(database)}


def without_triggers(writer: Writer) -> None:
    for row in writer.all("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
        writer.run(f"DROP TRIGGER {row['name']}")


def rehash(writer: Writer, seq: int) -> None:
    """What a clever hand would do: make the changed event's own hash agree again."""
    event = writer.one("SELECT * FROM events WHERE seq = :seq", seq=seq)
    assert event is not None
    writer.run("UPDATE events SET hash = :hash WHERE seq = :seq", hash=event_hash(event), seq=seq)


def test_an_honest_chain_is_whole(filled: Database) -> None:
    with filled.write() as writer:
        uid = str(writer.value("SELECT uid FROM work_orders WHERE id = 1"))
        add_event(
            writer,
            uid,
            "put_into_triage",
            "to_dispatch",
            "in_triage",
            words={"note": "请速办", "demand": "两日内"},
        )
        add_event(writer, uid, "note", words={"note": "已到现场"})
        add_event(writer, None, "log_in")
        writer.update("work_orders", 1, {"status": "in_triage"})
    assert faults(filled) == []
    assert list(check(filled)) == []


def test_an_empty_store_is_whole(empty: Database) -> None:
    assert list(check(empty)) == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", NOW - 1),
        ("actor_uid", "somebody"),
        ("to_status", "closed"),
        ("kind", "archive"),
        ("data", '{"grade":"A"}'),
        ("store_uid", "another"),
        ("seat", "B2"),
        ("round", 2),
        ("from_status", "to_sign"),
        ("text_digest", "0" * 64),
        ("hash", "0" * 64),
        ("prev_hash", "0" * 64),
    ],
)
def test_a_changed_event_is_found_where_it_is(filled: Database, column: str, value: Any) -> None:
    with filled.write() as writer:
        without_triggers(writer)
        writer.run(f"UPDATE events SET {column} = :value WHERE seq = 3", value=value)
    assert Fault(K.WRONG_HASH, 3) in faults(filled)


def test_an_event_changed_with_its_hash_breaks_the_next_link(filled: Database) -> None:
    with filled.write() as writer:
        without_triggers(writer)
        writer.run("UPDATE events SET seat = 'B2' WHERE seq = 3")
        rehash(writer, 3)
    assert faults(filled) == [Fault(K.WRONG_LINK, 4)]


def test_the_last_event_changed_with_its_hash_contradicts_the_head(filled: Database) -> None:
    with filled.write() as writer:
        without_triggers(writer)
        writer.run("UPDATE events SET seat = 'B2' WHERE seq = 5")
        rehash(writer, 5)
    assert kinds(filled) == {K.WRONG_HEAD}


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("DELETE FROM events WHERE seq = 5", {K.WRONG_HEAD, K.NO_EVENT, K.WORDS_ALTERED}),
        ("DELETE FROM events WHERE seq = 2", {K.SEQUENCE_GAP, K.WRONG_LINK, K.NO_EVENT, K.WORDS_ALTERED}),
        ("DELETE FROM chain_head", {K.WRONG_HEAD}),
        ("UPDATE chain_head SET seq = 4", {K.WRONG_HEAD}),
        ("UPDATE event_texts SET body = '他没说什么' WHERE rowid = 1", {K.WORDS_ALTERED}),
        ("UPDATE event_texts SET digest = 'x' WHERE rowid = 1", {K.WORDS_ALTERED}),
        ("DELETE FROM event_texts WHERE rowid = 1", {K.WORDS_ALTERED}),
        (
            "INSERT INTO event_texts SELECT event_uid, 'more', digest, salt, body FROM event_texts",
            {K.WORDS_ALTERED},
        ),
        ("INSERT INTO event_texts VALUES ('nobody', 'note', 'x', 'y', 'z')", {K.WORDS_ALTERED}),
        ("UPDATE event_texts SET body = NULL, salt = NULL WHERE rowid = 1", {K.WORDS_MISSING}),
        ("UPDATE work_orders SET status = 'archived' WHERE id = 2", {K.WRONG_STATUS}),
        ("UPDATE events SET kind = 'bribe' WHERE seq = 2", {K.UNKNOWN_DEED, K.WRONG_HASH}),
        ("UPDATE events SET from_status = 'lost' WHERE seq = 2", {K.UNKNOWN_CODE, K.WRONG_HASH}),
        ("UPDATE events SET data = '{' WHERE seq = 2", {K.BAD_DATA, K.WRONG_HASH}),
        ("UPDATE events SET at = at + 999999 WHERE seq = 2", {K.TIME_BACKWARDS, K.WRONG_HASH}),
        ("UPDATE events SET order_uid = 'nobody' WHERE seq = 2", {K.UNKNOWN_ORDER, K.WRONG_HASH, K.NO_EVENT}),
    ],
)
def test_what_was_done_behind_the_desk(filled: Database, sql: str, expected: set[FaultKind]) -> None:
    with filled.write() as writer:
        without_triggers(writer)
        writer.run(sql)
    assert kinds(filled) == expected


def test_a_status_that_no_event_gave_names_its_order(filled: Database) -> None:
    with filled.write() as writer:
        writer.update("work_orders", 2, {"status": "archived"})
    assert faults(filled) == [
        Fault(K.WRONG_STATUS, order_no="CY01-20261123-0002", detail="archived / to_dispatch")
    ]


def test_words_erased_by_law_are_no_damage(filled: Database) -> None:
    with filled.write() as writer:
        uid = writer.value("SELECT uid FROM events WHERE seq = 2")
        writer.run("UPDATE event_texts SET salt = NULL, body = NULL WHERE event_uid = :uid", uid=uid)
        add_event(writer, None, "erased", data={"events": [uid]})
    assert faults(filled) == []
    with filled.read() as reader:
        assert erased_texts(reader) == 1


def test_an_erasure_of_other_words_excuses_nothing(filled: Database) -> None:
    with filled.write() as writer:
        uid = writer.value("SELECT uid FROM events WHERE seq = 3")
        writer.run("UPDATE event_texts SET salt = NULL, body = NULL WHERE rowid = 2")
        add_event(writer, None, "erased", data={"events": [uid]})
    assert faults(filled) == [Fault(K.WORDS_MISSING, 2, detail="note")]
    with filled.read() as reader:
        assert erased_texts(reader) == 0


def test_a_long_chain_is_followed_across_pages(empty: Database) -> None:
    with empty.light_write() as writer:
        for _ in range(PAGE + 5):
            add_event(writer, None, "log_in")
    told: list[tuple[int, int]] = []
    with empty.read() as reader:
        assert list(verify(reader, lambda done, total: told.append((done, total)))) == []
    assert told == [(PAGE, PAGE + 5), (PAGE + 5, PAGE + 5)]


def ghost(writer: Writer) -> None:
    writer.update("work_orders", 2, {"title": "改了标题却没改索引"})


def unknown_channel(writer: Writer) -> None:
    writer.update("work_orders", 2, {"channel": "pigeon"})


def broken_reference(writer: Writer) -> None:
    writer.update("work_orders", 2, {"accused_unit_id": 77})


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (ghost, Fault(K.WRONG_SEARCH_INDEX, detail="damaged")),
        (unknown_channel, Fault(K.UNKNOWN_CODE, detail="work_orders.channel = pigeon (1)")),
        (broken_reference, Fault(K.BROKEN_REFERENCE, detail="work_orders 2 -> units")),
    ],
)
def test_the_rest_of_the_store_is_checked_too(
    filled: Database, change: Callable[[Writer], None], expected: Fault
) -> None:
    with filled.light.write() as writer:
        writer.run("PRAGMA defer_foreign_keys = ON")
    filled.close()
    import sqlite3
    from contextlib import closing

    from db.connections import connect
    from db.light import LightTransaction

    with closing(connect(filled.path)) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys = OFF")
        change(LightTransaction(connection))
    assert list(check(filled)) == [expected]
    assert [each.name for each in filled.path.parent.iterdir() if "copy" in each.name] == []


def test_a_damaged_index_is_found(filled: Database) -> None:
    with filled.read() as reader:
        page = reader.value("SELECT rootpage FROM sqlite_master WHERE name = 'ix_work_orders_queue'")
    filled.close()
    with filled.path.open("r+b") as file:
        file.seek((page - 1) * 4096 + 100)
        file.write(b"\xff" * 3900)
    found = list(check(filled))
    assert {fault.kind for fault in found} == {K.DAMAGED_PAGE}


def test_a_check_holds_no_desk_up(filled: Database) -> None:
    steps = check(filled)
    assert next(steps, None) is None
    with filled.write() as writer:
        add_order(writer, 6)
        assert list(check(filled)) == []
