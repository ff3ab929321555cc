"""Is a station's file the continuation of what the centre has of its chain? Looked at before anything is taken (design part 3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from db.chain import Link, segment_faults
from db.doors import Reader
from db.queries import stations as station_rows
from db.queries import work_orders
from desk.errors import Refused

_GAP = "{site} 的文件中间缺一段，未收取任何内容；请该站用 desk handover out 文件 --all 重新导出"
_FORKED = "{site} 的事件链与中心已收的不符（换过数据文件，或恢复过旧备份），未收取任何内容；请联系管理员"
_SPOILT = "{site} 的事件链校验不符，未收取任何内容；请该站运行 desk check，并联系管理员"


@dataclass(frozen=True, slots=True)
class Segment:
    """A verified file of one station."""

    site: str
    store_uid: str
    events: Sequence[Mapping[str, Any]]
    words: Mapping[str, str]
    orders: Mapping[str, Mapping[str, Any]]
    last_seq: int
    news_seq: int
    """How far the station has the centre's news."""


def verified(reader: Reader, site: str, body: Mapping[str, Any]) -> Segment:
    """Return the part of the file that is new here, its hashes computed anew and its beginning joined to what is known.

    Raises Refused for a gap, another past, or an event that is not what its hash says.
    """
    known = station_rows.one(reader, site)
    assert known is not None, "the envelope was opened with this station's key"
    events, words = list(body["events"]), list(body["words"])
    link = Link(known["seq"], known["hash"], known["at"])
    if events:
        first, store_uid = events[0], str(events[0]["store_uid"])
        if known["store_uid"] not in (None, store_uid):
            raise Refused(_FORKED.format(site=site))
        if first["seq"] > known["seq"] + 1:
            raise Refused(_GAP.format(site=site))
        _check_joint(events, link, site)
    new = [event for event in events if event["seq"] > known["seq"]]
    old = {event["order_uid"] for event in events if event["seq"] <= known["seq"]}
    if any(work_orders.by_uid(reader, uid) is None for uid in body["orders"] if uid in old):
        # Another past than the one that was taken in, and shorter than it.
        raise Refused(_FORKED.format(site=site))
    fresh = {event["uid"] for event in new}
    spoken = [word for word in words if word["event_uid"] in fresh]
    if any(segment_faults(new, spoken, link)):
        raise Refused(_SPOILT.format(site=site))
    bodies = {word["event_uid"]: str(word["body"] or "") for word in spoken if word["field"] == "words"}
    return Segment(
        site,
        str(new[0]["store_uid"]) if new else "",
        new,
        bodies,
        body["orders"],
        link.seq,
        int(body["news_seq"]),
    )


def _check_joint(events: Sequence[Mapping[str, Any]], link: Link, site: str) -> None:
    """Where the file and the chain that is here overlap, they are the same chain."""
    same = next((event for event in events if event["seq"] == link.seq), None)
    if same is not None and same["hash"] != link.hash:
        raise Refused(_FORKED.format(site=site))
    following = next((event for event in events if event["seq"] == link.seq + 1), None)
    if following is not None and following["prev_hash"] != link.hash:
        raise Refused(_FORKED.format(site=site))
