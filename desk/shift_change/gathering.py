"""What is open at the end of a shift, gathered from everywhere: the most urgent first (practice P27).

A line says numbers and how long, never what a caller said: the order tells that to whoever may read it.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from db.codes import HandoverKind, Status, Urgency
from db.doors import Reader, Row
from db.queries import emergencies, messages, notices, pages, promises, rescue
from db.times import from_ms, to_ms
from desk import roster_gaps
from desk.codes import word
from desk.context import Desk
from desk.rules.calendar import local
from desk.rules.lifecycle import AT_THE_CENTRE, AT_THE_UNIT
from desk.shift_change.rows import HandoverLine

MOST = 50
"""Lines of one kind; what is beyond stands as a number."""
_MINUTE = timedelta(minutes=1)
_CARE_SHOWN = timedelta(days=7)
"""So long a day of care is handed over, unless the caller was reached before: a closed order takes no more calls."""


def lines(desk: Desk, reader: Reader) -> Iterator[HandoverLine]:
    """Yield what is open at the centre of this person now."""
    yield from _emergencies(desk, reader)
    yield from _orders(desk, reader, HandoverKind.URGENT, f"o.status = '{Status.TO_DISPATCH}' AND {_URGENT}")
    yield from _orders(desk, reader, HandoverKind.UNSIGNED, f"o.status = '{Status.TO_SIGN}' AND {_UNSIGNED}")
    yield from _orders(desk, reader, HandoverKind.TO_COMPLETE, f"o.status = '{Status.TO_COMPLETE}'")
    yield from _drafts(desk)
    for row in promises.running(reader, desk.actor.centre_path)[:MOST]:
        yield _line(
            HandoverKind.PROMISE, f"{row['target']} {_when(from_ms(row['due_at']), desk.now())}前回电"
        )
    for row in notices.running(reader, to_ms(desk.now()))[:MOST]:
        yield _line(HandoverKind.NOTICE, f"{row['title']} 至{local(from_ms(row['ends_at'])):%m-%d %H:%M}")
    if gaps := roster_gaps.count_gaps(desk, reader):
        yield _line(HandoverKind.ROSTER, f"应急值班表几天内空 {gaps} 班（F5 按 r）")
    if failed := messages.count_failed(reader, desk.actor.centre_path):
        yield _line(HandoverKind.MESSAGE, f"{failed} 条告知没有发出")


_URGENT = f"o.urgency IN ('{Urgency.URGENT}', '{Urgency.CRITICAL}')"
_UNSIGNED = f"({_URGENT} OR o.stage_due_at <= :now)"
_OF_CENTRE = "o.centre_id = :centre_id"


def _emergencies(desk: Desk, reader: Reader) -> Iterator[HandoverLine]:
    centre = {"centre_id": desk.actor.centre_id}
    running = emergencies.running(
        reader, f"coalesce(o.centre_id, 0) = :centre_id AND {_ALIVE}", limit=MOST, **centre
    )
    for row in running:
        ran = (desk.now() - from_ms(row["started_at"])) // _MINUTE
        yield _line(
            HandoverKind.EMERGENCY, f"{row['type']} {word(Status(row['status']))} 已{ran}分", row["order_no"]
        )
    today = local(desk.now()).date()
    for row in emergencies.cares(reader, desk.actor.centre_id, str(today - _CARE_SHOWN), str(today)):
        yield _line(
            HandoverKind.EMERGENCY, f"危机关怀 {row['care_on'][5:]} {row['care_by']}", row["order_no"]
        )
    for row in rescue.open_ones(reader, _OF_CENTRE, limit=MOST, **centre):
        since = local(from_ms(row["at"]))
        yield _line(HandoverKind.RESCUE, f"{since:%H:%M} 移交 {row['service']}，还没回复", row["order_no"])


_ALIVE = "o.status IN ({})".format(", ".join(f"'{each}'" for each in AT_THE_CENTRE + AT_THE_UNIT))


def _orders(desk: Desk, reader: Reader, kind: HandoverKind, condition: str) -> Iterator[HandoverLine]:
    """The orders of a condition; a running emergency (rank 0) has its line already."""
    where = f"{_OF_CENTRE} AND o.sort_rank <> 0 AND {condition}"
    bound: dict[str, Any] = {"centre_id": desk.actor.centre_id}
    if ":now" in where:
        bound["now"] = to_ms(desk.now())
    rows = pages.page(reader, where, limit=MOST, offset=0, **bound)
    for row in rows:
        yield _line(kind, _standing(row, desk.now()), row["order_no"])
    if len(rows) == MOST and (more := pages.count(reader, where, **bound) - MOST) > 0:
        yield _line(kind, f"另有 {more} 件")


def _standing(row: Row, now: datetime) -> str:
    """`紧急 县交通运输局 限12:12`; of what is over time `已过12:12`."""
    parts = [word(Urgency(row["urgency"])), row["steward_name"] or ""]
    if row["press_at"] is not None:
        due = from_ms(row["press_at"])
        parts.append(f"{'已过' if due <= now else '限'}{_when(due, now)}")
    return " ".join(filter(None, parts))


def _drafts(desk: Desk) -> Iterator[HandoverLine]:
    """What was put aside on purpose, at every seat: the calls that broke off first of all (practice P12)."""
    held = [] if desk.work is None else desk.work.held_drafts()
    for draft in held[:MOST]:
        at = from_ms(draft.updated_at)
        yield _line(
            HandoverKind.DRAFT, f"{draft.seat or '未写座席'} {_when(at, desk.now())}搁置的受理（F2 草稿）"
        )


def _when(moment: datetime, now: datetime) -> str:
    is_today = local(moment).date() == local(now).date()
    return f"{local(moment):%H:%M}" if is_today else f"{local(moment):%m-%d %H:%M}"


def _line(kind: HandoverKind, what: str, order_no: str = "") -> HandoverLine:
    return HandoverLine(0, kind, order_no, what)
