"""协办 against its own limit: what the steward still waits for, and what counts in the assessment (issue 5, part 4)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from db.doors import Reader
from db.queries import co_handling as queries
from db.queries import returns
from db.times import to_ms
from desk.context import Desk
from desk.errors import NotAllowed
from desk.rows import CardSection
from desk.rules.months import month_span
from desk.words import stored


@dataclass(frozen=True, slots=True)
class CoFigures:
    """One helping unit in a month: parts asked of it, answered, and late (answered late, or owed past the limit)."""

    unit: str
    asked: int
    answered: int
    late: int


def lines(reader: Reader, order_id: int, now_ms: int) -> Iterator[str]:
    """Yield, for each helper that owes its answer, until when (China time), and whether it is late; `now_ms` is ms UTC."""
    for row in queries.unanswered(reader, [order_id]):
        if row["due_at"] is None:
            yield f"协办待答复：{row['unit']}"
        elif row["due_at"] < now_ms:
            yield f"!协办逾期：{row['unit']}，应于 {stored(row['due_at'])} 前答复，计入该单位"
        else:
            yield f"协办待答复：{row['unit']}，限 {stored(row['due_at'])}"


def late_orders(reader: Reader, order_ids: Sequence[int], now_ms: int) -> set[int]:
    """Return those of the orders on which a helper owes its answer past its limit (`now_ms` is ms UTC)."""
    return {
        row["order_id"]
        for row in queries.unanswered(reader, order_ids)
        if row["due_at"] is not None and row["due_at"] < now_ms
    }


def figures(desk: Desk, month: str = "") -> tuple[CoFigures, ...]:
    """Return how the helping units answered what was asked in a month (`2026-11`, China time; this one when empty).

    The centre counts the units of its orders, a unit itself and those below it; the worst first. Raises BadInput for
    what is no month, NotAllowed for who is neither at the centre nor in a unit.
    """
    since, until = month_span(month, desk.now())
    scope, parameters = _scope(desk)
    with desk.reading() as reader:
        rows = queries.figures(reader, scope, to_ms(since), to_ms(until), to_ms(desk.now()), **parameters)
        return tuple(CoFigures(row["unit"], row["asked"], row["answered"], row["late"]) for row in rows)


def _scope(desk: Desk) -> tuple[str, dict[str, Any]]:
    actor = desk.actor
    if actor.is_at_the_centre:
        return returns.OF_CENTRE, {"centre_id": actor.centre_id}
    if actor.is_in_a_unit:
        return returns.OF_UNIT, {"unit_path": actor.unit_path + "%"}
    raise NotAllowed("协办统计由热线中心和承办单位查看")


def sections(found: Sequence[CoFigures]) -> tuple[CardSection, ...]:
    """Return the figures in words; nothing for a month in which nobody was asked to help."""
    if not found:
        return ()
    asked, answered, late = (
        sum(row.asked for row in found),
        sum(row.answered for row in found),
        sum(row.late for row in found),
    )
    whole = f"请协办 {asked}，已答复 {answered}，逾期（计协办单位）{late}"
    units = [f"{row.unit}：请协办 {row.asked}，已答复 {row.answered}，逾期 {row.late}" for row in found]
    return (CardSection("协办（按请协办的日期）", (whole, *(units if len(found) > 1 else ()))),)
