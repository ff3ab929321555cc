"""The 评议员's own page: he signs, reads, votes, and when the session is closed nothing is left of it (practice P29).

Everything here goes by the seat of the person signed in; no function takes a name.
"""

from db.codes import Deed, PanelChoice, Status
from db.doors import Reader, Row
from db.queries import social_review
from db.times import from_ms, to_ms
from desk import history
from desk.births import check_birth_right
from desk.codes import code_for
from desk.context import Desk
from desk.errors import BadInput, NotNow
from desk.panel_rows import BallotLine, BallotPage, FileText
from desk.rules.text import required
from desk.social_review import common

_REASON = 500


def ballot_page(desk: Desk) -> BallotPage:
    """Return all that a 评议员 sees: his session to come, and once he has signed its files with his own ballots.

    Raises NotAllowed for everybody else.
    """
    check_birth_right(desk, Deed.CAST_BALLOT)
    with desk.own_reading() as reader:
        seat = social_review.own_seat(reader, desk.actor.id)
        if seat is None:
            return BallotPage()
        is_signed = seat["signed_at"] is not None
        return BallotPage(
            planned_at=from_ms(seat["planned_at"]),
            place=seat["place"],
            is_signed=is_signed,
            is_open=seat["opened_at"] is not None,
            lines=tuple(_lines(reader, seat)) if is_signed else (),
        )


def _lines(reader: Reader, seat: Row) -> list[BallotLine]:
    key = social_review.ballot_key(reader, seat["id"])
    found = []
    for number, line in enumerate(_before_the_panel(reader, seat["session_id"]), 1):
        own = social_review.own_ballot(reader, common.ballot_name(key, line["uid"]))
        text = FileText(
            line["place"],
            line["file_title"],
            line["claim"],
            line["handling"],
            line["explained"],
            line["page"],
        )
        choice = None if own is None else PanelChoice(own["choice"])
        found.append(BallotLine(line["id"], number, text, choice, "" if own is None else own["reason"]))
    return found


def _before_the_panel(reader: Reader, session_id: int) -> list[Row]:
    """The lines that a panel reads: released, and still in 待评议."""
    return [
        line
        for line in social_review.lines(reader, session_id)
        if line["released_at"] is not None and line["status"] == Status.TO_PANEL
    ]


def sign_secrecy(desk: Desk) -> BallotPage:
    """签署保密承诺: from now on the files are open to him. One event. Raises NotNow without a seat, NotAllowed."""
    check_birth_right(desk, Deed.SIGN_SECRECY)
    with desk.own_writing() as writer:
        seat = _seat(desk, writer)
        if seat["signed_at"] is not None:
            raise NotNow("保密承诺已签署")
        at = history.moment_after_head(writer, desk.now())
        social_review.change_seat(writer, seat["id"], {"signed_at": to_ms(at)})
        common.record(desk, writer, Deed.SIGN_SECRECY, at, {"uid": seat["session_uid"]}, seat=seat["uid"])
    return ballot_page(desk)


def cast(desk: Desk, line_id: int, choice: PanelChoice | str, reason: str) -> BallotPage:
    """投票 on one order of one's own session, or change what one said; until the session is closed. One event.

    The event says who voted and not what or on which order: it is turnout. Raises BadInput without a reason or for an order
    of another agenda, NotNow before the session is open, NotAllowed.
    """
    check_birth_right(desk, Deed.CAST_BALLOT)
    chosen = code_for(PanelChoice, str(choice))
    if chosen is None:
        raise BadInput("请选合理、不合理或回避", "结论")
    words = required(reason, "理由", _REASON)
    with desk.own_writing() as writer:
        seat = _seat(desk, writer)
        line = _line(writer, seat, line_id)
        name = common.ballot_name(social_review.ballot_key(writer, seat["id"]), line["uid"])
        is_new = social_review.cast(writer, name, line["id"], str(chosen), words)
        count = seat["ballots"] + is_new
        social_review.change_seat(writer, seat["id"], {"ballots": count})
        at = history.moment_after_head(writer, desk.now())
        session = {"uid": seat["session_uid"]}
        common.record(desk, writer, Deed.CAST_BALLOT, at, session, seat=seat["uid"], ballots=count)
    return ballot_page(desk)


def _seat(desk: Desk, reader: Reader) -> Row:
    seat = social_review.own_seat(reader, desk.actor.id)
    if seat is None:
        raise NotNow("您没有待开的评议会；会议结束后材料已收回")
    return seat


def _line(reader: Reader, seat: Row, line_id: int) -> Row:
    if seat["signed_at"] is None:
        raise NotNow("请先签署保密承诺")
    if seat["opened_at"] is None:
        raise NotNow("评议还没有开始，请等主持人宣布")
    line = next(
        (each for each in _before_the_panel(reader, seat["session_id"]) if each["id"] == line_id), None
    )
    if line is None:
        raise BadInput("本期议程上没有这一件，请刷新后再选", "工单")
    return line
