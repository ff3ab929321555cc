"""催办, 督办 and 通报 of the invented day: what the rule put at noon and at closing, some answered, late or not; one circular sent.

It draws no lots and registers nothing, so that the rest of the day stays what it is without it.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, time, timedelta

from db.codes import PressureLevel, RequestKind
from desk import circulars, my_tickets, review
from desk.circular_rows import CircularRow
from desk.errors import Refused
from desk.pressure_by_rule import sweep_stages
from desk.pressure_listing import pressures
from desk.pressure_rows import PressureRow
from desk.rules.calendar import CHINA, local, next_working_day
from seed.cast import Cast
from seed.story import AUDITOR, Life

SUPERVISOR, LEADER, SECOND_AUDITOR = "1002", "1003", "1403"
BEGUN_BEFORE = timedelta(days=8)
NOON, CLOSING, MORNING = time(12), time(18), time(9, 40)
READERS = 3
"""Units that have read the circular by now."""


def pressing(cast: Cast, now: datetime) -> Iterator[tuple[datetime, Life]]:
    """Yield when each begins, and the life."""
    yield _at(now - BEGUN_BEFORE, NOON), by_rule(cast, now)
    yield now - timedelta(hours=26), by_hand(cast)
    yield now - timedelta(hours=4), circular(cast, now)


def _at(day: datetime, clock: time) -> datetime:
    return datetime.combine(local(day).date(), clock, CHINA)


def by_rule(cast: Cast, now: datetime) -> Life:
    """The desk looks at noon and at closing; the next morning some units answer, and the auditor judges."""
    supervisor = cast.at(SUPERVISOR)
    while supervisor.now() <= now:
        today = supervisor.now()
        sweep_stages(supervisor)
        yield _at(today, CLOSING)
        sweep_stages(supervisor)
        tomorrow = datetime.combine(next_working_day(local(today).date(), supervisor.calendar), NOON, CHINA)
        yield _at(tomorrow, MORNING)
        _answer(cast)
        yield _at(tomorrow, MORNING) + timedelta(hours=1)
        _judge(cast)
        yield _at(tomorrow, NOON)


def _answer(cast: Cast) -> None:
    """Every third one is answered the next morning, every second late one after its time; the others still wait."""
    supervisor = cast.at(SUPERVISOR)
    for row in pressures(supervisor):
        is_late = row.is_late(supervisor.now())
        if row.answered_at is None and (row.id % 3 == 0 or (is_late and row.id % 2 == 0)):
            _say(cast, row, "现场已核实，正在整改，三日内答复诉求人")


def _say(cast: Cast, row: PressureRow, words: str) -> None:
    unit = next((each for each in cast.units if each["short_name"] == row.unit), None)
    answer = my_tickets.answer_reminder if row.kind is RequestKind.REMINDER else my_tickets.answer_supervision
    if unit is not None:
        with suppress(Refused):
            answer(cast.handler(unit), row.order_no, words)


def _judge(cast: Cast) -> None:
    """The first two answers of a morning are judged: one will do, one will not; the rest wait."""
    auditor = cast.at(AUDITOR)
    answered = [row for row in pressures(auditor) if row.answered_at is not None][:2]
    for number, row in enumerate(answered):
        with suppress(Refused):
            if number == 0:
                review.accept_answer(auditor, row.order_no, "措施具体")
            else:
                review.press_again(auditor, row.order_no, "没有写完成时间，请补报", 1)


def by_hand(cast: Cast) -> Life:
    """An auditor reminds and orders, a leader orders at his own level."""
    found = [row.key for row in review.page(cast.at(SUPERVISOR), "pool").rows][:3]
    for (by, words, days, level), order_no in zip(_BY_HAND, found, strict=False):
        with suppress(Refused):
            review.supervise(cast.at(by), order_no, words, days, level)
        yield cast.at(AUDITOR).now() + timedelta(minutes=7)


_BY_HAND = (
    (AUDITOR, "书面说明未办结的原因和下一步措施", 2, PressureLevel.UNIT_HEAD),
    (LEADER, "分管领导包案，本周内到现场协调", 3, PressureLevel.LEADER),
    (SUPERVISOR, "连续两期进入监测池，请专题研究", 3, PressureLevel.HEAD),
)
"""Who orders what, within how many working days, at which level."""


def circular(cast: Cast, now: datetime) -> Life:
    """Last week's circular is written, signed, sent and read by some units; this month's waits to be signed."""
    auditor, leader = cast.at(AUDITOR), cast.at(LEADER)
    row: CircularRow = circulars.draft(auditor, "week")
    yield now - timedelta(hours=3)
    circulars.approve(leader, row.id)
    yield now - timedelta(hours=2, minutes=40)
    sent = circulars.send(auditor, row.id)
    for reader in sent.readers[:READERS]:
        unit = next(each for each in cast.units if each["short_name"] == reader.unit)
        yield auditor.now() + timedelta(minutes=20)
        with suppress(Refused):
            circulars.mark_read(cast.handler(unit), row.id)
    yield now - timedelta(minutes=35)
    first = local(now).date().replace(day=1)
    circulars.draft(cast.at(SECOND_AUDITOR), "any", f"{first}", f"{local(now).date()}")
