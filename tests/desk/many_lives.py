"""What must hold after any number of lives, asked of the store itself (issue: 从回复好到办好)."""

import sqlite3
from collections import defaultdict
from contextlib import closing
from pathlib import Path
from typing import Any

from desk import assessment
from tests.desk.naive_scores import scores
from tests.world import World

ENDED_BY_ITSELF = {"direct_answer", "false_alarm"}
"""Outcomes of orders that are closed before anybody could be called: asked on the call, or never anything there."""


def rows(path: Path, sql: str, **parameters: Any) -> list[sqlite3.Row]:
    """Ask the store in plain SQL."""
    with closing(sqlite3.connect(path)) as store:
        store.row_factory = sqlite3.Row
        return store.execute(sql, parameters).fetchall()


def unwatched(path: Path) -> list[str]:
    """Return the C and D orders that neither stand in the pool nor left it on evidence, by a second person.

    A 主单 that is C or D only because a 从单 is (P10) is watched through that 从单.
    """
    out = defaultdict(list)
    for row in rows(
        path,
        "SELECT p.order_id, p.evidence, q.verdict, a.person_uid AS asker, d.person_uid AS decider, l.person_uid AS letter"
        " FROM pool_entries p LEFT JOIN requests q ON q.order_id = p.order_id AND q.kind = 'write_off'"
        " AND q.decided_at = p.left_at AND q.verdict = 'granted' LEFT JOIN staff a ON a.id = q.asked_by"
        " LEFT JOIN staff d ON d.id = q.decided_by LEFT JOIN staff l ON l.id = p.left_by WHERE p.left_at IS NOT NULL",
    ):
        out[row["order_id"]].append(row)
    graded = rows(
        path,
        "SELECT id, order_no, pool_grade, (SELECT count(*) FROM pool_entries p WHERE p.order_id = o.id"
        " AND p.left_at IS NULL) AS inside FROM work_orders o WHERE grade IN ('C', 'D') OR pool_grade IS NOT NULL",
    )
    held = {order["id"]: _is_watched(order) or _has_left(out[order["id"]]) for order in graded}
    lost = [order for order in graded if not held[order["id"]] and not _is_held_by_members(path, order, held)]
    wrongly = [key for key, stays in out.items() if stays and not _has_left(stays)]
    return [order["order_no"] for order in lost] + [f"{key} left in the wrong way" for key in wrongly]


def _is_held_by_members(path: Path, order: sqlite3.Row, held: dict[int, bool]) -> bool:
    """Whether nothing but its 从单 made the order what it is, and each of those is watched or was written off."""
    own = rows(
        path,
        "SELECT 1 FROM grades WHERE order_id = :id AND grade IN ('C', 'D') AND reason NOT LIKE '%从单%'",
        id=order["id"],
    )
    members = rows(
        path,
        "SELECT DISTINCT m.id FROM events e JOIN work_orders o ON o.uid = e.order_uid"
        " JOIN work_orders m ON m.uid = json_extract(e.data, '$.member')"
        " WHERE e.kind = 'grade_by_worst' AND o.id = :id",
        id=order["id"],
    )
    return not own and bool(members) and all(held.get(member["id"], True) for member in members)


def _is_watched(order: sqlite3.Row) -> bool:
    return order["pool_grade"] is not None and order["inside"] == 1


def _has_left(stays: list[sqlite3.Row]) -> bool:
    return bool(stays) and all(
        stay["evidence"]
        and stay["verdict"] == "granted"
        and stay["letter"] == stay["decider"]
        and stay["asker"] != stay["decider"]
        for stay in stays
    )


def closed_unheard(path: Path) -> list[str]:
    """Return the closed orders whose last round has neither a callback, nor enough tries, nor a rule that excuses it."""
    closed = rows(
        path,
        "SELECT o.id, o.uid, o.order_no, o.round, o.outcome FROM work_orders o WHERE o.status IN ('closed', 'archived')",
    )
    heard = {
        (row["order_id"], row["round"])
        for row in rows(path, "SELECT order_id, round FROM callbacks WHERE is_reached = 1")
    }
    tried = defaultdict(set)
    for row in rows(path, "SELECT order_id, round, called_at FROM callbacks WHERE is_reached = 0"):
        tried[row["order_id"], row["round"]].add(row["called_at"])
    excused = {
        (row["order_uid"], row["round"])
        for row in rows(
            path,
            "SELECT order_uid, round FROM events WHERE kind = 'pass_without_callback' AND data LIKE '%\"rule\"%'",
        )
    }
    return [
        order["order_no"]
        for order in closed
        if order["outcome"] not in ENDED_BY_ITSELF
        and (order["id"], order["round"]) not in heard
        and (order["uid"], order["round"]) not in excused
        and not (order["outcome"] == "unreached" and _enough(tried[order["id"], order["round"]]))
    ]


def _enough(moments: set[int]) -> bool:
    days = {(at + 8 * 3_600_000) // 86_400_000 for at in moments}
    return len(moments) >= 3 and len(days) >= 2


def months(world: World) -> list[str]:
    """Return the months in which anything counted, as `2026-11`."""
    numbers = {row["month"] for row in rows(world.path, "SELECT DISTINCT month FROM assessment_marks")}
    return sorted(f"{number // 100}-{number % 100:02d}" for number in numbers)


def months_that_differ(world: World) -> list[str]:
    """Return the months in which the figures are not those that the events alone give."""
    return [month for month in months(world) if table(world, month) != scores(world.path, month)]


def table(world: World, month: str) -> dict[str, dict[str, int]]:
    """The product's table as the naive one is: by uid, what is 0 and what is a matter of this moment left out."""
    found = {}
    for line in assessment.table(world.desk("1002"), month).lines:
        numbers = {name: number for name, number in line.numbers.items() if name != "overdue_now" and number}
        if line.uid and numbers:
            found[line.uid] = numbers
    return found
