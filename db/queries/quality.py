"""质检: records to draw from, checks and their sheets, figures. Times in ms UTC."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from db.doors import Reader, Row, Writer
from db.ids import new_uid

_RECORD = "c.answered_at IS NOT NULL AND s.unit_id = :centre_id"
"""SQL over `c` and its staff `s`: a call that somebody of the centre itself held."""
_FIRST_ORDER = "(SELECT min(l.order_id) FROM call_orders l WHERE l.call_id = c.id)"


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
PRESSING_FIRST = (
    "CASE q.reason WHEN 'crisis' THEN 0 WHEN 'complaint' THEN 1 WHEN 'by_hand' THEN 2 WHEN 'nuisance' THEN 3"
    " ELSE 4 END, q.record_at, q.id"
)
NEWEST_FIRST = "q.judged_at DESC, q.id DESC"


# -- drawing


def last_draw(reader: Reader, centre_id: int) -> Row | None:
    """Return the newest draw of a centre, or None."""
    return reader.one(
        "SELECT up_to_id, drawn_at FROM quality_draws WHERE centre_id = :centre_id ORDER BY drawn_at DESC, id DESC LIMIT 1",
        centre_id=centre_id,
    )


def first_call(reader: Reader, since: int) -> int:
    """Return the key of the first call that rang since then; of the next one that will be kept when none did."""
    return int(
        reader.value(
            "SELECT coalesce((SELECT min(id) FROM calls WHERE rang_at >= :since), (SELECT max(id) + 1 FROM calls), 1)",
            since=since,
        )
    )


def calls_after(reader: Reader, centre_id: int, call_id: int) -> Sequence[Row]:
    """Return the records among the calls after this key: id, uid, staff_id, at, summary, order_id, is_drawn."""
    return reader.all(
        "SELECT c.id, c.uid, c.staff_id, c.rang_at AS at, c.summary,"
        f" {_FIRST_ORDER} AS order_id,"
        " EXISTS (SELECT 1 FROM quality_checks q WHERE q.record_uid = c.uid) AS is_drawn"
        f" FROM calls c JOIN staff s ON s.id = c.staff_id WHERE c.id > :call_id AND {_RECORD} ORDER BY c.id",
        centre_id=centre_id,
        call_id=call_id,
    )


def crisis_calls(reader: Reader, centre_id: int, since: int) -> Sequence[Row]:
    """Return the calls about a 危机来电 accepted since then that no check holds; as `calls_after`."""
    return reader.all(
        "SELECT c.id, c.uid, c.staff_id, c.rang_at AS at, min(o.id) AS order_id FROM work_orders o"
        " JOIN call_orders l ON l.order_id = o.id JOIN calls c ON c.id = l.call_id JOIN staff s ON s.id = c.staff_id"
        f" WHERE o.accepted_at >= :since AND o.is_crisis = 1 AND {_RECORD}"
        " AND NOT EXISTS (SELECT 1 FROM quality_checks q WHERE q.record_uid = c.uid)"
        " GROUP BY c.id, c.uid, c.staff_id, c.rang_at ORDER BY c.id",
        centre_id=centre_id,
        since=since,
    )


def crises_without_call(reader: Reader, centre_id: int, since: int) -> Sequence[Row]:
    """Return the 危机来电 accepted since then that no call is linked to and no check holds; `staff_id` took it."""
    return reader.all(
        "SELECT o.id AS order_id, o.uid, o.accepted_at AS at,"
        " (SELECT t.id FROM events e JOIN staff t ON t.uid = e.actor_uid WHERE e.order_uid = o.uid ORDER BY e.seq LIMIT 1)"
        " AS staff_id FROM work_orders o WHERE o.accepted_at >= :since AND o.is_crisis = 1 AND o.centre_id = :centre_id"
        " AND NOT EXISTS (SELECT 1 FROM call_orders l JOIN calls c ON c.id = l.call_id"
        "  WHERE l.order_id = o.id AND c.answered_at IS NOT NULL)"
        " AND NOT EXISTS (SELECT 1 FROM quality_checks q WHERE q.record_uid = o.uid) ORDER BY o.id",
        centre_id=centre_id,
        since=since,
    )


def with_accused(reader: Reader, centre_id: int, since: int) -> Sequence[Row]:
    """Return the orders accepted since then that accuse somebody (or the centre itself), unless a check holds them."""
    return reader.all(
        "SELECT o.id AS order_id, o.uid, o.accepted_at AS at, o.accused_name, o.accused_unit_id, o.contact_phone"
        " FROM work_orders o WHERE o.accepted_at >= :since AND o.centre_id = :centre_id"
        " AND (o.accused_name <> '' OR o.accused_unit_id = :centre_id) AND o.status <> 'void'"
        " AND NOT EXISTS (SELECT 1 FROM quality_checks q WHERE q.record_uid = o.uid) ORDER BY o.id",
        centre_id=centre_id,
        since=since,
    )


def call_before(
    reader: Reader, centre_id: int, number: str, since: int, until: int, staff_id: int | None = None
) -> Row | None:
    """Return the last record of a number in a time, of one 工号 if it is given: id, staff_id."""
    return reader.one(
        f"SELECT c.id, c.staff_id FROM calls c JOIN staff s ON s.id = c.staff_id WHERE c.number = :number AND {_RECORD}"
        " AND c.rang_at >= :since AND c.rang_at < :until AND (:staff_id IS NULL OR c.staff_id = :staff_id)"
        " ORDER BY c.rang_at DESC, c.id DESC LIMIT 1",
        number=number,
        centre_id=centre_id,
        since=since,
        until=until,
        staff_id=staff_id,
    )


def people(reader: Reader, centre_id: int) -> Sequence[Row]:
    """Return everybody of a centre: id, staff_no, name."""
    return reader.all(
        "SELECT id, staff_no, name FROM staff WHERE unit_id = :centre_id ORDER BY staff_no",
        centre_id=centre_id,
    )


def record_of_order(reader: Reader, centre_id: int, order_id: int) -> Row | None:
    """Return the first call of an order that somebody of the centre held: id, uid, staff_id, at; None for none."""
    return reader.one(
        "SELECT c.id, c.uid, c.staff_id, c.rang_at AS at FROM call_orders l JOIN calls c ON c.id = l.call_id"
        f" JOIN staff s ON s.id = c.staff_id WHERE l.order_id = :order_id AND {_RECORD} ORDER BY c.rang_at, c.id LIMIT 1",
        centre_id=centre_id,
        order_id=order_id,
    )


def record_called(reader: Reader, centre_id: int, recording_no: str) -> Row | None:
    """Return the record with this recording number (or id of the telephone system): id, uid, staff_id, at, order_id."""
    return reader.one(
        f"SELECT c.id, c.uid, c.staff_id, c.rang_at AS at, {_FIRST_ORDER} AS order_id FROM calls c"
        f" JOIN staff s ON s.id = c.staff_id WHERE {_RECORD} AND (c.outside_id = :no OR c.recording_no = :no)"
        " ORDER BY c.id DESC LIMIT 1",
        centre_id=centre_id,
        no=recording_no,
    )


def registered_by(reader: Reader, order_uid: str) -> int | None:
    """Return the key of whoever brought an order into the world, or None."""
    found = reader.value(
        "SELECT s.id FROM events e JOIN staff s ON s.uid = e.actor_uid WHERE e.order_uid = :uid ORDER BY e.seq LIMIT 1",
        uid=order_uid,
    )
    return None if found is None else int(found)


def first_hash(reader: Reader) -> str:
    """Return the hash of the store's first event: fixed before there was any record, and nobody can change it."""
    return str(reader.value("SELECT hash FROM events WHERE seq = 1") or "")


def add(writer: Writer, values: Mapping[str, Any]) -> int:
    """Write a check and return its key."""
    return writer.insert("quality_checks", {"uid": new_uid(), **values})


def has(reader: Reader, record_uid: str) -> bool:
    """Whether a record is checked already."""
    return bool(reader.value("SELECT 1 FROM quality_checks WHERE record_uid = :uid", uid=record_uid))


def add_draw(writer: Writer, **values: Any) -> None:
    """Keep what a draw looked at."""
    writer.insert("quality_draws", {"uid": new_uid(), **values})


# -- checks


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


def records_by_agent(reader: Reader, centre_id: int, since: int, until: int) -> Sequence[Row]:
    """Return how many records each 工号 made in a time: id, staff_no, name, person_uid, records."""
    return reader.all(
        "SELECT s.id, s.staff_no, s.name, s.person_uid, count(*) AS records FROM calls c JOIN staff s ON s.id = c.staff_id"
        f" WHERE c.rang_at >= :since AND c.rang_at < :until AND {_RECORD}"
        " GROUP BY s.id, s.staff_no, s.name, s.person_uid ORDER BY s.staff_no",
        centre_id=centre_id,
        since=since,
        until=until,
    )


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
