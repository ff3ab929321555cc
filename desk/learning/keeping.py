"""Lessons follow the orders: whatever happened since it was last read is learned, or taken back, before it is asked.

A lesson is what the order says now: who holds it. So a correction replaces the lesson, 撤回 and a granted 退单 take it
back, and nothing is lost with the file: it is made again from the chain of events. 举报, 保密 and emergencies teach
nothing (practice P25, P32 c), nor does an order that somebody declared no precedent (不作先例).
"""

import sqlite3
from collections.abc import Callable
from zlib import crc32

from db.codes import Deed, Urgency
from db.doors import Reader, Row
from db.learned import LearnedStore, Lesson
from db.queries import events, units, work_orders
from desk import proposals, sight
from desk.context import Desk
from desk.learning import model
from desk.learning.features import Features, features

TEACHES = frozenset(
    {
        *(Deed.SEND, Deed.REASSIGN, Deed.RECALL, Deed.GRANT_RETURN, Deed.CORRECT, Deed.FORGET_LESSON),
        *(Deed.HAND_UP, Deed.SEND_TO_CENTRE),
        *(Deed.REWORK, Deed.REOPEN, Deed.ERASED),
    }
)
"""The deeds after which an order may teach something else than before."""

_DECIDES = (Deed.SEND, Deed.REASSIGN, Deed.FORGET_LESSON)
_SOON, _FEW_EVENTS = 5, 20_000
_MOST_REMEMBERED = 20_000


def catch_up(desk: Desk, reader: Reader) -> None:
    """Learn what the last deeds taught, before a proposal is made; a long past is left to `catch_up_all`. Never raises."""
    try:
        if desk.learned.is_usable and (_has_begun(desk, reader) or events.head(reader)["seq"] <= _FEW_EVENTS):
            _read_on(desk, reader, _SOON)
    except sqlite3.Error:
        return


def catch_up_all(desk: Desk, pause: Callable[[], object]) -> int:
    """Learn everything that was not read yet, a few orders at a time, and return how many deeds were read.

    `pause` is called between; when it answers True it ends. Raises StoreUnusable, sqlite3.Error.
    """
    read = 0
    while desk.learned.is_usable:
        with desk.reading() as reader:
            count = _read_on(desk, reader, _SOON)
        read += count
        if count < _SOON or pause():
            break
    return read


def _has_begun(desk: Desk, reader: Reader) -> bool:
    return desk.learned.fact("store") == _store(reader)


def _store(reader: Reader) -> int:
    """A number for this store's own life: a restored one teaches anew."""
    return crc32(str(events.head(reader)["store_uid"]).encode())


def _read_on(desk: Desk, reader: Reader, most: int) -> int:
    learned = desk.learned
    if not _has_begun(desk, reader):
        _begin(learned, reader)
    seq, head = learned.fact("seq") or 0, events.head(reader)["seq"]
    if seq >= head:
        return 0
    found = events.kinds_since(reader, seq, TEACHES, most)
    for order_uid in dict.fromkeys(row["order_uid"] for row in found):
        order = work_orders.by_uid(reader, order_uid)
        if order is not None:
            learn_order(desk, reader, order)
    with learned.writing():
        _let_go(learned)
        read = found[-1]["seq"] if len(found) == most else head
        learned.set_fact("seq", max(read, learned.fact("seq") or 0))
    return len(found)


def _begin(learned: LearnedStore, reader: Reader) -> None:
    with learned.writing():
        learned.forget_all()
        learned.set_fact("store", _store(reader))
        learned.set_fact("seq", events.nth_last_of(reader, TEACHES, _MOST_REMEMBERED))


def _let_go(learned: LearnedStore) -> None:
    """Forget the oldest neighbours beyond the number kept; what the model learned of them stays."""
    beyond = min(learned.count() - _MOST_REMEMBERED, 2 * _SOON)
    for key in learned.oldest(beyond) if beyond > 0 else ():
        lesson = learned.lesson_of(key)
        if lesson is not None:
            learned.drop_neighbour(lesson)


def learn_order(desk: Desk, reader: Reader, order: Row) -> None:
    """Let the lesson of one order be what the order says now: none, the same, or another. Raises sqlite3.Error."""
    key = str(order["uid"])
    known = desk.learned.lesson_of(key)
    unit = units.unit(reader, order["steward_id"]) if _teaches(reader, order) else None
    text = _text(order) if unit is not None else Features((), ())
    section = _section(reader, order) if unit is not None else ""
    if known is not None and unit is not None and _is_same(known, unit, section, text):
        return
    with desk.learned.writing() as learned:
        known = learned.lesson_of(key)
        if known is not None:
            model.unlearn(learned, known)
        if unit is not None and not text.is_empty:
            model.learn(learned, _lesson(desk, reader, order, unit, section, text))


def _teaches(reader: Reader, order: Row) -> bool:
    if order["steward_id"] is None or sight.is_secret(order) or order["urgency"] == Urgency.CRITICAL:
        return False
    last = events.last_kind_of_order(reader, order["uid"], _DECIDES)
    return last is not None and last != Deed.FORGET_LESSON


def _text(order: Row) -> Features:
    return features(order["title"] or "", proposals.words_of(order))


def _section(reader: Reader, order: Row) -> str:
    section = units.section(reader, order["section_id"]) if order["section_id"] else None
    return str(section["code"]) if section is not None else ""


def _is_same(known: Lesson, unit: Row, section: str, text: Features) -> bool:
    return (known.unit_code, known.section_code, known.title, known.body) == (
        *(unit["code"], section),
        *(text.title, text.body),
    )


def _lesson(desk: Desk, reader: Reader, order: Row, unit: Row, section: str, text: Features) -> Lesson:
    found = proposals.propose(desk, reader, proposals.plain_matter(order), top=1)
    centre = units.centre_above(reader, unit["path"])
    return Lesson(
        key=str(order["uid"]),
        order_no=order["order_no"],
        centre=centre["path"] if centre else "",
        department=unit["department"],
        unit_code=unit["code"],
        section_code=section,
        title=text.title,
        body=text.body,
        contexts=found.habits,
        bucket=found.bucket,
        was_right=bool(found.rows) and found.rows[0].department == unit["department"],
    )
