"""The 退单 that have waited past their limit and are 班长's now: what rings at his desk (practice P7)."""

from dataclasses import dataclass

from db.codes import RequestKind
from db.queries import pages, requests
from db.times import to_ms
from desk import scopes
from desk.context import Desk

MOST = 20


@dataclass(frozen=True, slots=True)
class LateReturn:
    """One of them: the request's uid, the order's number, and the unit that asks."""

    uid: str
    order_no: str
    unit: str


def late_returns(desk: Desk) -> tuple[LateReturn, ...]:
    """Return the 退单 of this person's orders whose limit has passed, the oldest first (twenty at most)."""
    where, parameters = scopes.of(desk.actor)
    condition = f"{where} AND r.due_at < :now"
    with desk.reading() as reader:
        rows = requests.pending_of_kind(
            reader, RequestKind.RETURN, condition, limit=MOST, now=to_ms(desk.now()), **parameters
        )
        numbers = {
            row["id"]: row["order_no"] for row in pages.by_keys(reader, [row["order_id"] for row in rows])
        }
    return tuple(
        LateReturn(row["uid"], numbers[row["order_id"]], row["asking_unit_name"] or "") for row in rows
    )
