"""Which shifts of the days ahead nobody stands (domain 16).

The header counts them at the desk of whoever keeps the roster, so this loads nothing that only changing it needs.
"""

from datetime import timedelta

from db.doors import Reader, Row
from db.queries import roster
from desk.context import Desk
from desk.roster_rows import GapRow
from desk.rules import roster as rules
from desk.rules.calendar import local
from desk.rules.roster import Duty, Shift
from desk.thresholds import threshold

SHIFTS, AHEAD = "emergency.shifts", "emergency.roster_days"
DAYS_AHEAD = 7


def shifts(desk: Desk) -> tuple[Shift, ...]:
    """Return the shifts of a day as the city has set them, the earliest first."""
    return rules.shifts_of(desk.settings.get(SHIFTS) or rules.TWO_SHIFTS)


def days_ahead(desk: Desk) -> int:
    """Return how many days before it a shift without anybody is an alarm."""
    return int(threshold(desk, AHEAD, DAYS_AHEAD))


def reach(desk: Desk) -> str:
    """Return the path below which one sees the roster: the centre sees every unit, a unit its own."""
    return desk.actor.centre_path if desk.actor.is_at_the_centre else desk.actor.unit_path


def count_gaps(desk: Desk, reader: Reader) -> int:
    """Return how many shifts of the next days nobody stands; 0 where no unit has an 应急队伍."""
    return len(gaps_ahead(desk, reader, reach(desk)))


def gaps_ahead(desk: Desk, reader: Reader, path: str, days: int | None = None) -> list[GapRow]:
    """Return every shift without anybody of the units below a path, from the one that runs now on, by time."""
    units = roster.member_units(reader, path)
    if not units:
        return []
    wanted = duties_ahead(desk, days)
    filled = {
        (row["unit_id"], row["day"], row["shift"])
        for row in roster.filled(reader, str(wanted[0].day), str(wanted[-1].day), path)
    }
    return [
        gap(desk, unit, duty)
        for duty in wanted
        for unit in units
        if (unit["id"], str(duty.day), duty.shift.name) not in filled
    ]


def gap(desk: Desk, unit: Row, duty: Duty) -> GapRow:
    """A shift without anybody, as it is shown."""
    return GapRow(unit["id"], unit["short_name"], duty, desk.calendar.name_of(duty.day))


def duties_ahead(desk: Desk, days: int | None = None) -> list[Duty]:
    """Return the shift that runs now and all up to `days` days ahead."""
    parts, now = shifts(desk), desk.now()
    running = rules.at(parts, now)
    last = local(now).date() + timedelta(days=days_ahead(desk) if days is None else days)
    return [each for each in rules.duties(parts, running.day, last) if each.begins >= running.begins]
