"""One event of a station's chain at the centre: an order is taken over, or words are added to one that is here (P18)."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from db.codes import Deed, OrderKind, Status, Urgency
from db.doors import Row, Writer
from db.queries import callers, house, station_orders, units, work_orders
from db.times import from_ms, to_ms
from desk import history, supplements
from desk.births import Birth, bear
from desk.context import Desk
from desk.deed import deed_within
from desk.errors import NotNow, Refused
from desk.requesters import known_or_kept
from desk.rules.calendar import local
from desk.stations.keys import KeyRing
from desk.stations.sealing import unseal
from desk.stations.segment import COLUMNS, IDENTITY
from desk.stations.verifying import Segment

_TAKEN = "{number} 这个编号中心已有别的工单，{site} 的文件未收取；请联系管理员"
_LATER = {
    Deed.SUPPLEMENT: "服务站补充",
    Deed.ADD_AFTERWARDS: "服务站补充",
    Deed.WITHDRAW: "诉求人在服务站表示撤诉，请核实办理",
    Deed.URGE: "服务站转来群众催单",
}
"""What a clerk may do to an order whose file was already on its way, as the head of the words that are added here."""

_MORE_WORDS = (Deed.SUPPLEMENT, Deed.ADD_AFTERWARDS)
_NOTED = ("clerk_uid", "reason", "comer", "reach", "read_back", "witness")


@dataclass
class Arrived:
    """What a file brought: new orders, words for known ones, and orders that were over before the words came."""

    order_nos: list[str] = field(default_factory=list)
    added: Counter[str] = field(default_factory=Counter)
    too_late: list[tuple[str, str]] = field(default_factory=list)
    """Number of the order, and the words that nobody reads unless told."""


@dataclass(frozen=True, slots=True)
class Taking:
    """One transaction of a take-in: who, into what, from which file, and what came of it so far."""

    desk: Desk
    writer: Writer
    segment: Segment
    ring: KeyRing
    arrived: Arrived


def take(taking: Taking, event: Mapping[str, Any]) -> None:
    """Do what one event of the station says; what was done before, or concerns no order, is passed over.

    Raises Refused for a number that another order has here, or a 密件 that cannot be opened.
    """
    packed = taking.segment.orders.get(event["order_uid"] or "")
    if packed is None:
        return
    order = work_orders.by_uid(taking.writer, str(event["order_uid"]))
    if order is None:
        _bear(taking, event, packed)
    elif event["kind"] in _LATER:
        _add(taking, event, order)


def _bear(taking: Taking, event: Mapping[str, Any], packed: Mapping[str, Any]) -> None:
    """Take an order over with number, 查询码 and acceptance of its station; the centre owns it from now on."""
    desk, writer, segment = taking.desk, taking.writer, taking.segment
    if work_orders.by_number(writer, packed["order_no"]) is not None:
        raise Refused(_TAKEN.format(number=packed["order_no"], site=segment.site))
    words = {**packed, **(unseal(packed["sealed"], taking.ring) if packed["sealed"] else {})}
    values = {**{name: words[name] for name in COLUMNS}, **_known(writer, words)}
    birth = Birth(
        Deed.TAKE_OVER,
        OrderKind(packed["kind"]),
        Urgency(packed["urgency"]),
        {**values, "requester_id": known_or_kept(desk, writer, values)},
        _anchor(segment, event, packed),
        identity={name: packed[name] for name in IDENTITY},
        # Nobody accepts an order after it has arrived: a station's clock may be fast.
        accepted_at=min(from_ms(packed["accepted_at"]), history.moment_after_head(writer, desk.now())),
    )
    born = bear(desk, writer, birth)
    place = {"order_id": born.id, "station": segment.site, "as_of": segment.last_seq}
    noted = {name: words[name] for name in _NOTED}
    station_orders.add(writer, {**place, **noted, "arrived_at": to_ms(born.at)})
    taking.arrived.order_nos.append(born.order_no)


def _anchor(segment: Segment, event: Mapping[str, Any], packed: Mapping[str, Any]) -> dict[str, Any]:
    """What ties the order to the station's chain: which event of which store, by whom and when."""
    return {
        "station": segment.site,
        "store": segment.store_uid,
        "seq": event["seq"],
        "hash": event["hash"],
        "clerk": packed["clerk_uid"],
        "accepted_at": packed["accepted_at"],
    }


def _known(writer: Writer, words: Mapping[str, Any]) -> dict[str, Any]:
    """Codes that the centre knows too; a code that it does not know is left out."""
    codes = callers.known_codes(writer, words["area_code"], words["category_code"])
    other, accused = words["other_area_code"], words["accused_unit"]
    unit = units.unit_by_code(writer, accused) if accused else None
    return {
        "area_code": codes["area"],
        "category_code": codes["category"],
        "other_area_code": other if other and house.area(writer, other) else None,
        "accused_unit_id": unit["id"] if unit else None,
    }


def _add(taking: Taking, event: Mapping[str, Any], order: Row) -> None:
    """What the clerk added while the order was on its way; of an order that is over by now a person has to be told."""
    if _is_in_the_row(taking.writer, event, order):
        return
    head, number = _LATER[Deed(event["kind"])], str(order["order_no"])
    words = taking.segment.words.get(event["uid"], "") or _times(event)
    is_asked_for = order["status"] == Status.TO_COMPLETE and event["kind"] in _MORE_WORDS
    kind = Deed.COMPLETE if is_asked_for else Deed.SUPPLEMENT
    at = history.moment_after_head(taking.writer, taking.desk.now())
    try:
        with deed_within(taking.desk, taking.writer, at, kind, order) as deed:
            # The line of the words has the moment of arrival: it was said at the counter, and then.
            said_at = local(from_ms(event["at"]))
            supplements.append(deed, words, f"{head}（{taking.segment.site} {said_at:%m-%d %H:%M}）到中心")
            deed.note(station=taking.segment.site, seq=event["seq"])
            supplements.tell_unit(deed, "supplement", f"工单 {number} 有诉求人补充，请查看")
        taking.arrived.added[number] += 1
    except NotNow:
        taking.arrived.too_late.append((number, f"{head}：{words}"))


def _is_in_the_row(writer: Writer, event: Mapping[str, Any], order: Row) -> bool:
    """Whether the words came with the order itself; a 撤诉 ends it there and leaves nothing in its words."""
    noted = station_orders.of_order(writer, order["id"])
    return event["kind"] != Deed.WITHDRAW and noted is not None and bool(event["seq"] <= noted["as_of"])


def _times(event: Mapping[str, Any]) -> str:
    """What a 催单 without words says."""
    return f"第 {json.loads(event['data']).get('urge_count', 1)} 次"
