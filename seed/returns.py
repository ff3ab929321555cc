"""退单 and 退协办 that wait for a verdict: the last of the invented day's lives to be touched, and the same at any hour."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from db.codes import ReturnReason
from desk import dispatch, my_tickets
from seed.cast import Cast
from seed.story import AGENTS, DISPATCHERS, Life, Story, register

RETURNS = 3
NOT_OURS = "经现场核实，不属于本单位职责范围，权属在建议单位"
NOT_LISTED = "职责清单未列入本单位，见“三定”规定"
FOUND_ON_SITE = "到场查看，管护单位标牌为建议单位所立"


def returns(cast: Cast, ordinary: list[dict[str, Any]], now: datetime) -> Iterator[tuple[datetime, Life]]:
    """Yield when each begins, and the life: 退单 asked for within the last hour, whatever the hour is: nobody has decided them yet.

    They draw no lots, so that the rest of the day stays what it is without them.
    """
    fitting = [matter for matter in ordinary if matter["department"] != "街道乡镇"]
    for number in range(RETURNS):
        story = Story(cast, random.Random(number), fitting[7 * number], cast.caller(5 * number + 2))
        asked = now - timedelta(minutes=12 + 18 * number)
        yield asked - timedelta(hours=20 + number), returned(story, asked, is_second=number == 0)
    story = Story(cast, random.Random(RETURNS), fitting[7 * RETURNS], cast.caller(5 * RETURNS + 2))
    asked = now - timedelta(minutes=21)
    yield asked - timedelta(hours=5), part_returned(story, asked)


def part_returned(story: Story, asked: datetime) -> Life:
    """A unit that was to help says, at `asked` (aware), that it has no part in the matter; the lead goes on with it."""
    register(story, AGENTS[1])
    yield story.after(30, 50)
    helper = story.wrong_units()[0]
    dispatch.send(
        story.cast.at(DISPATCHERS[0]), story.order_no, story.own_unit["id"], co_unit_ids=(helper["id"],)
    )
    yield story.after(40, 60)
    my_tickets.sign(story.cast.handler(story.own_unit), story.order_no)
    yield asked
    my_tickets.ask_part_return(
        story.cast.handler(helper), story.order_no, ReturnReason.NOT_OUR_DUTY, NOT_OURS, NOT_LISTED
    )


def returned(story: Story, asked: datetime, *, is_second: bool) -> Life:
    """A unit that looked right says whose it is, at `asked` (aware); the centre has not decided yet.

    The second time, the unit that the first 退单 named was wrong, too.
    """
    register(story, AGENTS[0])
    yield story.after(30, 50)
    first, second, *_ = story.wrong_units()
    # Each of the two finds one to decide: nobody decides about what he has sent himself.
    sender, decider = DISPATCHERS if is_second else reversed(DISPATCHERS)
    dispatch.send(story.cast.at(sender), story.order_no, first["id"])
    if is_second:
        yield story.after(40, 60)
        _ask(story, first, ReturnReason.NOT_OUR_DUTY, second)
        yield story.after(30, 60)
        dispatch.grant_return(story.cast.at(decider), story.order_no, "同意，改派建议单位")
        yield story.after(10, 20)
        dispatch.send(story.cast.at(sender), story.order_no, second["id"])
        first = second
    yield asked
    _ask(story, first, ReturnReason.UNCLEAR_OWNERSHIP, story.own_unit)


def _ask(story: Story, unit: dict[str, Any], reason: ReturnReason, other: dict[str, Any]) -> None:
    desk = story.cast.handler(unit)
    my_tickets.ask_return(desk, story.order_no, reason, other["id"], NOT_OURS, NOT_LISTED)
