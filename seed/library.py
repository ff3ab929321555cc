"""What the invented centre has learnt: a few 典型案例 of orders archived before, and the teams of some units.

It draws no lots and touches no order that is open, so that the rest of the day stays what it is without it.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from desk import cases, lists, stewardship
from desk.errors import Refused
from seed.cast import Cast
from seed.story import AUDITOR, Life

PUBLISHER = "1002"
CASES = 6
"""So many are proposed; the last of them waits for its second person."""
LESSONS = (
    "先到现场核实再约谈责任方，当天向诉求人反馈第一次进展，避免重复来电",
    "职责交叉的先由首派单位牵头，现场会商一次定责，比来回退单快三天",
    "整改后一周内回头看，防止反弹；同类点位一并排查",
)
TEAMS = (
    # 工号 of who keeps it, name, number, shift
    ("2101", "演练甲", "13807980001", "白班 8:00-18:00"),
    ("2101", "演练乙", "13807980002", "夜班 18:00-8:00"),
    ("2121", "演练丙", "13807980003", "全天"),
)
_ARCHIVED = "o.centre_id = :centre_id AND o.status = 'archived' AND o.kind IN ('complaint', 'help_request')"


def library(cast: Cast, now: datetime) -> Iterator[tuple[datetime, Life]]:
    """Yield when each begins, and the life: teams first, then cases of what is archived by then."""
    yield now - timedelta(days=5), teams(cast)
    yield now - timedelta(hours=6), told_on(cast)


def teams(cast: Cast) -> Life:
    """Units write down whom they send first."""
    for staff_no, name, phone, shift in TEAMS:
        desk = cast.at(staff_no)
        stewardship.add_member(desk, name, phone, shift)
        yield desk.now() + timedelta(minutes=2)


def told_on(cast: Cast) -> Life:
    """An auditor makes cases of archived orders, the supervisor publishes them."""
    auditor, publisher = cast.at(AUDITOR), cast.at(PUBLISHER)
    page = lists.load(
        auditor, _ARCHIVED, order_by=" ORDER BY o.closed_at, o.id", centre_id=auditor.actor.centre_id
    )
    made = 0
    for row in page.rows:
        if made == CASES:
            return
        try:
            found = cases.of_order(auditor, row.order_no)
            assert found.proposal is not None, "nobody has made a case of it yet"
            text = found.proposal
            lesson = LESSONS[made % len(LESSONS)]
            case = cases.propose(auditor, row.order_no, text.title, text.matter, text.handling, lesson).row
        except Refused:
            continue
        made += 1
        yield auditor.now() + timedelta(minutes=3)
        if made < CASES:
            cases.publish(publisher, case.id, text.title, text.matter, text.handling, lesson)
            yield publisher.now() + timedelta(minutes=3)
