"""What has come into the queue since the last look, and whether it rings: at night 紧急 and 特急 only (practice P21)."""

from db.codes import Status
from db.queries import links
from desk import lists, scopes
from desk.context import Desk
from desk.dispatch import scope
from desk.dispatch_rows import Arrivals
from desk.rules import night


def arrivals(desk: Desk, since: int | None) -> Arrivals:
    """Return the newest order's key and the new ones, after the key `since`, that ring at this desk now.

    Only what this person minds rings. None for `since` is the first look: nothing is new. Raises StoreUnusable.
    """
    with desk.reading() as reader:
        newest = links.newest(reader)
    if since is None or newest <= since:
        return Arrivals(newest)
    where, parameters = scopes.of(desk.actor)
    minded, more = scope.condition(scope.kept(desk))
    where += f" AND o.status = '{Status.TO_DISPATCH}' AND o.id > :since" + (
        f" AND {minded}" if minded else ""
    )
    found = lists.load(desk, where, since=since, **parameters, **more)
    is_night = _is_night(desk)
    return Arrivals(newest, tuple(row for row in found.rows if night.rings(row.urgency, is_night=is_night)))


def _is_night(desk: Desk) -> bool:
    """Whether it is night by the setting; one that is no pair of times counts as not set."""
    try:
        return night.is_night(desk.now(), desk.settings.get("alarms.night_hours", night.HOURS))
    except (ValueError, TypeError):
        return night.is_night(desk.now())
