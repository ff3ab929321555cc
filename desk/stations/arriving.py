"""A station's file arrives at the centre: verified whole, then taken in short transactions, each order once (P18)."""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from db.codes import Deed
from db.queries import stations as station_rows
from db.times import to_ms
from desk import history
from desk.births import check_birth_right
from desk.context import Desk
from desk.history import Happening
from desk.stations.keys import KeyRing
from desk.stations.taking_over import Arrived, Taking, take
from desk.stations.verifying import verified

_LONGEST_SECONDS = 0.05
_PAUSE_SECONDS = 0.02


def take_segment(
    desk: Desk,
    site: str,
    body: Mapping[str, Any],
    ring: KeyRing,
    *,
    pause: Callable[[float], None] = time.sleep,
) -> Arrived:
    """Take over what the station's file holds and is not here yet, in short transactions, each order whole.

    A second reading adds nothing; a broken one is continued by reading the file again. Each transaction leaves one event
    READ_HANDOVER beside those of its orders. Raises Refused for a chain that does not continue what is here, NotAllowed.
    """
    for deed in (Deed.READ_HANDOVER, Deed.TAKE_OVER):
        check_birth_right(desk, deed)
    with desk.reading() as reader:
        segment = verified(reader, site, body)
    arrived, done = Arrived(), False
    while not done:
        with desk.writing() as writer:
            done = _take_some(Taking(desk, writer, segment, ring, arrived))
        pause(0 if done else _PAUSE_SECONDS)
    return arrived


def _take_some(taking: Taking) -> bool:
    """Take as many events as fit into one short transaction; tell whether that was the last of them."""
    known = station_rows.one(taking.writer, taking.segment.site)
    assert known is not None, "stations are never removed"
    left = [event for event in taking.segment.events if event["seq"] > known["seq"]]
    ends, last, arrived = time.monotonic() + _LONGEST_SECONDS, None, taking.arrived
    orders, too_late = len(arrived.order_nos), len(arrived.too_late)
    for event in left:
        last = event
        take(taking, event)
        if time.monotonic() > ends:
            break
    far: dict[str, Any] = {"news_seq": max(taking.segment.news_seq, known["news_seq"])}
    if last is not None:
        _note(taking, last, len(arrived.order_nos) - orders, arrived.too_late[too_late:])
        far |= {"seq": last["seq"], "hash": last["hash"], "at": last["at"]}
        far["store_uid"] = taking.segment.store_uid
    at = history.moment_after_head(taking.writer, taking.desk.now())
    station_rows.heard(taking.writer, taking.segment.site, to_ms(at), **far)
    return last is None or last is left[-1]


def _note(taking: Taking, last: Mapping[str, Any], orders: int, too_late: Sequence[tuple[str, str]]) -> None:
    """Leave the event of this transaction: how far the station's chain is here by now, and words that came too late."""
    desk = taking.desk
    at = history.moment_after_head(taking.writer, desk.now())
    site, words = taking.segment.site, "\n".join(map(" ".join, too_late))
    data = {"station": site, "seq": last["seq"], "hash": last["hash"], "orders": orders}
    happening = Happening(
        Deed.READ_HANDOVER, at, desk.actor.uid, desk.seat, data=data, texts={"too_late": words}
    )
    history.record(taking.writer, happening)
