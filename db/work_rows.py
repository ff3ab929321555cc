"""What stands in the work file beside a store: rows, and the tables they come from. All times in milliseconds UTC."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

TABLES = """
CREATE TABLE IF NOT EXISTS drafts (
    id TEXT PRIMARY KEY, staff_uid TEXT NOT NULL, seat TEXT NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL,
    body TEXT NOT NULL, is_held INTEGER NOT NULL, updated_at INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS ix_drafts_staff ON drafts (staff_uid, updated_at);
CREATE TABLE IF NOT EXISTS presence (
    order_uid TEXT NOT NULL, staff_uid TEXT NOT NULL, seat TEXT NOT NULL, staff_name TEXT NOT NULL,
    doing TEXT NOT NULL, since INTEGER NOT NULL, seen_at INTEGER NOT NULL,
    PRIMARY KEY (order_uid, staff_uid, seat)
);
CREATE TABLE IF NOT EXISTS rings (
    id TEXT PRIMARY KEY, phone TEXT NOT NULL, line TEXT NOT NULL, seat TEXT NOT NULL, rang_at INTEGER NOT NULL,
    answered_at INTEGER, ended_at INTEGER
);
CREATE INDEX IF NOT EXISTS ix_rings_rang ON rings (rang_at);
CREATE INDEX IF NOT EXISTS ix_rings_open ON rings (seat) WHERE ended_at IS NULL;
CREATE TABLE IF NOT EXISTS phrase_uses (
    staff_uid TEXT NOT NULL, phrase_uid TEXT NOT NULL, used_at INTEGER NOT NULL, PRIMARY KEY (staff_uid, phrase_uid)
);
CREATE TABLE IF NOT EXISTS seats (
    seat TEXT PRIMARY KEY, staff_uid TEXT NOT NULL, staff_name TEXT NOT NULL, state TEXT NOT NULL,
    since INTEGER NOT NULL, seen_at INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS sittings (
    seat TEXT PRIMARY KEY, staff_uid TEXT NOT NULL, since INTEGER NOT NULL, seen_at INTEGER NOT NULL
);
"""


@dataclass(frozen=True, slots=True)
class Draft:
    """A half-filled form. `is_held` is one that its owner put aside on purpose (P27: shown at handover)."""

    id: str
    staff_uid: str
    seat: str
    kind: str
    title: str
    body: Mapping[str, Any]
    is_held: bool
    updated_at: int


@dataclass(frozen=True, slots=True)
class Presence:
    """Who has an order open. A hint only: the truth is the version check (design part 3)."""

    order_uid: str
    staff_uid: str
    staff_name: str
    seat: str
    doing: str
    since: int


@dataclass(frozen=True, slots=True)
class Ring:
    """A call as the telephone system tells of it (`desk ring | answer | hangup`); `seat` is '' if it rings everywhere."""

    id: str
    phone: str
    line: str
    seat: str
    rang_at: int
    answered_at: int | None
    ended_at: int | None


@dataclass(frozen=True, slots=True)
class Seat:
    """Who sits where, since when, and what the seat is doing since when (practice P31)."""

    seat: str
    staff_uid: str
    staff_name: str
    state: str
    since: int
    signed_in_at: int


def draft(row: sqlite3.Row) -> Draft:
    """Return a row of `drafts`; raises ValueError if its body is no JSON object."""
    body = json.loads(row["body"])
    if not isinstance(body, dict):
        raise ValueError("a draft is an object")
    return Draft(
        id=row["id"],
        staff_uid=row["staff_uid"],
        seat=row["seat"],
        kind=row["kind"],
        title=row["title"],
        body=body,
        is_held=bool(row["is_held"]),
        updated_at=row["updated_at"],
    )


def presence(row: sqlite3.Row) -> Presence:
    """Return a row of `presence`."""
    names = ("order_uid", "staff_uid", "staff_name", "seat", "doing", "since")
    return Presence(**{name: row[name] for name in names})


def ring(row: sqlite3.Row) -> Ring:
    """Return a row of `rings`."""
    names = ("id", "phone", "line", "seat", "rang_at", "answered_at", "ended_at")
    return Ring(**{name: row[name] for name in names})


def seat(row: sqlite3.Row) -> Seat:
    """Return a row of `seats`."""
    names = ("seat", "staff_uid", "staff_name", "state", "since", "signed_in_at")
    return Seat(**{name: row[name] for name in names})
