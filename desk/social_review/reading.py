"""What the page of 社会评议 shows: the session under way, its agenda and turnout, what waits, and the year's figures."""

from typing import Any

from db.codes import PanelVerdict, Profession
from db.doors import Reader, Row
from db.queries import social_review
from db.times import from_ms, maybe_from_ms, to_ms
from desk import sight
from desk.context import Desk
from desk.errors import NotAllowed
from desk.panel_rows import PanelBoard, PanelFigures, PanelLineRow, SeatRow
from desk.rules.calendar import local
from desk.rules.social_review import Tally
from desk.social_review import common
from desk.social_review.closing import needed_ballots
from desk.social_review.planning import session_row, title_of


def board(desk: Desk, session_id: int | None = None) -> PanelBoard:
    """Return the page of one session, of the one to come if none is named. Raises NotAllowed outside the centre, BadInput."""
    if not desk.actor.is_at_the_centre:
        raise NotAllowed("社会评议由热线中心组织，请联系热线中心")
    with desk.reading() as reader:
        session = (
            social_review.coming(reader, desk.actor.centre_id)
            if session_id is None
            else common.known(desk, reader, session_id)
        )
        rows = social_review.sessions(reader, desk.actor.centre_id)
        waiting = social_review.waiting(reader, desk.actor.centre_id)
        return PanelBoard(
            session=None if session is None else session_row(session),
            lines=() if session is None else lines_of(desk, reader, session),
            seats=() if session is None else seats_of(reader, session["id"]),
            waiting=tuple(_waiting(desk, row) for row in waiting if sight.may_see(reader, desk.actor, row)),
            sessions=tuple(map(session_row, rows)),
            figures=_figures(desk, reader),
            quorum=0 if session is None else needed_ballots(desk, session),
        )


def lines_of(desk: Desk, reader: Reader, session: Row) -> tuple[PanelLineRow, ...]:
    """Return the agenda of a session; the tally stands there once the session is closed."""
    is_closed = session["closed_at"] is not None
    rows = (
        row for row in social_review.lines(reader, session["id"]) if sight.may_see(reader, desk.actor, row)
    )
    return tuple(_line(desk, row, is_closed=is_closed) for row in rows)


def _line(desk: Desk, row: Row, *, is_closed: bool) -> PanelLineRow:
    verdict = PanelVerdict(row["verdict"]) if row["verdict"] else None
    has_count = is_closed and verdict not in (None, PanelVerdict.NO_QUORUM)
    return PanelLineRow(
        **_common(desk, row),
        line_id=row["id"],
        counted=Tally(row["reasonable"], row["unreasonable"], row["recused"]) if has_count else None,
        verdict=verdict if is_closed else None,
        is_concluded=row["concluded_at"] is not None,
        is_withdrawn=not is_closed and row["status"] != "to_panel",
    )


def _waiting(desk: Desk, row: Row) -> PanelLineRow:
    return PanelLineRow(**_common(desk, row))


def _common(desk: Desk, row: Row) -> dict[str, Any]:
    return {
        "order_no": row["order_no"],
        "unit": row["unit_name"] or "",
        "title": title_of(desk, row),
        "told_at": maybe_from_ms(row["told_at"]),
        "has_page": bool(row["own_words"]),
        "is_edited": row["edited_at"] is not None,
        "is_released": row["released_at"] is not None,
    }


def seats_of(reader: Reader, session_id: int) -> tuple[SeatRow, ...]:
    """Return who sits: signed when, how many ballots cast; those who left stand last. Never what a ballot says."""
    return tuple(
        SeatRow(
            id=row["id"],
            staff_no=row["staff_no"],
            name=row["name"],
            profession=Profession(row["profession"]),
            signed_at=maybe_from_ms(row["signed_at"]),
            ballots=row["ballots"],
            removed_at=maybe_from_ms(row["removed_at"]),
            removed_why=row["removed_why"],
        )
        for row in social_review.seats(reader, session_id)
    )


def _figures(desk: Desk, reader: Reader) -> PanelFigures:
    first = local(desk.now()).replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    span = to_ms(first), to_ms(first.replace(year=first.year + 1))
    row = social_review.figures(reader, desk.actor.centre_id, *span)
    return PanelFigures(row["sessions"], row["orders"], row["reasonable"], row["unreasonable"])


def closed_day(row: Row) -> str:
    """`2026年12月8日`: when a session (a row) was closed, China's time."""
    day = local(from_ms(row["closed_at"]))
    return f"{day.year}年{day.month}月{day.day}日"
