"""催办 and 督办: whom a stage by rule is due for, what waits for an answer, what was answered. Times in ms UTC."""

from collections.abc import Sequence

from db.doors import Reader, Row, Writer
from db.queries.requests import OF_THE_UNIT
from db.times import FAR

_KINDS = "r.kind IN ('supervision', 'reminder')"
_STAGE_AT = (
    "SELECT o.order_no FROM work_orders o WHERE o.is_open = 1 AND o.centre_id = :centre_id"
    # What presses is no later than 单位时限: the index finds the few that are near it or over it.
    " AND o.press_at <= :latest"
    " AND o.steward_id IS NOT NULL AND o.suspended_at IS NULL AND o.is_crisis = 0"
    " AND o.status IN ('to_sign', 'in_progress', 'unit_review', 'to_answer')"
    # The centre answers the citizen of a secret order in the unit's place (practice P1).
    " AND NOT (o.status = 'to_answer' AND (o.kind = 'tip_off' OR o.is_confidential = 1))"
    " AND ((o.urgency = 'normal' AND o.unit_due_at <= :by_days) OR"
    " (o.urgency <> 'normal' AND o.unit_due_at <= :by_hours))"
    " AND NOT EXISTS (SELECT 1 FROM requests r WHERE r.order_id = o.id AND r.round = o.round"
    " AND r.stage_due_at = o.unit_due_at AND r.stage IN ({stages}))"
    " ORDER BY o.unit_due_at, o.id LIMIT :most"
)
_PRESSING = (
    "SELECT r.id, r.uid, r.order_id, r.kind, r.level, r.stage, r.round, r.asked_at, r.asked_by, r.reason, r.due_at,"
    " r.verdict, r.decided_at, r.decision, r.judged_at, r.is_accepted, r.target_unit_id,"
    " a.name AS asker_name, a.person_uid AS asker_person, u.short_name AS asking_unit_name,"
    " t.short_name AS target_unit_name, d.name AS decider_name FROM requests r"
    " LEFT JOIN staff a ON a.id = r.asked_by LEFT JOIN units u ON u.id = r.asking_unit_id"
    " LEFT JOIN units t ON t.id = r.target_unit_id LEFT JOIN staff d ON d.id = r.decided_by"
)
ORDER_COLUMNS = ", o.order_no, o.title, o.kind AS order_kind, o.is_confidential, o.is_crisis, o.is_special FROM requests r"
TO_JUDGE = "r.kind = 'supervision' AND r.verdict = 'granted' AND r.judged_at IS NULL"
"""A 督办 (`r`) that was answered and whose answer nobody has judged."""
LATE = "CASE r.verdict WHEN 'pending' THEN :now ELSE r.decided_at END > r.due_at"
"""Answered after its limit, or over it at `now` (ms UTC) and not answered; over `r`."""
_LEADERS = " AND (r.level IN ('leader', 'head') OR r.asked_by = :me)"
_PRESSED = (
    "(o.id IN (SELECT r.order_id FROM requests r WHERE r.verdict = 'pending' AND r.kind = 'supervision'{whose}) OR"
    " o.id IN (SELECT r.order_id FROM requests r JOIN work_orders w ON w.id = r.order_id WHERE r.verdict = 'pending'"
    " AND r.kind = 'reminder' AND r.target_unit_id = w.steward_id{whose}) OR"
    f" o.id IN (SELECT r.order_id FROM requests r WHERE {TO_JUDGE}{{whose}}))"
)
PRESSED = _PRESSED.format(whose="")
"""Orders (`o`) with a 催办 or 督办 that waits for the unit's answer or for its judgement; along partial indexes."""
PRESSED_FOR_LEADERS = _PRESSED.format(whose=_LEADERS)
"""Those that are a leader's matter, or that he asked himself; bind `me` to his key."""
FIRST_DUE = (
    f" ORDER BY coalesce((SELECT min(r.due_at) FROM requests r WHERE r.order_id = o.id AND {_KINDS}"
    f" AND r.verdict = 'pending'), {FAR}), o.press_at, o.id"
)
"""What has to be answered first; what is answered and waits for its judgement comes after."""
OPEN = f"(({_KINDS} AND r.verdict = 'pending' AND {OF_THE_UNIT}) OR ({TO_JUDGE}))"
"""A 催办 or 督办 (`r`) on an order (`o`) for which somebody still has to do something."""


def due_for(
    reader: Reader, centre_id: int, stages: Sequence[str], *, by_days: int, by_hours: int, most: int
) -> list[str]:
    """Return the numbers of a centre's orders, the oldest limit first, that none of these stages was put to yet.

    Only orders whose 单位时限 ended by then count: `by_days` for those of working days, `by_hours` for 紧急 and 特急.
    """
    names = ", ".join(f":stage_{place}" for place in range(len(stages)))
    values = {f"stage_{place}": stage for place, stage in enumerate(stages)}
    rows = reader.all(
        _STAGE_AT.format(stages=names),
        centre_id=centre_id,
        by_days=by_days,
        by_hours=by_hours,
        latest=max(by_days, by_hours),
        most=most,
        **values,
    )
    return [str(row["order_no"]) for row in rows]


def stages_of(reader: Reader, order_id: int, round_: int, due_at: int) -> frozenset[str]:
    """Return the stages that were put to an order in this round for the limit that ends at `due_at`."""
    rows = reader.all(
        "SELECT stage FROM requests WHERE order_id = :order_id AND round = :round AND stage_due_at = :due_at"
        " AND stage IS NOT NULL",
        order_id=order_id,
        round=round_,
        due_at=due_at,
    )
    return frozenset(str(row["stage"]) for row in rows)


def of_orders(reader: Reader, order_ids: Sequence[int]) -> dict[int, Row]:
    """Return by order the 催办 or 督办 that counts now: the highest that waits, else the newest answer to be judged."""
    if not order_ids:
        return {}
    marks = ", ".join(str(int(key)) for key in order_ids)
    rows = reader.all(
        f"{_PRESSING.replace(' FROM requests r', ORDER_COLUMNS, 1)} JOIN work_orders o ON o.id = r.order_id"
        f" WHERE r.order_id IN ({marks}) AND {OPEN}"
        " ORDER BY r.verdict = 'pending', r.kind, r.id"
    )
    # 'reminder' sorts before 'supervision', what is answered before what waits: the last one counts.
    return {row["order_id"]: row for row in rows}


def page(
    reader: Reader, where: str, *, with_answered: bool, limit: int, offset: int = 0, **parameters: object
) -> Sequence[Row]:
    """Return one window of the 催办 and 督办 on orders (`o`) that meet `where`, the soonest due first.

    Without `with_answered` only those for which somebody still has to do something.
    """
    which = _KINDS if with_answered else OPEN
    return reader.all(
        f"{_PRESSING.replace(' FROM requests r', ORDER_COLUMNS, 1)} JOIN work_orders o ON o.id = r.order_id"
        f" WHERE {which} AND {where} ORDER BY r.verdict <> 'pending', r.due_at, r.id LIMIT :limit OFFSET :offset",
        limit=limit,
        offset=offset,
        **parameters,
    )


def open_of(reader: Reader, order_id: int) -> Sequence[Row]:
    """Return the 催办 and 督办 of an order that nobody has answered, oldest first, whichever unit they were put to."""
    return reader.all(
        f"{_PRESSING} WHERE r.order_id = :order_id AND {_KINDS} AND r.verdict = 'pending' ORDER BY r.id",
        order_id=order_id,
    )


def to_judge(reader: Reader, order_id: int) -> Row | None:
    """Return the newest answered 督办 of an order whose answer nobody has judged, or None."""
    return reader.one(
        f"{_PRESSING} WHERE r.order_id = :order_id AND {TO_JUDGE} ORDER BY r.decided_at DESC, r.id DESC LIMIT 1",
        order_id=order_id,
    )


def levels_of(reader: Reader, order_id: int) -> Sequence[str]:
    """Return the levels at which an order was ever put under 督办."""
    rows = reader.all(
        "SELECT DISTINCT level FROM requests WHERE order_id = :order_id AND kind = 'supervision'"
        " AND level IS NOT NULL",
        order_id=order_id,
    )
    return [str(row["level"]) for row in rows]


def let_fall(writer: Writer, order_id: int, at_ms: int, why: str, *, by_rule_only: bool) -> int:
    """End every 催办 and 督办 of an order that nobody has answered (with `by_rule_only` those that a rule put); return how many."""
    which = " AND stage IS NOT NULL" if by_rule_only else ""
    return writer.run(
        "UPDATE requests SET verdict = 'lapsed', decided_at = :at, decision = :why WHERE order_id = :order_id"
        f" AND kind IN ('supervision', 'reminder') AND verdict = 'pending'{which}",
        at=at_ms,
        why=why,
        order_id=order_id,
    )


def judge(writer: Writer, request_id: int, at_ms: int, staff_id: int, *, is_accepted: bool) -> None:
    """Write whether an answer was accepted, when and by whom."""
    values = {"judged_at": at_ms, "judged_by": staff_id, "is_accepted": is_accepted}
    writer.update("requests", request_id, values)
