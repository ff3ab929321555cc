"""B角: who sees the work of a colleague while that one is away (practice P6)."""

from collections.abc import Sequence
from dataclasses import dataclass

from db.codes import Role
from db.doors import Reader
from db.queries import staff, unit_lists, units
from db.times import to_ms
from desk.context import Desk
from desk.unattended import SIGNED_IN_FOR


@dataclass(frozen=True, slots=True)
class Absent:
    """An A角 who has not signed in for a shift: key, name with 工号, roles."""

    id: int
    name: str
    roles: frozenset[str]


def absent(desk: Desk, reader: Reader) -> tuple[Absent, ...]:
    """Return the colleagues of one's own unit whose B角 one is, and who are away: not signed in within a shift."""
    since = to_ms(desk.now() - SIGNED_IN_FOR)
    rows = staff.absent_before(reader, desk.actor.id, desk.actor.unit_id, since)
    return tuple(
        Absent(row["id"], f"{row['name']}（{row['staff_no']}）", frozenset(units.roles_of(reader, row["id"])))
        for row in rows
    )


def work_of(people: Sequence[Absent]) -> str:
    """Return the condition over `o` for what lies with these people; '' for nobody."""
    if not people:
        return ""
    roles = frozenset().union(*(each.roles for each in people))
    return unit_lists.WORK_OF_ABSENT.format(
        handlers=", ".join(str(each.id) for each in people),
        liaison=int(Role.LIAISON in roles),
        reviewer=int(Role.UNIT_REVIEWER in roles),
    )
