"""抽取质检: 5 % of records by a keyed hash, all 危机, 骚扰 and complaints about operators; others by hand (practice P31)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from db.codes import CallSummary, Deed, QualityReason, QualityState
from db.doors import Reader, Row, Writer
from db.queries import quality, quality_records, work_orders
from db.times import to_ms
from desk import history, sight
from desk.births import check_birth_right
from desk.context import Desk
from desk.errors import BadInput, NotNow
from desk.history import Happening
from desk.quality import common
from desk.rules import quality as rules
from desk.rules.months import month_span
from desk.rules.text import cleaned, required

OVERLAP = 1000
"""Calls that are looked at again: one may be committed after a later one."""
WORTH_KEEPING = 1000
"""A draw that found nothing is kept only when it looked at so many records."""
_BATCH = 50
"""Checks that one transaction writes: it stays well under a tenth of a second."""
_BACK = timedelta(days=62)
_CALL_BACK = timedelta(days=30)
"""So long before a complaint the call complained of is looked for."""
_NO = 64


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a draw did: at how many new records it looked, how many are to be checked."""

    looked_at: int
    drawn: int


@dataclass(frozen=True, slots=True)
class _Record:
    uid: str
    reason: QualityReason
    at: int
    call_id: int | None = None
    order_id: int | None = None
    agent_id: int | None = None


def share_of(desk: Desk) -> float:
    """Return which part of the records is to be checked, 0 to 1 (`quality.share`)."""
    return float(desk.settings.get(rules.SHARE_KEY, rules.SHARE))


def draw(desk: Desk) -> Drawn:
    """抽取质检: lay before the checkers what is to be checked of the records made since the last draw.

    The first draw begins with the month. One event for each 50 checks, none when nothing new is to be checked.
    Raises NotAllowed.
    """
    check_birth_right(desk, Deed.DRAW_QUALITY)
    now = desk.now()
    with desk.reading() as reader:
        last = quality_records.last_draw(reader, desk.actor.centre_id)
        first = _first_call(desk, reader, last)
        calls = quality_records.calls_after(reader, desk.actor.centre_id, first)
        found = list(_found(desk, reader, calls, to_ms(now - _BACK)))
    up_to = max((row["id"] for row in calls), default=first)
    before = last["up_to_id"] if last else 0
    looked_at = sum(row["id"] > before for row in calls)
    if not found and looked_at < WORTH_KEEPING:
        return Drawn(looked_at, 0)
    drawn = 0
    for start in range(0, max(len(found), 1), _BATCH):
        drawn += _keep(desk, found[start : start + _BATCH], up_to, looked_at if start == 0 else 0)
    return Drawn(looked_at, drawn)


def _first_call(desk: Desk, reader: Reader, last: Row | None) -> int:
    """The key after which calls are looked at."""
    if last is not None:
        return max(int(last["up_to_id"]) - OVERLAP, 0)
    since, _ = month_span("", desk.now())
    return quality_records.first_call(reader, to_ms(since)) - 1


def _found(desk: Desk, reader: Reader, calls: Sequence[Row], since: int) -> Iterator[_Record]:
    """What is to be checked and is not yet, each record once: the weightiest reason first."""
    seen: set[str] = set()
    for each in (
        *_crises(desk, reader, since),
        *_complaints(desk, reader, since),
        *_of_calls(desk, reader, calls),
    ):
        if each.uid not in seen:
            seen.add(each.uid)
            yield each


def _crises(desk: Desk, reader: Reader, since: int) -> Iterator[_Record]:
    centre = desk.actor.centre_id
    for row in quality_records.crisis_calls(reader, centre, since):
        yield _Record(
            row["uid"], QualityReason.CRISIS, row["at"], row["id"], row["order_id"], row["staff_id"]
        )
    for row in quality_records.crises_without_call(reader, centre, since):
        yield _Record(row["uid"], QualityReason.CRISIS, row["at"], None, row["order_id"], row["staff_id"])


def _of_calls(desk: Desk, reader: Reader, calls: Sequence[Row]) -> Iterator[_Record]:
    key, share = quality_records.first_hash(reader), share_of(desk)
    for row in calls:
        is_nuisance = row["summary"] == CallSummary.NUISANCE
        if not row["is_drawn"] and (is_nuisance or rules.is_drawn(key, row["uid"], share)):
            reason = QualityReason.NUISANCE if is_nuisance else QualityReason.SAMPLE
            yield _Record(row["uid"], reason, row["at"], row["id"], row["order_id"], row["staff_id"])


def _complaints(desk: Desk, reader: Reader, since: int) -> Iterator[_Record]:
    """Orders that accuse the centre itself, or somebody whom the city calls an operator (`quality.operator_words`)."""
    words = desk.settings.get(rules.WORDS_KEY, rules.OPERATOR_WORDS)
    for row in quality_records.with_accused(reader, desk.actor.centre_id, since):
        is_ours = row["accused_unit_id"] == desk.actor.centre_id
        if is_ours or rules.is_of_the_house(row["accused_name"], words):
            yield _complaint(desk, reader, row)


def _complaint(desk: Desk, reader: Reader, order: Any) -> _Record:
    """A complaint about an operator, with whom and which call it is about, as far as that can be told."""
    people = [
        (each["id"], each["staff_no"], each["name"])
        for each in quality_records.people(reader, desk.actor.centre_id)
    ]
    agent = rules.named_among(order["accused_name"], people)
    call = _complained_of(desk, reader, order, agent)
    return _Record(
        order["uid"],
        QualityReason.COMPLAINT,
        order["at"],
        call["id"] if call else None,
        order["order_id"],
        agent or (call["staff_id"] if call else None),
    )


def _complained_of(desk: Desk, reader: Reader, order: Any, agent: int | None) -> Row | None:
    """The caller's last call before the complaint; with the one who is named, where somebody is."""
    if not order["contact_phone"]:
        return None
    since = order["at"] - int(_CALL_BACK / timedelta(milliseconds=1))
    number, centre = order["contact_phone"], desk.actor.centre_id
    taken = quality_records.record_of_order(reader, centre, order["order_id"])
    # The call in which one complains began before the order was made.
    until = min(order["at"], taken["at"]) if taken else order["at"]
    return quality_records.call_before(reader, centre, number, since, until, agent)


def _keep(desk: Desk, found: Sequence[_Record], up_to: int, looked_at: int) -> int:
    with desk.writing() as writer:
        at = history.moment_after_head(writer, desk.now())
        kept = [each for each in found if not quality.has(writer, each.uid)]
        for each in kept:
            _add(desk, writer, each, at)
        quality_records.add_draw(
            writer,
            centre_id=desk.actor.centre_id,
            drawn_at=to_ms(at),
            drawn_by=desk.actor.id,
            up_to_id=up_to,
            looked_at=looked_at,
            drawn=len(kept),
        )
        counted = {str(reason): sum(each.reason is reason for each in kept) for reason in QualityReason}
        data = {"looked_at": looked_at, "drawn": len(kept), **{name: n for name, n in counted.items() if n}}
        history.record(writer, Happening(Deed.DRAW_QUALITY, at, desk.actor.uid, desk.seat, data=data))
    return len(kept)


def _add(
    desk: Desk, writer: Writer, each: _Record, at: datetime, why: str = "", by: int | None = None
) -> int:
    return quality.add(
        writer,
        {
            "centre_id": desk.actor.centre_id,
            "record_uid": each.uid,
            "reason": str(each.reason),
            "state": str(QualityState.TO_CHECK),
            "call_id": each.call_id,
            "order_id": each.order_id,
            "agent_id": each.agent_id,
            "record_at": each.at,
            "drawn_at": to_ms(at),
            "drawn_by": by,
            "why": why,
        },
    )


def add(desk: Desk, about: str, why: str, *, is_complaint: bool = False) -> int:
    """列入质检 by hand: the record of an order (`about` its number) or of a recording; return the check's key. One event.

    `is_complaint`: somebody complains about the operator. Raises BadInput for what is no record, NotNow for one that is
    checked already, NotAllowed.
    """
    check_birth_right(desk, Deed.ADD_QUALITY)
    named, reason = (
        required(about, "工单号或录音编号", _NO, one_line=True),
        required(why, "理由", rules.LONGEST_WORDS),
    )
    with desk.writing() as writer:
        each = _named(desk, writer, named, is_complaint=is_complaint)
        if quality.has(writer, each.uid):
            raise NotNow("这条记录已列入质检")
        at = history.moment_after_head(writer, desk.now())
        key = _add(desk, writer, each, at, reason, desk.actor.id)
        row = quality.check(writer, key)
        assert row is not None, "it was just written"
        common.record(desk, writer, Deed.ADD_QUALITY, at, row, {"why": reason})
    return key


def _named(desk: Desk, reader: Reader, about: str, *, is_complaint: bool) -> _Record:
    order = work_orders.by_number(reader, about)
    reason = QualityReason.COMPLAINT if is_complaint else QualityReason.BY_HAND
    if order is None:
        return _recorded(desk, reader, about, reason)
    if not sight.may_see(reader, desk.actor, order) or sight.is_hidden(desk.actor, order):
        raise BadInput("没有这件工单，或不由您质检", "工单号")
    plain = {**dict(order), "order_id": order["id"], "at": order["accepted_at"]}
    if is_complaint:
        return _complaint(desk, reader, plain)
    call = quality_records.record_of_order(reader, desk.actor.centre_id, order["id"])
    if call is not None:
        return _Record(call["uid"], reason, call["at"], call["id"], order["id"], call["staff_id"])
    agent = quality_records.registered_by(reader, order["uid"])
    people = {each["id"] for each in quality_records.people(reader, desk.actor.centre_id)}
    return _Record(order["uid"], reason, plain["at"], None, order["id"], agent if agent in people else None)


def _recorded(desk: Desk, reader: Reader, about: str, reason: QualityReason) -> _Record:
    call = quality_records.record_called(reader, desk.actor.centre_id, about)
    if call is None:
        raise BadInput("没有这个工单号或录音编号，请核对", "工单号")
    orders = [work_orders.by_key(reader, call["order_id"])] if call["order_id"] else []
    if any(order is not None and sight.is_hidden(desk.actor, order) for order in orders):
        raise BadInput("没有这个工单号或录音编号，请核对", "工单号")
    return _Record(call["uid"], reason, call["at"], call["id"], call["order_id"], call["staff_id"])


def name_agent(desk: Desk, check_id: int, staff_no: str) -> None:
    """指明话务员: say whom a check is about, as long as it is not judged; his last call with that caller is looked up. One event.

    Raises BadInput for a 工号 that is none of the centre's, NotNow for a judged check, NotAllowed.
    """
    check_birth_right(desk, Deed.NAME_AGENT)
    number = cleaned(staff_no, 12, "工号", one_line=True)
    with desk.writing() as writer:
        row = common.known(desk, writer, check_id)
        if not common.sees_as_checker(desk, row) or row["state"] != QualityState.TO_CHECK:
            raise NotNow("已评分，不能再改话务员")
        person = _person(quality_records.people(writer, desk.actor.centre_id), number)
        changes: dict[str, Any] = {"agent_id": person["id"]}
        if row["reason"] == QualityReason.COMPLAINT and row["order_id"] is not None:
            changes["call_id"] = _call_with(desk, writer, row, person["id"])
        at = history.moment_after_head(writer, desk.now())
        quality.change(writer, check_id, changes)
        common.record(desk, writer, Deed.NAME_AGENT, at, row, {}, agent=person["staff_no"])


def _call_with(desk: Desk, reader: Reader, row: Row, agent: int) -> int | None:
    order = work_orders.by_key(reader, row["order_id"])
    assert order is not None, "a check points to an order that is there"
    call = _complained_of(
        desk, reader, {**dict(order), "order_id": order["id"], "at": order["accepted_at"]}, agent
    )
    return None if call is None else int(call["id"])


def _person(people: Iterable[Row], number: str) -> Row:
    found = next((each for each in people if each["staff_no"] == number), None)
    if found is None:
        raise BadInput("热线中心没有这个工号，请核对", "工号")
    return found
