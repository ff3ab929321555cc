"""What the deeds of a session share: the session itself, its event, the keys of ballots."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from db.codes import Deed
from db.doors import Reader, Row, Writer
from db.queries import social_review
from db.times import from_ms
from desk import history
from desk.context import Desk
from desk.errors import BadInput, NotNow
from desk.history import Happening
from desk.rules.calendar import local


def known(desk: Desk, reader: Reader, session_id: int) -> Row:
    """Return a session of the actor's centre. Raises BadInput."""
    row = social_review.session(reader, session_id)
    if row is None or row["centre_id"] != desk.actor.centre_id:
        raise BadInput("没有这一期评议会，请刷新后再看", "评议会")
    return row


def unclosed(desk: Desk, reader: Reader, session_id: int) -> Row:
    """Return a session that is not closed. Raises BadInput, NotNow."""
    row = known(desk, reader, session_id)
    if row["closed_at"] is not None:
        raise NotNow(f"这一期评议会已于 {local(from_ms(row['closed_at'])):%m-%d %H:%M} 结束")
    return row


def coming(desk: Desk, reader: Reader) -> Row:
    """Return the session to come. Raises NotNow when none is planned."""
    row = social_review.coming(reader, desk.actor.centre_id)
    if row is None:
        raise NotNow("还没有安排评议会：先按 p 安排")
    return row


def record(
    desk: Desk,
    writer: Writer,
    kind: Deed,
    at: datetime,
    session: Row,
    texts: dict[str, str] | None = None,
    **data: Any,
) -> None:
    """Leave the one event of a deed on a session."""
    told = {"session": session["uid"], **data}
    what = Happening(kind, at, desk.actor.uid, desk.seat, data=told, texts=texts or {})
    history.record(writer, what)


def ballot_name(ballot_key: str, line_uid: str) -> str:
    """Return by what a ballot is found again: it says nothing of the seat to whoever has not the seat's secret."""
    return sha256(f"{ballot_key}:{line_uid}".encode()).hexdigest()
