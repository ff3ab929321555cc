"""催办 and 督办 as lists: what waits for an answer or its judgement, and what was answered, at whose level."""

from collections.abc import Sequence
from typing import Any

from db.codes import PressureLevel, RequestKind, Role
from db.doors import Reader
from db.queries import pressing, unit_lists
from db.times import from_ms, maybe_from_ms, to_ms
from desk import scopes, sight
from desk.context import Actor, Desk
from desk.pressure_rows import PressureRow
from desk.rules.press_stages import LEVELS

MOST = 500
BY_RULE = "按规则"
_HIDDEN = "（不便显示）"
_BESIDE_LEADERS = frozenset({Role.SUPERVISOR, Role.AUDITOR, Role.DISPATCHER})


def sees_only_leaders(actor: Actor) -> bool:
    """Whether this person's list holds only what is a leader's matter: 调度领导 who is nothing else at the centre."""
    return Role.LEADER in actor.roles and not actor.roles & _BESIDE_LEADERS


def of_orders(actor: Actor, reader: Reader, order_ids: Sequence[int]) -> dict[int, PressureRow]:
    """Return by order the 催办 or 督办 that counts now: what waits, else the answer that is to be judged."""
    rows = pressing.of_orders(reader, order_ids)
    return {key: row_of(actor, row) for key, row in rows.items()}


def pressures(
    desk: Desk,
    *,
    level: PressureLevel | None = None,
    only_late: bool = False,
    with_answered: bool = False,
    most: int = MOST,
) -> tuple[PressureRow, ...]:
    """Return the 催办 and 督办 on this person's open orders, what waits first, the soonest due on top.

    `level` names the lowest that is listed; a leader sees his own level without asking. Raises StoreUnusable.
    """
    actor = desk.actor
    where, parameters = scopes.of(actor)
    if not actor.is_at_the_centre:
        where += f" AND {unit_lists.NOT_AGAINST_ME}"
        parameters |= {"my_name": actor.name, "own_path": actor.unit_path}
    if sees_only_leaders(actor):
        where += " AND (r.level IN ('leader', 'head') OR r.asked_by = :me)"
        parameters["me"] = actor.id
    if level is not None:
        marks = ", ".join(f"'{each}'" for each in LEVELS[LEVELS.index(level) :])
        where += f" AND r.level IN ({marks})"
    if only_late:
        where += f" AND {pressing.LATE}"
        parameters["now"] = to_ms(desk.now())
    with desk.reading() as reader:
        rows = pressing.page(reader, where, with_answered=with_answered, limit=most, **parameters)
        return tuple(row_of(actor, row) for row in rows)


def row_of(actor: Actor, row: Any) -> PressureRow:
    """Return one 催办 or 督办, with its order's columns, as this person may see it (practice P25, P26, P32)."""
    is_hidden = sight.is_hidden(actor, row)
    words = (_HIDDEN, _HIDDEN) if is_hidden else (row["reason"], row["decision"])
    is_answered = row["verdict"] == "granted"
    order = {
        "kind": row["order_kind"],
        "title": row["title"],
        **{name: row[name] for name in ("is_confidential", "is_crisis", "is_special")},
    }
    return PressureRow(
        id=row["id"],
        order_no=row["order_no"],
        title=sight.title_for(actor, order),
        unit=row["target_unit_name"] or "",
        kind=RequestKind(row["kind"]),
        level=PressureLevel(row["level"]) if row["level"] else None,
        stage=row["stage"] or "",
        asked_at=from_ms(row["asked_at"]),
        asked_by=BY_RULE if row["stage"] else row["asker_name"] or "",
        words=words[0],
        due_at=maybe_from_ms(row["due_at"]),
        answered_at=maybe_from_ms(row["decided_at"]) if is_answered else None,
        answered_by=(row["decider_name"] or "") if is_answered else "",
        answer=words[1] if is_answered else "",
        is_judged=row["judged_at"] is not None,
        is_accepted=None if row["is_accepted"] is None else bool(row["is_accepted"]),
    )
