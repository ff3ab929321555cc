"""One deed on one order: the only way an order changes.

`with deed_on(desk, Deed.SIGN, order_no) as deed:` opens the transaction, reads the order under the lock, asks
rights, lifecycle and separation of duty, and lends the deed. What the block sets with `set`, notes with `note` and
quotes with `quote` is written when it ends, together with exactly one event. An exception writes nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from db import search
from db.codes import Deed, Role, Status, Urgency
from db.doors import Reader, Row, Writer
from db.queries import cases, events, work_orders
from db.queries import pressing as presses
from db.queries import sight as sight_queries
from db.times import FAR, maybe_from_ms, to_ms
from desk import assessment_marks, history, sight, told
from desk.codes import word
from desk.context import Desk
from desk.errors import NotAllowed, NotNow, Refused
from desk.history import Happening
from desk.rules import lifecycle, pressing, rights, separation
from desk.rules.assessment import Done
from desk.rules.calendar import local
from desk.rules.rights import Scope
from desk.rules.secrecy import READ_BY_UNITS

SEARCHED = frozenset(
    {"title", "content", "forward_text", "place", "accused_name", "purpose", "requester_name"}
)
VERSIONED = frozenset({"status", "steward_id", "unit_due_at", "citizen_due_at", "centre_id"})


@dataclass(slots=True)
class OrderDeed:
    """A deed under way. `order` is the row as it was under the lock; `at` the one moment of the deed (aware UTC)."""

    desk: Desk
    writer: Writer
    kind: Deed
    order: Row
    at: datetime
    after: Status
    changes: dict[str, Any] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    event_uid: str = ""

    @property
    def at_ms(self) -> int:
        """The moment of the deed in ms UTC, as columns hold it."""
        return to_ms(self.at)

    @property
    def order_id(self) -> int:
        """The order's key in this store."""
        return int(self.order["id"])

    @property
    def before(self) -> Status:
        """The status that the deed found."""
        return Status(self.order["status"])

    def set(self, **columns: Any) -> None:
        """Set columns of the order when the deed ends."""
        self.changes.update(columns)

    def note(self, **data: Any) -> None:
        """Add codes, keys and times (ms UTC) to the event; never the words of people."""
        self.data.update({name: value for name, value in data.items() if value is not None})

    def quote(self, **texts: str) -> None:
        """Add words to the event, in their erasable place."""
        self.texts.update(texts)

    def value(self, column: str) -> Any:
        """Return what the column will be when the deed ends."""
        return self.changes.get(column, self.order[column])


@contextmanager
def deed_on(desk: Desk, kind: Deed, order_no: str) -> Iterator[OrderDeed]:
    """Lend a deed on one order and write it, with its event, when the block ends.

    Raises NotAllowed (rights, separation of duty), NotNow (lifecycle; names who did what last), Refused for an
    unknown number, Locked or StoreUnusable from the store. Nothing is written when anything is raised.
    """
    with desk.writing() as writer:
        order = work_orders.by_number(writer, order_no)
        if order is None:
            raise Refused(f"没有编号为 {order_no} 的工单，请核对编号")
        after = check(desk, writer, kind, order)
        at = history.moment_after_head(writer, desk.now())
        deed = OrderDeed(desk, writer, kind, order, at, after)
        yield deed
        _finish(deed)


@contextmanager
def deed_beside(deed: OrderDeed, kind: Deed, order: Row) -> Iterator[OrderDeed]:
    """Lend what a deed does to another order (a row): same person, moment and transaction, an event of its own.

    The right to it comes with the deed that causes it. Raises NotNow when the other order's life does not allow it.
    """
    with deed_within(deed.desk, deed.writer, deed.at, kind, order) as beside:
        yield beside


@contextmanager
def deed_within(desk: Desk, writer: Writer, at: datetime, kind: Deed, order: Row) -> Iterator[OrderDeed]:
    """Lend what a call or a new order, kept at `at` by `writer`'s transaction, does to an order: as `deed_beside`."""
    within = OrderDeed(desk, writer, kind, order, at, _status_after(writer, kind, order))
    yield within
    _finish(within)


def check(desk: Desk, reader: Reader, kind: Deed, order: Row) -> Status:
    """Return the status after `kind`; raise what `deed_on` would for this person and this order as it was read."""
    check_right(desk, reader, kind, order)
    after = _status_after(reader, kind, order)
    _check_separation(desk, reader, kind, order)
    return after


def check_right(desk: Desk, reader: Reader, kind: Deed, order: Row) -> None:
    """Raise NotAllowed unless one of the actor's roles may do `kind` on this order (rights table, 回避)."""
    actor = desk.actor
    if not sight.may_see(reader, actor, order) and not _is_own(desk, reader, order):
        raise NotAllowed(f"工单 {order['order_no']} 不在您的权限范围内，请联系班长")
    for scope in rights.scopes(actor.roles, kind):
        if _reaches(desk, reader, scope, order):
            return
    allowed = "、".join(word(role) for role in rights.roles_for(kind))
    raise NotAllowed(f"您没有“{word(kind)}”的权限，请由{allowed or '班长'}办理")


def _reaches(desk: Desk, reader: Reader, scope: Scope, order: Row) -> bool:
    actor = desk.actor
    match scope:
        case Scope.CENTRE:
            return actor.is_at_the_centre and str(order["centre_path"] or "/").startswith(actor.centre_path)
        case Scope.UNIT:
            return sight_queries.has_part(reader, order["id"], actor.unit_path, "steward")
        case Scope.CO_UNIT:
            return sight_queries.has_part(reader, order["id"], actor.unit_path, "co_handling")
        case Scope.PART:
            return sight_queries.is_held_below(reader, order["id"], actor.unit_path)
        case Scope.OWN:
            return _is_own(desk, reader, order)
        case Scope.HOUSE:
            return True


def _is_own(desk: Desk, reader: Reader, order: Row) -> bool:
    if Role.STATION_CLERK in desk.actor.roles:
        return sight.is_of_the_station(reader, desk.actor, order["uid"])
    return sight_queries.registered_by(reader, order["uid"], desk.actor.uid)


def _status_after(reader: Reader, kind: Deed, order: Row) -> Status:
    status = Status(order["status"])
    after = lifecycle.next_status(status, kind)
    if after is None:
        raise NotNow(_not_now(reader, kind, order, status))
    return after


def _not_now(reader: Reader, kind: Deed, order: Row, status: Status) -> str:
    """Say why a deed comes too late or too early: the status, and who brought it there."""
    last = events.last_of_order(reader, order["uid"])
    line = f"工单 {order['order_no']} 现为“{word(status)}”，不能{word(kind)}"
    if last is None or last["actor_name"] is None:
        return line + "，请刷新后再看"
    at = local(_moment(last["at"])).strftime("%m-%d %H:%M")
    return f"{line}：{last['actor_name']}（{last['actor_no']}）{at} 已{word(Deed(last['kind']))}"


def _moment(milliseconds: int) -> datetime:
    moment = maybe_from_ms(milliseconds)
    assert moment is not None, "every event has its time"
    return moment


def excluded(desk: Desk, reader: Reader, kind: Deed, order: Any) -> str:
    """Return the Chinese line that closes `kind` to this person because of an earlier deed of theirs, or ''."""
    rule = separation.NOT_THE_SAME.get(kind)
    if rule is None:
        return ""
    round_ = None if rule.whole_order else order["round"]
    is_same = desk.actor.person_uid in events.persons_who(reader, order["uid"], rule.earlier, round_)
    return rule.line if is_same else ""


def _check_separation(desk: Desk, reader: Reader, kind: Deed, order: Row) -> None:
    line = excluded(desk, reader, kind, order)
    if line:
        raise NotAllowed(line)


def _check_words(deed: OrderDeed) -> None:
    """What the centre says to a unit on a secret order tells it nothing of the caller (practice P32 b)."""
    if deed.kind in READ_BY_UNITS and deed.desk.actor.is_at_the_centre:
        for words in deed.texts.values():
            sight.check_told(deed.value, words)


def _withdraw_case(deed: OrderDeed) -> None:
    """The case of an order that turns 举报 or 保密 leaves the library with that very deed (practice P32 c)."""
    turned = {name: deed.value(name) for name in ("kind", "is_confidential")}
    if sight.is_secret(deed.order) or not sight.is_secret(turned):
        return
    case = cases.living(deed.writer, deed.order_id)
    if case is not None:
        cases.retire(deed.writer, case["id"], deed.at_ms, deed.desk.actor.id, "工单转为举报或保密")
        deed.note(case=case["uid"])


def _let_pressure_fall(deed: OrderDeed) -> None:
    """No unit answers for an order that has ended, nor for what a rule put to the unit before it (issue 6, part 7)."""
    if deed.after in lifecycle.ENDS and deed.before not in lifecycle.ENDS:
        presses.let_fall(deed.writer, deed.order_id, deed.at_ms, "工单已结束", by_rule_only=False)
    elif deed.order["steward_id"] is not None and deed.value("steward_id") != deed.order["steward_id"]:
        presses.let_fall(deed.writer, deed.order_id, deed.at_ms, "承办单位已变", by_rule_only=True)


def _finish(deed: OrderDeed) -> None:
    _check_words(deed)
    _withdraw_case(deed)
    _let_pressure_fall(deed)
    clocks = clocks_of(deed.order)
    late = pressing.late_marks(deed.kind, deed.before, deed.after, clocks, deed.at)
    if late:
        deed.note(late=[*deed.data.get("late", ()), *late])
        deed.set(breach_count=deed.value("breach_count") + len(late))
    if deed.value("excluded_from_assessment") and not deed.order["excluded_from_assessment"]:
        deed.note(is_left_out=True)
    deed.set(status=str(deed.after))
    changes = {**deed.changes, **derived({**dict(deed.order), **deed.changes})}
    changed = {name: value for name, value in changes.items() if value != deed.order[name]}
    if VERSIONED & changed.keys():
        changed["version"] = deed.order["version"] + 1
    _write(deed.writer, deed.order_id, changed)
    deed.event_uid = history.record(deed.writer, _happening(deed))
    assessment_marks.keep(assessment_marks.Stored(deed.writer, deed.order_id), _done(deed))
    told.queue(deed.desk, deed.writer, deed.kind, {**dict(deed.order), **changes}, deed.data, deed.at)


def _done(deed: OrderDeed) -> Done:
    old = dict(deed.order)
    return Done(deed.kind, deed.before, old, {**old, **deed.changes}, deed.data, deed.at_ms)


def _write(writer: Writer, order_id: int, changed: dict[str, Any]) -> None:
    if not changed:
        return
    is_searched = bool(SEARCHED & changed.keys())
    if is_searched:
        search.remove(writer, order_id)
    work_orders.change(writer, order_id, changed)
    if is_searched:
        search.add(writer, order_id)


def _happening(deed: OrderDeed) -> Happening:
    return Happening(
        kind=deed.kind,
        at=deed.at,
        actor_uid=deed.desk.actor.uid or None,
        seat=deed.desk.seat,
        order_uid=deed.order["uid"],
        round=deed.value("round"),
        from_status=deed.before,
        to_status=deed.after,
        data=deed.data,
        texts=deed.texts,
    )


def clocks_of(order: Any) -> pressing.Clocks:
    """Return the due times that an order row carries."""
    return pressing.Clocks(
        stage=maybe_from_ms(order["stage_due_at"]),
        unit=maybe_from_ms(order["unit_due_at"]),
        citizen=maybe_from_ms(order["citizen_due_at"]),
        upstream=maybe_from_ms(order["upstream_due_at"]),
        pool_review=maybe_from_ms(order["pool_review_at"]),
        is_suspended=order["suspended_at"] is not None,
    )


def derived(order: Any) -> dict[str, Any]:
    """Return the columns that follow from the others: is_open, sort_rank, press_at (ms UTC, FAR for none)."""
    status, pool_grade = Status(order["status"]), order["pool_grade"]
    due = pressing.pressing_at(status, clocks_of(order), is_pooled=pool_grade is not None)
    return {
        "is_open": pressing.is_open(status, pool_grade),
        "sort_rank": pressing.sort_rank(status, Urgency(order["urgency"]), pool_grade),
        "press_at": FAR if due is None else to_ms(due),
    }
