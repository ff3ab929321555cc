"""What the page of the 热线日 shows: the board above, and its lists."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from db.codes import AgendaReason, Deed, HandlingWay, Status
from db.doors import Reader, Row
from db.queries import hotline_days, units, work_orders
from db.times import from_ms, maybe_from_ms, to_ms
from desk import abilities, finder, sight, unplanned
from desk.codes import word
from desk.context import Desk
from desk.errors import Refused
from desk.hotline_day.planning import day_row, line_to_decide
from desk.hotline_rows import Board, DayFigures, DayLine, DayRow
from desk.rows import PickRow
from desk.rules.calendar import local
from desk.rules.hotline_day import day_name


def board(desk: Desk) -> Board:
    """Return what the centre's day is called, the session to come, what is amiss, and the year's figures."""
    with desk.reading() as reader:
        centre = units.unit(reader, desk.actor.centre_id)
        name = "热线日" if centre is None else day_name(centre["level"], centre["name"])
        day = hotline_days.upcoming(reader, desk.actor.centre_id)
        return Board(
            name=name,
            coming=None if day is None else day_row(day),
            warning=unplanned.warning(desk, reader),
            figures=_figures(desk, reader),
        )


def _figures(desk: Desk, reader: Reader) -> DayFigures:
    first = local(desk.now()).replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    after = first.replace(year=first.year + 1)
    row = hotline_days.figures(reader, desk.actor.centre_id, to_ms(first), to_ms(after))
    return DayFigures(row["sessions"], row["orders"], row["solved"])


def days(desk: Desk) -> tuple[DayRow, ...]:
    """Return the centre's sessions, the newest first."""
    with desk.reading() as reader:
        return tuple(day_row(row) for row in hotline_days.of_centre(reader, desk.actor.centre_id))


def lines(desk: Desk, tab: str) -> tuple[DayLine, ...]:
    """Return one list: `agenda`, `decisions`, `long_term`; the centre's alone. Raises Refused for another."""
    if tab not in _LISTS:
        raise Refused("没有这一栏，请按 [ ] 换栏")
    if not desk.actor.is_at_the_centre:
        return ()
    with desk.reading() as reader:
        return tuple(
            line for row, line in _LISTS[tab](desk, reader) if sight.may_see(reader, desk.actor, row)
        )


Found = Iterator[tuple[Row, DayLine]]


def _agenda(desk: Desk, reader: Reader) -> Found:
    day = hotline_days.upcoming(reader, desk.actor.centre_id)
    for row in hotline_days.agenda(reader, day["id"]) if day is not None else ():
        reason = AgendaReason(row["reason"])
        words = row["words"] if reason is not AgendaReason.BY_HAND else f"{word(reason)}：{row['words']}"
        yield (
            row,
            DayLine(**_of_order(row), words=words, reason=reason, is_decided=row["decision_id"] is not None),
        )


def _decided(rows: Sequence[Row]) -> Found:
    for row in rows:
        yield (
            row,
            DayLine(
                **{**_of_order(row), "steward": row["decided_steward"]},
                words=row["requirement"],
                way=HandlingWay(row["way"]),
                leader=row["leader"],
                due_at=from_ms(row["due_at"]),
                done_at=maybe_from_ms(row["done_at"]),
                note=row["note"],
                decision_id=row["id"],
            ),
        )


def _decisions(desk: Desk, reader: Reader) -> Found:
    return _decided(hotline_days.decisions(reader, desk.actor.centre_id, way_not=str(HandlingWay.LONG_TERM)))


def _long_term(desk: Desk, reader: Reader) -> Found:
    return _decided(hotline_days.decisions(reader, desk.actor.centre_id, way_is=str(HandlingWay.LONG_TERM)))


_LISTS: dict[str, Callable[[Desk, Reader], Found]] = {
    "agenda": _agenda,
    "decisions": _decisions,
    "long_term": _long_term,
}


def _of_order(row: Row) -> dict[str, Any]:
    return {
        "order_no": row["order_no"],
        "title": sight.bare_title(row),
        "steward": row["steward_name"] or "",
        "status": Status(row["status"]),
    }


def orders(desk: Desk, text: str) -> list[PickRow]:
    """Return orders that hold `text`, to put one on the agenda; a secret one is only its number (P32 c)."""
    if not text.strip():
        return []
    rows = finder.find(desk, text.strip())
    with desk.reading() as reader:
        found = [(row, work_orders.by_key(reader, row.id)) for row in rows]
    return [
        PickRow(row.order_no, sight.bare_title(order), f"{row.order_no} {row.steward}".rstrip())
        for row, order in found
        if order is not None
    ]


def why_not(desk: Desk, order_no: str, kind: Deed) -> str:
    """Return the line that refuses `kind` on an order to this person now, '' when it is allowed."""
    with desk.reading() as reader:
        order = work_orders.by_number(reader, order_no)
        if order is None:
            return f"没有编号为 {order_no} 的工单，请核对编号"
        refused = abilities.why_not(desk, reader, kind, order)
        if refused or kind is not Deed.DECIDE_BY_DAY:
            return refused
        try:
            line_to_decide(desk, reader, order["id"], order_no, desk.now())
        except Refused as refusal:
            return refusal.message
    return ""
