"""Which promises concern somebody: those he may answer, those he made, to 班长 those that are late (practice P17)."""

from typing import Any

from db.codes import Deed, Role
from db.queries import promises
from db.times import from_ms, to_ms
from desk.context import Desk
from desk.promise_rows import PromiseRow
from desk.rules import rights
from desk.transfers.targets import roster


def board(desk: Desk) -> tuple[PromiseRow, ...]:
    """Return the promises that run and concern this person, the one due first on top. 班长 sees his own and the late."""
    if not rights.scopes(desk.actor.roles, Deed.KEEP_PROMISE):
        return ()
    now = to_ms(desk.now())
    with desk.reading() as reader:
        found = promises.running(reader, desk.actor.centre_path)
    is_supervisor = Role.SUPERVISOR in desk.actor.roles
    rows = [(row_of(desk, row), is_supervisor and row["due_at"] <= now) for row in found]
    return tuple(row for row, is_late in rows if is_late or row.is_to_answer or row.is_asked_here)


def may_answer(desk: Desk, target: str) -> bool:
    """Whether this person sits at the desk that was asked; 班长 does wherever nobody else can."""
    return is_at(desk, target) or Role.SUPERVISOR in desk.actor.roles


def is_at(desk: Desk, target: str) -> bool:
    """Whether this person is one of those who were asked."""
    numbers = roster(desk).get(target)
    return Role.SUPERVISOR in desk.actor.roles if numbers is None else desk.actor.staff_no in numbers


def row_of(desk: Desk, row: Any) -> PromiseRow:
    """Return a promise as this person sees it."""
    return PromiseRow(
        id=row["id"],
        target=row["target"],
        question=row["question"],
        number=row["number"],
        caller=row["caller_name"],
        asked_by=row["asker_name"],
        asked_at=from_ms(row["asked_at"]),
        due_at=from_ms(row["due_at"]),
        answer=row["answer"],
        answered_by=row["answerer_name"] or "",
        attempts=row["attempts"],
        is_to_answer=is_at(desk, row["target"]),
        is_asked_here=row["asker_uid"] == desk.actor.uid,
        is_over=row["ended_at"] is not None,
    )
