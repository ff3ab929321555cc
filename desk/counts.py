"""The figures of the header: 待派, 超期, 应急, D级, live."""

from db.codes import Deed, Role, Status
from db.doors import Reader
from db.queries import applications, notices, pages, promises, quality, rescue, shift_change, station_orders
from db.queries.emergencies import UNCONTROLLED
from db.times import maybe_from_ms, to_ms
from desk import called_reports, roster_gaps, scopes
from desk.context import Desk
from desk.rows import HeaderCounts, Uploads
from desk.rules import rights


def header_counts(desk: Desk) -> HeaderCounts:
    """Return the header's figures for this person's orders at this moment. Raises StoreUnusable.

    Overdue means: the most pressing due time has passed, whichever it is (P3).
    """
    where, parameters = scopes.of(desk.actor)
    now = to_ms(desk.now())
    with desk.reading() as reader:

        def count(condition: str, **more: object) -> int:
            return pages.count(reader, f"{where} AND {condition}", **parameters, **more)

        next_emergency = reader.value(
            f"SELECT min(o.press_at) FROM work_orders o WHERE {where} AND {_EMERGENCY}", **parameters
        )
        return HeaderCounts(
            to_dispatch=count("o.status = :status", status=Status.TO_DISPATCH),
            overdue=count("o.press_at < :now", now=now),
            emergencies=count(_EMERGENCY),
            emergency_due_at=maybe_from_ms(next_emergency),
            d_level=count("o.pool_grade = 'D'"),
            mine=(count(_MINE) if desk.actor.is_in_a_unit else 0) + _at_the_seats(desk, reader),
            to_review=count(_TO_REVIEW) if desk.actor.is_at_the_centre else 0,
            unread=notices.count_unread(reader, desk.actor.id, desk.actor.unit_id, now),
            uploads=_uploads(desk, reader, now),
            promises=promises.count_running(reader) if desk.actor.is_at_the_centre else 0,
            reports=called_reports.count_called(desk, reader),
            to_take=shift_change.count_unsigned(reader, desk.actor.centre_id)
            if desk.actor.is_at_the_centre
            else 0,
            gaps=roster_gaps.count_gaps(desk, reader) if _keeps_the_roster(desk) else 0,
            to_answer=_quality(desk, reader, now) if desk.actor.is_at_the_centre else 0,
            handovers=rescue.count_open(reader) if desk.actor.is_at_the_centre else 0,
        )


def _quality(desk: Desk, reader: Reader, now: int) -> int:
    """Of 质检: what this person may still say something to, and to a checker whose answers are not about his own judgement."""
    may_decide = bool(rights.scopes(desk.actor.roles, Deed.DECIDE_QUALITY))
    guarded = "" if Role.SUPERVISOR in desk.actor.roles else f" AND {quality.NOT_GUARDED}"
    person = desk.actor.person_uid
    own = quality.count(reader, quality.OWN_TO_ANSWER, person=person, now=now)
    if not may_decide:
        return own
    where = f"{quality.TO_DECIDE}{guarded}"
    return own + quality.count(reader, where, person=person, centre_id=desk.actor.centre_id)


def _keeps_the_roster(desk: Desk) -> bool:
    return desk.actor.is_at_the_centre and bool(rights.scopes(desk.actor.roles, Deed.ROSTER_CHANGED))


def _uploads(desk: Desk, reader: Reader, now: int) -> Uploads | None:
    """What a station's own store has still to send; past the limit the clerk is told so (practice P18)."""
    if desk.station is None:
        return None
    row = station_orders.on_the_way(reader)
    limit = int(desk.settings.get("station.upload_minutes", 120))
    is_late = row["oldest"] is not None and now - row["oldest"] > limit * 60_000
    oldest = maybe_from_ms(row["oldest"])
    return Uploads(int(row["count"]), oldest, is_late, limit, desk.station.centre_phone)


_EMERGENCY = f"o.sort_rank = 0 AND {UNCONTROLLED}"
_MINE = "o.status IN ('to_sign', 'in_progress', 'unit_review', 'to_answer')"
_TO_REVIEW = "o.status IN ('close_review', 'to_call_back', 'dissatisfied')"


def _at_the_seats(desk: Desk, reader: Reader) -> int:
    """Of the 专席: to who takes calls whom to ring, to a unit what it has to decide and whom to visit."""
    actor = desk.actor
    if actor.is_at_the_centre:
        is_at_the_seat = bool(rights.scopes(actor.roles, Deed.TELL_APPLICANT))
        where = f"{applications.OF_CENTRE} AND {applications.TO_TELL}"
        return applications.count(reader, where, actor.centre_path + "%") if is_at_the_seat else 0
    if not actor.is_in_a_unit:
        return 0
    where = f"{applications.OF_UNIT} AND a.state IN ('pending', 'booked')"
    return applications.count(reader, where, actor.unit_path + "%")
