"""评分 of the invented day: what the centre scored, a 申诉 that waits and one that was granted, a helper scored and one not."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from desk import assessment, dispatch, my_tickets, review
from desk.assessment_rows import ScoreRow
from seed.cast import Cast
from seed.story import AGENTS, AUDITOR, DISPATCHERS, Life, Story, answer, register

SUPERVISOR, CALLER_BACK = "1002", "1402"
SAID = (
    (5, "当天到场，逐点答复，诉求人当面认可"),
    (4, "办理及时，答复可再具体"),
    (5, "主动协调，一次办结"),
    (3, "办结但联系诉求人偏晚"),
    (4, "答复有依据，态度好"),
    (2, "两次催办才到场，答复笼统"),
)
"""Points and reasons, in turn."""
MOST = 18


def scores(cast: Cast, ordinary: list[dict[str, Any]], now: datetime) -> Iterator[tuple[datetime, Life]]:
    """Yield when each begins, and the life. They draw no lots of the day's own."""
    story = Story(cast, random.Random(31), ordinary[11], cast.caller(17))
    yield now - timedelta(days=5), helped(story)
    yield now - timedelta(hours=2), scored(cast)


def helped(story: Story) -> Life:
    """Handled with two helping units and closed: the steward scores the first, the other waits for its score."""
    cast = story.cast
    register(story, AGENTS[2])
    yield story.after(20, 40)
    story.unit = story.own_unit
    helpers = story.wrong_units()[:2]
    keys = [unit["id"] for unit in helpers]
    dispatch.send(cast.at(DISPATCHERS[0]), story.order_no, story.unit["id"], co_unit_ids=keys)
    yield story.in_office(0.5, 2)
    my_tickets.sign(story.handler, story.order_no)
    for unit in helpers:
        yield story.in_office(1, 3)
        my_tickets.co_reply(cast.handler(unit), story.order_no, "已派人到现场配合，情况属实")
    yield from answer(story)
    yield story.in_office(0.5, 2)
    review.pass_close_review(cast.at(AUDITOR), story.order_no, "材料齐全")
    yield story.in_office(0.5, 2)
    review.close_satisfied(cast.at(CALLER_BACK), story.order_no)
    yield story.in_office(0.5, 1)
    assessment.score_cooperation(story.handler, story.order_no, keys[0], 4, "半天内派人到场，材料齐")


def scored(cast: Cast) -> Life:
    """处理成效 of what was closed lately; two units speak against theirs, and one is heard."""
    auditor, supervisor = cast.at(AUDITOR), cast.at(SUPERVISOR)
    closed = [
        row.order
        for row in review.page(auditor, "to_archive").rows
        if row.order.steward and not row.order.is_secret
    ]
    for number, order in enumerate(closed[:MOST]):
        points, reason = SAID[number % len(SAID)]
        assessment.score_handling(auditor, order.order_no, points, reason)
    yield auditor.now() + timedelta(minutes=20)
    low = [row for row in assessment.scores(auditor).rows if row.points <= 3][:2]
    for row in low:
        _appeal(cast, row)
    yield auditor.now() + timedelta(minutes=30)
    if low:
        assessment.grant_appeal(supervisor, low[0].id, 4, "核对通话记录，当天已联系诉求人")


def _appeal(cast: Cast, row: ScoreRow) -> None:
    unit = next(unit for unit in cast.units if unit["short_name"] == row.unit)
    assessment.appeal_score(cast.reviewer(unit), row.id, "当天已两次电话联系，有通话记录")
