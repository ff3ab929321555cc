"""Is the chain of events whole, and does every order stand where its events say? (design part 3)"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from db.codes import Deed, Status
from db.doors import Reader, Row
from db.hashing import GENESIS, event_hash, field_digest, text_digest

PAGE = 1000
"""Events looked at between two tellings of the progress."""


_DEEDS = frozenset(map(str, Deed))
_STATUSES = frozenset(map(str, Status))


class FaultKind(StrEnum):
    """What can be wrong with a store; `desk` says it in Chinese."""

    SEQUENCE_GAP = "sequence_gap"
    WRONG_LINK = "wrong_link"
    WRONG_HASH = "wrong_hash"
    TIME_BACKWARDS = "time_backwards"
    UNKNOWN_DEED = "unknown_deed"
    BAD_DATA = "bad_data"
    WORDS_ALTERED = "words_altered"
    WORDS_MISSING = "words_missing"
    WRONG_HEAD = "wrong_head"
    WRONG_STATUS = "wrong_status"
    NO_EVENT = "no_event"
    WRONG_STEWARD = "wrong_steward"
    SECRET_CASE = "secret_case"
    UNKNOWN_ORDER = "unknown_order"
    UNKNOWN_CODE = "unknown_code"
    DAMAGED_PAGE = "damaged_page"
    BROKEN_REFERENCE = "broken_reference"
    WRONG_SEARCH_INDEX = "wrong_search_index"
    SEARCH_INDEX_UNCHECKED = "search_index_unchecked"
    SCHEMA_LACKS = "schema_lacks"
    SCHEMA_HAS_MORE = "schema_has_more"
    SCHEMA_DIFFERS = "schema_differs"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: what, at which event or order, and a detail for the expert (codes, no words of people)."""

    kind: FaultKind
    seq: int | None = None
    order_no: str | None = None
    detail: str = ""


@dataclass(slots=True)
class Link:
    """The end of a chain as far as it was followed; at first what the first event of a store follows."""

    seq: int = 0
    hash: str = GENESIS
    at: int = 0


def verify(reader: Reader, on_progress: Callable[[int, int], None] | None = None) -> Iterator[Fault]:
    """Compute every hash of the chain again and yield what does not agree, in the order of the events.

    `on_progress(done, all)` counts events. Words erased by law (`erased_texts`) are no fault.
    """
    total = int(reader.value("SELECT count(*) FROM events"))
    erased, link, done = _erased_events(reader), Link(), 0
    while events := reader.all(
        "SELECT * FROM events WHERE seq > :seq ORDER BY seq LIMIT :page", seq=link.seq, page=PAGE
    ):
        words = _words(reader, events)
        for event in events:
            yield from _check(event, words.get(event["uid"], []), link, erased)
        done += len(events)
        if on_progress is not None:
            on_progress(done, total)
    yield from _check_head(reader, link)
    yield from _check_stray_words(reader)
    yield from _check_orders(reader)


def erased_texts(reader: Reader) -> int:
    """Return how many fields of words were erased by law: `desk check` says 已依法删除, not 损坏."""
    erased = _erased_events(reader)
    rows = reader.all("SELECT event_uid FROM event_texts WHERE body IS NULL AND salt IS NULL")
    return sum(row["event_uid"] in erased for row in rows)


def _erased_events(reader: Reader) -> frozenset[str]:
    """The uids that `erased` events name, in the list `events` of their data."""
    rows = reader.all("SELECT data FROM events WHERE kind = :kind", kind=str(Deed.ERASED))
    return frozenset(str(uid) for row in rows for uid in _data(row).get("events", ()))


def _data(row: Any) -> Mapping[str, Any]:
    try:
        data = json.loads(row["data"])
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}


def segment_faults(
    events: Sequence[Mapping[str, Any]], words: Sequence[Mapping[str, Any]], link: Link
) -> Iterator[Fault]:
    """Yield what does not agree in a segment of another store's chain that is said to follow `link`; moves `link` to its end."""
    erased = frozenset(
        str(uid) for event in events if event["kind"] == Deed.ERASED for uid in _data(event).get("events", ())
    )
    found = _by_event(words)
    for event in events:
        yield from _check(event, found.get(event["uid"], []), link, erased)


def _check(event: Any, words: Sequence[Any], link: Link, erased: frozenset[str]) -> Iterator[Fault]:
    yield from _check_link(event, link)
    yield from _check_event(event)
    yield from _check_words(event, words, erased)
    link.seq, link.hash, link.at = event["seq"], event["hash"], event["at"]


def _by_event(rows: Iterable[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row["event_uid"], []).append(row)
    return found


def _words(reader: Reader, events: Sequence[Row]) -> dict[str, list[Row]]:
    rows = reader.all(
        "SELECT t.* FROM events e JOIN event_texts t ON t.event_uid = e.uid"
        " WHERE e.seq BETWEEN :first AND :last ORDER BY e.seq, t.field",
        first=events[0]["seq"],
        last=events[-1]["seq"],
    )
    return _by_event(rows)


def _check_link(event: Any, link: Link) -> Iterator[Fault]:
    seq = event["seq"]
    if seq != link.seq + 1:
        yield Fault(FaultKind.SEQUENCE_GAP, seq, detail=f"{link.seq} -> {seq}")
    if event["prev_hash"] != link.hash:
        yield Fault(FaultKind.WRONG_LINK, seq)
    if event["at"] < link.at:
        yield Fault(FaultKind.TIME_BACKWARDS, seq, detail=f"{link.at} -> {event['at']}")


def _check_event(event: Any) -> Iterator[Fault]:
    seq = event["seq"]
    if event_hash(event) != event["hash"]:
        yield Fault(FaultKind.WRONG_HASH, seq)
    if event["kind"] not in _DEEDS:
        yield Fault(FaultKind.UNKNOWN_DEED, seq, detail=str(event["kind"]))
    for status in (event["from_status"], event["to_status"]):
        if status is not None and status not in _STATUSES:
            yield Fault(FaultKind.UNKNOWN_CODE, seq, detail=f"events.status = {status}")
    try:
        json.loads(event["data"])
    except ValueError:
        yield Fault(FaultKind.BAD_DATA, seq)


def _check_words(event: Any, words: Sequence[Any], erased: frozenset[str]) -> Iterator[Fault]:
    seq = event["seq"]
    if text_digest({row["field"]: row["digest"] for row in words}) != event["text_digest"]:
        yield Fault(FaultKind.WORDS_ALTERED, seq)
    for row in words:
        if row["body"] is None or row["salt"] is None:
            if event["uid"] not in erased:
                yield Fault(FaultKind.WORDS_MISSING, seq, detail=row["field"])
        elif field_digest(row["salt"], row["body"]) != row["digest"]:
            yield Fault(FaultKind.WORDS_ALTERED, seq, detail=row["field"])


def _check_head(reader: Reader, link: Link) -> Iterator[Fault]:
    """The head also catches a chain whose last events were cut off."""
    head = reader.one("SELECT seq, hash FROM chain_head WHERE id = 1")
    if head is None or (head["seq"], head["hash"]) != (link.seq, link.hash):
        yield Fault(FaultKind.WRONG_HEAD, detail=f"{head and head['seq']} / {link.seq}")


def _check_stray_words(reader: Reader) -> Iterator[Fault]:
    rows = reader.all(
        "SELECT t.event_uid, t.field FROM event_texts t"
        " WHERE NOT EXISTS (SELECT 1 FROM events e WHERE e.uid = t.event_uid)"
    )
    for row in rows:
        yield Fault(FaultKind.WORDS_ALTERED, detail=f"{row['event_uid']} {row['field']}")


def _check_orders(reader: Reader) -> Iterator[Fault]:
    rows = reader.all(
        "SELECT order_no, status, told FROM (SELECT o.order_no, o.status, (SELECT e.to_status FROM events e"
        " WHERE e.order_uid = o.uid AND e.to_status IS NOT NULL ORDER BY e.seq DESC LIMIT 1) AS told"
        " FROM work_orders o) AS replayed WHERE told IS NULL OR told <> status ORDER BY order_no"
    )
    for row in rows:
        kind = FaultKind.NO_EVENT if row["told"] is None else FaultKind.WRONG_STATUS
        yield Fault(kind, order_no=row["order_no"], detail=f"{row['status']} / {row['told']}")
    rows = reader.all(
        "SELECT e.seq FROM events e WHERE e.order_uid IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM work_orders o WHERE o.uid = e.order_uid) ORDER BY e.seq"
    )
    for row in rows:
        yield Fault(FaultKind.UNKNOWN_ORDER, row["seq"])
