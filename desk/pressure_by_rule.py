"""Pressure that comes by itself: the stages before and after 单位时限, each once for a limit (issue 6, part 7).

A running desk looks every minute, `desk press` when a timer calls it. What both find at once is put once: the second one
finds the stage under the lock, and a unique index stands behind it.
"""

from contextlib import suppress
from datetime import datetime

from db.codes import Deed, Status, Urgency
from db.doors import Row
from db.queries import assignments, pressing
from db.times import from_ms, to_ms
from desk import press
from desk.codes import word
from desk.context import Desk
from desk.deed import OrderDeed, deed_on
from desk.errors import NotNow
from desk.house_desk import itself, of_every_centre
from desk.press import Demand
from desk.rules import deadlines, press_stages
from desk.rules.press_stages import STAGES, Stage
from desk.session import Opening
from desk.sight import is_secret

MOST = 200
"""How many orders one look puts to one stage; the next one goes on."""


def sweep_stages(desk: Desk) -> int:
    """Put every stage that is reached to the units of this person's centre; return how many were put.

    An order that somebody answers in the same moment is left alone. Raises Locked, StoreUnusable.
    """
    return _press_centre(itself(desk))


def press_all(opening: Opening) -> int:
    """Do the same for every centre of a store, for a timer of the system (`desk press`)."""
    with of_every_centre(opening) as desks:
        return sum(map(_press_centre, desks))


def stages(desk: Desk) -> tuple[Stage, ...]:
    """Return the city's stages, the earliest first; none at a 服务站, whose units are its centre's."""
    if desk.station is not None:
        return ()
    return press_stages.stages_from(desk.settings.get(STAGES, press_stages.DEFAULTS))


def _press_centre(desk: Desk) -> int:
    known, now, count = stages(desk), desk.now(), 0
    for place in reversed(range(len(known))):
        for order_no in _due_for(desk, known[place:], now):
            with suppress(NotNow):
                press_by_rule(desk, order_no)
                count += 1
    return count


def _due_for(desk: Desk, later: tuple[Stage, ...], now: datetime) -> list[str]:
    """The orders that may have reached the first of these stages, and were put to none of them."""
    limits, calendar = desk.settings.limits, desk.calendar
    by_days, by_hours = (
        to_ms(press_stages.latest_due(later[0], now, limits, calendar, by_hours=each))
        for each in (False, True)
    )
    codes = [stage.code for stage in later]
    with desk.reading() as reader:
        return pressing.due_for(
            reader, desk.actor.centre_id, codes, by_days=by_days, by_hours=by_hours, most=MOST
        )


def press_by_rule(desk: Desk, order_no: str) -> Stage:
    """Put the last stage that an order has reached to its unit; stages that were slept through are passed over.

    Raises NotNow when no stage is reached that was not put, and for an order that is suspended, answered or a 危机来电.
    """
    with deed_on(desk, Deed.PRESS_BY_RULE, order_no) as deed:
        stage = _reached(deed)
        due_at = deed.order["unit_due_at"]
        by_hours = _is_by_hours(deed)
        demand = Demand(
            stage.kind,
            stage.level,
            stage.said(from_ms(due_at), by_hours=by_hours),
            _answer_due(deed, stage),
            stage.code,
            due_at,
        )
        deed.note(stage=stage.code, rule=STAGES, unit_due_at=due_at)
        above = press.standing_above(deed, stage.kind, stage.level)
        if above is None:
            deed.note(answer_due_at=press.put(deed, demand))
        else:
            press.merge(deed, demand, above)
        deed.quote(words=demand.words)
    return stage


def _answer_due(deed: OrderDeed, stage: Stage) -> datetime:
    limits, calendar, urgency = deed.desk.settings.limits, deed.desk.calendar, deed.order["urgency"]
    return deadlines.stage_answer_due(
        word(stage.kind), urgency, deed.at, stage.answer_days, stage.answer_hours, limits, calendar
    ).at


def _is_by_hours(deed: OrderDeed) -> bool:
    return bool(deed.order["urgency"] != Urgency.NORMAL)


def _is_left_alone(order: Row) -> bool:
    """Suspended (P8), a 危机来电 (P25), or a secret order whose citizen the centre answers in the unit's place (P1)."""
    is_the_centres = order["status"] == Status.TO_ANSWER and is_secret(order)
    return order["suspended_at"] is not None or bool(order["is_crisis"]) or is_the_centres


def _reached(deed: OrderDeed) -> Stage:
    order, desk = deed.order, deed.desk
    nothing = NotNow(f"工单 {order['order_no']} 没有到催办督办的档")
    part = assignments.current_steward(deed.writer, deed.order_id)
    if order["unit_due_at"] is None or part is None or _is_left_alone(order):
        raise nothing
    known = stages(desk)
    stage = press_stages.reached(
        known,
        from_ms(order["unit_due_at"]),
        from_ms(part["sent_at"]),
        deed.at,
        desk.settings.limits,
        desk.calendar,
        by_hours=_is_by_hours(deed),
    )
    done = pressing.stages_of(deed.writer, deed.order_id, order["round"], order["unit_due_at"])
    if stage is None or done & {each.code for each in known[known.index(stage) :]}:
        raise nothing
    return stage
