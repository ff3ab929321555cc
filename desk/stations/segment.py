"""What a station sends: the part of its chain that the centre does not have yet, and the orders that it is about (P18).

Until the centre has said how far it has come, every file begins where the last answer left off: a lost file loses nothing.
"""

from typing import Any

from db.doors import Reader, Row
from db.queries import station_orders
from db.queries import stations as station_rows
from desk.context import Desk

COLUMNS = (
    *(
        "channel",
        "line",
        "is_anonymous",
        "is_confidential",
        "is_company",
        "needs_answer",
        "answer_way",
        "urge_count",
    ),
    *(
        "requester_name",
        "contact_phone",
        "on_behalf",
        "language",
        "special_needs",
        "home_address",
        "answer_time",
    ),
    *("category_code", "area_code", "other_area_code", "place", "title", "content", "accused_name"),
    *("occurred_at", "occurred_words", "purpose", "earlier_steps"),
)
"""What an order takes along; what happens to it later is the centre's."""
IDENTITY = ("uid", "store_uid", "order_no", "order_day", "counter", "query_code")
_NOTED = ("clerk_uid", "reason", "comer", "reach", "read_back", "witness", "sealed")
_OTHERS = ("kind", "urgency", "accepted_at", "accused_unit")


def compose(desk: Desk, *, from_start: bool) -> dict[str, Any]:
    """Return what is to be sent: events with their words, orders by uid, and how far this store has the centre's news.

    `from_start` sends everything anew, for a centre that went back to an older copy of its store.
    """
    with desk.reading() as reader:
        own = station_rows.own(reader)
        assert own is not None, "only a station composes segments"
        begin = 0 if from_start else int(own["seq"])
        events = [_unpacked(row) for row in station_rows.events_after(reader, begin)]
        words = [_unpacked(row) for row in station_rows.words_after(reader, begin)]
        return {
            "kind": "segment",
            "events": events,
            "words": words,
            "orders": {order["uid"]: order for order in _orders(reader, events)},
            "news_seq": own["news_seq"],
        }


def _unpacked(row: Row) -> dict[str, Any]:
    return {name: row[name] for name in row.keys()}  # noqa: SIM118 - a row of sqlite3 iterates over values


def _orders(reader: Reader, events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    uids = dict.fromkeys(str(event["order_uid"]) for event in events if event["order_uid"])
    return [_packed(row) for row in station_orders.to_hand_over(reader, list(uids))]


def _packed(row: Row) -> dict[str, Any]:
    return {name: row[name] for name in (*IDENTITY, *COLUMNS, *_NOTED, *_OTHERS)}
