"""退单 in figures: the wrong dispatches of the centre, the unfounded returns and unsigned orders of the units (P7)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from db.codes import Role
from db.doors import Reader, Row
from db.queries import returns as queries
from db.times import from_ms, maybe_from_ms, to_ms
from desk import co_handling, return_records, return_words
from desk.context import Desk
from desk.errors import NotAllowed
from desk.return_rows import PersonLine, ReturnFigures, UnitLine
from desk.rows import CardSection
from desk.rules.calendar import local
from desk.rules.months import month_span, months_before
from desk.rules.office_hours import office_hours_between
from desk.rules.return_tally import Return, Tally, tally
from desk.rules.returns import Fate

_SEES_EVERYBODY = frozenset({Role.SUPERVISOR, Role.LEADER})
_JUDGED = frozenset({Fate.GRANTED, Fate.REFUSED})


def figures(desk: Desk, month: str = "") -> ReturnFigures:
    """Return the figures of a month (`2026-11`, China time; this one when empty) for the centre, or for one's own unit.

    Raises BadInput for what is no month, NotAllowed for who is neither at the centre nor in a unit.
    """
    since, until = month_span(month, desk.now())
    scope, parameters = _scope(desk)
    midnight = to_ms(_midnight(desk.now()))
    with desk.reading() as reader:
        rows = queries.asked(reader, scope, to_ms(since), to_ms(until), **parameters)
        sent = queries.sent(reader, scope, to_ms(since), to_ms(until), midnight, **parameters)
    asked = [_return(desk, row) for row in rows]
    is_centre = desk.actor.is_at_the_centre
    is_running = since <= desk.now() < until
    return ReturnFigures(
        whose=desk.actor.unit_name,
        month=f"{local(since):%Y-%m}",
        is_centre=is_centre,
        sent=sum(row["sent"] for row in sent),
        sent_today=sum(row["sent_today"] for row in sent),
        unsigned=sum(row["unsigned"] for row in sent),
        whole=tally(asked),
        today=tally(each for each in asked if each.is_today) if is_running else None,
        units=tuple(_by_unit(asked, sent, _names(rows, sent, "unit_id", "unit_name"))),
        people=tuple(_by_person(desk, asked, rows, sent)) if is_centre else (),
    )


def sections(desk: Desk, months_back: int = 0) -> tuple[CardSection, ...]:
    """Return the figures of this month, or of one before it, in words, those of 协办 below. Raises as `figures` does."""
    month = months_before(months_back, desk.now())
    return (
        *return_words.sections(figures(desk, month)),
        *co_handling.sections(co_handling.figures(desk, month)),
    )


def this_month(desk: Desk, reader: Reader) -> Tally:
    """Return how many 退单 were asked this month and what became of them, untimed, for the corner of the tab."""
    since, until = month_span("", desk.now())
    scope, parameters = _scope(desk)
    rows = queries.asked(reader, scope, to_ms(since), to_ms(until), **parameters)
    return tally(Return(_fate(row), row["unit_id"]) for row in rows)


def _midnight(now: datetime) -> datetime:
    return local(now).replace(hour=0, minute=0, second=0, microsecond=0)


def _scope(desk: Desk) -> tuple[str, dict[str, Any]]:
    actor = desk.actor
    if actor.is_at_the_centre:
        return queries.OF_CENTRE, {"centre_id": actor.centre_id}
    if actor.is_in_a_unit:
        return queries.OF_UNIT, {"unit_path": actor.unit_path + "%"}
    raise NotAllowed("退单统计由热线中心和承办单位查看")


def _return(desk: Desk, row: Row) -> Return:
    return Return(
        fate=_fate(row),
        unit_id=row["unit_id"],
        sender_id=row["sent_by"],
        decider_id=row["decided_by"],
        took=_took(desk, row),
        is_late=_is_late(desk, row),
        is_first=bool(row["is_first"]),
        is_today=from_ms(row["asked_at"]) >= _midnight(desk.now()),
    )


def _fate(row: Row) -> Fate:
    """What became of a return; one that nobody decided before the order went another way has lapsed."""
    fate = return_records.fate(row)
    return Fate.LAPSED if fate is Fate.PENDING and not row["is_at_unit"] else fate


def _took(desk: Desk, row: Row) -> timedelta | None:
    decided = maybe_from_ms(row["decided_at"])
    if decided is None:
        return None
    return office_hours_between(from_ms(row["asked_at"]), decided, desk.settings.limits, desk.calendar)


def _is_late(desk: Desk, row: Row) -> bool:
    due = maybe_from_ms(row["due_at"])
    if due is None or _fate(row) in (Fate.LAPSED, Fate.TAKEN_BACK):
        return False
    return (maybe_from_ms(row["decided_at"]) or desk.now()) > due


def _names(rows: Sequence[Row], sent: Sequence[Row], key: str, name: str) -> dict[int, str]:
    """The names by key of everybody of one sort that the rows speak of, in the order of the keys."""
    return dict(sorted((row[key], row[name] or "") for row in (*rows, *sent) if row[key] is not None))


def _by_unit(asked: Sequence[Return], sent: Sequence[Row], names: dict[int, str]) -> Iterator[UnitLine]:
    """One line for each unit that returned or did not sign, those with most unfounded returns first."""
    lines = [
        UnitLine(
            unit=name,
            received=_sum(sent, "sent", unit_id=key),
            unsigned=_sum(sent, "unsigned", unit_id=key),
            tally=tally(each for each in asked if each.unit_id == key),
        )
        for key, name in names.items()
    ]
    told = (line for line in lines if line.tally.asked or line.unsigned)
    yield from sorted(told, key=lambda line: (-line.tally.refused, -line.unsigned, -line.tally.asked))


def _by_person(
    desk: Desk, asked: Sequence[Return], rows: Sequence[Row], sent: Sequence[Row]
) -> Iterator[PersonLine]:
    names = _names(rows, (), "sent_by", "sender_name") | _names(rows, (), "decided_by", "decider_name")
    names |= _names((), sent, "sent_by", "sender_name")
    sees_all = bool(_SEES_EVERYBODY & desk.actor.roles)
    for key, name in sorted(names.items()):
        if sees_all or key == desk.actor.id:
            yield PersonLine(
                name=name,
                sent=_sum(sent, "sent", sent_by=key),
                wrong=tally(each for each in asked if each.sender_id == key).wrong,
                judged=tally(each for each in asked if each.decider_id == key and each.fate in _JUDGED),
            )


def _sum(rows: Iterable[Row], column: str, **where: int) -> int:
    ((key, value),) = where.items()
    return sum(row[column] for row in rows if row[key] == value)
