"""The event: one for each deed, in the same transaction as the change (design parts 2 and 3)."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from db.codes import Deed, Status
from db.doors import Reader, Row, Writer
from db.hashing import canonical, event_hash, field_digest, text_digest
from db.ids import new_uid
from db.queries import events
from db.times import from_ms, to_ms


@dataclass(frozen=True, slots=True)
class Happening:
    """What is to be recorded. `data` holds codes, keys and times; words of people belong into `texts`."""

    kind: Deed
    at: datetime
    actor_uid: str | None
    seat: str = ""
    order_uid: str | None = None
    round: int = 0
    from_status: Status | None = None
    to_status: Status | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)


def moment_after_head(reader: Reader, now: datetime) -> datetime:
    """Return `now` (aware) in whole milliseconds UTC, never before the newest event: clocks may be set back."""
    return after(events.head(reader), now)


def after(head: Row, now: datetime) -> datetime:
    """Return `moment_after_head` for a head that was read already."""
    return from_ms(max(to_ms(now), int(head["at"])))


def record(writer: Writer, what: Happening, head: Row | None = None) -> str:
    """Append one event to the chain, with its words, and return its uid.

    `head` saves reading it again; it must have been read in this very transaction, with no event since.
    """
    head = head or events.head(writer)
    uid = new_uid()
    digests = _keep_texts(writer, uid, what.texts)
    event: dict[str, object] = {
        "seq": head["seq"] + 1,
        "uid": uid,
        "store_uid": head["store_uid"],
        "order_uid": what.order_uid,
        "kind": str(what.kind),
        "at": to_ms(what.at),
        "actor_uid": what.actor_uid,
        "seat": what.seat,
        "round": what.round,
        "from_status": what.from_status and str(what.from_status),
        "to_status": what.to_status and str(what.to_status),
        "data": canonical(what.data),
        "text_digest": text_digest(digests),
        "prev_hash": head["hash"],
    }
    events.append(writer, {**event, "hash": event_hash(event)})
    return uid


def _keep_texts(writer: Writer, event_uid: str, texts: Mapping[str, str]) -> dict[str, str]:
    digests = {}
    for name, body in texts.items():
        if body:
            salt = secrets.token_hex(16)
            digests[name] = field_digest(salt, body)
            events.add_text(writer, event_uid, name, digests[name], salt, body)
    return digests


def data_of(row: Any) -> dict[str, Any]:
    """Return the data of an event row as a dictionary."""
    loaded: dict[str, Any] = json.loads(row["data"])
    return loaded
