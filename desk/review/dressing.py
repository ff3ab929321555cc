"""What a list of the review lays beside each order: one SELECT for each kind of thing, however many orders."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from db.codes import Deed, RequestKind, WriteOffEvidence
from db.doors import Reader, Row
from db.queries import callbacks, panels, pool, procedures, requests
from db.times import from_ms, maybe_from_ms
from desk import pressure_listing
from desk.codes import word
from desk.context import Desk
from desk.review import evidence
from desk.review.figures import is_idle
from desk.review_rows import PoolRow, ReviewRow
from desk.rows import OrderRow
from desk.rules.calendar import local, working_days_between
from desk.rules.pool_watch import STEPS


def dressed(
    desk: Desk,
    reader: Reader,
    rows: Sequence[OrderRow],
    kinds: Sequence[RequestKind],
    *,
    is_pressed: bool = False,
) -> Sequence[ReviewRow]:
    """Return the rows of a tab: each with its stay in the pool, the calls that missed, what is asked, what is awaited."""
    keys = [row.id for row in rows]
    stays = _pool_rows(desk, reader, rows)
    missed, last = callbacks.missed_counts(reader, keys), callbacks.last_missed(reader, keys)
    pressed = pressure_listing.of_orders(desk.actor, reader, keys) if is_pressed else {}
    asked: dict[int, Row] = {}
    for kind in reversed(kinds):
        asked |= requests.pending_of_orders(reader, kind, keys)
    # How the caller of a secret order wants to be called is nothing for its unit (P32).
    wishes = callbacks.wishes(reader, keys) if desk.actor.is_at_the_centre else {}
    awaited = _awaited(reader, keys)
    return [
        ReviewRow(
            order=row,
            pool=stays.get(row.id),
            missed_calls=missed.get(row.id, 0),
            asked=_asked(asked[row.id]) if row.id in asked else "",
            pressed=pressed.get(row.id),
            last_missed=maybe_from_ms(last.get(row.id)),
            wishes=" ".join(_wishes(wishes[row.id])) if row.id in wishes else "",
            awaited=awaited[row.id].words if row.id in awaited else "",
            awaited_at=awaited[row.id].until if row.id in awaited else None,
        )
        for row in rows
    ]


def _pool_rows(desk: Desk, reader: Reader, rows: Sequence[OrderRow]) -> dict[int, PoolRow]:
    stays = pool.inside_many(reader, [row.id for row in rows])
    standings = evidence.standings(reader, stays)
    steps = pool.last_steps(reader, list(stays), STEPS)
    status = {row.id: str(row.status) for row in rows}
    return {
        key: pool_row(desk, stay, status[key], standings.get(key, ""), steps.get(key))
        for key, stay in stays.items()
    }


def pool_row(desk: Desk, stay: Row, status: str, standing: str = "", step: Row | None = None) -> PoolRow:
    """Return one stay in the pool, its age counted in working days up to now, with the last step that anybody took."""
    entered = from_ms(stay["entered_at"])
    return PoolRow(
        age_days=working_days_between(local(entered).date(), local(desk.now()).date(), desk.calendar),
        entered_at=entered,
        review_at=maybe_from_ms(stay["review_at"]),
        reason=stay["reason"],
        plan=stay["plan"],
        standing=standing,
        idle_days=is_idle(desk, status, stay["entered_at"], step["at"] if step else 0),
        last_step=_step(step) if step is not None else "",
    )


def watched(desk: Desk, reader: Reader, row: OrderRow) -> Iterator[str]:
    """Yield what the pool knows of an order now: since when and why, next review, the plan, the last step."""
    stay = _pool_rows(desk, reader, [row]).get(row.id)
    if stay is None:
        return
    review = f"，下次复核 {local(stay.review_at):%m-%d}" if stay.review_at else ""
    yield f"{local(stay.entered_at):%m-%d} 入池，已 {stay.age_days} 个工作日{review}：{stay.reason}"
    yield f"处置计划：{stay.plan or '（还没有，按 l 写）'}"
    idle = f"，!已 {stay.idle_days} 个工作日没有动静" if stay.idle_days else ""
    yield f"最近一步：{stay.last_step or '（入池后还没有）'}{idle}"
    if stay.standing:
        yield f"销号：{stay.standing}"
    if awaited := _awaited(reader, [row.id]).get(row.id):
        yield f"等待：{awaited.words}，至 {local(awaited.until):%Y-%m-%d}"


def _step(step: Row) -> str:
    who = f" {step['actor_name']}" if step["actor_name"] else ""
    return f"{local(from_ms(step['at'])):%m-%d} {word(Deed(step['kind']))}{who}"


def _asked(request: Row) -> str:
    code = request["reason_code"]
    what = word(WriteOffEvidence(code)) if code in set(WriteOffEvidence) else request["reason"]
    return "：".join(part for part in (request["asker_name"], what) if part)


def _wishes(order: Row) -> Iterator[str]:
    """When, in which tongue and through whom: short, for a list."""
    for mark, column in (
        ("", "answer_time"),
        ("", "language"),
        ("", "special_needs"),
        ("代诉：", "on_behalf"),
    ):
        if order[column]:
            yield f"{mark}{order[column]}"


class Awaited(NamedTuple):
    """What an order waits for, and until when (aware UTC)."""

    words: str
    until: datetime


def _awaited(reader: Reader, keys: Sequence[int]) -> dict[int, Awaited]:
    """What a 长期事项 waits for (leader, plan, next date), and a 法定程序 (organ, number, its term)."""
    found = {
        key: Awaited(f"{row['leader']} {row['requirement']}", from_ms(row["due_at"]))
        for key, row in panels.long_terms(reader, keys).items()
    }
    for key, row in procedures.running_of_orders(reader, keys).items():
        found[key] = Awaited(f"{row['organ']} {row['number']}", from_ms(row["due_at"]))
    return found
