"""The hashes of the event chain (design part 3). Pure; standard library only."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

GENESIS = "0" * 64
"""What the first event of a store follows."""

HASHED_COLUMNS = (
    "seq",
    "uid",
    "store_uid",
    "order_uid",
    "kind",
    "at",
    "actor_uid",
    "seat",
    "round",
    "from_status",
    "to_status",
    "data",
    "text_digest",
    "prev_hash",
)
"""Every column of an event but its own hash."""


def canonical(value: Any) -> str:
    """Return the one JSON text of a value: sorted keys, no spaces, real characters."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def event_hash(fields: Any) -> str:
    """Return the SHA-256 of an event's `HASHED_COLUMNS`, in hexadecimal."""
    text = canonical({name: fields[name] for name in HASHED_COLUMNS})
    return hashlib.sha256(text.encode()).hexdigest()


def field_digest(salt: str, body: str) -> str:
    """Return SHA-256(salt‖body): without the salt, short words cannot be guessed back from it."""
    return hashlib.sha256((salt + body).encode()).hexdigest()


def text_digest(digests: Mapping[str, str]) -> str | None:
    """Return the digest of an event's words from the digests of its fields; None for an event without words."""
    return hashlib.sha256(canonical(dict(digests)).encode()).hexdigest() if digests else None
