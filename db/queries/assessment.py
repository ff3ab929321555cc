"""考核: what counts, by month of China (202611); scores and what became of them. Times in ms UTC.

Figures are read along `ix_assessment_marks_month` alone: a month costs the same among ten years as among one.
"""

from collections.abc import Collection, Sequence
from typing import Any

from db.doors import Reader, Row, Writer
from db.ids import new_uid

NOT_ASSESSED = (
    "(excluded_from_assessment = 1 OR is_crisis = 1 OR status IN ('void', 'withdrawn', 'transferred_out')"
    " OR outcome = 'false_alarm')"
)
"""SQL over work_orders: what is left out of the 考核 (the partial index holds just these)."""

_WHY = (
    "CASE WHEN status IN ('void', 'withdrawn', 'transferred_out') THEN status WHEN outcome = 'false_alarm' THEN 'false_alarm'"
    " WHEN is_crisis = 1 THEN 'crisis' ELSE 'unreasonable' END"
)
_STANDING = "m.month = :month AND m.undone_at IS NULL"
_BELOW = "m.unit_id IN (SELECT id FROM units WHERE path LIKE :unit_path)"
_OF_THE_ORDER = "+m.month = :month AND m.undone_at IS NULL AND +m.unit_id IN (SELECT id FROM units WHERE path LIKE :unit_path)"
"""The same for marks that are found by their order: the plus keeps a planner without statistics from the month's index."""
_OUT = f"m.order_id IN (SELECT id FROM work_orders WHERE {NOT_ASSESSED})"


# -- what counts


def add_mark(writer: Writer, **values: Any) -> None:
    """Write one thing that counts: order_id, unit_id, kind, round, month (202611), at (ms UTC)."""
    writer.insert("assessment_marks", values)


def standing(reader: Reader, order_id: int, kind: str) -> Sequence[Row]:
    """Return the marks of one kind of an order that were not undone, oldest first: id, unit_id, round, at."""
    return reader.all(
        "SELECT id, unit_id, round, at FROM assessment_marks WHERE order_id = :order_id AND kind = :kind"
        " AND undone_at IS NULL ORDER BY id",
        order_id=order_id,
        kind=kind,
    )


def undo_since(writer: Writer, order_id: int, mark_id: int, kinds: Collection[str], at_ms: int) -> None:
    """Undo an order's marks of some kinds that were written with one of them, its key the first, or later."""
    words = ", ".join(f"'{kind}'" for kind in sorted(kinds))
    writer.run(
        f"UPDATE assessment_marks SET undone_at = :undone WHERE order_id = :order_id AND kind IN ({words})"
        " AND undone_at IS NULL AND id >= :mark_id",
        undone=at_ms,
        order_id=order_id,
        mark_id=mark_id,
    )


def undo_procedure(writer: Writer, order_id: int, unit_id: int, at_ms: int) -> None:
    """Undo what a unit's last 转法定程序 of an order counted for, if it came after its limit; `at_ms` is ms UTC."""
    writer.run(
        "UPDATE assessment_marks SET undone_at = :undone WHERE order_id = :order_id AND kind = 'left_late'"
        " AND unit_id = :unit_id AND undone_at IS NULL AND at ="
        " (SELECT CASE WHEN e.data LIKE '%\"unit\"%' THEN e.at END FROM events e JOIN work_orders o ON"
        " o.uid = e.order_uid WHERE o.id = :order_id AND e.kind = 'enter_procedure' ORDER BY e.seq DESC LIMIT 1)",
        undone=at_ms,
        order_id=order_id,
        unit_id=unit_id,
    )


def helped(reader: Reader, order_id: int, round_: int) -> Sequence[Row]:
    """Return the units that helped with an order in a round and did not give their part back: unit_id, unit_path."""
    return reader.all(
        "SELECT DISTINCT a.unit_id, u.path AS unit_path, u.short_name AS unit FROM assignments a JOIN units u ON u.id = a.unit_id"
        " WHERE a.order_id = :order_id AND a.part = 'co_handling' AND a.round = :round"
        " AND coalesce(a.end_reason, 'done') = 'done' ORDER BY a.unit_id",
        order_id=order_id,
        round=round_,
    )


# -- counted once more


def has_marks(reader: Reader) -> bool:
    """Whether anything was ever counted in this store."""
    return bool(reader.value("SELECT EXISTS (SELECT 1 FROM assessment_marks)"))


def standing_marks(reader: Reader) -> Sequence[Row]:
    """Return every mark that counts: order_uid, unit_id, kind, round, month."""
    return reader.all(
        "SELECT o.uid AS order_uid, m.unit_id, m.kind, m.round, m.month FROM assessment_marks m"
        " JOIN work_orders o ON o.id = m.order_id WHERE m.undone_at IS NULL"
    )


def order_events(reader: Reader) -> Sequence[Row]:
    """Return every event of every order, oldest first: order_uid, kind, at (ms UTC), actor_uid, round, from_status, to_status, data."""
    return reader.all(
        "SELECT order_uid, kind, at, actor_uid, round, from_status, to_status, data FROM events"
        " WHERE order_uid IS NOT NULL ORDER BY seq"
    )


def centres_of_staff(reader: Reader) -> Sequence[Row]:
    """Return the nearest centre of each 工号: uid, centre_id."""
    return reader.all(
        "SELECT s.uid, (SELECT c.id FROM units c WHERE c.is_centre = 1 AND u.path LIKE c.path || '%'"
        " ORDER BY length(c.path) DESC LIMIT 1) AS centre_id FROM staff s JOIN units u ON u.id = s.unit_id"
    )


def order_keys(reader: Reader) -> dict[str, int]:
    """Return the key of every order by its uid."""
    return {row["uid"]: row["id"] for row in reader.all("SELECT id, uid FROM work_orders")}


def order_numbers(reader: Reader, uids: Sequence[str]) -> tuple[str, ...]:
    """Return the numbers of some orders, sorted."""
    numbers = (
        {row["uid"]: row["order_no"] for row in reader.all("SELECT uid, order_no FROM work_orders")}
        if uids
        else {}
    )
    return tuple(sorted(numbers.get(uid, uid) for uid in uids))


# -- figures


def counts(reader: Reader, month: int, unit_path: str) -> Sequence[Row]:
    """Return how often each thing counted in a month, by unit at or below a path: unit_id, kind, n."""
    return reader.all(
        f"SELECT m.unit_id, m.kind, count(*) AS n FROM assessment_marks m WHERE {_STANDING} AND {_BELOW}"
        " GROUP BY m.unit_id, m.kind",
        month=month,
        unit_path=unit_path + "%",
    )


def counts_left_out(reader: Reader, month: int, unit_path: str) -> Sequence[Row]:
    """Return the part of `counts` that comes from orders which are left out: unit_id, kind, why, n."""
    # The few orders come first: CROSS JOIN is how SQLite is told so.
    return reader.all(
        f"SELECT m.unit_id, m.kind, x.why, count(*) AS n FROM (SELECT id, {_WHY} AS why FROM work_orders WHERE {NOT_ASSESSED}) x"
        f" CROSS JOIN assessment_marks m WHERE m.order_id = x.id AND {_OF_THE_ORDER} GROUP BY m.unit_id, m.kind, x.why",
        month=month,
        unit_path=unit_path + "%",
    )


def orders_left_out(reader: Reader, month: int, unit_path: str) -> Sequence[Row]:
    """Return how many orders of a month each unit has that are left out: unit_id, n."""
    return reader.all(
        "SELECT m.unit_id, count(DISTINCT m.order_id) AS n FROM assessment_marks m"
        f" WHERE {_OF_THE_ORDER} AND {_OUT} GROUP BY m.unit_id",
        month=month,
        unit_path=unit_path + "%",
    )


def _since(first: str, *later: str, in_round: bool) -> str:
    """SQL over `m`: a mark `first` that has one of `later` behind it by now, in the same round or in any."""
    kinds = ", ".join(f"'{kind}'" for kind in later)
    same_round = " AND c.round = m.round" if in_round else ""
    return (
        f"m.kind = '{first}' AND EXISTS (SELECT 1 FROM assessment_marks c WHERE c.order_id = m.order_id"
        f" AND c.kind IN ({kinds}){same_round} AND c.undone_at IS NULL)"
    )


def _number_of(which: str) -> str:
    return (
        f"SELECT m.unit_id, count(*) AS n FROM assessment_marks m WHERE {_STANDING} AND {_BELOW}"
        f" AND NOT {_OUT} AND {which} GROUP BY m.unit_id"
    )


_CALLED = _since("to_call_back", "called_in_time", "called_late", in_round=True)
_WRONG = _since("first_sent", "first_wrong", in_round=False)


def called_in_the_end(reader: Reader, month: int, unit_path: str) -> Sequence[Row]:
    """Return of the callbacks that became owed in a month how many were made since, by centre: unit_id, n."""
    return reader.all(_number_of(_CALLED), month=month, unit_path=unit_path + "%")


def wrong_in_the_end(reader: Reader, month: int, unit_path: str) -> Sequence[Row]:
    """Return of the first dispatches of a month how many turned out wrong since, by centre: unit_id, n."""
    return reader.all(_number_of(_WRONG), month=month, unit_path=unit_path + "%")


def unscored(reader: Reader, month: int, unit_path: str) -> Sequence[Row]:
    """Return of the parts of helping units that ended in a month how many nobody ever scored: unit_id, n."""
    return reader.all(
        f"SELECT m.unit_id, count(*) AS n FROM assessment_marks m WHERE {_STANDING} AND {_BELOW} AND m.kind = 'helped'"
        f" AND NOT {_OUT} AND {_UNSCORED} GROUP BY m.unit_id",
        month=month,
        unit_path=unit_path + "%",
    )


_UNSCORED = (
    "NOT EXISTS (SELECT 1 FROM scores s WHERE s.order_id = m.order_id AND s.kind = 'cooperation'"
    " AND s.unit_id = m.unit_id AND s.round = m.round)"
)


def overdue_now(reader: Reader, now_ms: int, unit_path: str) -> Sequence[Row]:
    """Return by unit how many orders it holds now beyond its limit (`now_ms` is ms UTC): unit_id, n."""
    return reader.all(
        f"SELECT o.steward_id AS unit_id, count(*) AS n FROM work_orders o WHERE {OVERDUE_NOW}"
        " AND o.steward_id IN (SELECT id FROM units WHERE path LIKE :unit_path) GROUP BY o.steward_id",
        now=now_ms,
        unit_path=unit_path + "%",
    )


OVERDUE_NOW = (
    "o.is_open = 1 AND o.status IN ('to_sign', 'in_progress', 'unit_review', 'to_answer') AND o.unit_due_at < :now"
    " AND o.suspended_at IS NULL AND o.is_crisis = 0"
)
"""SQL over `o`: what a unit holds beyond its limit; bind `now` (ms UTC)."""


def units_below(reader: Reader, path: str) -> Sequence[Row]:
    """Return the units at or below a path, centres first: id, uid, short_name, is_centre, path."""
    return reader.all(
        "SELECT id, uid, code, short_name, is_centre, path FROM units WHERE path LIKE :path ORDER BY is_centre DESC, path, id",
        path=path + "%",
    )


# -- the orders behind a figure


SPECIAL = {
    "called_back": _CALLED,
    "not_called_back": f"m.kind = 'to_call_back' AND NOT ({_CALLED})",
    "first_right": f"m.kind = 'first_sent' AND NOT ({_WRONG})",
    "first_wrong_since": _WRONG,
    "unscored": f"m.kind = 'helped' AND {_UNSCORED}",
}
"""SQL over `m` of what is counted in another way than by its kind alone."""


def behind(names: Collection[str], *, is_raw: bool = False) -> str:
    """Return SQL over `o`: the assessed orders behind what is counted under these names; bind `month`, `unit_path`.

    `is_raw`: those that a panel found unreasonable are among them.
    """
    kinds = ", ".join(f"'{name}'" for name in sorted(names) if name not in SPECIAL)
    which = [SPECIAL[name] for name in sorted(names) if name in SPECIAL]
    which += [f"m.kind IN ({kinds})"] if kinds else []
    marks = (
        f"SELECT m.order_id FROM assessment_marks m WHERE {_STANDING} AND {_BELOW} AND ({' OR '.join(which)})"
    )
    return f"o.id IN ({marks}) AND {_ASSESSED_RAW if is_raw else _ASSESSED}"


_ASSESSED = f"o.id NOT IN (SELECT id FROM work_orders WHERE {NOT_ASSESSED})"
_ASSESSED_RAW = f"o.id NOT IN (SELECT id FROM work_orders WHERE {NOT_ASSESSED} AND {_WHY} <> 'unreasonable')"


def ends(reader: Reader, order_ids: Sequence[int]) -> Sequence[Row]:
    """Return of some orders what says whether and why they are left out: id, status, outcome, is_crisis, excluded_from_assessment."""
    keys = ", ".join(str(int(key)) for key in order_ids) or "NULL"
    return reader.all(
        f"SELECT id, status, outcome, is_crisis, excluded_from_assessment FROM work_orders WHERE id IN ({keys})"
    )


LEFT_OUT = (
    f"o.id IN (SELECT x.id FROM work_orders x WHERE {NOT_ASSESSED} AND EXISTS (SELECT 1 FROM assessment_marks m"
    f" WHERE m.order_id = x.id AND {_OF_THE_ORDER}))"
)
"""SQL over `o`: what is left out of a month; bind `month` and `unit_path`."""


def count_left_out(reader: Reader, month: int, unit_path: str) -> int:
    """Return how many orders of a month are left out at or below a path, each once."""
    found = reader.value(
        f"SELECT count(*) FROM work_orders o WHERE {LEFT_OUT}", month=month, unit_path=unit_path + "%"
    )
    return int(found or 0)


# -- scores

_SCORE = (
    "SELECT s.id, s.uid, s.order_id, s.unit_id, s.kind, s.round, s.points, s.reason, s.month, s.scored_at, s.scored_by,"
    " s.ended_at, s.replaces_id, u.short_name AS unit, u.path AS unit_path, p.name AS scorer, p.person_uid AS scorer_person,"
    " pu.short_name AS scorer_unit, pu.path AS scorer_path, o.order_no, o.title, o.kind AS order_kind, o.is_confidential, o.is_crisis, o.is_special,"
    " o.accused_name, o.accused_unit_id, a.id AS appeal_id, a.uid AS appeal_uid, a.reason AS appeal, a.asked_at, a.asked_by, a.verdict,"
    " a.points AS appeal_points, a.decided_at, a.decision, q.name AS asker, q.person_uid AS asker_person, d.name AS decider"
    " FROM scores s JOIN units u ON u.id = s.unit_id JOIN staff p ON p.id = s.scored_by JOIN units pu ON pu.id = p.unit_id"
    " JOIN work_orders o ON o.id = s.order_id LEFT JOIN score_appeals a ON a.score_id = s.id"
    " LEFT JOIN staff q ON q.id = a.asked_by LEFT JOIN staff d ON d.id = a.decided_by"
)
_SCORES_SEEN = "(u.path LIKE :unit_path OR (s.kind = 'cooperation' AND pu.path LIKE :unit_path))"


def add_score(writer: Writer, **values: Any) -> int:
    """Write a score and return its key; needs uid, order_id, unit_id, kind, round, points, reason, month, scored_at, scored_by."""
    return writer.insert("scores", values)


def end_score(writer: Writer, score_id: int, at_ms: int) -> None:
    """End a score: it is kept, and counts no more."""
    writer.update("scores", score_id, {"ended_at": at_ms})


def score(reader: Reader, score_id: int) -> Row | None:
    """Return one score with unit, scorer, order and its 申诉, or None."""
    return reader.one(f"{_SCORE} WHERE s.id = :id", id=score_id)


def scores_of_order(reader: Reader, order_id: int) -> Sequence[Row]:
    """Return every score of an order, ended ones too, oldest first."""
    return reader.all(f"{_SCORE} WHERE s.order_id = :order_id ORDER BY s.id", order_id=order_id)


def standing_score(reader: Reader, order_id: int, kind: str, unit_id: int, round_: int) -> Row | None:
    """Return the score that counts of one sort, or None."""
    return reader.one(
        f"{_SCORE} WHERE s.order_id = :order_id AND s.kind = :kind AND s.unit_id = :unit_id AND s.round = :round"
        " AND s.ended_at IS NULL",
        order_id=order_id,
        kind=kind,
        unit_id=unit_id,
        round=round_,
    )


def was_scored(reader: Reader, order_id: int, kind: str, unit_id: int, round_: int) -> bool:
    """Whether there is, or was, such a score."""
    return bool(
        reader.value(
            "SELECT 1 FROM scores WHERE order_id = :order_id AND kind = :kind AND unit_id = :unit_id AND round = :round LIMIT 1",
            order_id=order_id,
            kind=kind,
            unit_id=unit_id,
            round=round_,
        )
    )


def scores(reader: Reader, month: int, unit_path: str, limit: int, offset: int) -> Sequence[Row]:
    """Return the scores of a month that concern a unit at or below a path (given to it, or 配合情况 given by it)."""
    return reader.all(
        f"{_SCORE} WHERE s.month = :month AND {_SCORES_SEEN} ORDER BY coalesce(a.verdict, '') = 'pending' DESC, s.id DESC LIMIT :limit OFFSET :offset",
        month=month,
        unit_path=unit_path + "%",
        limit=limit,
        offset=offset,
    )


def count_scores(reader: Reader, month: int, unit_path: str) -> int:
    """Return how many scores `scores` has in all."""
    found = reader.value(
        "SELECT count(*) FROM scores s JOIN units u ON u.id = s.unit_id JOIN staff p ON p.id = s.scored_by"
        f" JOIN units pu ON pu.id = p.unit_id WHERE s.month = :month AND {_SCORES_SEEN}",
        month=month,
        unit_path=unit_path + "%",
    )
    return int(found or 0)


def score_sums(reader: Reader, month: int, unit_path: str) -> Sequence[Row]:
    """Return the scores of a month that count, by unit: unit_id, kind, n, points. What is left out has none."""
    marks = "SELECT id FROM units WHERE path LIKE :unit_path"
    return reader.all(
        "SELECT s.unit_id, s.kind, count(*) AS n, sum(s.points) AS points FROM scores s WHERE s.month = :month"
        f" AND s.ended_at IS NULL AND s.unit_id IN ({marks}) AND s.order_id NOT IN"
        f" (SELECT id FROM work_orders WHERE {NOT_ASSESSED}) GROUP BY s.unit_id, s.kind",
        month=month,
        unit_path=unit_path + "%",
    )


def scored_orders(kind: str) -> str:
    """Return SQL over `o`: the orders behind the scores of one sort; bind `month` and `unit_path`."""
    return (
        "o.id IN (SELECT s.order_id FROM scores s WHERE s.month = :month AND s.unit_id IN"
        f" (SELECT id FROM units WHERE path LIKE :unit_path) AND s.kind = '{kind}' AND s.ended_at IS NULL) AND {_ASSESSED}"
    )


def unscored_helpers(reader: Reader, since_ms: int, month: int, unit_path: str, limit: int) -> Sequence[Row]:
    """Return what stewards at or below a path may still score: order_id, order_no, closed_at, unit_id, unit, round.

    Closed since then (ms UTC, in `month` of China or later), the earliest first; a helping unit that was scored once is not asked about again.
    """
    return reader.all(
        "SELECT o.id AS order_id, o.order_no, o.closed_at, o.title, o.kind, o.is_confidential, o.is_crisis, o.is_special,"
        " o.accused_name, o.accused_unit_id, m.unit_id, m.round, h.short_name AS unit"
        " FROM assessment_marks m JOIN work_orders o ON o.id = m.order_id AND o.round = m.round"
        " JOIN units w ON w.id = o.steward_id JOIN units h ON h.id = m.unit_id"
        " WHERE m.month >= :month AND m.kind = 'helped' AND m.undone_at IS NULL AND o.closed_at >= :since AND o.status IN ('closed', 'archived') AND w.path LIKE :unit_path AND NOT EXISTS"
        " (SELECT 1 FROM scores s WHERE s.order_id = o.id AND s.kind = 'cooperation' AND s.unit_id = m.unit_id AND s.round = m.round)"
        " ORDER BY o.closed_at, o.id, m.unit_id LIMIT :limit",
        since=since_ms,
        month=month,
        unit_path=unit_path + "%",
        limit=limit,
    )


def pending_appeals(reader: Reader, unit_path: str) -> int:
    """Return how many 申诉 of units at or below a path wait for a verdict."""
    found = reader.value(
        "SELECT count(*) FROM score_appeals a JOIN scores s ON s.id = a.score_id JOIN units u ON u.id = s.unit_id"
        " WHERE a.verdict = 'pending' AND u.path LIKE :unit_path",
        unit_path=unit_path + "%",
    )
    return int(found or 0)


# -- appeals


def add_appeal(writer: Writer, **values: Any) -> int:
    """Write a 申诉 and return its key; needs score_id, reason, asked_at, asked_by."""
    return writer.insert("score_appeals", {"uid": new_uid(), **values})


def decide_appeal(writer: Writer, appeal_id: int, **values: Any) -> None:
    """Set what became of a 申诉: verdict, points, decided_at, decided_by, decision."""
    writer.update("score_appeals", appeal_id, values)
