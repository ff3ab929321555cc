"""质检: checks, their sheets, figures. Times in ms UTC."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from db.doors import Reader, Row, Writer
from db.ids import new_uid


def _touches(condition: str) -> str:
    """SQL: whether an order of the record (its own, or one that its call was about) is as `condition` over `w` says."""
    return (
        f"(EXISTS (SELECT 1 FROM work_orders w WHERE w.id = q.order_id AND {condition})"
        " OR EXISTS (SELECT 1 FROM call_orders l JOIN work_orders w ON w.id = l.order_id"
        f" WHERE l.call_id = q.call_id AND {condition}))"
    )


_GUARDED = f"(q.reason = 'crisis' OR {_touches('(w.is_crisis = 1 OR w.is_special = 1)')})"
_SECRET = _touches("(w.kind = 'tip_off' OR w.is_confidential = 1)")
NOT_GUARDED = f"NOT {_GUARDED}"
"""SQL over `q`: nothing of it is part of a 危机来电 or of what a 专报 was made of."""
_ROWS = (
    "SELECT q.*, s.staff_no, s.name AS agent_name, s.person_uid AS agent_person,"
    " c.uid AS call_uid, c.direction, c.line, c.summary, c.rang_at, c.answered_at AS call_answered_at, c.ended_at,"
    " c.recording_no, c.language, c.note AS call_note, o.order_no, o.uid AS order_uid,"
    " j.name AS judge_name, j.person_uid AS judge_person, d.name AS decider_name,"
    f" {_GUARDED} AS is_guarded, {_SECRET} AS is_secret"
    " FROM quality_checks q LEFT JOIN staff s ON s.id = q.agent_id LEFT JOIN calls c ON c.id = q.call_id"
    " LEFT JOIN work_orders o ON o.id = q.order_id LEFT JOIN staff j ON j.id = q.judged_by"
    " LEFT JOIN staff d ON d.id = q.decided_by"
)
OF_CENTRE = "q.centre_id = :centre_id"
OWN = "q.judged_at IS NOT NULL AND q.agent_id IN (SELECT id FROM staff WHERE person_uid = :person)"
"""SQL over `q`: judged, and of this person, whichever 工号 held it."""
_PERSON = "(SELECT id FROM staff WHERE person_uid = :person)"
OWN_TO_ANSWER = (
    f"q.state = 'judged' AND q.points < 100 AND q.answer_due_at >= :now AND q.agent_id IN {_PERSON}"
)
"""SQL over `q`: judged, with something that failed, of this person, who may still answer."""
TO_DECIDE = f"q.centre_id = :centre_id AND q.state = 'answered' AND q.judged_by NOT IN {_PERSON} AND q.agent_id NOT IN {_PERSON}"
"""SQL over `q`: answered, judged by somebody else and about somebody else."""
PRESSING_FIRST = (
    "CASE q.reason WHEN 'crisis' THEN 0 WHEN 'complaint' THEN 1 WHEN 'by_hand' THEN 2 WHEN 'nuisance' THEN 3"
    " ELSE 4 END, q.record_at, q.id"
)
NEWEST_FIRST = "q.judged_at DESC, q.id DESC"


def add(writer: Writer, values: Mapping[str, Any]) -> int:
    """Write a check and return its key."""
    return writer.insert("quality_checks", {"uid": new_uid(), **values})


def has(reader: Reader, record_uid: str) -> bool:
    """Whether a record is checked already."""
    return bool(reader.value("SELECT 1 FROM quality_checks WHERE record_uid = :uid", uid=record_uid))


def check(reader: Reader, check_id: int) -> Row | None:
    """Return one check with its call, order and people, or None."""
    return reader.one(f"{_ROWS} WHERE q.id = :id", id=check_id)


def page(
    reader: Reader, where: str, order_by: str, limit: int, offset: int, **parameters: Any
) -> Sequence[Row]:
    """Return one window of the checks that `where` (portable SQL over `q`) names."""
    return reader.all(
        f"{_ROWS} WHERE {where} ORDER BY {order_by} LIMIT :limit OFFSET :offset",
        limit=limit,
        offset=offset,
        **parameters,
    )


def count(reader: Reader, where: str, **parameters: Any) -> int:
    """Return how many checks `where` names."""
    return int(reader.value(f"SELECT count(*) FROM quality_checks q WHERE {where}", **parameters))


def change(writer: Writer, check_id: int, values: Mapping[str, Any]) -> None:
    """Set columns of a check."""
    writer.update("quality_checks", check_id, values)


def marks(reader: Reader, check_id: int) -> Sequence[Row]:
    """Return the items of a sheet in order: item, weight, verdict, first_verdict."""
    return reader.all(
        "SELECT item, weight, verdict, first_verdict FROM quality_marks WHERE check_id = :id ORDER BY place",
        id=check_id,
    )


def add_marks(writer: Writer, check_id: int, rows: Iterable[tuple[str, int, str]]) -> None:
    """Write the items of a sheet: name, weight, verdict."""
    for place, (item, weight, verdict) in enumerate(rows):
        writer.insert(
            "quality_marks",
            {
                "check_id": check_id,
                "item": item,
                "place": place,
                "weight": weight,
                "verdict": verdict,
                "first_verdict": verdict,
            },
        )


def change_mark(writer: Writer, check_id: int, item: str, verdict: str) -> None:
    """Set what stands of one item after a 申辩."""
    writer.run(
        "UPDATE quality_marks SET verdict = :verdict WHERE check_id = :check_id AND item = :item",
        verdict=verdict,
        check_id=check_id,
        item=item,
    )


def orders_of(reader: Reader, check_id: int) -> Sequence[Row]:
    """Return the orders of a record, each once: its own first, then those that its call was about."""
    return reader.all(
        "SELECT o.*, a.name AS area_name, g.name AS category_name, u.short_name AS steward_name FROM quality_checks q"
        " JOIN work_orders o ON o.id = q.order_id OR o.id IN"
        " (SELECT l.order_id FROM call_orders l WHERE l.call_id = q.call_id)"
        " LEFT JOIN areas a ON a.code = o.area_code LEFT JOIN categories g ON g.code = o.category_code"
        " LEFT JOIN units u ON u.id = o.steward_id WHERE q.id = :id ORDER BY o.id <> q.order_id, o.id",
        id=check_id,
    )


# -- figures


def checks_between(reader: Reader, centre_id: int, since: int, until: int) -> Sequence[Row]:
    """Return the checks of records made in a time: id, agent (id, staff_no, name, person), reason, state, points, verdict."""
    return reader.all(
        "SELECT q.id, q.agent_id, s.staff_no, s.name, s.person_uid, q.reason, q.state, q.points, q.judged_at, q.verdict"
        " FROM quality_checks q LEFT JOIN staff s ON s.id = q.agent_id"
        " WHERE q.centre_id = :centre_id AND q.record_at >= :since AND q.record_at < :until ORDER BY q.id",
        centre_id=centre_id,
        since=since,
        until=until,
    )


def failed_items(reader: Reader, centre_id: int, since: int, until: int) -> Sequence[Row]:
    """Return how often each item failed in a time, by agent: agent_id, item, failed; most first."""
    return reader.all(
        "SELECT q.agent_id, m.item, count(*) AS failed FROM quality_marks m JOIN quality_checks q ON q.id = m.check_id"
        " WHERE q.centre_id = :centre_id AND q.record_at >= :since AND q.record_at < :until AND m.verdict = 'failed'"
        " GROUP BY q.agent_id, m.item ORDER BY failed DESC, m.item",
        centre_id=centre_id,
        since=since,
        until=until,
    )
