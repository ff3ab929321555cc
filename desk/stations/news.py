"""What a centre sends back to a station: how far it has the chain, where the orders stand, what the citizen was answered (P18)."""

import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

from db.codes import Deed, Status
from db.doors import Reader, Row, Writer
from db.queries import answers, events, station_orders, work_orders
from db.queries import stations as station_rows
from db.times import to_ms
from desk import history, sight
from desk.births import check_birth_right
from desk.codes import word
from desk.context import Desk
from desk.deed import OrderDeed, deed_within
from desk.errors import Refused
from desk.history import Happening

_LONGEST_SECONDS = 0.05
_PAUSE_SECONDS = 0.02
_OF_AN_ANSWER = 40
_NOT_OURS = "回复文件与本站的事件链不符（换过或恢复过数据文件），未收取任何内容；请联系热线中心 {phone}"


@dataclass
class News:
    """What a file from the centre brought: orders that it has by now, and orders of which it tells something new."""

    arrived: int = 0
    told: int = 0
    lines: list[str] = field(default_factory=list)
    """One for each order: number, where it stands at the centre, with whom, and the beginning of the answer."""


def compose(desk: Desk, site: str) -> dict[str, Any]:
    """Return the answer to a station: of a 举报 or 保密 order only its status (practice P32)."""
    with desk.reading() as reader:
        station = station_rows.one(reader, site)
        assert station is not None, "whoever asks has looked for it"
        rows = station_orders.news_since(reader, station["store_uid"] or "", station["news_seq"])
        return {
            "kind": "news",
            "store_uid": station["store_uid"],
            "seq": station["seq"],
            "hash": station["hash"],
            "news_seq": int(events.head(reader)["seq"]),
            "orders": [_told(reader, row) for row in rows],
        }


def _told(reader: Reader, row: Row) -> dict[str, Any]:
    plain = {name: row[name] for name in ("uid", "order_no", "arrived_at", "status")}
    if sight.is_secret(row):
        return {**plain, "unit": "", "due_at": row["citizen_due_at"], "answer": ""}
    if row["status"] == Status.TO_COMPLETE:
        missing = events.last_words(reader, row["uid"], str(Deed.ASK_COMPLETION), "missing")
        return {**plain, "unit": "", "due_at": row["citizen_due_at"], "answer": f"请补充：{missing}"}
    answer = answers.latest(reader, row["id"], row["round"])
    said = str(answer["said"]) if answer is not None else ""
    return {**plain, "unit": row["unit"] or "", "due_at": row["citizen_due_at"], "answer": said}


def take_news(desk: Desk, body: Mapping[str, Any], *, pause: Callable[[float], None] = time.sleep) -> News:
    """Take in what the centre says: orders that arrived leave this desk, and every order shows where it stands there.

    A second reading, or an older file, changes nothing. Raises Refused for the answer to another chain, NotAllowed.
    """
    check_birth_right(desk, Deed.READ_HANDOVER)
    _check(desk, body)
    news, left = News(), list(body["orders"])
    while left:
        with desk.writing() as writer:
            ends = time.monotonic() + _LONGEST_SECONDS
            while left and time.monotonic() < ends:
                _take(desk, writer, left.pop(0), int(body["news_seq"]), news)
        pause(_PAUSE_SECONDS if left else 0)
    with desk.writing() as writer:
        _note(desk, writer, body, news)
    return news


def _check(desk: Desk, body: Mapping[str, Any]) -> None:
    assert desk.station is not None, "news go to stations"
    with desk.reading() as reader:
        own = events.head(reader)["store_uid"]
        is_ours = body["store_uid"] in (None, own)
        is_joint = not body["seq"] or station_rows.hash_at(reader, int(body["seq"])) == body["hash"]
    if not (is_ours and is_joint):
        raise Refused(_NOT_OURS.format(phone=desk.station.centre_phone))


def _take(desk: Desk, writer: Writer, told: Mapping[str, Any], news_seq: int, news: News) -> None:
    order = work_orders.by_uid(writer, str(told["uid"]))
    noted = station_orders.of_order(writer, order["id"]) if order is not None else None
    if order is None or noted is None or news_seq < noted["as_of"]:
        return
    said = {
        "centre_status": told["status"],
        "centre_unit": told["unit"],
        "centre_due_at": told["due_at"],
        "centre_answer": told["answer"],
    }
    if noted["arrived_at"] is None:
        with _deed(desk, writer, Deed.HAND_OVER, order) as deed:
            deed.set(closed_at=deed.at_ms)
            deed.note(arrived_at=told["arrived_at"])
        news.arrived += 1
        news.lines.append(_line(told))
    elif any(noted[name] != value for name, value in said.items()):
        with _deed(desk, writer, Deed.TAKE_NEWS, order) as deed:
            deed.note(status=told["status"], due_at=told["due_at"])
        news.told += 1
        news.lines.append(_line(told))
    station_orders.change(writer, order["id"], arrived_at=told["arrived_at"], as_of=news_seq, **said)


def _line(told: Mapping[str, Any]) -> str:
    parts = (told["order_no"], status_word(told["status"]), told["unit"], told["answer"][:_OF_AN_ANSWER])
    return "  ".join(part for part in parts if part)


def status_word(code: str) -> str:
    """Return what the centre calls a status; its program may be newer than this one and know others."""
    try:
        return word(Status(code))
    except ValueError:
        return code


def _deed(desk: Desk, writer: Writer, kind: Deed, order: Row) -> AbstractContextManager[OrderDeed]:
    at = history.moment_after_head(writer, desk.now())
    return deed_within(desk, writer, at, kind, order)


def _note(desk: Desk, writer: Writer, body: Mapping[str, Any], news: News) -> None:
    """Move both joints on; only a file that brought something leaves an event of the house."""
    own = station_rows.own(writer)
    assert own is not None, "news go to stations"
    at = history.moment_after_head(writer, desk.now())
    far: dict[str, Any] = {}
    if body["seq"] > own["seq"]:
        far |= {"seq": body["seq"], "hash": body["hash"]}
    if body["news_seq"] > own["news_seq"]:
        far |= {"news_seq": body["news_seq"]}
    if far:
        data = {"seq": body["seq"], "news_seq": body["news_seq"], "arrived": news.arrived, "told": news.told}
        history.record(writer, Happening(Deed.READ_HANDOVER, at, desk.actor.uid, desk.seat, data=data))
    station_rows.heard(writer, own["site"], to_ms(at), **far)
