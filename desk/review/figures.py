"""What stands on top of a tab: how far 回访 covers what it owes, and what the pool holds (issue 6, parts 2 and 4)."""

from collections import Counter
from collections.abc import Sequence

from db.codes import Grade, Status
from db.doors import Reader, Row
from db.queries import callbacks, pool
from db.times import from_ms, to_ms
from desk.context import Desk
from desk.rules import months
from desk.rules.calendar import local, working_days_between
from desk.rules.pool_watch import IDLE_DAYS, STEPS, idle_days

_UNITS = 4


def figures(desk: Desk, tab: str) -> str:
    """Return one line for the top of a tab, '' where there is nothing to count or nobody at the centre asks."""
    making = _FIGURES.get(tab)
    if making is None or not desk.actor.is_at_the_centre or desk.actor.centre_id is None:
        return ""
    with desk.reading() as reader:
        return making(desk, reader, desk.actor.centre_id)


def _of_callbacks(desk: Desk, reader: Reader, centre_id: int) -> str:
    first, after = months.month_span("", desk.now())
    found = callbacks.coverage(reader, centre_id, to_ms(first), to_ms(after))
    owed = found["passed"] - (found["withdrawn"] or 0)
    if not owed:
        return "本月还没有应回访的工单"
    done = (found["heard"] or 0) + (found["unreached"] or 0)
    share = 100 * done // owed
    return f"本月应回访 {owed}：已回访 {found['heard']}，无法回访 {found['unreached']}，待回访 {owed - done}；覆盖率 {share}%"


def _of_the_pool(desk: Desk, reader: Reader, centre_id: int) -> str:
    stays = pool.standing(reader, centre_id)
    first, _ = months.month_span("", desk.now())
    moved = pool.moved(reader, centre_id, to_ms(first))
    flow = f"本月入池 {moved['came'] or 0}，出池 {moved['went'] or 0}"
    if not stays:
        return flow
    grades = Counter(row["grade"] for row in stays)
    ages = _ages(desk, stays)
    units = Counter(row["unit_name"] or "未派单" for row in stays).most_common(_UNITS)
    parts = (
        f"D级 {grades[Grade.D]}，C级 {grades[Grade.C]}",
        flow,
        f"平均 {sum(ages) / len(ages):.0f} 日，最长 {max(ages)} 日",
        f"!久未动 {idle}" if (idle := _idle(desk, reader, stays)) else "",
        "、".join(f"{name} {count}" for name, count in units),
    )
    return "；".join(part for part in parts if part)


def _ages(desk: Desk, stays: Sequence[Row]) -> list[int]:
    """Working days in the pool; the stays of one day are counted once."""
    today = local(desk.now()).date()
    days = Counter(local(from_ms(row["entered_at"])).date() for row in stays)
    return [
        age
        for day, count in days.items()
        for age in [working_days_between(day, today, desk.calendar)] * count
    ]


def _idle(desk: Desk, reader: Reader, stays: Sequence[Row]) -> int:
    steps = pool.last_steps(reader, [row["order_id"] for row in stays], STEPS)
    last = {key: row["at"] for key, row in steps.items()}
    return sum(
        is_idle(desk, row["status"], row["entered_at"], last.get(row["order_id"], 0)) > 0 for row in stays
    )


def is_idle(desk: Desk, status: str, entered_at: int, last_step_at: int) -> int:
    """Return the working days without a step when they are too many (`pool.idle_days`), else 0.

    What waits for a statutory procedure waits by law (P9).
    """
    if status == Status.IN_PROCEDURE:
        return 0
    last = max(entered_at, last_step_at)
    days = idle_days(local(from_ms(last)).date(), local(desk.now()).date(), desk.calendar)
    return days if days >= int(desk.settings.get("pool.idle_days", IDLE_DAYS)) else 0


_FIGURES = {"callback": _of_callbacks, "pool": _of_the_pool}
