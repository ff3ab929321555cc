"""The 退单 and 退协办 that waited past their limit and are 班长's now: what rings at his desk (practice P7)."""

from dataclasses import dataclass

from db.codes import RequestKind
from db.queries import pages, requests
from db.times import to_ms
from desk import scopes
from desk.context import Desk

MOST = 20


@dataclass(frozen=True, slots=True)
class LateReturn:
    """One of them: the request's uid, which of the two it is, the order's number, and the unit that asks."""

    uid: str
    kind: RequestKind
    order_no: str
    unit: str


def late_returns(desk: Desk) -> tuple[LateReturn, ...]:
    """Return the 退单 and 退协办 of this person's orders whose limit has passed, 退单 first (twenty of each at most)."""
    where, parameters = scopes.of(desk.actor)
    condition = f"{where} AND r.due_at < :now AND {requests.STILL_ASKED}"
    with desk.reading() as reader:
        rows = [
            row
            for kind in (RequestKind.RETURN, RequestKind.PART_RETURN)
            for row in requests.pending_of_kind(
                reader, kind, condition, limit=MOST, now=to_ms(desk.now()), **parameters
            )
        ]
        numbers = {
            row["id"]: row["order_no"] for row in pages.by_keys(reader, [row["order_id"] for row in rows])
        }
    return tuple(
        LateReturn(
            row["uid"], RequestKind(row["kind"]), numbers[row["order_id"]], row["asking_unit_name"] or ""
        )
        for row in rows
    )
