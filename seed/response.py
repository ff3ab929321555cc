"""The invented 应急队伍 of the county: 53 units with 170 people, a fortnight of roster, and one shift left empty.

It draws no lots, so that the rest of the day stays what it is without it.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib import resources

from desk import roster, stewardship
from desk.importing import read_table
from desk.rules.calendar import local
from seed.cast import Cast
from seed.story import Life

KEEPER = "1501"
SUPERVISOR = "1002"
DAYS = 14
ILL_IN = 3
"""So many days ahead somebody is ill and nobody stands in yet."""


def response(cast: Cast, now: datetime) -> Iterator[tuple[datetime, Life]]:
    """Yield when it begins, and the life: the teams come as a file, then the roster is planned."""
    yield now - timedelta(days=6), teams_and_roster(cast, now)


def teams_and_roster(cast: Cast, now: datetime) -> Life:
    """班长 takes the units' file in, the duty officer plans; three days ahead one night is without anybody."""
    supervisor, keeper = cast.at(SUPERVISOR), cast.at(KEEPER)
    with resources.as_file(resources.files(__package__).joinpath("response_team.csv")) as path:
        stewardship.take_in_teams(supervisor, read_table(path))
    yield supervisor.now() + timedelta(minutes=5)
    today = local(keeper.now()).date()
    roster.plan(keeper, today, local(now).date() + timedelta(days=DAYS))
    yield now - timedelta(hours=2)
    day = roster.day(keeper, local(now).date() + timedelta(days=ILL_IN))
    night = day.shifts[-1].name
    turn = next(each for unit in day.units if unit.unit == "县城管局" for each in unit.stands[night])
    roster.withdraw(keeper, turn.key, "本人发热请假，等单位报顶班的人")
    yield keeper.now() + timedelta(minutes=1)
