"""A station's file arrives at the centre: its chain is verified, each order taken over once, whole or not at all (P18)."""

import json
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from db.codes import Deed, OrderKind, Status, Urgency
from db.doors import Row, Writer
from db.queries import callers, house, station_orders, units, work_orders
from db.queries import stations as station_rows
from db.times import from_ms, to_ms
from desk import history, supplements
from desk.births import Birth, bear, check_birth_right
from desk.context import Desk
from desk.deed import deed_within
from desk.errors import NotNow, Refused
from desk.history import Happening
from desk.requesters import known_or_kept
from desk.stations.keys import KeyRing
from desk.stations.sealing import unseal
from desk.stations.segment import COLUMNS, IDENTITY
from desk.stations.verifying import Segment, verified

_LONGEST_SECONDS = 0.05
_PAUSE_SECONDS = 0.02
_TAKEN = "{number} 这个编号中心已有别的工单，{site} 的文件未收取；请联系管理员"
_LATER = {
    Deed.SUPPLEMENT: "服务站补充",
    Deed.ADD_AFTERWARDS: "服务站补充",
    Deed.WITHDRAW: "诉求人在服务站表示撤诉，请核实办理",
    Deed.URGE: "服务站转来群众催单",
}
"""What a clerk may do to an order whose file was already on its way, as the head of the words that are added here."""


_MORE_WORDS = (Deed.SUPPLEMENT, Deed.ADD_AFTERWARDS)


@dataclass
class Arrived:
    """What a file brought: new orders, words for known ones, and orders that were over before the words came."""

    order_nos: list[str] = field(default_factory=list)
    added: Counter[str] = field(default_factory=Counter)
    too_late: list[tuple[str, str]] = field(default_factory=list)
    """Number of the order, and the words that nobody reads unless told."""


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
            done = _take_some(desk, writer, segment, body, ring, arrived)
        pause(0 if done else _PAUSE_SECONDS)
    return arrived


def _take_some(
    desk: Desk,
    writer: Writer,
    segment: Segment,
    body: Mapping[str, Any],
    ring: KeyRing,
    arrived: Arrived,
) -> bool:
    """Take as many events as fit into one short transaction; tell whether that was the last of them."""
    known = station_rows.one(writer, segment.site)
    assert known is not None, "stations are never removed"
    left = [event for event in segment.events if event["seq"] > known["seq"]]
    ends, last = time.monotonic() + _LONGEST_SECONDS, None
    before = (len(arrived.order_nos), len(arrived.too_late))
    for event in left:
        last = event
        _take(desk, writer, segment, event, ring, arrived)
        if time.monotonic() > ends:
            break
    orders = len(arrived.order_nos) - before[0]
    _note(desk, writer, segment, body, last, orders, arrived.too_late[before[1] :])
    return last is None or last is left[-1]


def _note(
    desk: Desk,
    writer: Writer,
    segment: Segment,
    body: Mapping[str, Any],
    last: Mapping[str, Any] | None,
    orders: int,
    too_late: Sequence[tuple[str, str]],
) -> None:
    """Move the joint to the last event that was taken. A file without news leaves no event, only what it says of ours."""
    at = history.moment_after_head(writer, desk.now())
    far: dict[str, Any] = {"news_seq": int(body["news_seq"])}
    if last is not None:
        far |= {"seq": last["seq"], "hash": last["hash"], "at": last["at"], "store_uid": segment.store_uid}
        data = {"station": segment.site, "seq": last["seq"], "hash": last["hash"], "orders": orders}
        texts = {"too_late": "\n".join(map(" ".join, too_late))}
        happening = Happening(Deed.READ_HANDOVER, at, desk.actor.uid, desk.seat, data=data, texts=texts)
        history.record(writer, happening)
    station_rows.heard(writer, segment.site, to_ms(at), **far)


def _take(
    desk: Desk,
    writer: Writer,
    segment: Segment,
    event: Mapping[str, Any],
    ring: KeyRing,
    arrived: Arrived,
) -> None:
    packed = segment.orders.get(event["order_uid"] or "")
    if packed is None:
        return
    order = work_orders.by_uid(writer, str(event["order_uid"]))
    if order is None:
        _bear(desk, writer, segment, event, packed, ring)
        arrived.order_nos.append(str(packed["order_no"]))
    elif event["kind"] in _LATER:
        _add(desk, writer, segment, event, order, arrived)


def _bear(
    desk: Desk,
    writer: Writer,
    segment: Segment,
    event: Mapping[str, Any],
    packed: Mapping[str, Any],
    ring: KeyRing,
) -> None:
    """Take an order over with number, 查询码 and acceptance of its station; the centre owns it from now on."""
    if work_orders.by_number(writer, packed["order_no"]) is not None:
        raise Refused(_TAKEN.format(number=packed["order_no"], site=segment.site))
    words = {**packed, **(unseal(packed["sealed"], ring) if packed["sealed"] else {})}
    values = {**{name: words[name] for name in COLUMNS}, **_known(writer, words)}
    data = {
        "station": segment.site,
        "store": segment.store_uid,
        "seq": event["seq"],
        "hash": event["hash"],
        "clerk": packed["clerk_uid"],
        "accepted_at": packed["accepted_at"],
    }
    now = history.moment_after_head(writer, desk.now())
    birth = Birth(
        Deed.TAKE_OVER,
        OrderKind(packed["kind"]),
        Urgency(packed["urgency"]),
        {**values, "requester_id": known_or_kept(desk, writer, values)},
        data,
        identity={name: packed[name] for name in IDENTITY},
        # Nobody accepts an order after it has arrived: a station's clock may be fast.
        accepted_at=min(from_ms(packed["accepted_at"]), now),
    )
    born = bear(desk, writer, birth)
    noted = {name: words[name] for name in ("clerk_uid", "reason", "comer", "reach", "read_back", "witness")}
    place = {"order_id": born.id, "station": segment.site, "as_of": segment.last_seq}
    station_orders.add(writer, {**place, **noted, "arrived_at": to_ms(born.at)})


def _known(writer: Writer, words: Mapping[str, Any]) -> dict[str, Any]:
    """Codes that the centre knows too; what it does not know it is not told as if it did."""
    codes = callers.known_codes(writer, words["area_code"], words["category_code"])
    other, accused = words["other_area_code"], words["accused_unit"]
    unit = units.unit_by_code(writer, accused) if accused else None
    return {
        "area_code": codes["area"],
        "category_code": codes["category"],
        "other_area_code": other if other and house.area(writer, other) else None,
        "accused_unit_id": unit["id"] if unit else None,
    }


def _add(
    desk: Desk, writer: Writer, segment: Segment, event: Mapping[str, Any], order: Row, arrived: Arrived
) -> None:
    """What the clerk added while the order was on its way; of an order that is over by now a person has to be told."""
    noted = station_orders.of_order(writer, order["id"])
    is_in_the_row = event["kind"] != Deed.WITHDRAW and noted is not None and event["seq"] <= noted["as_of"]
    if is_in_the_row:
        return
    head = _LATER[Deed(event["kind"])]
    words = segment.words.get(event["uid"], "") or f"第 {json.loads(event['data']).get('urge_count', 1)} 次"
    at = history.moment_after_head(writer, desk.now())
    is_asked_for = order["status"] == Status.TO_COMPLETE and event["kind"] in _MORE_WORDS
    kind = Deed.COMPLETE if is_asked_for else Deed.SUPPLEMENT
    try:
        with deed_within(desk, writer, at, kind, order) as deed:
            supplements.append(deed, words, head)
            deed.note(station=segment.site, seq=event["seq"])
            supplements.tell_unit(deed, "supplement", f"工单 {order['order_no']} 有诉求人补充，请查看")
        arrived.added[str(order["order_no"])] += 1
    except NotNow:
        arrived.too_late.append((str(order["order_no"]), f"{head}：{words}"))
