"""Ctrl+P: any order by number, 查询码, phone or words, within this person's sight."""

from typing import Any

from db import search
from db.doors import Reader
from db.queries import finder, pages
from desk import lists, sight
from desk.context import Desk
from desk.errors import BadInput
from desk.rows import OrderRow
from desk.rules.text import normalised_phone

LIMIT = 20
_LOOKS_AT_MOST = 200


def find(desk: Desk, text: str) -> list[OrderRow]:
    """Return up to 20 orders, newest first: by number, 查询码 or phone if the text looks like one, else by its words.

    Only orders that this person may see; a secret order is found by number alone, except at the centre (P32 c).
    """
    wanted = text.strip()
    if not wanted:
        return []
    with desk.reading() as reader:
        keys = (
            _by_number(reader, wanted) or _by_phone(desk, reader, wanted) or _by_words(desk, reader, wanted)
        )
        rows = [row for row in pages.by_keys(reader, keys) if _is_visible(desk, reader, row, wanted)]
        return [lists.order_row(desk.actor, row, desk.now()) for row in rows[:LIMIT]]


def _by_number(reader: Reader, text: str) -> list[int]:
    return finder.by_number(reader, text.upper(), LIMIT) if any(mark.isdigit() for mark in text) else []


def _by_phone(desk: Desk, reader: Reader, text: str) -> list[int]:
    digits = "".join(mark for mark in text if mark.isdigit())
    if len(digits) < 7 or not desk.actor.is_at_the_centre:
        return []
    try:
        return finder.by_phone(reader, normalised_phone(digits), LIMIT)
    except BadInput:
        return []


def _by_words(desk: Desk, reader: Reader, text: str) -> list[int]:
    most = LIMIT if desk.actor.is_at_the_centre else _LOOKS_AT_MOST
    return search.find(reader, text, limit=most)


def _is_visible(desk: Desk, reader: Reader, row: Any, wanted: str) -> bool:
    if sight.is_secret(row) and not desk.actor.reads_secrets and wanted.upper() not in row["order_no"]:
        return False
    return sight.may_see(reader, desk.actor, {**row, "centre_path": finder.centre_path(reader, row["id"])})
