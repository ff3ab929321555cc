"""社会评议: sessions, their agenda, the files, the seats, and the ballots, which nothing here joins to a name.

Times in ms UTC.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from db.codes import PanelVerdict
from db.doors import Reader, Row, Writer
from db.ids import new_uid

_SESSION = (
    "SELECT s.id, s.uid, s.centre_id, s.planned_at, s.place, s.seats, s.quota, s.made_at, s.drawn_at, s.opened_at, s.closed_at,"
    " (SELECT count(*) FROM panel_lines l WHERE l.session_id = s.id AND l.removed_at IS NULL) AS orders,"
    " (SELECT count(*) FROM panel_seats t WHERE t.session_id = s.id AND t.removed_at IS NULL) AS sitting,"
    " (SELECT count(*) FROM panel_seats t WHERE t.session_id = s.id AND t.removed_at IS NULL AND t.signed_at IS NOT NULL)"
    " AS signed FROM panel_sessions s"
)
_FILE = (
    "f.told_at, f.own_words, f.place, f.title AS file_title, f.claim, f.handling, f.explained, f.page, f.edited_at,"
    " f.released_at"
)
_TITLE = "o.title, o.kind, o.is_confidential, o.is_crisis, o.is_special, o.accused_name, o.accused_unit_id, c.path AS centre_path"
_LINE = (
    "SELECT l.id, l.uid, l.session_id, l.order_id, l.file_id, l.unit_id, l.reasonable, l.unreasonable, l.recused, l.verdict,"
    f" l.concluded_at, o.uid AS order_uid, o.order_no, o.query_code, o.status, o.round, {_TITLE}, u.short_name AS unit_name, {_FILE}"
    " FROM panel_lines l JOIN work_orders o ON o.id = l.order_id JOIN panel_files f ON f.id = l.file_id"
    " JOIN units u ON u.id = l.unit_id LEFT JOIN units c ON c.id = o.centre_id"
)
_SEAT = (
    "SELECT t.id, t.uid, t.session_id, t.panelist_id, t.drawn_at, t.signed_at, t.ballots, t.removed_at, t.removed_why,"
    " p.uid AS panelist_uid, p.profession, p.staff_id, s.uid AS staff_uid, s.staff_no, s.name FROM panel_seats t"
    " JOIN panelists p ON p.id = t.panelist_id JOIN staff s ON s.id = p.staff_id"
)


def add_session(writer: Writer, values: Mapping[str, Any]) -> int:
    """Insert a session and return its key; needs centre_id, planned_at, seats, made_at."""
    return writer.insert("panel_sessions", {"uid": new_uid(), **values})


def change_session(writer: Writer, session_id: int, values: Mapping[str, Any]) -> None:
    """Set columns of one session."""
    writer.update("panel_sessions", session_id, values)


def session(reader: Reader, session_id: int) -> Row | None:
    """Return one session with how many orders and people it has."""
    return reader.one(f"{_SESSION} WHERE s.id = :id", id=session_id)


def coming(reader: Reader, centre_id: int) -> Row | None:
    """Return the next session of a centre that is not closed, or None."""
    return reader.one(
        f"{_SESSION} WHERE s.centre_id = :centre_id AND s.closed_at IS NULL ORDER BY s.planned_at, s.id LIMIT 1",
        centre_id=centre_id,
    )


def sessions(reader: Reader, centre_id: int, limit: int = 100) -> Sequence[Row]:
    """Return a centre's sessions, the newest first."""
    return reader.all(
        f"{_SESSION} WHERE s.centre_id = :centre_id ORDER BY s.planned_at DESC, s.id DESC LIMIT :limit",
        centre_id=centre_id,
        limit=limit,
    )


# -- files


def file_of(reader: Reader, order_id: int, round_: int) -> Row | None:
    """Return what a panel is to read of an order in one round, or None."""
    return reader.one(
        f"SELECT f.id, f.uid, f.order_id, f.told_by, {_FILE} FROM panel_files f"
        " WHERE f.order_id = :order_id AND f.round = :round",
        order_id=order_id,
        round=round_,
    )


def add_file(writer: Writer, order_id: int, round_: int) -> int:
    """Insert the empty file of an order in one round and return its key."""
    return writer.insert("panel_files", {"uid": new_uid(), "order_id": order_id, "round": round_})


def change_file(writer: Writer, file_id: int, values: Mapping[str, Any]) -> None:
    """Set columns of one file."""
    writer.update("panel_files", file_id, values)


# -- the agenda


def waiting(reader: Reader, centre_id: int, limit: int = 300) -> Sequence[Row]:
    """Return the orders of a centre in 待评议 that stand on no agenda to come, the oldest in the pool first."""
    return reader.all(
        f"SELECT o.id, o.id AS order_id, o.uid AS order_uid, o.order_no, o.status, o.round, {_TITLE}, u.short_name AS unit_name, {_FILE}"
        " FROM work_orders o JOIN units u ON u.id = o.steward_id LEFT JOIN units c ON c.id = o.centre_id"
        " LEFT JOIN panel_files f ON f.order_id = o.id AND f.round = o.round WHERE o.is_open AND o.status = 'to_panel'"
        " AND o.centre_id = :centre_id AND NOT EXISTS (SELECT 1 FROM panel_lines l JOIN panel_sessions s ON s.id = l.session_id"
        " WHERE l.order_id = o.id AND l.removed_at IS NULL AND s.closed_at IS NULL) ORDER BY o.press_at, o.id LIMIT :limit",
        centre_id=centre_id,
        limit=limit,
    )


def lines(reader: Reader, session_id: int) -> Sequence[Row]:
    """Return the standing lines of an agenda with their files, in the order they were put there."""
    return reader.all(
        f"{_LINE} WHERE l.session_id = :id AND l.removed_at IS NULL ORDER BY l.id", id=session_id
    )


def line_to_come(reader: Reader, order_id: int) -> Row | None:
    """Return the standing line of an order in a session that is not closed, with when it was opened, or None."""
    return reader.one(
        f"{_LINE.replace(' FROM panel_lines', ', s.drawn_at, s.opened_at FROM panel_lines', 1)}"
        " JOIN panel_sessions s ON s.id = l.session_id WHERE l.order_id = :order_id AND l.removed_at IS NULL"
        " AND s.closed_at IS NULL",
        order_id=order_id,
    )


def last_line(reader: Reader, order_id: int) -> Row | None:
    """Return the line by which a panel last came to a verdict on an order, with its session, or None."""
    return reader.one(
        f"{_LINE.replace(' FROM panel_lines', ', s.planned_at, s.closed_at FROM panel_lines', 1)}"
        " JOIN panel_sessions s ON s.id = l.session_id WHERE l.order_id = :order_id AND l.removed_at IS NULL"
        " AND l.concluded_at IS NOT NULL ORDER BY l.id DESC LIMIT 1",
        order_id=order_id,
    )


def add_line(writer: Writer, values: Mapping[str, Any]) -> int:
    """Insert a line of an agenda and return its key."""
    return writer.insert("panel_lines", {"uid": new_uid(), **values})


def change_line(writer: Writer, line_id: int, values: Mapping[str, Any]) -> None:
    """Set columns of one line."""
    writer.update("panel_lines", line_id, values)


# -- seats


def add_seat(writer: Writer, values: Mapping[str, Any]) -> int:
    """Insert a seat and return its key."""
    return writer.insert("panel_seats", {"uid": new_uid(), **values})


def change_seat(writer: Writer, seat_id: int, values: Mapping[str, Any]) -> None:
    """Set columns of one seat."""
    writer.update("panel_seats", seat_id, values)


def seats(reader: Reader, session_id: int) -> Sequence[Row]:
    """Return the seats of a session with who sits or sat there, and how many ballots he cast: turnout, no choice."""
    return reader.all(
        f"{_SEAT} WHERE t.session_id = :id ORDER BY t.removed_at IS NOT NULL, t.id", id=session_id
    )


def seat(reader: Reader, seat_id: int) -> Row | None:
    """Return one seat, or None."""
    return reader.one(f"{_SEAT} WHERE t.id = :id", id=seat_id)


def own_seat(reader: Reader, staff_id: int) -> Row | None:
    """Return the seat of an account in the session that is not closed, the earliest planned one; None for none."""
    return reader.one(
        "SELECT t.id, t.uid, t.session_id, t.signed_at, t.ballots, s.uid AS session_uid, s.planned_at, s.place, s.opened_at"
        " FROM panel_seats t JOIN panelists p ON p.id = t.panelist_id JOIN panel_sessions s ON s.id = t.session_id"
        " WHERE p.staff_id = :staff_id AND p.is_active AND t.removed_at IS NULL AND s.closed_at IS NULL"
        " ORDER BY s.planned_at, s.id LIMIT 1",
        staff_id=staff_id,
    )


def ballot_key(reader: Reader, seat_id: int) -> str:
    """Return the secret by which a seat finds its own ballots again; '' once the session is closed."""
    return str(reader.value("SELECT ballot_key FROM panel_seats WHERE id = :id", id=seat_id) or "")


def forget_keys(writer: Writer, session_id: int) -> None:
    """Take away what leads from a seat to its ballots."""
    writer.run("UPDATE panel_seats SET ballot_key = NULL WHERE session_id = :id", id=session_id)


# -- ballots


def own_ballot(reader: Reader, ballot: str) -> Row | None:
    """Return one ballot by its own secret name, or None."""
    return reader.one("SELECT choice, reason FROM panel_ballots WHERE ballot = :ballot", ballot=ballot)


def cast(writer: Writer, ballot: str, line_id: int, choice: str, reason: str) -> bool:
    """Put a ballot in, or change the one that lies there; return whether it is new."""
    values = {"ballot": ballot, "choice": choice, "reason": reason}
    if writer.run(
        "UPDATE panel_ballots SET choice = :choice, reason = :reason WHERE ballot = :ballot", **values
    ):
        return False
    writer.run(
        "INSERT INTO panel_ballots (ballot, line_id, choice, reason) VALUES (:ballot, :line_id, :choice, :reason)",
        line_id=line_id,
        **values,
    )
    return True


def take_back(writer: Writer, ballot: str) -> None:
    """Take a ballot out: its seat was left before the count."""
    writer.run("DELETE FROM panel_ballots WHERE ballot = :ballot", ballot=ballot)


def ballots(reader: Reader, line_id: int) -> Sequence[Row]:
    """Return the ballots on one line of a session that is closed: choice and reason, by their words."""
    return reader.all(
        "SELECT b.choice, b.reason FROM panel_ballots b JOIN panel_lines l ON l.id = b.line_id"
        " JOIN panel_sessions s ON s.id = l.session_id WHERE b.line_id = :line_id AND s.closed_at IS NOT NULL"
        " ORDER BY b.choice, b.reason",
        line_id=line_id,
    )


def choices(writer: Writer, line_id: int) -> list[str]:
    """Return what the ballots on one line say, to be counted in the transaction that closes the session."""
    rows = writer.all(
        "SELECT choice FROM panel_ballots WHERE line_id = :line_id ORDER BY choice", line_id=line_id
    )
    return [row["choice"] for row in rows]


def shuffle(writer: Writer, line_id: int) -> None:
    """Lay the ballots of a line down anew, in an order that says nothing of when each was cast."""
    rows = writer.all(
        "SELECT ballot, choice, reason FROM panel_ballots WHERE line_id = :line_id ORDER BY choice, reason, ballot",
        line_id=line_id,
    )
    burn(writer, line_id)
    for row in rows:
        cast(writer, row["ballot"], line_id, row["choice"], row["reason"])


def burn(writer: Writer, line_id: int) -> None:
    """Destroy the ballots of a line: too few to count are too few to be secret."""
    writer.run("DELETE FROM panel_ballots WHERE line_id = :line_id", line_id=line_id)


# -- figures


def figures(reader: Reader, centre_id: int, first: int, after: int) -> Row:
    """Return of the sessions closed in a span: how many, and how many orders were found reasonable and unreasonable."""
    row = reader.one(
        "SELECT count(DISTINCT s.id) AS sessions, count(l.id) AS orders,"
        " coalesce(sum(CASE WHEN l.verdict = :reasonable THEN 1 ELSE 0 END), 0) AS reasonable,"
        " coalesce(sum(CASE WHEN l.verdict = :unreasonable THEN 1 ELSE 0 END), 0) AS unreasonable FROM panel_sessions s"
        " LEFT JOIN panel_lines l ON l.session_id = s.id AND l.removed_at IS NULL"
        " WHERE s.centre_id = :centre_id AND s.closed_at >= :first AND s.closed_at < :after",
        centre_id=centre_id,
        first=first,
        after=after,
        reasonable=str(PanelVerdict.REASONABLE),
        unreasonable=str(PanelVerdict.UNREASONABLE),
    )
    assert row is not None, "an aggregate always has its row"
    return row
