"""热线日 of the invented day: two that were held, one to come with its agenda, a 提级 that waits for the leader.

They take orders that others have brought as far as they are, and register none, so that the day stays what it is.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from db.codes import HandlingWay
from desk import dispatch, hotline_day, my_tickets, review
from desk.context import Desk
from desk.rules.calendar import local
from desk.ruling_rows import RulingForm
from seed.cast import Cast
from seed.story import DISPATCHERS, Life

SUPERVISOR, LEADER, FOLLOWER = "1002", "1003", "1401"
HOST, PLACE = "县政府分管副县长", "县行政中心三楼会议室"
HELD_BEFORE, LATELY = timedelta(days=9), timedelta(days=3)


def sessions(cast: Cast, now: datetime) -> Iterator[tuple[datetime, Life]]:
    """Yield when each begins, and the life. They draw no lots."""
    begins = _at_three(now - HELD_BEFORE)
    yield begins, held(cast, begins)
    lately = _at_three(now - LATELY)
    yield lately, listed(cast, lately)
    yield now - timedelta(hours=5), coming(cast, now)


def held(cast: Cast, at: datetime) -> Life:
    """A session of some days ago: two decisions, the first followed up and by now overdue."""
    supervisor, leader = cast.at(SUPERVISOR), cast.at(LEADER)
    day = hotline_day.plan_day(supervisor, _written(at), HOST, PLACE)
    if len(found := _in_progress(cast)) < 2:
        return
    first, second = found[:2]
    for order_no in (first, second):
        hotline_day.put_on_agenda(supervisor, order_no, "多家单位职责交叉，协调两次未果")
    yield at + timedelta(minutes=40)
    hotline_day.decide_by_day(leader, first, _ruling(cast, first, "3", HandlingWay.LEADER, leader=HOST))
    hotline_day.decide_by_day(leader, second, _ruling(cast, second, "20", HandlingWay.ON_SITE))
    hotline_day.hold_day(supervisor, day.id)
    yield at + timedelta(days=2)
    hotline_day.follow_up(cast.at(FOLLOWER), first, "已召开现场协调会，方案待定")


def listed(cast: Cast, at: datetime) -> Life:
    """A short session of the days since: what cannot be solved this year becomes a 长期事项."""
    supervisor, leader = cast.at(SUPERVISOR), cast.at(LEADER)
    watched = review.page(cast.at(FOLLOWER), "pool").rows
    found = [row.key for row in watched if row.order.pool_grade == "C" and row.order.status == "in_progress"]
    if not found:
        return
    day = hotline_day.plan_day(supervisor, _written(at), HOST, PLACE)
    hotline_day.put_on_agenda(supervisor, found[0], "涉及管网整体改造，年内不能解决")
    yield at + timedelta(minutes=20)
    hotline_day.decide_by_day(leader, found[0], _long_term(cast, found[0]))
    hotline_day.hold_day(supervisor, day.id)


def coming(cast: Cast, now: datetime) -> Life:
    """The next session: what the leader passed on, what the rule and the supervisor added; one 提级 still waits."""
    supervisor = cast.at(SUPERVISOR)
    hotline_day.plan_day(supervisor, _written(_at_three(now + timedelta(days=3))), HOST, PLACE)
    if len(found := _in_progress(cast)) < 5:
        return
    passed_on, by_hand, waiting = found[2:5]
    my_tickets.ask_escalation(_steward(cast, passed_on), passed_on, "涉及历史遗留权属，本单位协调不动")
    yield now - timedelta(hours=4)
    my_tickets.refer_to_day(cast.at(LEADER), passed_on, "需县长调度")
    hotline_day.propose_agenda(supervisor)
    hotline_day.put_on_agenda(supervisor, by_hand, "反复投诉，需定牵头单位")
    yield now - timedelta(minutes=50)
    my_tickets.ask_escalation(_steward(cast, waiting), waiting, "相关单位对责任划分有分歧，请领导协调")


def _in_progress(cast: Cast) -> list[str]:
    """The numbers of ordinary orders that units are handling, in the order of the units."""
    return [
        row.order_no
        for unit in cast.units
        for row in my_tickets.page(cast.handler(unit), "in_progress").rows
        if row.sort_rank > 1 and not row.is_secret
    ]


def _steward(cast: Cast, order_no: str) -> Desk:
    row = dispatch.order_detail(cast.at(DISPATCHERS[0]), order_no).order
    unit = next(unit for unit in cast.units if unit["short_name"] == row.steward)
    return cast.handler(unit)


def _ruling(cast: Cast, order_no: str, days: str, way: HandlingWay, *, leader: str = "") -> RulingForm:
    row = dispatch.order_detail(cast.at(DISPATCHERS[0]), order_no).order
    return RulingForm(row.steward, "牵头召开协调会，明确责任和完成时间", days, way, leader=leader)


def _long_term(cast: Cast, order_no: str) -> RulingForm:
    row = dispatch.order_detail(cast.at(DISPATCHERS[0]), order_no).order
    plan = "列入明年改造计划，每季度通报进度"
    told = "已电话告知列入长期事项和下次复核时间，诉求人表示理解"
    return RulingForm(row.steward, plan, "60", HandlingWay.LONG_TERM, leader=HOST, told=told)


def _at_three(moment: datetime) -> datetime:
    """Three in the afternoon of that day in China."""
    return local(moment).replace(hour=15, minute=0, second=0, microsecond=0)


def _written(moment: datetime) -> str:
    return f"{local(moment):%Y-%m-%d %H:%M}"
