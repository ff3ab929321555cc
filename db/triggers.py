"""What the file itself refuses, whoever writes to it: all triggers in one place (design part 3).

Migrations drop every trigger first and make these again at their end. `INSERT OR REPLACE` deletes without firing
DELETE triggers, hence the INSERT ones.
"""

from collections.abc import Callable

EVENTS_REFUSAL = "events are append-only"
TEXTS_REFUSAL = "the words of an event can only be erased"
IDENTITY_REFUSAL = "the identity of an order never changes"

_FIXED = ("uid", "order_no", "order_day", "counter")

TRIGGERS: dict[str, str] = {
    "events_no_update": f"BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, '{EVENTS_REFUSAL}'); END",
    "events_no_delete": f"BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, '{EVENTS_REFUSAL}'); END",
    "events_no_replace": (
        "BEFORE INSERT ON events WHEN EXISTS (SELECT 1 FROM events WHERE seq = NEW.seq)"
        " OR EXISTS (SELECT 1 FROM events WHERE uid = NEW.uid)"
        f" BEGIN SELECT RAISE(ABORT, '{EVENTS_REFUSAL}'); END"
    ),
    "event_texts_only_erasure": (
        "BEFORE UPDATE ON event_texts WHEN NOT (NEW.event_uid IS OLD.event_uid AND NEW.field IS OLD.field"
        " AND NEW.digest IS OLD.digest AND NEW.salt IS NULL AND NEW.body IS NULL)"
        f" BEGIN SELECT RAISE(ABORT, '{TEXTS_REFUSAL}'); END"
    ),
    "event_texts_no_delete": (
        f"BEFORE DELETE ON event_texts BEGIN SELECT RAISE(ABORT, '{TEXTS_REFUSAL}'); END"
    ),
    "event_texts_no_replace": (
        "BEFORE INSERT ON event_texts WHEN EXISTS"
        " (SELECT 1 FROM event_texts WHERE event_uid = NEW.event_uid AND field = NEW.field)"
        f" BEGIN SELECT RAISE(ABORT, '{TEXTS_REFUSAL}'); END"
    ),
    "work_orders_fixed_identity": (
        f"BEFORE UPDATE OF {', '.join(_FIXED)} ON work_orders"
        f" WHEN {' OR '.join(f'NEW.{name} IS NOT OLD.{name}' for name in _FIXED)}"
        f" BEGIN SELECT RAISE(ABORT, '{IDENTITY_REFUSAL}'); END"
    ),
}


def create_triggers(run: Callable[[str], object]) -> None:
    """Make every trigger, by `run(sql)` on a connection inside a transaction. Raises sqlite3.Error."""
    for name, body in TRIGGERS.items():
        run(f"CREATE TRIGGER {name} {body}")
