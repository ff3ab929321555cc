"""Ctrl+P: any order by number, 查询码, phone or words, within this person's sight."""

from typing import Any

from db import search
from db.codes import Role
from db.doors import Reader
from db.queries import finder, pages
from db.queries.callers import NOT_SECRET, OF_THE_CENTRE
from db.queries.sight import BORN_BY, HELD_BELOW, OF_THE_STATION
from desk import lists, sight
from desk.context import Actor, Desk
from desk.errors import BadInput
from desk.rows import OrderRow
from desk.rules.text import normalised_phone

LIMIT = 20
LOOKS_AT_MOST = 40
"""So many hits are read: the few that name this very person, or an accused unit, are left out afterwards."""


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


def numbered(desk: Desk, number: str) -> list[OrderRow]:
    """Return the orders that have this number, 查询码 or outside number, newest first; only what this person may see."""
    with desk.reading() as reader:
        rows = pages.by_keys(reader, _by_number(reader, number.strip()))
        seen = [row for row in rows if _is_visible(desk, reader, row, number.strip())]
        return [lists.order_row(desk.actor, row, desk.now()) for row in seen]


def _by_number(reader: Reader, text: str) -> list[int]:
    return finder.by_number(reader, text, LIMIT) if any(mark.isdigit() for mark in text) else []


def _by_phone(desk: Desk, reader: Reader, text: str) -> list[int]:
    digits = "".join(mark for mark in text if mark.isdigit())
    if len(digits) < 7 or not desk.actor.is_at_the_centre:
        return []
    try:
        return finder.by_phone(reader, normalised_phone(digits), LIMIT)
    except BadInput:
        return []


def _by_words(desk: Desk, reader: Reader, text: str) -> list[int]:
    where, parameters = _within_sight(desk.actor)
    return search.find(reader, text, limit=LOOKS_AT_MOST, scope=where, parameters=parameters)


def _within_sight(actor: Actor) -> tuple[str, dict[str, Any]]:
    """Return SQL over `o`, with its parameters, that lets through what this person may see but for those accused.

    Asked of the store: among thousands of orders with the same words a unit's few are rarely the newest.
    """
    secrets = "o.is_crisis = 0" if actor.reads_secrets else NOT_SECRET
    if actor.is_at_the_centre and not sight.sees_specials(actor):
        secrets += " AND o.is_special = 0"
    if actor.is_at_the_centre:
        return f"{secrets} AND {OF_THE_CENTRE}", {"centre_path": actor.centre_path + "%"}
    ways, given = ["1 = 0"], {}
    if actor.is_in_a_unit:
        ways, given = [HELD_BELOW], {"path": actor.unit_path + "%"}
    if Role.STATION_CLERK in actor.roles:
        ways, given = [*ways, BORN_BY, OF_THE_STATION], given | {"staff_uid": actor.uid}
    return f"{secrets} AND ({' OR '.join(ways)})", given


def _is_visible(desk: Desk, reader: Reader, row: Any, wanted: str) -> bool:
    if sight.is_secret(row) and not desk.actor.reads_secrets and wanted.upper() not in row["order_no"]:
        return False
    return sight.may_see(reader, desk.actor, {**row, "centre_path": finder.centre_path(reader, row["id"])})
