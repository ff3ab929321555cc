"""议程: proposed by rule with the reason of each line, then added to and taken from by hand (practice P22)."""

from collections.abc import Iterator

from db.codes import AgendaReason, Deed
from db.doors import Reader, Row
from db.queries import hotline_days, work_orders
from db.times import maybe_from_ms
from desk import lists, sight
from desk.context import Desk
from desk.deed import deed_on
from desk.errors import Locked, NotNow, Refused, StoreUnusable
from desk.hotline_day import planning
from desk.hotline_rows import Proposed
from desk.rows import OrderRow
from desk.rules import hotline_day as rule
from desk.rules.hotline_day import Facts, Thresholds
from desk.rules.text import required

_SHORT = 200


def propose_agenda(desk: Desk) -> Proposed:
    """Put on the agenda of the session to come what the rule names, each order its own deed.

    What was taken off by hand stays off. Raises NotNow when no session is planned, NotAllowed, Locked, StoreUnusable.
    """
    with desk.reading() as reader:
        day = planning.coming(reader, desk)
        found = list(_proposals(desk, reader, day))
    added, left = 0, []
    for order_no, reason, words in found:
        try:
            _put(desk, order_no, reason, words)
        except (Locked, StoreUnusable):
            raise
        except Refused as refusal:
            left.append((order_no, refusal.message))
        else:
            added += 1
    return Proposed(added, tuple(left))


def _proposals(desk: Desk, reader: Reader, day: Row) -> Iterator[tuple[str, AgendaReason, str]]:
    least, now = thresholds(desk), desk.now()
    for order_id, facts in _facts(desk, reader, least).items():
        why = list(rule.reasons(facts, least, now))
        order = work_orders.by_key(reader, order_id) if why else None
        if order is None or hotline_days.was_on(reader, day["id"], order_id):
            continue
        if sight.may_see(reader, desk.actor, order):
            yield order["order_no"], why[0][0], "；".join(words for _, words in why)


def thresholds(desk: Desk) -> Thresholds:
    """Return the city's thresholds for the agenda."""
    settings = desk.settings
    return Thresholds(
        d_times=int(settings.get("hotline_day.d_times", 2)),
        c_days=int(settings.get("hotline_day.c_days", 60)),
        callers=int(settings.get("hotline_day.callers", 3)),
    )


def _facts(desk: Desk, reader: Reader, least: Thresholds) -> dict[int, Facts]:
    """What counts of every order of the centre that may belong on the agenda, by its key."""
    centre_id = desk.actor.centre_id
    referred = set(hotline_days.referred(reader, centre_id))
    pooled = {row["id"]: row for row in hotline_days.pooled(reader, centre_id)}
    many = {
        row["id"]: row["callers"] for row in hotline_days.raised_by_many(reader, centre_id, least.callers)
    }
    return {
        key: Facts(
            is_referred=key in referred,
            d_times=pooled[key]["d_times"] if key in pooled else 0,
            c_since=maybe_from_ms(pooled[key]["c_since"]) if key in pooled else None,
            callers=many.get(key, 1),
        )
        for key in sorted(referred | pooled.keys() | many.keys())
    }


def put_on_agenda(desk: Desk, order_no: str, words: str) -> OrderRow:
    """列入热线日 by hand, with why. Raises BadInput without words, NotNow for one that stands there already."""
    return _put(desk, order_no, AgendaReason.BY_HAND, required(words, "列入理由", _SHORT))


def _put(desk: Desk, order_no: str, reason: AgendaReason, words: str) -> OrderRow:
    with deed_on(desk, Deed.PUT_ON_AGENDA, order_no) as deed:
        day = planning.coming(deed.writer, desk)
        if hotline_days.line_of(deed.writer, day["id"], deed.order_id) is not None:
            raise NotNow(f"工单 {order_no} 已在本期议程上")
        values = {
            "day_id": day["id"],
            "order_id": deed.order_id,
            "reason": str(reason),
            "words": words,
            "added_at": deed.at_ms,
            "added_by": desk.actor.id,
        }
        hotline_days.add_line(deed.writer, values)
        deed.note(day=day["uid"], reason=str(reason))
        deed.quote(reason=words)
    return lists.after(desk, deed.order_id)


def take_off_agenda(desk: Desk, order_no: str, why: str) -> OrderRow:
    """移出热线日 by hand, with why. Raises NotNow for an order that is not on the agenda of the session to come."""
    words = required(why, "移出理由", _SHORT)
    with deed_on(desk, Deed.TAKE_OFF_AGENDA, order_no) as deed:
        day = planning.coming(deed.writer, desk)
        line = hotline_days.line_of(deed.writer, day["id"], deed.order_id)
        if line is None:
            raise NotNow(f"工单 {order_no} 不在本期议程上")
        hotline_days.take_line_off(deed.writer, line["id"], deed.at_ms, desk.actor.id, words)
        deed.note(day=day["uid"])
        deed.quote(reason=words)
    return lists.after(desk, deed.order_id)
