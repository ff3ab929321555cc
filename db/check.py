"""Everything `desk check` looks at: the file, its schema, the references, the codes, the chain, the search index."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from enum import StrEnum
from pathlib import Path

from db import codes
from db.backup import copied
from db.chain import Fault, FaultKind, verify
from db.connections import connect
from db.doors import Reader, StoreTrouble, Trouble
from db.engine import Database
from db.light import translated
from db.likeness import check_schema

CODES: dict[tuple[str, str], type[StrEnum]] = {
    ("work_orders", "status"): codes.Status,
    ("work_orders", "kind"): codes.OrderKind,
    ("work_orders", "urgency"): codes.Urgency,
    ("work_orders", "channel"): codes.Channel,
    ("work_orders", "outcome"): codes.Outcome,
    ("work_orders", "grade"): codes.Grade,
    ("work_orders", "pool_grade"): codes.Grade,
    ("work_orders", "answer_way"): codes.ContactWay,
    ("order_links", "kind"): codes.LinkKind,
    ("applications", "form"): codes.SpecialForm,
    ("applications", "state"): codes.ApplicationState,
    ("visits", "half"): codes.DayHalf,
    ("visits", "outcome"): codes.VisitOutcome,
    ("assignments", "part"): codes.AssignmentPart,
    ("requests", "kind"): codes.RequestKind,
    ("requests", "verdict"): codes.Verdict,
    ("requests", "level"): codes.PressureLevel,
    ("replies", "verdict"): codes.Verdict,
    ("answers", "way"): codes.ContactWay,
    ("answers", "outcome"): codes.AnswerOutcome,
    ("callbacks", "result"): codes.Satisfaction,
    ("callbacks", "attitude"): codes.Satisfaction,
    ("callbacks", "timeliness"): codes.Satisfaction,
    ("callbacks", "cause"): codes.DissatisfactionCause,
    ("grades", "grade"): codes.Grade,
    ("pool_entries", "grade"): codes.Grade,
    ("step_notes", "step"): codes.StewardStep,
    ("cases", "kind"): codes.OrderKind,
    ("calls", "direction"): codes.CallDirection,
    ("calls", "summary"): codes.CallSummary,
    ("messages", "state"): codes.MessageState,
    ("panels", "kind"): codes.PanelKind,
    ("panels", "reason"): codes.TriageReason,
    ("panelists", "profession"): codes.Profession,
    ("panel_ballots", "choice"): codes.PanelChoice,
    ("panel_lines", "verdict"): codes.PanelVerdict,
    ("agenda_lines", "reason"): codes.AgendaReason,
    ("decisions", "way"): codes.HandlingWay,
    ("units", "level"): codes.UnitLevel,
    ("areas", "level"): codes.AreaLevel,
    ("staff_roles", "role"): codes.Role,
    ("duty_items", "list_name"): codes.DutyListName,
}
"""Which column holds codes of which set; the growing sets have no CHECK in the schema."""

_SEARCH_CHECKS = (
    "INSERT INTO order_search (order_search, rank) VALUES ('integrity-check', 1)",
    "INSERT INTO case_search (case_search, rank) VALUES ('integrity-check', 0)",
    "INSERT INTO knowledge_search (knowledge_search, rank) VALUES ('integrity-check', 0)",
)
_WITH_A_UNIT = (
    *(codes.Status.TO_SIGN, codes.Status.IN_PROGRESS, codes.Status.UNIT_REVIEW, codes.Status.TO_ANSWER),
    *(codes.Status.CLOSE_REVIEW, codes.Status.TO_CALL_BACK, codes.Status.DISSATISFIED, codes.Status.TO_PANEL),
)
"""Where an order stands that a unit was given: it has exactly one 工单管家 (practice P23)."""
_AT_THE_CENTRE = (codes.Status.TO_DISPATCH, codes.Status.TO_COMPLETE, codes.Status.IN_TRIAGE)


def check(database: Database, on_progress: Callable[[int, int], None] | None = None) -> Iterator[Fault]:
    """Look at a whole store while desks work in it, and yield every fault; nothing is changed.

    `on_progress(done, all)` counts events. The search index is checked on a copy beside the store, as checking locks
    it. A file too damaged to be read on ends with a DAMAGED_PAGE, one of another schema where that stops the reading.
    Raises StoreTrouble for any other reason.
    """
    misfits: list[Fault] = []
    try:
        yield from check_file(database)
        with database.read() as reader:
            misfits += check_schema(reader)
            yield from misfits
            yield from check_codes(reader)
            yield from check_stewards(reader)
            yield from check_cases(reader)
            yield from verify(reader, on_progress)
        yield from check_search(database)
    except sqlite3.OperationalError:
        if not misfits:
            raise
    except StoreTrouble as error:
        if error.trouble is not Trouble.DAMAGED:
            raise
        yield Fault(FaultKind.DAMAGED_PAGE, detail=str(error.__cause__))


def check_file(database: Database) -> Iterator[Fault]:
    """Yield damaged pages, indexes that do not agree with their tables, and references to rows that are not there."""
    with database.read() as reader:
        for row in reader.all("PRAGMA integrity_check(100)"):
            if row["integrity_check"] != "ok":
                yield Fault(FaultKind.DAMAGED_PAGE, detail=str(row["integrity_check"]))
        for row in reader.all("PRAGMA foreign_key_check"):
            yield Fault(
                FaultKind.BROKEN_REFERENCE, detail=f"{row['table']} {row['rowid']} -> {row['parent']}"
            )


def check_codes(reader: Reader) -> Iterator[Fault]:
    """Yield every code that this program does not know, once, with how many rows have it."""
    for (table, column), known in CODES.items():
        names = ", ".join(f"'{code}'" for code in known)
        rows = reader.all(
            f"SELECT {column} AS code, count(*) AS rows_with_it FROM {table}"
            f" WHERE {column} NOT IN ({names}) GROUP BY {column}"
        )
        for row in rows:
            detail = f"{table}.{column} = {row['code']} ({row['rows_with_it']})"
            yield Fault(FaultKind.UNKNOWN_CODE, detail=detail)


def check_stewards(reader: Reader) -> Iterator[Fault]:
    """Yield every order with a unit that has not exactly one 工单管家 of its own name, and every undispatched one
    that has any (press conference: 一张工单一名管家; practice P23).
    """
    rows = reader.all(
        "SELECT o.order_no, o.status, o.steward_id, count(a.id) AS stewards, min(a.unit_id) AS unit_id"
        " FROM work_orders o LEFT JOIN assignments a ON a.order_id = o.id AND a.part = 'steward'"
        f" AND a.ended_at IS NULL WHERE o.status IN ({_quoted((*_WITH_A_UNIT, *_AT_THE_CENTRE))})"
        " GROUP BY o.id HAVING CASE WHEN o.status IN"
        f" ({_quoted(_AT_THE_CENTRE)}) THEN count(a.id) > 0 OR o.steward_id IS NOT NULL"
        " ELSE count(a.id) <> 1 OR o.steward_id IS DISTINCT FROM min(a.unit_id) END ORDER BY o.order_no"
    )
    for row in rows:
        detail = f"{row['status']}: {row['stewards']} stewards, {row['steward_id']} / {row['unit_id']}"
        yield Fault(FaultKind.WRONG_STEWARD, order_no=row["order_no"], detail=detail)


def check_cases(reader: Reader) -> Iterator[Fault]:
    """Yield every living case of a 举报 or 保密 order: it should have been withdrawn with the secrecy (practice P32 c)."""
    rows = reader.all(
        "SELECT o.order_no, c.id FROM cases c JOIN work_orders o ON o.id = c.order_id WHERE c.retired_at IS NULL"
        " AND (o.is_confidential = 1 OR o.kind = 'tip_off') ORDER BY o.order_no"
    )
    for row in rows:
        yield Fault(FaultKind.SECRET_CASE, order_no=row["order_no"], detail=f"cases {row['id']}")


def _quoted(statuses: tuple[codes.Status, ...]) -> str:
    return ", ".join(f"'{status}'" for status in statuses)


def check_search(database: Database) -> Iterator[Fault]:
    """Yield a fault if the search index does not say exactly what the orders say (cure: `search.rebuild`)."""
    try:
        with copied(database.path, database.path.parent) as copy:
            _check_index(copy)
    except StoreTrouble as error:
        is_index = isinstance(error.__cause__, sqlite3.DatabaseError) and _is_index_fault(error.__cause__)
        kind = FaultKind.WRONG_SEARCH_INDEX if is_index else FaultKind.SEARCH_INDEX_UNCHECKED
        yield Fault(kind, detail=str(error.trouble))


def _check_index(copy: Path) -> None:
    with translated(str(copy)), closing(connect(copy)) as connection:
        for statement in _SEARCH_CHECKS:
            connection.execute(statement)


def _is_index_fault(error: sqlite3.DatabaseError) -> bool:
    """FTS5 names its own damage with a code of virtual tables, or the plain one of a damaged file."""
    return error.sqlite_errorcode in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_CORRUPT_VTAB}
