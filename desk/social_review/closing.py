"""开始评议 and 结束评议: the ballots are counted, and each order's verdict is carried out by its tally (question 4, P29)."""

from datetime import datetime

from db.codes import Deed, PanelVerdict, Status
from db.doors import Row, Writer
from db.queries import social_review, staff
from db.times import to_ms
from desk import history
from desk.births import check_birth_right
from desk.context import Desk
from desk.deed import OrderDeed, deed_on
from desk.errors import Locked, NotNow, Refused, StoreUnusable
from desk.panel_rows import Concluded, SessionRow
from desk.pressure import next_level, order_supervision
from desk.review.common import LONGEST, start_round
from desk.rules import social_review as rules
from desk.rules.calendar import local
from desk.rules.social_review import Tally
from desk.social_review import common
from desk.social_review.planning import session_row

SUPERVISE_DAYS = 3
"""Working days to answer the 督办 after 诉求合理, unless `panel.supervise_days` says otherwise."""
_VERDICTS = {
    PanelVerdict.REASONABLE: Deed.PANEL_REASONABLE,
    PanelVerdict.UNREASONABLE: Deed.PANEL_UNREASONABLE,
}


def needed_ballots(desk: Desk, session: Row) -> int:
    """Return how many ballots on an order make its verdict good."""
    settings = desk.settings
    share = str(settings.get("panel.quorum_share", rules.QUORUM_SHARE))
    return rules.quorum(session["seats"], share, int(settings.get("panel.quorum_least", rules.QUORUM_LEAST)))


def open_session(desk: Desk, session_id: int) -> SessionRow:
    """开始评议: from now on ballots are taken. One event.

    Raises NotNow before its day, before the draw, or while fewer have signed than make a quorum; NotAllowed.
    """
    check_birth_right(desk, Deed.OPEN_PANEL)
    with desk.writing() as writer:
        session = common.unclosed(desk, writer, session_id)
        at = history.moment_after_head(writer, desk.now())
        _check_ready(desk, session, at)
        social_review.change_session(writer, session_id, {"opened_at": to_ms(at)})
        common.record(desk, writer, Deed.OPEN_PANEL, at, session, signed=session["signed"])
        return session_row(common.known(desk, writer, session_id))


def _check_ready(desk: Desk, session: Row, at: datetime) -> None:
    if session["opened_at"] is not None:
        raise NotNow("评议已经开始")
    if session["drawn_at"] is None:
        raise NotNow("还没有抽取评议员：先按 d 抽取")
    planned = local(session_row(session).planned_at)
    if local(at).date() < planned.date():
        raise NotNow(f"评议会定在 {planned:%m-%d}，到会后再开始；改期请按 p")
    if session["signed"] < (least := needed_ballots(desk, session)):
        raise NotNow(f"已签署保密承诺 {session['signed']} 人，不足法定 {least} 人：请等人到齐或补抽")


def close_session(desk: Desk, session_id: int) -> Concluded:
    """结束评议: the ballots are counted and cut off from whoever cast them, and every order gets its verdict.

    One event CLOSE_PANEL, then one on each order with a verdict. On an order without a quorum the ballots are destroyed,
    and it waits for the next session. What a lost line left undone is done by calling again. Raises NotNow, NotAllowed.
    """
    check_birth_right(desk, Deed.CLOSE_PANEL)
    with desk.writing() as writer:
        session = common.known(desk, writer, session_id)
        if session["opened_at"] is None:
            raise NotNow("评议还没有开始：先按 o 开始")
        if session["closed_at"] is None:
            _close(desk, writer, session, history.moment_after_head(writer, desk.now()))
    return conclude(desk, session_id)


def _close(desk: Desk, writer: Writer, session: Row, at: datetime) -> None:
    least = needed_ballots(desk, session)
    for line in social_review.lines(writer, session["id"]):
        _count(desk, writer, line, least, at)
    for seat in social_review.seats(writer, session["id"]):
        staff.change(writer, seat["staff_id"], {"pin_hash": None})
    social_review.forget_keys(writer, session["id"])
    closed = {"closed_at": to_ms(at), "closed_by": desk.actor.id}
    social_review.change_session(writer, session["id"], closed)
    told = {line["uid"]: line["verdict"] for line in social_review.lines(writer, session["id"])}
    common.record(desk, writer, Deed.CLOSE_PANEL, at, session, quorum=least, verdicts=told)


def _count(desk: Desk, writer: Writer, line: Row, least: int, at: datetime) -> None:
    """Write the tally beside the line; an order that left 待评议 meanwhile leaves the agenda with its ballots."""
    if line["status"] != Status.TO_PANEL:
        social_review.burn(writer, line["id"])
        social_review.change_line(writer, line["id"], {"removed_at": to_ms(at), "removed_by": desk.actor.id})
        return
    counted = rules.tally(social_review.choices(writer, line["id"]))
    tie = str(desk.settings.get("panel.tie", PanelVerdict.REASONABLE))
    verdict = rules.verdict(counted, least, tie)
    if verdict is PanelVerdict.NO_QUORUM:
        social_review.burn(writer, line["id"])
        social_review.change_line(writer, line["id"], {"verdict": str(verdict)})
        return
    social_review.shuffle(writer, line["id"])
    values = {
        "reasonable": counted.reasonable,
        "unreasonable": counted.unreasonable,
        "recused": counted.recused,
    }
    social_review.change_line(writer, line["id"], {**values, "verdict": str(verdict)})


def conclude(desk: Desk, session_id: int) -> Concluded:
    """Carry out the verdicts of a closed session that are not carried out yet; one event on each order."""
    with desk.reading() as reader:
        session = common.known(desk, reader, session_id)
        lines = social_review.lines(reader, session_id)
    left = []
    for line in lines:
        verdict = PanelVerdict(line["verdict"]) if line["verdict"] else PanelVerdict.NO_QUORUM
        if line["concluded_at"] is None and verdict in _VERDICTS:
            try:
                _carry_out(desk, session, line, verdict)
            except (Locked, StoreUnusable):
                raise
            except Refused as refusal:
                left.append((line["order_no"], refusal.message))
    reasonable, unreasonable, no_quorum = (
        sum(line["verdict"] == each for line in lines) for each in PanelVerdict
    )
    return Concluded(reasonable, unreasonable, no_quorum, tuple(left))


def _carry_out(desk: Desk, session: Row, line: Row, verdict: PanelVerdict) -> None:
    with deed_on(desk, _VERDICTS[verdict], line["order_no"]) as deed:
        counted = Tally(line["reasonable"], line["unreasonable"], line["recused"])
        words = opinion(deed, line, session["seats"], counted)
        deed.note(session=session["uid"], reasonable=counted.reasonable, unreasonable=counted.unreasonable)
        deed.note(recused=counted.recused or None, seats=session["seats"])
        deed.quote(verdict=words)
        if verdict is PanelVerdict.REASONABLE:
            _work_again(deed, words)
        social_review.change_line(deed.writer, line["id"], {"concluded_at": deed.at_ms})


def opinion(deed: OrderDeed, line: Row, seats: int, counted: Tally) -> str:
    """What the panel says in words: its count, then the reasons on the winning side, without anybody's name."""
    side = (
        PanelVerdict.REASONABLE if line["verdict"] == PanelVerdict.REASONABLE else PanelVerdict.UNREASONABLE
    )
    reasons = [
        row["reason"] for row in social_review.ballots(deed.writer, line["id"]) if row["choice"] == side
    ]
    said = "；".join(dict.fromkeys(reasons))
    return f"{rules.in_words(counted, seats)}。评议意见：{said}"[:LONGEST]


def _work_again(deed: OrderDeed, words: str) -> None:
    """诉求合理: another round for the unit, under a 督办 one level up (press conference, question 4)."""
    start_round(deed, words)
    days = int(deed.desk.settings.get("panel.supervise_days", SUPERVISE_DAYS))
    level = next_level(deed.desk, deed.writer, deed.order_id)
    deed.note(**order_supervision(deed, f"社会评议认为诉求合理。{words}"[:LONGEST], days, level))
