"""What a person may do with an order now: the keys that a screen shows."""

from typing import Any

from db.codes import Deed, Status
from db.doors import Reader
from desk.context import Desk
from desk.deed import check, check_right, excluded
from desk.errors import NotAllowed, Refused
from desk.rules import lifecycle, rights


def deeds_for(desk: Desk, reader: Reader, order: Any) -> frozenset[Deed]:
    """Return the deeds that lifecycle, rights and separation of duty allow this person on this order (a row)."""
    possible = lifecycle.deeds_from(Status(order["status"]))
    return frozenset(deed for deed in possible if may_do(desk, reader, deed, order))


def why_not(desk: Desk, reader: Reader, kind: Deed, order: Any) -> str:
    """Return the line that refuses `kind` to this person on this order (a row) as it stands; '' when it is allowed.

    To be told before a form opens: the deed itself asks again under the lock.
    """
    try:
        check(desk, reader, kind, order)
    except Refused as refusal:
        return refusal.message
    return ""


def may_do(desk: Desk, reader: Reader, kind: Deed, order: Any) -> bool:
    """Whether rights and separation of duty allow this person `kind` on this order; the status is not asked."""
    if not rights.scopes(desk.actor.roles, kind):
        return False
    try:
        check_right(desk, reader, kind, order)
    except NotAllowed:
        return False
    return not excluded(desk, reader, kind, order)
