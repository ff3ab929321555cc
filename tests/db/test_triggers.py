"""What the file itself refuses, whoever writes to it."""

import sqlite3

import pytest

from db import triggers
from db.engine import Database
from tests.db.stores import add_event


@pytest.mark.parametrize(
    ("sql", "refusal"),
    [
        ("UPDATE events SET at = 0 WHERE seq = 1", triggers.EVENTS_REFUSAL),
        ("DELETE FROM events WHERE seq = 5", triggers.EVENTS_REFUSAL),
        ("INSERT OR REPLACE INTO events SELECT * FROM events WHERE seq = 2", triggers.EVENTS_REFUSAL),
        (
            "INSERT OR REPLACE INTO events SELECT 99, uid, store_uid, order_uid, kind, at, actor_uid, seat, round,"
            " from_status, to_status, data, text_digest, prev_hash, hash FROM events WHERE seq = 2",
            triggers.EVENTS_REFUSAL,
        ),
        ("UPDATE event_texts SET body = '改过'", triggers.TEXTS_REFUSAL),
        ("UPDATE event_texts SET body = NULL", triggers.TEXTS_REFUSAL),
        ("UPDATE event_texts SET body = NULL, salt = NULL, digest = 'x'", triggers.TEXTS_REFUSAL),
        ("UPDATE event_texts SET field = 'other'", triggers.TEXTS_REFUSAL),
        ("DELETE FROM event_texts", triggers.TEXTS_REFUSAL),
        ("INSERT OR REPLACE INTO event_texts SELECT * FROM event_texts", triggers.TEXTS_REFUSAL),
        ("UPDATE work_orders SET order_no = 'CY01-20261123-9999' WHERE id = 1", triggers.IDENTITY_REFUSAL),
        ("UPDATE work_orders SET uid = 'x' WHERE id = 1", triggers.IDENTITY_REFUSAL),
        ("UPDATE work_orders SET counter = counter + 1", triggers.IDENTITY_REFUSAL),
    ],
)
def test_history_and_identity_never_change(filled: Database, sql: str, refusal: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=refusal), filled.write() as writer:
        writer.run(sql)


def test_words_can_be_erased_but_leave_their_digest(filled: Database) -> None:
    with filled.write() as writer:
        assert writer.run("UPDATE event_texts SET salt = NULL, body = NULL") == 5
        rows = writer.all("SELECT salt, body, digest FROM event_texts")
    assert [(row["salt"], row["body"], len(row["digest"])) for row in rows] == [(None, None, 64)] * 5


def test_what_may_change_does(filled: Database) -> None:
    with filled.write() as writer:
        add_event(writer, None, "log_in")
        assert writer.run("UPDATE work_orders SET title = '改', order_no = order_no WHERE id = 1") == 1
