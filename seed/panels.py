"""社会评议 of the invented day: a session that was held and counted, and one to come with its agenda and panel.

They take orders that others have brought as far as they are, and register none, so that the day stays what it is.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from db.codes import PanelChoice
from desk import social_review
from desk.context import Desk
from desk.panel_rows import PanelBoard
from desk.rules.calendar import local
from seed.cast import Cast
from seed.story import AUDITOR, Life

PLACE = "县政务服务中心二楼评议室"
HELD_BEFORE = timedelta(days=2)
SAID = {
    PanelChoice.REASONABLE: "问题确实还在，承办单位应当再到现场看一次",
    PanelChoice.UNREASONABLE: "承办单位程序到位、依据充分，诉求超出法律规定",
}


def panels(cast: Cast, now: datetime) -> Iterator[tuple[datetime, Life]]:
    """Yield when each begins, and the life. They draw no lots of the day's own."""
    begins = local(now - HELD_BEFORE).replace(hour=15, minute=0, second=0, microsecond=0)
    yield begins, held(cast, begins)
    yield now - timedelta(hours=3), coming(cast, now)


def held(cast: Cast, at: datetime) -> Life:
    """A session of some days ago: two orders, one found reasonable, one not."""
    auditor = cast.at(AUDITOR)
    board = prepared(auditor, at, 2)
    if board is None or board.session is None:
        return
    session_id, lines = board.session.id, board.lines
    social_review.draw(auditor, session_id)
    sitting = [cast.at(seat.staff_no) for seat in social_review.board(auditor).seats]
    for panelist in sitting:
        social_review.sign_secrecy(panelist)
    yield at + timedelta(minutes=10)
    social_review.open_session(auditor, session_id)
    for number, panelist in enumerate(sitting):
        for place, line in enumerate(lines):
            is_reasonable = (number < 5) == (place == 0)
            choice = PanelChoice.REASONABLE if is_reasonable else PanelChoice.UNREASONABLE
            social_review.cast(panelist, line.line_id, choice, SAID[choice])
    yield at + timedelta(minutes=70)
    social_review.close_session(auditor, session_id)


def coming(cast: Cast, now: datetime) -> Life:
    """The next session, this very day: agenda and panel stand, the 评议员 have not signed yet."""
    auditor = cast.at(AUDITOR)
    board = prepared(auditor, now + timedelta(hours=2), 2)
    if board is not None and board.session is not None:
        social_review.draw(auditor, board.session.id)
    yield now - timedelta(hours=2)


def prepared(auditor: Desk, at: datetime, orders: int) -> PanelBoard | None:
    """A session at that time with files released; None when no order waits for one."""
    waiting = [row.order_no for row in social_review.board(auditor).waiting if row.told_at is not None]
    if not waiting:
        return None
    social_review.plan_session(auditor, f"{local(at):%Y-%m-%d %H:%M}", PLACE)
    for order_no in waiting[:orders]:
        social_review.edit_file(auditor, order_no, social_review.open_file(auditor, order_no).text)
        social_review.release_file(auditor, order_no)
        social_review.put_on(auditor, order_no)
    return social_review.board(auditor)
